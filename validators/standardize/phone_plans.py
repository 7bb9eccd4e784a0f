"""Whole columns of phone numbers by the numbering plans of the countries with simple ones.

A plan is simple where the way from the digits written to E.164 is: drop the trunk prefix (0, or
1 in North America), put the calling code before. Its valid numbers are one regular expression,
taken from libphonenumber's own data, so that plain numbers need not be parsed one by one. The
law, tested over random numbers of every country: what is decided here is what `phone` decides.
"""

from functools import cache
from typing import Final, NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from validators.standardize.distinct import Texts
from validators.standardize.phone import FEWEST_DIGITS, MOST_DIGITS, RUN_LENGTH, RUNS
from validators.standardize.shortcut import as_arrow, as_mask, as_objects

WRITTEN: Final = r"^\+?[0-9][0-9 ()./\-]*$|^\([0-9][0-9 ()./\-]*$"
# 00 is dialled for +, (0) is left out after a country code, and .0 is a spreadsheet's doing.
TRUNK_ZERO: Final = r"\( *0 *\)"
TRICKY: Final = rf"^\(?00|{TRUNK_ZERO}|\.0$"
EXTENDED: Final = r"^(.*[0-9]) ?(?:ext\.?|x) ?([0-9]{1,5})$"
STAND_IN: Final = "^(?:{})".format(
    "|".join(
        [f"[0-9]*?{digit}{{5,}}$" for digit in "0123456789"]
        + [f"[0-9]*?{run[at : at + RUN_LENGTH]}" for run in RUNS for at in range(10)]
    )
)
NUMBER_TYPES: Final = (
    "fixed_line", "mobile", "toll_free", "premium_rate", "shared_cost", "personal_number", "voip",
    "pager", "uan", "voicemail",
)  # fmt: skip
# Britain's 180020 is dialled by text telephones only.
SIMPLE_PREFIXES: Final = (None, "0", "1", "0|180020")
CALLING_CODES: Final = (
    1, 27, 30, 31, 32, 33, 34, 39, 40, 41, 43, 44, 45, 46, 48, 49, 52, 60, 63, 84, 90, 91, 92, 94,
    213, 216, 233, 351, 353, 356, 357, 359, 371, 372, 380, 381, 385, 387, 420, 421, 966, 971,
    977,
)  # fmt: skip


class Plain(NamedTuple):
    """Plain numbers: their digits, + before those with a country code, and their extensions."""

    digits: pa.Array
    extensions: Texts


def take_apart(numbers: Texts) -> Plain:
    """Strip plain numbers to their digits and extensions; null where a number is not plain."""
    written = as_arrow(numbers)
    extended = as_mask(pc.match_substring_regex(written, EXTENDED))
    behind = _replace(written, extended, EXTENDED, r"\2")
    number = _replace(written, extended, EXTENDED, r"\1")
    # As the rule does: 00 before a country code is +, and (0) behind one is left out.
    abroad = as_mask(pc.match_substring_regex(number, r"^(?:\+|00)"))
    number = _replace(number, abroad & as_mask(pc.match_substring(number, "(")), TRUNK_ZERO, "")
    dialled = as_mask(pc.starts_with(number, "00"))
    number = _replace(number, dialled, r"^00([ ()./\-]*[1-9])", r"+\1")
    stripped = pc.replace_substring_regex(number, r"[ ()./\-]", "")
    national = pc.replace_substring_regex(stripped, r"^\+", "")
    empty = pa.scalar("", pa.large_string())
    every = pc.binary_join_element_wise(
        national, pc.if_else(pa.array(extended), behind, empty), empty
    )
    plain = as_mask(pc.match_substring_regex(number, WRITTEN))
    plain &= ~as_mask(pc.match_substring_regex(number, TRICKY))
    for digits in (national, every):
        plain &= ~as_mask(pc.match_substring_regex(digits, f"^00|{STAND_IN}"))
    digits = pc.if_else(pa.array(plain), stripped, pa.scalar(None, pa.large_string()))
    extensions = np.full(len(numbers), None, dtype=object)
    extensions[extended & plain] = as_objects(behind)[extended & plain]
    return Plain(digits, extensions)


