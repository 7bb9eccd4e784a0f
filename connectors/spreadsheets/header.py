"""Where the header is: below titles, above the data, or nowhere."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Literal

Row = Sequence[str | None]
Kind = Literal["email", "url", "date", "number", "text"]

LOOKED_AT: Final = 40
LOOKED_INTO: Final = 200
EMAIL: Final = re.compile(r"\S+@\S+\.\S+")
URL: Final = re.compile(r"https?://\S+|www\.\S+")
DATE: Final = re.compile(
    r"(\d{4}[-./]\d{1,2}[-./]\d{1,2}|\d{1,2}[-./]\d{1,2}[-./](\d{4}|\d{2}))([T\s,].*)?"
)
# Numbers, amounts, phones, times: digits and what stands between them.
NUMBER: Final = re.compile(
    r"[-+(]{0,2}[€$£]?\s?\d[\d\s()./:,+-]*([eE][+-]?\d+)?\s?([%€$£]|[AaPp][Mm])?"
)
# What nobody sees: marks of width and direction, colours of a terminal, letters struck over.
UNSEEN: Final = re.compile(
    "[\u200b\u2060\ufeff\u00ad\u200e\u200f\u202a-\u202e\u2066-\u2069]|\x1b\\[[0-9;]*[A-Za-z]|.\x08"
)


def kind_of(cell: str) -> Kind:
    """What a cell looks like, as far as it tells headers from data."""
    text = cell.strip()[:LOOKED_INTO]
    if EMAIL.fullmatch(text):
        return "email"
    if URL.fullmatch(text):
        return "url"
    if DATE.fullmatch(text):
        return "date"
    return "number" if NUMBER.fullmatch(text) else "text"


def find_header(rows: Sequence[Row]) -> int | None:
    """Find the position of the header among the first rows of a table; None where there is none.

    The header is a row of names: texts, few of them twice, about as many as the rows below
    have cells, above columns of another kind. Titles are narrower, or are labels and values. A
    row that holds what the rows below it hold is data, and nothing below it is a header.
    """
    found = None
    for at, row in enumerate(rows[:LOOKED_AT]):
        below = Below.of(rows[at + 1 : at + 1 + LOOKED_AT])
        if not below.is_as_wide_as(row):
            if found is not None:
                break
            continue
        if not below.is_named_by(row):
            if found is not None or below.continues(row):
                break
            continue
        if found is not None and not _outdoes(row, rows[found], below):
            break
        found = at
    return found


def extent(row: Sequence[object]) -> int:
    """How far a row reaches: the number of its last cell that is filled."""
    return max((at + 1 for at, cell in enumerate(row) if cell is not None), default=0)


@dataclass(frozen=True)
class Below:
    """What the rows below (or above) a row are like: how wide, and of which kind in each column."""

    width: int
    kinds: tuple[Kind | None, ...]

    @classmethod
    def of(cls, rows: Sequence[Row]) -> "Below":
        """Look at some rows."""
        extents = sorted(extent(row) for row in rows if extent(row))
        width = extents[int(0.8 * (len(extents) - 1))] if extents else 0
        kinds = []
        for column in range(width):
            cells = [row[column] for row in rows if column < len(row)]
            counted = Counter(kind_of(cell) for cell in cells if cell is not None)
            kinds.append(counted.most_common(1)[0][0] if counted else None)
        return cls(width, tuple(kinds))

    def is_as_wide_as(self, row: Row) -> bool:
        """Whether a row fills about as many cells as the rows below have."""
        filled = sum(cell is not None for cell in row)
        return filled >= min(2, max(1, self.width)) and filled >= 0.6 * self.width

    def contrast(self, row: Row) -> int:
        """In how many columns a row has text above another kind."""
        pairs = zip(row, self.kinds, strict=False)
        return sum(
            cell is not None and kind not in (None, "text") and kind_of(cell) == "text"
            for cell, kind in pairs
        )

    def is_named_by(self, row: Row) -> bool:
        """Whether the cells of a row may be names: texts, not the same one over and over."""
        cells = [cell.strip() for cell in row if cell is not None]
        kinds = Counter(map(kind_of, cells))
        if kinds["email"] or kinds["url"] or kinds["date"] or kinds["number"] > 0.25 * len(cells):
            return False
        return 2 * len({cell.casefold() for cell in cells}) >= len(cells) or self.contrast(row) > 0

    def continues(self, row: Row) -> bool:
        """Whether a row holds what the rows below it hold."""
        pairs = zip(row, self.kinds, strict=False)
        alike = sum(
            cell is not None and kind not in (None, "text") and kind_of(cell) == kind
            for cell, kind in pairs
        )
        return not self.kinds or alike > self.contrast(row)


def _outdoes(row: Row, above: Row, below: Below) -> bool:
    """Whether a row is the better header than the one right above it."""
    contrast = below.contrast(row)
    filled, filled_above = (sum(cell is not None for cell in each) for each in (row, above))
    is_fuller = filled_above < min(filled, below.width)
    labels = [cell.rstrip().endswith(":") for cell in above if cell is not None]
    is_title = any(labels) and not all(labels)
    return contrast > 0 and contrast >= below.contrast(above) and (is_fuller or is_title)


def name_columns(header: Row) -> tuple[list[str], list[tuple[str, str]], set[str]]:
    """Make unique column names of a header.

    Returns the names, those that were taken already (name, name given), and those made up.
    """
    given = [UNSEEN.sub("", cell or "").strip() for cell in header]
    written = set(given)
    names: dict[str, None] = {}
    doubled, made_up = [], set()
    counts: Counter[str] = Counter()
    for at, said in enumerate(given):
        name = wanted = said or f"column_{at + 1}"
        while name in names or (not said and name in written):
            counts[wanted] += 1
            name = f"{wanted} ({counts[wanted] + 1})"
        if not said:
            made_up.add(name)
        elif name != said:
            doubled.append((said, name))
        names[name] = None
    return list(names), doubled, made_up
