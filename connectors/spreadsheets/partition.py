"""Several tables in one grid: one beneath another, or one beside another."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import groupby
from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from connectors.spreadsheets.asides import said
from connectors.spreadsheets.grid import TEXT, Grid
from connectors.spreadsheets.header import LOOKED_AT, Below, Row, extent, find_header
from connectors.spreadsheets.tabulation import HEAD, Origin, locate_header, tabulate
from connectors.table import WHOLE_TABLE, Finding, Table

# Where rows end and begin anew more often than that, they are no tables.
MOST_GAPS: Final = 200
# So many titles may stand between a gap and the header below it.
MOST_TITLES: Final = 3
# More blocks of columns than that are a form or a picture, not tables.
MOST_TABLES: Final = 8
SHARED: Final = 0.6


def tabulate_all(
    grid: Grid, origin: Origin, header_row: int | None = None
) -> tuple[tuple[Table, ...], int]:
    """Make the tables of a grid: one, unless another one clearly begins beneath it or beside it.

    Rows are numbered on from table to table; returns the number that comes next, too.
    `header_row`: the line of the header of the one table that is then looked for.
    """
    tables: list[Table] = []
    for block in [grid] if header_row else split_beside(grid):
        rest: Grid | None = block
        while rest is not None and len(rest):
            wanted = None if tables else header_row
            at = locate_header(rest, origin.file, wanted)
            stop = find_next(rest, at) if header_row is None else None
            part = rest if stop is None else rest.slice(0, stop)
            told = origin if not tables else replace(origin, findings=(_second(part),))
            tables.append(tabulate(part, told, wanted))
            origin = replace(origin, first_row=origin.first_row + numbers_taken(part, tables[-1]))
            rest = None if stop is None else rest.slice(stop)
    return tuple(tables), origin.first_row


def numbers_taken(grid: Grid, table: Table) -> int:
    """How many rows below the header of a table have a number, those of nothing too."""
    if not grid.sparse:
        return int((grid.lines > (table.header_line or 0)).sum())
    above = grid.lines[0] - 1 if table.header_line is None else table.header_line
    return int(grid.lines[-1] - above)


def find_next(grid: Grid, header: int | None) -> int | None:
    """Find where the next table begins beneath the one at the top: its header, or its title."""
    start = 0 if header is None else header + 1
    names = said(grid.take([header])[0]) if header is not None else []
    found = [*_other_headers(grid, start, names)[:1], *_headers_below_gaps(grid, start)[:1]]
    return min(found, default=None)


def split_beside(grid: Grid) -> list[Grid]:
    """Split a sheet where an empty column parts two tables of the same names, or two headers."""
    blocks = _blocks(grid) if grid.sparse else []
    if not 2 <= len(blocks) <= MOST_TABLES:
        return [grid]
    parts = [_only(grid, block) for block in blocks]
    heads = [part.take(range(min(HEAD, len(part)))) for part in parts]
    headers = [find_header(head) for head in heads]
    if None in headers:
        return [grid]
    names = [set(said(head[at])) for head, at in zip(heads, headers, strict=True) if at is not None]
    alike = all(
        len(names[0] & each) >= SHARED * max(1, len(each)) and len(each) > 1 for each in names
    )
    apart = len(set(headers)) > 1 and min(map(len, names)) > 1
    return parts if alike or apart else [grid]


def _blocks(grid: Grid) -> list[list[int]]:
    """The columns with something in them, in blocks that empty ones part."""
    filled = [column.null_count < len(column) for column in grid.columns]
    return [
        [at for at, _ in block]
        for is_filled, block in groupby(enumerate(filled), key=lambda each: each[1])
        if is_filled
    ]


def _only(grid: Grid, block: list[int]) -> Grid:
    """A block of columns of a grid, alone."""
    left, width = block[0], len(block)
    return replace(
        grid,
        columns=grid.columns[left : left + width],
        widths=np.minimum(grid.widths, width),
        findings=tuple(
            each if each.column is None else each._replace(column=each.column - left)
            for each in grid.findings
            if each.column is None or each.column in block
        ),
        left=left,
    )


def _other_headers(grid: Grid, start: int, names: list[str]) -> list[int]:
    """Where a header stands that shares most of its names with the first, but is another."""
    if len(names) < 2 or not grid.columns:
        return []
    first = pc.coalesce(*grid.columns).slice(start)
    alike = pc.is_in(pc.utf8_lower(pc.utf8_trim_whitespace(first)), pa.array(names, TEXT))
    places = (pc.indices_nonzero(alike).to_numpy()[:MOST_GAPS] + start).tolist()
    found = []
    for at, row in zip(places, grid.take(places), strict=True):
        here = said(row)
        shared = len(set(here) & set(names))
        if here != names and shared >= max(2, SHARED * len(here)) and len(set(here)) == len(here):
            found.append(at)
    # Rows of the same words one after another, in whatever order, are data.
    return [at for at in found if at - 1 not in found and at + 1 not in found]


def _headers_below_gaps(grid: Grid, start: int) -> list[int]:
    """Where, after a gap, a row of names stands above data of another kind."""
    found: list[int] = []
    for gap in _gaps(grid, start)[:MOST_GAPS]:
        above = Below.of(grid.take(range(max(start, gap - LOOKED_AT), gap)))
        rows = grid.take(range(gap, min(gap + LOOKED_AT, len(grid))))
        if _find_header_below(rows, above) is not None:
            found.append(gap)
    return found


def _find_header_below(rows: Sequence[Row], above: Below) -> int | None:
    for at, row in enumerate(rows[: MOST_TITLES + 1]):
        below = Below.of(rows[at + 1 :])
        names = [cell for cell in row if cell is not None]
        if len(names) < 2 or not below.is_as_wide_as(row) or not below.is_named_by(row):
            continue
        differs = above.contrast(row) > 0 or extent(row) != above.width
        if differs and below.contrast(row) > 0:
            return at
    return None


def _gaps(grid: Grid, start: int) -> list[int]:
    """The rows before which there is a line of nothing, at least one row below `start`."""
    jumps = np.flatnonzero(np.diff(grid.lines) > 1) + 1 if grid.sparse else np.array([], dtype=int)
    after = np.searchsorted(grid.lines, grid.nothing)
    found = {*jumps.tolist(), *after.tolist()}
    return sorted(at for at in found if start + 1 < at < len(grid))


def note_next(body: Grid, header: Row | None) -> tuple[Finding, ...]:
    """Say where another table begins among the rows below a header, be there one."""
    names = [] if header is None else said(header)
    found = [*_other_headers(body, 0, names)[:1], *_headers_below_gaps(body, 0)[:1]]
    return (_second(body.slice(min(found))),) if found else ()


def _second(part: Grid) -> Finding:
    return Finding(WHOLE_TABLE, None, "file.second_table", str(int(part.lines[0])))
