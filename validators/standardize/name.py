"""Names of people: one part of a name at a time.

In: a given, middle or family name as written. Out: the name with its case mended where it was
all upper or all lower, or None, and what was found. Whole names are split in `full_name`.
"""

import re
import unicodedata
from typing import Final

from validators.standardize.cells import is_placeholder
from validators.standardize.damage import settle
from validators.standardize.distinct import NOTHING, Cell, Finding
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
    test tests tester testing testuser testname testperson testlead dummy fake foobar unknown
    unnamed noname anonymous anonym unbekannt inconnu desconocido notprovided firstname lastname
    surname fullname vorname nachname prenom nombre apellido xx xxx xxxx abc abcd blah blabla lorem
    ipsum
    """
)
KEYS_IN_A_ROW: Final = re.compile(
    "asdf|sdfg|dfgh|fghj|ghjk|hjkl|jklö|qwert|wertz|zxcv|xcvb|cvbn|vbnm|yxcv"
    "|poiuy|lkjh|kjhg|jhgf|hgfd|gfds|fdsa"
)
REPEATED: Final = re.compile(r"([^\W\d_])\1{3,}|^([^\W\d_])\2{2,}$|^([^\W\d_]{2,3})\3{2,}$")
LATIN_WORD: Final = re.compile("[a-z\u00df-\u024f]+")
VOWELS: Final = frozenset("aeiouy")
# Vowels of a syllable in Slavic names (Vlk, Smrž), and clusters a mistyped name may keep.
NAME_LIKE: Final = re.compile("r|l|sch|ch|ck|mc|ng|nn|sh|ss|st|th|tt|tz")
NO_VOWEL_UP_TO: Final = 4
LEGAL_FORM: Final = re.compile(
    r".\W(?:gmbh|inc|ltd|llc|llp|corp|plc|gbr|ohg|e\.\s?k|(?-i:eK)|s\.?a\.?r\.?l|s\.?r\.?l|pty|kg|b\.v|n\.v|oy"
    r"|aps|s\.l|s\.a)\.?$",
    re.IGNORECASE,
)
TWO_PEOPLE: Final = re.compile(r"\w\s+(?:and|und|et|&|\+)\s+\w", re.IGNORECASE)
ADDRESS: Final = re.compile(r"@|://|\bwww\.", re.IGNORECASE)
ROMAN: Final = words("II III IV VI VII VIII IX")
WORD: Final = re.compile(r"[^\W\d_]+")
APOSTROPHES: Final = "'\u2019"
# A letter alone behind an apostrophe stays small (Anna's); more of them are a name (O'Brien).
CASED: Final = re.compile(f"(?<![^\\W_])[^\\W\\d_]+(?:[{APOSTROPHES}](?=[^\\W\\d_]\\b)[^\\W\\d_])?")
WIDE: Final = re.compile("[\uff01-\uff5e\u3000\ufb00-\ufb06]+")
AROUND: Final = ' ,;:"*_/|\\'
DOTLESS_I: Final = "\u0131"
# An i is an i, dotted or not: a name is judged alike in capitals and in small letters.
ONE_I: Final = str.maketrans({"\u0130": "i", "\u0131": "i", "\u0307": None})


def standardize_name(text: str) -> Cell:
    """Bring one part of a name into its standard form, or say why it is none."""
    name = tidy(text)
    if not name or is_placeholder(name, "full_name"):
        return NOTHING
    refused = refusal(name)
    if refused:
        return Cell(None, (Finding(refused),))
    return Cell(mend_case(name), doubts(name))


def tidy(text: str) -> str:
    """Write full-width letters and ligatures as letters, and drop punctuation around a name."""
    name = WIDE.sub(lambda match: unicodedata.normalize("NFKC", match[0]), text)
    return re.sub(r"\s+", " ", name).strip(AROUND)


def refusal(name: str) -> str | None:
    """Return the code of the reason why a text is nobody's name, or None."""
    if ADDRESS.search(name):
        return "name.address"
    found = WORD.findall(name.translate(ONE_I).casefold())
    letters = "".join(found)
    digits = sum(char.isdigit() for char in name)
    if digits > len(letters):
        return "name.number"
    plain = [word for word in found if word.upper() not in ROMAN]
    if letters in STAND_INS or (plain and all(word in STAND_INS for word in plain)):
        return "name.placeholder"
    if len(plain) == 1 and len(letters) >= 3 and len(set(letters)) == 1:
        return "name.placeholder"
    if any(is_mash(word) for word in plain):
        return "name.keyboard_mash"
    return None


def doubts(name: str) -> tuple[Finding, ...]:
    """Return what speaks against a name without ruling it out."""
    codes = []
    if any(char.isdigit() for char in name):
        codes.append("name.digits")
    if LEGAL_FORM.search(name):
        codes.append("name.looks_like_company")
    elif TWO_PEOPLE.search(name):
        codes.append("name.two_people")
    return tuple(map(Finding, codes))


def is_mash(word: str) -> bool:
    """Tell whether a lower-case Latin word was typed at random; in doubt it was not."""
    if not LATIN_WORD.fullmatch(word):
        return False
    if KEYS_IN_A_ROW.search(word) or REPEATED.search(word):
        return True
    return (
        len(word) > NO_VOWEL_UP_TO
        and word.isascii()
        and not VOWELS & set(word)
        and not NAME_LIKE.search(word)
    )


def mend_case(name: str) -> str:
    """Give a name its capitals where it has all of them or none: o'brien is O'Brien."""
    return settle(name, _mend_case)


def _mend_case(name: str) -> str:
    if not (name.isupper() or name.islower()):
        return name
    parts = name.split(" ")
    last = len(parts) - 1
    return " ".join(_capitalize(part, first=at < last) for at, part in enumerate(parts))


def _capitalize(part: str, *, first: bool) -> str:
    """Capitalize a word; before others, a particle stays small."""
    lowered = _lower(part)
    if first and len(lowered) > 1 and lowered in PARTICLES:
        return lowered
    if part.isupper() and (part in ROMAN or "." in part or _is_initials(part)):
        return part
    return CASED.sub(lambda match: _capital(match[0]), lowered)


def _capital(part: str) -> str:
    if part.startswith("mc") and len(part) > 4:
        return "Mc" + part[2:].capitalize()
    return part.capitalize()


def _is_initials(part: str) -> bool:
    """Tell initials (JD, TJ) from a short name (Jo); Ng is one of those, too."""
    return len(part) == 2 and not VOWELS & set(part.lower()) and part != "NG"


def _lower(word: str) -> str:
    """Lower a word; beside Turkish letters an I is a dotless one."""
    if set("İŞĞ") & set(word):
        word = word.replace("I", DOTLESS_I).replace("İ", "i")
    return word.lower()
