"""Phone numbers: E.164 where the country is known, else their digits.

In: a number as written, and the ISO 3166 alpha-2 region it was written in ("" if unknown).
Out: number and extension, with what was found. The numbering plans are those of libphonenumber.
"""

import re
import unicodedata
from functools import cache
from typing import Final, NamedTuple

import phonenumbers
from phonenumbers import NumberParseException, ValidationResult

from validators.standardize.distinct import Finding
from validators.standardize.phone_validity import is_assigned


class Phone(NamedTuple):
    """A number (E.164, or digits), its extension, and what was found."""

    value: str | None
    extension: str | None = None
    findings: tuple[Finding, ...] = ()


LABEL: Final = re.compile(
    r"^\s*(?:p|t|m|tel|tél|telefon|phone|fon|mobil|mobile|cell|handy|fax)\.?\s*:\s*", re.IGNORECASE
)
URI: Final = re.compile(r"^\s*tel:", re.IGNORECASE)
TRUNK_ZERO: Final = re.compile(r"\(\s*0\s*\)")
WHOLE_NUMBER: Final = re.compile(r"^(\+?\d+)\.0$")
# Digits a spreadsheet has thrown away (4.92E+11) cannot be brought back.
SCIENTIFIC: Final = re.compile(r"^\d(?:[.,]\d+)?e\+?\d+$", re.IGNORECASE)
EXTENSION: Final = re.compile(
    r"\s*(?:ext(?:ension|n)?\.?|x|#|;ext=|durchwahl|poste)\s*(\d{1,7})\s*$", re.IGNORECASE
)
LETTER: Final = re.compile(r"[^\W\d_]")
ONE_DIGIT: Final = re.compile(r"(\d)\1{4,}")
RUNS: Final = ("01234567890123456789", "98765432109876543210")
RUN_LENGTH: Final = 7
# E.164 allows 15 digits; fewer than 5 are a short code of one network.
FEWEST_DIGITS: Final = 5
MOST_DIGITS: Final = 15

# Dialled inside one area: no trunk zero, and more than a short code.
LOCAL: Final = re.compile(r"[1-9]\d{4,}")
# Kept free for fiction (Ofcom), and so in nobody's numbering plan.
FICTION: Final = re.compile(r"\+447700900[0-9]{3}")

# Mobile numbers had a 1 behind the country code, and 044, 045 or 01 at home, until 2019 (IFT).
MEXICO: Final = 52
OLD_MEXICAN: Final = re.compile(r"(?:0?1|04[45])([2-9][0-9]{9})")

IMPOSSIBLE: Final = Phone(None, None, (Finding("phone.impossible"),))
PLACEHOLDER: Final = Phone(None, None, (Finding("phone.placeholder"),))
COUNTRY_UNKNOWN: Final = Finding("phone.country_unknown")


def standardize_phone(text: str, region: str) -> Phone:
    """Bring one number into its standard form, or say why it is none."""
    written = unwrap(text)
    if is_nobodys(re.sub(r"\D", "", written)):
        return PLACEHOLDER
    if SCIENTIFIC.match(written):
        return IMPOSSIBLE
    if written.startswith("+") or region:
        return _by_plan(written, region)
    return _digits_only(written)


def unwrap(text: str) -> str:
    """Take a number out of labels, and write 00 before a country code as +."""
    written = unicodedata.normalize("NFKC", text).strip()
    written = URI.sub("", LABEL.sub("", written)).strip()
    whole = WHOLE_NUMBER.match(written)
    written = whole[1] if whole else written
    if written.startswith(("+", "00", "(+")):
        written = TRUNK_ZERO.sub("", written)
    # No national number begins with 00; it is dialled for + nearly everywhere.
    return re.sub(r"^[^\d+]*(?:00(?=\D*[1-9])|\+)", "+", written)


def is_nobodys(digits: str) -> bool:
    """Tell whether digits are a stand-in: 0000000, 1111111111, 123456789."""
    if ONE_DIGIT.fullmatch(digits):
        return True
    return len(digits) >= RUN_LENGTH and any(digits in run for run in RUNS)


def _by_plan(written: str, region: str) -> Phone:
    try:
        number = phonenumbers.parse(written, region or None)
    except NumberParseException:
        return IMPOSSIBLE
    number, mended = _without_old_prefix(number)
    national = phonenumbers.national_significant_number(number)
    if is_nobodys(national):
        return PLACEHOLDER
    possible = phonenumbers.is_possible_number_with_reason(number)
    value = phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
    if possible == ValidationResult.IS_POSSIBLE_LOCAL_ONLY and LOCAL.fullmatch(national):
        # Without its country code, a number from abroad would be read as one of the row's country.
        at_home = number.country_code == phonenumbers.country_code_for_region(region)
        value = national if at_home else value
        findings = [Finding("phone.local_only")]
    elif possible == ValidationResult.IS_POSSIBLE and len(value) - 1 <= MOST_DIGITS:
        assigned = is_assigned(number.country_code or 0, national) or FICTION.fullmatch(value)
        findings = [] if assigned else [Finding("phone.not_assigned")]
    else:
        return IMPOSSIBLE
    if not _reads_as_itself(value, national, region):
        return IMPOSSIBLE
    repairs = [Finding("phone.old_prefix", value)] if mended else []
    return Phone(value, number.extension, (*repairs, *findings))


def _without_old_prefix(number: phonenumbers.PhoneNumber) -> tuple[phonenumbers.PhoneNumber, bool]:
    """Return a number without the prefix Mexico gave up in 2019, and whether it had one."""
    national = phonenumbers.national_significant_number(number)
    old = OLD_MEXICAN.fullmatch(national) if number.country_code == MEXICO else None
    if not old:
        return number, False
    bare = phonenumbers.PhoneNumber(MEXICO, int(old[1]), extension=number.extension)
    return bare, True


def _reads_as_itself(value: str, national: str, region: str) -> bool:
    """Tell whether a result reads as itself, and not with a digit of it taken for a prefix."""
    if value[0] == "+" and not _may_hold_prefix(value, national):
        return True
    try:
        number = phonenumbers.parse(value, region or None)
    except NumberParseException:
        return False
    if phonenumbers.national_significant_number(number) != national:
        return False
    e164 = phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
    return value in {e164, national}


def _may_hold_prefix(value: str, national: str) -> bool:
    code = int(value[1 : len(value) - len(national)])
    prefix = trunk_prefix(code)
    return prefix is None or prefix.match(national) is not None


@cache
def trunk_prefix(code: int) -> re.Pattern[str] | None:
    """Return what is dialled before national numbers of a calling code; None if that is unclear."""
    regions = phonenumbers.COUNTRY_CODE_TO_REGION_CODE.get(code, ())
    data = phonenumbers.PhoneMetadata.metadata_for_region(regions[0], None) if regions else None
    if data is None:
        return None
    return re.compile(data.national_prefix_for_parsing or "(?!)")


def _digits_only(written: str) -> Phone:
    """Keep the digits of a number of unknown country."""
    behind = EXTENSION.search(written)
    number = written[: behind.start()] if behind else written
    digits = re.sub(r"\D", "", number)
    if is_nobodys(digits):
        return PLACEHOLDER
    if digits.startswith("00"):
        return _by_plan(f"+{digits[2:]}", "")
    if LETTER.search(number) or not FEWEST_DIGITS <= len(digits) <= MOST_DIGITS:
        return IMPOSSIBLE
    return Phone(digits, behind[1] if behind else None, (COUNTRY_UNKNOWN,))
