"""The vocabulary of a lead: every field a column can be mapped to.

A mapped column becomes one of these fields; a standardized frame holds a subset of them
as text columns (missing is null, never ""). Later stages know fields by these names alone.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal, TypeVar

Kind = Literal[
    "given_name",
    "family_name",
    "full_name",
    "email",
    "phone",
    "company",
    "street",
    "city",
    "region",
    "postal_code",
    "country",
    "date",
    "datetime",
    "identifier",
    "url",
    "number",
    "flag",
    "category",
    "text",
]


@dataclass(frozen=True)
class Field:
    """One field of a lead: its column name, the kind of its values, and its name for people."""

    name: str
    kind: Kind
    label: str


FIELDS: dict[str, Field] = {
    field.name: field
    for field in (
        # Who sent the row. `external_id` is the sender's id of the person or company,
        # `submission_id` the id of this one submission.
        Field("external_id", "identifier", "Record ID"),
        Field("submission_id", "identifier", "Submission ID"),
        Field("occurred_at", "datetime", "Occurred at"),
        Field("lead_source", "category", "Lead source"),
        Field("lead_status", "category", "Lead status"),
        # The person. `full_name` is split into the parts below wherever it can be.
        Field("full_name", "full_name", "Name"),
        Field("salutation", "category", "Salutation"),
        Field("given_name", "given_name", "First name"),
        Field("middle_name", "given_name", "Middle name"),
        Field("family_name", "family_name", "Last name"),
        Field("name_suffix", "category", "Suffix"),
        Field("birth_date", "date", "Date of birth"),
        Field("birth_place", "city", "Place of birth"),
        Field("gender", "category", "Gender"),
        Field("national_id", "identifier", "National ID"),
        Field("job_title", "text", "Job title"),
        Field("language", "category", "Language"),
        # How to reach them. Several e-mails and phones are a union, not rivals.
        Field("email", "email", "E-mail"),
        Field("email_2", "email", "E-mail 2"),
        Field("email_3", "email", "E-mail 3"),
        Field("phone", "phone", "Phone"),
        Field("phone_ext", "category", "Extension"),
        Field("mobile", "phone", "Mobile"),
        Field("phone_2", "phone", "Phone 2"),
        Field("fax", "phone", "Fax"),
        Field("email_opt_out", "flag", "Opted out of e-mail"),
        Field("do_not_call", "flag", "Do not call"),
        # The company and the place.
        Field("company", "company", "Company"),
        Field("company_id", "identifier", "Company ID"),
        Field("website", "url", "Website"),
        Field("industry", "category", "Industry"),
        Field("street", "street", "Street"),
        Field("street_2", "street", "Street 2"),
        Field("city", "city", "City"),
        Field("region", "region", "State or region"),
        Field("postal_code", "postal_code", "Postal code"),
        Field("country", "country", "Country"),
        # What was said or done.
        Field("notes", "text", "Notes"),
        Field("amount", "number", "Amount"),
        Field("call_direction", "category", "Call direction"),
        Field("call_status", "category", "Call status"),
        Field("call_seconds", "number", "Call duration"),
        Field("call_to", "phone", "Number called"),
        Field("host", "text", "Host"),
    )
}

# What a company wants to know beyond the vocabulary is kept as `attributes.NAME`.
ATTRIBUTE_PREFIX = "attributes."
LONGEST_ATTRIBUTE = 60
ATTRIBUTE = re.compile(rf"attributes\.[a-z][a-z0-9_]{{0,{LONGEST_ATTRIBUTE - 1}}}", re.ASCII)


# Fields that are parts of a column of another field, where they have no column of their own.
PART_OF = {"given_name": "full_name", "family_name": "full_name", "phone_ext": "phone"}
Column = TypeVar("Column")


def with_parts(columns: Iterable[tuple[str, Column]]) -> Iterator[tuple[str, Column]]:
    """Fields with their columns as they are, then parts of fields with the column of the whole."""
    fields = list(columns)
    yield from fields
    for part, whole in PART_OF.items():
        yield from ((part, column) for field, column in fields if field == whole)


def attributes_of(names: Iterable[object]) -> list[str]:
    """Return the attributes among these columns, in alphabetical order."""
    return sorted(str(name) for name in names if str(name).startswith(ATTRIBUTE_PREFIX))


EMAIL_FIELDS = ("email", "email_2", "email_3")
PHONE_FIELDS = ("phone", "mobile", "phone_2")
ADDRESS_FIELDS = ("street", "street_2", "city", "region", "postal_code", "country")
NAME_FIELDS = ("given_name", "middle_name", "family_name", "name_suffix")
