"""The name columns of a table: whole names split, titles taken off, parts put together."""

from typing import Final

import numpy as np
import pandas as pd
import pyarrow.compute as pc
from numpy.typing import NDArray

from validators.issues import concat_issues
from validators.standardize.distinct import Distinct, Found, Texts
from validators.standardize.full_name import NameParts, is_ordinary, split_name, take_titles
from validators.standardize.name import mend_case, standardize_name
from validators.standardize.ordinary_names import find_ordinary
from validators.standardize.shortcut import as_arrow, as_mask, as_objects

Series = dict[str, "pd.Series[str]"]

PARTS: Final = {
    "salutation": "salutation",
    "given_name": "given",
    "middle_name": "middle",
    "family_name": "family",
    "name_suffix": "suffix",
    "full_name": "full",
}
SINGLE: Final = ("given_name", "middle_name", "family_name")
TWO_WORDS: Final = "^[A-Z][a-zäöüßéèêëáàâçñíóôúåøæœ]+ [A-Z][a-zäöüßéèêëáàâçñíóôúåøæœ]+$"


def standardize_names(columns: dict[str, Distinct]) -> tuple[Series, pd.DataFrame]:
    """Standardize every name column there is; return columns by field and the issues."""
    done: Series = {}
    issues = []
    for field in PARTS:
        if field in columns and field != "full_name":
            parts, found = read_column(columns[field])
            issues.append(found)
            for name, series in parts.items():
                done[name] = _fill(done.get(name), series)
    if "full_name" in columns:
        parts, found = read_column(columns["full_name"])
        issues.append(found)
        done = complete(done, parts)
    kept = {name: part for name, part in done.items() if name in columns or part.notna().any()}
    if "full_name" in kept and kept["full_name"].isna().all():
        del kept["full_name"]
    return kept, concat_issues(issues)


def read_column(column: Distinct) -> tuple[Series, pd.DataFrame]:
    """Read a column's distinct texts into parts of names; return those parts that occur."""
    parts = {name: np.full(len(column.texts), None, dtype=object) for name in PARTS}
    todo = np.array([text is not None for text in column.texts], dtype=bool)
    if column.field == "full_name":
        parts["given_name"], parts["family_name"], plain = split_plain(column.texts)
        todo &= ~plain
    elif column.field in SINGLE:
        plain = find_ordinary(column.texts)
        parts[column.field][plain] = column.texts[plain]
        todo &= ~plain
    reading = READINGS[column.field]
    found: Found = []
    for at in np.flatnonzero(todo).tolist():
        read = reading(column.texts[at])
        for name, part in PARTS.items():
            parts[name][at] = getattr(read, part)
        found.extend((at, finding) for finding in read.findings)
    series = {
        name: column.with_texts(texts).series().rename(name)
        for name, texts in parts.items()
        if name == column.field or any(text is not None for text in texts)
    }
    return series, column.locate(found)


def split_plain(texts: Texts) -> tuple[Texts, Texts, NDArray[np.bool_]]:
    """Split whole names of two ordinary words; return given, family, and where that was."""
    column = as_arrow(texts)
    plain = as_mask(pc.match_substring_regex(column, TWO_WORDS))
    halves = [
        as_objects(pc.replace_substring_regex(column, rest, "")).copy() for rest in (" .*", ".* ")
    ]
    for half in halves:
        codes, known = pd.factorize(np.where(plain, half, ""))
        ordinary = np.array([is_ordinary(str(word)) for word in known], dtype=bool)
        plain &= ordinary[codes]
    for half in halves:
        half[~plain] = None
    return halves[0], halves[1], plain


def complete(own: Series, parts: Series) -> Series:
    """Fill a row's missing parts from its whole name, unless the two name different people."""
    index = parts["full_name"].index
    blank = pd.Series(pd.NA, index=index, dtype="str")
    given, family = own.get("given_name", blank), own.get("family_name", blank)
    whole_family = parts.get("family_name", blank)
    same = (family.str.casefold() == whole_family.str.casefold()).fillna(value=False)
    fits = (family.isna() & given.isna()) | same
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
    salutation, words, suffix = take_titles(text.split())
    cell = standardize_name(" ".join(words))
    return NameParts(salutation, given=cell.value, suffix=suffix, findings=cell.findings)


def read_middle(text: str) -> NameParts:
    """Read a middle-name cell."""
    cell = standardize_name(text)
    return NameParts(middle=cell.value, findings=cell.findings)


def read_family(text: str) -> NameParts:
    """Read a family-name cell; what stands behind the name (Jr.) is a suffix."""
    # A word that is no title before it keeps a family called Major or Judge whole.
    _, words, suffix = take_titles(["-", *text.split()])
    cell = standardize_name(" ".join(words[1:]))
    return NameParts(family=cell.value, suffix=suffix, findings=cell.findings)


def read_salutation(text: str) -> NameParts:
    """Read a salutation: without its dot."""
    return NameParts(salutation=mend_case(text.strip(" ,").rstrip(" .,")) or None)


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
