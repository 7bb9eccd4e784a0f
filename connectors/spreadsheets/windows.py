"""A delimited text window by window: memory is bounded by the window, not by the file.

A window that is proven clean is parsed by columns; any other is read record by record, which may
run beyond its end. Both stop before the same record, so that a damaged row costs its window alone.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from io import StringIO
from typing import BinaryIO, Final

import numpy as np

from connectors.errors import HostileFileError
from connectors.source import SourceFile
from connectors.spreadsheets.affixes import Affixes
from connectors.spreadsheets.columnar import PLAIN, Window, is_plain, read_columns
from connectors.spreadsheets.dialect import Dialect
from connectors.spreadsheets.encoding import STRAY, Encoding, mend_line
from connectors.spreadsheets.grid import Grid, GridFinding, hold_records
from connectors.spreadsheets.records import Record, read_records

WINDOW: Final = 2**24
LINE_LIMIT: Final = 2**26


@dataclass(frozen=True)
class Text:
    """A delimited text and how it is written."""

    file: SourceFile
    encoding: Encoding
    dialect: Dialect
    affixes: Affixes = field(default_factory=Affixes)


@dataclass(frozen=True)
class Place:
    """Where the rows of a text begin: byte, 1-based line; how wide they are."""

    offset: int
    line: int
    width: int


def has_windows(text: Text, sample: str) -> bool:
    """Whether a text can be cut at its line feeds: each is one, and there are some."""
    return text.encoding.name in PLAIN and ("\n" in sample or "\r" not in sample)


def read_windows(text: Text, place: Place) -> Iterator[Grid]:
    """Read the rows of a text from a place on, a grid a window."""
    plain = is_plain(text.encoding, text.dialect)
    offset, line = place.offset, place.line
    with text.file.content.open("rb") as opened:
        while True:
            opened.seek(offset)
            raw = opened.read(WINDOW)
            if not raw:
                return
            last = len(raw) < WINDOW
            window = None
            if plain:
                window = read_columns(
                    raw, text.encoding, text.dialect, width=place.width, last=last
                )
            window = window or _read_carefully(text, raw, opened)
            yield window.grid.lower(line - 1)
            offset, line = offset + window.size, line + window.lines


@dataclass
class _Lines:
    """The lines of a window and, where a record needs them, those after it.

    `offsets`: the byte at which each line begins; `size`: of all lines given; `mended`: the
    1-based numbers of those whose bytes were not all of one encoding.
    """

    text: Text
    raw: bytes
    rest: BinaryIO
    offsets: list[int] = field(default_factory=list)
    mended: list[int] = field(default_factory=list)
    size: int = 0

    def __iter__(self) -> Iterator[str]:
        end = self.raw.rfind(b"\n") + 1
        yield from self._split(self.raw[:end])
        tail = self.raw[end:]
        while line := tail + self.rest.readline(LINE_LIMIT):
            if len(line) >= LINE_LIMIT:
                raise HostileFileError(
                    self.text.file.path,
                    f"has a line of more than {LINE_LIMIT >> 20} MB, as no table has; "
                    "export it again.",
                )
            yield from self._split(line)
            tail = b""

    def _split(self, raw: bytes) -> Iterator[str]:
        encoding = self.text.encoding
        errors = "surrogateescape" if encoding.mixed else "strict"
        for line in StringIO(raw.decode(encoding.name, errors), newline=""):
            self.offsets.append(self.size)
            self.size += len(line.encode(encoding.name, errors))
            if encoding.mixed and STRAY.search(line):
                self.mended.append(len(self.offsets))
                yield mend_line(line)
            else:
                yield line


def _read_carefully(text: Text, raw: bytes, rest: BinaryIO) -> Window:
    """Read the records that begin in a window one by one."""
    lines = _Lines(text, raw, rest)
    end: list[int] = []

    def begun() -> Iterator[Record]:
        for record in read_records(lines, text.dialect):
            if lines.offsets[record.line - 1] >= len(raw):
                end.append(record.line - 1)
                return
            yield record

    grid = hold_records(begun())
    grid = note_mended(grid, lines.mended)
    if end:
        return Window(grid, lines.offsets[end[0]], end[0])
    return Window(grid, lines.size, len(lines.offsets))


def note_mended(grid: Grid, mended: list[int]) -> Grid:
    """Add the findings of lines whose bytes were not all of one encoding."""
    if not mended or not len(grid):
        return grid
    rows = np.unique(np.searchsorted(grid.lines, mended, side="right") - 1)
    found = (GridFinding(int(row), None, "row.mixed_encoding") for row in rows if row >= 0)
    return Grid(
        grid.columns, grid.lines, grid.widths, grid.nothing, (*grid.findings, *found), grid.sparse
    )
