"""From one header and its values to the field it most likely is.

First the header's words decide, then its spelling, then the values; values also overrule a
header they plainly contradict.
"""

import re
from dataclasses import replace
from typing import Final

from validators.fields import FIELDS
from validators.mapping.evidence import Evidence
from validators.mapping.headers import fold_header
from validators.mapping.naming import EMPTY, NOT_NAMED, Candidate, read_header
from validators.words import words

# Shares of values: nearly all of them, and most.
PLAINLY: Final = 0.8
MOSTLY: Final = 0.5
# Fewer than this of the values are of the field's shape: somebody has to say.
HARDLY: Final = 0.3
DOUBTED: Final = 0.6
# Fewer values than this tell nothing by themselves.
FEW: Final = 3

# A header that only counts: column_3, Spalte 3, Unnamed: 3.
NUMBERED: Final = re.compile(r"(?:column|col|field|spalte|feld|colonne|columna|unnamed)\s?\d+|\d+")

# A street's name, not its number alone.
NAMED_STREET: Final = re.compile(r"[^\W\d_]{3}")

# A header with one of these says that its values are about something else, whatever they look like.
NO_VALUE: Final = words("id ids type types category class size count")

CONTACT: Final = frozenset(("email", "phone", "url"))
TYPED: Final = CONTACT | frozenset(("date", "datetime"))
NAMES: Final = frozenset(
    ("full_name", "given_name", "family_name", "company", "street", "city", "region", "country")
)
NOT_EMAILS: Final = NAMES - {"street", "region", "country"} | {"phone", "postal_code", "url"}


def find_candidate(header: str, evidence: Evidence) -> Candidate:
    """Return what a column is by its header, unless its values say otherwise."""
    named = read_header(header)
    if named.fields and not evidence.values:
        return named.weaker(0.5, f"{named.reason}{EMPTY}")
    numbered = named.part and named.fields == ("street",)
    if numbered and evidence.share(NAMED_STREET.search) >= MOSTLY:
        named = replace(named, part=False)  # “Street + number”
    contradiction = find_contradiction(named, evidence)
    if contradiction:
        told = read_values(evidence)
        return told if told.fields else Candidate((), 0.0, contradiction)
    doubtful = named.confidence > DOUBTED and _is_doubtful(named, evidence)
    if doubtful and named.spelled:
        named = NOT_NAMED  # neither the name nor the values
    elif doubtful:
        doubt = f"{named.reason}, but the values do not look like it"
        return replace(named, confidence=DOUBTED, reason=doubt)
    if named.spelled and _is_shown(named.fields[0], evidence):
        return replace(named, confidence=0.85, reason=f"{named.reason}, and the values agree")
    parts = fold_header(header).split()
    if named is not NOT_NAMED or NO_VALUE & set(parts):
        return named
    told = read_values(evidence)
    return told if told.fields or not NUMBERED.fullmatch(" ".join(parts)) else read_names(evidence)


def read_values(evidence: Evidence) -> Candidate:
    """Recognize a column by its values alone: shapes nothing else has, in more than a few."""
    if len(evidence.values) > 1 and evidence.honorific >= PLAINLY:
        return Candidate(("salutation",), 0.5, "the values are salutations")
    if len(evidence.values) < FEW:
        return NOT_NAMED
    if evidence.email >= PLAINLY:
        return Candidate(("email",), 0.65, "the values are e-mail addresses")
    if evidence.parted_phone >= PLAINLY:
        return Candidate(("phone",), 0.5, "the values look like phone numbers")
    if evidence.country >= PLAINLY and evidence.number == 0:
        return Candidate(("country",), 0.4, "the values are countries")
    return NOT_NAMED


def read_names(evidence: Evidence) -> Candidate:
    """Recognize names and postal codes by the values of a column without a header of its own."""
    if len(evidence.values) < FEW:
        return NOT_NAMED
    if evidence.person >= MOSTLY:
        two = evidence.share(lambda value: " " in value) >= MOSTLY
        field = "full_name" if two else "given_name"
        return Candidate((field,), 0.4, "the values are people's names")
    if evidence.organization >= PLAINLY > evidence.number and evidence.date < MOSTLY:
        return Candidate(("company",), 0.3, "the values look like organizations")
    return NOT_NAMED


def find_contradiction(named: Candidate, evidence: Evidence) -> str | None:
    """Say why the values cannot be what the header says, or return None."""
    kinds = {FIELDS[field].kind for field in named.fields}
    if not kinds or named.part:
        return None
    objections = (
        (kinds <= TYPED and evidence.label >= PLAINLY, "labels"),
        (kinds <= TYPED and evidence.flag >= PLAINLY > evidence.phone, "yes and no"),
        (kinds <= NAMES and evidence.answer >= PLAINLY, "yes and no"),
        (kinds <= CONTACT and evidence.date >= PLAINLY, "dates"),
        (kinds <= NOT_EMAILS and evidence.email >= PLAINLY, "e-mail addresses"),
        (kinds == {"url"} and evidence.profile >= MOSTLY, "pages of people in a network"),
        (kinds == {"identifier"} and evidence.person >= MOSTLY, "people's names"),
        (kinds == {"flag"} and max(evidence.flag, evidence.date) < MOSTLY, "neither yes nor no"),
        (named.inside and not _agrees(named.fields[0], evidence), "something else"),
    )
    found = [f"the values are {what}" for holds, what in objections if holds]
    return found[0] if found else None


def _is_doubtful(named: Candidate, evidence: Evidence) -> bool:
    """Tell whether hardly a value has what every value of the field has."""
    if len(named.fields) != 1 or named.part or len(evidence.values) < FEW:
        return False
    shares = {
        "email": evidence.share(lambda value: "@" in value),
        "url": evidence.share(lambda value: "." in value),
        "phone": evidence.coded,
        "date": evidence.coded,
        "datetime": evidence.coded,
        "number": evidence.coded,
        "postal_code": evidence.coded,
        "country": evidence.country,
        "given_name": 1.0 - evidence.coded,
        "family_name": 1.0 - evidence.coded,
        "full_name": 1.0 - evidence.coded,
    }
    field = named.fields[0]
    if field in ("lead_source", "lead_status", "industry"):
        return evidence.coded > 1.0 - HARDLY  # an id of it
    return shares.get(FIELDS[field].kind, 1.0) < HARDLY


def _is_shown(field: str, evidence: Evidence) -> bool:
    """Tell whether the values can hardly be of another field."""
    shares = {"email": evidence.email, "phone": evidence.parted_phone, "country": evidence.country}
    names = evidence.person if field in ("given_name", "full_name") else 0.0
    return max(shares.get(FIELDS[field].kind, 0.0), names) >= MOSTLY


def _agrees(field: str, evidence: Evidence) -> bool:
    """Tell whether the values are of the shape of a field, as far as it has one."""
    shares = {
        "email": evidence.email,
        "phone": evidence.phone,
        "date": evidence.date,
        "postal_code": evidence.postal,
        "region": 1.0 - evidence.coded,
        "city": 1.0 - evidence.coded,
        "country": 1.0 - evidence.coded,
        "category": 1.0 - evidence.coded,
    }
    kind = FIELDS[field].kind
    return shares[kind] >= MOSTLY if kind in shares else evidence.flag < PLAINLY
