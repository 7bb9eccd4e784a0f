"""What stands around values and is none of them: spaces that align, `="…"`, other quotes."""

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

import pyarrow as pa
import pyarrow.compute as pc

from connectors.spreadsheets.grid import TEXT, Grid

# `="00123"`: how programs keep Excel from taking a text for a number.
WRAPPED: Final = r'^="([^"]*)"$'
MARK: Final = '="'
# Byte order marks, page breaks, and the end of a text as CP/M wrote it.
MARKS: Final = "\ufeff\f\x1a"
BLANKS: Final = " \t\u00a0\u2007\u202f\u3000"
# What texts are quoted with where no reader of CSV knows it.
OTHER_QUOTES: Final = (
    "“”",
    "„“",
    "„”",
    "«»",
    "»«",
    "\u2018\u2019",
    "``",
    '""',
    '“"',
    '„"',
    "\uff02\uff02",
    "\u2033\u2033",
    "「」",
    "『』",
    "[]",
    "{}",
    "<>",
)


def trim_cells(grid: Grid) -> Grid:
    """Take the spaces off that stand around every cell."""
    return replace(
        grid,
        columns=tuple(_or_null(pc.utf8_trim(column, BLANKS)) for column in grid.columns),
    )


def drop_marks(grid: Grid) -> Grid:
    """Take off what pages and files put together leave before their first cells."""
    if not grid.columns:
        return grid
    first = grid.columns[0]
    if not any(pc.any(pc.starts_with(first, mark)).as_py() for mark in MARKS):
        return grid
    first = _or_null(pc.utf8_ltrim(first, MARKS))
    return replace(grid, columns=(first, *grid.columns[1:]))


def unwrap_cells(grid: Grid) -> tuple[Grid, dict[int, int]]:
    """Take texts out of `="…"`; returns how many there were in each column that had any."""
    columns, counts = list(grid.columns), {}
    for at, column in enumerate(columns):
        if not pc.any(pc.starts_with(column, MARK)).as_py():
            continue
        wrapped = pc.sum(pc.match_substring_regex(column, WRAPPED)).as_py()
        if wrapped:
            counts[at] = wrapped
            columns[at] = _or_null(pc.replace_substring_regex(column, WRAPPED, r"\1"))
    return (replace(grid, columns=tuple(columns)), counts) if counts else (grid, counts)


def unwrap_row(row: Sequence[str | None]) -> tuple[str | None, ...]:
    """The same for the cells of one row."""
    return tuple(None if cell is None else re.sub(WRAPPED, r"\1", cell) or None for cell in row)


def find_other_quotes(header: Sequence[str | None]) -> str | None:
    """Find the pair of quotes that all names of a header stand in."""
    cells = [cell.strip() for cell in header if cell is not None]
    pairs = (
        pair
        for pair in OTHER_QUOTES
        if all(cell[0] == pair[0] and cell[-1] == pair[1] for cell in cells)
    )
    return next(pairs, None) if len(cells) > 1 and all(map(len, cells)) else None


def drop_other_quotes(grid: Grid, pair: str) -> Grid:
    """Take the quotes off the cells that stand in a pair of them."""
    space = r"[\s\x{a0}\x{202f}]*"
    opening, closing = map(re.escape, pair)
    within = rf"^{space}{opening}{space}([^{opening}{closing}]*?){space}{closing}{space}$"
    columns = (pc.replace_substring_regex(each, within, r"\1") for each in grid.columns)
    return replace(grid, columns=tuple(map(_or_null, columns)))


def _or_null(column: "pa.ChunkedArray") -> "pa.ChunkedArray":
    return pc.if_else(pc.equal(column, ""), pa.scalar(None, TEXT), column)
