"""Texts without a form of their own, and small vocabularies: flags, gender, identifiers."""

import re
import unicodedata
from typing import Final

from validators.standardize.distinct import Cell, Finding

YES: Final = frozenset(
    """
    true yes y 1 1.0 x on ja j oui o sí si s checked ✓ ✔ wahr vrai verdadero t
    opted-out optedout unsubscribed
    """.split()
)
NO: Final = frozenset(
    "false no n 0 0.0 off nein non unchecked falsch faux falso f opted-in optedin subscribed".split()
)
GENDERS: Final = {
    word: gender
    for gender, words in {
        "male": "m male man mr männlich maennlich mann homme masculin hombre masculino h 1 herr",
        "female": "f female woman w weiblich frau femme féminin feminin mujer femenino",
        "other": "d x other diverse divers nonbinary non-binary otro autre",
    }.items()
    for word in words.split()
}
DATED: Final = re.compile(r"\d{4}-\d{2}-\d{2}|\d{1,2}[./]\d{1,2}[./]\d{2,4}")


def standardize_text(text: str) -> Cell:
    """Take a longer text as it is."""
    return Cell(unicodedata.normalize("NFC", text) or None)


def standardize_category(text: str) -> Cell:
    """Take one of a list's words as it is."""
    return Cell(text.strip(" ,;") or None)


def standardize_identifier(text: str) -> Cell:
    """Take an identifier as it is, without the ".0" of a spreadsheet's number."""
    return Cell(re.sub(r"^(\d+)\.0$", r"\1", text) or None)


def standardize_national_id(text: str) -> Cell:
    """Write a national identifier without its separators."""
    return Cell(re.sub(r"[\s.\-/]", "", text).upper() or None)


def standardize_gender(text: str) -> Cell:
    """Return male, female or other; another word stays as it is."""
    return Cell(GENDERS.get(text.casefold().strip(" ."), text))


def standardize_flag(text: str) -> Cell:
    """Return true or false; the day something was declined means true."""
    word = text.casefold().strip(" .")
    if word in YES or DATED.match(word):
        return Cell("true")
    if word in NO:
        return Cell("false")
    return Cell(None, (Finding("flag.unknown"),))
