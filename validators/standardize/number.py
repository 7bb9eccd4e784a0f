"""Numbers as plain decimals; durations as seconds."""

import re
from typing import Final

from validators.standardize.distinct import Cell, Finding
from validators.standardize.shortcut import Shortcut

# A currency, spaces and apostrophes between thousands, and ",-" for no cents.
AROUND: Final = re.compile(
    "[\\s\u00a0'\u2019_]|[€$£¥]|(?:eur|usd|gbp|chf|euro|dollars?)\\b\\.?|[,.]-+$", re.IGNORECASE
)
CLOCK: Final = re.compile(r"(?:(\d{1,4}):)?(\d{1,3}):(\d{2})(?:\.\d+)?")
SPOKEN: Final = re.compile(
    r"(?:(\d{1,6})\s*h\w*)?\s*(?:(\d{1,6})\s*m\w*)?\s*(?:(\d{1,6})\s*s\w*)?", re.IGNORECASE
)
DECIMAL: Final = re.compile(r"[+-]?[0-9]+(?:\.[0-9]+)?")
THOUSANDS: Final = re.compile(r"[+-]?[0-9]{1,3}(?:([.,])[0-9]{3})(?:\1[0-9]{3})*")
LONGEST: Final = 64

PLAIN: Final = Shortcut(r"-?[0-9]+(?:\.[0-9]{1,2})?", longest=LONGEST)


def standardize_number(text: str) -> Cell:
    """Return a number as digits with a decimal point: 1.234,50 € is 1234.50."""
    plain = _with_decimal_point(AROUND.sub("", text[: LONGEST + 1]))
    if len(text) > LONGEST or not DECIMAL.fullmatch(plain):
        return Cell(None, (Finding("number.invalid"),))
    return Cell(plain.removeprefix("+"))


def standardize_seconds(text: str) -> Cell:
    """Return a duration in seconds: 75, 1:15, 0:01:15 and 1m 15s are the same."""
    clock = CLOCK.fullmatch(text)
    spoken = None if clock else SPOKEN.fullmatch(text)
    found = clock or (spoken if spoken and any(spoken.groups()) else None)
    if not found:
        return standardize_number(text)
    hours, minutes, seconds = (int(part or 0) for part in found.groups())
    return Cell(str(hours * 3600 + minutes * 60 + seconds))


def _with_decimal_point(bare: str) -> str:
    """Tell which separator is the decimal one and make it a point.

    Of two kinds it is the last. A comma before three digits at the end, or any separator that
    comes twice, parts thousands; a single point never does.
    """
    comma, point = bare.rfind(","), bare.rfind(".")
    if comma >= 0 and point >= 0:
        return bare.replace("." if comma > point else ",", "").replace(",", ".")
    mark = "," if comma >= 0 else "."
    parted = THOUSANDS.fullmatch(bare) and not bare.lstrip("+-").startswith("0")
    if parted and (mark == "," or bare.count(mark) > 1):
        return bare.replace(mark, "")
    return bare.replace(",", ".")
