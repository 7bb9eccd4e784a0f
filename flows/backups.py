"""Backups: the store of one moment, reports and files on hold, with a sum for every file.

A backup is a folder. It gets its name when all of it is there, so that what has the name is whole.
"""

import hashlib
import json
import os
import shutil
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Final

from crm.dumping import dump_store, load_dump
from crm.erasure_key import key_path
from crm.models import HEAD
from crm.store import open_store
from crm.times import utc_now
from crm.verify import Violation, verify
from leadgate.errors import InvalidValueError
from leadgate.settings import Settings

MANIFEST: Final = "manifest.json"
STORE: Final = "store"
KEY: Final = "erasure-key"
FORMAT: Final = 1


@dataclass(frozen=True)
class Manifest:
    """What is in a backup: `schema` is the store's revision, `files` path -> SHA-256."""

    format: int
    made_at: str
    schema: str
    counts: Mapping[str, int]
    files: Mapping[str, str]


@dataclass(frozen=True)
class Restored:
    """What became of a restore; no violations: the store holds every invariant."""

    manifest: Manifest
    violations: tuple[Violation, ...]


def back_up(settings: Settings, folder: Path) -> Manifest:
    """Write a backup to `folder`, which must not exist yet."""
    if folder.exists():
        raise InvalidValueError(f"{folder} exists already; nothing is overwritten.")
    fresh = folder.with_name(f".{folder.name}.{os.getpid()}")
    try:
        fresh.mkdir(parents=True, mode=0o700)
    except OSError as error:
        raise InvalidValueError(f"{folder} cannot be written ({error.strerror}).") from None
    try:
        (fresh / STORE).mkdir()
        with open_store(settings.store, make=False) as store:
            counts = dump_store(store, fresh / STORE)
            key = key_path(store.engine)
        # Without the key, erased people would not be known again after a restore.
        if key is not None and key.exists():
            shutil.copy(key, fresh / KEY)
        for name, kept in _folders(settings).items():
            if kept.is_dir():
                shutil.copytree(kept, fresh / name)
        manifest = Manifest(FORMAT, utc_now(), HEAD, counts, dict(_sums(fresh)))
        _write(fresh / MANIFEST, asdict(manifest))
        fresh.replace(folder)
    except BaseException:
        shutil.rmtree(fresh, ignore_errors=True)
        raise
    return manifest


def restore(settings: Settings, folder: Path) -> Restored:
    """Make store, reports and files on hold from a backup; nothing that exists is touched.

    Every sum is checked before anything is written, and every count afterwards.
    """
    manifest = read_backup(folder)
    for name, kept in _folders(settings).items():
        if (folder / name).is_dir() and kept.exists():
            raise InvalidValueError(
                f"{kept} exists already; nothing is overwritten. "
                "Restore in another folder, or move it away first."
            )
    counts = load_dump(settings.store, folder / STORE, manifest.schema)
    wrong = {name for name, rows in manifest.counts.items() if counts.get(name) != rows}
    if wrong:
        raise InvalidValueError(f"{folder}: not all rows came back of {', '.join(sorted(wrong))}.")
    with open_store(settings.store) as store:
        key = key_path(store.engine)
        if key is not None and (folder / KEY).exists():
            shutil.copy(folder / KEY, key)
            key.chmod(0o600)
        for name, kept in _folders(settings).items():
            if (folder / name).is_dir():
                shutil.copytree(folder / name, kept)
        return Restored(manifest, tuple(verify(store, settings.survivorship.policy())))


def read_backup(folder: Path) -> Manifest:
    """Read what is in a backup, and check that all of it is as it was written."""
    try:
        told = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
        manifest = Manifest(**told)
    except (OSError, ValueError, TypeError):
        raise InvalidValueError(f"{folder} is no backup, or not a whole one.") from None
    if manifest.format > FORMAT or manifest.schema > HEAD:
        raise InvalidValueError(f"{folder} was made by a newer Leadgate; upgrade first.")
    found = dict(_sums(folder))
    changed = sorted(
        name for name in {*found, *manifest.files} if found.get(name) != manifest.files.get(name)
    )
    if changed:
        raise InvalidValueError(
            f"{folder} is damaged: {', '.join(changed[:5])} "
            f"{'is' if len(changed) == 1 else 'are'} not as written. Take another backup."
        )
    return manifest


def _folders(settings: Settings) -> dict[str, Path]:
    return {"reports": settings.reports, "held": settings.holding.folder}


def _sums(folder: Path) -> Iterator[tuple[str, str]]:
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        if path.is_file() and name != MANIFEST:
            with path.open("rb") as file:
                yield name, hashlib.file_digest(file, "sha256").hexdigest()


def _write(path: Path, content: Mapping[str, Any]) -> None:
    with path.open("w", encoding="utf-8") as file:
        json.dump(content, file, indent=2)
        file.flush()
        os.fsync(file.fileno())
