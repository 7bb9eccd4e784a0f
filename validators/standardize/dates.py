"""The date columns of a table: each column's order of day and month, then its dates."""

from collections.abc import Mapping
from datetime import date
from functools import partial
from typing import Final

import pandas as pd

from validators.fields import FIELDS
from validators.issues import TABLE_ROW, concat_issues, make_issues
from validators.standardize.country import standardize_country
from validators.standardize.date import (
    LONGEST,
    MONTH_FIRST,
    PLAIN_DAY,
    PLAIN_MINUTE,
    PLAIN_MOMENT,
    Order,
    choose_order,
    standardize_birth_date,
    standardize_date,
    standardize_moment,
)
from validators.standardize.distinct import Distinct, encode
from validators.standardize.mending import mend_cells

# A date that begins with its year says nothing about the order of the others.
YEAR_FIRST: Final = r"^[0-9]{4}-"


def read_orders(
    records: pd.DataFrame, default_country: str | None
) -> tuple[dict[str, Order], pd.DataFrame]:
    """Decide for each column of dates whether the day or the month comes first.

    Returns field → order, and an issue of the table for each column where nothing told it.
    """
    fields = [str(field) for field in records if FIELDS[str(field)].kind in {"date", "datetime"}]
    orders: dict[str, Order] = {}
    unsure: list[str] = []
    for field in fields:
        texts = records[field].astype("str")
        texts = texts[texts.str.len() <= LONGEST]
        texts = texts[~texts.str.contains(YEAR_FIRST).fillna(value=True).astype(bool)]
        mended, _ = mend_cells({field: encode(texts, field)})
        known = [text for text in mended[field].texts if text is not None]
        month_first = puts_month_first(records, default_country) if known else None
        reading = choose_order(known, month_first_country=month_first)
        orders[field] = reading.order
        if not reading.sure:
            unsure.append(field)
    found = [(TABLE_ROW, field, "date.ambiguous", None, None) for field in unsure]
    return orders, make_issues(found)


def standardize_dates(
    columns: dict[str, Distinct], orders: Mapping[str, Order], today: date
) -> tuple[dict[str, "pd.Series[str]"], pd.DataFrame]:
    """Standardize dates and moments, each column in its order of day and month."""
    done: dict[str, pd.Series[str]] = {}
    issues = []
    for field in orders:
        if FIELDS[field].kind == "datetime":
            rule, shortcuts = standardize_moment, [PLAIN_MOMENT, PLAIN_MINUTE]
        else:
            rule = standardize_birth_date if field == "birth_date" else standardize_date
            shortcuts = [PLAIN_DAY]
        order = partial(rule, order=orders[field], today=today)
        read, found = columns[field].apply(order, *shortcuts)
        done[field] = read.series()
        issues.append(found)
    return done, concat_issues(issues)


def puts_month_first(records: pd.DataFrame, default_country: str | None) -> bool | None:
    """Tell whether most rows' country writes the month first; None where no country is known."""
    if "country" in records:
        mended, _ = mend_cells({"country": encode(records["country"].astype("str"), "country")})
        known = mended["country"].apply(standardize_country)[0].series().dropna()
        if len(known):
            return bool(known.isin(MONTH_FIRST).mean() > 0.5)
    return default_country in MONTH_FIRST if default_country else None
