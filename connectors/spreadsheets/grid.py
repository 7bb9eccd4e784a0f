"""Cells as they stood in a file or sheet, held in columns."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice, zip_longest
from typing import Final, NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from connectors.spreadsheets.records import Record

TEXT: Final = pa.large_string()
PIECE: Final = 10_000
NUL: Final = "\0"
REPLACEMENT: Final = "\ufffd"

Row = tuple[str | None, ...]


class GridFinding(NamedTuple):
    """One finding on a row, or on a cell of it, by positions."""

    row: int
    column: int | None
    code: str
    before: str | None = None
    after: str | None = None

    def moved(self, rows: int) -> "GridFinding":
        """The same finding so many rows below."""
        return self._replace(row=self.row + rows)


@dataclass(frozen=True)
class Grid:
    """Rows of cells: `columns[c][r]` is the text in column c of row r, null where there is none.

    `lines`: the 1-based line of each row; `widths`: how many cells it was written with;
    `nothing`: the lines with nothing in them, which are no rows. `findings` name rows and
    columns by position. `sparse`: the lines between those of the rows are rows of nothing, as in
    a sheet. `left`: the column of the file or sheet that is the first here.
    """

    columns: tuple["pa.ChunkedArray", ...]
    lines: NDArray[np.int64]
    widths: NDArray[np.int64]
    nothing: NDArray[np.int64]
    findings: tuple[GridFinding, ...] = ()
    sparse: bool = False
    left: int = 0

    def __len__(self) -> int:
        return len(self.lines)

    def take(self, positions: Sequence[int]) -> list[Row]:
        """Some rows, each without the cells it was not written with."""
        if not len(positions) or not self.columns:
            return [()] * len(positions)
        if isinstance(positions, range) and positions.step == 1:
            parts = [column.slice(positions.start, len(positions)) for column in self.columns]
        else:
            parts = [column.take(pa.array(positions)) for column in self.columns]
        columns = [part.to_pylist() for part in parts]
        widths = self.widths[np.asarray(positions)].tolist()
        return [row[:width] for row, width in zip(zip(*columns, strict=True), widths, strict=True)]

    def lower(self, lines: int) -> "Grid":
        """The same rows so many lines further down."""
        return replace(self, lines=self.lines + lines, nothing=self.nothing + lines)

    def slice(self, start: int, stop: int | None = None) -> "Grid":
        """The rows from `start` to before `stop`, and the lines with nothing among them."""
        stop = len(self) if stop is None else min(stop, len(self))
        above = int(self.lines[start - 1]) if 0 < start <= len(self) else 0
        below = int(self.lines[stop]) if stop < len(self) else np.iinfo("int64").max
        return Grid(
            tuple(column.slice(start, stop - start) for column in self.columns),
            self.lines[start:stop],
            self.widths[start:stop],
            self.nothing[(self.nothing > above) & (self.nothing < below)],
            tuple(each.moved(-start) for each in self.findings if start <= each.row < stop),
            self.sparse,
            self.left,
        )


def hold_records(records: Iterable[Record]) -> Grid:
    """Hold records in columns; empty cells are null."""
    pieces: list[tuple[pa.ChunkedArray, ...]] = []
    lines: list[int] = []
    widths: list[int] = []
    nothing: list[int] = []
    findings: list[GridFinding] = []
    for piece in _pieces(records):
        rows = [record for record in piece if not _is_nothing(record.cells)]
        nothing += [record.line for record in piece if _is_nothing(record.cells)]
        columns, mended = hold_columns(list(zip_longest(*(record.cells for record in rows))))
        found = [GridFinding(at, None, each.code) for at, each in enumerate(rows) if each.code]
        findings += [each.moved(len(lines)) for each in (*found, *mended)]
        pieces.append(columns)
        lines += [record.line for record in rows]
        widths += [len(record.cells) for record in rows]
    return Grid(
        columns=_join(pieces),
        lines=np.array(lines, dtype="int64"),
        widths=np.array(widths, dtype="int64"),
        nothing=np.array(nothing, dtype="int64"),
        findings=tuple(findings),
    )


def hold_columns(
    columns: Sequence[Sequence[str | None]],
) -> tuple[tuple["pa.ChunkedArray", ...], list[GridFinding]]:
    """Hold columns of texts; "" is null. What no database keeps is replaced, and a finding."""
    held: list[pa.ChunkedArray] = []
    findings: list[GridFinding] = []
    for at, texts in enumerate(columns):
        cells = [text or None for text in texts]
        broken: list[int] = []
        try:
            column = pa.array(cells, TEXT)
        except UnicodeEncodeError:
            column, broken = _replace_surrogates(cells)
        column, nuls = replace_nuls(pa.chunked_array([column]))
        for code, rows in (("cell.surrogate", broken), ("cell.nul", nuls)):
            findings += [GridFinding(row, at, code, None, column[row].as_py()) for row in rows]
        held.append(column)
    return tuple(held), findings


def replace_nuls(column: "pa.ChunkedArray") -> tuple["pa.ChunkedArray", list[int]]:
    """Replace NUL characters, which no database keeps, by U+FFFD, and say in which rows."""
    if not any(_has_nul(chunk) for chunk in column.chunks):
        return column, []
    nuls: list[int] = pc.indices_nonzero(pc.match_substring(column, NUL)).to_pylist()
    return (pc.replace_substring(column, NUL, REPLACEMENT) if nuls else column), nuls


def _has_nul(chunk: "pa.Array") -> bool:
    """Whether there may be a NUL in an array of texts, by a look at all its bytes at once."""
    texts = chunk.buffers()[2]
    return texts is not None and not np.frombuffer(texts, dtype=np.uint8).all()


def join_grids(grids: Sequence[Grid]) -> Grid:
    """Put grids one below another."""
    starts = np.cumsum([0, *map(len, grids)]).tolist()
    return Grid(
        columns=_join([each.columns for each in grids]),
        lines=np.concatenate([each.lines for each in grids]),
        widths=np.concatenate([each.widths for each in grids]),
        nothing=np.concatenate([each.nothing for each in grids]),
        findings=tuple(
            found.moved(start)
            for start, each in zip(starts, grids, strict=False)
            for found in each.findings
        ),
    )


def _pieces(records: Iterable[Record]) -> Iterator[list[Record]]:
    rest = iter(records)
    while piece := list(islice(rest, PIECE)):
        yield piece


def _is_nothing(cells: list[str]) -> bool:
    return not cells or (len(cells) == 1 and cells[0].isspace())


def _replace_surrogates(cells: list[str | None]) -> tuple["pa.Array", list[int]]:
    """Replace halves of characters by U+FFFD, and say in which cells."""
    whole = [
        None if cell is None else cell.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
        for cell in cells
    ]
    mended = [at for at, (cell, text) in enumerate(zip(cells, whole, strict=True)) if cell != text]
    return pa.array(whole, TEXT), mended


def _join(pieces: Sequence[tuple["pa.ChunkedArray", ...]]) -> tuple["pa.ChunkedArray", ...]:
    """Join pieces of columns; those a piece does not have are null in it."""
    joined = []
    for at in range(max(map(len, pieces), default=0)):
        chunks: list[pa.Array] = []
        for piece in pieces:
            absent = piece and at >= len(piece)
            chunks += (
                [pa.nulls(len(piece[0]), TEXT)] if absent else piece[at].chunks if piece else []
            )
        joined.append(pa.chunked_array(chunks, TEXT))
    return tuple(joined)
