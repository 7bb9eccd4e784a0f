"""A date of birth in three columns: its year, its month and its day."""

from collections.abc import Mapping
from typing import Final

from validators.mapping.evidence import Evidence
from validators.mapping.headers import fold_header, squeeze
from validators.mapping.naming import Candidate
from validators.standardize.date import MONTHS
from validators.words import words

FIELD: Final = "birth_date"
# What the three are called, squeezed, in the order of a date.
NAMES: Final = (
    words(
        """
        birthyear birthyr yearofbirth yob by dobyear doby birthdateyear birthdayyear geburtsjahr
        anneedenaissance anneenaissance anodenacimiento anonacimiento
        """
    ),
    words(
        """
        birthmonth birthmo monthofbirth mob bm dobmonth dobm birthdatemonth birthdaymonth
        geburtsmonat moisdenaissance moisnaissance mesdenacimiento mesnacimiento
        """
    ),
    words(
        """
        birthday dayofbirth bd dobday dobd birthdateday birthdayday geburtstag jourdenaissance
        journaissance diadenacimiento dianacimiento
        """
    ),
)
RANGES: Final = (range(1850, 2101), range(1, 13), range(1, 32))
# The share of values that have to be such a number.
PLAINLY: Final = 0.8
WORDS: Final = ("year", "month", "day")


def find_date_parts(
    found: Mapping[str, Candidate], evidence: Mapping[str, Evidence]
) -> dict[str, Candidate]:
    """Take three columns for one date, where all are there and no column has the whole."""
    parts = {place: h for h in evidence if (place := _place_of(h, evidence[h])) is not None}
    whole = [h for h, c in found.items() if c.fields[:1] == (FIELD,) and h not in parts.values()]
    if len(parts) < len(NAMES) or whole:
        return dict(found)
    dates = {
        header: Candidate((FIELD,), 0.9, f"the {WORDS[place]} of birth", part=True)
        for place, header in parts.items()
    }
    return {**found, **dates}


def date_part(header: str) -> int | None:
    """Return which part of a date a header names: 0, 1, 2 for year, month, day."""
    name = squeeze(fold_header(header))
    return next((place for place, names in enumerate(NAMES) if name in names), None)


def _place_of(header: str, seen: Evidence) -> int | None:
    place = date_part(header)
    if place is None or not seen.values:
        return place
    fits = seen.share(lambda value: _fits(value, place))
    return place if fits >= PLAINLY else None


def _fits(value: str, place: int) -> bool:
    if value.isascii() and value.isdecimal() and len(value) <= 4:
        return int(value) in RANGES[place]
    return place == 1 and value.casefold().rstrip(".") in MONTHS
