"""Numbers as plain decimals; durations as seconds."""

import re
from typing import Final

from validators.standardize.distinct import Cell, Finding

AROUND: Final = re.compile(
    r"[\s\u00a0'’_]|[€$£¥]|(?:eur|usd|gbp|chf|euro|dollars?)\b\.?|,-+$|\.-+$", re.IGNORECASE
)
CLOCK: Final = re.compile(r"(?:(\d+):)?(\d{1,3}):(\d{2})(?:\.\d+)?")
SPOKEN: Final = re.compile(
    r"(?:(\d+)\s*h\w*)?\s*(?:(\d+)\s*m\w*)?\s*(?:(\d+)\s*s\w*)?", re.IGNORECASE
)
PLAIN: Final = re.compile(r"[+-]?\d+(?:\.\d+)?")


def standardize_number(text: str) -> Cell:
    """Return a number as digits with a decimal point: 1.234,50 € → 1234.50."""
    bare = AROUND.sub("", text)
    plain = _decimal_point(bare)
    if not PLAIN.fullmatch(plain):
        return Cell(None, (Finding("number.invalid"),))
    return Cell(plain.removeprefix("+"))


def standardize_seconds(text: str) -> Cell:
    """Return a duration in seconds: 75, 1:15, 0:01:15, 1m 15s."""
    clock = CLOCK.fullmatch(text.strip())
    spoken = SPOKEN.fullmatch(text.strip()) if not clock else None
    found = clock or (spoken if spoken and any(spoken.groups()) else None)
    if not found:
        return standardize_number(text)
    hours, minutes, seconds = (int(part or 0) for part in found.groups())
    return Cell(str(hours * 3600 + minutes * 60 + seconds))


def _decimal_point(bare: str) -> str:
    """Tell the decimal separator: the last of two kinds; alone, one not followed by three digits."""
    comma, dot = bare.rfind(","), bare.rfind(".")
    if comma >= 0 and dot >= 0:
        thousands = "." if comma > dot else ","
        return bare.replace(thousands, "").replace(",", ".")
    mark = "," if comma >= 0 else "."
    if bare.count(mark) > 1 or (mark == "," and re.fullmatch(r"[+-]?[1-9]\d{0,2},\d{3}", bare)):
        return (
            bare.replace(mark, "")
            if re.fullmatch(rf"[+-]?\d{{1,3}}(?:\{mark}\d{{3}})+", bare)
            else bare
        )
    return bare.replace(",", ".")
