"""What a workbook must be before anything in it is inflated."""

import re
import struct
import zipfile
import zlib
from fnmatch import fnmatchcase
from pathlib import Path
from typing import BinaryIO, Final

from connectors.errors import (
    EmptyFileError,
    HostileFileError,
    UnknownFormatError,
    UnreadableFileError,
)

OLE: Final = b"\xd0\xcf\x11\xe0"
CENTRAL_ENTRY: Final = b"PK\x01\x02"
LARGEST_FILE: Final = 200_000_000
LARGEST_INFLATED: Final = 200_000_000
MOST_ENTRIES: Final = 1_000
HIGHEST_RATIO: Final = 100
RATIO_COUNTS_FROM: Final = 1_000_000
ENCRYPTED: Final = 0x1
LOOKED_AT: Final = 65_536
COMMENT: Final = re.compile(rb"<!--.*?(-->|\Z)", re.DOTALL)
ROOT: Final = re.compile(rb"<[^!?]")
# All that zipfile raises on broken archives; OSError is the disk's.
BROKEN: Final = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    NotImplementedError,
    EOFError,
    ValueError,
    OverflowError,
)


def check_workbook(path: Path, file: BinaryIO) -> None:
    """Refuse what is no workbook, or one made to harm its reader.

    Inflates no more than the first bytes of each XML part, and leaves `file` at its start.
    Raises an `EmptyFileError`, `UnknownFormatError`, `HostileFileError` or `UnreadableFileError`.
    """
    _check_bytes(path, file)
    try:
        with zipfile.ZipFile(file) as archive:
            entries = archive.infolist()
            _check_sizes(path, entries)
            _check_entries(path, entries)
            _check_parts(path, archive, entries)
    except BROKEN:
        raise UnreadableFileError(
            path, "is damaged or ends too early; ask for it again or save it anew in Excel."
        ) from None
    file.seek(0)


def _check_bytes(path: Path, file: BinaryIO) -> None:
    content = file.read(LARGEST_FILE + 1)
    if not content:
        raise EmptyFileError(path, "is empty.")
    if content.startswith(OLE):
        raise UnknownFormatError(
            path, "is encrypted or an old .xls; save it as .xlsx without a password."
        )
    if not content.startswith(b"PK"):
        raise UnknownFormatError(path, "is not an Excel workbook; save it as .xlsx or .csv.")
    if len(content) > LARGEST_FILE:
        raise HostileFileError(path, "is larger than 200 MB; split it or save it as CSV.")
    # Counted before zipfile makes an object of each: a directory of millions fills the memory.
    if content.count(CENTRAL_ENTRY) > MOST_ENTRIES:
        raise HostileFileError(
            path, f"holds more than {MOST_ENTRIES:,} parts; save only the sheets with the leads."
        )


def _check_sizes(path: Path, entries: list[zipfile.ZipInfo]) -> None:
    if sum(entry.file_size for entry in entries) > LARGEST_INFLATED:
        raise HostileFileError(path, "unpacks to more than 200 MB; split it or save it as CSV.")
    for entry in entries:
        if entry.file_size <= RATIO_COUNTS_FROM:
            continue
        if entry.file_size > HIGHEST_RATIO * entry.compress_size:
            raise HostileFileError(
                path,
                f"holds a part that unpacks to more than {HIGHEST_RATIO} times its size, "
                "as zip bombs do; save it as CSV.",
            )


def _check_entries(path: Path, entries: list[zipfile.ZipInfo]) -> None:
    names = [entry.filename.casefold() for entry in entries]
    if len(set(names)) < len(names):
        raise HostileFileError(path, "holds the same part twice; save it anew in Excel.")
    if any(entry.flag_bits & ENCRYPTED for entry in entries):
        raise HostileFileError(path, "has encrypted parts; save it without a password.")
    # Named xl/workbook.xml as a rule, but the folder is the writer's choice.
    if not any(fnmatchcase(name, "*workbook*.xml") for name in names):
        raise UnknownFormatError(
            path, "is a zip file but not an Excel workbook; unpack it, or save it as .xlsx."
        )


def _check_parts(path: Path, archive: zipfile.ZipFile, entries: list[zipfile.ZipInfo]) -> None:
    for entry in entries:
        if not entry.filename.casefold().endswith((".xml", ".rels")):
            continue
        with archive.open(entry) as part:
            head = part.read(LOOKED_AT)
        # Without NULs, UTF-16 reads like ASCII.
        start = head.replace(b"\0", b"")
        # A document type stands before the root element, wherever comments push it.
        endless = len(head) == LOOKED_AT and not ROOT.search(COMMENT.sub(b"", start))
        if endless or b"<!doctype" in start.lower():
            raise HostileFileError(
                path, "declares a document type, as no workbook does; save it anew in Excel."
            )
