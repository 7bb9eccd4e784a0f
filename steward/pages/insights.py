"""Insights: what came of the leads, as plots and tables, and as CSV to take along."""

from datetime import date
from typing import Annotated, Any, Final

import pandas as pd
from fastapi import APIRouter, Depends, Request
from starlette.exceptions import HTTPException
from starlette.responses import Response

from crm.audit import note_action
from crm.insight_frames import read_facts
from reports.insights import Insights, compute
from reports.plots import bar_width
from reports.spreadsheet_safety import guard_frame
from steward.access.guard import Needs, Visitor
from steward.desk import Desk
from steward.periods import choose_period
from steward.rendering import render

router = APIRouter(prefix="/insights")
Viewer = Annotated[Visitor, Depends(Needs("viewer"))]
# The column of each table that is drawn as a bar, and the one that tells which bars compare.
DRAWN: Final = {
    "sources": ("leads", None),
    "funnel": ("leads", None),
    "pipeline": ("weighted", "currency"),
    "close_rate": ("close_rate", None),
    "forecast": ("weighted", "currency"),
    "churn": ("churn", None),
}


@router.get("")
def show_insights(request: Request, _visitor: Viewer, since: str = "", until: str = "") -> Response:
    """All insights of a period; the default are the last twelve months."""
    found = _compute(request.app.state.desk, since, until)
    tables = {name: _lines(name, frame) for name, frame in found.tables.items()}
    return render(request, "insights.html", found=found, tables=tables)


@router.get("/{table}.csv")
def download(
    request: Request, table: str, visitor: Viewer, since: str = "", until: str = ""
) -> Response:
    """One table, to take along."""
    desk: Desk = request.app.state.desk
    found = _compute(desk, since, until)
    if table not in found.tables:
        raise HTTPException(404)
    note_action(desk.store, visitor.user.id, "take insights", table)
    text = guard_frame(found.tables[table]).to_csv(index=False, lineterminator="\n")
    headers = {"content-disposition": f'attachment; filename="{table}.csv"'}
    return Response(text, media_type="text/csv; charset=utf-8", headers=headers)


def _compute(desk: Desk, since: str, until: str) -> Insights:
    terms = choose_period(_day(since), _day(until), desk.margin)
    return compute(read_facts(desk.store), terms, desk.currency)


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise HTTPException(422, "A day is written as 2026-01-31.") from None


def _lines(name: str, frame: pd.DataFrame) -> list[dict[str, Any]]:
    """The lines of a table, None where nothing is known; `width` is that of its bar in per cent."""
    lines = frame.astype(object).where(frame.notna(), None).to_dict("records")
    value, among = DRAWN.get(name, (None, None))
    if value is None:
        return [{str(key): cell for key, cell in line.items()} for line in lines]
    most = frame[value].groupby(frame[among]).transform("max") if among else frame[value].max()
    tops = most.tolist() if among else [most] * len(frame)
    return [
        {str(key): cell for key, cell in line.items()} | {"width": _width(line[value], top)}
        for line, top in zip(lines, tops, strict=True)
    ]


def _width(value: float | None, most: float) -> float:
    return 0.0 if value is None else bar_width(value, most)
