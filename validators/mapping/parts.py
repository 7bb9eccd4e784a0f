"""Columns that are a part of a field, known by their headers: a house number, a second family name.

A part belongs to its field only where the field has a column of its own.
"""

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
            secondlastname secondfamilyname lnamec2 lastnamec2 surnamec2 familynamec2
            """
        ),
        ("family_name", BEHIND),
    ),
}


def place_of(header: str) -> int:
    """Return where a column stands among those of its field."""
    return PARTS.get(squeeze(fold_header(header)), ("", OWN))[1]
