"""Rows that are no records: the header once more, totals, rules, units, nothing but space."""

import re
from collections.abc import Iterator, Sequence
from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from connectors.spreadsheets.grid import Grid, GridFinding

Row = Sequence[str | None]

WORDS: Final = (
    r"(grand[ \t]+)?(sub-?)?totals?|sum|count|summe|gesamt(summe)?|insgesamt|zwischensumme|anzahl|"
    r"total[ \t]+g[ée]n[ée]ral|sous-total|somme|nombre|suma([ \t]+total)?|total[ \t]+general|"
    r"totale|totaal|razem|celkem|итого|всего"
)
# What may stand around a name; files put together leave a byte order mark before the second header.
AROUND: Final = " \t\r\n\v\f\u00a0\u200b\ufeff"
# “Total”, “Total leads:”, “Summe 12”
TOTALS: Final = re.compile(
    rf"\s*({WORDS})(?!\w)(?P<what>[ \t]+[^\W\d]+)?\s*[:=]?\s*", re.IGNORECASE
)
# The same for Arrow's regular expressions, to find the few rows worth a look.
TOTALS_START: Final = rf"(?i)^\s*({WORDS})([^\pL]|$| )"
# What is drawn between rows: “---”, “:---:”, “+======+”
RULE: Final = r"^[\s:|+]*[-=_*~\x{2500}-\x{2550}]{2,}[-=_*~\x{2500}-\x{2550}\s:|+]*$"
RULE_CELL: Final = re.compile(r"[\s:|+]*[-=_*~\u2500-\u2550]{2,}[-=_*~\u2500-\u2550\s:|+]*")
# “(text)”, “[EUR]”, “varchar(50)”, “required”: what is said about a column, not of a person.
UNIT: Final = re.compile(
    r"\(.*\)|\[.*\]|<.*>|\{.*\}|"
    r"((n?var)?char|text|string|int(eger)?|bigint|number|numeric|decimal|float|double|bool(ean)?|"
    r"date|datetime|timestamp|uuid)(\s*\([\d,\s]*\))?|"
    r"(required|optional|mandatory|pflichtfeld|optional(es feld)?|obligatoire|facultatif)",
    re.IGNORECASE,
)
LONGEST: Final = 64
# A file may hold nothing else, a million of them.
AT_ONCE: Final = 10_000
NUMERIC: Final = re.compile(r"[-+]?[€$£]?\s?[\d.,'\s]*\d[\d.,'\s]*[%€$£]?")


def find_asides(body: Grid, header: Row) -> list[GridFinding]:
    """Find the repeated headers and the lines of totals among the rows below a header."""
    first = _first_cells(body)
    found: list[GridFinding] = []
    names = said(header)
    if names:
        again = pc.equal(pc.utf8_lower(pc.utf8_trim(first, AROUND)), names[0])
        found += [
            GridFinding(at, None, "row.repeated_header")
            for at, row in _rows_where(body, again)
            if said(row)[: len(names)] == names
        ]
    rules = pc.match_substring_regex(first, RULE)
    found += [
        GridFinding(at, None, "row.rule_line")
        for at, row in _rows_where(body, rules)
        if all(cell is None or RULE_CELL.fullmatch(cell) for cell in row)
    ]
    totals = pc.match_substring_regex(first, TOTALS_START)
    return found + [
        GridFinding(at, None, "row.totals_line", next(cell for cell in row if cell is not None))
        for at, row in _rows_where(body, totals)
        if is_totals(row)
    ]


def is_totals(row: Row) -> bool:
    """Whether a row sums up others: it says so first, and holds nothing but numbers besides.

    One more word may say of what, if a number follows: “Total leads”, 25.
    """
    first, *rest = [cell.strip() for cell in row if cell is not None]
    word = TOTALS.match(first)
    if word is None or len(rest) > len(row) / 2 + 1 or max(map(len, [first, *rest])) > LONGEST:
        return False
    numbers = [first[word.end() :].strip(), *rest]
    if word["what"] and not any(numbers):
        return False
    return all(not cell or NUMERIC.fullmatch(cell) or TOTALS.fullmatch(cell) for cell in numbers)


def find_empty(body: Grid) -> NDArray[np.bool_]:
    """Tell which rows hold nothing, or nothing but space."""
    first = _first_cells(body)
    empty = np.asarray(first.is_null())
    spaces = pc.utf8_is_space(first)
    for at, row in _rows_where(body, spaces):
        empty[at] = all(cell is None or cell.isspace() for cell in row)
    return empty


def _first_cells(body: Grid) -> "pa.ChunkedArray":
    """The first filled cell of each row."""
    return pc.coalesce(*body.columns) if body.columns else pa.chunked_array([[]], pa.large_string())


def _rows_where(body: Grid, mask: "pa.ChunkedArray") -> Iterator[tuple[int, Row]]:
    positions = pc.indices_nonzero(mask)
    for start in range(0, len(positions), AT_ONCE):
        some = positions[start : start + AT_ONCE]
        yield from zip(some.to_pylist(), body.take(some), strict=True)


def said(row: Row) -> list[str]:
    """The names a row gives as a header, each in small letters."""
    return [cell.strip(AROUND).lower() for cell in row if cell is not None]
