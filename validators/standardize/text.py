"""Texts without a form of their own, and small vocabularies: flags, gender, identifiers."""

import re
from typing import Final

from validators.standardize.cells import is_placeholder
from validators.standardize.distinct import NOTHING, Cell, Finding
from validators.standardize.shortcut import Shortcut
from validators.words import words

YES: Final = words(
    """
    true yes y 1 on x ja j oui o sí si s checked wahr vrai verdadero t opted-out optedout
    unsubscribed \u2713 \u2714
    """
)
NO: Final = words(
    "false no n 0 off nein non unchecked falsch faux falso f opted-in optedin subscribed"
)
GENDERS: Final = {
    word: gender
    for gender, known in {
        "male": "m male man mr männlich maennlich mann homme masculin hombre masculino herr",
        "female": "f female woman w weiblich frau femme féminin feminin mujer femenino",
        "other": "d x other diverse divers nonbinary non-binary otro autre",
    }.items()
    for word in words(known)
}
DATED: Final = re.compile(r"\d{4}-\d{2}-\d{2}|\d{1,2}[./]\d{1,2}[./]\d{2,4}")
AROUND: Final = " ,;"

NOTHING_TO_TRIM: Final = Shortcut(r"[ !-~]*", unless=r"^[ ,;]*$|^[ ,;]|[ ,;]$")
NOT_A_FLOAT: Final = Shortcut(r"[ !-~]+", unless=r"^\d+\.0$")


def standardize_category(text: str) -> Cell:
    """Take one of a list's words as it is."""
    return Cell(text.strip(AROUND) or None)


def standardize_identifier(text: str) -> Cell:
    """Take an identifier as it is, without the ".0" of a spreadsheet's number."""
    return Cell(re.sub(r"^(\d+)\.0$", r"\1", text, flags=re.ASCII))


def standardize_national_id(text: str) -> Cell:
    """Write a national identifier without its separators."""
    bare = re.sub(r"[\W_]+", "", text)
    if not bare or is_placeholder(bare, "identifier"):
        return NOTHING
    return Cell(bare.upper() if bare.isascii() else bare)


def standardize_gender(text: str) -> Cell:
    """Return male, female or other; another word stays as it is."""
    return Cell(GENDERS.get(text.casefold().strip(" ."), text))


def standardize_flag(text: str) -> Cell:
    """Return true or false; the day on which something was declined means true."""
    word = re.sub(r"\.0$", "", text.casefold()).strip(" .")
    if word in YES or DATED.match(word):
        return Cell("true")
    if word in NO:
        return Cell("false")
    return Cell(None, (Finding("flag.unknown"),))
