"""How a store stands, in counts: what ran, what waits and what went wrong. Nothing of people."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import ColumnElement, Connection, Table, and_, case, func, select

from crm.columns import metadata
from crm.desk_models import outgoing_delivery
from crm.inbox_models import inbox
from crm.models import batch, contact, quarantine_row, review_item, source_record
from crm.notice_models import notice
from crm.opening import reading
from crm.store import Store

__all__ = ["FATES", "LastImport", "Standing", "read_standing"]

FATES: Final = ("created", "merged", "held", "quarantined", "already_seen")


@dataclass(frozen=True)
class LastImport:
    """The latest import of a source that was completed; times are ISO 8601 in UTC."""

    batch: int
    started_at: str
    finished_at: str


@dataclass(frozen=True)
class Standing:
    """Counts of one moment.

    `rows`: (source, fate) -> rows of imports that were not taken back; `batches`: (source, state)
    -> imports, state being complete, loading or undone; `unfinished`: batch -> (source, started)
    of imports that are loading, or were stopped in the middle; `waiting`: what -> how many;
    `letters`: (source, status) -> how many; `deliveries`: (endpoint, status) -> how many;
    `last`: source -> its latest import; `oldest_notice`: since when people are to be told.
    """

    contacts: int
    rows: Mapping[tuple[str, str], int]
    batches: Mapping[tuple[str, str], int]
    unfinished: Mapping[int, tuple[str, str]]
    waiting: Mapping[str, int]
    letters: Mapping[tuple[str, str], int]
    deliveries: Mapping[tuple[str, str], int]
    last: Mapping[str, LastImport]
    oldest_notice: str | None


def read_standing(store: Store) -> Standing:
    """Count everything in one look."""
    with reading(store.engine) as connection:
        return Standing(
            contacts=_count(connection, contact, contact.c.state == "live"),
            rows=_count_rows(connection),
            batches=_count_batches(connection),
            unfinished={
                row.id: (row.source, row.started_at)
                for row in connection.execute(select(batch).where(batch.c.status == "loading"))
            },
            waiting=_count_waiting(connection),
            letters=_count_pairs(connection, inbox, "source"),
            deliveries=_count_pairs(connection, outgoing_delivery, "hook"),
            last=_find_last(connection),
            oldest_notice=connection.scalar(select(func.min(notice.c.at))),
        )


def _count(connection: Connection, table: Table, condition: ColumnElement[bool]) -> int:
    return int(connection.scalar(select(func.count()).select_from(table).where(condition)) or 0)


def _count_rows(connection: Connection) -> dict[tuple[str, str], int]:
    sums = [func.sum(batch.c[fate]) for fate in FATES]
    counted = select(batch.c.source, *sums).where(batch.c.undone_by.is_(None))
    return {
        (source, fate): int(rows or 0)
        for source, *counts in connection.execute(counted.group_by(batch.c.source))
        for fate, rows in zip(FATES, counts, strict=True)
    }


def _count_batches(connection: Connection) -> dict[tuple[str, str], int]:
    state = case((batch.c.undone_by.is_not(None), "undone"), else_=batch.c.status)
    counted = select(batch.c.source, state, func.count()).group_by(batch.c.source, state)
    return {(source, found): int(count) for source, found, count in connection.execute(counted)}


def _count_waiting(connection: Connection) -> dict[str, int]:
    hold = metadata.tables["hold"]
    waits: dict[str, tuple[Table, ColumnElement[bool]]] = {
        "review": (review_item, review_item.c.status == "open"),
        "quarantine": (
            quarantine_row,
            and_(quarantine_row.c.status == "waiting", quarantine_row.c.live),
        ),
        "held_rows": (source_record, and_(source_record.c.fate == "held", source_record.c.live)),
        "held_files": (hold, hold.c.status == "waiting"),
        "notices": (notice, notice.c.id > 0),
    }
    return {name: _count(connection, *counted) for name, counted in waits.items()}


def _count_pairs(connection: Connection, table: Table, name: str) -> dict[tuple[str, str], int]:
    pair: tuple[Any, Any] = (table.c[name], table.c.status)
    counted = select(*pair, func.count()).group_by(*pair)
    return {(first, second): int(count) for first, second, count in connection.execute(counted)}


def _find_last(connection: Connection) -> dict[str, LastImport]:
    newest = (
        select(func.max(batch.c.id)).where(batch.c.status == "complete").group_by(batch.c.source)
    )
    rows = connection.execute(select(batch).where(batch.c.id.in_(newest)))
    return {row.source: LastImport(row.id, row.started_at, row.finished_at) for row in rows}
