"""Whether a number is in its numbering plan: what `phonenumbers.is_valid_number` says, sooner.

That function tries some ten kinds of number one by one, in every region of a calling code (Britain
has 4, North America 25), and tries those of the region it found once more. Here the kinds of a
region are one regular expression. The law, tested over numbers of every calling code: both agree.
"""

import re
from functools import cache
from typing import Any, Final

from phonenumbers import COUNTRY_CODE_TO_REGION_CODE, PhoneMetadata
from phonenumbers.phonemetadata import REGION_CODE_FOR_NON_GEO_ENTITY

KINDS: Final = (
    "premium_rate", "toll_free", "shared_cost", "voip", "personal_number", "pager", "uan",
    "voicemail", "fixed_line", "mobile",
)  # fmt: skip
NEVER: Final = "(?!)"


def is_assigned(code: int, national: str) -> bool:
    """Tell whether the plan of a calling code has a national significant number."""
    regions = starts(code)
    for region, start in regions:
        if start is not None and len(regions) > 1:
            if start.match(national):
                return numbers(code, region).fullmatch(national) is not None
        elif numbers(code, region).fullmatch(national):
            return True
    return False


@cache
def starts(code: int) -> tuple[tuple[str, re.Pattern[str] | None], ...]:
    """Return the regions of a calling code, and how their numbers begin where that tells them."""
    known = [(region, _plan(code, region)) for region in COUNTRY_CODE_TO_REGION_CODE.get(code, ())]
    return tuple(
        (region, re.compile(data.leading_digits) if data.leading_digits else None)
        for region, data in known
        if data is not None
    )


@cache
def numbers(code: int, region: str) -> re.Pattern[str]:
    """Return all numbers of a region."""
    data = _plan(code, region)
    kinds = "|".join(_pattern(getattr(data, kind)) for kind in KINDS)
    return re.compile(f"(?={_pattern(data.general_desc)}$)(?:{kinds})")


def _plan(code: int, region: str) -> Any:
    if region == REGION_CODE_FOR_NON_GEO_ENTITY:
        return PhoneMetadata.metadata_for_nongeo_region(code, None)
    return PhoneMetadata.metadata_for_region(region, None)


def _pattern(kind: object) -> str:
    """All numbers of one kind as a pattern, of the lengths that are possible."""
    numbers = getattr(kind, "national_number_pattern", None)
    if not numbers:
        return NEVER
    lengths = getattr(kind, "possible_length", ())
    fits = "|".join(f"[0-9]{{{length}}}" for length in lengths if length > 0) if lengths else ".*"
    return f"(?:(?=(?:{fits or NEVER})$)(?:{numbers}))"
