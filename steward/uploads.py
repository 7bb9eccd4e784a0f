"""Files that are handed in, kept under names of ours until they are imported."""

import re
import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from fastapi import UploadFile
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException

from steward.desk import Desk

TOKEN: Final = re.compile(r"[A-Za-z0-9_-]{22}", re.ASCII)
UNSAFE: Final = re.compile(r"[^\w.\- ]+")


async def keep_upload(desk: Desk, file: UploadFile) -> Path:
    """Keep a file in a folder of its own; what it was called is only kept for people."""
    folder = desk.uploads / secrets.token_urlsafe(16)
    folder.mkdir(parents=True, mode=0o700)
    name = UNSAFE.sub("_", Path(file.filename or "").name).strip(" .")[-100:] or "upload"
    with (folder / name).open("xb") as kept:
        await run_in_threadpool(shutil.copyfileobj, file.file, kept)
    return folder / name


@contextmanager
def handed_in(file: UploadFile) -> Iterator[Path]:
    """A sheet that was handed in, CSV or workbook, as a file for as long as it is read."""
    suffix = ".csv" if (file.filename or "").lower().endswith(".csv") else ".xlsx"
    with TemporaryDirectory() as folder:
        path = Path(folder) / f"sheet{suffix}"
        with path.open("xb") as kept:
            shutil.copyfileobj(file.file, kept)
        yield path


def find_upload(desk: Desk, token: str) -> Path:
    """Find the file of an upload; 404 where there is none."""
    if TOKEN.fullmatch(token) and desk.pipeline is not None:
        path = desk.pipeline.file_of(desk.uploads / token)
        if path is not None:
            return path
    raise HTTPException(404)
