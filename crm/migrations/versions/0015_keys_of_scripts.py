"""Contacts with Cyrillic or Greek values are known by Latin letters: their keys are made anew.

Revision ID: 0015
"""

import json
import re
from typing import Final

import pandas as pd
from alembic import op
from sqlalchemy import Connection, text

from crm.pinned_records import lay_pins
from dedupe.keys import blocking_keys

revision = "0015"
down_revision = "0014"

AT_A_TIME: Final = 5_000  # contacts
CONCERNED: Final = re.compile("[\u0370-\u03ff\u0400-\u052f\u1f00-\u1fff]")
NEXT = text("""
    SELECT contact_id FROM link WHERE active AND contact_id > :last
    GROUP BY contact_id ORDER BY contact_id LIMIT :most""")
RECORDS = text("""
    SELECT link.contact_id, source_record.id, source_record.standard
    FROM link JOIN source_record ON source_record.id = link.source_record_id
    WHERE link.active AND link.contact_id > :last AND link.contact_id <= :to
    ORDER BY source_record.id""")
PINS = text("""
    SELECT contact_id, field, value FROM pin
    WHERE value IS NOT NULL AND contact_id > :last AND contact_id <= :to""")
FORGET = text("DELETE FROM blocking_key WHERE contact_id = :contact")
ADD = text("INSERT INTO blocking_key (key, contact_id) VALUES (:key, :contact)")


def upgrade() -> None:
    connection, last = op.get_bind(), 0
    while numbers := connection.scalars(NEXT, {"last": last, "most": AT_A_TIME}).all():
        _make_anew(connection, {"last": last, "to": numbers[-1]})
        last = numbers[-1]


def _make_anew(connection: Connection, between: dict[str, int]) -> None:
    rows = connection.execute(RECORDS, between).all()
    pins: dict[int, dict[str, str]] = {}
    for owner, field, value in connection.execute(PINS, between):
        pins.setdefault(owner, {})[field] = value
    told = [(owner, standard) for owner, _, standard in rows]
    told += [(owner, value) for owner, values in pins.items() for value in values.values()]
    concerned = {owner for owner, value in told if CONCERNED.search(value)}
    rows = [row for row in rows if row.contact_id in concerned]
    if not rows:
        return
    records = pd.DataFrame([json.loads(row.standard) for row in rows], dtype="str")
    records["contact"] = [row.contact_id for row in rows]
    known = lay_pins(records.set_axis([-row.id for row in rows]), pins)
    keys = blocking_keys(known)
    owners = keys["row"].map(known["contact"]).tolist()
    lines = sorted(set(zip(keys["key"].tolist(), owners, strict=True)))
    connection.execute(FORGET, [{"contact": owner} for owner in sorted(concerned)])
    if lines:
        connection.execute(ADD, [{"key": key, "contact": owner} for key, owner in lines])
