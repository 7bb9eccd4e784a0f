"""The one way in: a path becomes tables, or a named error that says why not."""

import zlib
from pathlib import Path
from typing import Final

from connectors.errors import (
    EmptyFileError,
    HostileFileError,
    MissingFileError,
    NotAFileError,
    UnknownFormatError,
    UnreadableFileError,
)
from connectors.table import ReadOptions, Table

ZIP: Final = b"PK\x03\x04"
GZIP: Final = b"\x1f\x8b"
OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
LARGEST_UNPACKED: Final = 2 * 1024**3
HIGHEST_RATIO: Final = 100
JSON_SUFFIXES: Final = {".jsonl", ".ndjson", ".json"}
# What other programs' files begin with; a text file never does.
FOREIGN: Final = {
    b"%PDF": "a PDF",
    b"\x89PNG": "a PNG picture",
    b"\xff\xd8\xff": "a JPEG picture",
    b"GIF8": "a GIF picture",
    b"\x7fELF": "a program",
    b"MZ\x90": "a program",
    b"SQLite format 3": "an SQLite database",
    b"PAR1": "a Parquet file",
    b"{\\rtf": "a rich-text document",
    b"7z\xbc\xaf": "a 7z archive",
    b"Rar!": "a RAR archive",
    b"BZh": "a bzip2 archive",
}


def read(path: Path, options: ReadOptions | None = None) -> tuple[Table, ...]:
    """Read every table of a file: one of a text file, one a sheet of a workbook.

    What the file is, its content decides, not its name. Raises a `SourceFileError`.
    """
    options = options or ReadOptions()
    content = _content(path)
    if content.startswith(ZIP):
        from connectors.spreadsheets.workbook_tables import (  # noqa: PLC0415 - only for workbooks
            read_workbook_tables,
        )

        return read_workbook_tables(path, options)
    _refuse_foreign(path, content)
    if path.suffix.lower() in JSON_SUFFIXES or _is_json(content):
        from connectors.forms.json_lines import read_json_lines  # noqa: PLC0415 - only for JSON

        return (read_json_lines(path, content, options),)
    from connectors.spreadsheets.delimited import read_delimited  # noqa: PLC0415 - only for text

    return (read_delimited(path, content, options),)


def _content(path: Path) -> bytes:
    try:
        if path.is_dir():
            raise NotAFileError(
                path, f"is a folder; name the files in it, for example {path}/*.csv."
            )
        if not path.exists():
            raise MissingFileError(path, "there is no such file.")
        if not path.is_file():
            raise NotAFileError(path, "is not a regular file.")
        content = path.read_bytes()
    except OSError as error:
        raise UnreadableFileError(path, f"cannot be read: {error.strerror}.") from None
    if not content:
        raise EmptyFileError(path, "is empty.")
    return _unpack(path, content) if content.startswith(GZIP) else content


def _unpack(path: Path, content: bytes) -> bytes:
    unpacker = zlib.decompressobj(wbits=31)
    limit = min(LARGEST_UNPACKED, max(len(content) * HIGHEST_RATIO, 1_000_000))
    try:
        unpacked = unpacker.decompress(content, limit)
    except zlib.error:
        raise UnreadableFileError(path, "is a damaged gzip file.") from None
    if unpacker.unconsumed_tail:
        raise HostileFileError(path, "unpacks to far more than it holds; unpack it yourself first.")
    if not unpacker.eof:
        raise UnreadableFileError(path, "is a gzip file that ends too early.")
    return unpacked


def _refuse_foreign(path: Path, content: bytes) -> None:
    if content.startswith(OLE):
        raise UnknownFormatError(
            path, "is an old .xls or an encrypted workbook; save it as .xlsx without a password."
        )
    for magic, name in FOREIGN.items():
        if content.startswith(magic):
            raise UnknownFormatError(
                path, f"is {name}, not a spreadsheet; export it as CSV or XLSX."
            )
    if path.suffix.lower() in {".xlsx", ".xlsm"}:
        raise UnknownFormatError(
            path, "is named like a workbook but is none; name it .csv if it is text."
        )
    if _is_binary(content):
        raise UnknownFormatError(path, "is not text; export it as CSV or XLSX.")


def _is_binary(content: bytes) -> bool:
    """Whether control characters that no text has are frequent; UTF-16 and -32 have a mark."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff", b"\x00\x00\xfe\xff")):
        return False
    sample = content[:65_536]
    controls = sum(
        sample.count(bytes([code])) for code in range(32) if code not in b"\t\n\r\f\x1a\x1b\x00"
    )
    halves = max(sample[::2].count(0), sample[1::2].count(0))
    zeros = sample.count(0)
    utf16 = zeros > 0.3 * len(sample) and halves > 0.95 * zeros
    return controls > 0.02 * len(sample) or (zeros > max(8, 0.02 * len(sample)) and not utf16)


def _is_json(content: bytes) -> bool:
    start = content[:200].lstrip(b"\xef\xbb\xbf \t\r\n")
    return start.startswith((b'{"', b"[{", b"[\n{", b"[\r\n", b"{\n"))
