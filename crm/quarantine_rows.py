"""Rows in quarantine: read, resolved by a record that took their place, discarded, reopened.

A row in quarantine is never changed but for its `status`; `quarantine_event` tells what became of
it, by whom, and which source record it is now.
"""

import json
from collections.abc import Collection
from typing import Any

import pandas as pd
from sqlalchemy import Connection, Select, func, insert, select, update

from crm.bulk import listed_numbers, listed_texts, next_id
from crm.frames import read_frame
from crm.models import batch, issue, link, quarantine_row, source_record
from crm.opening import reading, writing
from crm.quarantine_models import quarantine_event
from crm.store import Store
from crm.times import utc_now

__all__ = [
    "discard_rows",
    "read_events",
    "read_issues_of",
    "read_rows",
    "reopen_rows",
    "settle_rows",
]

PLACE = ("row", "file", "sheet", "line")


def read_rows(
    store: Store,
    *,
    ids: Collection[int] | None = None,
    number: int | None = None,
    status: str | None = "waiting",
) -> pd.DataFrame:
    """Read rows in quarantine: all, those of the batch `number`, or those with these ids.

    Columns: `quarantine_row`, `batch`, `source`, `kind`, `trust`, `row`, `file`, `sheet`, `line`,
    `status`, `content_hash`, `submission_id`, `raw` (dict) and `standard` (dict).
    """
    names = (*PLACE, "status", "content_hash", "submission_id", "raw", "standard")
    statement = (
        select(
            quarantine_row.c.id.label("quarantine_row"),
            quarantine_row.c.batch_id.label("batch"),
            *(batch.c[name] for name in ("source", "kind", "trust")),
            *(quarantine_row.c[name] for name in names),
        )
        .join(batch, batch.c.id == quarantine_row.c.batch_id)
        .where(quarantine_row.c.live)
        .order_by(quarantine_row.c.id)
    )
    if status is not None:
        statement = statement.where(quarantine_row.c.status == status)
    if number is not None:
        statement = statement.where(quarantine_row.c.batch_id == number)
    with reading(store.engine) as connection:
        if ids is not None:
            statement = statement.where(quarantine_row.c.id.in_(listed_numbers(connection, ids)))
        frame = read_frame(connection, statement)
    parsed = {name: frame[name].map(json.loads).astype(object) for name in ("raw", "standard")}
    return frame.assign(**parsed)


def read_issues_of(store: Store, rows: pd.DataFrame) -> pd.DataFrame:
    """Read the findings of rows of `read_rows`: `quarantine_row`, then the columns of issues."""
    what = [issue.c[name] for name in ("row", "field", "code", "severity", "before", "after")]
    with reading(store.engine) as connection:
        wanted = listed_numbers(connection, rows["quarantine_row"])
        statement = (
            select(quarantine_row.c.id.label("quarantine_row"), *what)
            .join(
                issue,
                (issue.c.batch_id == quarantine_row.c.batch_id)
                & (issue.c.row == quarantine_row.c.row),
            )
            .where(quarantine_row.c.id.in_(wanted))
            .order_by(quarantine_row.c.id, issue.c.id)
        )
        return read_frame(connection, statement)


def read_events(store: Store, ids: Collection[int]) -> pd.DataFrame:
    """Read what became of rows, oldest first.

    Columns: `quarantine_row`, `kind`, `at`, `actor`, `reason`, `batch`, `record`, its
    `content_hash`, `contact`.
    """
    event = quarantine_event
    with reading(store.engine) as connection:
        statement = (
            select(
                event.c.quarantine_row_id.label("quarantine_row"),
                *(event.c[name] for name in ("kind", "at", "actor", "reason")),
                event.c.batch_id.label("batch"),
                event.c.source_record_id.label("record"),
                source_record.c.content_hash,
                link.c.contact_id.label("contact"),
            )
            .outerjoin(source_record, source_record.c.id == event.c.source_record_id)
            .outerjoin(link, (link.c.source_record_id == event.c.source_record_id) & link.c.active)
            .where(event.c.quarantine_row_id.in_(listed_numbers(connection, ids)))
            .order_by(event.c.id)
        )
        return read_frame(connection, statement)


