"""What came of the leads: the tables of the insights, as numbers."""

from datetime import date
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request
from pydantic import BaseModel

from crm.insight_frames import read_facts
from reports.insights import compute
from steward.access.guard import Needs, Visitor
from steward.desk import Desk
from steward.periods import choose_period

router = APIRouter(prefix="/api/insights", tags=["insights"])
Viewer = Annotated[Visitor, Depends(Needs("viewer"))]


class Told(BaseModel):
    """The period, and the tables by name with their lines.

    `unmatched`: deals of people nobody knows; `unattributed`: won deals without a lead before them.
    """

    since: date
    until: date
    tables: dict[str, list[dict[str, Any]]]
    unmatched: int
    unattributed: int


@router.get("")
def read_insights(
    request: Request, _visitor: Viewer, since: date | None = None, until: date | None = None
) -> Told:
    """All insights of a period; the default are the last twelve months."""
    desk: Desk = request.app.state.desk
    terms = choose_period(since, until, desk.margin)
    found = compute(read_facts(desk.store), terms, desk.currency)
    tables = {
        name: frame.astype(object).where(frame.notna(), None).to_dict("records")
        for name, frame in found.tables.items()
    }
    return Told(
        since=terms.since,
        until=terms.until,
        tables=tables,
        unmatched=found.unmatched,
        unattributed=found.unattributed,
    )
