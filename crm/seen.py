"""Which rows of a reading were imported before, and which unfinished batch they continue."""

from collections.abc import Collection
from typing import Any

import pandas as pd
from sqlalchemy import (
    ColumnElement,
    Connection,
    Row,
    Select,
    Table,
    func,
    literal,
    select,
    true,
    union_all,
)

from crm.batch import BatchInput, Mark, Seen
from crm.bulk import listed_numbers, listed_texts
from crm.models import batch as batch_table
from crm.models import merge_event, quarantine_row, source_record
from crm.text import storable
from crm.times import utc_now

__all__ = ["find_seen", "read_mark"]


def find_seen(
    connection: Connection,
    batch: BatchInput,
    hashes: pd.Series,
    submission_ids: pd.Series | None,
    repaired: Collection[int] = (),
) -> Seen:
    """Look rows up by their content, and by the submission's own id within their source.

    `repaired`: ids of rows in quarantine that come again on purpose; they are no reason to have
    seen a row.
    """
    mark = read_mark(connection)
    unfinished = _find_unfinished(connection, batch)
    resumes, imported_at = unfinished or (None, utc_now())
    if mark == Mark(0, 0) and connection.scalar(select(source_record.c.id).limit(1)) is None:
        return Seen(_frame(hashes.head(0), [], None), resumes, imported_at, mark)
    others = (
        quarantine_row.c.id.not_in(listed_numbers(connection, repaired)) if repaired else true()
    )
    known = _look_up(connection, hashes, resumes, others)
    if submission_ids is not None:
        sent = storable(submission_ids.dropna().drop(known.index, errors="ignore"))
        known = pd.concat([known, _look_up_submissions(connection, batch.source, sent, others)])
    return Seen(known, resumes, imported_at, mark)


def read_mark(connection: Connection) -> Mark:
    """How far the store is written: its logs only grow, and one at a time writes them."""
    event = connection.scalar(select(func.max(merge_event.c.id)))
    row = connection.scalar(select(func.max(quarantine_row.c.id)))
    return Mark(event or 0, row or 0)


def _find_unfinished(connection: Connection, batch: BatchInput) -> tuple[int, str] | None:
    row = connection.execute(
        select(batch_table.c.id, batch_table.c.started_at)
        .where(
            batch_table.c.source == batch.source,
            batch_table.c.content_hash == batch.content_hash,
            batch_table.c.status == "loading",
            batch_table.c.undone_by.is_(None),
        )
        .order_by(batch_table.c.id)
        .limit(1)
    ).first()
    return None if row is None else (int(row.id), str(row.started_at))


def _look_up(
    connection: Connection, hashes: pd.Series, resumes: int | None, others: ColumnElement[bool]
) -> pd.DataFrame:
    """Rows whose content is in the store; `others` says which rows in quarantine count."""
    texts = listed_texts(connection, hashes).subquery()
    found = connection.execute(
        union_all(
            *(
                select(table.c.content_hash, table.c.batch_id, fate)
                .join(texts, texts.c.value == table.c.content_hash)
                .where(table.c.live, counts)
                for table, fate, counts in (
                    (source_record, source_record.c.fate, true()),
                    (quarantine_row, literal("quarantined").label("fate"), others),
                )
            )
        )
    )
    return _frame(hashes, list(found), resumes)


def _look_up_submissions(
    connection: Connection, source: str, sent: pd.Series, others: ColumnElement[bool]
) -> pd.DataFrame:
    """Rows whose submission came from this source before, with whatever content."""
    texts = listed_texts(connection, sent).subquery()

    def by_id(table: Table) -> Select[Any]:
        return (
            select(table.c.submission_id, table.c.batch_id, literal("already_seen").label("fate"))
            .join(texts, texts.c.value == table.c.submission_id)
            .join(batch_table, batch_table.c.id == table.c.batch_id)
            .where(batch_table.c.source == source, table.c.live)
        )

    waiting = by_id(quarantine_row).where(others)
    found = connection.execute(union_all(by_id(source_record), waiting))
    return _frame(sent, list(found), None)


def _frame(wanted: pd.Series, found: list[Row[Any]], resumes: int | None) -> pd.DataFrame:
    """Give each row of `wanted` the batch and the fate found for its text."""
    first = pd.DataFrame(found, columns=["text", "batch", "fate"]).drop_duplicates("text")
    known = wanted[wanted.isin(first["text"])]
    facts = first.set_index("text").loc[known].set_axis(known.index)
    resumed = facts["batch"] == resumes if resumes is not None else False
    return facts.astype({"batch": "int64", "fate": "str"}).assign(resumed=resumed)
