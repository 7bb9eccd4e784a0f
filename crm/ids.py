"""Ids as people see them: a letter and a number, `c12`, `b7`."""

import re
from typing import Final

__all__ = ["LETTERS", "read", "show"]

LETTERS: Final = {
    "account": "a",
    "batch": "b",
    "contact": "c",
    "hold": "h",
    "figure_import": "f",
    "interaction": "i",
    "judgement": "j",
    "lead": "l",
    "merge_event": "e",
    "outgoing_delivery": "d",
    "opportunity": "o",
    "quarantine_row": "q",
    "review_item": "m",
    "source_record": "r",
}
TABLES: Final = {letter: table for table, letter in LETTERS.items()}
SHAPE: Final = re.compile(r"([a-z])([1-9][0-9]{0,17})", re.ASCII)


def show(table: str, number: int) -> str:
    """Write the id of a row of `table` for people."""
    return f"{LETTERS[table]}{number}"


def read(text: str) -> tuple[str, int] | None:
    """Read an id people typed into (table, number); None where it is no id."""
    found = SHAPE.fullmatch(text.strip().lower())
    if found is None or found[1] not in TABLES:
        return None
    return TABLES[found[1]], int(found[2])
