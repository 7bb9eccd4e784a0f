"""Postal codes: the form their country writes them in."""

import re
from typing import Final

from validators.standardize.distinct import Cell, Finding
from validators.words import words

# Pattern over the code without spaces and dashes, and the way it is written.
PATTERNS: Final[dict[str, tuple[str, str]]] = {
    "US": (r"(\d{5})(\d{4})?", "{0}-{1}"),
    "CA": (r"([ABCEGHJ-NPRSTVXY]\d[A-Z])(\d[A-Z]\d)", "{0} {1}"),
    "GB": (r"([A-Z]{1,2}\d[A-Z\d]?)(\d[A-Z]{2})", "{0} {1}"),
    "IE": (r"([AC-FHKNPRTV-Y](?:\d{2}|6W))([0-9AC-FHKNPRTV-Y]{4})", "{0} {1}"),
    "NL": (r"([1-9]\d{3})([A-Z]{2})", "{0} {1}"),
    "SE": (r"(\d{3})(\d{2})", "{0} {1}"),
    "CZ": (r"(\d{3})(\d{2})", "{0} {1}"),
    "SK": (r"(\d{3})(\d{2})", "{0} {1}"),
    "GR": (r"(\d{3})(\d{2})", "{0} {1}"),
    "PL": (r"(\d{2})(\d{3})", "{0}-{1}"),
    "PT": (r"(\d{4})(\d{3})?", "{0}-{1}"),
    "BR": (r"(\d{5})(\d{3})", "{0}-{1}"),
    "JP": (r"(\d{3})(\d{4})", "{0}-{1}"),
} | {
    country: (rf"(\d{{{digits}}})", "{0}")
    for digits, countries in {
        4: "AT AU BE BG CH DK HU LI LU NO NZ SI ZA",
        5: "DE EE ES FI FR HR IT KR LT MX MY TH TR UA",
        6: "CN IN RO RU SG",
    }.items()
    for country in countries.split()
}  # fmt: skip
COUNTRY_BEFORE: Final = re.compile(r"^([A-Z]{1,2})[\s\-]+(?=\d)")
BEFORE: Final = words(
    "D DE A AT CH F FR I IT L LU B BE NL DK S SE N NO FI PL CZ SK SI HR E ES P PT"
)
UNKNOWN_GB: Final = re.compile(r"[A-Z]{1,2}\d[A-Z\d]?\d[A-Z]{2}")


def standardize_postal_code(text: str, country: str) -> Cell:
    """Write a code as its country does ("" if unknown); warn where the country has no such code."""
    code = re.sub(r"\s+", " ", text.upper().strip(" ,;."))
    code = re.sub(r"^(\d+)\.0$", r"\1", code)
    before = COUNTRY_BEFORE.match(code)
    if before and before[1] in BEFORE and country not in {"GB", "CA", "IE"}:
        code = code[before.end() :]
    if not code:
        return Cell(None)
    if country not in PATTERNS:
        return Cell(_guess_form(code))
    pattern, form = PATTERNS[country]
    bare = re.sub(r"[\s\-.]", "", code)
    found = re.fullmatch(pattern, bare)
    if found:
        return Cell(_write(found, form))
    padded = re.fullmatch(pattern, f"0{bare}") if bare.isdigit() else None
    if padded and country in {"US", "DE", "FR", "ES", "IT"} and len(bare) == 4:
        restored = _write(padded, form)
        return Cell(restored, (Finding("postal_code.zero_restored", restored),))
    return Cell(code, (Finding("postal_code.pattern"),))


def _write(found: re.Match[str], form: str) -> str:
    parts = [part for part in found.groups() if part]
    return form.format(*parts) if form.count("{") == len(parts) else "".join(parts)


def _guess_form(code: str) -> str:
    """Space a British code, which only Britain has; leave any other as written."""
    bare = code.replace(" ", "")
    return f"{bare[:-3]} {bare[-3:]}" if UNKNOWN_GB.fullmatch(bare) else code
