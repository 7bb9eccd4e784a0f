"""Imports: hand a file in, see its mapping, try it out, run it, take it back."""

from pathlib import Path
from typing import Annotated, Any, Final

from fastapi import APIRouter, Depends, Request, UploadFile
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.responses import RedirectResponse, Response

from connectors.errors import SourceFileError
from crm.desk_access import note_action
from crm.holds import list_holds
from crm.ids import show
from reports.plots import stack_fates
from steward.access.guard import Needs, Visitor
from steward.desk import Desk, Pipeline
from steward.rendering import render
from steward.uploads import find_upload, keep_upload
from validators.fields import FIELDS
from validators.mapping.errors import MappingError

router = APIRouter(prefix="/imports")
Viewer = Annotated[Visitor, Depends(Needs("viewer"))]
Steward = Annotated[Visitor, Depends(Needs("steward"))]
COLUMN: Final = "column:"


@router.get("")
def show_imports(request: Request, _visitor: Viewer) -> Response:
    """All imports, and the place to hand a file in."""
    desk: Desk = request.app.state.desk
    batches = desk.store.batches().iloc[::-1].head(200)
    listed = [
        {**row, "id": show("batch", int(row["batch"])), "fates": stack_fates(row)}
        for row in (
            {str(name): value for name, value in each.items()}
            for each in batches.to_dict("records")
        )
    ]
    return render(
        request,
        "imports.html",
        imports=listed,
        can_upload=desk.pipeline is not None,
        on_hold=len(list_holds(desk.store, "waiting")),
    )


@router.post("/files")
async def hand_in(request: Request, visitor: Steward, file: UploadFile) -> Response:
    """Keep the file under a name of ours; what it was called is only kept for people."""
    desk: Desk = request.app.state.desk
    path = await keep_upload(desk, file)
    note_action(desk.store, visitor.user.id, "hand in file")
    return RedirectResponse(f"/imports/files/{path.parent.name}", 303)


@router.get("/files/{token}")
def show_file(request: Request, token: str, _visitor: Steward) -> Response:
    """The mapping of a file before it is imported, or how far its import is."""
    path = find_upload(request.app.state.desk, token)
    state = _state(request, path)
    if state["status"] != "new":
        return render(request, "import_state.html", token=token, state=state, **_fates(state))
    return _show_mapping(request, path, path.stem, {})


@router.get("/files/{token}/state")
def show_state(request: Request, token: str, _visitor: Steward) -> Response:
    """How far the import is: the part of the page that renews itself."""
    state = _state(request, find_upload(request.app.state.desk, token))
    return render(request, "import_progress.html", token=token, state=state, **_fates(state))


@router.post("/files/{token}")
async def work_on_file(request: Request, token: str, visitor: Steward) -> Response:
    """Look again with other columns, try the import out, or run it."""
    desk: Desk = request.app.state.desk
    path = find_upload(request.app.state.desk, token)
    form = {name: str(value) for name, value in (await request.form(max_fields=2_000)).items()}
    source = form.get("source", "").strip() or path.stem
    columns = {
        name.removeprefix(COLUMN): value
        for name, value in form.items()
        if name.startswith(COLUMN) and value != "auto"
    }
    if form.get("action") == "run" and desk.pipeline:
        if _state(request, path)["status"] == "new":  # a second press starts nothing twice
            desk.pipeline.start(path, source, columns)
            note_action(desk.store, visitor.user.id, "start import")
        return RedirectResponse(f"/imports/files/{token}", 303)
    return await run_in_threadpool(
        _show_mapping, request, path, source, columns, try_out=form.get("action") == "try"
    )


def _show_mapping(
    request: Request, path: Path, source: str, columns: dict[str, str], *, try_out: bool = False
) -> Response:
    desk: Desk = request.app.state.desk
    if desk.pipeline is None:
        raise HTTPException(404)
    looked, outcome, problem = None, None, None
    try:
        looked = desk.pipeline.look(path, source, columns)
        outcome = desk.pipeline.try_out(path, source, columns) if try_out else None
    except (SourceFileError, MappingError) as error:
        problem = str(error).replace(str(path.parent) + "/", "")
    return render(
        request,
        "import_file.html",
        200 if problem is None else 422,
        token=path.parent.name,
        file=path.name,
        source=source,
        sources=desk.pipeline.sources(),
        columns=columns,
        looked=looked,
        outcome=outcome,
        fates=stack_fates(outcome) if outcome else (),
        problem=problem,
        all_fields=FIELDS,
    )


def _state(request: Request, path: Path) -> dict[str, Any]:
    """Where the import of an upload stands."""
    pipeline: Pipeline = request.app.state.desk.pipeline
    return pipeline.state_of(path.parent)


def _fates(state: dict[str, Any]) -> dict[str, Any]:
    outcome = state.get("outcome")
    return {"outcome": outcome, "fates": stack_fates(outcome) if outcome else ()}
