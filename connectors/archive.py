"""Zip and tar files: whether they are a workbook, which of their members are tables.

Nothing is ever written under the name of a member, and no archive is looked for in an archive.
"""

import os
import tarfile
import tempfile
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from fnmatch import fnmatchcase
from functools import partial
from pathlib import Path, PurePosixPath
from typing import IO, Final, Literal

from connectors.errors import HostileFileError, UnknownFormatError, UnreadableFileError
from connectors.packing import copy_within_limits
from connectors.source import SourceFile
from connectors.zip_guard import BROKEN, count_entries

MOST_MEMBERS: Final = 1_000
# Each workbook takes a process of its own, and may take as long as one may.
MOST_WORKBOOKS: Final = 100
WORKBOOK_SECONDS: Final = 15.0
LONGEST_NAME: Final = 200
ENCRYPTED: Final = 0x1
BOOKS: Final = (".xlsx", ".xlsm", ".xlsb", ".xls", ".ods")
TABLES: Final = (".csv", ".tsv", ".tab", ".psv", *BOOKS)
# Tables only where an archive holds nothing that surely is one.
PERHAPS: Final = (".txt", ".json", ".jsonl", ".ndjson")
# What computers put into archives unasked.
LITTER: Final = ("__MACOSX/*", "*.DS_Store", "*Thumbs.db", "*desktop.ini", "*/._*", "._*")
# What a zip file is, by the names of its parts; the first that fits.
KNOWN: Final = (
    ("word/document*.xml", "a Word document"),
    ("ppt/presentation*.xml", "a presentation"),
    ("*.iwa", "a document of Apple's Numbers or Pages"),
    ("META-INF/MANIFEST.MF", "a program"),
    ("META-INF/container.xml", "a book"),
)
WORKBOOK_NAMES: Final = (".xlsx", ".xlsm", ".xlsb", ".ods")
WORKBOOKS: Final = ("*workbook*.xml", "*workbook*.bin")
TAR_BLOCK: Final = 512
LONGEST_TAR_NOTE: Final = 2**16


@dataclass(frozen=True)
class Contents:
    """The members of an archive: the names of those that are tables, and of the others."""

    tables: tuple[str, ...]
    others: tuple[str, ...]


def find_zip_kind(file: SourceFile) -> Literal["workbook", "archive"]:
    """Tell whether a zip file is a workbook or an archive; any other is refused."""
    with _reading(file), file.content.open("rb") as opened:
        count_entries(file.path, opened)
        with zipfile.ZipFile(opened) as archive:
            names = archive.namelist()
            said = b""
            if "mimetype" in names:
                with archive.open("mimetype") as part:  # never all of it: it may be a bomb
                    said = part.read(200)
    if b"opendocument.spreadsheet" in said or any(_matches(name, WORKBOOKS) for name in names):
        return "workbook"
    if b"opendocument" in said:
        raise _foreign(file, "a document without sheets")
    if "content.xml" in names and "META-INF/manifest.xml" in names:
        return "workbook"
    for pattern, name in KNOWN:
        if any(fnmatchcase(each, pattern) for each in names):
            raise _foreign(file, name)
    return "archive"


def list_members(file: SourceFile, kind: Literal["zip", "tar"]) -> Contents:
    """List the members of an archive that are tables, and those that are passed over."""
    with _reading(file):
        found = _zip_members(file) if kind == "zip" else _tar_members(file)
    if len(found) > MOST_MEMBERS:
        raise HostileFileError(
            file.path, f"holds more than {MOST_MEMBERS:,} files; unpack it and name those to read."
        )
    wanted = {name: regular for name, regular in found.items() if not _matches(name, LITTER)}
    surely = [name for name, regular in wanted.items() if regular and _ends(name, TABLES)]
    perhaps = [name for name, regular in wanted.items() if regular and _ends(name, PERHAPS)]
    tables = surely or perhaps
    if not tables:
        raise UnknownFormatError(
            file.path, "is an archive without a table in it; unpack it, or save the rows as CSV."
        )
    if sum(_ends(name, BOOKS) for name in tables) > MOST_WORKBOOKS:
        raise HostileFileError(
            file.path,
            f"holds more than {MOST_WORKBOOKS} workbooks; unpack it and name those to read.",
        )
    return Contents(tuple(tables), tuple(name for name in wanted if name not in tables))


