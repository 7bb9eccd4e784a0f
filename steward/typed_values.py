"""A value that a person typed, held to the same rules as one that came in a file."""

import pandas as pd

from validators.issues import message
from validators.schemas import validate
from validators.standardize import standardize


def read_typed(field: str, text: str, country: str | None = None) -> tuple[str | None, list[str]]:
    """Standardize what was typed into a field; returns the value and what is wrong with it.

    `country` is the contact's, by which a phone number or a postal code is read. An empty text
    is no value and nothing wrong.
    """
    text = text.strip()
    if not text:
        return None, []
    cells = {field: text} if field == "country" else {field: text, "country": country}
    done = standardize(pd.DataFrame({name: [value] for name, value in cells.items()}, dtype="str"))
    issues = validate(done.records, done.issues)
    mine = issues[(issues["field"] == field) & (issues["severity"] == "error")]
    value = done.records[field].iloc[0] if field in done.records else None
    problems = [
        message(str(code), field, before, after)
        for code, before, after in zip(mine["code"], mine["before"], mine["after"], strict=True)
    ]
    if pd.isna(value) and not problems:
        problems = ["This is not a value that the field can have."]
    return (None if problems else str(value)), problems
