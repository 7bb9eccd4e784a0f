"""From a grid to a table: titles off, columns named, every row kept with its line."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import chain
from typing import Final

import numpy as np
import pandas as pd
import pyarrow as pa
from numpy.typing import NDArray

from connectors.errors import ReadOptionError
from connectors.source import SourceFile
from connectors.spreadsheets.asides import find_asides, find_empty
from connectors.spreadsheets.grid import Grid, GridFinding
from connectors.spreadsheets.header import LOOKED_AT, Row, extent, find_header, name_columns
from connectors.spreadsheets.suspects import find_suspects, find_units
from connectors.spreadsheets.transposed import lies_on_its_side
from connectors.spreadsheets.wrappings import (
    drop_marks,
    drop_other_quotes,
    find_other_quotes,
    trim_cells,
    unwrap_cells,
    unwrap_row,
)
from connectors.table import WHOLE_TABLE, Finding, Table, findings_frame

HEAD: Final = 2 * LOOKED_AT


@dataclass(frozen=True)
class Origin:
    """Where a grid came from and how it was read; rows are numbered from `first_row`.

    `is_more`: it goes on where another one ended, so that all about the header is said already.
    `padded`: spaces align its cells.
    """

    file: SourceFile
    sheet: str | None = None
    encoding: str | None = None
    delimiter: str | None = None
    first_row: int = 0
    findings: tuple[Finding, ...] = ()
    is_more: bool = False
    padded: bool = False


@dataclass(frozen=True)
class Columns:
    """The columns of a table: the names of those kept, by their position in the grid.

    `expected`: how many cells a row should have at least; `width`: from which position on
    columns are surplus; `written`: how many cells the header was written with. `header_line` and
    `preamble` are the table's. `placed`: whether a position means anything to people.
    """

    names: dict[int, str]
    expected: int
    width: int
    written: int = 0
    header_line: int | None = None
    preamble: tuple[str, ...] = ()
    findings: tuple[Finding, ...] = ()
    placed: bool = True


def tabulate(grid: Grid, origin: Origin, header_row: int | None = None) -> Table:
    """Make a table of a grid; `header_row` is the line of the header, found out where None."""
    at = locate_header(grid, origin.file, header_row)
    above = None if at is None else grid.slice(0, at + 1)
    return tabulate_below(grid.slice(0 if at is None else at + 1), above, origin)


def tabulate_below(body: Grid, above: Grid | None, origin: Origin) -> Table:
    """Make a table of the rows below a header, the last row of `above`, be there one."""
    body, wrapped = unwrap_cells(drop_marks(trim_cells(body) if origin.padded else body))
    header = None if above is None else unwrap_row(above.take([len(above) - 1])[0])
    quotes = find_other_quotes(header or ())
    if quotes:
        body = drop_other_quotes(body, quotes)
        header = tuple(cell and (cell.strip()[1:-1].strip() or None) for cell in header or ())
    columns = replace(
        _name_columns(body, header),
        header_line=None if above is None else int(above.lines[-1]),
        preamble=() if above is None else _preamble(above, len(above) - 1),
    )
    about = columns.findings
    if origin.is_more:
        about = ()
    elif lies_on_its_side(body.take(range(min(HEAD, len(body))))):
        about = (*about, Finding(WHOLE_TABLE, None, "file.transposed"))
    if quotes and not origin.is_more:
        about = (*about, Finding(WHOLE_TABLE, None, "file.other_quotes", quotes))
    about += tuple(
        Finding(WHOLE_TABLE, columns.names[at], "file.excel_texts", str(count))
        for at, count in wrapped.items()
    )
    asides = find_asides(body, header or ())
    if header is not None and not origin.is_more:
        asides += find_units(body, header)
    told = np.zeros(len(body), dtype=bool)
    told[np.fromiter((each.row for each in asides), dtype=np.int64)] = True
    suspects = [each for each in find_suspects(body, origin.delimiter) if not told[each.row]]
    found = (*body.findings, *asides, *suspects, *_find_ragged(body, columns))
    return make_table(replace(body, findings=found), replace(columns, findings=about), origin)


def make_table(body: Grid, columns: Columns, origin: Origin) -> Table:
    """Make a table of the rows below a header; rows with nothing in them are left out."""
    empty = find_empty(body)
    numbers = _number_rows(body, columns.header_line) + origin.first_row
    found = chain(
        origin.findings, columns.findings, _numbered(body.findings, columns, empty, numbers)
    )
    if empty.all() and not origin.is_more:
        found = chain(found, [Finding(WHOLE_TABLE, None, "file.no_rows")])
    return Table(
        file=origin.file.name,
        sheet=origin.sheet,
        rows=_frame(body, columns, ~empty, numbers),
        lines=body.lines[~empty],
        header_line=columns.header_line,
        preamble=columns.preamble,
        encoding=origin.encoding,
        delimiter=origin.delimiter,
        blank=len(body.nothing) + count_rows(body, columns.header_line) - int((~empty).sum()),
        findings=findings_frame(found),
        positions=tuple(at + body.left for at in columns.names) if columns.placed else (),
    )


def count_rows(body: Grid, header_line: int | None) -> int:
    """Count the rows below a header, those of nothing among them too."""
    numbers = _number_rows(body, header_line)
    return int(numbers[-1]) + 1 if len(numbers) else 0


def _number_rows(body: Grid, header_line: int | None) -> NDArray[np.int64]:
    """Number the rows below a header from 0; the rows of nothing in a sheet have numbers too."""
    if not body.sparse or not len(body):
        return np.arange(len(body), dtype="int64")
    return body.lines - (body.lines[0] if header_line is None else header_line + 1)


def locate_header(grid: Grid, file: SourceFile, header_row: int | None) -> int | None:
    """Find the position of the header; a line given by its number has to be there."""
    if header_row is None:
        return find_header(grid.take(range(min(HEAD, len(grid)))))
    at = int(np.searchsorted(grid.lines, header_row))
    if at == len(grid) or grid.lines[at] != header_row:
        raise ReadOptionError(
            file.path, f"no row begins on line {header_row}; header_row names the header's line."
        )
    return at


def _name_columns(body: Grid, header: Row | None) -> Columns:
    """Choose and name the columns; those without a name and without a value are left off."""
    filled = [True if column.null_count < len(column) else None for column in body.columns]
    if header is None:
        expected = width = min(usual_width(body), extent(filled))
    else:
        expected, width = extent(header), max(extent(header), extent(filled[: len(header)]))
    named = [*(header or ())[:width], *(None,) * (width - len(header or ()))]
    surplus = [f"(surplus {n})" for n in range(1, extent(filled) - width + 1)]
    names, doubled, made_up = name_columns([*named, *surplus])
    kept = {at: name for at, name in enumerate(names) if name not in made_up or filled[at]}
    found = [Finding(WHOLE_TABLE, was, "file.duplicate_header", None, now) for was, now in doubled]
    if header is None:
        found.append(Finding(WHOLE_TABLE, None, "file.no_header"))
    else:
        nameless = [name for name in kept.values() if name in made_up]
        found += [Finding(WHOLE_TABLE, name, "file.empty_header") for name in nameless]
        usual = usual_width(body)
        if len(header) < usual and not any(filled[len(header) : usual]):
            short = Finding(
                WHOLE_TABLE, None, "file.header_too_short", str(len(header)), str(usual)
            )
            found.append(short)
    return Columns(kept, expected, width, len(header or ()), findings=tuple(found))


def usual_width(body: Grid) -> int:
    """How many cells most of the first rows are written with."""
    widths = Counter(body.widths[:HEAD].tolist())
    return max(widths, key=lambda each: (widths[each], -each), default=0)


def _find_ragged(body: Grid, columns: Columns) -> list[GridFinding]:
    """Find the rows with fewer cells than the header, and those with more, be they empty."""
    short = np.flatnonzero(body.widths < columns.expected)
    surplus = [np.asarray(column.is_valid()) for column in body.columns[columns.width :]]
    has_more = np.any(surplus, axis=0) if surplus else np.zeros(len(body), dtype=bool)
    wider = body.widths > max(columns.written, usual_width(body))
    return [
        GridFinding(int(at), None, code, str(body.widths[at]), str(columns.expected))
        for code, rows in (
            ("row.too_short", short),
            ("row.too_long", np.flatnonzero(has_more)),
            ("row.surplus_separator", np.flatnonzero(wider & ~has_more)),
        )
        for at in rows
    ]


def _numbered(
    found: Iterable[GridFinding],
    columns: Columns,
    empty: NDArray[np.bool_],
    numbers: NDArray[np.int64],
) -> Iterator[Finding]:
    """Findings of rows that are not empty, with the row's number and the column's name."""
    for each in found:
        if not empty[each.row]:
            name = None if each.column is None else columns.names.get(each.column)
            yield Finding(int(numbers[each.row]), name, each.code, each.before, each.after)


def _frame(
    body: Grid, columns: Columns, kept: NDArray[np.bool_], numbers: NDArray[np.int64]
) -> pd.DataFrame:
    start = int(numbers[0]) if len(numbers) else 0
    dense = len(numbers) == 0 or int(numbers[-1]) - start + 1 == len(numbers)
    index: pd.Index[int] = (
        pd.RangeIndex(start, start + len(numbers), name="row")
        if dense
        else pd.Index(numbers, name="row")
    )
    chosen = {name: body.columns[at] for at, name in columns.names.items()}
    if not kept.all():
        chosen = {name: column.filter(pa.array(kept)) for name, column in chosen.items()}
        index = index[kept]
    arrays = {
        name: pd.array(column.combine_chunks(), dtype="str") for name, column in chosen.items()
    }
    return pd.DataFrame(arrays, index=index, copy=False)


def _preamble(grid: Grid, stop: int) -> tuple[str, ...]:
    rows = grid.take(range(stop))
    texts = (" ".join(cell.strip() for cell in row if cell is not None) for row in rows)
    return tuple(text for text in texts if text)
