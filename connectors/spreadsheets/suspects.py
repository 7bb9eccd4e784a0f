"""Rows that may be no records, or more than one: kept, read as they stand, and flagged."""

import re
from collections.abc import Iterator, Sequence
from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from connectors.spreadsheets.asides import RULE_CELL, UNIT
from connectors.spreadsheets.grid import Grid, GridFinding
from connectors.spreadsheets.header import LOOKED_AT, Below, Row, kind_of

COMMENT: Final = r"^\s*(#|//)"
COMMENTS_AT_MOST: Final = 0.2
NARROW: Final = 3
FIRST_ROWS: Final = 4


def find_suspects(body: Grid, delimiter: str | None) -> list[GridFinding]:
    """Find headings, footers and comments, and cells that a quote has made swallow other rows."""
    if len(body.columns) < NARROW:
        return []
    return [*_find_lone(body), *_find_comments(body), *_find_swallowed(body, delimiter)]


def find_units(body: Grid, header: Row) -> list[GridFinding]:
    """Find what stands right below a header and says what the columns hold, or names them again."""
    rows = body.take(range(min(LOOKED_AT, len(body))))
    found = []
    for at, row in enumerate(rows[:FIRST_ROWS]):
        cells = [cell.strip() for cell in row if cell is not None]
        if len(cells) >= max(2, len(header) / 2) and all(map(UNIT.fullmatch, cells)):
            found.append(GridFinding(at, None, "row.units_line", cells[0]))
        elif _names_columns(row, rows[at + 1 :], header):
            found.append(GridFinding(at, None, "row.second_header", cells[0]))
        elif not all(map(RULE_CELL.fullmatch, cells)):
            break
    return found


def _names_columns(row: Row, rows: Sequence[Row], header: Row) -> bool:
    """Whether a row has texts alone, as wide as the header, above columns of another kind."""
    below = Below.of(rows)
    filled = [cell for cell in row if cell is not None]
    return (
        len(rows) > 1
        and len(filled) >= max(2, 0.6 * len(header))
        and all(kind_of(cell) == "text" for cell in filled)
        and any(
            cell is not None and kind in ("email", "url", "date")
            for cell, kind in zip(row, below.kinds, strict=False)
        )
    )


def _find_lone(body: Grid) -> Iterator[GridFinding]:
    """Rows that fill one cell, and that with words: headings of groups, footers."""
    filled = np.zeros(len(body), dtype="int64")
    for column in body.columns:
        filled += np.asarray(column.is_valid())
    at = np.flatnonzero(filled == 1).tolist()
    for place, row in zip(at, body.take(at), strict=True):
        cell = next((cell for cell in row if cell is not None), "")
        if kind_of(cell) == "text" and not RULE_CELL.fullmatch(cell) and not cell.isspace():
            yield GridFinding(place, None, "row.lone_cell")


def _find_comments(body: Grid) -> list[GridFinding]:
    """Rows that are marked as comments, in a table in which most are not."""
    marked = pc.indices_nonzero(pc.match_substring_regex(body.columns[0], COMMENT)).to_pylist()
    few = len(marked) <= max(1, COMMENTS_AT_MOST * len(body))
    return [GridFinding(at, None, "row.comment_line") for at in marked] if few else []


def _find_swallowed(body: Grid, delimiter: str | None) -> Iterator[GridFinding]:
    """Cells in which a line has as many delimiters as a row, none of them as in a sentence."""
    if delimiter is None:
        return
    sign, count = re.escape(delimiter), len(body.columns) - 1
    row = rf"\n[^\n]*?(?:{sign}(?:[^ \n{sign}][^\n{sign}]*|$)){{{min(count, 1_000)}}}"
    for at, column in enumerate(body.columns):
        if _has_breaks(column):
            swallowed = pc.indices_nonzero(pc.match_substring_regex(column, row)).to_pylist()
            yield from (GridFinding(place, at, "row.swallowed_line") for place in swallowed)


def _has_breaks(column: "pa.ChunkedArray") -> bool:
    return bool(pc.any(pc.match_substring(column, "\n")).as_py())
