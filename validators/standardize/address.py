"""Streets, cities and regions: spaces and case; the meaning of a line is left alone."""

import re
from typing import Final

from validators.standardize.distinct import Cell
from validators.standardize.name import PARTICLES

SMALL: Final = PARTICLES | frozenset(
    "am an bei in im auf ob sur sous lès les aux aan op upon on of the and und et".split()
)
DIRECTION: Final = re.compile(r"(?:n|s|e|w|ne|nw|se|sw)\b\.?$", re.IGNORECASE)


def standardize_place(text: str) -> Cell:
    """Standardize a city: capitals where it has all of them or none."""
    return Cell(_mend_case(text.strip(" ,;")) or None)


def standardize_street(text: str) -> Cell:
    """Standardize a street line: capitals where it has all of them or none."""
    return Cell(_mend_case(re.sub(r"\s*,\s*", ", ", text.strip(" ,;"))) or None)


def standardize_region(text: str) -> Cell:
    """Standardize a state or region: short codes in capitals, names like cities."""
    region = text.strip(" ,;.")
    if len(region.replace(".", "")) <= 3 and region.replace(".", "").isalpha():
        return Cell(region.replace(".", "").upper())
    return standardize_place(region)


def _mend_case(text: str) -> str:
    if not (text.isupper() or text.islower()):
        return text
    words = text.split(" ")
    return " ".join(_capitalize(word, first=at == 0) for at, word in enumerate(words))


def _capitalize(word: str, *, first: bool) -> str:
    lowered = word.lower()
    if DIRECTION.match(word):
        return word.upper()
    if not first and lowered in SMALL:
        return lowered
    return re.sub(r"[^\W\d_]+(?:['’]s\b)?", _capital, lowered)


def _capital(match: re.Match[str]) -> str:
    # A letter behind a digit belongs to the house number (12b) or is an ordinal (3rd).
    if match.start() and match.string[match.start() - 1].isdigit():
        return match[0]
    return match[0][:1].upper() + match[0][1:]
