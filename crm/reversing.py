"""Take back what one act of a person moved, unless something later stands upon it."""

import pandas as pd
from sqlalchemy import Connection, RowMapping, select

from crm import ids
from crm.acts import Decision
from crm.bulk import listed_numbers
from crm.changes import Change, find_current, group_facts, read_reversed, read_value
from crm.errors import RefusedError, UnknownIdError
from crm.models import link, merge_event, quarantine_row, source_record
from crm.opening import shown_url
from crm.placing import WITHDRAWN
from crm.steward_models import event_change, event_contact

__all__ = ["decide_reversal", "read_all", "read_event"]

# What may move nothing: the same said twice within a second.
RESTATED = {"edit", "consent", "undo"}
WHY = "later events stand upon it, take them back first"


def read_event(connection: Connection, number: int) -> RowMapping:
    """Read an event of the merge log; `UnknownIdError` where there is none."""
    row = connection.execute(select(merge_event).where(merge_event.c.id == number)).mappings()
    found = row.first()
    if found is None:
        shown = ids.show("merge_event", number)
        raise UnknownIdError(shown_url(connection.engine.url), shown)
    return found


def decide_reversal(connection: Connection, event: RowMapping, *, carry: bool = False) -> Decision:
    """Decide to move back what an event moved; `RefusedError` names what stands against it.

    With `carry` records that came later do not stand against it: the caller moves them along.
    """
    shown = ids.show("merge_event", event["id"])
    url = shown_url(connection.engine.url)
    if event["reversed_by"] is not None:
        by = (ids.show("merge_event", event["reversed_by"]),)
        raise RefusedError(url, f"{shown} was taken back already", by)
    changes = read_reversed(connection, event["id"])
    if changes.empty and event["kind"] not in RESTATED:
        raise RefusedError(url, f"{shown} moved nothing that can be moved back")
    moved = find_current(connection, changes).fillna("") != changes["before"].fillna("")
    later = set(_later_changes(connection, event["id"], changes[moved]))
    if not carry:
        later |= set(_later_records(connection, event["id"], changes))
    if later or moved.any():
        because = tuple(ids.show("merge_event", number) for number in sorted(later))
        raise RefusedError(url, f"{shown}: {WHY}", because)
    replaced = _find_replaced(connection, changes)
    if replaced:
        why = f"{shown}: the same rows were imported again"
        raise RefusedError(url, why, tuple(ids.show("batch", number) for number in replaced))
    touched = select(event_contact.c.contact_id)
    contacts = connection.scalars(touched.where(event_contact.c.merge_event_id == event["id"]))
    told = {"contact_id": event["contact_id"], "source_record_id": event["source_record_id"]}
    return Decision(
        "undo", frozenset(contacts), read_all(changes), reverses=(event["id"],), told=told
    )


def _find_replaced(connection: Connection, changes: pd.DataFrame) -> list[int]:
    """Batches that hold the rows which are to come back."""
    found: set[int] = set()
    for table, field, gone in (
        (source_record, "place", WITHDRAWN),
        (quarantine_row, "live", "false"),
    ):
        back = changes[(changes["thing"] == table.name) & (changes["field"] == field)]
        back = back[back["before"] == gone]
        own = table.alias()
        for twin in (source_record, quarantine_row) if len(back) else ():
            other = twin.alias()
            statement = (
                select(other.c.batch_id)
                .join(own, own.c.content_hash == other.c.content_hash)
                .where(own.c.id.in_(listed_numbers(connection, back["thing_id"])))
                .where(other.c.live)
                .distinct()
            )
            found |= set(connection.scalars(statement))
    return sorted(found)


def _later_changes(connection: Connection, event: int, changes: pd.DataFrame) -> list[int]:
    """Events in force that changed one of these facts after `event`."""
    found: list[int] = []
    for thing, field, part in group_facts(changes):
        wanted = listed_numbers(connection, part["thing_id"].unique())
        statement = (
            select(event_change.c.merge_event_id)
            .join(merge_event, merge_event.c.id == event_change.c.merge_event_id)
            .where(
                event_change.c.thing == thing,
                event_change.c.field == field,
                event_change.c.thing_id.in_(wanted),
                event_change.c.merge_event_id > event,
                merge_event.c.reversed_by.is_(None),
            )
            .distinct()
        )
        found += connection.scalars(statement)
    return found


def _later_records(connection: Connection, event: int, changes: pd.DataFrame) -> list[int]:
    """Events that linked records to a contact that is to go, or because of a record that is."""
    places = changes[(changes["thing"] == "source_record") & (changes["field"] == "place")]
    gone = changes[(changes["field"] == "merged_into") & changes["after"].notna()]
    if places.empty and gone.empty:
        return []
    moved = listed_numbers(connection, places["thing_id"])
    linked = (
        select(merge_event.c.id)
        .join(link, link.c.merge_event_id == merge_event.c.id)
        .where(link.c.active, merge_event.c.id > event)
    )
    tied = linked.where(
        merge_event.c.matched_record.in_(moved), merge_event.c.source_record_id.not_in(moved)
    )
    closing = listed_numbers(connection, gone["thing_id"])
    there = linked.where(link.c.contact_id.in_(closing), link.c.source_record_id.not_in(moved))
    targets = places["after"][places["after"].str.isdigit()].astype("int64").unique()
    reopened = changes["thing_id"][(changes["field"] == "merged_into") & changes["after"].isna()]
    closed = (
        select(event_change.c.merge_event_id)
        .join(merge_event, merge_event.c.id == event_change.c.merge_event_id)
        .where(merge_event.c.reversed_by.is_(None), merge_event.c.id > event)
        .where(event_change.c.thing == "contact", event_change.c.field == "merged_into")
        .where(event_change.c.after.is_not(None))
        .where(
            event_change.c.thing_id.in_(listed_numbers(connection, set(targets) - set(reopened)))
        )
    )
    return [number for some in (tied, there, closed) for number in connection.scalars(some)]


def read_all(changes: pd.DataFrame) -> tuple[Change, ...]:
    """Changes of a frame as values."""
    columns = [changes[name].tolist() for name in ("thing", "thing_id", "field")]
    values = [map(read_value, changes[name]) for name in ("before", "after")]
    return tuple(Change(*line) for line in zip(*columns, *values, strict=True))
