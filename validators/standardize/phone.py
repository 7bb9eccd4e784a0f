"""Phone numbers: E.164 where the country is known, else their digits.

In: a number as written, and the ISO 3166 alpha-2 region it was written in ("" if unknown).
Out: number and extension, with what was found. The numbering plans are those of libphonenumber.
"""

import re
import unicodedata
from typing import Final, NamedTuple

import phonenumbers
from phonenumbers import NumberParseException, ValidationResult

from validators.standardize.distinct import Finding


class Phone(NamedTuple):
    """A number (E.164, or digits), its extension, and what was found."""

    value: str | None
    extension: str | None = None
    findings: tuple[Finding, ...] = ()


LABEL: Final = re.compile(
    r"^\s*(?:p|t|m|tel|tél|telefon|phone|fon|mobil|mobile|cell|fax)\.?\s*:\s*", re.I
)
URI: Final = re.compile(r"^\s*tel:", re.IGNORECASE)
TRUNK_ZERO: Final = re.compile(r"\(\s*0\s*\)")
SPREADSHEET: Final = re.compile(r"^(\+?\d+)\.0$")
# Digits a spreadsheet has thrown away (4.92E+11) cannot be brought back.
SCIENTIFIC: Final = re.compile(r"^\d(?:[.,]\d+)?e\+?\d+$", re.IGNORECASE)
RISING: Final = ("01234567890123456789", "98765432109876543210")
COUNTED: Final = 7
ONE_DIGIT: Final = re.compile(r"(\d)\1+")


def standardize_phone(text: str, region: str) -> Phone:
    """Bring one number into its standard form, or say why it is none."""
    written = _unwrap(text)
    digits = re.sub(r"\D", "", written)
    if is_nobodys(digits):
        return Phone(None, None, (Finding("phone.placeholder"),))
    if SCIENTIFIC.match(written):
        return _refuse()
    if written.startswith("+") or region:
        return _parse(written, region)
    return _digits_only(written)


def is_nobodys(digits: str) -> bool:
    """Tell whether digits are a stand-in: 0000000, 1111111111, 123456789."""
    if len(digits) >= 5 and ONE_DIGIT.fullmatch(digits):
        return True
    return len(digits) >= COUNTED and any(digits in run for run in RISING)


def _unwrap(text: str) -> str:
    written = unicodedata.normalize("NFKC", text).strip()
    written = URI.sub("", LABEL.sub("", written)).strip()
    whole = SPREADSHEET.match(written)
    written = whole[1] if whole else written
    if written.startswith(("+", "00", "(+")):
        written = TRUNK_ZERO.sub("", written)
    # 00 before a country code is dialled nearly everywhere; no national number begins so.
    return re.sub(r"^00(?=\s*[1-9])", "+", written)


def _parse(written: str, region: str) -> Phone:
    try:
        number = phonenumbers.parse(written, region or None)
    except NumberParseException:
        return _refuse()
    value = phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
    national = phonenumbers.national_significant_number(number)
    if is_nobodys(national):
        return Phone(None, None, (Finding("phone.placeholder"),))
    possible = phonenumbers.is_possible_number_with_reason(number)
    if possible == ValidationResult.IS_POSSIBLE_LOCAL_ONLY:
        return Phone(national, number.extension, (Finding("phone.local_only"),))
    if possible != ValidationResult.IS_POSSIBLE:
        return _refuse()
    if not phonenumbers.is_valid_number(number):
        return Phone(value, number.extension, (Finding("phone.not_assigned"),))
    return Phone(value, number.extension)


def _digits_only(written: str) -> Phone:
    """Keep the digits of a number of unknown country; E.164 allows 15, and 5 is a short code."""
    number, extension = _split_extension(written)
    letters = re.search(r"[^\W\d_]", number)
    digits = re.sub(r"\D", "", number)
    if letters or not 5 <= len(digits) <= 15:
        return _refuse()
    return Phone(digits, extension, (Finding("phone.country_unknown"),))


def _split_extension(written: str) -> tuple[str, str | None]:
    found = re.search(
        r"\s*(?:ext(?:ension|n)?\.?|x|#|;ext=|durchwahl|poste)\s*(\d{1,7})\s*$", written, re.I
    )
    return (written[: found.start()], found[1]) if found else (written, None)


def _refuse() -> Phone:
    return Phone(None, None, (Finding("phone.impossible"),))
