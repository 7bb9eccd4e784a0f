"""Imports, their reports, and what waits."""

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request

from crm.ids import show
from crm.overview import Waiting, count_funnel, count_waiting
from reports.building import build_report
from reports.tables import plain_summary
from steward.access.guard import Needs, Visitor

router = APIRouter(tags=["imports"])
Viewer = Annotated[Visitor, Depends(Needs("viewer"))]


@router.get("/api/imports")
def list_imports(request: Request, _visitor: Viewer) -> list[dict[str, Any]]:
    """All imports with their fates, latest first."""
    batches = request.app.state.desk.store.batches().iloc[::-1].head(500)
    rows = batches.astype(object).where(batches.notna(), None).to_dict("records")
    return [{**each, "batch": show("batch", int(each["batch"]))} for each in rows]


@router.get("/api/imports/{batch}/report")
def read_report(request: Request, batch: str, _visitor: Viewer) -> dict[str, Any]:
    """The report of an import, as the command line writes it to report.json."""
    return plain_summary(build_report(request.app.state.desk.store, batch))


@router.get("/api/waiting")
def read_waiting(request: Request, _visitor: Viewer) -> Waiting:
    """How much waits for a person."""
    return count_waiting(request.app.state.desk.store)


@router.get("/api/funnel")
def read_funnel(request: Request, _visitor: Viewer) -> dict[str, int]:
    """How many leads came at least as far as each step."""
    return dict(count_funnel(request.app.state.desk.store))
