"""What the values of a column look like: the share of its distinct values of each shape."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Final

from validators.mapping import shapes
from validators.mapping.given_names import given_names
from validators.standardize.country import countries, country_key
from validators.standardize.full_name import SALUTATIONS
from validators.standardize.text import NO, YES

if TYPE_CHECKING:
    import pandas as pd

# Looked at are so many rows from the whole length of a column, and so many distinct values of them.
ROWS: Final = 5_000
SAMPLE: Final = 500
LONGEST: Final = 200


@dataclass(frozen=True)
class Evidence:
    """A sample of a column's distinct values, trimmed and cut; shares are 0…1."""

    values: tuple[str, ...]

    def share(self, test: Callable[[str], object]) -> float:
        """Return the share of values that pass a test; 0 where there are none."""
        return sum(map(bool, map(test, self.values))) / len(self.values) if self.values else 0.0

    @cached_property
    def email(self) -> float:
        """Share of e-mail addresses."""
        return self.share(shapes.EMAIL.fullmatch)

    @cached_property
    def phone(self) -> float:
        """Share of phone numbers, however written; dates are none."""
        return self.share(lambda v: shapes.PHONE.fullmatch(v) and not shapes.DATE.fullmatch(v))

    @cached_property
    def parted_phone(self) -> float:
        """Share of values that can be nothing but phone numbers."""
        return self.share(
            lambda v: (
                shapes.PHONE.fullmatch(v)
                and shapes.PARTED_PHONE.search(v)
                and not shapes.DATE.fullmatch(v)
                and not shapes.DECIMAL.fullmatch(v)
            )
        )

    @cached_property
    def date(self) -> float:
        """Share of dates and date-times."""
        return self.share(shapes.DATE.fullmatch)

    @cached_property
    def web(self) -> float:
        """Share of web addresses."""
        return self.share(lambda v: "@" not in v and shapes.WEB.fullmatch(v))

    @cached_property
    def profile(self) -> float:
        """Share of addresses of a person's page in a social network."""
        return self.share(shapes.PROFILE.search)

    @cached_property
    def postal(self) -> float:
        """Share of postal codes."""
        return self.share(shapes.POSTAL.fullmatch)

    @cached_property
    def number(self) -> float:
        """Share of plain numbers."""
        return self.share(shapes.NUMBER.fullmatch)

    @cached_property
    def coded(self) -> float:
        """Share of values with a digit, as ids have one."""
        return self.share(lambda v: any(map(str.isdigit, v)))

    @cached_property
    def country(self) -> float:
        """Share of names and codes of countries."""
        return self.share(lambda v: country_key(v) in countries())

    @cached_property
    def flag(self) -> float:
        """Share of yes and no."""
        return self.share(lambda v: v.casefold() in YES | NO)

    @cached_property
    def answer(self) -> float:
        """Share of yes and no in words, which no initial looks like."""
        return self.share(lambda v: len(v) > 1 and v.casefold() in YES | NO)

    @cached_property
    def label(self) -> float:
        """Share of labels of contact data: Home, Work."""
        return self.share(lambda v: set(v.casefold().split()) <= shapes.LABELS)

    @cached_property
    def honorific(self) -> float:
        """Share of salutations: Mr, Frau, Dr."""
        return self.share(
            lambda v: all(word in SALUTATIONS for word in v.casefold().replace(".", "").split())
        )

    @cached_property
    def status(self) -> float:
        """Share of the words that say how far a lead is."""
        return self.share(shapes.STATUS.fullmatch)

    @cached_property
    def call_result(self) -> float:
        """Share of the words that say how a call ended."""
        return self.share(shapes.CALL_RESULT.fullmatch)

    @cached_property
    def call_direction(self) -> float:
        """Share of the words that say who called whom."""
        return self.share(shapes.CALL_DIRECTION.fullmatch)

    @cached_property
    def organization(self) -> float:
        """Share of names with a legal form, or words people's names do not have."""
        return self.share(shapes.ORGANIZATION.search)

    @cached_property
    def person(self) -> float:
        """Share of names with a given name in them, and nothing of an organization."""
        return self.share(
            lambda v: (
                not shapes.ORGANIZATION.search(v)
                and any(word in given_names() for word in re.split(r"[\s,]+", v.casefold()))
            )
        )


def look_at(column: "pd.Series[str]") -> Evidence:
    """Take a sample of a column, from its whole length."""
    filled = column.dropna()
    seen = filled.iloc[:: max(len(filled) // ROWS, 1)].unique()[:SAMPLE]
    return Evidence(tuple(text.strip()[:LONGEST] for text in seen if text.strip()))
