"""Names of people: one part of a name at a time.

In: a given, middle or family name as written. Out: the name with its case mended where it was
all upper or all lower, or None, and what was found. Whole names are split in `full_name`.
"""

import re
import unicodedata
from typing import Final

from validators.standardize.distinct import Cell, Finding
from validators.words import words

# Words of a name that stay small and belong to the family name.
PARTICLES: Final = words(
    """
    af al av bin binti d da dal dalla dalle de degli dei del dela della delle den der des di do dos
    du e el ibn la las le los lo ten ter tot van vom von vander y zu zum zur 't
    """
)
STAND_INS: Final = words(
    """
    test tests tester testing testuser testname testperson testlead dummy fake foobar
    unknown unnamed noname anonymous anonym unbekannt inconnu desconocido notprovided
    firstname lastname surname fullname vorname nachname prenom nombre apellido xx xxx xxxx abc abcd
    asdf qwerty qwertz blah blabla lorem ipsum
    """
)
RUNS: Final = re.compile(
    "asdf|sdfg|dfgh|fghj|ghjk|hjkl|jklö|qwert|wertz|zxcv|xcvb|cvbn|vbnm|yxcv|poiuy|lkjh|kjhg|jhgf|hgfd|gfds|fdsa"
)
REPEATED: Final = re.compile(r"([^\W\d_])\1{3,}|^([^\W\d_])\2{2,}$|^([^\W\d_]{2,3})\3{2,}$")
LATIN_WORD: Final = re.compile("[a-z\u00df-\u024f]+")
VOWELS: Final = frozenset("aeiouy")
# Vowels of a syllable in Slavic names (Vlk, Smrž), and clusters a mistyped name may keep.
NAME_LIKE: Final = re.compile("r|l|sch|ch|ck|mc|ng|sh|th|st|tz")
LEGAL_FORM: Final = re.compile(
    r".\W(?:gmbh|inc|ltd|llc|llp|corp|plc|gbr|ohg|e\.?\s?k|s\.?a\.?r\.?l|s\.?r\.?l|pty|kg|b\.v|n\.v|oy|aps|s\.l|s\.a)\.?$",
    re.IGNORECASE,
)
TWO_PEOPLE: Final = re.compile(r"\w\s+(?:and|und|et|&|\+)\s+\w", re.IGNORECASE)
ROMAN: Final = frozenset(("II", "III", "IV", "VI", "VII", "VIII"))
WORD: Final = re.compile(r"[^\W\d_]+")


def standardize_name(text: str) -> Cell:
    """Bring one part of a name into its standard form, or say why it is none."""
    name = tidy(text)
    if not name:
        return Cell(None)
    refused = refusal(name)
    if refused:
        return Cell(None, (Finding(refused),))
    return Cell(mend_case(name), doubts(name))


def tidy(text: str) -> str:
    """Compose letters and drop punctuation around a name."""
    name = unicodedata.normalize("NFKC", text)
    return re.sub(r"\s+", " ", name).strip(' ,;:"*_/|\\').strip()


def refusal(name: str) -> str | None:
    """Return the code of the reason why a text is nobody's name, or None."""
    words = [word for word in WORD.findall(name.casefold()) if word.upper() not in ROMAN]
    if not words:
        return "name.number" if any(c.isdigit() for c in name) else "name.placeholder"
    letters = sum(map(len, words))
    if sum(char.isdigit() for char in name) > letters:
        return "name.number"
    if "".join(words) in STAND_INS or all(word in STAND_INS for word in words):
        return "name.placeholder"
    if len(set("".join(words))) == 1 and letters >= 3:
        return "name.placeholder"
    if any(is_mash(word) for word in words):
        return "name.keyboard_mash"
    return None


def doubts(name: str) -> tuple[Finding, ...]:
    """Return what speaks against a name without ruling it out."""
    found = []
    if any(char.isdigit() for char in name):
        found.append(Finding("name.digits"))
    if LEGAL_FORM.search(name):
        found.append(Finding("name.looks_like_company"))
    elif TWO_PEOPLE.search(name):
        found.append(Finding("name.two_people"))
    return tuple(found)


def is_mash(word: str) -> bool:
    """Tell whether a lower-case word in Latin letters was typed at random; never sure, so rarely."""
    if not LATIN_WORD.fullmatch(word):
        return False
    if RUNS.search(word) or REPEATED.search(word):
        return True
    plain = unicodedata.normalize("NFD", word)
    return (
        len(word) >= 5
        and not VOWELS & set(plain)
        and plain.isascii()
        and not NAME_LIKE.search(word)
    )


def mend_case(name: str) -> str:
    """Give a name its capitals where it has all of them or none: o'brien → O'Brien."""
    if not (name.isupper() or name.islower()):
        return name
    words = name.split(" ")
    last = len(words) - 1
    return " ".join(_capitalize(word, at < last) for at, word in enumerate(words))


def _capitalize(word: str, more_follow: bool) -> str:  # noqa: FBT001 (private, one caller)
    lowered = _lower(word)
    if more_follow and lowered in PARTICLES and len(lowered) > 1:
        return lowered
    if word.isupper() and (word in ROMAN or "." in word or _initials(word)):
        return word
    return re.sub(r"[^\W\d_]+(?:['’](?=[^\W\d_]\b))?", _capital, lowered)


def _capital(match: re.Match[str]) -> str:
    part = match[0]
    if part.startswith("mc") and len(part) > 4:
        return "Mc" + part[2:].capitalize()
    return part.capitalize()


def _initials(word: str) -> bool:
    """Tell initials (JD, TJ) from a short name (Jo, Ng stays with its family)."""
    return len(word) == 2 and not set(word.lower()) & VOWELS and word != "NG"


def _lower(word: str) -> str:
    """Lower a word; beside Turkish letters an I is a dotless one."""
    if set("İŞĞ") & set(word):
        word = word.replace("I", "ı").replace("İ", "i")
    return word.lower()
