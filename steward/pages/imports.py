"""Imports: hand a file in, see its mapping, try it out, run it, take it back."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any, Final

from fastapi import APIRouter, Depends, Request, UploadFile
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.responses import RedirectResponse, Response

from connectors.errors import SourceFileError
from crm.holds import list_holds
from crm.ids import show
from reports.plots import stack_fates
from steward.access.guard import Needs, Visitor
from steward.access.noting import note_nothing
from steward.desk import Desk, Pipeline
from steward.rendering import render
from steward.uploads import find_upload, keep_upload
from validators.fields import FIELDS
from validators.mapping.errors import MappingError

router = APIRouter(prefix="/imports")
Viewer = Annotated[Visitor, Depends(Needs("viewer"))]
Steward = Annotated[Visitor, Depends(Needs("steward"))]
Looking = Annotated[Visitor, Depends(Needs("steward", changes=False))]
COLUMN: Final = "column:"


@dataclass(frozen=True)
class Asked:
    """Of which source a file is said to be, and which columns a person mapped."""

    source: str
    columns: Mapping[str, str]
    try_out: bool = False


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
async def hand_in_file(request: Request, _visitor: Steward, file: UploadFile) -> Response:
    """Keep the file under a name of ours; what it was called is only kept for people."""
    desk: Desk = request.app.state.desk
    path = await keep_upload(desk, file)
    return RedirectResponse(f"/imports/files/{path.parent.name}", 303)


@router.get("/files/{token}")
def show_file(request: Request, token: str, _visitor: Steward) -> Response:
    """The mapping of a file before it is imported, or how far its import is."""
    path = find_upload(request.app.state.desk, token)
    state = _state(request, path)
    if state["status"] != "new":
        return render(request, "import_state.html", token=token, state=state, **_fates(state))
    return _show_mapping(request, path, Asked(path.stem, {}))


@router.get("/files/{token}/state")
def show_state(request: Request, token: str, _visitor: Steward) -> Response:
    """How far the import is: the part of the page that renews itself."""
    state = _state(request, find_upload(request.app.state.desk, token))
    return render(request, "import_progress.html", token=token, state=state, **_fates(state))


@router.post("/files/{token}")
async def look_at_file(request: Request, token: str, _visitor: Looking) -> Response:
    """Look again with other columns, or try the import out."""
    path = find_upload(request.app.state.desk, token)
    asked = await _read_asked(request, path)
    return await run_in_threadpool(_show_mapping, request, path, asked)


@router.post("/files/{token}/run")
async def run_import(request: Request, token: str, _visitor: Steward) -> Response:
    """Begin the import, beside the desk."""
    desk: Desk = request.app.state.desk
    path = find_upload(desk, token)
    asked = await _read_asked(request, path)
    if desk.pipeline and _state(request, path)["status"] == "new":
        desk.pipeline.start(path, asked.source, asked.columns)
    else:  # a second press starts nothing twice
        note_nothing(request)
    return RedirectResponse(f"/imports/files/{token}", 303)


async def _read_asked(request: Request, path: Path) -> Asked:
    form = {name: str(value) for name, value in (await request.form(max_fields=2_000)).items()}
    columns = {
        name.removeprefix(COLUMN): value
        for name, value in form.items()
        if name.startswith(COLUMN) and value != "auto"
    }
    source = form.get("source", "").strip() or path.stem
    return Asked(source, columns, try_out=form.get("action") == "try")


def _show_mapping(request: Request, path: Path, asked: Asked) -> Response:
    desk: Desk = request.app.state.desk
    if desk.pipeline is None:
        raise HTTPException(404)
    looked, outcome, problem = None, None, None
    try:
        looked = desk.pipeline.look(path, asked.source, asked.columns)
        if asked.try_out:
            outcome = desk.pipeline.try_out(path, asked.source, asked.columns)
    except SourceFileError as error:
        problem = f"The file {error.problem}"
    except MappingError as error:
        problem = str(error).replace(str(path.parent) + "/", "")
    return render(
        request,
        "import_file.html",
        200 if problem is None else 422,
        token=path.parent.name,
        file=path.name,
        source=asked.source,
        sources=desk.pipeline.sources(),
        columns=asked.columns,
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
