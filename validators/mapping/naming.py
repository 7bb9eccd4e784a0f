"""What the words of a header mean, before anything is known of the column's values."""

import re
from dataclasses import dataclass, replace
from functools import cache
from typing import Final

from validators.mapping.ambiguity import (
    AMBIGUOUS,
    COMPANY_PREFIXES,
    DISTRACTING,
    HOUSE_NUMBERS,
    OTHER_PHRASES,
    OTHERS,
    PERSON_PREFIXES,
    TELLING,
    WEAK,
)
from validators.mapping.consent import is_consent
from validators.mapping.headers import fold_header, squeeze
from validators.mapping.synonyms import synonyms


@dataclass(frozen=True)
class Candidate:
    """What a column may be: fields in order of likelihood (none: no field), how sure, and why.

    `inside`: recognized by a word inside a longer header, so the values have to agree.
    """

    fields: tuple[str, ...]
    confidence: float
    reason: str
    house_number: bool = False
    inside: bool = False

    def weaker(self, factor: float, reason: str) -> "Candidate":
        """Return the same, less sure by a factor and for another reason."""
        return replace(self, confidence=round(self.confidence * factor, 3), reason=reason)


NOT_NAMED: Final = Candidate((), 0.0, "not recognized")
EMPTY: Final = "; the column is empty"
SOMETHING_ELSE: Final = Candidate((), 0.0, "about something else than the lead")
SEVERAL: Final = Candidate((), 0.0, "holds several fields at once")
JOINTS: Final = re.compile(r"\s*[/,&+|]\s*|\s+(?:und|and|et|y)\s+", re.IGNORECASE)
# The first of several addresses, as some systems number them.
SLOT: Final = re.compile(r"^(?:default address|address 1|adresse 1) (?=\w)")
# Similarity of spelling, 0…100, and the shortest name it can be asked of.
SPELLED: Final = 88
SHORTEST: Final = 5
IN_COMPANY: Final = {"name": "company", "id": "company_id", "ids": "company_id"}


def read_header(header: str) -> Candidate:
    """Return what a header means by its words alone."""
    folded = fold_header(header)
    known = _as_a_whole(header, folded)
    if known is not NOT_NAMED:
        return known
    words = folded.split()
    bare = SLOT.sub("", folded)
    trimmed = re.sub(r"\s\d\b|\s(?:value|wert|valeur|valor)$", "", bare).strip()
    for attempt in (_look_up, _without_prefix, _misspelled, _inside):
        found = attempt(trimmed if bare == folded or attempt is not _look_up else bare)
        if found.fields:
            return found if bare == folded else found.weaker(0.95, found.reason)
    if len(words) > 1 and words[0] in COMPANY_PREFIXES | {"host"}:
        return SOMETHING_ELSE
    return NOT_NAMED


def _as_a_whole(header: str, folded: str) -> Candidate:
    """Return what a header means without taking it apart."""
    if squeeze(folded) in HOUSE_NUMBERS:
        return Candidate(("street",), 0.9, "the house number", house_number=True)
    exact = _look_up(folded)
    if exact.fields:
        return exact
    if is_consent(header):
        return Candidate(("email_opt_out",), 0.75, "consent: an opt-out turned round")
    if OTHERS & set(folded.split()) or any(phrase in folded for phrase in OTHER_PHRASES):
        return SOMETHING_ELSE
    return SEVERAL if _holds_several(header) else NOT_NAMED


def _holds_several(header: str) -> bool:
    """Tell whether a header names two known fields, such as PLZ/Ort, which no column can be."""
    parts = [_look_up(fold_header(part)).fields for part in JOINTS.split(header) if part.strip()]
    named = {fields for fields in parts if fields}
    return len(named) > 1 and all(parts)


def _look_up(folded: str) -> Candidate:
    if folded in AMBIGUOUS:
        return Candidate(AMBIGUOUS[folded], 0.8, "the header has several meanings")
    if folded in WEAK:
        return Candidate((WEAK[folded],), 0.6, "the header says little")
    field = synonyms().get(squeeze(folded))
    return Candidate((field,), 1.0, "the header is a known name") if field else NOT_NAMED


def _without_prefix(folded: str) -> Candidate:
    first, _, rest = folded.partition(" ")
    if not rest:
        return NOT_NAMED
    if first in COMPANY_PREFIXES:
        field = IN_COMPANY.get(rest)
        inner = Candidate((field,), 1.0, "") if field else _look_up(rest)
        return inner.weaker(0.85, f"“{rest}” of the company") if inner.fields else NOT_NAMED
    if first in PERSON_PREFIXES:
        inner = _look_up(rest)
        reason = f"“{rest}” after “{first}”"
        return inner.weaker(PERSON_PREFIXES[first], reason) if inner.fields else NOT_NAMED
    return NOT_NAMED


def _misspelled(folded: str) -> Candidate:
    from rapidfuzz import fuzz, process  # noqa: PLC0415 (most headers are known)

    key = squeeze(folded)
    if len(key) < SHORTEST:
        return NOT_NAMED
    best = process.extractOne(key, _long_names(), scorer=fuzz.ratio, score_cutoff=SPELLED)
    if not best:
        return NOT_NAMED
    return Candidate((synonyms()[best[0]],), 0.75, "the header is spelled like a known name")


@cache
def _long_names() -> tuple[str, ...]:
    return tuple(name for name in synonyms() if len(name) >= SHORTEST)


def _inside(folded: str) -> Candidate:
    """Find the longest telling phrase in a longer header."""
    if DISTRACTING & set(folded.split()):
        return NOT_NAMED
    found = [phrase for phrase in TELLING if f" {phrase} " in f" {folded} "]
    if not found:
        return NOT_NAMED
    phrase = max(found, key=lambda known: (known.count(" "), len(known)))
    return Candidate((TELLING[phrase],), 0.65, f"the header speaks of “{phrase}”", inside=True)
