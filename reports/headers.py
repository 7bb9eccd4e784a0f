"""What the file calls the field that an issue is about."""

from collections.abc import Iterable, Iterator

import pandas as pd

from reports.model import Reading

# Fields that are parts of a column of another field, where they have no column of their own.
PART_OF = {"given_name": "full_name", "family_name": "full_name", "phone_ext": "phone"}


def name_columns(issues: pd.DataFrame, readings: Iterable[Reading]) -> pd.DataFrame:
    """Return the issues of a batch with `column`: the header of the field, null where unknown."""
    columns: dict[tuple[str, str, str], str] = {}
    for reading in readings:
        for field, header in _named(reading):
            columns.setdefault((reading.file, reading.sheet or "", field), header)
    places = (issues[name].fillna("") for name in ("file", "sheet", "field"))
    found = [columns.get(place) for place in zip(*places, strict=True)]
    return issues.assign(column=pd.Series(found, index=issues.index, dtype="str"))


def _named(reading: Reading) -> Iterator[tuple[str, str]]:
    """Every field of a table with its header, then the parts of those that have parts."""
    fields = [(each.field, each.header) for each in reading.columns if each.field]
    yield from fields
    for part, whole in PART_OF.items():
        yield from ((part, header) for field, header in fields if field == whole)
