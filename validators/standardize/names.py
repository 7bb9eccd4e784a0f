"""The name columns of a table: whole names split, titles taken off, parts put together."""

from typing import Final

import numpy as np
import pandas as pd

from validators.issues import concat_issues
from validators.standardize.distinct import Distinct, Finding
from validators.standardize.full_name import NameParts, split_name, take_titles
from validators.standardize.name import mend_case, standardize_name

Column = pd.Series
PARTS: Final = {
    "salutation": "salutation",
    "given_name": "given",
    "middle_name": "middle",
    "family_name": "family",
    "name_suffix": "suffix",
    "full_name": "full",
}


def standardize_names(
    columns: dict[str, Distinct],
) -> tuple[dict[str, "pd.Series[str]"], pd.DataFrame]:
    """Standardize every name column there is; return columns by field and the issues."""
    done: dict[str, pd.Series[str]] = {}
    issues = []
    for field in ("salutation", "given_name", "middle_name", "family_name", "name_suffix"):
        if field in columns:
            parts, found = _read(columns[field])
            issues.append(found)
            for name, series in parts.items():
                done[name] = _fill(done.get(name), series)
    if "full_name" in columns:
        parts, found = _read(columns["full_name"])
        issues.append(found)
        done = _complete(done, parts)
    kept = {
        name: series for name, series in done.items() if name in columns or series.notna().any()
    }
    if "full_name" in kept and kept["full_name"].isna().all():
        del kept["full_name"]
    return kept, concat_issues(issues)


def _read(column: Distinct) -> tuple[dict[str, "pd.Series[str]"], pd.DataFrame]:
    """Read a column's distinct values into parts of names."""
    reading = READINGS[column.field]
    parts = [NameParts() if text is None else reading(text) for text in column.texts]
    found: list[tuple[int, Finding]] = [
        (at, finding) for at, part in enumerate(parts) for finding in part.findings
    ]
    series = {
        name: column.with_texts([getattr(part, key) for part in parts]).series().rename(name)
        for name, key in PARTS.items()
    }
    return {
        name: part for name, part in series.items() if name == column.field or part.notna().any()
    }, column.locate(found)


def _complete(
    own: dict[str, "pd.Series[str]"], parts: dict[str, "pd.Series[str]"]
) -> dict[str, "pd.Series[str]"]:
    """Fill a row's missing parts from its whole name, unless the two name different people."""
    index = parts["full_name"].index
    blank = pd.Series(pd.NA, index=index, dtype="str")
    family = own.get("family_name", blank)
    given = own.get("given_name", blank)
    whole_family = parts.get("family_name", blank)
    same = family.str.casefold() == whole_family.str.casefold()
    fits = (family.isna() & given.isna()) | same.fillna(value=False)
    done = dict(own)
    for name, series in parts.items():
        if name != "full_name":
            done[name] = _fill(own.get(name), series.where(fits))
    unsplit = done.get("given_name", blank).isna() & done.get("family_name", blank).isna()
    return done | {"full_name": parts["full_name"].where(unsplit)}


def _fill(first: "pd.Series[str] | None", second: "pd.Series[str]") -> "pd.Series[str]":
    return second if first is None else first.where(first.notna(), second)


def read_given(text: str) -> NameParts:
    """Read a given-name cell; a title before the name is a salutation."""
    before, words, _ = take_titles(text.split())
    salutation = mend_case(before).rstrip(".") if before else None
    if not words:
        return NameParts(salutation)
    cell = standardize_name(" ".join(words))
    return NameParts(salutation, given=cell.value, findings=cell.findings)


def read_middle(text: str) -> NameParts:
    """Read a middle-name cell."""
    cell = standardize_name(text)
    return NameParts(middle=cell.value, findings=cell.findings)


def read_family(text: str) -> NameParts:
    """Read a family-name cell; what stands behind the name (Jr.) is a suffix."""
    _, words, behind = take_titles(["", *text.split()])
    cell = standardize_name(" ".join(words))
    return NameParts(family=cell.value, suffix=behind, findings=cell.findings)


def read_salutation(text: str) -> NameParts:
    """Read a salutation: without its dot."""
    return NameParts(salutation=mend_case(text.strip(" ,")).rstrip(".") or None)


def read_suffix(text: str) -> NameParts:
    """Read what stands behind a name."""
    return NameParts(suffix=text.strip(" ,") or None)


READINGS: Final = {
    "salutation": read_salutation,
    "given_name": read_given,
    "middle_name": read_middle,
    "family_name": read_family,
    "name_suffix": read_suffix,
    "full_name": split_name,
}
