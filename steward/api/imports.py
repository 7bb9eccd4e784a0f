"""Imports, their reports, and what waits."""

from typing import Annotated, Any, Literal

from fastapi import APIRouter, Depends, Request
from pydantic import BaseModel
from starlette.responses import Response

from crm.audit import note_action
from crm.ids import show
from crm.overview import (
    Waiting,
    count_funnel,
    count_waiting,
    read_completeness,
    read_quality,
)
from reports.building import build_report
from reports.tables import plain_summary
from steward.access.guard import Needs, Visitor
from steward.downloads import attach_report

router = APIRouter(tags=["imports"])
Viewer = Annotated[Visitor, Depends(Needs("viewer"))]


class Quality(BaseModel):
    """Shares from 0 to 1.

    `imports`: `duplicates`, `rejected` and `flagged` rows of each; `sources`: of the last import of
    each source, rows with a name, an e-mail address, a phone, a company, a place.
    """

    imports: list[dict[str, Any]]
    sources: list[dict[str, Any]]


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


@router.get("/api/imports/{batch}/report.{kind}", response_class=Response)
def download_report(
    request: Request, batch: str, kind: Literal["xlsx", "zip"], visitor: Viewer
) -> Response:
    """The report as a workbook, or as page and tables (HTML, CSV, JSON) together."""
    store = request.app.state.desk.store
    answer = attach_report(store, batch, kind)
    note_action(store, visitor.user.id, "download report", batch)
    return answer


@router.get("/api/waiting")
def read_waiting(request: Request, _visitor: Viewer) -> Waiting:
    """How much waits for a person."""
    return count_waiting(request.app.state.desk.store)


@router.get("/api/quality")
def tell_quality(request: Request, _visitor: Viewer) -> Quality:
    """How good the latest imports were, the oldest first, and how complete each source's last."""
    store = request.app.state.desk.store
    frames = {"imports": read_quality(store), "sources": read_completeness(store)}
    told = {
        name: frame.astype(object)
        .assign(batch=[show("batch", int(number)) for number in frame["batch"]])
        .to_dict("records")
        for name, frame in frames.items()
    }
    return Quality.model_validate(told)


@router.get("/api/funnel")
def read_funnel(request: Request, _visitor: Viewer) -> dict[str, int]:
    """How many leads came at least as far as each step."""
    return dict(count_funnel(request.app.state.desk.store))
