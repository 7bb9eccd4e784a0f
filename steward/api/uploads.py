"""Files: handed in, tried out, imported."""

from collections.abc import Callable
from pathlib import Path
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request, UploadFile
from pydantic import BaseModel, Field
from starlette.exceptions import HTTPException

from connectors.errors import SourceFileError
from steward.access.guard import Needs, Visitor
from steward.access.noting import note_nothing
from steward.desk import Desk, Pipeline
from steward.uploads import find_upload, keep_upload
from validators.mapping.errors import MappingError

router = APIRouter(prefix="/api/uploads", tags=["imports"])
Steward = Annotated[Visitor, Depends(Needs("steward"))]
Looking = Annotated[Visitor, Depends(Needs("steward", changes=False))]


class Upload(BaseModel):
    """A file that was handed in: by `upload` it is tried out, imported and asked about."""

    upload: str
    file: str


class Import(BaseModel):
    """From which source a file is, the file's name if none; a field for columns, "" for none."""

    source: str | None = Field(None, min_length=1, max_length=200)
    columns: dict[str, str] = Field(default_factory=dict, max_length=2_000)


@router.post("")
async def hand_in_file(request: Request, _visitor: Steward, file: UploadFile) -> Upload:
    """Hand a file in; nothing of it is loaded yet."""
    desk: Desk = request.app.state.desk
    path = await keep_upload(desk, file)
    return Upload(upload=path.parent.name, file=path.name)


@router.get("/{upload}")
def read_upload(request: Request, upload: str, _visitor: Steward) -> dict[str, Any]:
    """How far its import is: `status` new, running, done or failed, then `outcome`."""
    path, pipeline = _find(request, upload)
    return pipeline.state_of(path.parent)


@router.post("/{upload}/preview")
def try_out(request: Request, upload: str, asked: Import, _visitor: Looking) -> dict[str, Any]:
    """What importing it would do."""
    path, pipeline = _find(request, upload)
    return _read(path, lambda: pipeline.try_out(path, asked.source or path.stem, asked.columns))


@router.post("/{upload}/run")
def run_import(request: Request, upload: str, asked: Import, _visitor: Steward) -> dict[str, Any]:
    """Import it; a file that is imported already is not imported twice."""
    path, pipeline = _find(request, upload)
    source = asked.source or path.stem
    _read(path, lambda: pipeline.look(path, source, asked.columns))
    if pipeline.state_of(path.parent)["status"] == "new":
        pipeline.start(path, source, asked.columns)
    else:
        note_nothing(request)
    return pipeline.state_of(path.parent)


def _find(request: Request, upload: str) -> tuple[Path, Pipeline]:
    desk: Desk = request.app.state.desk
    path = find_upload(desk, upload)
    if desk.pipeline is None:
        raise HTTPException(404)
    return path, desk.pipeline


def _read(path: Path, work: Callable[[], dict[str, Any]]) -> dict[str, Any]:
    """Do it; what is wrong with the file or its columns is said without our name of its folder."""
    try:
        return work()
    except (SourceFileError, MappingError) as error:
        raise HTTPException(422, str(error).replace(f"{path.parent}/", "")) from None
