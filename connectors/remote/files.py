"""Files that appear somewhere: in a folder, on S3 or what is like it, on an SFTP server.

A file is taken when it has stopped changing, and only whole: what is being written, or has a name
that says so, is left for the next look. Its name is kept for people, made harmless.
"""

import fnmatch
import os
import re
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any, Final
from urllib.parse import unquote, urlsplit

from connectors.remote.errors import (
    RemoteAnswerError,
    RemoteDeniedError,
    RemoteDownError,
    RemoteError,
)

LIMIT: Final = 2**30
PIECE: Final = 2**20
# How programs name what they have not finished, and what is no file of rows.
UNFINISHED: Final = re.compile(
    r"(?i)^[.~]|\.(part|partial|tmp|temp|crdownload|filepart|download|swp|lock|upload)$|~$"
)
EXTRAS: Final = {"s3": "s3", "sftp": "sftp"}

# What the client of S3 raises before it asks anybody.
NO_CREDENTIALS: Final = ("NoCredentialsError", "PartialCredentialsError")


@dataclass(frozen=True)
class Place:
    """Where files appear: a folder or a pattern, `inbox/*.csv`, `s3://bucket/leads/*.csv`.

    `settle`: seconds without a change before a file counts as whole. `options` go to the file
    system of fsspec, and may hold secrets.
    """

    at: str
    settle: float = 5.0
    options: Mapping[str, Any] = field(default_factory=dict, repr=False)

    @property
    def scheme(self) -> str:
        """`file`, `s3` or `sftp`."""
        scheme = urlsplit(self.at).scheme
        return scheme if "://" in self.at else "file"

    @property
    def shown(self) -> str:
        """The place without a password."""
        return re.sub(r"://[^/@]*@", "://", self.at)


@dataclass(frozen=True)
class Found:
    """A file that is there. `stamp` changes when it does; `settled`: it can be taken."""

    path: str
    size: int
    stamp: str
    settled: bool

    @property
    def name(self) -> str:
        """Its name, for people and for no path: no separators, no control characters."""
        last = re.split(r"[/\\]", self.path)[-1]
        return re.sub(r"[^\w.\- ()]", "_", last)[-100:].lstrip(".") or "file"


def find_files(place: Place, now: float | None = None) -> list[Found]:
    """List the files of a place, oldest name first; raises a `RemoteError`."""
    system, pattern = _open(place)
    with _named(place):
        folder, _, last = pattern.rpartition("/")
        if not any(char in last for char in "*?["):
            folder, last = (pattern, "*") if system.isdir(pattern) else (folder, last)
        system.invalidate_cache()
        listed = system.ls(folder or "/", detail=True)
    moment = time.time() if now is None else now
    return sorted(
        (
            _found(entry, moment, place.settle)
            for entry in listed
            if entry.get("type") == "file" and _matches(entry["name"], last)
        ),
        key=lambda found: found.path,
    )


def fetch_file(place: Place, found: Found, folder: Path) -> Path | None:
    """Copy a file into a folder of ours; None where it changed meanwhile."""
    if found.size > LIMIT:
        raise RemoteAnswerError(place.shown, f"{found.name} is larger than {LIMIT >> 30} GB.")
    system, _ = _open(place)
    target = folder / found.name
    with _named(place):
        with system.open(found.path, "rb") as source, target.open("wb") as copy:
            while piece := source.read(PIECE):
                copy.write(piece)
                if copy.tell() > LIMIT:
                    raise RemoteAnswerError(place.shown, f"{found.name} grows without end.")
        system.invalidate_cache()
        after = _found(system.info(found.path), 0.0, 0.0)
    whole = target.stat().st_size == found.size and after.stamp == found.stamp
    return target if whole else None


def _matches(path: str, pattern: str) -> bool:
    name = path.rstrip("/").rpartition("/")[2]
    return fnmatch.fnmatchcase(name, pattern) and not UNFINISHED.search(name)


def _found(entry: Mapping[str, Any], now: float, settle: float) -> Found:
    changed = next(
        (entry[key] for key in ("mtime", "LastModified", "created") if entry.get(key) is not None),
        None,
    )
    seconds = changed.timestamp() if isinstance(changed, datetime) else float(changed or 0)
    mark = entry.get("ETag") or seconds
    size = int(entry.get("size") or 0)
    # S3 shows an object only once it is whole.
    settled = bool(entry.get("ETag")) or now - seconds >= settle
    return Found(str(entry["name"]), size, f"{size}:{mark}", settled and size > 0)


def _open(place: Place) -> tuple[Any, str]:
    """The file system of a place, and the path in it."""
    import fsspec  # noqa: PLC0415 - only where files are elsewhere

    if place.scheme == "file":
        return fsspec.filesystem("file"), os.fspath(Path(place.at).absolute()).replace("\\", "/")
    parts = urlsplit(place.at)
    if place.scheme not in EXTRAS:
        raise RemoteDeniedError(place.shown, "is no folder, s3://, sftp:// or https:// address.")
    try:
        if place.scheme == "s3":
            system = fsspec.filesystem("s3", skip_instance_cache=True, **place.options)
            return system, parts.netloc + unquote(parts.path)
        from connectors.remote.sftp import open_sftp  # noqa: PLC0415 - needs the extra

        with _named(place):
            return open_sftp(parts, place.options), unquote(parts.path)
    except ImportError:
        raise RemoteError(
            place.shown,
            f'needs an extra: pip install -e ".[{EXTRAS[place.scheme]}]" where Leadgate is.',
        ) from None


class _named:  # noqa: N801 - used like a function
    """Turn what file systems raise into a `RemoteError` without a path of theirs."""

    def __init__(self, place: Place) -> None:
        self.place = place

    def __enter__(self) -> None:
        return None

    def __exit__(self, _type: object, error: BaseException | None, _trace: object) -> None:
        if error is None or isinstance(error, RemoteError | ImportError):
            return
        if isinstance(error, FileNotFoundError):
            raise RemoteDeniedError(self.place.shown, "is not there; check the path.") from None
        if isinstance(error, PermissionError):
            raise RemoteDeniedError(
                self.place.shown, "may not be read; check the rights."
            ) from None
        if isinstance(error, OSError) or type(error).__module__.split(".")[0] in {
            *("paramiko", "botocore", "aiobotocore", "aiohttp"),
        }:
            kind = type(error).__name__
            if kind in NO_CREDENTIALS:
                raise RemoteDeniedError(
                    self.place.shown,
                    "needs credentials: AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or a profile.",
                ) from None
            raise RemoteDownError(
                self.place.shown, f"cannot be read ({kind}); try again."
            ) from None
