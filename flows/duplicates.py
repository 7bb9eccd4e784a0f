"""Duplicates inside the rows of a check: cheap ones, or those an import would find."""

from collections.abc import Callable
from dataclasses import replace
from typing import Literal

import pandas as pd

from flows.stages import Cleaned, Mapped
from validators.duplicates import find_duplicates, find_equal_rows
from validators.grading import grade_issues
from validators.issues import concat_issues, make_issues

Duplicates = Literal["same", "similar", "none"]


def count_duplicates(
    mapped: Mapped, cleaned: Cleaned, how: Duplicates, severities: dict[str, str]
) -> Cleaned:
    """Add the duplicates inside the rows to their issues.

    `same`: equal rows and e-mail addresses. `similar`: equal rows, and who the matching of an
    import holds to be one person; it takes a second more to load.
    """
    if how == "none" or mapped.raw.empty:
        return cleaned
    place = name_places(mapped.places)
    if how == "same":
        found = find_duplicates(mapped.raw, cleaned.records, cleaned.issues, place)
    else:
        found = _find_people(mapped.raw, cleaned.records, place)
    graded = grade_issues(found, severities)
    return replace(cleaned, issues=concat_issues([cleaned.issues, graded]))


def name_places(places: pd.DataFrame) -> Callable[[int], str]:
    """Return a function that says in words where a row stands."""

    def place(row: int) -> str:
        sheet, line = places["sheet"][row], places["line"][row]
        return f"{sheet}, row {line}" if isinstance(sheet, str) else f"line {line}"

    return place


def _find_people(
    raw: pd.DataFrame, records: pd.DataFrame, place: Callable[[int], str]
) -> pd.DataFrame:
    from dedupe.resolution import resolve  # noqa: PLC0415 - loads SciPy, which most checks do not need

    equal = find_equal_rows(raw)
    clusters = resolve(records).clusters.sort_index()
    firsts = clusters.groupby(clusters).transform(lambda rows: rows.index[0])
    people = firsts[(firsts != firsts.index) & ~firsts.index.isin(list(equal))]
    found = [(row, "duplicate.row", first) for row, first in equal.items()]
    found += [(int(str(row)), "duplicate.person", int(first)) for row, first in people.items()]
    return make_issues((row, None, code, None, place(first)) for row, code, first in found)
