"""What the home page tells: what waits for a person, and how far leads have come."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import pandas as pd
from sqlalchemy import ColumnElement, Table, and_, func, select

from crm.frames import read_frame
from crm.models import batch, lead, quarantine_row, review_item, source_record
from crm.opening import reading
from crm.quarantine_models import hold, profile
from crm.steward_models import opportunity
from crm.store import Store

__all__ = [
    "COMPLETE",
    "FUNNEL",
    "Waiting",
    "count_funnel",
    "count_waiting",
    "read_completeness",
    "read_quality",
]

# What a lead needs so that somebody can call or write: any of these fields fills each.
COMPLETE: Final = {
    "name": ("full_name", "family_name", "given_name"),
    "e-mail": ("email", "email_2"),
    "phone": ("phone", "mobile", "phone_2"),
    "company": ("company",),
    "place": ("city", "postal_code", "region"),
}

# Each step holds all that came at least as far; disqualified leads came as far as `new`.
FUNNEL: Final = ("new", "working", "qualified", "converted")


@dataclass(frozen=True)
class Waiting:
    """How much waits for a decision."""

    review: int
    quarantine: int
    held: int
    arrivals: int


def count_waiting(store: Store) -> Waiting:
    """Count the possible matches, rows and readings that wait for a person."""
    waits: tuple[tuple[Table, ColumnElement[bool]], ...] = (
        (review_item, review_item.c.status == "open"),
        (quarantine_row, and_(quarantine_row.c.status == "waiting", quarantine_row.c.live)),
        (source_record, and_(source_record.c.fate == "held", source_record.c.live)),
        (hold, hold.c.status == "waiting"),
    )
    with reading(store.engine) as connection:
        counts = [
            connection.scalar(select(func.count()).select_from(table).where(condition))
            for table, condition in waits
        ]
    return Waiting(*(int(count or 0) for count in counts))


def count_funnel(store: Store) -> Mapping[str, int]:
    """Count the leads that came at least as far as each step, and what was won.

    Keys: `new`, `working`, `qualified`, `converted`, `disqualified`, `opportunities`.
    """
    with reading(store.engine) as connection:
        found = connection.execute(select(lead.c.status, func.count()).group_by(lead.c.status))
        counts = {str(status): int(count) for status, count in found}
        chances = connection.scalar(
            select(func.count()).select_from(opportunity).where(opportunity.c.live)
        )
    out = counts.get("disqualified", 0)
    reached = {
        step: sum(counts.get(later, 0) for later in FUNNEL[FUNNEL.index(step) :]) for step in FUNNEL
    }
    reached["new"] += out
    return reached | {"disqualified": out, "opportunities": int(chances or 0)}


def read_quality(store: Store, batches: int = 30) -> pd.DataFrame:
    """Read how good the latest imports were, oldest first.

    Columns: `batch`, `source`, `started_at`, `rows_in`, and shares of the rows, 0 to 1:
    `duplicates` (merged), `rejected` (quarantined) and `flagged` (with a warning).
    """
    names = ("source", "started_at", "rows_in", "merged", "quarantined", "flagged")
    latest = select(batch.c.id.label("batch"), *(batch.c[name] for name in names)).where(
        batch.c.status == "complete", batch.c.rows_in > 0
    )
    with reading(store.engine) as connection:
        found = read_frame(connection, latest.order_by(batch.c.id.desc()).limit(batches))
    shares = {"duplicates": "merged", "rejected": "quarantined", "flagged": "flagged"}
    told = found[["batch", "source", "started_at", "rows_in"]].assign(
        **{name: (found[c] / found["rows_in"]).astype("float64") for name, c in shares.items()}
    )
    return told.iloc[::-1].reset_index(drop=True)


def read_completeness(store: Store, sources: int = 12) -> pd.DataFrame:
    """Read how complete the last import of each source was, the latest source first.

    Columns: `source`, `batch`, and for each of `COMPLETE` the share of rows, 0 to 1, that have a
    value in the fullest of its columns. Imports too small for a profile are passed over.
    """
    last = (
        select(func.max(batch.c.id).label("id"))
        .join(profile, profile.c.batch_id == batch.c.id)
        .where(batch.c.status == "complete", batch.c.undone_by.is_(None))
        .group_by(batch.c.source)
        .order_by(func.max(batch.c.id).desc())
        .limit(sources)
        .subquery()
    )
    statement = (
        select(batch.c.id, batch.c.source, batch.c.reading, profile.c.content)
        .join(last, last.c.id == batch.c.id)
        .join(profile, profile.c.batch_id == batch.c.id)
        .order_by(batch.c.id.desc())
    )
    with reading(store.engine) as connection:
        found = connection.execute(statement).all()
    lines = [
        {"source": row.source, "batch": row.id, **_share_filled(row.reading, row.content)}
        for row in found
    ]
    return pd.DataFrame(lines, columns=["source", "batch", *COMPLETE])


def _share_filled(read: str, content: str) -> dict[str, float]:
    told = json.loads(content)
    of_header = {
        column["column"]: column["field"]
        for table in json.loads(read)
        for column in table["columns"]
    }
    shares = dict.fromkeys(COMPLETE, 0.0)
    for header, column in told["columns"].items():
        for name, fields in COMPLETE.items():
            if of_header.get(header) in fields and told["rows"]:
                shares[name] = max(shares[name], min(1.0, column["filled"] / told["rows"]))
    return shares
