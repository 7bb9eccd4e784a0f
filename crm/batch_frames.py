"""What a batch did, read back as frames for reports.

Whole numbers are Int64, texts `str`, whatever the rows at hand.
"""

import json
from collections.abc import Iterator
from typing import Any, Final

import pandas as pd
from sqlalchemy import (
    ColumnElement,
    Connection,
    Select,
    Table,
    and_,
    cast,
    func,
    literal,
    null,
    select,
    union_all,
)

from crm.columns import Id
from crm.frames import make_frame, read_frame
from crm.models import (
    batch,
    issue,
    link,
    merge_event,
    quarantine_row,
    review_item,
    source_record,
)

__all__ = [
    "COUNTS",
    "read_batches",
    "read_issues",
    "read_match_chunks",
    "read_matches",
    "read_quarantine",
    "read_rows",
]

COUNTS: Final = (
    "rows_in",
    "created",
    "merged",
    "held",
    "quarantined",
    "already_seen",
    "blank",
    "review",
)
PLACE: Final = ("row", "file", "sheet", "line")


def read_batches(connection: Connection) -> pd.DataFrame:
    """Read all batches, oldest first; the column `batch` is the id."""
    names = ("source", "kind", "file", "status", "started_at", "finished_at", *COUNTS)
    columns = [batch.c.id.label("batch"), *(batch.c[name] for name in names)]
    return read_frame(connection, select(*columns).order_by(batch.c.id))


def read_issues(connection: Connection, number: int) -> pd.DataFrame:
    """Read the findings of a batch, with the place of their row."""
    places = [
        func.coalesce(source_record.c[name], quarantine_row.c[name]).label(name)
        for name in PLACE[1:]
    ]
    what = [issue.c[name] for name in ("field", "code", "severity", "before", "after")]
    statement = (
        select(issue.c.row, *places, *what)
        .outerjoin(source_record, _same_row(source_record))
        .outerjoin(quarantine_row, _same_row(quarantine_row))
        .where(issue.c.batch_id == number)
        .order_by(issue.c.row, issue.c.id)
    )
    return read_frame(connection, statement)


def _same_row(table: Table) -> ColumnElement[bool]:
    return and_(table.c.batch_id == issue.c.batch_id, table.c.row == issue.c.row)


def read_quarantine(connection: Connection, number: int) -> pd.DataFrame:
    """Read the rows of a batch that went into quarantine; `raw` and `standard` are dicts."""
    names = (*PLACE, "status", "raw", "standard")
    columns = [quarantine_row.c.id.label("quarantine_row"), *(quarantine_row.c[n] for n in names)]
    statement = select(*columns).where(quarantine_row.c.batch_id == number)
    frame = read_frame(connection, statement.order_by(quarantine_row.c.row))
    return frame.assign(raw=_parse(frame["raw"]), standard=_parse(frame["standard"]))


def read_rows(connection: Connection, number: int) -> pd.DataFrame:
    """Read where each row of a batch went: `fate`, `contact`, `record`, `quarantine_row`."""
    linked = and_(link.c.source_record_id == source_record.c.id, link.c.active)
    stored = (
        select(
            *(source_record.c[name] for name in PLACE),
            source_record.c.fate,
            link.c.contact_id.label("contact"),
            source_record.c.id.label("record"),
            cast(null(), Id).label("quarantine_row"),
        )
        .outerjoin(link, linked)
        .where(source_record.c.batch_id == number)
    )
    waiting = select(
        *(quarantine_row.c[name] for name in PLACE),
        literal("quarantined"),
        cast(null(), Id),
        cast(null(), Id),
        quarantine_row.c.id,
    ).where(quarantine_row.c.batch_id == number)
    return read_frame(connection, union_all(stored, waiting).order_by("row"))


def read_matches(connection: Connection, number: int) -> pd.DataFrame:
    """Read the pairs a batch merged, and those it left for review, with both their records.

    Columns: `decision` (merged, review), `weight` (bits), `evidence` (list of dicts), then
    `contact`, `record`, `row`, `file`, `sheet`, `line`, `values` (dict of fields) of the record
    that came, and the same with `other_` in front of the one that was there.
    """
    parts = [read_frame(connection, each) for each in _select_matches(number)]
    return _parse_matches(pd.concat(parts, ignore_index=True))


def read_match_chunks(connection: Connection, number: int, size: int) -> Iterator[pd.DataFrame]:
    """Read what `read_matches` reads in frames of at most `size` pairs, one at least.

    `evidence`, `values` and `other_values` stay the JSON texts they are stored as: parsed, a pair
    takes 20 kB, and those of a large batch do not fit into memory at once.
    """
    statements = _select_matches(number)
    some = False
    for statement in statements:
        found = connection.execute(statement.execution_options(yield_per=size))
        for rows in found.partitions():
            some = True
            yield make_frame(rows, statement)
    if not some:
        yield make_frame([], statements[0])


def _parse_matches(frame: pd.DataFrame) -> pd.DataFrame:
    parsed = {name: _parse(frame[name]) for name in ("evidence", "values", "other_values")}
    return frame.assign(**parsed)


def _select_matches(number: int) -> tuple[Select[Any], Select[Any]]:
    """Select what was merged, then what waits for review, each in the order of an index.

    Rows as wide as these do not fit into memory to be sorted.
    """
    here, there = merge_event.c.source_record_id, merge_event.c.matched_record
    merged: Select[Any] = (
        select(literal("merged").label("decision"), merge_event.c.weight, merge_event.c.evidence)
        .where(merge_event.c.batch_id == number, merge_event.c.kind == "link")
        .order_by(merge_event.c.id)
    )
    right, left = review_item.c.right_record, review_item.c.left_record
    review: Select[Any] = (
        select(literal("review").label("decision"), review_item.c.weight, review_item.c.evidence)
        .where(review_item.c.batch_id == number)
        .order_by(review_item.c.id)
    )
    return _join_sides(merged, here, there), _join_sides(review, right, left)


def _join_sides(
    statement: Select[Any], here: ColumnElement[int], there: ColumnElement[int]
) -> Select[Any]:
    return _join_side(_join_side(statement, here, ""), there, "other_")


def _join_side(statement: Select[Any], record_id: ColumnElement[int], prefix: str) -> Select[Any]:
    """Add a source record and its contact to a query, column names with `prefix`."""
    record, tie = source_record.alias(), link.alias()
    columns = [
        tie.c.contact_id.label(f"{prefix}contact"),
        record.c.id.label(f"{prefix}record"),
        *(record.c[name].label(f"{prefix}{name}") for name in PLACE),
        record.c.standard.label(f"{prefix}values"),
    ]
    return (
        statement.add_columns(*columns)
        .outerjoin(record, record.c.id == record_id)
        .outerjoin(tie, and_(tie.c.source_record_id == record.c.id, tie.c.active))
    )


def _parse(texts: pd.Series) -> pd.Series:
    """Read JSON; what is missing stays None."""
    read = [json.loads(text) if isinstance(text, str) else None for text in texts]
    return pd.Series(read, index=texts.index, dtype=object)
