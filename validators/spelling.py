"""Rare spellings beside frequent ones of the same column: a suggestion, and how sure it is.

A value that stands in a few rows and is one slip (a letter left out, added, exchanged or swapped)
away from one that stands in many is a slip of it. A city is corrected where its postal code says
the same; everything else is a suggestion only. Companies are no such column, as a file has as many
names as firms: they are held against the accounts there are (`company_spelling`).
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

import pandas as pd

from validators.issues import make_issues

COLUMNS: Final = ("city", "region", "job_title")
SHORTEST: Final = 5
# A value is known from so many rows on, and a slip stands in at most one row of so many of it.
KNOWN: Final = 20
TIMES: Final = 10
# So many of the commonest values are known; beyond them nothing is as common.
MOST_KNOWN: Final = 5_000
# From this confidence on a value is corrected.
SURE: Final = 0.95
WITH_POSTAL_CODE: Final = 0.97
ALONE: Final = 0.8


@dataclass(frozen=True)
class Suggestion:
    """What a value was probably meant to be, and how sure that is (0…1)."""

    meant: str
    confidence: float


def mend_spelling(records: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Correct the sure slips of standardized records; return them and an issue for every slip."""
    found: list[tuple[int, str | None, str, str | None, str | None]] = []
    for field in COLUMNS:
        if field not in records:
            continue
        column = records[field]
        slips = find_slips(column)
        hit = column[column.isin(list(slips))]
        sure = _agreeing(records, hit, slips) if field == "city" and len(hit) else frozenset()
        for row, text in zip(hit.index.tolist(), hit, strict=True):
            code = "spelling.corrected" if row in sure else "spelling.suspected"
            found.append((row, field, code, text, slips[text].meant))
        if sure:
            meant = hit[hit.index.isin(sure)].map({text: s.meant for text, s in slips.items()})
            records = records.assign(**{field: meant.reindex(column.index).fillna(column)})
    return records, make_issues(found)


def find_slips(
    column: "pd.Series[str]", accounts: Collection[str] = ()
) -> Mapping[str, Suggestion]:
    """Return slip → suggestion for the values of a column; `accounts` are known besides."""
    counts = column.value_counts()
    often = counts[counts >= KNOWN].head(MOST_KNOWN)
    known = {name: int(often.get(name, KNOWN * TIMES)) for name in [*often.index, *accounts]}
    known = {name: rows for name, rows in known.items() if len(name) >= SHORTEST}
    if not known:
        return {}
    near: dict[str, set[str]] = {}
    for name in known:
        for key in _shortened(name.casefold()):
            near.setdefault(key, set()).add(name)
    rare = counts[(counts * TIMES <= max(known.values())) & (counts < KNOWN)]
    return {
        text: Suggestion(meant, ALONE)
        for text, rows in rare.items()
        if isinstance(text, str) and text not in known and len(text) >= SHORTEST
        for meant in [_meant(text, int(rows), near, known)]
        if meant
    }


def _meant(
    text: str, rows: int, near: Mapping[str, set[str]], known: Mapping[str, int]
) -> str | None:
    """Return the one known value that is a slip away and far more frequent; None for several."""
    from rapidfuzz.distance import OSA  # noqa: PLC0415 - not needed where nothing is near

    folded = text.casefold()
    candidates = {name for key in _shortened(folded) for name in near.get(key, ())}
    close = {
        name
        for name in candidates
        if known[name] >= rows * TIMES
        and name.casefold() != folded
        and OSA.distance(name.casefold(), folded, score_cutoff=1) == 1
        # A number, and a letter at the end or the start, often make another name of it.
        and not any(char.isdigit() for char in folded)
        and name[0].casefold() == folded[0]
    }
    return close.pop() if len(close) == 1 else None


def _shortened(text: str) -> Iterator[str]:
    """Yield a text and what is left of it without any one letter: slips share one of these."""
    yield text
    for at in range(len(text)):
        yield text[:at] + text[at + 1 :]


def _agreeing(
    records: pd.DataFrame, hit: "pd.Series[str]", slips: Mapping[str, Suggestion]
) -> frozenset[int]:
    """Return the rows whose postal code is one of the city that was meant."""
    if "postal_code" not in records or WITH_POSTAL_CODE < SURE:
        return frozenset()
    meant = hit.map({text: slip.meant for text, slip in slips.items()})
    there = records["city"].isin(set(meant))
    cities = records.loc[there, ["city", "postal_code"]].drop_duplicates()
    pairs = set(zip(cities["city"].tolist(), cities["postal_code"].tolist(), strict=True))
    codes = records.loc[hit.index, "postal_code"].tolist()
    return frozenset(
        row
        for row, city, code in zip(hit.index.tolist(), meant.tolist(), codes, strict=True)
        if isinstance(code, str) and (city, code) in pairs
    )
