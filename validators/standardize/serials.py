"""Days as spreadsheets count them: 45292 is the first of January 2024, 45292.5 noon of it.

A date that lost its format on the way into a text file is such a number. It is read as a day only
in a column of dates: nearly all of whose other values are dates or such numbers, too.
"""

import re
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Final

import pandas as pd

from validators.standardize.distinct import Cell, Finding

SERIAL: Final = re.compile(r"([1-9]\d{4})(?:[.,](\d{1,12}))?")
# Without \d and \s, so that Arrow looks through a million texts at once.
NUMBERED: Final = "^ *[1-9][0-9]{4}([.,][0-9]{1,12})? *$"
# Day 0 of the count that takes 1900 for a leap year, as far as it is right: from March 1900 on.
DAY_ZERO: Final = datetime(1899, 12, 30, tzinfo=UTC)
# Nobody has kept leads in a spreadsheet before; and some dates lie ahead.
FIRST_LEAD: Final = date(1990, 1, 1)
AHEAD: Final = timedelta(days=366)
NEARLY_ALL: Final = 0.8
# So many distinct other values are looked at.
SAMPLE: Final = 500


def holds_serials(column: "pd.Series[str]", is_date: Callable[[str], bool]) -> bool:
    """Tell whether the numbers in a column of dates are counted days."""
    filled = column.dropna()
    numbered = filled.str.match(NUMBERED).astype(bool)
    if not numbered.any():
        return False
    others = filled[~numbered]
    looked_at = [text.strip() for text in others.unique()[:SAMPLE]]
    dates = sum(map(is_date, looked_at)) / max(len(looked_at), 1) * len(others)
    return bool(numbered.sum() + dates >= NEARLY_ALL * len(filled))


def read_serial(text: str, *, first: date, last: date, to_the_second: bool) -> Cell | None:
    """Return the day (or moment) of a count, None where it is none between two days."""
    found = SERIAL.fullmatch(text.strip())
    if not found:
        return None
    counted = timedelta(days=float(f"{found[1]}.{found[2] or 0}"))
    moment = DAY_ZERO + timedelta(seconds=round(counted.total_seconds()))
    if not first <= moment.date() <= last:
        return None
    timed = to_the_second and found[2]
    value = (moment.replace(tzinfo=None) if timed else moment.date()).isoformat()
    return Cell(value, (Finding("date.serial", value),))
