"""Contacts are known by the values people pinned, too: their blocking keys are added.

Revision ID: 0014
"""

import json

import pandas as pd
from alembic import op
from sqlalchemy import text

from crm.pinned_records import lay_pins
from dedupe.keys import blocking_keys

revision = "0014"
down_revision = "0013"

PINS = "SELECT contact_id, field, value FROM pin WHERE value IS NOT NULL"
RECORDS = """
    SELECT link.contact_id, source_record.id, source_record.standard
    FROM link JOIN source_record ON source_record.id = link.source_record_id
    WHERE link.active AND link.contact_id IN (SELECT contact_id FROM pin)"""
ADD = "INSERT INTO blocking_key (key, contact_id) VALUES (:key, :contact) ON CONFLICT DO NOTHING"


def upgrade() -> None:
    connection = op.get_bind()
    pins: dict[int, dict[str, str]] = {}
    for owner, field, value in connection.execute(text(PINS)):
        pins.setdefault(owner, {})[field] = value
    rows = connection.execute(text(RECORDS)).all()
    if not rows:
        return
    records = pd.DataFrame([json.loads(row.standard) for row in rows], dtype="str")
    records["contact"] = [row.contact_id for row in rows]
    known = lay_pins(records.set_axis([-row.id for row in rows]), pins)
    keys = blocking_keys(known)
    owners = keys["row"].map(known["contact"]).tolist()
    lines = sorted(set(zip(keys["key"].tolist(), owners, strict=True)))
    connection.execute(text(ADD), [{"key": key, "contact": owner} for key, owner in lines])
