"""The place of a source record: the contact it is linked to, or none for a reason."""

from collections.abc import Iterable
from typing import Final

import pandas as pd
from sqlalchemy import Connection, and_, bindparam, select, update

from crm.bulk import insert_frame, listed_numbers, number_lines
from crm.models import interaction, link, source_record

__all__ = ["HELD", "WITHDRAWN", "find_places", "move_records"]

# As the log writes them: JSON.
HELD: Final = '"held"'
WITHDRAWN: Final = '"withdrawn"'


def find_places(connection: Connection, records: Iterable[int]) -> dict[int, str]:
    """Find where records are now: record -> place as JSON."""
    linked = and_(link.c.source_record_id == source_record.c.id, link.c.active)
    rows = connection.execute(
        select(source_record.c.id, source_record.c.live, link.c.contact_id)
        .outerjoin(link, linked)
        .where(source_record.c.id.in_(listed_numbers(connection, records)))
    )
    return {
        number: (HELD if live else WITHDRAWN) if contact is None else str(contact)
        for number, live, contact in rows
    }


def move_records(connection: Connection, event: int, moves: pd.DataFrame) -> None:
    """Move records (`thing_id`) from place `before` to `after`; their interactions go with them."""
    places = moves.set_index("thing_id")["after"]
    wanted = listed_numbers(connection, places.index)
    held = update(link).where(link.c.source_record_id.in_(wanted), link.c.active)
    connection.execute(held.values(active=False))
    linked = places[_is_contact(places)].astype("int64")
    lines = pd.DataFrame({"source_record_id": linked.index, "contact_id": linked.to_numpy()})
    lines = number_lines(connection, link, lines)
    insert_frame(connection, link, lines, merge_event_id=event, decided_by="steward", active=True)
    gone = places == WITHDRAWN
    for live, some in ((False, places.index[gone]), (True, places.index[~gone])):
        chosen = listed_numbers(connection, some)
        connection.execute(
            update(source_record)
            .where(source_record.c.id.in_(chosen), source_record.c.live != live)
            .values(live=live)
        )
    _move_interactions(connection, moves, linked)


def _move_interactions(connection: Connection, moves: pd.DataFrame, linked: pd.Series) -> None:
    """Let interactions follow; one that is taken back keeps its contact, to be found there."""
    ends = pd.concat([moves["before"], moves["after"]])
    contacts = ends[_is_contact(ends)].astype("int64").unique()
    rows = connection.execute(
        select(interaction.c.id, interaction.c.source_record_id).where(
            interaction.c.contact_id.in_(listed_numbers(connection, contacts)),
            interaction.c.source_record_id.in_(listed_numbers(connection, moves["thing_id"])),
        )
    ).all()
    gone = [row.id for row in rows if row.source_record_id not in linked.index]
    away = update(interaction).where(interaction.c.id.in_(listed_numbers(connection, gone)))
    connection.execute(away.values(live=False))
    there = update(interaction).where(interaction.c.id == bindparam("number"))
    owners = linked.to_dict()
    lines = [
        {"number": row.id, "owner": owners[row.source_record_id]}
        for row in rows
        if row.source_record_id in owners
    ]
    if lines:
        connection.execute(there.values(live=True, contact_id=bindparam("owner")), lines)


def _is_contact(places: pd.Series) -> "pd.Series[bool]":
    return places.notna() & ~places.isin([HELD, WITHDRAWN])
