"""Where the header is: below titles, above the data, or nowhere."""

import re
from collections.abc import Sequence
from statistics import median
from typing import Final

import numpy as np
import pandas as pd

Row = Sequence[str | None]

LOOKED_AT: Final = 40
# What a header never says: an address, a number, a date.
DATA: Final = re.compile(
    r"""^\s*(
        \S+@\S+\.\S+                       # an e-mail address
      | https?://\S+
      | [+(]?\d[\d\s()./-]{4,}             # a phone, a long number, a date
      | [-+]?[\d.,]+\s*[%€$£]?             # a number, an amount
      | \d{1,4}[-./]\d{1,2}[-./]\d{1,4}.*  # a date
    )\s*$""",
    re.VERBOSE,
)
TOTALS: Final = re.compile(
    r"^\s*(grand\s+)?(total|sub-?total|totals|sum|summe|gesamt(summe)?|insgesamt|zwischensumme|"
    r"somme|total\s+g[ée]n[ée]ral|suma|totale|totaal)\b(\s+\w+)?[\s:]*",
    re.IGNORECASE,
)
NUMERIC: Final = re.compile(r"^\s*([-+]?[\d.,\s]+\s*[%€$£]?)?\s*$")


def find_header(rows: Sequence[Row]) -> int | None:
    """Find the position of the header among the first rows of a table; None where there is none.

    The header is the first row of names: texts that do not look like data, few of them twice, and
    about as many as the rows below it have cells. A title stands alone and never is.
    """
    looked_at = rows[:LOOKED_AT]
    widths = [sum(cell is not None for cell in row) for row in looked_at]
    for at, row in enumerate(looked_at):
        if not widths[at]:
            continue
        below = [width for width in widths[at + 1 :] if width]
        usual = median(below) if below else widths[at]
        if widths[at] < min(2, usual) or widths[at] < 0.5 * usual:
            continue
        if _names_columns(row):
            return at
        if _looks_like_data(row) and widths[at] >= 0.5 * usual:
            return None
    return None


def find_repeated(rows: pd.DataFrame) -> list[int]:
    """Find the rows (labels) that say what the header says."""
    same = np.zeros(len(rows), dtype="int64")
    for name in rows.columns:
        same += (rows[name].str.strip().str.casefold() == str(name).casefold()).to_numpy(dtype=bool)
    # Two names may be repeated by chance; all that the row holds must be names of columns.
    repeated = (same >= 2) & (same == rows.notna().sum(axis=1).to_numpy())
    return [int(row) for row in rows.index[repeated]]


def find_totals(rows: pd.DataFrame) -> list[tuple[int, str]]:
    """Find the rows that sum up others: they say so, and hold nothing but numbers besides."""
    few = rows[rows.notna().sum(axis=1) <= max(3, rows.shape[1] // 2)]
    said = np.zeros(len(few), dtype=bool)
    for name in few.columns:
        said |= few[name].str.match(TOTALS).fillna(value=False).to_numpy(dtype=bool)
    found = []
    for row, cells in zip(few.index[said], few[said].to_numpy(dtype=object), strict=True):
        texts = [cell for cell in cells if isinstance(cell, str)]
        if sum(not NUMERIC.match(text) for text in texts) == 1 and _sums_up(texts):
            found.append((int(row), " | ".join(texts)))
    return found


def _sums_up(texts: Sequence[str]) -> bool:
    """One word after “Total” may say of what; a number beside it, or nothing more, makes it one."""
    said = next(text for text in texts if not NUMERIC.match(text))
    return len(texts) > 1 or bool(NUMERIC.match(TOTALS.sub("", said)))


def name_columns(header: Row, width: int) -> tuple[list[str], list[str], list[str]]:
    """Make `width` unique column names of a header: (names, those doubled, those made up)."""
    names: list[str] = []
    doubled, made_up = [], []
    taken: set[str] = set()
    for at in range(width):
        given = (header[at] or "").strip() if at < len(header) else ""
        name = given or f"column_{at + 1}"
        if not given:
            made_up.append(name)
        elif name in taken:
            doubled.append(name)
        count, unique = 2, name
        while unique in taken:
            unique = f"{name} ({count})"
            count += 1
        taken.add(unique)
        names.append(unique)
    return names, doubled, made_up


def _names_columns(row: Row) -> bool:
    cells = [cell.strip() for cell in row if cell is not None]
    different = len({cell.casefold() for cell in cells})
    return not _looks_like_data(row) and 2 * different >= len(cells)


def _looks_like_data(row: Row) -> bool:
    return any(DATA.match(cell) for cell in row if cell is not None)
