"""The date columns of a table: each column's order of day and month, then its dates."""

from collections.abc import Mapping
from dataclasses import replace
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
    DateReading,
    Order,
    choose_order,
    standardize_birth_date,
    standardize_date,
    standardize_moment,
)
from validators.standardize.distinct import Cell, Distinct, Rule, encode
from validators.standardize.mending import mend_cells
from validators.standardize.serials import AHEAD, FIRST_LEAD, holds_serials, read_serial

# A date that begins with its year says nothing about the order of the others.
YEAR_FIRST: Final = r"^[0-9]{4}-"


def learn_to_read(
    records: pd.DataFrame, default_country: str | None
) -> tuple[dict[str, DateReading], pd.DataFrame]:
    """Decide for each column of dates whether the day or the month comes first.

    Returns field → reading, and an issue of the table for each column where nothing told it.
    """
    fields = [str(field) for field in records if FIELDS[str(field)].kind in {"date", "datetime"}]
    readings: dict[str, DateReading] = {}
    unsure: list[str] = []
    for field in fields:
        written = records[field].astype("str")
        written = written[written.str.len() <= LONGEST]
        texts = written[~written.str.contains(YEAR_FIRST).fillna(value=True).astype(bool)]
        mended, _ = mend_cells({field: encode(texts, field)})
        known = [text for text in mended[field].texts if text is not None]
        month_first = puts_month_first(records, default_country) if known else None
        reading = choose_order(known, month_first_country=month_first)
        serials = holds_serials(written, partial(_is_date, reading.order))
        readings[field] = replace(reading, serials=serials)
        if not reading.sure:
            unsure.append(field)
    found = [(TABLE_ROW, field, "date.ambiguous", None, None) for field in unsure]
    return readings, make_issues(found)


def _is_date(order: Order, text: str) -> bool:
    return standardize_moment(text, order, date.max).value is not None


def standardize_dates(
    columns: dict[str, Distinct], readings: Mapping[str, DateReading], today: date
) -> tuple[dict[str, "pd.Series[str]"], pd.DataFrame]:
    """Standardize dates and moments, each column in its order of day and month."""
    done: dict[str, pd.Series[str]] = {}
    issues = []
    for field, reading in readings.items():
        if FIELDS[field].kind == "datetime":
            rule, shortcuts = standardize_moment, [PLAIN_MOMENT, PLAIN_MINUTE]
        else:
            rule = standardize_birth_date if field == "birth_date" else standardize_date
            shortcuts = [PLAIN_DAY]
        read_one = partial(rule, order=reading.order, today=today)
        if reading.serials:
            read_one = partial(count_or_read, read=read_one, field=field, today=today)
        read, found = columns[field].apply(read_one, *shortcuts)
        done[field] = read.series()
        issues.append(found)
    return done, concat_issues(issues)


def count_or_read(text: str, read: Rule, field: str, today: date) -> Cell:
    """Read a date of a column in which numbers are days counted; the others by their own rule."""
    born = field == "birth_date"
    first, last = (date.min, today) if born else (FIRST_LEAD, today + AHEAD)
    timed = FIELDS[field].kind == "datetime"
    return read_serial(text, first=first, last=last, to_the_second=timed) or read(text)


def puts_month_first(records: pd.DataFrame, default_country: str | None) -> bool | None:
    """Tell whether most rows' country writes the month first; None where no country is known."""
    if "country" in records:
        mended, _ = mend_cells({"country": encode(records["country"].astype("str"), "country")})
        known = mended["country"].apply(standardize_country)[0].series().dropna()
        if len(known):
            return bool(known.isin(MONTH_FIRST).mean() > 0.5)
    return default_country in MONTH_FIRST if default_country else None
