"""Headers with several meanings, settled by the values and by the columns around them.

Title is a job or an honorific; Name is a person, a company or a deal; State is a region or a
status. In: candidates with several fields. Out: the same with one field, or none.
"""

from dataclasses import replace

from validators.mapping.candidates import Candidate
from validators.mapping.evidence import Evidence

PERSONAL = frozenset(
    "given_name family_name birth_date gender salutation job_title national_id middle_name".split()
)


def settle_meanings(
    found: dict[str, Candidate], evidence: dict[str, Evidence], told: frozenset[str]
) -> dict[str, Candidate]:
    """Choose one field for every column with several; `told` are the fields already given."""
    sure = told | {c.fields[0] for c in found.values() if len(c.fields) == 1 and c.confidence > 0}
    return {
        header: _settle(candidate, evidence[header], sure)
        if len(candidate.fields) > 1
        else candidate
        for header, candidate in found.items()
    }


def _settle(candidate: Candidate, seen: Evidence, sure: frozenset[str]) -> Candidate:
    options = candidate.fields
    if "salutation" in options:
        field, reason = (
            ("salutation", "the values are salutations")
            if seen.honorific >= 0.5
            else ("job_title", "the values are no salutations")
        )
    elif "email" in options and seen.email >= 0.5:
        field, reason = "email", "the values are e-mail addresses"
    elif "phone" in options and seen.phone >= 0.5:
        field, reason = "phone", "the values are phone numbers"
    elif "lead_status" in options:
        field, reason = _settle_status(options, seen, sure)
    elif "company" in options:
        return _settle_name(candidate, seen, sure)
    else:
        field, reason = options[0], "no value speaks against it"
    return replace(candidate, fields=(field,), reason=reason)


def _settle_status(
    options: tuple[str, ...], seen: Evidence, sure: frozenset[str]
) -> tuple[str, str]:
    if "region" in options:
        if seen.status >= 0.5:
            return "lead_status", "the values are stages of a lead"
        return "region", "the values are no stages of a lead"
    if seen.call_result >= 0.5 or "call_seconds" in sure:
        return "call_status", "the values say how calls ended"
    return "lead_status", "the values are not about calls"


def _settle_name(candidate: Candidate, seen: Evidence, sure: frozenset[str]) -> Candidate:
    """Settle whose name it is. Beside first and last name it can be the whole, or a company's."""
    options = candidate.fields
    has_parts = {"given_name", "family_name"} <= sure
    if options[0] in {"family_name", "given_name"} and not has_parts:
        other = "given_name" if options[0] == "family_name" else "family_name"
        if other in sure:
            return replace(
                candidate, fields=(options[0],), reason="the other part of the name is there"
            )
    named = "full_name" in sure
    if named and "company" in sure:
        return replace(
            candidate,
            fields=(),
            reason="person and company have columns of their own: perhaps a deal",
        )
    if named:
        return replace(
            candidate, fields=("company",), reason="the person has a column of their own"
        )
    if "company" in sure or _looks_personal(seen, sure, has_parts=has_parts):
        return replace(candidate, fields=("full_name",), reason="the values are people's names")
    return replace(candidate, fields=("company",), reason="the values are names of organizations")


def _looks_personal(seen: Evidence, sure: frozenset[str], *, has_parts: bool) -> bool:
    """Weigh given names against words of organizations; the columns around tip the scale."""
    if has_parts:
        return seen.person >= seen.organization
    lean = 0.3 if PERSONAL & sure else 0.0
    lean += 0.15 if "email" in sure or "mobile" in sure else 0.0
    lean -= 0.15 if {"street", "postal_code", "city"} & sure and "email" not in sure else 0.0
    return seen.person + lean >= seen.organization
