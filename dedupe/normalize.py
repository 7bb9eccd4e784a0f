"""Comparison values: what is compared in place of what is written.

Nothing here changes a record. Accents are folded, case and punctuation go, legal forms and
titles are cut, abbreviations get one spelling, "+tags" and the dots of Gmail addresses are
dropped, all of it only to compare. Every function takes and returns texts, distinct ones best
(`dedupe.texts`); a value that says nothing becomes missing.
"""

import unicodedata

from dedupe import legal_forms, vocabulary
from dedupe import texts as of
from dedupe.scripts import romanize
from dedupe.texts import LETTERS, Texts, fold

_LETTERS = str.maketrans(
    {
        "ß": "ss",
        "æ": "ae",
        "œ": "oe",
        "ø": "o",
        "ł": "l",
        "đ": "d",
        "ð": "d",
        "þ": "th",
        "\N{LATIN SMALL LETTER DOTLESS I}": "i",
    }
)


# Apostrophes in all their shapes, and dots: they part no words.
_MARKS = "['`.\N{RIGHT SINGLE QUOTATION MARK}\N{ACUTE ACCENT}]"
_NUMBER = "(?:^| )([0-9]+)"
_RANGE = "([0-9]+) ?[-/\N{EN DASH}] ?[0-9]+"

_NO_TITLES = dict.fromkeys(vocabulary.TITLES, "")
_NO_SUFFIXES = dict.fromkeys(vocabulary.SUFFIXES, "")
_NO_FORMS = dict.fromkeys((*legal_forms.ALL, *vocabulary.FILLERS), "")
_GENDERS = {"m": "m", "f": "f", "w": "f", "d": "d", "n": "n", "x": "x"}
_GENERATIONS = {
    **dict.fromkeys(("jr", "junior", "ii", "2", "2nd"), "jr"),
    **dict.fromkeys(("sr", "senior", "i"), "sr"),
    **dict.fromkeys(("iii", "3", "3rd"), "3"),
    **dict.fromkeys(("iv", "4th"), "4"),
}


class _Bare(dict[int, str]):
    """What each character is without case and accents, found out when it is first seen.

    Both case folding and decomposition look at one character alone. Cyrillic and Greek letters are
    written as Latin ones, before their accents go: й is no и.
    """

    def __missing__(self, code: int) -> str:
        parts = unicodedata.normalize("NFKD", "".join(map(romanize, chr(code).casefold())))
        self[code] = "".join(c for c in parts if not unicodedata.combining(c))
        return self[code]


_BARE = _Bare()


def fold_letters(text: str) -> str:
    """Lower-case `text` without accents: "Müller" and "MULLER" become "muller"."""
    bare = text.translate(_BARE)
    return bare if bare.isascii() else unicodedata.normalize("NFC", bare).translate(_LETTERS)


@fold
def fold_text(texts: Texts) -> Texts:
    """Words of lower-case letters and digits, one space between them; null where none are left."""
    texts = of.replace(_fold_accents(texts), _MARKS, "")
    return of.drop_blank(of.trim(of.replace(texts, f"[^{LETTERS}]+", " ")))


@fold
def fold_given(texts: Texts) -> Texts:
    """Given names without titles: "Dr. Anna-Maria" becomes "anna maria", "Reverend" null."""
    return of.drop_blank(of.look_up_words(fold_initials(texts), _NO_TITLES))


@fold
def fold_initials(texts: Texts) -> Texts:
    """Like `fold_text`, but a dot ends a word: "J.P." becomes "j p"."""
    return fold_text(of.replace_plain(_fold_accents(texts), ".", " "))


@fold
def fold_family(texts: Texts) -> Texts:
    """Family names with their particles joined: "van der Berg" becomes "vanderberg"."""
    texts = of.drop_blank(of.look_up_words(fold_text(texts), _NO_SUFFIXES))
    particles = "|".join(vocabulary.PARTICLES)
    for _ in range(2):  # a match eats the space the next particle needs
        texts = of.replace(texts, rf"\b({particles}) ", r"\1")
    return texts


