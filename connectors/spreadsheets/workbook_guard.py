"""What a workbook must be before anything in it is inflated."""

import os
import re
import zipfile
from pathlib import Path
from typing import BinaryIO, Final

from connectors.errors import (
    EmptyFileError,
    HostileFileError,
    UnknownFormatError,
    UnreadableFileError,
)
from connectors.formats import OLE
from connectors.spreadsheets.workbook_recoding import other_encoding
from connectors.zip_guard import BROKEN, count_entries

LARGEST_FILE: Final = 200_000_000
# What the parts may come to, unpacked: so much, and so many times the file's own size.
INFLATED_FREE: Final = 200_000_000
INFLATED_TIMES: Final = 20
HIGHEST_RATIO: Final = 100
RATIO_COUNTS_FROM: Final = 1_000_000
ENCRYPTED: Final = 0x1
MANIFEST: Final = "META-INF/manifest.xml"
LOOKED_AT: Final = 65_536
COMMENT: Final = re.compile(rb"<!--.*?(-->|\Z)", re.DOTALL)
ROOT: Final = re.compile(rb"<[^!?]")


def check_workbook(path: Path, file: BinaryIO) -> bool:
    """Refuse a workbook made to harm its reader; tell whether all its XML is in UTF-8.

    Inflates no more than the first bytes of each XML part, and leaves `file` at its start.
    Raises an `EmptyFileError`, `UnknownFormatError`, `HostileFileError` or `UnreadableFileError`.
    """
    head = file.read(len(OLE))
    size = file.seek(0, os.SEEK_END)
    file.seek(0)
    if not size:
        raise EmptyFileError(path, "is empty.")
    if size > LARGEST_FILE:
        raise HostileFileError(path, "is larger than 200 MB; split it or save it as CSV.")
    if head == OLE:
        return True  # one of the old kind, in which nothing is packed
    if not head.startswith(b"PK"):
        raise UnknownFormatError(path, "is not a workbook; save it as .xlsx or .csv.")
    count_entries(path, file)
    try:
        with zipfile.ZipFile(file) as archive:
            entries = archive.infolist()
            _check_sizes(path, entries, size)
            _check_entries(path, entries)
            _check_manifest(path, archive)
            is_utf8 = _check_parts(path, archive, entries)
    except BROKEN:
        raise UnreadableFileError(
            path, "is damaged or ends too early; ask for it again or save it anew in Excel."
        ) from None
    file.seek(0)
    return is_utf8


def _check_sizes(path: Path, entries: list[zipfile.ZipInfo], size: int) -> None:
    allowed = INFLATED_FREE + INFLATED_TIMES * size
    if sum(entry.file_size for entry in entries) > allowed:
        raise HostileFileError(
            path, f"unpacks to more than {allowed // 10**6} MB; split it or save it as CSV."
        )
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
        raise HostileFileError(path, "holds the same part twice; save it anew.")
    if any(entry.flag_bits & ENCRYPTED for entry in entries):
        raise HostileFileError(path, "has encrypted parts; save it without a password.")


def _check_manifest(path: Path, archive: zipfile.ZipFile) -> None:
    """Refuse an OpenDocument workbook that is protected by a password."""
    if MANIFEST in archive.namelist():
        with archive.open(MANIFEST) as part:
            if b"encryption-data" in part.read(LOOKED_AT):
                raise UnknownFormatError(path, "is protected by a password; save it without one.")


def _check_parts(path: Path, archive: zipfile.ZipFile, entries: list[zipfile.ZipInfo]) -> bool:
    """Refuse parts with a document type; tell whether all are in UTF-8."""
    is_utf8 = True
    for entry in entries:
        name = entry.filename.casefold()
        # OpenOffice's list of parts may have a document type, and is read by nobody who heeds it.
        if not name.endswith((".xml", ".rels")) or name == "meta-inf/manifest.xml":
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
        is_utf8 = is_utf8 and other_encoding(head) is None
    return is_utf8
