"""What the values of a column look like: the share of its distinct values of each shape."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Final

import pandas as pd

from validators.mapping.given_names import given_names
from validators.standardize.country import countries, country_key
from validators.standardize.full_name import SALUTATIONS
from validators.standardize.text import NO, YES
from validators.words import words

SAMPLE: Final = 500
ROWS: Final = 5_000

EMAIL: Final = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+|mailto:.*|.*<[^@\s]+@[^@\s]+>")
PHONE: Final = re.compile(
    r"(?:p:|tel:)?\s*\+?[\d()][\d\s()./\-\u2010-\u2015]{5,24}\d(?:\s*(?:x|ext\.?|#)\s*\d{1,6})?",
    re.I,
)
FORMATTED: Final = re.compile(r"\+|^00|^0\d{5,}|\d[\s()./\-]+\d")
DATE: Final = re.compile(
    r"\d{4}[-/.]\d{1,2}[-/.]\d{1,2}(?:\D.*)?|\d{1,2}[-/.]\d{1,2}[-/.](?:\d{4}|\d{2})(?:\D.*)?|\d{1,2}\.?\s[^\W\d]{3,}\s\d{4}.*|(?:19|20)\d{6}"
)
URL: Final = re.compile(
    r"https?://\S+|www\.\S+|[\w\-]+(?:\.[\w\-]+)*\.[a-z]{2,}(?:/\S*)?", re.IGNORECASE
)
PROFILE: Final = re.compile(r"(?:linkedin|facebook|twitter|x|xing|instagram)\.com/", re.IGNORECASE)
POSTAL: Final = re.compile(
    r"\d{4,6}(?:-\d{3,4})?|[A-Z]{1,2}\d[A-Z\d]?\s?\d[A-Z]{2}|[A-Z]\d[A-Z]\s?\d[A-Z]\d|\d{4}\s?[A-Z]{2}|\d{3}\s\d{2}|\d{2}-\d{3}",
    re.I,
)
NUMBER: Final = re.compile(r"[+-]?[\d.,\s]*\d")
LEGAL: Final = re.compile(
    r"\b(?:gmbh|inc|ltd|llc|llp|corp|plc|ag|kg|s\.?a\.?r?\.?l?|s\.?r\.?l|b\.?v|co|company|& sons|oy|ab|pty|limited|e\.?v)\b\.?\s*$",
    re.I,
)
ORGANIZATION: Final = re.compile(
    r"\b(?:restaurant|cafe|café|hotel|bar|grill|bistro|kitchen|pizza\w*|deli\w*|school|schule|academy|center|centre|"
    r"church|association|institute|university|clinic|hospital|group|services|solutions|systems|foundation|"
    r"society|club|agency|bank|studio|shop|store|market|house|inn|early|child\w*|care|learning|development|"
    r"day|community|public|st\.?|the|of|on|at|and|la|le|&)\b|&|'s\b|\d", re.IGNORECASE)  # fmt: skip
LABELS: Final = words(
    "home work mobile other main fax pager private business internet * cell office custom privat arbeit mobil obsolete"
)
STATUSES: Final = re.compile(
    r"(?:open|new|working|contacted|qualified|unqualified|disqualified|converted|closed|won|lost|active|inactive|"
    r"pending|lead|customer|in progress|nurturing|attempted|connected|offen|neu|geschlossen|nouveau|nuevo|abierto)\b.*",
    re.I,
)
CALLS: Final = re.compile(r"(?:completed|busy|no[- ]answer|failed|canceled|answered|missed|voicemail|accepted|rejected|abandoned|ringing|in-progress|queued)", re.IGNORECASE)  # fmt: skip


@dataclass(frozen=True)
class Evidence:
    """A sample of a column's distinct values (up to 500), trimmed; shares are 0…1."""

    values: tuple[str, ...]

    def share(self, test: Callable[[str], object]) -> float:
        """Return the share of values that pass a test; 0 where there are none."""
        return sum(map(bool, map(test, self.values))) / len(self.values) if self.values else 0.0

    @cached_property
    def email(self) -> float:
        """Share of e-mail addresses."""
        return self.share(EMAIL.fullmatch)

    @cached_property
    def phone(self) -> float:
        """Share of phone numbers, formatted or not; dates are none."""
        return self.share(lambda text: PHONE.fullmatch(text) and not DATE.fullmatch(text))

    @cached_property
    def formatted_phone(self) -> float:
        """Share of values that can be nothing but phone numbers: with + or separators."""
        return self.share(
            lambda text: (
                PHONE.fullmatch(text) and FORMATTED.search(text) and not DATE.fullmatch(text)
            )
        )

    @cached_property
    def date(self) -> float:
        """Share of dates and date-times."""
        return self.share(DATE.fullmatch)

    @cached_property
    def url(self) -> float:
        """Share of web addresses."""
        return self.share(lambda text: "@" not in text and URL.fullmatch(text))

    @cached_property
    def profile(self) -> float:
        """Share of addresses of a person's page in a social network."""
        return self.share(PROFILE.search)

    @cached_property
    def postal(self) -> float:
        """Share of postal codes."""
        return self.share(POSTAL.fullmatch)

    @cached_property
    def number(self) -> float:
        """Share of plain numbers."""
        return self.share(NUMBER.fullmatch)

    @cached_property
    def country(self) -> float:
        """Share of names and codes of countries."""
        return self.share(lambda text: country_key(text) in countries())

    @cached_property
    def flag(self) -> float:
        """Share of yes and no."""
        return self.share(lambda text: text.casefold() in YES | NO)

    @cached_property
    def label(self) -> float:
        """Share of labels of contact data: Home, Work."""
        return self.share(lambda text: set(text.casefold().split()) <= LABELS)

    @cached_property
    def honorific(self) -> float:
        """Share of salutations: Mr, Frau, Dr."""
        return self.share(
            lambda text: all(
                word.replace(".", "") in SALUTATIONS for word in text.casefold().split()
            )
        )

    @cached_property
    def status(self) -> float:
        """Share of the words that say how far a lead is."""
        return self.share(STATUSES.fullmatch)

    @cached_property
    def call_result(self) -> float:
        """Share of the words that say how a call ended."""
        return self.share(CALLS.fullmatch)

    @cached_property
    def organization(self) -> float:
        """Share of names with a legal form, or words people's names do not have."""
        return self.share(lambda text: LEGAL.search(text) or ORGANIZATION.search(text))

    @cached_property
    def person(self) -> float:
        """Share of names with a given name in them."""
        return self.share(
            lambda text: (
                not ORGANIZATION.search(text)
                and any(word in given_names() for word in re.split(r"[\s,]+", text.casefold()))
            )
        )


def look_at(column: "pd.Series[str]") -> Evidence:
    """Take a sample of a column, from its whole length."""
    filled = column.dropna()
    seen = filled.iloc[:: max(len(filled) // ROWS, 1)].unique()[:SAMPLE]
    return Evidence(tuple(text.strip() for text in seen if text.strip()))