class Patience:
    """How much processor time the workbooks of an archive may take together."""

    def __init__(self, file: SourceFile) -> None:
        self._file = file
        self._until = _of_children() + WORKBOOK_SECONDS + file.content.stat().st_size / 2**21

    def check(self) -> None:
        """Raise a `HostileFileError` where it is at an end."""
        if _of_children() > self._until:
            raise HostileFileError(
                self._file.path,
                "holds workbooks that take too long to read; unpack it and name those to read.",
            )


def _of_children() -> float:
    spent = os.times()
    return spent.children_user + spent.children_system


@contextmanager
def taken_out(
    file: SourceFile, kind: Literal["zip", "tar"], names: tuple[str, ...]
) -> Iterator[Iterator[SourceFile]]:
    """Give the members of an archive one by one, each as a temporary file while it is read."""
    with tempfile.TemporaryDirectory(prefix="leadgate-") as folder:
        yield _take_out(file, kind, names, Path(folder) / "content")


def show_name(name: str) -> str:
    """Make the name of a member safe to be shown: no hidden characters, not too long."""
    shown = "".join(each if each.isprintable() else "\ufffd" for each in name)
    return shown if len(shown) <= LONGEST_NAME else f"{shown[:LONGEST_NAME]}…"


def _take_out(
    file: SourceFile, kind: Literal["zip", "tar"], names: tuple[str, ...], content: Path
) -> Iterator[SourceFile]:
    """Take members out; the archive's list of them is read once, not once for each."""
    written = 0
    with _reading(file), _opened(file, kind) as open_member:
        for name in names:
            with open_member(name) as packed, content.open("wb") as out:
                written = copy_within_limits(file, packed, out, written)
            yield SourceFile(file.path, content, show_name(name))


@contextmanager
def _opened(file: SourceFile, kind: Literal["zip", "tar"]) -> Iterator[Callable[[str], IO[bytes]]]:
    """Open an archive; gives what opens a member by its name."""
    if kind == "zip":
        with zipfile.ZipFile(file.content) as archive:
            yield archive.open
    else:
        with tarfile.open(file.content, "r:") as tar:
            yield partial(_open_tarred, tar)


def _open_tarred(tar: tarfile.TarFile, name: str) -> IO[bytes]:
    found = tar.extractfile(name)
    if found is None:
        raise KeyError(name)
    return found


def _zip_members(file: SourceFile) -> dict[str, bool]:
    with zipfile.ZipFile(file.content) as archive:
        entries = [entry for entry in archive.infolist() if not entry.is_dir()]
    if any(entry.flag_bits & ENCRYPTED for entry in entries):
        raise UnknownFormatError(file.path, "is protected by a password; unpack it first.")
    return {entry.filename: True for entry in entries}


def _tar_members(file: SourceFile) -> dict[str, bool]:
    _check_tar(file)
    with tarfile.open(file.content, "r:") as tar:
        return {member.name: member.isreg() for member in tar if not member.isdir()}


def _check_tar(file: SourceFile) -> None:
    """Refuse a tar with too many members, or notes that would fill the memory."""
    with file.content.open("rb") as opened:
        for _ in range(2 * MOST_MEMBERS):
            header = opened.read(TAR_BLOCK)
            if len(header) < TAR_BLOCK or not header.strip(b"\0"):
                return
            size = tarfile.nti(header[124:136])  # type: ignore[attr-defined] # not in the stubs
            if header[156:157] in b"xgLK" and size > LONGEST_TAR_NOTE:
                raise HostileFileError(file.path, "has a note of absurd length; pack it anew.")
            if size < 0:
                raise ValueError
            opened.seek((size + TAR_BLOCK - 1) // TAR_BLOCK * TAR_BLOCK, 1)
    raise HostileFileError(
        file.path, f"holds more than {MOST_MEMBERS:,} files; unpack it and name those to read."
    )


@contextmanager
def _reading(file: SourceFile) -> Iterator[None]:
    try:
        yield
    except (*BROKEN, tarfile.TarError, KeyError, RuntimeError):
        packed = "is packed, and damaged or cut off; fetch it again, or pack it anew."
        book = "is damaged or ends too early; ask for it again or save it anew in Excel."
        is_book = _ends(file.path.name, WORKBOOK_NAMES)
        raise UnreadableFileError(file.path, book if is_book else packed) from None


def _foreign(file: SourceFile, name: str) -> UnknownFormatError:
    return UnknownFormatError(
        file.path, f"is {name}, not a table; export the rows as CSV or .xlsx."
    )


def _ends(name: str, suffixes: tuple[str, ...]) -> bool:
    return PurePosixPath(name.lower()).suffix in suffixes


def _matches(name: str, patterns: tuple[str, ...]) -> bool:
    return any(fnmatchcase(name, pattern) for pattern in patterns)
