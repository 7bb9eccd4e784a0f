"""The period that insights are asked for, held to what a desk answers at once."""

from datetime import date, timedelta
from typing import Final

from starlette.exceptions import HTTPException

from reports.insights import Terms, choose_terms

__all__ = ["choose_period"]

LONGEST: Final = timedelta(days=20 * 366)  # months are computed one by one


def choose_period(since: date | None, until: date | None, margin: float) -> Terms:
    """The terms of a period; 422 where it ends before it begins, or is too long."""
    terms = choose_terms(since, until, margin)
    if terms.since > terms.until:
        raise HTTPException(422, "The first day is after the last.")
    if terms.until - terms.since > LONGEST:
        raise HTTPException(422, "A period is twenty years at most.")
    return terms
