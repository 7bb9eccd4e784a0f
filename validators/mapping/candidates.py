"""From one header and its values to the field it most likely is.

First the header's words decide, then spelling, then the values; values also overrule a header
they plainly contradict.
"""

import re
from dataclasses import dataclass
from typing import Final

from validators.fields import EMAIL_FIELDS, FIELDS
from validators.mapping.evidence import Evidence
from validators.mapping.headers import fold_header, squeeze
from validators.mapping.synonyms import (
    AMBIGUOUS,
    COMPANY_PREFIXES,
    DISTRACTING,
    HOUSE_NUMBERS,
    OTHER_PHRASES,
    OTHERS,
    PERSON_PREFIXES,
    TELLING,
    WEAK,
    synonyms,
)


@dataclass(frozen=True)
class Candidate:
    """What a column may be: fields in order of likelihood (none: no field), how sure, and why."""

    fields: tuple[str, ...]
    confidence: float
    reason: str
    house_number: bool = False


NO_FIELD: Final = Candidate((), 0.0, "not recognized")
SPELLED: Final = 88
PLAINLY: Final = 0.8
FEW: Final = 3
IN_COMPANY: Final = {"name": "company", "id": "company_id", "ids": "company_id"}


def find_candidate(header: str, evidence: Evidence) -> Candidate:
    """Return what a column is by its header, unless its values say otherwise."""
    named = name_candidate(header)
    if named.fields and not evidence.values:
        return Candidate(named.fields, named.confidence / 2, f"{named.reason}; the column is empty")
    contradiction = _contradiction(named, evidence)
    if contradiction:
        told = _by_values(evidence)
        if told.fields and not set(told.fields) & set(named.fields):
            return told
        return Candidate((), 0.0, contradiction)
    if named.fields or named.reason != NO_FIELD.reason:
        return named
    if "id" in fold_header(header).split():
        return NO_FIELD
    return _by_values(evidence)


def name_candidate(header: str) -> Candidate:
    """Return what a header means by its words alone."""
    folded = fold_header(header)
    words = folded.split()
    if squeeze(folded) in HOUSE_NUMBERS:
        return Candidate(("street",), 0.9, "the house number", house_number=True)
    exact = _look_up(folded)
    if exact.fields:
        return exact
    if OTHERS & set(words) or any(phrase in folded for phrase in OTHER_PHRASES):
        return Candidate((), 0.0, "about something else than the lead")
    trimmed = re.sub(r"\s\d\b|\bvalue$", "", folded).strip()
    for attempt in (
        _look_up(trimmed),
        _without_prefix(trimmed),
        _misspelled(trimmed),
        _inside(words),
    ):
        if attempt.fields:
            return attempt
    if words and words[0] in COMPANY_PREFIXES | {"host"} and len(words) > 1:
        return Candidate((), 0.0, "about something else than the lead")
    return NO_FIELD


def _look_up(folded: str) -> Candidate:
    if folded in AMBIGUOUS:
        return Candidate(AMBIGUOUS[folded], 0.8, "the header has several meanings")
    if folded in WEAK:
        return Candidate((WEAK[folded],), 0.6, "the header says little")
    field = synonyms().get(squeeze(folded))
    return Candidate((field,), 1.0, "the header is a known name") if field else NO_FIELD


def _without_prefix(folded: str) -> Candidate:
    first, _, rest = folded.partition(" ")
    if not rest:
        return NO_FIELD
    if first in COMPANY_PREFIXES:
        field = IN_COMPANY.get(rest)
        inner = Candidate((field,), 0.95, "") if field else _look_up(rest)
        return _weaker(inner, 0.85, f"“{rest}” of the company")
    if first in PERSON_PREFIXES:
        return _weaker(_look_up(rest), PERSON_PREFIXES[first], f"“{rest}” after “{first}”")
    return NO_FIELD


def _weaker(found: Candidate, factor: float, reason: str) -> Candidate:
    return (
        Candidate(found.fields, round(found.confidence * factor, 3), reason)
        if found.fields
        else NO_FIELD
    )


def _misspelled(folded: str) -> Candidate:
    from rapidfuzz import fuzz, process  # noqa: PLC0415

    key = squeeze(folded)
    if len(key) < 5:
        return NO_FIELD
    names = [name for name in synonyms() if len(name) >= 5]
    best = process.extractOne(key, names, scorer=fuzz.ratio, score_cutoff=SPELLED)
    if not best:
        return NO_FIELD
    return Candidate((synonyms()[best[0]],), 0.75, "the header is spelled like a known name")


def _inside(words: list[str]) -> Candidate:
    """Find a telling phrase in a longer header, the latest and longest of them."""
    if DISTRACTING & set(words):
        return NO_FIELD
    padded = f" {' '.join(words)} "
    found = [phrase for phrase in TELLING if f" {phrase} " in padded]
    if not found:
        return NO_FIELD
    phrase = max(found, key=lambda known: (len(known.split()), len(known)))
    return Candidate((TELLING[phrase],), 0.65, f"the header speaks of “{phrase}”")


def _contradiction(named: Candidate, evidence: Evidence) -> str | None:
    """Say why values cannot be what the header says, or return None."""
    kinds = {FIELDS[field].kind for field in named.fields}
    if not kinds or named.house_number:
        return None
    if kinds <= {"email", "phone", "url", "date", "datetime"}:
        if evidence.flag >= PLAINLY and evidence.phone < PLAINLY:
            return "the values are yes and no"
        if evidence.label >= PLAINLY:
            return "the values are labels"
    if (
        "email" not in kinds
        and kinds & {"phone", "full_name", "given_name", "family_name", "company", "city"}
        and evidence.email >= PLAINLY
    ):
        return "the values are e-mail addresses"
    if kinds == {"url"} and evidence.profile >= 0.5:
        return "the values are pages of people in a network"
    if named.reason.startswith("the header speaks of") and not _agrees(named.fields[0], evidence):
        return "the values are something else"
    return None


def _agrees(field: str, evidence: Evidence) -> bool:
    kind = FIELDS[field].kind
    if kind == "email":
        return evidence.email >= 0.5
    if kind == "phone":
        return evidence.phone >= 0.5
    if kind == "date":
        return evidence.date >= 0.5
    if kind == "postal_code":
        return evidence.postal >= 0.5
    return evidence.flag < PLAINLY


def _by_values(evidence: Evidence) -> Candidate:
    """Recognize a column by its values alone: shapes nothing else has, and more than a stray few."""
    if len(evidence.values) < FEW:
        return NO_FIELD
    if evidence.email >= PLAINLY:
        return Candidate((EMAIL_FIELDS[0],), 0.7, "the values are e-mail addresses")
    if evidence.formatted_phone >= PLAINLY:
        return Candidate(("phone",), 0.5, "the values look like phone numbers")
    if evidence.country >= PLAINLY and evidence.number == 0:
        return Candidate(("country",), 0.4, "the values are countries")
    return NO_FIELD
