"""Streets, cities and regions: spaces and case; the meaning of a line is left alone."""

import re
from typing import Final

from validators.standardize.cells import PLAIN
from validators.standardize.damage import settle
from validators.standardize.distinct import Cell
from validators.standardize.name import PARTICLES
from validators.standardize.shortcut import Shortcut
from validators.words import words

SMALL: Final = PARTICLES | words(
    "am an bei in im auf ob sur sous lès les aux aan op upon on of the and und et"
)
DIRECTION: Final = re.compile(r"(?:n|s|e|w|ne|nw|se|sw)\.?", re.IGNORECASE)
WORD: Final = re.compile("[^\\W\\d_]+(?:['\u2019]s\\b)?")
AROUND: Final = " ,;"
SHORT_CODE: Final = 3

# Both cases in it, its commas in order, and nothing to trim: nothing to do.
MIXED_CASE: Final = Shortcut(PLAIN, unless=r"^[^a-z]*$|^[^A-Z]*$|[,;]$| ,|,[^ ]|, ,")


def standardize_place(text: str) -> Cell:
    """Standardize a city: capitals where it has all of them or none."""
    return Cell(settle(text.strip(AROUND), _mend_case) or None)


def standardize_street(text: str) -> Cell:
    """Standardize a street line: capitals where it has all of them or none."""
    return Cell(settle(re.sub(r" *,[ ,]*", ", ", text.strip(AROUND)), _mend_case) or None)


def standardize_region(text: str) -> Cell:
    """Standardize a state or region: short codes in capitals, names like cities."""
    region = settle(text.strip(AROUND), _mend_case)
    code = region.replace(".", "")
    short = len(code) <= SHORT_CODE and code.isascii() and code.isalpha()
    return Cell((code.upper() if short else region) or None)


def _mend_case(text: str) -> str:
    if not (text.isupper() or text.islower()):
        return text
    parts = text.split(" ")
    return " ".join(_capitalize(part, first=at == 0) for at, part in enumerate(parts))


def _capitalize(word: str, *, first: bool) -> str:
    if DIRECTION.fullmatch(word):
        return word.upper()
    lowered = word.lower()
    return lowered if not first and lowered in SMALL else WORD.sub(_capital, lowered)


def _capital(match: re.Match[str]) -> str:
    # A letter behind a digit belongs to the house number (12b) or is an ordinal (3rd).
    if match.start() and match.string[match.start() - 1].isdigit():
        return match[0]
    return match[0].capitalize()
