"""E-mails and phones that stand in another column move to a free field of their own kind.

Where no field is free the value stays, and the rule of its column has the word.
"""

from collections import defaultdict
from typing import Final

import pandas as pd

from validators.fields import EMAIL_FIELDS, FIELDS, PHONE_FIELDS, Kind
from validators.issues import concat_issues, make_issues
from validators.standardize.distinct import Distinct
from validators.standardize.single_cells import cell_at, positions_of, write_cells

HOMES: Final = {"email": EMAIL_FIELDS, "phone": PHONE_FIELDS}
SHAPES: Final = {
    "email": r"^(?i:mailto:)?[^@\s,;:<>]+@[^@\s,;:<>]+\.[a-zA-Z]{2,}$",
    # A + or 0 before, or parted like a phone; never a date.
    "phone": (
        r"^(?:p:)?(?:\+|0[1-9]|00|\(0)[0-9 ()/\-]{6,24}[0-9]$"
        r"|^\(?[0-9]{3}\)?[ .\-]+[0-9]{3}[ .\-][0-9]{4}$"
    ),
}
HOSTS: Final[frozenset[Kind]] = frozenset(
    ("given_name", "family_name", "full_name", "company", "city", "email", "phone")
)
Strays = list[tuple[str, str, str]]  # field, kind, text


def move_misplaced(columns: dict[str, Distinct]) -> tuple[dict[str, Distinct], pd.DataFrame]:
    """Move misplaced e-mails and phones; return the columns and a `cell.moved` for each."""
    strays: dict[int, Strays] = defaultdict(list)
    for field, column in columns.items():
        for kind, shape in SHAPES.items():
            if FIELDS[field].kind in HOSTS - {kind}:
                for at, text in positions_of(column, shape).items():
                    strays[at].append((field, kind, text))
    edits: dict[str, dict[int, str | None]] = defaultdict(dict)
    issues = []
    for at, found in strays.items():
        cells, moved = place(_contacts(columns, at), found)
        for field, _, text in moved:
            edits[field][at] = None
            issues.append((int(columns[field].rows[at]), field, "cell.moved", text, text))
        for field, text in cells.items():
            edits[field][at] = text
    return write_cells(columns, edits) if edits else columns, concat_issues([make_issues(issues)])


def place(cells: dict[str, str | None], strays: Strays) -> tuple[dict[str, str], Strays]:
    """Find each stray a free field; return field → text of those placed, and the strays moved.

    A cell that is left by a stray is free, so two swapped values find each other's place. One
    that finds no place keeps its cell, and the others are placed again without it.
    """
    moving = list(strays)
    while moving:
        left = {field for field, _, _ in moving}
        held = {
            field: text for field, text in cells.items() if text is not None and field not in left
        }
        placed: dict[str, str] = {}
        for stray in moving:
            _, kind, text = stray
            free = [home for home in HOMES[kind] if home not in held and home not in placed]
            if text in held.values():
                continue
            if not free:
                moving.remove(stray)
                break
            placed[free[0]] = text
        else:
            return placed, moving
    return {}, []


def _contacts(columns: dict[str, Distinct], at: int) -> dict[str, str | None]:
    return {field: cell_at(columns, field, at) for homes in HOMES.values() for field in homes}
