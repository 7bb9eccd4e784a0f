"""Tables that lie on their side: a person a column, a field a row."""

import re
from collections.abc import Sequence
from typing import Final

from connectors.spreadsheets.header import Row, extent, kind_of

LOOKED_AT: Final = 60
# How a field is named, no person: enough where there is but one value beside it.
MAIL_ALONE: Final = re.compile(
    r"(e-?)?mail(s|[ -]?ad+resse?)?|courriel|correo( electr[óo]nico)?|эл.*почта|邮箱", re.IGNORECASE
)
MAIL: Final = re.compile(r"mail|courriel|correo|почт|邮", re.IGNORECASE)
PHONE: Final = re.compile(r"phone|t[eé]l[eé]?\b|telefon|tel[eé]fono|mobile?|handy", re.IGNORECASE)


def lies_on_its_side(rows: Sequence[Row]) -> bool:
    """Whether a row names a field first, and holds nothing but values of that field after it.

    A row of addresses alone says so without its name where the columns hold other things, too.
    """
    rows = rows[:LOOKED_AT]
    return any(_is_field(row, rows) for row in rows)


def _is_field(row: Row, rows: Sequence[Row]) -> bool:
    first, rest = row[0] if row else None, [cell for cell in row[1:] if cell is not None]
    if first is None or not rest or kind_of(first) != "text":
        return False
    kinds = {kind_of(cell) for cell in rest}
    if len(rest) == 1:
        named = MAIL_ALONE.fullmatch(first.strip(" \t:*"))
        return bool(named) and kinds == {"email"} and _is_mixed(rows, extent(row))
    if kinds == {"email"}:
        return bool(MAIL.search(first)) or _is_mixed(rows, extent(row))
    return kinds == {"number"} and bool(PHONE.search(first)) and _is_mixed(rows, extent(row))


def _is_mixed(rows: Sequence[Row], width: int) -> bool:
    """Whether most columns hold texts beside the values of the row."""
    columns = range(1, width)
    mixed = sum(
        any(
            len(row) > at and (cell := row[at]) is not None and kind_of(cell) == "text"
            for row in rows
        )
        for at in columns
    )
    return mixed > len(columns) / 2
