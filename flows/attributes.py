"""Columns beyond the vocabulary of a lead that a source keeps: attributes of its contacts."""

from collections.abc import Iterable
from dataclasses import replace

import pandas as pd

from flows.job import ImportJob
from flows.stages import Cleaned, Mapped
from validators.fields import ATTRIBUTE_PREFIX, LONGEST_ATTRIBUTE
from validators.mapping.columns import MappedColumn
from validators.mapping.headers import fold_header

__all__ = ["keep_attributes", "name_attributes"]


def name_attributes(columns: Iterable[MappedColumn], job: ImportJob) -> dict[str, str]:
    """Header -> `attributes.NAME`: as told, and of `keep_columns` those that are no field.

    A column that is left out on purpose is not kept.
    """
    columns = list(columns)
    headers = [each.column for each in columns]
    named = {column: name for column, name in job.attributes.items() if column in headers}
    for each in columns if job.keep_columns else ():
        if each.field is None and each.column not in job.overrides:
            named[each.column] = _invent(each.column, set(named.values()))
    return named


def _invent(header: str, taken: set[str]) -> str:
    """Make a name of a header: `Booth No.` is `attributes.booth_no`."""
    words = fold_header(header).encode("ascii", "ignore").decode().split()
    plain = "_".join(words)[: LONGEST_ATTRIBUTE - 4]
    name = ATTRIBUTE_PREFIX + (plain if plain[:1].isalpha() else f"column_{plain}".rstrip("_"))
    rivals = (name, *(f"{name}_{number}" for number in range(2, len(taken) + 3)))
    return next(each for each in rivals if each not in taken)


def keep_attributes(mapped: Mapped, cleaned: Cleaned) -> Cleaned:
    """Add the attributes to the records: texts without outer spaces, null where empty."""
    found: dict[str, pd.Series[str]] = {}
    here = [pair for pair in mapped.attributes.items() if pair[0] in mapped.raw]
    for header, name in sorted(here, key=lambda pair: pair[1]):
        texts = mapped.raw[header].reindex(cleaned.records.index).astype("str").str.strip()
        texts = texts.mask(texts == "")
        found[name] = found[name].fillna(texts) if name in found else texts
    return replace(cleaned, records=cleaned.records.assign(**found)) if found else cleaned
