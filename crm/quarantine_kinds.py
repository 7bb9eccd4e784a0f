"""What is wrong with the rows that wait in quarantine, counted by the database.

A page of the desk shows a few of them; it does not read the others for that. The same is told of
the rows that were discarded.
"""

from typing import Final, Literal

import pandas as pd
from sqlalchemy import ColumnElement, and_, func, select

from crm.frames import read_frame
from crm.models import issue, quarantine_row
from crm.opening import reading
from crm.store import Store

__all__ = ["Status", "count_kinds", "count_rows", "count_values", "find_rows"]

Status = Literal["waiting", "discarded"]
# Of which batch and row a finding is; joined on nothing else, so that an index alone tells it.
PLACE: Final = (issue.c.batch_id, issue.c.row)


def count_rows(store: Store, status: Status = "waiting") -> int:
    """Count the rows that wait, or were discarded."""
    with reading(store.engine) as connection:
        counted = select(func.count()).select_from(quarantine_row).where(_is(status))
        return int(connection.scalar(counted) or 0)


def count_kinds(store: Store, status: Status = "waiting") -> pd.DataFrame:
    """Count the rows by the code of an error: `code`, `rows`, the most frequent first."""
    each = select(*PLACE, issue.c.code).distinct().join(quarantine_row, _about())
    errors = each.where(_is(status), issue.c.severity == "error").subquery()
    rows = func.count().label("rows")
    with reading(store.engine) as connection:
        return read_frame(
            connection,
            select(errors.c.code, rows)
            .group_by(errors.c.code)
            .order_by(rows.desc(), errors.c.code),
        )


def count_values(store: Store, code: str, limit: int, status: Status = "waiting") -> pd.DataFrame:
    """Count the rows by the value an error is about, the most frequent first.

    Columns: `field`, `before`, `rows`, and `sample`, the first of the rows.
    """
    what = (issue.c.field, issue.c.before)
    each = select(*PLACE, quarantine_row.c.id, *what).distinct().join(quarantine_row, _about())
    errors = each.where(
        _is(status),
        issue.c.severity == "error",
        issue.c.code == code,
        issue.c.before.is_not(None),
    ).subquery()
    rows = func.count().label("rows")
    with reading(store.engine) as connection:
        return read_frame(
            connection,
            select(errors.c.field, errors.c.before, rows, func.min(errors.c.id).label("sample"))
            .group_by(errors.c.field, errors.c.before)
            .order_by(rows.desc(), errors.c.before)
            .limit(limit),
        )


def find_rows(  # noqa: PLR0913 - each narrows it
    store: Store,
    code: str = "",
    before: str | None = None,
    *,
    status: Status = "waiting",
    limit: int | None = None,
    offset: int = 0,
) -> list[int]:
    """Find the rows that wait, of one kind of error, or with an error about one value."""
    chosen = select(quarantine_row.c.id).where(_is(status))
    if code:
        errors = select(issue.c.id).where(_about(), issue.c.severity == "error")
        errors = errors.where(issue.c.code == code)
        if before is not None:
            errors = errors.where(issue.c.before == before)
        chosen = chosen.where(errors.exists())
    with reading(store.engine) as connection:
        place = (quarantine_row.c.batch_id, quarantine_row.c.row)
        return list(connection.scalars(chosen.order_by(*place).limit(limit).offset(offset)))


def _about() -> ColumnElement[bool]:
    """Whether a finding is about a row."""
    return and_(issue.c.batch_id == quarantine_row.c.batch_id, issue.c.row == quarantine_row.c.row)


def _is(status: Status) -> ColumnElement[bool]:
    return and_(quarantine_row.c.status == status, quarantine_row.c.live)
