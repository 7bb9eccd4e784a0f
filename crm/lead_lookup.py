"""What one lead has to be compared with, looked up in a millisecond or two.

Plain statements and lists: with frames and built queries the same takes ten times as long.
"""

import json
from collections.abc import Mapping, Sequence
from typing import Any, Final

from sqlalchemy import Connection

from crm.pinned_records import pinned_label
from crm.sharers import look_up_sharers
from dedupe.features import COMPARED_FIELDS
from dedupe.lead import Known
from validators.fields import FIELDS

__all__ = ["look_up"]

Record = tuple[int, int, dict[str, str]]  # contact, label, standardized values

_RECORDS: Final = """
    SELECT link.contact_id, source_record.id, source_record.standard,
        (SELECT max(id) FROM source_record)
    FROM link JOIN source_record ON source_record.id = link.source_record_id
    WHERE link.active AND link.contact_id {}
    ORDER BY source_record.id"""
_MEMBERS: Final = {
    "sqlite": _RECORDS.format("IN (SELECT value FROM json_each(:numbers))"),
    "postgresql": _RECORDS.format("= ANY(%(numbers)s::bigint[])"),
}
_PINS: Final = "SELECT contact_id, field, value FROM pin WHERE value IS NOT NULL AND contact_id {}"
_PINNED: Final = {
    "sqlite": _PINS.format("IN (SELECT value FROM json_each(:numbers))"),
    "postgresql": _PINS.format("= ANY(%(numbers)s::bigint[])"),
}
_COMPARED: Final = [name for name in FIELDS if name != "occurred_at"]


def look_up(connection: Connection, keys: Sequence[int]) -> Known:
    """Find what `find_candidates` finds for the blocking keys of one lead."""
    contacts, _hot = look_up_sharers(connection, keys)
    members = _read(connection, _MEMBERS, contacts) if contacts else []
    known = [(owner, -number, json.loads(text)) for owner, number, text, _ in members]
    known += _lay_pins(known, _read(connection, _PINNED, contacts) if contacts else [])
    standard = [record for _, _, record in known]
    filled = {name for record in standard for name in record}
    return Known(
        labels=[label for _, label, _ in known],
        contacts=[owner for owner, _, _ in known],
        columns={
            name: [record.get(name) for record in standard] for name in _COMPARED if name in filled
        },
        population=members[0][3] if members else 0,
    )


def _read(
    connection: Connection, statements: Mapping[str, str], contacts: list[int]
) -> list[tuple[Any, ...]]:
    name, cursor = connection.dialect.name, connection.connection.cursor()
    cursor.execute(
        statements[name], {"numbers": json.dumps(contacts) if name == "sqlite" else contacts}
    )
    return list(cursor.fetchall())


def _lay_pins(known: list[Record], pins: list[tuple[Any, ...]]) -> list[Record]:
    """What `crm.pinned_records.lay_pins` adds to records."""
    by_owner: dict[int, dict[str, str]] = {}
    for owner, field, value in pins:
        if field in COMPARED_FIELDS:
            by_owner.setdefault(owner, {})[field] = value
    return [
        (owner, pinned_label(label), record | by_owner[owner])
        for owner, label, record in known
        if owner in by_owner and by_owner[owner].items() - record.items()
    ]
