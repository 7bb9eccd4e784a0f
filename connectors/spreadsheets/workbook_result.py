"""What the child makes of a workbook, taken into columns of text without copying it."""

import json
import mmap
from collections.abc import Iterator
from dataclasses import replace
from typing import IO, Any, NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from connectors.spreadsheets.grid import TEXT, Grid, GridFinding, replace_nuls
from connectors.spreadsheets.workbook_cells import DIGITS_SHOWN, EXACT, format_value


class Sheet(NamedTuple):
    """One worksheet: its name, its cells as text, whether the workbook hides it."""

    name: str
    grid: Grid
    hidden: bool = False


class Result:
    """The output of the child: lines of JSON, each with the bytes it announces below it."""

    def __init__(self, file: IO[bytes]) -> None:
        self._mapped = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        self._bytes = pa.py_buffer(self._mapped)
        self._at = 0

    def read_line(self) -> dict[str, Any] | None:
        """Read the next line; None at the end."""
        end = self._mapped.find(b"\n", self._at)
        if end < 0:
            return None
        line: dict[str, Any] = json.loads(self._mapped[self._at : end])
        self._at = end + 1
        return line

    def read_bytes(self, size: int) -> "pa.Buffer":
        """Read so many bytes; they stay where they are."""
        self._at += size
        return self._bytes.slice(self._at - size, size)


class Piece(NamedTuple):
    """Some rows of a sheet: their 1-based lines and their columns."""

    lines: NDArray[np.int64]
    columns: "list[pa.Array]"


def read_sheets(result: Result) -> Iterator[Sheet]:
    """Read the sheets, which follow upon the line of their names."""
    while about := result.read_line():
        pieces: list[Piece] = []
        while "rest" not in (line := result.read_line() or {}):
            pieces.append(read_piece(result, line))
        rest = line["rest"]
        yield Sheet(about["name"], _hold(pieces, about["width"], rest), rest["hidden"])


def read_piece(result: Result, line: dict[str, Any]) -> Piece:
    """Read a block of rows, but for those of nothing; `line` announces it."""
    columns: list[pa.Array] = []
    nothing = np.ones(line["rows"], dtype=bool)
    for size_of_lengths, size in line["columns"]:
        lengths = np.frombuffer(result.read_bytes(size_of_lengths), dtype=np.uint32)
        content = result.read_bytes(size)
        columns.append(
            hold_texts(lengths, content)
            if size_of_lengths
            else format_floats(np.frombuffer(content, dtype=np.float64))
        )
        nothing &= (lengths == 0) if size_of_lengths else False
    lines = np.arange(line["first"], line["first"] + line["rows"], dtype="int64") + 1
    if nothing.any():
        filled = pa.array(~nothing)
        return Piece(lines[~nothing], [column.filter(filled) for column in columns])
    return Piece(lines, columns)


def hold_texts(lengths: NDArray[np.uint32], content: "pa.Buffer") -> "pa.Array":
    """Hold texts that stand on end, given their lengths in bytes; one of no length is null."""
    offsets = np.zeros(len(lengths) + 1, dtype=np.int64)
    np.cumsum(lengths, out=offsets[1:])
    filled = lengths > 0
    count = int(np.count_nonzero(filled))
    bits = None
    if count < len(lengths):
        bits = pa.py_buffer(np.packbits(filled, bitorder="little"))
    return pa.Array.from_buffers(
        TEXT, len(lengths), [bits, pa.py_buffer(offsets), content], len(lengths) - count
    )


def format_floats(numbers: NDArray[np.float64]) -> "pa.Array":
    """Write floats as `format_value` does, most of them at once."""
    small = np.abs(numbers) < EXACT
    if small.all() and (numbers == np.floor(numbers)).all():
        return pa.array(numbers.astype("int64")).cast(TEXT)
    texts = pa.array(numbers).cast(TEXT)
    # As short as this, without an exponent and not -0: nothing to change.
    plain = np.asarray(pc.less_equal(pc.binary_length(texts), DIGITS_SHOWN))
    plain &= small & (numbers != 0) & ~np.asarray(pc.match_substring(texts, "e"))
    others = np.flatnonzero(~plain)
    if not len(others):
        return texts
    mask = np.zeros(len(numbers), dtype=bool)
    mask[others] = True
    written = [format_value(float(numbers[at])) for at in others]
    return pc.replace_with_mask(texts, mask, pa.array(written, TEXT))


def _hold(pieces: list[Piece], width: int, rest: dict[str, Any]) -> Grid:
    """Hold the cells of a sheet in columns, from column A on; rows of nothing are left out."""
    lines = np.concatenate([np.array([], dtype="int64"), *(each.lines for each in pieces)])
    left = int(rest["left"])
    columns = [pa.chunked_array([pa.nulls(len(lines), TEXT)])] * left
    found: list[GridFinding] = []
    for at in range(width):
        column = pa.chunked_array([each.columns[at] for each in pieces], TEXT)
        mended, nuls = replace_nuls(column)
        found += [
            GridFinding(row, left + at, "cell.nul", None, mended[row].as_py()) for row in nuls
        ]
        columns.append(mended)
    grid = Grid(
        columns=tuple(columns),
        lines=lines,
        widths=np.full(len(lines), len(columns), dtype="int64"),
        nothing=np.array([], dtype="int64"),
        sparse=True,
    )
    return replace(grid, findings=(*found, *_find_marked(grid, rest)))


def _find_marked(grid: Grid, rest: dict[str, Any]) -> Iterator[GridFinding]:
    """What the child tells of cells and rows; nothing of rows that were left out."""
    if not (rest["filled"] or rest["errors"] or rest["concealed"]):
        return
    left, position = int(rest["left"]), {int(line) - 1: at for at, line in enumerate(grid.lines)}
    for at, column in rest["filled"]:
        text = grid.columns[column + left][position[at]].as_py()
        yield GridFinding(position[at], column + left, "cell.merged_filled", None, text)
    for at, column, text in rest["errors"]:
        if at in position and column < len(grid.columns):
            yield GridFinding(position[at], column, "cell.formula_error", text)
    for at in rest["concealed"]:
        if at in position:
            yield GridFinding(position[at], None, "row.hidden")
