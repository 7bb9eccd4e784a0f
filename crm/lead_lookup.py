"""What one lead has to be compared with, looked up in a millisecond or two.

Plain statements and lists: with frames and built queries the same takes ten times as long.
"""

import json
from collections.abc import Sequence
from typing import Any, Final

from sqlalchemy import Connection

from crm.candidates import HOT
from dedupe.lead import Known
from validators.fields import FIELDS

__all__ = ["look_up"]

# Of a key that many contacts share no more are read than it takes to know.
_SHARERS: Final = {
    "sqlite": """
        SELECT (SELECT json_group_array(contact_id) FROM (
            SELECT contact_id FROM blocking_key WHERE key = wanted.value LIMIT :most))
        FROM json_each(:numbers) AS wanted""",
    "postgresql": """
        SELECT ARRAY(SELECT contact_id FROM blocking_key WHERE key = wanted LIMIT %(most)s)
        FROM unnest(%(numbers)s::bigint[]) AS wanted""",
}
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
_COMPARED: Final = [name for name in FIELDS if name != "occurred_at"]


def look_up(connection: Connection, keys: Sequence[int]) -> Known:
    """Find what `find_candidates` finds for the blocking keys of one lead."""
    on_sqlite = connection.dialect.name == "sqlite"
    cursor = connection.connection.cursor()

    def ask(statements: dict[str, str], numbers: list[int]) -> list[tuple[Any, ...]]:
        given = json.dumps(numbers) if on_sqlite else numbers
        cursor.execute(statements[connection.dialect.name], {"numbers": given, "most": HOT + 1})
        return list(cursor.fetchall())

    shared = [json.loads(cell) if on_sqlite else cell for (cell,) in ask(_SHARERS, list(keys))]
    contacts = dict.fromkeys(number for each in shared if len(each) <= HOT for number in each)
    members = ask(_MEMBERS, list(contacts)) if contacts else []
    standard = [json.loads(text) for _, _, text, _ in members]
    filled = {name for record in standard for name in record}
    return Known(
        labels=[-number for _, number, _, _ in members],
        contacts=[number for number, _, _, _ in members],
        columns={
            name: [record.get(name) for record in standard] for name in _COMPARED if name in filled
        },
        population=members[0][3] if members else 0,
    )
