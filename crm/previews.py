"""Golden records that are not there yet, told for people."""

import json
from collections.abc import Iterator, Mapping
from typing import Any

import pandas as pd

from crm import ids
from crm.contacts import COLUMNS
from validators.fields import FIELDS, attributes_of

__all__ = ["tell_values"]


def tell_values(
    rows: pd.DataFrame, number: int, owner: Mapping[int, int] | None = None
) -> Iterator[dict[str, Any]]:
    """Tell each value of one of `rows`, where it is from, and the values it wins against.

    `owner`: record -> the contact it belongs to now.
    """
    row = dict(zip(rows.columns, rows.loc[[number]].to_numpy()[0], strict=True))
    values = {name: row[name] for name in COLUMNS if isinstance(row[name], str)}
    values |= json.loads(row["fields"])
    provenance = json.loads(row["provenance"])
    lost = json.loads(row["alternates"]) if isinstance(row["alternates"], str) else {}
    for name in (*FIELDS, *attributes_of({*values, *lost})):
        if name in values or name in lost:
            yield {
                "field": name,
                "value": values.get(name),
                **_tell_origin(provenance.get(name, provenance.get("*")), owner),
                "rivals": [
                    {"value": value, **_tell_origin(record, owner)}
                    for value, record in lost.get(name, ())
                ],
            }


def _tell_origin(origin: int | str | None, owner: Mapping[int, int] | None) -> dict[str, Any]:
    if not isinstance(origin, int):
        return {"record": None, "contact": None, "by": origin}
    contact = None if owner is None else owner.get(origin)
    return {
        "record": ids.show("source_record", origin),
        "contact": None if contact is None else ids.show("contact", contact),
        "by": "record",
    }
