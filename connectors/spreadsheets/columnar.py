"""Many rows at once: a piece of a delimited text below the header, parsed by columns.

Only text that is proven well-formed is read this way: every quote opens a cell, closes one or
is doubled inside one, every row is as wide as the header, and line breaks are of one kind. What
is not proven is left to `records`, which gives the same for well-formed text, only slower.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, NamedTuple

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from connectors.spreadsheets.dialect import Dialect
from connectors.spreadsheets.encoding import Encoding
from connectors.spreadsheets.grid import TEXT, Grid

Bytes = NDArray[np.uint8]
Positions = NDArray[np.int64]

PIECE: Final = 2**22
BLOCK: Final = 2**22
LF, CR, NUL, END = 10, 13, 0, 10
# Encodings in which the bytes of delimiters, quotes and line breaks stand for nothing else.
PLAIN: Final = ("utf-8", "cp1252", "latin-1", "iso-8859-1", "iso-8859-15", "cp1250", "cp1251")


class Window(NamedTuple):
    """The rows of a piece of text, their lines counted from 1; how many bytes and lines it has."""

    grid: Grid
    size: int
    lines: int


def is_plain(encoding: Encoding, dialect: Dialect) -> bool:
    """Whether text like this may be parsed by columns at all."""
    simple = dialect.quote == '"' and dialect.escape is None and not dialect.spaced
    return simple and not encoding.mixed and encoding.name in PLAIN


def read_columns(
    raw: bytes, encoding: Encoding, dialect: Dialect, *, width: int, last: bool
) -> Window | None:
    """Read the rows of a piece of text into `width` columns; None where it is not proven clean.

    A row that the piece cuts off is left to the next one, unless the piece is the `last`.
    """
    if not raw or width < 2:
        return None
    content = np.frombuffer(raw, dtype=np.uint8)
    breaks = find_breaks(content, ord(dialect.delimiter), ord(dialect.quote), last=last)
    if breaks is None:
        return None
    if not last:
        content = content[: breaks.positions[-1] + 1]
    starts = _starts(content, breaks)
    columns = _parse(content, encoding, dialect, width)
    if columns is None or len(columns[0]) != int(starts.filled.sum()):
        return None
    grid = Grid(
        columns=columns,
        lines=starts.lines[starts.filled],
        widths=np.full(len(columns[0]), width, dtype="int64"),
        nothing=starts.lines[~starts.filled],
    )
    lines = int(breaks.counts[-1]) + 1 if len(breaks.counts) else 0
    return Window(grid, len(content), lines)


@dataclass(frozen=True)
class Breaks:
    """The line breaks that end a record: where they are, and how many breaks come before each."""

    positions: Positions
    counts: Positions


@dataclass(frozen=True)
class Starts:
    """The 1-based line on which each record begins, and whether there is anything in it."""

    lines: Positions
    filled: NDArray[np.bool_]


def find_breaks(content: Bytes, delimiter: int, quote: int, *, last: bool) -> Breaks | None:
    """Find the line breaks outside quotes; None where quotes or breaks are not as they should be.

    Only the `last` piece of a text has to close its quotes; any other has to have a break.

    Quotes are taken by turns to open and to close. If each that opens stands at the start of a
    cell or right after one that closes (the two are then a doubled quote), and each that closes
    stands at the end of a cell or right before one that opens, no reader can see it otherwise.
    """
    quotes = breaks = 0
    found: list[Positions] = []
    counts: list[Positions] = []
    for first, piece in _pieces(content):
        if (piece == NUL).any() or not _before_lf(content, np.flatnonzero(piece == CR) + first):
            return None
        marks = np.flatnonzero(piece == quote) + first
        if not _proper(content, marks, quotes % 2, (delimiter, quote)):
            return None
        ends = np.flatnonzero(piece == LF) + first
        outside = (np.searchsorted(marks, ends) + quotes) % 2 == 0
        found.append(ends[outside])
        counts.append(np.flatnonzero(outside) + breaks)
        quotes, breaks = quotes + len(marks), breaks + len(ends)
    positions = np.concatenate(found)
    if quotes % 2 if last else not len(positions):
        return None
    return Breaks(positions, np.concatenate(counts))


def _pieces(content: Bytes) -> Iterator[tuple[int, Bytes]]:
    for first in range(0, len(content), PIECE):
        yield first, content[first : first + PIECE]


def _at(content: Bytes, positions: Positions) -> Bytes:
    """The bytes at some positions; before the first and after the last there is a line break."""
    inside = (positions >= 0) & (positions < len(content))
    return np.where(inside, content[np.where(inside, positions, 0)], LF).astype(np.uint8)


def _before_lf(content: Bytes, returns: Positions) -> bool:
    inside = returns + 1 < len(content)
    return bool(inside.all() and (content[returns + 1] == LF).all())


def _proper(content: Bytes, marks: Positions, parity: int, signs: tuple[int, int]) -> bool:
    """Whether quotes that open stand where cells begin, and quotes that close where they end."""
    opens = (np.arange(len(marks)) + parity) % 2 == 0
    before = _at(content, marks[opens] - 1)
    after = _at(content, marks[~opens] + 1)
    return bool(np.isin(before, (*signs, LF)).all() and np.isin(after, (*signs, LF, CR)).all())


def _starts(content: Bytes, breaks: Breaks) -> Starts:
    ends = breaks.positions
    lines = np.concatenate([[0], breaks.counts + 1]) + 1
    begins = np.concatenate([[0], ends + 1])
    if begins[-1] == len(content):
        lines, begins = lines[:-1], begins[:-1]
    else:
        ends = np.append(ends, len(content))
    length = ends - begins
    empty = (length == 0) | ((length == 1) & (_at(content, begins) == CR))
    return Starts(lines, ~empty)


def _parse(
    content: Bytes, encoding: Encoding, dialect: Dialect, width: int
) -> tuple["pa.ChunkedArray", ...] | None:
    from pyarrow import csv  # noqa: PLC0415 - only large files need it

    names = [str(at) for at in range(width)]
    try:
        table = csv.read_csv(
            pa.BufferReader(pa.py_buffer(content)),
            read_options=csv.ReadOptions(
                column_names=names, block_size=BLOCK, encoding=encoding.name
            ),
            parse_options=csv.ParseOptions(
                delimiter=dialect.delimiter, newlines_in_values=True, ignore_empty_lines=True
            ),
            convert_options=csv.ConvertOptions(
                column_types=dict.fromkeys(names, TEXT),
                null_values=[""],
                strings_can_be_null=True,
                quoted_strings_can_be_null=True,
            ),
        )
    except pa.ArrowInvalid:
        return None
    return tuple(table.columns)
