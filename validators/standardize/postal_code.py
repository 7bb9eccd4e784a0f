"""Postal codes: the form their country writes them in."""

import re
import unicodedata
from dataclasses import dataclass
from functools import cache
from typing import Final

from validators.standardize.distinct import Cell, Finding
from validators.standardize.shortcut import Shortcut


@dataclass(frozen=True)
class PostalForm:
    """The one or two parts of a country's codes (patterns), and what stands between them."""

    first: str
    second: str = ""
    between: str = ""
    optional: bool = False

    def bare(self) -> re.Pattern[str]:
        """Return the pattern of a code without spaces and dashes, a group for each part."""
        mark = "?" if self.optional else ""
        return re.compile(f"({self.first})" + (f"({self.second}){mark}" if self.second else ""))

    def written(self) -> str:
        """Return the pattern of a code as it is written."""
        if not self.second:
            return self.first
        return f"(?:{self.first})(?:{self.between}{self.second}){'?' if self.optional else ''}"


FORMS: Final[dict[str, PostalForm]] = {
    "US": PostalForm("[0-9]{5}", "[0-9]{4}", "-", optional=True),
    "PT": PostalForm("[0-9]{4}", "[0-9]{3}", "-", optional=True),
    "PL": PostalForm("[0-9]{2}", "[0-9]{3}", "-"),
    "BR": PostalForm("[0-9]{5}", "[0-9]{3}", "-"),
    "JP": PostalForm("[0-9]{3}", "[0-9]{4}", "-"),
    "CA": PostalForm("[ABCEGHJ-NPRSTVXY][0-9][A-Z]", "[0-9][A-Z][0-9]", " "),
    "GB": PostalForm("[A-Z]{1,2}[0-9][A-Z0-9]?", "[0-9][A-Z]{2}", " "),
    "IE": PostalForm("[AC-FHKNPRTV-Y](?:[0-9]{2}|6W)", "[0-9AC-FHKNPRTV-Y]{4}", " "),
    "NL": PostalForm("[1-9][0-9]{3}", "[A-Z]{2}", " "),
    **{country: PostalForm("[0-9]{3}", "[0-9]{2}", " ") for country in ("SE", "CZ", "SK", "GR")},
    **{
        country: PostalForm(f"[0-9]{{{digits}}}")
        for digits, countries in (
            (4, "AT AU BE BG CH DK HU LI LU NO NZ SI ZA"),
            (5, "DE EE ES FI FR HR IT KR LT MX MY TH TR UA"),
            (6, "CN IN RO RU SG"),
        )
        for country in countries.split()
    },
}
# Countries whose codes begin with a zero that spreadsheets drop.
ZERO_FIRST: Final = ("US", "DE", "FR", "ES", "IT")
# D-10115, CH 8001: the country as cars show it, as letters write it.
COUNTRY_BEFORE: Final = re.compile(
    r"^(?:(?:D|DE|A|AT|CH|F|FR|I|IT|L|LU|B|BE|NL|DK|S|SE|N|NO|FI|PL|CZ|SK|SI|HR|E|ES|P|PT)[ \-]+)+"
    "(?=[0-9])"
)
LETTERS_FIRST: Final = ("GB", "CA", "IE")
AROUND: Final = " ,;."


def standardize_postal_code(text: str, country: str) -> Cell:
    """Write a code as its country does ("" if unknown); warn where the country has no such code."""
    code = unicodedata.normalize("NFKC", text)
    if not code.isascii():
        return Cell(text, (Finding("postal_code.pattern"),))
    code = code.upper().strip(AROUND)
    if country not in LETTERS_FIRST:
        code = COUNTRY_BEFORE.sub("", code)
    code = re.sub(r"^([0-9]+)(?:\.0)+$", r"\1", code)
    if not code:
        return Cell(None)
    bare = re.sub(r"[\s\-.]", "", code)
    if country not in FORMS:
        # Britain's form is like no other country's.
        found = FORMS["GB"].bare().fullmatch(bare)
        return Cell(_write(found, FORMS["GB"]) if found else code)
    form = FORMS[country]
    found = form.bare().fullmatch(bare)
    if found:
        return Cell(_write(found, form))
    found = form.bare().fullmatch(f"0{bare}") if country in ZERO_FIRST else None
    if found:
        restored = _write(found, form)
        return Cell(restored, (Finding("postal_code.zero_restored", restored),))
    return Cell(code, (Finding("postal_code.pattern"),))


@cache
def postal_shortcut(country: str) -> Shortcut | None:
    """Return the shortcut of a country: its codes as they are written."""
    return Shortcut(FORMS[country].written()) if country in FORMS else None


def _write(found: re.Match[str], form: PostalForm) -> str:
    return form.between.join(part for part in found.groups() if part)
