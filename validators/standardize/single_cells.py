"""Single cells of columns read and written, where a row and not a distinct text is the matter."""

from collections.abc import Mapping

import numpy as np
import pyarrow.compute as pc

from validators.standardize.distinct import Distinct
from validators.standardize.shortcut import as_arrow, as_mask


def positions_of(column: Distinct, pattern: str) -> dict[int, str]:
    """Return position → text of the cells that match a pattern; positions count from 0."""
    matching = as_mask(pc.match_substring_regex(as_arrow(column.texts), pattern))
    hits = np.flatnonzero(np.append(matching, np.False_)[column.codes])
    return {int(at): str(column.texts[column.codes[at]]) for at in hits}


def cell_at(columns: Mapping[str, Distinct], field: str, at: int) -> str | None:
    """Return the text of a cell; None where it is missing, or its column is."""
    if field not in columns:
        return None
    column = columns[field]
    code = column.codes[at]
    return None if code < 0 else column.texts[code]


def write_cells(
    columns: Mapping[str, Distinct], edits: Mapping[str, Mapping[int, str | None]]
) -> dict[str, Distinct]:
    """Return the columns with cells replaced, field → position → text, and new columns added."""
    written = dict(columns)
    for field, cells in edits.items():
        column = written.get(field) or _empty_column(next(iter(columns.values())), field)
        written[field] = column.with_cells(list(cells), list(cells.values()))
    return written


def _empty_column(like: Distinct, field: str) -> Distinct:
    nothing = np.empty(0, dtype=object)
    return Distinct(field, like.rows, np.full(len(like.rows), -1), nothing, nothing)
