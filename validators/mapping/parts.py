"""Columns that are a part of a field, known by their headers: a house number, a second family name.

A part belongs to its field only where the field has a column of its own.
"""

import re
from typing import Final

from validators.mapping.headers import fold_header, squeeze
from validators.words import words

BEFORE, OWN, BEHIND = range(3)

# Squeezed header -> its field, and where it stands there: before the field's own column or behind.
PARTS: Final[dict[str, tuple[str, int]]] = {
    **dict.fromkeys(
        words(
            """
            streetnumber streetno streetnr housenumber houseno housenum addressnum addrhousenumber
            numerorue numerodevoie
            """
        ),
        ("street", BEFORE),
    ),
    **dict.fromkeys(words("hausnummer hausnr hnr numeroexterior huisnummer"), ("street", BEHIND)),
    **dict.fromkeys(
        words(
            """
            segundoapellido 2oapellido apellido2 apellidomaterno secondsurname surname2
            secondlastname secondfamilyname
            """
        ),
        ("family_name", BEHIND),
    ),
}

# The first and the second part of a name that was taken apart: fname_c1, fname_c2.
COMPONENT: Final = re.compile(r"(.+) c(?:omponent )?([12])")


def place_of(header: str) -> int:
    """Return where a column stands among those of its field."""
    folded = fold_header(header)
    component = COMPONENT.fullmatch(folded)
    if component:
        return BEHIND if component[2] == "2" else OWN
    return PARTS.get(squeeze(folded), ("", OWN))[1]
