"""Dates as ISO dates, moments as ISO date-times.

Whether 03/04 is March or April is decided for a column, from all of its values: see
`choose_order`. In: a text and that order. Out: YYYY-MM-DD, or a date-time with Z where the
text named a time zone.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from email.utils import parsedate_to_datetime
from typing import Final, Literal

from validators.standardize.distinct import Cell, Finding
from validators.standardize.shortcut import Shortcut

Order = Literal["day first", "month first"]

ISO: Final = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})")
COMPACT: Final = re.compile(r"(\d{4})(\d{2})(\d{2})")
NUMERIC: Final = re.compile(r"(\d{1,2})\s*[./\- ]\s*(\d{1,2})\s*[./\- ]\s*(\d{4}|\d{2})")
DAY_NAMED: Final = re.compile(
    r"(?:\w+,\s*)?(\d{1,2})(?:st|nd|rd|th|\.|er|º)?[\s\-]+(?:de\s+)?([^\W\d]{3,})\.?,?[\s\-]+(?:de\s+)?(\d{4}|\d{2})"
)
MONTH_NAMED: Final = re.compile(
    r"(?:\w+,\s*)?([^\W\d]{3,})\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4}|\d{2})"
)
MONTHS: Final = {
    name: number
    for number, names in enumerate(
        (
            "jan january januar jänner janvier enero ene janv",
            "feb february februar février fevrier febrero fév févr",
            "mar march märz maerz mär mrz mars marzo",
            "apr april avril abril abr avr",
            "may mai mayo",
            "jun june juni juin junio",
            "jul july juli juillet julio juil",
            "aug august août aout agosto ago",
            "sep sept september septembre septiembre",
            "oct october oktober okt octobre octubre",
            "nov november novembre noviembre",
            "dec december dezember dez décembre decembre diciembre dic déc",
        ),
        start=1,
    )
    for name in names.split()
}  # fmt: skip
TIME: Final = re.compile(
    r"(?P<day>.+?)(?:[T\s,]+|\s*[Tt])(?P<hour>\d{1,2}):(?P<minute>\d{2})(?::(?P<second>\d{2})(?:[.,]\d+)?)?"
    r"\s*(?P<half>[ap]\.?m\.?)?\s*(?P<zone>Z|UTC|GMT|[+-]\d{2}:?\d{2})?",
    re.IGNORECASE,
)
EPOCH: Final = re.compile(r"\d{10}(?:\d{3})?")
MONTH_FIRST: Final = frozenset(("US", "PH", "PW", "FM", "MH", "GU", "PR"))
OLDEST: Final = 1000
LONGEST: Final = 64
INVALID: Final = Cell(None, (Finding("date.invalid"),))


DAY: Final = (
    r"[12]\d{3}-(?:(?:0[1-9]|1[0-2])-(?:0[1-9]|1\d|2[0-8])"
    r"|(?:0[13-9]|1[0-2])-(?:29|30)|(?:0[13578]|1[02])-31)"
)
MINUTE: Final = r"(?:[01]\d|2[0-3]):[0-5]\d"
# A day of this century could be one of birth yet to come.
PLAIN_DAY: Final = Shortcut(DAY.replace("[12]\\d{3}", r"(?:1\d{3}|200\d)"))
PLAIN_MOMENT: Final = Shortcut(rf"({DAY})[T ]({MINUTE}:[0-5]\d)(?:\.\d{{1,6}})?(Z?)", r"\1T\2\3")
PLAIN_MINUTE: Final = Shortcut(rf"({DAY})[T ]({MINUTE})(Z?)", r"\1T\2:00\3")


@dataclass(frozen=True)
class DateReading:
    """How the dates of a column are to be read; `sure` is false where nothing told the order.

    `serials`: numbers in it are days as a spreadsheet counts them.
    """

    order: Order
    sure: bool
    serials: bool = False


def choose_order(texts: Iterable[str], *, month_first_country: bool | None) -> DateReading:
    """Decide day or month first: by dates that can only be one, else by country, else day first."""
    day_first = month_first = either = 0
    for text in texts:
        found = NUMERIC.match(text.strip())
        if not found or "." in text[: found.end(2) + 1]:
            continue
        first, second = int(found[1]), int(found[2])
        day_first += first > 12 >= second
        month_first += second > 12 >= first
        either += first <= 12 and second <= 12 and first != second
    if day_first != month_first:
        contradicted = bool(day_first and month_first and either)
        return DateReading(
            "day first" if day_first > month_first else "month first", not contradicted
        )
    if month_first_country is not None:
        return DateReading("month first" if month_first_country else "day first", sure=True)
    return DateReading("day first", sure=not either)


def standardize_date(text: str, order: Order, today: date) -> Cell:
    """Return a day as YYYY-MM-DD; `today` tells the century of two-digit years."""
    day = read_day(text, order, today)
    return Cell(day.isoformat()) if day else INVALID


def standardize_birth_date(text: str, order: Order, today: date) -> Cell:
    """Return a day of birth; nobody is born after today."""
    cell = standardize_date(text, order, today)
    if cell.value and cell.value > today.isoformat():
        return Cell(None, (Finding("date.future"),))
    return cell


def standardize_moment(text: str, order: Order, today: date) -> Cell:
    """Return a moment as YYYY-MM-DDThh:mm:ss, in UTC with Z where the text names its zone."""
    moment = _read_moment(text, order, today) if len(text) <= LONGEST else None
    return Cell(moment) if moment else INVALID


def read_day(text: str, order: Order, today: date) -> date | None:
    """Read a day in numbers or with the month's name; a time of midnight does not matter."""
    if len(text) > LONGEST:
        return None
    bare = re.sub(r"[T\s]+00:00(?::00(?:\.0+)?)?Z?$", "", text.strip()).strip(" ,;")
    numbers = _numbers(bare, order, today)
    if not numbers:
        return None
    try:
        return date(*numbers) if numbers[0] >= OLDEST else None
    except ValueError:
        return None