@fold
def fold_email(texts: Texts) -> Texts:
    """Addresses without "+tag"; Gmail without dots and under one domain."""
    texts = of.replace(_fold_accents(texts), r"\s+", "")
    texts = of.replace(texts, r"\+[^@]*@", "@")
    texts = of.replace(texts, r"@googlemail\.com$", "@gmail.com")
    texts = of.change(texts, r"@gmail\.com$", _fold_gmail)
    return of.keep(texts, r"^[^@]+@[^@]+$")


def _fold_gmail(texts: Texts) -> Texts:
    boxes = of.replace_plain(of.replace_plain(texts, "@gmail.com", ""), ".", "")
    return of.replace(boxes, "$", "@gmail.com")


@fold
def fold_phone(texts: Texts) -> Texts:
    """Digits of a number without leading zeros; null under five digits or all digits alike."""
    digits = of.trim_left(of.replace(texts, r"[^0-9]+", ""), "0")
    return of.drop(of.keep(digits, "^[0-9]{5}"), vocabulary.ONE_DIGIT)


@fold
def fold_identifier(texts: Texts) -> Texts:
    """Letters and digits alone; null where all are alike ("0000", "XXX")."""
    texts = of.replace(_fold_accents(texts), f"[^{LETTERS}]+", "")
    return of.drop_blank(of.drop(texts, vocabulary.ONE_CHARACTER))


@fold
def fold_date(texts: Texts) -> Texts:
    """Complete dates as eight digits; null where a part is missing or zero."""
    return of.keep(of.replace(texts, r"[^0-9]+", ""), "^[0-9]{8}$")


@fold
def fold_company(texts: Texts) -> Texts:
    """Names of companies without legal forms: "ACME, Inc." becomes "acme"."""
    folded = legal_forms.shorten(fold_text(of.replace_plain(texts, "&", " and ")))
    return of.fill(of.drop_blank(of.look_up_words(folded, _NO_FORMS)), folded)


@fold
def legal_form(texts: Texts) -> Texts:
    """The family of a company's legal form ("corporation", "gmbh"), null where none is written."""
    return of.look_up(legal_forms.shorten(fold_text(texts)), legal_forms.family_of_form)


@fold
def fold_street(texts: Texts) -> Texts:
    """Streets with one spelling for each abbreviation: "12 Main Street" becomes "12 main st".

    Of a range of house numbers the first counts.
    """
    folded = fold_text(of.replace(texts, _RANGE, r"\1"))
    return of.drop_blank(of.look_up_words(folded, vocabulary.STREET_WORDS))


@fold
def fold_postal(texts: Texts) -> Texts:
    """Postal codes without spaces and without the four extra digits of a US code."""
    return fold_identifier(of.replace(texts, r"^([0-9]{5})-[0-9]{4}$", r"\1"))


@fold
def skeleton(texts: Texts) -> Texts:
    """A phonetic key: consonant classes without vowels, at most six letters.

    In the manner of NYSIIS and Soundex, but by a handful of whole-column replacements; letters of
    other scripts pass through unchanged.
    """
    texts = of.replace_plain(texts, " ", "")
    for pattern, sound in vocabulary.SOUNDS:
        texts = of.replace(texts, pattern, sound)
    return of.drop_blank(of.cut(texts, 0, 6))


@fold
def sort_letters(texts: Texts) -> Texts:
    """The letters of each text in alphabetical order: transpositions do not matter."""
    return of.drop_blank(of.sort_letters(texts))


def _fold_accents(texts: Texts) -> Texts:
    return of.change_foreign(of.lower(texts), fold_letters)


@fold
def fold_suffix(texts: Texts) -> Texts:
    """Generation suffixes as "jr", "sr", "3", "4"; other suffixes (titles, degrees) are null."""
    return of.look_up(fold_text(texts), _GENERATIONS.get)


@fold
def fold_gender(texts: Texts) -> Texts:
    """The first letter of what was written: "m", "f", ...; null for "unknown"."""
    return of.look_up(of.cut(fold_text(texts), 0, 1), _GENDERS.get)


@fold
def fold_website(texts: Texts) -> Texts:
    """The host of a web address without "www."."""
    texts = _fold_accents(texts)
    texts = of.replace(texts, r"^\s*([a-z][a-z0-9+.-]*:)?(//)?(www[0-9]?\.)?", "")
    return of.keep(of.replace(texts, r"[/?#:\s].*$", ""), r"^[^.@]+(\.[^.@]+)+$")


