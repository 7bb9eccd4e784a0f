"""From rows of cells to a table: titles off, header named, every row kept with its line."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import zip_longest
from pathlib import Path
from typing import Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from connectors.errors import EmptyFileError, UnknownFormatError
from connectors.spreadsheets.header import (
    find_header,
    find_repeated,
    find_totals,
    name_columns,
)
from connectors.table import WHOLE_TABLE, Finding, ReadOptions, Table, findings_frame

Row = Sequence[str | None]
Texts = Row | pd.api.extensions.ExtensionArray
LOOKED_AT: Final = 100


@dataclass(frozen=True)
class Origin:
    """Where cells came from, and how they were read."""

    file: Path
    sheet: str | None = None
    encoding: str | None = None
    delimiter: str | None = None
    first_row: int = 0

    def __str__(self) -> str:
        """The file, and the sheet where there are several."""
        return f"{self.file}, sheet “{self.sheet}”" if self.sheet else str(self.file)


@dataclass(frozen=True)
class Grid:
    """Rows of cells as they stood: `lines[i]` is the 1-based line of `cells[i]`.

    Lines with nothing at all are not among them but counted in `blank`; a row of empty cells is.
    `findings` name rows by their position here.
    """

    cells: Sequence[Row]
    lines: Sequence[int]
    blank: int = 0
    findings: Sequence[Finding] = ()


@dataclass(frozen=True)
class Header:
    """Where the header stands among the rows and in the file, and the names of the columns."""

    position: int | None
    line: int | None
    names: tuple[str, ...]
    findings: tuple[Finding, ...]


def tabulate(grid: Grid, origin: Origin, options: ReadOptions) -> Table:
    """Make a table of a grid."""
    header = read_header(grid, origin, options)
    start = 0 if header.position is None else header.position + 1
    body = grid.cells[start:]
    width = len(header.names)
    names = [*header.names, *(f"(surplus {n})" for n in range(1, _longest(body) - width + 1))]
    columns = list(zip_longest(*body))[: len(names)]
    columns += [(None,) * len(body)] * (len(names) - len(columns))
    moved = [each._replace(row=each.row - start) for each in grid.findings if each.row >= start]
    return make_table(
        dict(zip(names, columns, strict=True)),
        np.asarray(grid.lines[start:], dtype="int64"),
        header,
        origin,
        Above(grid.blank, preamble_of(grid, header), [*moved, *_widths(body, width)]),
    )


def read_header(grid: Grid, origin: Origin, options: ReadOptions) -> Header:
    """Find the header among the rows and name the columns after it."""
    at = _position(grid, origin, options)
    cells = () if at is None else grid.cells[at]
    body = grid.cells[0 if at is None else at + 1 :][:LOOKED_AT]
    names, doubled, made_up = name_columns(cells, _width(cells, body))
    found = [_about_column("file.duplicate_header", name) for name in dict.fromkeys(doubled)]
    if at is None:
        found.append(_about_column("file.no_header", None))
    else:
        found += [_about_column("file.empty_header", name) for name in made_up]
    line = None if at is None else grid.lines[at]
    return Header(at, line, tuple(names), tuple(found))


@dataclass(frozen=True)
class Above:
    """What is known of a table before its rows are looked at; `findings` count rows from 0."""

    blank: int
    preamble: tuple[str, ...]
    findings: Sequence[Finding] = ()


def make_table(
    columns: Mapping[str, Texts],
    lines: NDArray[np.int64],
    header: Header,
    origin: Origin,
    above: Above,
) -> Table:
    """Put columns of texts together; cells of nothing but space are missing, empty rows blank."""
    index = pd.RangeIndex(origin.first_row, origin.first_row + len(lines), name="row")
    frame = pd.DataFrame(
        {name: _texts(values).array for name, values in columns.items()}, index=index, copy=False
    )
    filled = frame.notna().any(axis=1).to_numpy()
    if not filled.any():
        raise EmptyFileError(str(origin), "there are no rows below the header.")
    if not filled.all():
        frame = frame[filled]
    found = [
        *header.findings,
        *(_at(each, origin.first_row) for each in above.findings if filled[each.row]),
        *(Finding(row, None, "row.repeated_header") for row in find_repeated(frame)),
        *(Finding(row, None, "row.totals_line", text) for row, text in find_totals(frame)),
    ]
    return Table(
        file=origin.file.name,
        sheet=origin.sheet,
        rows=frame,
        lines=lines[filled],
        header_line=header.line,
        preamble=above.preamble,
        encoding=origin.encoding,
        delimiter=origin.delimiter,
        blank=above.blank + int((~filled).sum()),
        findings=findings_frame(found),
    )


def _at(finding: Finding, first_row: int) -> Finding:
    return finding._replace(row=finding.row + first_row)


def _texts(values: Texts) -> "pd.Series[str]":
    texts = pd.Series(values, dtype="str")  # type: ignore[arg-type] # the stubs know no null
    return texts.mask(texts.str.strip() == "")


def preamble_of(grid: Grid, header: Header) -> tuple[str, ...]:
    """The texts above the header, one a line."""
    above = grid.cells[: header.position or 0]
    return tuple(" ".join(cell for cell in row if cell) for row in above if any(row))


def _position(grid: Grid, origin: Origin, options: ReadOptions) -> int | None:
    if options.header_row is None:
        return find_header(grid.cells[:LOOKED_AT])
    for at, line in enumerate(grid.lines):
        if line == options.header_row:
            return at
    raise UnknownFormatError(
        str(origin), f"line {options.header_row} is blank or not there; it cannot be the header."
    )


def _width(header: Row, body: Sequence[Row]) -> int:
    """How many columns there are: those the header names, else those most rows have."""
    usual = int(np.bincount([len(row) for row in body] or [0]).argmax())
    named = [at + 1 for at, cell in enumerate(header) if cell is not None and cell.strip()]
    return max(named[-1], min(usual, len(header))) if named else usual


def _longest(body: Sequence[Row]) -> int:
    """The width of the widest row, trailing empty cells apart."""
    return max((_filled_width(row) for row in body), default=0)


def _filled_width(row: Row) -> int:
    width = len(row)
    while width and not row[width - 1]:
        width -= 1
    return width


def _widths(body: Sequence[Row], width: int) -> list[Finding]:
    """Rows with cells beyond the columns, or without some of them."""
    found: list[Finding] = []
    for at, row in enumerate(body):
        if len(row) > width and _filled_width(row) > width:
            found.append(Finding(at, "(surplus 1)", "row.too_long"))
        elif len(row) < width:
            found.append(Finding(at, None, "row.too_short"))
    return found


def _about_column(code: str, name: str | None) -> Finding:
    return Finding(WHOLE_TABLE, name, code)
