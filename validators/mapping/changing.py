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
# Names are known too little to say that a column holds none any more.
TELLING: Final = SHAPES[:-1]


def find_changes(rows: pd.DataFrame, mapping: ColumnMapping) -> pd.DataFrame:
    """Return an issue of the table for each column whose values change their kind.

    Columns that are no field are looked at, too: what they hold may belong to the one beside them.
    """
    size = int(len(rows) * PART)
    if size < FEWEST:
        return make_issues(())
    found = []
    for each in mapping.columns:
        first, last = rows[each.column].head(size), rows[each.column].tail(size)
        filled = min(first.count(), last.count()) >= FEWEST
        shapes = _change(look_at(first), look_at(last)) if filled else None
        if shapes:
            found.append((TABLE_ROW, each.column, "file.column_changes", *shapes))
    return make_issues(found)


def _change(first: Evidence, last: Evidence) -> tuple[str, str] | None:
    before, after = _shapes(first, last), _shapes(last, first)
    if before and after:
        return before[0], after[0]
    if before and before[0] in TELLING:
        return before[0], "text"
    return ("text", after[0]) if after and after[0] in TELLING else None


def _shapes(held: Evidence, lost: Evidence) -> list[str]:
    """Return the kinds that nearly all of the one values have, and hardly any of the others."""
    if len(held.values) < FEWEST or len(lost.values) == 0:
        return []
    many = [shape for shape in SHAPES if getattr(held, shape) >= MANY]
    return [shape for shape in many if getattr(lost, shape) <= FEW]
