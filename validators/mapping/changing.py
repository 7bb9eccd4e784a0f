"""Columns that hold one kind of value in their first rows and another in their last.

That is what two files look like that were put one below the other.
"""

from typing import Final

import pandas as pd

from validators.issues import TABLE_ROW, make_issues
from validators.mapping.columns import ColumnMapping
from validators.mapping.evidence import Evidence, look_at

# Of the first and the last rows, this share each is looked at.
PART: Final = 0.3
FEWEST: Final = 10
MANY: Final = 0.8
FEW: Final = 0.2
SHAPES: Final = ("email", "phone", "date", "web", "number", "person")


def find_changes(rows: pd.DataFrame, mapping: ColumnMapping) -> pd.DataFrame:
    """Return an issue of the table for each mapped column whose values change their kind."""
    size = int(len(rows) * PART)
    if size < FEWEST:
        return make_issues(())
    found = []
    for each in mapping.columns:
        if each.field:
            first, last = (
                look_at(rows[each.column].head(size)),
                look_at(rows[each.column].tail(size)),
            )
            shapes = _change(first, last)
            if shapes:
                found.append((TABLE_ROW, each.column, "file.column_changes", *shapes))
    return make_issues(found)


def _change(first: Evidence, last: Evidence) -> tuple[str, str] | None:
    if min(len(first.values), len(last.values)) < FEWEST:
        return None
    before = [shape for shape in SHAPES if getattr(first, shape) >= MANY]
    after = [shape for shape in SHAPES if getattr(last, shape) >= MANY]
    gone = [shape for shape in before if getattr(last, shape) <= FEW]
    new = [shape for shape in after if getattr(first, shape) <= FEW]
    return (gone[0], new[0]) if gone and new else None
