"""The records of a mapped table: its columns under the names of fields, the others as extra."""

import pandas as pd

from validators.fields import FIELDS
from validators.mapping.columns import ColumnMapping
from validators.mapping.consent import is_consent, turn_round
from validators.mapping.date_parts import date_part
from validators.mapping.parts import place_of
from validators.standardize.date import MONTHS


def apply_mapping(rows: pd.DataFrame, mapping: ColumnMapping) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return the records (columns named like fields, in the order of FIELDS) and the extra columns.

    Both have the index of `rows`. An empty text is null. Columns of one field are joined with a
    space, a house number before or after the street as its language has it; year, month and day are
    a date. Consent becomes the
    contrary, an opt-out.
    """
    sources: dict[str, list[str]] = {}
    for mapped in mapping.columns:
        if mapped.field:
            sources.setdefault(mapped.field, []).append(mapped.column)
    agreed = sources.get("email_opt_out", [])
    rows = rows.assign(**{name: turn_round(rows[name]) for name in agreed if is_consent(name)})
    records = {field: _join(rows, sources[field]) for field in FIELDS if field in sources}
    index = pd.Index(rows.index, name="row")
    extra = rows[[mapped.column for mapped in mapping.columns if not mapped.field]]
    return pd.DataFrame(records, index=index), extra.set_axis(index)


def _join(rows: pd.DataFrame, headers: list[str]) -> "pd.Series[str]":
    """Join the columns of one field, in their order, parts before and behind it."""
    dates = {date_part(header): header for header in headers}
    if dates.keys() == {0, 1, 2}:
        return _join_date(*(_filled(rows[dates[place]]) for place in range(3)))
    first, *others = sorted(headers, key=place_of)
    joined = _filled(rows[first])
    for header in others:
        other = _filled(rows[header]).mask(rows[header] == joined)  # said once is enough
        joined = joined.str.cat(other, sep=" ").fillna(joined).fillna(other)
    return joined


def _filled(column: "pd.Series[str]") -> "pd.Series[str]":
    texts = column.astype("str")
    return texts.mask(texts == "")


def _join_date(
    year: "pd.Series[str]", month: "pd.Series[str]", day: "pd.Series[str]"
) -> "pd.Series[str]":
    """Write the date of three columns in one: 1967-4-7, or 7 April 1967."""
    told = year.notna() | month.notna() | day.notna()
    year, month, day = (part.fillna("").str.strip() for part in (year, month, day))
    named = month.str.casefold().str.rstrip(".").isin(MONTHS)
    joined = (day + " " + month + " " + year).where(named, year + "-" + month + "-" + day)
    return joined.where(told)
