"""The reports of imports: shown, printed, downloaded."""

from typing import Annotated, Final

from fastapi import APIRouter, Depends, Request
from starlette.exceptions import HTTPException
from starlette.responses import RedirectResponse, Response

from crm.audit import note_action
from crm.ids import show
from crm.store import Store
from reports.building import build_report
from reports.page import render_page
from steward.access.guard import Needs, Visitor
from steward.downloads import attach_report
from steward.rendering import render

router = APIRouter(prefix="/reports")
Viewer = Annotated[Visitor, Depends(Needs("viewer"))]
# The page brings its own style and its own policy, by which it can load and run nothing.
PAGE_POLICY: Final = "frame-ancestors 'self'"


@router.get("")
def show_latest(request: Request, _visitor: Viewer) -> Response:
    """The report of the latest import."""
    batches = request.app.state.desk.store.batches()
    if batches.empty:
        return RedirectResponse("/imports", 303)
    return RedirectResponse(f"/reports/{show('batch', int(batches['batch'].iloc[-1]))}", 303)


@router.get("/{batch}")
def show_report(request: Request, batch: str, visitor: Viewer) -> Response:
    """The report within the desk, and what can be done with it."""
    store: Store = request.app.state.desk.store
    found = store.batch(batch)
    note_action(store, visitor.user.id, "see report", batch)
    return render(request, "report.html", batch=show("batch", found.id), found=found)


@router.get("/{batch}/page")
def show_page(request: Request, batch: str, _visitor: Viewer) -> Response:
    """The report as the page that the command line writes, to be read and printed."""
    page = render_page(build_report(request.app.state.desk.store, batch))
    return Response(page, media_type="text/html", headers={"content-security-policy": PAGE_POLICY})


@router.get("/{batch}/{kind}")
def download(request: Request, batch: str, kind: str, visitor: Viewer) -> Response:
    """The report as a workbook (`xlsx`), or as page and tables together (`zip`)."""
    store: Store = request.app.state.desk.store
    if kind not in {"xlsx", "zip"}:
        raise HTTPException(404)
    answer = attach_report(store, batch, "xlsx" if kind == "xlsx" else "zip")
    note_action(store, visitor.user.id, "download report", batch)
    return answer
