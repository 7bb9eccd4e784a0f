"""What became of one row, and of one batch."""

import json
from dataclasses import asdict
from typing import Any, Final

from sqlalchemy import ColumnElement, Connection, RowMapping, Table, or_, select

from crm.bulk import listed_numbers
from crm.ids import LETTERS, show
from crm.models import batch, issue, link, merge_event, quarantine_row, review_item, source_record
from crm.quarantine_story import tell_became, tell_replaced
from crm.steward_models import event_change, event_contact
from crm.stored_batch import read_batch
from validators.fields import with_parts
from validators.issues import message

__all__ = [
    "tell_batch",
    "tell_event",
    "tell_events",
    "tell_place",
    "tell_quarantine_row",
    "tell_review_item",
    "tell_source_record",
]

Story = dict[str, Any]
SHOWN: Final = 100  # facts of one event


def tell_batch(connection: Connection, number: int) -> Story | None:
    """Tell of one import, and of the undo that took it back, if any."""
    found = read_batch(connection, number)
    if found is None:
        return None
    undone = connection.scalar(select(batch.c.undone_by).where(batch.c.id == number))
    ids = {"id": show("batch", number), "undone_by": _show("merge_event", undone)}
    return asdict(found) | ids


def tell_source_record(connection: Connection, number: int) -> Story | None:
    """Tell where a row that was loaded went."""
    row = _find(connection, source_record, number)
    if row is None:
        return None
    tie = select(link.c.contact_id).where(link.c.source_record_id == number, link.c.active)
    return {
        "id": show("source_record", number),
        **tell_place(row),
        "fate": row["fate"],
        "contact": _show("contact", connection.scalar(tie)),
        "occurred_at": row["occurred_at"],
        "raw": json.loads(row["raw"]),
        "standard": json.loads(row["standard"]),
        "doubtful": json.loads(row["doubtful"] or "[]"),
        "issues": _tell_issues(connection, row),
        "events": tell_events(connection, merge_event.c.source_record_id == number),
        "review": _tell_review(connection, number),
        "replaces": tell_replaced(connection, number),
    }


def tell_quarantine_row(connection: Connection, number: int) -> Story | None:
    """Tell why a row waits in quarantine."""
    row = _find(connection, quarantine_row, number)
    if row is None:
        return None
    return {
        "id": show("quarantine_row", number),
        **tell_place(row),
        "fate": "quarantined",
        "status": row["status"],
        "raw": json.loads(row["raw"]),
        "standard": json.loads(row["standard"]),
        "issues": _tell_issues(connection, row),
        "became": tell_became(connection, number),
    }


def tell_place(row: RowMapping) -> Story:
    """Say which row of which file it was."""
    return {
        "batch": show("batch", row["batch_id"]),
        "source": row["source"],
        **{name: row[name] for name in ("file", "sheet", "line", "row")},
    }


def tell_events(connection: Connection, condition: ColumnElement[bool]) -> list[Story]:
    """Tell the entries of the merge log that meet a condition, oldest first."""
    found = select(merge_event).where(condition).order_by(merge_event.c.id)
    events = list(connection.execute(found).mappings())
    numbers = [event["id"] for event in events]
    touched, changes = _tell_touched(connection, numbers), _tell_changes(connection, numbers)
    return [
        {
            "id": show("merge_event", event["id"]),
            **{name: event[name] for name in ("kind", "at", "actor", "reason")},
            "batch": _show("batch", event["batch_id"]),
            "contact": _show("contact", event["contact_id"]),
            "record": _show("source_record", event["source_record_id"]),
            "matched": _show("source_record", event["matched_record"]),
            "weight": event["weight"],
            "evidence": json.loads(event["evidence"] or "[]"),
            "model_version": event["model_version"],
            "policy_version": event["policy_version"],
            "contacts": touched.get(event["id"], []),
            "changes": changes.get(event["id"], []),
            "reversed": event["reversed_by"] is not None,
            "reversed_by": _show("merge_event", event["reversed_by"]),
        }
        for event in events
    ]


