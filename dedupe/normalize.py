"""Comparison values: what is compared in place of what is written.

Nothing here changes a record. Accents are folded, case and punctuation go, legal forms and
titles are cut, abbreviations get one spelling, "+tags" and the dots of Gmail addresses are
dropped, all of it only to compare. Every function takes and returns a string array of distinct
values; a value that says nothing becomes null.
"""

import unicodedata
from collections.abc import Callable, Mapping

import pyarrow as pa
import pyarrow.compute as pc

from dedupe import vocabulary

Fold = Callable[[pa.Array], pa.Array]

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
_RANGE = "([0-9]+) ?[-/\N{EN DASH}] ?[0-9]+"


def fold_letters(text: str) -> str:
    """Lower-case `text` without accents: "Müller" and "MULLER" become "muller"."""
    parts = unicodedata.normalize("NFKD", text.casefold())
    bare = "".join(c for c in parts if not unicodedata.combining(c))
    return unicodedata.normalize("NFC", bare).translate(_LETTERS)


def fold_text(texts: pa.Array) -> pa.Array:
    """Words of lower-case letters and digits, one space between them; null where none are left."""
    texts = _fold_accents(texts)
    texts = pc.replace_substring_regex(texts, _MARKS, "")
    texts = pc.replace_substring_regex(texts, r"[^\p{L}\p{N}]+", " ")
    return _blank_to_null(pc.utf8_trim_whitespace(texts))


def fold_given(texts: pa.Array) -> pa.Array:
    """Given names without titles: "Dr. Anna-Maria" becomes "anna maria", "Reverend" null."""
    texts = fold_initials(texts)
    return map_words(texts, dict.fromkeys(vocabulary.TITLES, ""))


def fold_initials(texts: pa.Array) -> pa.Array:
    """Like `fold_text`, but a dot ends a word: "J.P." becomes "j p"."""
    texts = pc.replace_substring_regex(_fold_accents(texts), r"\.", " ")
    return fold_text(texts)


def fold_family(texts: pa.Array) -> pa.Array:
    """Family names with their particles joined: "van der Berg" becomes "vanderberg"."""
    texts = map_words(fold_text(texts), dict.fromkeys(vocabulary.SUFFIXES, ""))
    particles = "|".join(vocabulary.PARTICLES)
    for _ in range(2):  # a match eats the space the next particle needs
        texts = pc.replace_substring_regex(texts, rf"\b({particles}) ", r"\1")
    return texts


def fold_email(texts: pa.Array) -> pa.Array:
    """Addresses without "+tag"; Gmail without dots and under one domain."""
    texts = _fold_accents(texts)
    texts = pc.replace_substring_regex(texts, r"\s+", "")
    texts = pc.replace_substring_regex(texts, r"\+[^@]*@", "@")
    texts = pc.replace_substring_regex(texts, r"@googlemail\.com$", "@gmail.com")
    gmail = pc.fill_null(pc.ends_with(texts, "@gmail.com"), fill_value=False)
    bare = pc.binary_join_element_wise(
        pc.replace_substring(pc.replace_substring(texts, "@gmail.com", ""), ".", ""),
        pa.scalar("@gmail.com", pa.large_string()),
        pa.scalar("", pa.large_string()),
    )
    texts = pc.if_else(gmail, bare, texts)
    whole = pc.match_substring_regex(texts, r"^[^@]+@[^@]+$")
    return pc.if_else(pc.fill_null(whole, fill_value=False), texts, None)


def fold_phone(texts: pa.Array) -> pa.Array:
    """Digits of a number without leading zeros; null under five digits or all digits alike."""
    digits = pc.replace_substring_regex(texts, r"[^0-9]+", "")
    digits = pc.utf8_ltrim(digits, "0")
    alike = pc.match_substring_regex(digits, vocabulary.ONE_DIGIT)
    keep = pc.and_(pc.greater_equal(pc.utf8_length(digits), 5), pc.invert(alike))
    return pc.if_else(pc.fill_null(keep, fill_value=False), digits, None)


def fold_identifier(texts: pa.Array) -> pa.Array:
    """Letters and digits alone; null where all are alike ("0000", "XXX")."""
    texts = pc.replace_substring_regex(_fold_accents(texts), r"[^\p{L}\p{N}]+", "")
    alike = pc.match_substring_regex(texts, vocabulary.ONE_CHARACTER)
    return _blank_to_null(pc.if_else(pc.fill_null(alike, fill_value=False), None, texts))


def fold_date(texts: pa.Array) -> pa.Array:
    """Complete dates as eight digits; null where a part is missing or zero."""
    digits = pc.replace_substring_regex(texts, r"[^0-9]+", "")
    whole = pc.match_substring_regex(digits, r"^[0-9]{8}$")
    return pc.if_else(pc.fill_null(whole, fill_value=False), digits, None)


def fold_company(texts: pa.Array) -> pa.Array:
    """Names of companies without legal forms: "ACME, Inc." becomes "acme"."""
    texts = pc.replace_substring(pc.cast(texts, pa.large_string()), "&", " and ")
    folded = fold_text(texts)
    cut = map_words(folded, dict.fromkeys((*vocabulary.LEGAL_FORMS, *vocabulary.FILLERS), ""))
    return pc.coalesce(cut, folded)