@fold
def house_number(streets: Texts) -> Texts:
    """The first number of a folded street ("12 main st": "12"), null where there is none."""
    numbered = of.keep(streets, _NUMBER)
    return of.replace(numbered, rf"^.*?{_NUMBER}.*$", r"\1", 1)


@fold
def road_words(streets: Texts) -> Texts:
    """The words of a folded street without the house number and without the flat."""
    words = of.replace(streets, r"\b(apt|ste|fl|unit|bldg|no|room|rm|suite) ?\w+", "")
    words = of.replace(words, r"(^| )[0-9]+[a-z]?( |$)", " ", 1)
    return of.drop_blank(of.trim(of.replace(words, " +", " ")))


@fold
def first_word(texts: Texts) -> Texts:
    """The first word of each text."""
    return of.replace(texts, " .*$", "")


@fold
def after_first_word(texts: Texts) -> Texts:
    """All words but the first; null where there is one alone."""
    return of.drop_blank(of.replace(texts, "^[^ ]* ?", ""))


@fold
def last_word(texts: Texts) -> Texts:
    """The last word of each text."""
    return of.replace(texts, "^.* ", "")


@fold
def first_letter(texts: Texts) -> Texts:
    """The first letter of each text."""
    return of.cut(texts, 0, 1)


@fold
def after_first_letter(texts: Texts) -> Texts:
    """All but the first letter of each text."""
    return of.cut(texts, 1)


@fold
def before_last_letter(texts: Texts) -> Texts:
    """All but the last letter of each text."""
    return of.replace(texts, ".$", "")


@fold
def without_spaces(texts: Texts) -> Texts:
    """All words in one."""
    return of.replace_plain(texts, " ", "")


@fold
def mailbox(addresses: Texts) -> Texts:
    """What stands before the @ of each address."""
    return of.replace(addresses, "@.*$", "")


@fold
def mail_domain(addresses: Texts) -> Texts:
    """What stands behind the @ of each address."""
    return of.replace(addresses, "^.*@", "")


@fold
def acronym(names: Texts) -> Texts:
    """The initials of three words or more: "international business machines" as "ibm"."""
    return of.replace(of.keep(names, "[^ ] [^ ]+ [^ ]"), "([^ ])[^ ]* ?", r"\1")


@fold
def umlauts_short(names: Texts) -> Texts:
    """Mueller as "muller", which is what folding leaves of Müller."""
    for long in ("ae", "oe", "ue"):
        names = of.replace_plain(names, long, long[0])
    return names


@fold
def without_digits(texts: Texts) -> Texts:
    """All but the digits."""
    return of.replace(texts, "[0-9]+", "")


@fold
def first_three(texts: Texts) -> Texts:
    """The first three letters or digits of each text."""
    return of.cut(texts, 0, 3)


@fold
def first_four(texts: Texts) -> Texts:
    """The first four letters or digits of each text."""
    return of.cut(texts, 0, 4)


@fold
def first_five(texts: Texts) -> Texts:
    """The first five digits of each number."""
    return of.cut(texts, 0, 5)


@fold
def last_three(texts: Texts) -> Texts:
    """The last three digits of each number."""
    return of.cut(texts, -3)


@fold
def last_seven(texts: Texts) -> Texts:
    """The last seven digits of each number."""
    return of.cut(texts, -7)


@fold
def last_nine(texts: Texts) -> Texts:
    """The last nine digits of each number."""
    return of.cut(texts, -9)


@fold
def gender_by_ending(names: Texts) -> Texts:
    """Whether a name ends like a woman's, as "a" or "" (an h at the end is silent)."""
    bare = of.trim_right(names, "h")
    return of.replace(of.replace(bare, "^.*[^a]$", ""), "^.+$", "a")


@fold
def vowel_at_end(names: Texts) -> Texts:
    """Whether a name ends in a vowel, as "v" or "" (an h at the end is silent)."""
    bare = of.trim_right(names, "h")
    return of.replace(of.replace(bare, "^.*[^aeiouy]$", ""), "^.+$", "v")
