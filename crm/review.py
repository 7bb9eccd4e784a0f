"""The possible matches that wait for a person, and those that were judged."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Connection, RowMapping, and_, func, select

from crm import ids
from crm.acts import find_number
from crm.bulk import listed_numbers
from crm.contacts import COLUMNS
from crm.desk_models import desk_user, review_assignment
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
    "find_wanted",
    "list_review",
    "list_sources",
    "read_review_item",
]


@dataclass(frozen=True)
class ReviewFilter:
    """Which possible matches: `status` null means all; weights are bits, ends included.

    `agrees` and `differs` name comparisons (`email`) that speak for or against. `owner` is the
    number of the person who looks at it, 0 for nobody; `or_nobody` lets those of nobody in too.
    """

    status: str | None = "open"
    batch: str | None = None
    source: str | None = None
    min_weight: float | None = None
    max_weight: float | None = None
    agrees: str | None = None
    differs: str | None = None
    owner: int | None = None
    or_nobody: bool = False


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
    """A possible match; `weight` in bits, `evidence` a list of what was compared.

    `value`: what deciding it is worth, a likely duplicate 1, each row on hold 1 more. `owner`: the
    name of the person who looks at it.
    """

    id: str
    status: str
    batch: str
    weight: float
    value: float
    evidence: tuple[Mapping[str, Any], ...]
    left: Side
    right: Side
    verdict: str | None
    judged_by: str | None
    judged_at: str | None
    reason: str | None
    owner: str | None = None


@dataclass(frozen=True)
class ReviewPage:
    """Some possible matches, and how many there are in all."""

    items: tuple[ReviewItem, ...]
    total: int


ALL = ReviewFilter()


def list_review(
    store: Store, which: ReviewFilter = ALL, *, limit: int = 50, offset: int = 0
) -> ReviewPage:
    """List possible matches, the one that is worth most to decide first."""
    with reading(store.engine) as connection:
        wanted = find_wanted(connection, which)
        counted = select(func.count()).select_from(review_item).where(*wanted)
        total = connection.scalar(counted) or 0
        first = (
            select(review_item.c.id)
            .where(*wanted)
            .order_by(review_item.c.value.desc(), review_item.c.id)
        )
        numbers = list(connection.scalars(first.limit(limit).offset(offset)))
        return ReviewPage(tuple(_read_items(connection, numbers)), total)


def list_sources(store: Store) -> list[str]:
    """List the sources that open possible matches came from."""
    with reading(store.engine) as connection:
        waits = select(review_item.c.batch_id).where(review_item.c.status == "open").distinct()
        found = select(batch.c.source).where(batch.c.id.in_(waits)).distinct()
        return list(connection.scalars(found.order_by(batch.c.source)))


def read_review_item(store: Store, item: str) -> ReviewItem:
    """Read one possible match (`m7`); `UnknownIdError` where there is none."""
    with reading(store.engine) as connection:
        number = find_number(connection, "review_item", item)
        for found in _read_items(connection, [number]):
            return found
        raise UnknownIdError(shown_url(store.engine.url), item)


def find_wanted(connection: Connection, which: ReviewFilter) -> list[ColumnElement[bool]]:
    """Write a filter as conditions on `review_item`."""
    item = review_item.c
    wanted = [] if which.status is None else [item.status == which.status]
    if which.batch is not None:
        wanted.append(item.batch_id == find_number(connection, "batch", which.batch))
    if which.source is not None:
        own = select(batch.c.id).where(batch.c.source == which.source)
        wanted.append(item.batch_id.in_(own))
    if which.min_weight is not None:
        wanted.append(item.weight >= which.min_weight)
    if which.max_weight is not None:
        wanted.append(item.weight <= which.max_weight)
    for column, name in ((item.agrees, which.agrees), (item.differs, which.differs)):
        if name is not None:
            wanted.append(column.contains(f" {name} ", autoescape=True))
    if which.owner is not None:
        wanted.append(_is_looked_at(which))
    return wanted


def _is_looked_at(which: ReviewFilter) -> ColumnElement[bool]:
    """Whether the person, or nobody, looks at an item."""
    given = select(review_assignment.c.review_item_id)
    if which.owner == 0:
        return review_item.c.id.not_in(given)
    if which.or_nobody:
        others = given.where(review_assignment.c.desk_user_id != which.owner)
        return review_item.c.id.not_in(others)
    return review_item.c.id.in_(given.where(review_assignment.c.desk_user_id == which.owner))


def _read_items(connection: Connection, numbers: list[int]) -> list[ReviewItem]:
    """Read possible matches by number, in that order."""
    decided = and_(judgement.c.review_item_id == review_item.c.id, judgement.c.active)
    told = [
        judgement.c.verdict,
        judgement.c.actor.label("judged_by"),
        judgement.c.at.label("judged_at"),
        judgement.c.reason,
        desk_user.c.name.label("owner"),
    ]
    rows = connection.execute(
        select(review_item, *told)
        .outerjoin(judgement, decided)
        .outerjoin(review_assignment, review_assignment.c.review_item_id == review_item.c.id)
        .outerjoin(desk_user, desk_user.c.id == review_assignment.c.desk_user_id)
        .where(review_item.c.id.in_(numbers))
    )
    found = {row["id"]: row for row in rows.mappings()}
    return _describe(connection, [found[number] for number in numbers if number in found])


def _describe(connection: Connection, rows: Iterable[RowMapping]) -> list[ReviewItem]:
    ends = [row[end] for row in rows for end in ("left_record", "right_record")]
    sides = _read_sides(connection, ends)
    plain = ("weight", "value", "verdict", "judged_by", "judged_at", "reason", "owner")
    return [
        ReviewItem(
            id=ids.show("review_item", row["id"]),
            status=row["status"],
            batch=ids.show("batch", row["batch_id"]),
            evidence=tuple(json.loads(row["evidence"])),
            left=sides[row["left_record"]],
            right=sides[row["right_record"]],
            **{name: row[name] for name in plain},
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