def fold_street(texts: pa.Array) -> pa.Array:
    """Streets with one spelling for each abbreviation: "12 Main Street" becomes "12 main st".

    Of a range of house numbers the first counts.
    """
    texts = pc.replace_substring_regex(texts, _RANGE, r"\1")
    return map_words(fold_text(texts), vocabulary.STREET_WORDS)


def fold_postal(texts: pa.Array) -> pa.Array:
    """Postal codes without spaces and without the four extra digits of a US code."""
    texts = pc.replace_substring_regex(texts, r"^([0-9]{5})-[0-9]{4}$", r"\1")
    return fold_identifier(texts)


def map_words(texts: pa.Array, mapping: Mapping[str, str]) -> pa.Array:
    """Replace whole words; a word mapped to "" is cut. Null where no word is left."""
    texts = pc.cast(texts, pa.large_string())
    words = pc.split_pattern(pc.fill_null(texts, ""), " ")
    flat = words.flatten().dictionary_encode()
    spelled = [mapping.get(word, word) for word in flat.dictionary.to_pylist()]
    mapped = pa.array(spelled, pa.large_string()).take(flat.indices)
    rebuilt = pa.LargeListArray.from_arrays(pc.cast(words.offsets, pa.int64()), mapped)
    joined = pc.binary_join(rebuilt, pa.scalar(" ", pa.large_string()))
    joined = pc.replace_substring_regex(joined, " +", " ")
    return _blank_to_null(pc.utf8_trim_whitespace(joined))


def skeleton(texts: pa.Array) -> pa.Array:
    """A phonetic key: consonant classes without vowels, at most six letters.

    In the manner of NYSIIS and Soundex, but by a handful of whole-column replacements; letters of
    other scripts pass through unchanged.
    """
    texts = pc.replace_substring(texts, " ", "")
    for pattern, sound in vocabulary.SOUNDS:
        texts = pc.replace_substring_regex(texts, pattern, sound)
    return _blank_to_null(pc.utf8_slice_codeunits(texts, 0, 6))


def sort_letters(texts: pa.Array) -> pa.Array:
    """The letters of each text in alphabetical order: transpositions do not matter."""
    return pa.array(
        ["".join(sorted(t)) if t else None for t in texts.to_pylist()], pa.large_string()
    )


def _fold_accents(texts: pa.Array) -> pa.Array:
    texts = pc.utf8_lower(pc.cast(texts, pa.large_string()))
    foreign = pc.fill_null(pc.invert(pc.string_is_ascii(texts)), fill_value=False)
    if not pc.any(foreign).as_py():
        return texts
    folded = [fold_letters(text) for text in texts.filter(foreign).to_pylist()]
    return pc.replace_with_mask(texts, foreign, pa.array(folded, pa.large_string()))


def _blank_to_null(texts: pa.Array) -> pa.Array:
    return pc.if_else(pc.equal(texts, ""), None, texts)


def fold_suffix(texts: pa.Array) -> pa.Array:
    """Generation suffixes as "jr", "sr", "3", "4"; other suffixes (titles, degrees) are null."""
    folded = fold_text(texts)
    known = {"jr": "jr", "junior": "jr", "sr": "sr", "senior": "sr", "i": "sr", "ii": "jr"}
    known |= {"2": "jr", "2nd": "jr", "iii": "3", "3": "3", "3rd": "3", "iv": "4", "4th": "4"}
    return pa.array([known.get(text) for text in folded.to_pylist()], pa.large_string())


def fold_gender(texts: pa.Array) -> pa.Array:
    """The first letter of what was written: "m", "f", ...; null for "unknown"."""
    letters = pc.utf8_slice_codeunits(fold_text(texts), 0, 1)
    letters = pc.if_else(pc.equal(letters, "w"), "f", letters)
    said = pc.is_in(letters, pa.array(["m", "f", "d", "n", "x"], pa.large_string()))
    return pc.if_else(pc.fill_null(said, fill_value=False), letters, None)


def fold_website(texts: pa.Array) -> pa.Array:
    """The host of a web address without "www."."""
    texts = _fold_accents(texts)
    texts = pc.replace_substring_regex(texts, r"^\s*([a-z][a-z0-9+.-]*:)?(//)?(www[0-9]?\.)?", "")
    texts = pc.replace_substring_regex(texts, r"[/?#:\s].*$", "")
    host = pc.match_substring_regex(texts, r"^[^.@]+(\.[^.@]+)+$")
    return pc.if_else(pc.fill_null(host, fill_value=False), texts, None)


def house_number(streets: pa.Array) -> pa.Array:
    """The first number of a folded street ("12 main st": "12"), null where there is none."""
    found = pc.extract_regex(streets, r"(?:^| )(?P<number>[0-9]+)")
    return pc.struct_field(found, "number")


def road_words(streets: pa.Array) -> pa.Array:
    """The words of a folded street without the house number and without the flat."""
    words = pc.replace_substring_regex(
        streets, r"\b(apt|ste|fl|unit|bldg|no|room|rm|suite) ?\w+", ""
    )
    words = pc.replace_substring_regex(words, r"(^| )[0-9]+[a-z]?( |$)", " ", max_replacements=1)
    words = pc.replace_substring_regex(words, " +", " ")
    return _blank_to_null(pc.utf8_trim_whitespace(words))
