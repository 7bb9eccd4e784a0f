"""The date columns of a table: each column's order of day and month, then its dates."""

from datetime import date
from functools import partial

import pandas as pd

from validators.fields import FIELDS
from validators.issues import TABLE_ROW, concat_issues, make_issues
from validators.standardize.date import (
    MONTH_FIRST,
    PLAIN_DAY,
    PLAIN_MINUTE,
    PLAIN_MOMENT,
    choose_order,
    standardize_birth_date,
    standardize_date,
    standardize_moment,
)
from validators.standardize.distinct import Distinct


def standardize_dates(
    columns: dict[str, Distinct], default_country: str | None, today: date
) -> tuple[dict[str, "pd.Series[str]"], pd.DataFrame]:
    """Standardize dates and moments; an order that nothing tells is an issue of the table."""
    done: dict[str, pd.Series[str]] = {}
    issues = []
    month_first = puts_month_first(columns, default_country)
    for field, column in columns.items():
        if FIELDS[field].kind not in {"date", "datetime"}:
            continue
        texts = [text for text in column.texts if text is not None]
        reading = choose_order(texts, month_first_country=month_first)
        if not reading.sure:
            issues.append(make_issues([(TABLE_ROW, field, "date.ambiguous", None, None)]))
        if FIELDS[field].kind == "datetime":
            rule, shortcuts = standardize_moment, [PLAIN_MOMENT, PLAIN_MINUTE]
        else:
            rule = standardize_birth_date if field == "birth_date" else standardize_date
            shortcuts = [PLAIN_DAY]
        read, found = column.apply(partial(rule, order=reading.order, today=today), *shortcuts)
        done[field] = read.series()
        issues.append(found)
    return done, concat_issues(issues)


def puts_month_first(columns: dict[str, Distinct], default_country: str | None) -> bool | None:
    """Tell whether most rows' country writes the month first; None where no country is known."""
    if "country" in columns:
        known = columns["country"].series().dropna()
        if len(known):
            return bool(known.isin(MONTH_FIRST).mean() > 0.5)
    return default_country in MONTH_FIRST if default_country else None
