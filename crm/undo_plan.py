"""What taking back an import would do: which of its rows can go, and what stands against it."""

from dataclasses import dataclass
from typing import Final

import pandas as pd
from sqlalchemy import Connection, Select, and_, exists, func, select

from crm import ids
from crm.bulk import listed_numbers
from crm.errors import RefusedError, UnknownIdError
from crm.frames import read_frame
from crm.models import (
    batch,
    link,
    merge_event,
    quarantine_row,
    source_record,
)
from crm.opening import shown_url
from crm.steward_models import event_contact

__all__ = ["UndoItem", "UndoPlan", "plan_undo"]

# Acts that brought records together: their outcome rests on all of them.
JOINING: Final = ("merge", "release")
# What a person did to a contact: it would be lost with it.
STEERING: Final = ("edit", "consent", "progress")


@dataclass(frozen=True)
class UndoItem:
    """One thing of an undo: its id, what it is, a sentence, and the later events behind it."""

    thing: str
    kind: str
    text: str
    because: tuple[str, ...] = ()


@dataclass(frozen=True)
class UndoPlan:
    """What can be taken back, and what not.

    `records`: `record` and `contact` (Int64, null: held); `quarantine`: ids of rows; `gone`:
    contacts that have no other record; `left`: contacts that go on without these.
    """

    batch: int
    records: pd.DataFrame
    quarantine: tuple[int, ...]
    gone: tuple[int, ...]
    left: tuple[int, ...]
    kept: tuple[UndoItem, ...]
    refused: tuple[UndoItem, ...]

    @property
    def takes_back(self) -> bool:
        """Whether there is anything to take back."""
        return bool(len(self.records) or self.quarantine)


def plan_undo(connection: Connection, number: int) -> UndoPlan:
    """Plan to take back all rows of a batch that still count; `UnknownIdError`."""
    shown = ids.show("batch", number)
    if connection.scalar(select(batch.c.id).where(batch.c.id == number)) is None:
        raise UnknownIdError(shown_url(connection.engine.url), shown)
    records = _read_records(connection, number)
    refused = _find_refused(connection, number)
    records = records[~records["contact"].isin(list(refused))]
    gone = _find_gone(connection, records)
    kept = _find_kept(connection, gone, since=number)
    records = records[~records["contact"].isin(list(kept))]
    waiting, decided = _read_quarantine(connection, number)
    if records.empty and not (waiting or refused or kept):
        raise RefusedError(shown_url(connection.engine.url), f"nothing of {shown} is left to undo")
    gone = [one for one in gone if one not in kept]
    owners = records["contact"].dropna().unique().tolist()
    return UndoPlan(
        number,
        records,
        tuple(waiting),
        tuple(gone),
        tuple(sorted(set(owners) - set(gone))),
        (*_tell(kept, "kept: a person worked on it since"), *decided),
        _tell(refused, "refused: later events depend on it"),
    )


def _read_records(connection: Connection, number: int) -> pd.DataFrame:
    linked = and_(link.c.source_record_id == source_record.c.id, link.c.active)
    return read_frame(
        connection,
        select(source_record.c.id.label("record"), link.c.contact_id.label("contact"))
        .outerjoin(link, linked)
        .where(source_record.c.batch_id == number, source_record.c.live)
        .order_by(source_record.c.id),
    )


def _find_refused(connection: Connection, number: int) -> dict[int, list[int]]:
    """Contacts of the batch's records that later events rest upon: contact -> events."""
    own, other = source_record.alias(), source_record.alias()
    tied = (
        select(link.c.contact_id, merge_event.c.id)
        .join(merge_event, merge_event.c.id == link.c.merge_event_id)
        .join(own, own.c.id == merge_event.c.matched_record)
        .join(other, other.c.id == merge_event.c.source_record_id)
        .where(link.c.active, merge_event.c.kind == "link")
        .where(own.c.batch_id == number, other.c.batch_id != number)
    )
    return _gather(connection, tied, _acts(JOINING, number))


def _acts(kinds: tuple[str, ...], number: int) -> Select[int, int]:
    """Acts in force upon contacts that hold records of a batch: contact, event."""
    held = (
        exists()
        .where(link.c.contact_id == event_contact.c.contact_id, link.c.active)
        .where(link.c.source_record_id == source_record.c.id, source_record.c.batch_id == number)
    )
    first = select(func.min(merge_event.c.id)).where(merge_event.c.batch_id == number)
    return (
        select(event_contact.c.contact_id, merge_event.c.id)
        .join(merge_event, merge_event.c.id == event_contact.c.merge_event_id)
        .where(merge_event.c.kind.in_(kinds), merge_event.c.reversed_by.is_(None))
        .where(merge_event.c.id > func.coalesce(first.scalar_subquery(), 0), held)
    )


def _gather(connection: Connection, *found: Select[int, int]) -> dict[int, list[int]]:
    because: dict[int, list[int]] = {}
    for statement in found:
        for owner, event in connection.execute(statement):
            because.setdefault(owner, []).append(event)
    return because


def _find_gone(connection: Connection, records: pd.DataFrame) -> list[int]:
    """Contacts all whose records are among these."""
    owners = records["contact"].dropna()
    wanted = listed_numbers(connection, owners.unique())
    counted = (
        select(link.c.contact_id, func.count().label("records"))
        .where(link.c.active, link.c.contact_id.in_(wanted))
        .group_by(link.c.contact_id)
    )
    ours = owners.value_counts().to_dict()
    found = connection.execute(counted).all()
    return sorted(row.contact_id for row in found if ours[row.contact_id] == row.records)


def _find_kept(connection: Connection, gone: list[int], since: int) -> dict[int, list[int]]:
    """Contacts that would go although a person worked on them: contact -> events."""
    found = _gather(connection, _acts(STEERING, since))
    return {owner: events for owner, events in found.items() if owner in set(gone)}


def _read_quarantine(connection: Connection, number: int) -> tuple[list[int], list[UndoItem]]:
    """Rows that wait, and those that a person decided about."""
    columns = quarantine_row.c.id, quarantine_row.c.status
    rows = connection.execute(
        select(*columns)
        .where(quarantine_row.c.batch_id == number, quarantine_row.c.live)
        .order_by(quarantine_row.c.id)
    ).all()
    decided = [
        UndoItem(ids.show("quarantine_row", row.id), "quarantine row", f"kept: {row.status} since")
        for row in rows
        if row.status != "waiting"
    ]
    return [row.id for row in rows if row.status == "waiting"], decided


def _tell(contacts: dict[int, list[int]], text: str) -> tuple[UndoItem, ...]:
    return tuple(
        UndoItem(
            ids.show("contact", owner),
            "contact",
            text,
            tuple(ids.show("merge_event", event) for event in sorted(set(events))),
        )
        for owner, events in sorted(contacts.items())
    )