def tell_event(connection: Connection, number: int) -> Story | None:
    """Tell of one entry of the merge log."""
    return next(iter(tell_events(connection, merge_event.c.id == number)), None)


def tell_review_item(connection: Connection, number: int) -> Story | None:
    """Tell of one possible match: its two records, and how sure it is."""
    found = select(review_item).where(review_item.c.id == number)
    row = connection.execute(found).mappings().first()
    if row is None:
        return None
    return {
        "id": show("review_item", number),
        "batch": show("batch", row["batch_id"]),
        "status": row["status"],
        "records": [show("source_record", row[end]) for end in ("left_record", "right_record")],
        "weight": row["weight"],
        "evidence": json.loads(row["evidence"]),
        "model_version": row["model_version"],
    }


def _tell_touched(connection: Connection, events: list[int]) -> dict[int, list[str]]:
    """The contacts that acts touched, by event."""
    rows = connection.execute(
        select(event_contact.c.merge_event_id, event_contact.c.contact_id)
        .where(event_contact.c.merge_event_id.in_(listed_numbers(connection, events)))
        .order_by(event_contact.c.merge_event_id, event_contact.c.contact_id)
    )
    touched: dict[int, list[str]] = {}
    for event, contact in rows:
        touched.setdefault(event, []).append(show("contact", contact))
    return touched


def _tell_changes(connection: Connection, events: list[int]) -> dict[int, list[Story]]:
    """What acts moved, by event, at most `SHOWN` facts each."""
    rows = connection.execute(
        select(event_change)
        .where(event_change.c.merge_event_id.in_(listed_numbers(connection, events)))
        .where(event_change.c.number < SHOWN)
        .order_by(event_change.c.merge_event_id, event_change.c.number)
    )
    changes: dict[int, list[Story]] = {}
    for row in rows.mappings():
        told = {
            "thing": show(row["thing"], row["thing_id"])
            if row["thing"] in LETTERS
            else show("contact", row["thing_id"]),
            "field": row["field"] if row["thing"] in LETTERS else f"{row['thing']} {row['field']}",
            **{end: json.loads(row[end]) if row[end] else None for end in ("before", "after")},
        }
        changes.setdefault(row["merge_event_id"], []).append(told)
    return changes


def _find(connection: Connection, table: Table, number: int) -> RowMapping | None:
    """Read a row with the source of its batch, and how that was read."""
    wanted = select(table, batch.c.source, batch.c.reading)
    statement = wanted.join(batch).where(table.c.id == number)
    return connection.execute(statement).mappings().first()


def _tell_issues(connection: Connection, row: RowMapping) -> list[Story]:
    names = ("code", "severity", "field", "before", "after")
    found = connection.execute(
        select(*(issue.c[name] for name in names))
        .where(issue.c.batch_id == row["batch_id"], issue.c.row == row["row"])
        .order_by(issue.c.id)
    )
    columns = _name_columns(row)
    return [
        dict(each)
        | {
            "message": message(
                each["code"],
                each["field"],
                each["before"],
                each["after"],
                columns.get(each["field"]),
            )
        }
        for each in found.mappings()
    ]


def _name_columns(row: RowMapping) -> dict[str, str]:
    """What the table a row came from calls its fields."""
    fields = (
        (each["field"], each["column"])
        for told in json.loads(row["reading"])
        if (told.get("file"), told.get("sheet")) == (row["file"], row["sheet"])
        for each in told.get("columns", ())
        if each["field"]
    )
    return dict(reversed(list(with_parts(fields))))  # the first column of a field is its own


def _tell_review(connection: Connection, number: int) -> list[Story]:
    items = connection.execute(
        select(review_item)
        .where(or_(review_item.c.left_record == number, review_item.c.right_record == number))
        .order_by(review_item.c.id)
    )
    return [
        {
            "id": show("review_item", item["id"]),
            "with": show("source_record", item["left_record"] + item["right_record"] - number),
            "status": item["status"],
            "weight": item["weight"],
            "evidence": json.loads(item["evidence"]),
        }
        for item in items.mappings()
    ]


def _show(table: str, number: int | None) -> str | None:
    return None if number is None else show(table, number)
