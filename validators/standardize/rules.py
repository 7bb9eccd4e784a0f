"""Which rule standardizes the texts of which field, and the shortcut past it.

Kinds that need more than the text (phones their country, dates their order, names each other)
are not here: see `phones`, `dates`, `postal_codes`, `names`, `emails`.
"""

from typing import Final, NamedTuple

from validators.fields import FIELDS, Kind
from validators.standardize.address import (
    MIXED_CASE,
    standardize_place,
    standardize_region,
    standardize_street,
)
from validators.standardize.company import MIXED_CASE as MIXED_CASE_COMPANY
from validators.standardize.company import standardize_company
from validators.standardize.country import standardize_country
from validators.standardize.distinct import Rule
from validators.standardize.language import standardize_language
from validators.standardize.number import PLAIN as PLAIN_NUMBER
from validators.standardize.number import standardize_number, standardize_seconds
from validators.standardize.shortcut import Shortcut
from validators.standardize.text import (
    NOT_A_FLOAT,
    NOTHING_TO_TRIM,
    standardize_category,
    standardize_flag,
    standardize_gender,
    standardize_identifier,
    standardize_national_id,
)
from validators.standardize.url import PLAIN as PLAIN_URL
from validators.standardize.url import standardize_url


class KindRule(NamedTuple):
    """A rule, and the shortcuts past it."""

    rule: Rule
    shortcuts: tuple[Shortcut, ...] = ()


BY_KIND: Final[dict[Kind, KindRule]] = {
    "company": KindRule(standardize_company, (MIXED_CASE_COMPANY,)),
    "street": KindRule(standardize_street, (MIXED_CASE,)),
    "city": KindRule(standardize_place, (MIXED_CASE,)),
    "region": KindRule(standardize_region),
    "country": KindRule(standardize_country),
    "identifier": KindRule(standardize_identifier, (NOT_A_FLOAT,)),
    "url": KindRule(standardize_url, (PLAIN_URL,)),
    "number": KindRule(standardize_number, (PLAIN_NUMBER,)),
    "flag": KindRule(standardize_flag),
    "category": KindRule(standardize_category, (NOTHING_TO_TRIM,)),
}
BY_FIELD: Final[dict[str, KindRule]] = {
    "language": KindRule(standardize_language),
    "gender": KindRule(standardize_gender),
    "national_id": KindRule(standardize_national_id),
    "call_seconds": KindRule(standardize_seconds, (PLAIN_NUMBER,)),
}


def rule_for(field: str) -> KindRule | None:
    """Return the rule of a field, or None where the field needs more than its text, or nothing."""
    return BY_FIELD.get(field) or BY_KIND.get(FIELDS[field].kind)
