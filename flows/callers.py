"""Calls and visits that name nobody: the number tells who it was, where it is one person's."""

from collections.abc import Iterable

import pandas as pd

from validators.fields import EMAIL_FIELDS, NAME_FIELDS, PHONE_FIELDS

NAMING = (*NAME_FIELDS, "full_name", "company", *EMAIL_FIELDS)


def link_numbers(records: pd.DataFrame, known: pd.DataFrame) -> list[tuple[int, int]]:
    """Pairs (label of a known record, row) that are one person by their number alone.

    Only rows with a number and nothing else to know anybody by, and only numbers that exactly one
    contact with a name has: a line that several people share tells nobody.
    """
    nameless = _is_nameless(records)
    if "phone" not in records or not nameless.any():
        return []
    rows = records["phone"][nameless].dropna()
    owners = _owners(known[~_is_nameless(known)])
    owners = owners[owners["phone"].isin(rows)]
    single = owners.groupby("phone")["contact"].transform("nunique") == 1
    labels = owners[single].drop_duplicates("phone").set_index("phone")["label"]
    found = rows.map(labels).dropna().astype("int64")
    return [(int(label), int(row)) for row, label in _pairs(found)]


def _pairs(found: pd.Series) -> Iterable[tuple[int, int]]:
    return zip(found.index.tolist(), found.tolist(), strict=True)


def _is_nameless(records: pd.DataFrame) -> pd.Series:
    telling = [name for name in NAMING if name in records]
    return records[telling].isna().all(axis="columns")


def _owners(known: pd.DataFrame) -> pd.DataFrame:
    """Every number of every record: `phone`, `contact`, `label`."""
    frames = [
        known[[name, "contact"]].set_axis(["phone", "contact"], axis="columns").dropna()
        for name in PHONE_FIELDS
        if name in known
    ]
    if not frames:
        return pd.DataFrame({"phone": [], "contact": [], "label": []})
    return pd.concat(frames).rename_axis("label").reset_index()