def read_plain(digits: pa.Array, regions: Texts) -> tuple[Texts, NDArray[np.bool_]]:
    """Return E.164 numbers where they are plainly valid, and where that was.

    `digits` as from `take_apart`, `regions` the region of each, "" if unknown.
    """
    values = np.full(len(digits), None, dtype=object)
    international = as_mask(pc.starts_with(digits, "+"))
    for code in CALLING_CODES:
        own = international & as_mask(pc.starts_with(digits, f"+{code}"))
        if own.any():
            _fill(values, digits, own, (rf"^\+{code}({plan(code)})$", rf"+{code}\1"))
    for region in set(regions[~international].tolist()) - {""}:
        code, trunk = calling_code(region)
        if code and plan(code):
            own = ~international & (regions == region)
            if code != 1:
                # Digits that begin like the calling code may hold it without its +.
                own &= ~as_mask(pc.starts_with(digits, str(code)))
            _fill(values, digits, own, (f"^{trunk}({plan(code)})$", rf"+{code}\1"))
    return values, values != None  # noqa: E711 (an array is compared)


def read_digits(digits: pa.Array, regions: Texts) -> tuple[Texts, NDArray[np.bool_]]:
    """Return the digits of plain numbers of unknown country, and where that was."""
    shaped = as_mask(pc.match_substring_regex(digits, f"^[0-9]{{{FEWEST_DIGITS},{MOST_DIGITS}}}$"))
    return as_objects(digits), shaped & (regions == "")


def _replace(column: pa.Array, where: NDArray[np.bool_], pattern: str, by: str) -> pa.Array:
    """Replace a pattern in some texts of a column."""
    if not where.any():
        return column
    mask = pa.array(where)
    return pc.replace_with_mask(
        column, mask, pc.replace_substring_regex(column.filter(mask), pattern, by)
    )


def _fill(
    values: Texts, digits: pa.Array, own: NDArray[np.bool_], rewrite: tuple[str, str]
) -> None:
    if not own.any():
        return
    mine = digits.filter(pa.array(own))
    rewritten = pc.replace_substring_regex(mine, *rewrite)
    fits = as_mask(pc.match_substring_regex(mine, rewrite[0]))
    fits &= as_mask(pc.less_equal(pc.utf8_length(rewritten), MOST_DIGITS + 1))
    written = as_objects(rewritten).copy()
    written[~fits] = None
    values[own] = written


@cache
def plan(code: int) -> str:
    """Return the valid national numbers of a calling code as a pattern; "" if not simple."""
    from phonenumbers import PhoneMetadata  # noqa: PLC0415

    main = PhoneMetadata.metadata_for_region(_main_region(code), None)
    if main is None or main.general_desc is None or not _is_simple(main):
        return ""
    regions = [main] if code != 1 else [main, PhoneMetadata.metadata_for_region("CA")]
    kinds = [getattr(region, kind) for region in regions for kind in NUMBER_TYPES]
    # Lengths that the main region does not know are dialled inside one area only.
    known = set(main.general_desc.possible_length)
    patterns = [
        kind.national_number_pattern
        for kind in kinds
        if kind and kind.national_number_pattern and known.issuperset(kind.possible_length)
    ]
    return "|".join(f"(?:{pattern})" for pattern in dict.fromkeys(patterns))


@cache
def calling_code(region: str) -> tuple[int, str]:
    """Return a region's calling code and its optional trunk prefix; 0 if it has no simple plan."""
    from phonenumbers import PhoneMetadata, country_code_for_region  # noqa: PLC0415

    code = country_code_for_region(region)
    own = region == "CA" or _main_region(code) == region
    if code not in CALLING_CODES or not own:
        return 0, ""
    data = PhoneMetadata.metadata_for_region(region)
    prefix = data.national_prefix_for_parsing if data else None
    return code, f"{prefix[0]}?" if prefix else ""


def _main_region(code: int) -> str:
    from phonenumbers import COUNTRY_CODE_TO_REGION_CODE  # noqa: PLC0415

    return COUNTRY_CODE_TO_REGION_CODE[code][0] if code in COUNTRY_CODE_TO_REGION_CODE else ""


def _is_simple(data: object) -> bool:
    prefix = getattr(data, "national_prefix_for_parsing", None)
    return (
        prefix in SIMPLE_PREFIXES
        and getattr(data, "international_prefix", None) in {"00", "011", "0[09]"}
        and getattr(data, "leading_digits", None) is None
    )
