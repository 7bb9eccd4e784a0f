"""A table of mapped texts becomes a standardized table, and what was found on the way.

Every column is taken apart into distinct values; cells are mended first, then each kind of
field gets its own rule. Fields that need others (a phone its country) come after them.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import partial
from typing import Final

import numpy as np
import pandas as pd

from validators.fields import FIELDS, Kind
from validators.issues import TABLE_ROW, concat_issues, make_issues
from validators.standardize.address import (
    standardize_place,
    standardize_region,
    standardize_street,
)
from validators.standardize.cells import cell_rule, needs_attention
from validators.standardize.company import standardize_company
from validators.standardize.country import standardize_country
from validators.standardize.date import (
    MONTH_FIRST,
    choose_order,
    standardize_birth_date,
    standardize_date,
    standardize_moment,
)
from validators.standardize.distinct import Distinct, Rule, encode, pair
from validators.standardize.email import standardize_email
from validators.standardize.names import PARTS, standardize_names
from validators.standardize.number import standardize_number, standardize_seconds
from validators.standardize.phones import standardize_phones
from validators.standardize.postal_code import standardize_postal_code
from validators.standardize.text import (
    standardize_category,
    standardize_flag,
    standardize_gender,
    standardize_identifier,
    standardize_national_id,
    standardize_text,
)
from validators.standardize.url import standardize_url

BY_KIND: Final[dict[Kind, Rule]] = {
    "email": standardize_email,
    "company": standardize_company,
    "street": standardize_street,
    "city": standardize_place,
    "region": standardize_region,
    "country": standardize_country,
    "identifier": standardize_identifier,
    "url": standardize_url,
    "number": standardize_number,
    "flag": standardize_flag,
    "category": standardize_category,
    "text": standardize_text,
}
BY_FIELD: Final[dict[str, Rule]] = {
    "gender": standardize_gender,
    "national_id": standardize_national_id,
    "call_seconds": standardize_seconds,
}


@dataclass(frozen=True)
class Standardized:
    """Standardized records (index `row`, columns of FIELDS) and the issues found in them."""

    records: pd.DataFrame
    issues: pd.DataFrame


def standardize(
    records: pd.DataFrame, *, default_country: str | None = None, today: date | None = None
) -> Standardized:
    """Bring mapped records into standard form; a value that cannot be brought becomes null.

    `records`: text columns named like fields, index = row. `default_country`: alpha-2, used for
    phones without a country code and for the order of dates. `today`: for the century of
    two-digit years. Same index in and out; standardizing twice changes nothing.
    """
    today = today or datetime.now(UTC).date()
    columns = {field: encode(records[field].astype("str"), field) for field in records}
    columns, found = _mend_cells(columns)
    issues = [found]
    done: dict[str, pd.Series[str]] = {}
    for field in columns:
        rule = BY_FIELD.get(field) or BY_KIND.get(FIELDS[field].kind)
        if rule and field not in PARTS:
            columns[field], found = columns[field].apply(rule)
            done[field] = columns[field].series()
            issues.append(found)
    phones = tuple(field for field in columns if FIELDS[field].kind == "phone")
    for series, found in (
        standardize_names(columns),
        standardize_phones(columns, phones, default_country),
        _standardize_dates(columns, default_country, today),
        _standardize_postal_codes(columns, default_country),
    ):
        done |= series
        issues.append(found)
    ordered = {field: done[field] for field in FIELDS if field in done}
    frame = pd.DataFrame(ordered, index=pd.Index(records.index, name="row"))
    return Standardized(frame, concat_issues(issues))


def _mend_cells(columns: dict[str, Distinct]) -> tuple[dict[str, Distinct], pd.DataFrame]:
    mended, issues = {}, []
    for field, column in columns.items():
        kind = FIELDS[field].kind
        todo = needs_attention(column.values, kind)
        mended[field], found = column.apply(cell_rule(kind), todo)
        issues.append(found)
    return mended, concat_issues(issues)


def _standardize_dates(
    columns: dict[str, Distinct], default_country: str | None, today: date
) -> tuple[dict[str, "pd.Series[str]"], pd.DataFrame]:
    done, issues = {}, []
    month_first = _month_first(columns, default_country)
    for field, column in columns.items():
        kind = FIELDS[field].kind
        if kind not in {"date", "datetime"}:
            continue
        texts = [text for text in column.values if text is not None]
        reading = choose_order(texts, month_first_country=month_first)
        if not reading.sure:
            issues.append(make_issues([(TABLE_ROW, field, "date.ambiguous", None, None)]))
        rule = standardize_moment if kind == "datetime" else standardize_date
        rule = standardize_birth_date if field == "birth_date" else rule
        read, found = column.apply(partial(rule, order=reading.order, today=today))
        done[field] = read.series()
        issues.append(found)
    return done, concat_issues(issues)


def _month_first(columns: dict[str, Distinct], default_country: str | None) -> bool | None:
    """Tell whether the table's country writes the month first; None where no country is known."""
    if "country" in columns:
        countries = columns["country"].series().value_counts()
        if len(countries):
            return countries.index[0] in MONTH_FIRST
    return default_country in MONTH_FIRST if default_country else None


def _standardize_postal_codes(
    columns: dict[str, Distinct], default_country: str | None
) -> tuple[dict[str, "pd.Series[str]"], pd.DataFrame]:
    if "postal_code" not in columns:
        return {}, concat_issues([])
    column = columns["postal_code"]
    countries = np.full(len(column.codes), default_country or "", dtype=object)
    if "country" in columns:
        known = columns["country"].series()
        countries = known.fillna(default_country or "").to_numpy(dtype=object)
    codes, contexts = pair(column, countries)
    cells = [
        None if text is None else standardize_postal_code(text, country)
        for text, country in zip(codes.values, contexts, strict=True)
    ]
    found = [(at, finding) for at, cell in enumerate(cells) if cell for finding in cell.findings]
    values = codes.with_values([cell.value if cell else None for cell in cells])
    return {"postal_code": values.series()}, codes.locate(found)
