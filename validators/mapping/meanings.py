"""Headers with several meanings, settled by the values and by the columns around them.

Title is a job or an honorific; Name is a person, a company or a deal; State is a region or a
status. In: candidates with several fields. Out: the same with one field, or none.
"""

from dataclasses import replace
from typing import Final

from validators.mapping.candidates import MOSTLY, PLAINLY
from validators.mapping.evidence import Evidence
from validators.mapping.naming import Candidate
from validators.words import words

# As sure as a header of several meanings is by itself, with nothing before or behind it.
WHOLE: Final = 0.8
PERSONAL: Final = words(
    "given_name family_name middle_name birth_date gender salutation job_title national_id"
)
PLACE: Final = words("street city postal_code")
# As many words make free text of a value.
WORDY: Final = 3


def settle_meanings(
    found: dict[str, Candidate], evidence: dict[str, Evidence], told: frozenset[str]
) -> dict[str, Candidate]:
    """Choose one field for every column with several; `told` are the fields already given."""
    sure = told | {c.fields[0] for c in found.values() if len(c.fields) == 1}
    settled = {
        header: settle(candidate, evidence[header], sure)
        if len(candidate.fields) > 1
        else _settle_whole(candidate, evidence[header], sure)
        for header, candidate in found.items()
    }
    return _prefer_free_text(settled, evidence)


def _prefer_free_text(
    settled: dict[str, Candidate], evidence: dict[str, Evidence]
) -> dict[str, Candidate]:
    """Where several columns may be notes, weaken those that hold a choice beside free text."""
    words = {
        header: evidence[header].share(lambda value: len(value.split()) >= WORDY)
        for header, candidate in settled.items()
        if candidate.fields == ("notes",)
    }
    if max(words.values(), default=0.0) < MOSTLY:
        return settled
    chosen = [header for header, share in words.items() if share < 1.0 - PLAINLY]
    return settled | {
        header: settled[header].weaker(0.5, settled[header].reason) for header in chosen
    }


def _settle_whole(candidate: Candidate, seen: Evidence, sure: frozenset[str]) -> Candidate:
    """Take somebody's name for the last name where it is one word, and the first is beside it."""
    alone = "given_name" in sure and "family_name" not in sure
    if candidate.fields != ("full_name",) or not alone:
        return candidate
    if seen.share(lambda value: " " not in value) < PLAINLY:
        return candidate
    sure_of_it = min(candidate.confidence, 0.8)
    reason = "the first name is beside it"
    return replace(candidate, fields=("family_name",), confidence=sure_of_it, reason=reason)


def settle(candidate: Candidate, seen: Evidence, sure: frozenset[str]) -> Candidate:
    """Choose one of a candidate's fields; `sure` are the fields of the columns around it."""
    options = candidate.fields
    for field, what in (("email", "e-mail addresses"), ("phone", "phone numbers")):
        if field in options and getattr(seen, field) >= MOSTLY:
            return replace(candidate, fields=(field,), reason=f"the values are {what}")
    if "salutation" in options:
        return _settle_title(candidate, seen)
    if "lead_status" in options:
        return _settle_status(candidate, seen, sure)
    if "job_title" in options:
        return _settle_post(candidate, seen, sure)
    if "company" in options:
        return _settle_name(candidate, seen, sure)
    return replace(candidate, fields=options[:1], reason="the values do not speak against it")


def _settle_title(candidate: Candidate, seen: Evidence) -> Candidate:
    if seen.honorific >= MOSTLY:
        reason = "the values are salutations"
        return replace(candidate, fields=("salutation",), reason=reason, joined=True)
    if seen.values:
        return replace(candidate, fields=("job_title",), reason="the values are no salutations")
    return replace(candidate, fields=candidate.fields[:1])


def _settle_post(candidate: Candidate, seen: Evidence, sure: frozenset[str]) -> Candidate:
    """Settle “designation”: the post somebody holds, or what a French company is called."""
    if "company" not in sure and seen.organization >= MOSTLY:
        reason = "the values are organizations' names"
        return replace(candidate, fields=("company",), confidence=0.6, reason=reason)
    return replace(candidate, fields=("job_title",), reason="the values are no organizations")


def _settle_status(candidate: Candidate, seen: Evidence, sure: frozenset[str]) -> Candidate:
    if "region" in candidate.fields:
        if seen.status >= MOSTLY:
            return replace(candidate, fields=("lead_status",), reason="the values are stages")
        return replace(candidate, fields=("region",), reason="the values are no stages")
    if seen.call_result >= MOSTLY or "call_seconds" in sure:
        return replace(candidate, fields=("call_status",), reason="the rows are calls")
    told = candidate.confidence >= WHOLE or seen.status >= MOSTLY
    sure_of_it = candidate.confidence if told else 0.6  # the status of an attendee
    reason = "the rows are no calls"
    return replace(candidate, fields=("lead_status",), confidence=sure_of_it, reason=reason)


def _settle_name(candidate: Candidate, seen: Evidence, sure: frozenset[str]) -> Candidate:
    """Settle whose name it is: beside first and last name it can be the whole, or a company's."""
    options = candidate.fields
    first = options[0]
    has_parts = {"given_name", "family_name"} <= sure
    other = {"given_name": "family_name", "family_name": "given_name"}.get(first)
    if first == "full_name" and "given_name" in sure and not has_parts:
        parts = seen.share(lambda value: " " not in value) >= MOSTLY and "family_name" in options
        if parts and "full_name" not in sure:
            return replace(candidate, fields=("family_name",), reason="the first name is beside it")
    if other in sure and not has_parts:
        return _settle_part(candidate, seen)
    if "full_name" in sure and "company" in sure:
        reason = "person and company have columns of their own: perhaps a deal"
        return replace(candidate, fields=(), confidence=0.0, reason=reason)
    if "full_name" in sure:
        sure_of_it = candidate.confidence if seen.organization >= MOSTLY else 0.6
        reason = "the person has its own column"
        return replace(candidate, fields=("company",), confidence=sure_of_it, reason=reason)
    if "company" in sure or _looks_personal(seen, sure, has_parts=has_parts):
        person = replace(candidate, fields=("full_name",), reason="the values are people's names")
        told = not has_parts or seen.person  # else a login, or more of a company's name
        return person if told else replace(person, confidence=0.6)
    return replace(candidate, fields=("company",), reason="the values are organizations' names")


def _settle_part(candidate: Candidate, seen: Evidence) -> Candidate:
    """Settle a name beside a first or a last name: the other part, unless all are whole names."""
    if seen.share(lambda value: " " in value) >= PLAINLY:
        reason = "the name's other part is beside it, but the values are whole names"
        return replace(candidate, fields=("full_name",), confidence=0.6, reason=reason)
    reason = "the name's other part is beside it"
    return replace(candidate, fields=candidate.fields[:1], reason=reason)


def _looks_personal(seen: Evidence, sure: frozenset[str], *, has_parts: bool) -> bool:
    """Weigh given names against words of organizations; the columns around tip the scale."""
    lean = 0.0
    if not has_parts:
        lean += 0.3 if PERSONAL & sure else 0.0
        lean += 0.15 if {"email", "mobile"} & sure else 0.0
        lean -= 0.15 if PLACE & sure and "email" not in sure else 0.0
    return seen.person + lean >= seen.organization
