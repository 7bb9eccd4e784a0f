"""What the file calls the field that an issue is about."""

from collections.abc import Iterable

import pandas as pd

from reports.model import Reading
from validators.fields import with_parts


def name_columns(issues: pd.DataFrame, readings: Iterable[Reading]) -> pd.DataFrame:
    """Return the issues of a batch with `column`: the header of the field, null where unknown."""
    columns: dict[tuple[str, str, str], str] = {}
    for reading in readings:
        fields = ((each.field, each.header) for each in reading.columns if each.field)
        for field, header in with_parts(fields):
            columns.setdefault((reading.file, reading.sheet or "", field), header)
    places = (issues[name].fillna("") for name in ("file", "sheet", "field"))
    found = [columns.get(place) for place in zip(*places, strict=True)]
    return issues.assign(column=pd.Series(found, index=issues.index, dtype="str"))