def settle_rows(store: Store, repaired: pd.DataFrame, actor: str) -> int:
    """Resolve the waiting rows whose repaired form is in the store now; returns how many.

    `repaired`: `quarantine_row`, `content_hash` of the repaired row, `submission_id`, `source`.
    What is not in the store is left waiting, so that this can be done again after a kill.
    """
    with writing(store.engine) as connection:
        found = _find_records(connection, repaired)
        waiting = set(connection.scalars(_those(connection, repaired["quarantine_row"], "waiting")))
        done = found[found["quarantine_row"].isin(list(waiting))]
        values = [
            {
                "kind": "resubmitted",
                "quarantine_row_id": int(row.quarantine_row),  # type: ignore[arg-type]  # a number
                "source_record_id": int(row.record),  # type: ignore[arg-type]  # a number
                "batch_id": int(row.batch),  # type: ignore[arg-type]  # a number
            }
            for row in done.itertuples()
        ]
        _resolve(connection, values, "resubmitted", actor)
    return len(values)


def discard_rows(store: Store, ids: Collection[int], actor: str, reason: str | None) -> list[int]:
    """Give waiting rows up; returns the ids of those that were waiting."""
    with writing(store.engine) as connection:
        waiting = [int(each) for each in connection.scalars(_those(connection, ids, "waiting"))]
        values: list[dict[str, object]] = [
            {"kind": "discarded", "quarantine_row_id": number, "reason": reason}
            for number in waiting
        ]
        _resolve(connection, values, "discarded", actor)
    return waiting


def reopen_rows(store: Store, ids: Collection[int], actor: str, reason: str | None) -> list[int]:
    """Let rows that were discarded wait again; returns the ids of those that were."""
    with writing(store.engine) as connection:
        discarded = [int(each) for each in connection.scalars(_those(connection, ids, "discarded"))]
        values: list[dict[str, object]] = [
            {"kind": "reopened", "quarantine_row_id": number, "reason": reason}
            for number in discarded
        ]
        _resolve(connection, values, "waiting", actor)
    return discarded


def _those(connection: Connection, ids: Collection[int], status: str) -> Select[Any]:
    return (
        select(quarantine_row.c.id)
        .where(
            quarantine_row.c.id.in_(listed_numbers(connection, ids)),
            quarantine_row.c.status == status,
            quarantine_row.c.live,
        )
        .order_by(quarantine_row.c.id)
    )


def _find_records(connection: Connection, repaired: pd.DataFrame) -> pd.DataFrame:
    """The live record each repaired row is: by its content, else by its submission's id."""
    record = source_record
    by_hash = read_frame(
        connection,
        select(record.c.content_hash, record.c.id.label("record"), record.c.batch_id.label("batch"))
        .where(record.c.content_hash.in_(listed_texts(connection, repaired["content_hash"])))
        .where(record.c.live),
    )
    found = repaired.merge(by_hash, on="content_hash")
    rest = repaired[~repaired["quarantine_row"].isin(found["quarantine_row"])]
    sent = rest.dropna(subset="submission_id")
    by_submission = read_frame(
        connection,
        select(
            record.c.submission_id,
            batch.c.source,
            func.min(record.c.id).label("record"),
            func.min(record.c.batch_id).label("batch"),
        )
        .join(batch, batch.c.id == record.c.batch_id)
        .where(record.c.submission_id.in_(listed_texts(connection, sent["submission_id"])))
        .where(record.c.live)
        .group_by(record.c.submission_id, batch.c.source),
    )
    return pd.concat([found, sent.merge(by_submission, on=["submission_id", "source"])])


def _resolve(
    connection: Connection, values: list[dict[str, object]], status: str, actor: str
) -> None:
    """Write the events and the status of their rows."""
    if not values:
        return
    first = next_id(connection, quarantine_event)
    made = {"at": utc_now(), "actor": actor}
    missing = dict.fromkeys(("reason", "source_record_id", "batch_id"))
    connection.execute(
        insert(quarantine_event),
        [{**missing, "id": first + at, **made, **value} for at, value in enumerate(values)],
    )
    ids = [int(str(value["quarantine_row_id"])) for value in values]
    connection.execute(
        update(quarantine_row)
        .where(quarantine_row.c.id.in_(listed_numbers(connection, ids)))
        .values(status=status)
    )
