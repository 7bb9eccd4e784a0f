"""Every cell of a table mended, before its field is asked about."""

from typing import Final

import numpy as np
import pandas as pd
import pyarrow.compute as pc
from numpy.typing import NDArray

from validators.fields import FIELDS, Kind
from validators.issues import concat_issues, make_issues
from validators.standardize.cells import LONGEST, LONGEST_ANY, cell_rule, cell_shortcut
from validators.standardize.distinct import Distinct, Texts
from validators.standardize.shortcut import as_arrow, as_mask, as_objects

# So much of a cell that is too long is kept to show.
SHOWN: Final = 1_000


def mend_cells(columns: dict[str, Distinct]) -> tuple[dict[str, Distinct], pd.DataFrame]:
    """Mend the cells of all columns; return them and the issues."""
    mended, issues = {}, []
    for field, column in columns.items():
        kind = FIELDS[field].kind
        texts, known = cell_shortcut(kind).take(column.texts)
        left = np.flatnonzero(~known)
        if kind != "text":
            texts[left], known = take_spaced(texts[left], kind)
            left = left[~known]
        mended[field], found = column.with_texts(texts).apply_at(left, cell_rule(kind))
        issues.append(found)
    return mended, concat_issues(issues)


def drop_longest(records: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Refuse the cells that are too long before anything has to look through them."""
    issues = []
    for field in map(str, records):
        lengths = records[field].str.len()
        long = lengths > LONGEST.get(FIELDS[field].kind, LONGEST_ANY)
        if long.any():
            shown = records.loc[long, field].str.slice(0, SHOWN)
            records = records.assign(**{field: records[field].mask(long)})
            issues.append(
                make_issues(
                    (row, field, "cell.too_long", text, None)
                    for row, text in zip(shown.index.tolist(), shown, strict=True)
                )
            )
    return records, concat_issues(issues)


def take_spaced(texts: Texts, kind: Kind) -> tuple[Texts, NDArray[np.bool_]]:
    """Tidy the cells that are plain but for their spaces; return the texts, and where that was.

    The law: the rule returns what comes out here, and finds nothing.
    """
    column = as_arrow(texts)
    single = pc.utf8_trim(pc.replace_substring_regex(column, " {2,}", " "), " ")
    tidied, known = cell_shortcut(kind).take(as_objects(single))
    known &= as_mask(pc.less_equal(pc.utf8_length(column), LONGEST.get(kind, LONGEST_ANY)))
    return np.where(known, tidied, texts), known
