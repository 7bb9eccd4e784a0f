"""What is wrong with the rows that wait in quarantine, counted by the database.

A page of the desk shows a few of them; it does not read the others for that.
"""

import pandas as pd
from sqlalchemy import ColumnElement, and_, func, select

from crm.frames import read_frame
from crm.models import issue, quarantine_row
from crm.opening import reading
from crm.store import Store

__all__ = ["count_kinds", "count_values", "find_waiting"]


def count_kinds(store: Store) -> pd.DataFrame:
    """Count the waiting rows by the code of an error: `code`, `rows`, the most frequent first."""
    rows = func.count(quarantine_row.c.id.distinct()).label("rows")
    with reading(store.engine) as connection:
        return read_frame(
            connection,
            select(issue.c.code, rows)
            .join(quarantine_row, _about())
            .where(_waits())
            .group_by(issue.c.code)
            .order_by(rows.desc(), issue.c.code),
        )


def count_values(store: Store, code: str, limit: int) -> pd.DataFrame:
    """Count the waiting rows by the value an error is about, the most frequent first.

    Columns: `field`, `before`, `rows`, and `sample`, the first of the rows.
    """
    rows = func.count(quarantine_row.c.id.distinct()).label("rows")
    what = (issue.c.field, issue.c.before)
    with reading(store.engine) as connection:
        return read_frame(
            connection,
            select(*what, rows, func.min(quarantine_row.c.id).label("sample"))
            .join(quarantine_row, _about())
            .where(_waits(), issue.c.code == code, issue.c.before.is_not(None))
            .group_by(*what)
            .order_by(rows.desc(), issue.c.before)
            .limit(limit),
        )


def find_waiting(
    store: Store,
    code: str = "",
    before: str | None = None,
    *,
    limit: int | None = None,
    offset: int = 0,
) -> list[int]:
    """Find the rows that wait, of one kind of error, or with an error about one value."""
    chosen = select(quarantine_row.c.id).where(_is_waiting())
    if code:
        errors = select(issue.c.id).where(_about(), issue.c.severity == "error")
        errors = errors.where(issue.c.code == code)
        if before is not None:
            errors = errors.where(issue.c.before == before)
        chosen = chosen.where(errors.exists())
    with reading(store.engine) as connection:
        ordered = chosen.order_by(quarantine_row.c.id).limit(limit).offset(offset)
        return list(connection.scalars(ordered))


def _about() -> ColumnElement[bool]:
    """Whether a finding is about a row."""
    return and_(issue.c.batch_id == quarantine_row.c.batch_id, issue.c.row == quarantine_row.c.row)


def _waits() -> ColumnElement[bool]:
    return and_(_is_waiting(), issue.c.severity == "error")


def _is_waiting() -> ColumnElement[bool]:
    return and_(quarantine_row.c.status == "waiting", quarantine_row.c.live)
