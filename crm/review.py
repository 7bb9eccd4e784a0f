"""The possible matches that wait for a person, and those that were judged."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, RowMapping, Select, and_, func, select

from crm import ids
from crm.acts import find_number
from crm.bulk import listed_numbers
from crm.contacts import COLUMNS
from crm.errors import UnknownIdError
from crm.models import batch, contact, link, review_item, source_record
from crm.opening import reading, shown_url
from crm.steward_models import judgement
from crm.store import Store

__all__ = [
    "ReviewFilter",
    "ReviewItem",
    "ReviewPage",
    "Side",
    "list_review",
    "read_review_item",
]


@dataclass(frozen=True)
class ReviewFilter:
    """Which possible matches: `status` null means all; weights are bits, ends included."""

    status: str | None = "open"
    batch: str | None = None
    source: str | None = None
    min_weight: float | None = None
    max_weight: float | None = None


@dataclass(frozen=True)
class Side:
    """One end of a possible match.

    `contact` and `row_version` are null where the record is held. `standard` are those of the
    record, `golden` those of its contact (of the record where it is held).
    """

    record: str
    contact: str | None
    row_version: int | None
    source: str
    batch: str
    file: str | None
    sheet: str | None
    line: int | None
    occurred_at: str
    standard: Mapping[str, str]
    golden: Mapping[str, str]


@dataclass(frozen=True)
class ReviewItem:
    """A possible match; `weight` in bits, `evidence` a list of what was compared."""

    id: str
    status: str
    batch: str
    weight: float
    evidence: tuple[Mapping[str, Any], ...]
    left: Side
    right: Side
    verdict: str | None
    judged_by: str | None
    judged_at: str | None
    reason: str | None


@dataclass(frozen=True)
class ReviewPage:
    """Some possible matches, and how many there are in all."""

    items: tuple[ReviewItem, ...]
    total: int


ALL = ReviewFilter()


def list_review(
    store: Store, which: ReviewFilter = ALL, *, limit: int = 50, offset: int = 0
) -> ReviewPage:
    """List possible matches, the heaviest first."""
    with reading(store.engine) as connection:
        chosen = _choose(connection, which)
        total = connection.scalar(select(func.count()).select_from(chosen.subquery())) or 0
        ordered = chosen.order_by(review_item.c.weight.desc(), review_item.c.id)
        rows = connection.execute(ordered.limit(limit).offset(offset)).mappings().all()
        return ReviewPage(tuple(_describe(connection, rows)), total)


def read_review_item(store: Store, item: str) -> ReviewItem:
    """Read one possible match (`m7`); `UnknownIdError` where there is none."""
    with reading(store.engine) as connection:
        number = find_number(connection, "review_item", item)
        chosen = _choose(connection, ReviewFilter(status=None)).where(review_item.c.id == number)
        rows = connection.execute(chosen).mappings().all()
        for found in _describe(connection, rows):
            return found
        raise UnknownIdError(shown_url(store.engine.url), item)


def _choose(connection: Connection, which: ReviewFilter) -> Select[Any]:
    decided = and_(judgement.c.review_item_id == review_item.c.id, judgement.c.active)
    told = [
        judgement.c.verdict,
        judgement.c.actor.label("judged_by"),
        judgement.c.at.label("judged_at"),
        judgement.c.reason,
    ]
    chosen = select(review_item, *told).outerjoin(judgement, decided)
    if which.status is not None:
        chosen = chosen.where(review_item.c.status == which.status)
    if which.batch is not None:
        number = find_number(connection, "batch", which.batch)
        chosen = chosen.where(review_item.c.batch_id == number)
    if which.source is not None:
        own = select(batch.c.id).where(batch.c.source == which.source)
        chosen = chosen.where(review_item.c.batch_id.in_(own))
    if which.min_weight is not None:
        chosen = chosen.where(review_item.c.weight >= which.min_weight)
    if which.max_weight is not None:
        chosen = chosen.where(review_item.c.weight <= which.max_weight)
    return chosen


def _describe(connection: Connection, rows: Iterable[RowMapping]) -> list[ReviewItem]:
    ends = [row[end] for row in rows for end in ("left_record", "right_record")]
    sides = _read_sides(connection, ends)
    return [
        ReviewItem(
            id=ids.show("review_item", row["id"]),
            status=row["status"],
            batch=ids.show("batch", row["batch_id"]),
            weight=row["weight"],
            evidence=tuple(json.loads(row["evidence"])),
            left=sides[row["left_record"]],
            right=sides[row["right_record"]],
            **{name: row[name] for name in ("verdict", "judged_by", "judged_at", "reason")},
        )
        for row in rows
    ]


def _read_sides(connection: Connection, records: list[int]) -> dict[int, Side]:
    golden = [contact.c[name].label(f"golden_{name}") for name in (*COLUMNS, "fields")]
    linked = and_(link.c.source_record_id == source_record.c.id, link.c.active)
    rows = connection.execute(
        select(source_record, batch.c.source, link.c.contact_id, contact.c.row_version, *golden)
        .join(batch, batch.c.id == source_record.c.batch_id)
        .outerjoin(link, linked)
        .outerjoin(contact, contact.c.id == link.c.contact_id)
        .where(source_record.c.id.in_(listed_numbers(connection, set(records))))
    )
    return {row["id"]: _make_side(row) for row in rows.mappings()}


def _make_side(row: RowMapping) -> Side:
    values = json.loads(row["standard"])
    owner = row["contact_id"]
    golden = values
    if owner is not None:
        named = {name: row[f"golden_{name}"] for name in COLUMNS}
        golden = {name: value for name, value in named.items() if value is not None}
        golden |= json.loads(row["golden_fields"])
    return Side(
        record=ids.show("source_record", row["id"]),
        contact=None if owner is None else ids.show("contact", owner),
        batch=ids.show("batch", row["batch_id"]),
        standard=values,
        golden=golden,
        **{
            name: row[name]
            for name in ("row_version", "source", "file", "sheet", "line", "occurred_at")
        },
    )