def _numbers(bare: str, order: Order, today: date) -> tuple[int, int, int] | None:
    """Return year, month and day as written, whether or not there is such a day."""
    found = ISO.fullmatch(bare) or COMPACT.fullmatch(bare)
    if found:
        return int(found[1]), int(found[2]), int(found[3])
    found = NUMERIC.fullmatch(bare)
    if found:
        used: Order = "day first" if "." in bare else order
        return _by_order(int(found[1]), int(found[2]), _year(found[3], today), used)
    for pattern, day_at, month_at in ((DAY_NAMED, 1, 2), (MONTH_NAMED, 2, 1)):
        found = pattern.fullmatch(bare)
        month = MONTHS.get(found[month_at].casefold()) if found else None
        if found and month:
            return _year(found[3], today), month, int(found[day_at])
    return None


def _year(written: str, today: date) -> int:
    """Return the year; of two digits, the last one that was not after today's."""
    year = int(written)
    if len(written) > 2:
        return year
    return year + (2000 if year <= today.year % 100 else 1900)


def _by_order(first: int, second: int, year: int, order: Order) -> tuple[int, int, int]:
    """Apply the column's order, unless a date can only be the other way round."""
    day, month = (first, second) if order == "day first" else (second, first)
    return (year, day, month) if month > 12 >= day else (year, month, day)


def _read_moment(text: str, order: Order, today: date) -> str | None:
    if EPOCH.fullmatch(text):
        since_1970 = int(text) / (1000 if len(text) == 13 else 1)
        return _utc(datetime.fromtimestamp(since_1970, UTC))
    found = TIME.fullmatch(text)
    if not found:
        day = read_day(text, order, today)
        return day.isoformat() if day else _read_mail_date(text)
    day = read_day(found["day"], order, today)
    if not day:
        return _read_mail_date(text)
    seconds = _seconds(found)
    if seconds is None:
        return None
    moment = datetime.combine(day, time.min) + timedelta(seconds=seconds)
    return _in_zone(moment, found["zone"])


def _seconds(found: re.Match[str]) -> int | None:
    """Return the seconds since midnight, or None where no clock shows them."""
    hour, minute, second = (int(found[part] or 0) for part in ("hour", "minute", "second"))
    half = (found["half"] or "").lower()
    if half:
        hour = hour % 12 + (12 if half.startswith("p") else 0)
    return (hour * 60 + minute) * 60 + second if hour < 24 and minute < 60 > second else None


def _in_zone(moment: datetime, zone: str | None) -> str | None:
    if zone is None:
        return moment.isoformat()
    try:
        offset = "+00:00" if zone.upper() in {"Z", "UTC", "GMT"} else zone
        return _utc(datetime.fromisoformat(moment.isoformat() + offset))
    except ValueError:
        return None


def _read_mail_date(text: str) -> str | None:
    """Read the dates of mail headers and telephony logs (RFC 2822)."""
    try:
        moment = parsedate_to_datetime(text)
    except (ValueError, IndexError, TypeError, OverflowError):
        return None
    if moment.year < OLDEST:
        return None
    return _utc(moment) if moment.tzinfo else moment.replace(microsecond=0).isoformat()


def _utc(moment: datetime) -> str | None:
    try:
        return moment.astimezone(UTC).replace(microsecond=0, tzinfo=None).isoformat() + "Z"
    except OverflowError:
        return None
