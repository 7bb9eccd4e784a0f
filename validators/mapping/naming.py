"""What the words of a header mean, before anything is known of the column's values."""

import re
from dataclasses import dataclass, replace
from functools import cache, partial
from typing import Final

from validators.fields import FIELDS
from validators.mapping import morphemes
from validators.mapping.ambiguity import (
    AMBIGUOUS,
    ASKING,
    BY,
    COMPANY_PREFIXES,
    DISTRACTING,
    OTHER_PHRASES,
    OTHERS,
    PERSON_PREFIXES,
    SECOND,
    TELLING,
    WEAK,
)
from validators.mapping.composition import compose
from validators.mapping.consent import is_consent, takes_newsletter
from validators.mapping.headers import fold_header, squeeze
from validators.mapping.lookup import look_up, spell_out
from validators.mapping.parts import COMPONENT, OWN, PARTS, place_of
from validators.mapping.synonyms import synonyms
from validators.mapping.wordings import is_remark_of_ours, is_told
from validators.words import words


@dataclass(frozen=True)
class Candidate:
    """What a column may be: fields in order of likelihood (none: no field), how sure, and why.

    `part`: of a field that another column has, see `parts`.
    `inside`: recognized by a word inside a longer header, so the values have to agree.
    `spelled`: recognized by its spelling, so that values which agree make it surer.
    `joined`: a title beside a salutation, “Dr.” beside “Frau”, which is the second half of it.
    """

    fields: tuple[str, ...]
    confidence: float
    reason: str
    part: bool = False
    inside: bool = False
    spelled: bool = False
    joined: bool = False

    def weaker(self, factor: float, reason: str) -> "Candidate":
        """Return the same, less sure by a factor and for another reason."""
        return replace(self, confidence=round(self.confidence * factor, 3), reason=reason)


NOT_NAMED: Final = Candidate((), 0.0, "not recognized")
EMPTY: Final = "; the column is empty"
SOMETHING_ELSE: Final = Candidate((), 0.0, "about something else than the lead")
SEVERAL: Final = Candidate((), 0.0, "holds several fields at once")
JOINTS: Final = re.compile(r"\s*[/,&+|]\s*|\s+(?:und|and|et|y)\s+", re.IGNORECASE)
# Joints between what is there both; a slash may part two names of one thing.
TOGETHER: Final = re.compile(r"[,&+|]|\s(?:und|and|et|y)\s", re.IGNORECASE)
# The first of several addresses, as some systems number them.
SLOT: Final = re.compile(
    r"^(?:(?:default|postal|mailing|billing|contact|company|business|work|office|main|mail|primary)"
    r" )?"
    r"(?:rechnungs|firmen|post|haupt|kontakt|wohn|geschafts)?"
    r"(?:address|adresse|anschrift|direccion)(?: 1)? "
    r"(?!(?:d|de|del|der|des|du|la|l|of|the|von)\b)(?=[a-z])"
)
# E-mail 2, and E-mail 2 - Value.
NUMBERING: Final = re.compile(r"\s\d(?:\s(?:value|wert|valeur|valor))?\b")
# What the first and the second part of a name are; of a family name both are that name.
COMPONENTS: Final[dict[str, dict[tuple[str, ...], str]]] = {
    "1": {("given_name",): "given_name", ("family_name",): "family_name"},
    "2": {("given_name",): "middle_name", ("family_name",): "family_name"},
}
# A word that ends in a full stop.
CUT: Final = re.compile(r"[^\W\d_]\.(?:$|[^\w.])")
# Similarity of spelling, 0…100, how many letters may be wrong, and the shortest name it can be
# asked of.
SPELLED: Final = 88
SLIPS: Final = 2
SHORTEST: Final = 5
# The word that asks, and what it asks for.
ASKED_FOR: Final = re.compile(
    r"\b(?:welche[mnrs]?|which|what|que|quel|quelle|quels|quelles|cual)\b (.+)"
)
NUMBERS: Final = words("id ids number no nr nummer numero")
IN_COMPANY: Final = {"name": "company", **dict.fromkeys(NUMBERS, "company_id")}
# Whose number is no phone number.
NUMBERED: Final = morphemes.PERSONS - morphemes.REACHED


def read_header(header: str) -> Candidate:
    """Return what a header means by its words alone."""
    folded = fold_header(header)
    known = _as_a_whole(header, folded)
    if known is not NOT_NAMED:
        return known
    bare = SLOT.sub("", folded)
    composed = partial(_composed, cut=CUT.search(header) is not None)
    for spelled in dict.fromkeys((bare, NUMBERING.sub("", bare).strip(), folded)):
        for attempt in (_look_up, _without_prefix, composed):
            found = _numbered(attempt(spelled), folded)
            if found.fields == ("notes",) and folded[-1:].isdigit():
                return found.weaker(0.6, "one of several questions")
            if found.fields:
                return found if spelled == folded else found.weaker(0.95, found.reason)
    for guess in (
        _misspelled,
        _asked_for,
        _inside,
        partial(_first_of_two, header),
        partial(_without_brackets, header),
    ):
        found = guess(folded)
        if found.fields:
            return found
    if len(folded.split()) > 1 and folded.split()[0] in COMPANY_PREFIXES | {"host"}:
        return SOMETHING_ELSE
    return NOT_NAMED


def _numbered(found: Candidate, folded: str) -> Candidate:
    """Take the second line of a street for what it is."""
    second = found.fields == ("street",) and folded.endswith("2")
    return replace(found, fields=("street_2",)) if second else found


def _first_of_two(header: str, _folded: str) -> Candidate:
    """Read “Quelle / Messe” as its first half, to be confirmed."""
    first, slash, second = header.partition("/")
    found = _look_up(fold_header(first)) if slash else NOT_NAMED
    told = len(found.fields) == 1 and not DISTRACTING & set(fold_header(second).split())
    return found.weaker(0.6, f"the first of two: “{first.strip()}”") if told else NOT_NAMED


def _as_a_whole(header: str, folded: str) -> Candidate:
    """Return what a header means without taking it apart."""
    part = _part(folded)
    if part is not NOT_NAMED:
        return part
    exact = _look_up(folded)
    if exact.fields:
        return exact
    said = spell_out(folded)
    if is_remark_of_ours(said) or is_told(set(said)):
        return Candidate(("notes",), 0.75, "remarks, or what somebody tells")
    if is_consent(header):
        sure = 0.6 if takes_newsletter(header) else 0.75
        return Candidate(("email_opt_out",), sure, "consent: an opt-out turned round")
    return _about_others(header, folded)


def _about_others(header: str, folded: str) -> Candidate:
    """Tell a column about somebody or something else, or about several fields at once."""
    asking = folded.partition(" ")[0] in ASKING and not folded.startswith("do not ")
    if asking or folded.rpartition(" ")[2] in BY:
        return SOMETHING_ELSE
    if OTHERS & set(folded.split()) or any(phrase in folded for phrase in OTHER_PHRASES):
        return SOMETHING_ELSE
    return SEVERAL if _holds_several(header) else NOT_NAMED


def _part(folded: str) -> Candidate:
    """Read the number of a house, a second family name, the parts of a name taken apart."""
    component = COMPONENT.fullmatch(folded)
    if component:
        named = COMPONENTS[component[2]].get(_look_up(component[1]).fields)
    else:
        named, _ = PARTS.get(squeeze(folded), (None, None))
    if named is None:
        return NOT_NAMED
    part = named != "middle_name" and place_of(folded) != OWN
    return Candidate((named,), 0.9, f"a part of the {FIELDS[named].label.lower()}", part=part)


def _holds_several(header: str) -> bool:
    """Tell whether a header names two known fields, such as PLZ/Ort, which no column can be."""
    named = [fold_header(part) for part in JOINTS.split(header)]
    parts = [_look_up(name).fields for name in named if name and name not in WEAK]
    together = look_up(tuple(spell_out(fold_header(header))))
    if len(set(parts)) < 2 or together == ("full_name",):
        return False
    either = not TOGETHER.search(header) and set(parts[0]).intersection(*parts)
    return all(parts) and not either


def _look_up(folded: str) -> Candidate:
    if folded in AMBIGUOUS:
        return Candidate(AMBIGUOUS[folded], 0.8, "the header has several meanings")
    if folded in WEAK:
        return Candidate((WEAK[folded],), 0.6, "the header says little")
    field = synonyms().get(squeeze(folded))
    sure = SECOND.get(folded, 1.0)
    return Candidate((field,), sure, "the header is a known name") if field else NOT_NAMED


def _without_prefix(folded: str) -> Candidate:
    first, _, rest = folded.partition(" ")
    if not rest:
        return NOT_NAMED
    if first in COMPANY_PREFIXES:
        field = IN_COMPANY.get(rest)
        inner = Candidate((field,), 1.0, "") if field else _look_up(rest)
        if "company" in inner.fields:  # “Empresa / Cliente”
            inner = replace(inner, fields=("company",))
        return inner.weaker(0.85, f"“{rest}” of the company") if inner.fields else NOT_NAMED
    if first in NUMBERED and rest in NUMBERS:
        return Candidate(("external_id",), 0.6, "the number of somebody")
    if first in PERSON_PREFIXES:
        inner = _look_up(rest)
        reason = f"“{rest}” after “{first}”"
        return inner.weaker(PERSON_PREFIXES[first], reason) if inner.fields else NOT_NAMED
    return NOT_NAMED


def _composed(folded: str, *, cut: bool) -> Candidate:
    found = compose(folded, cut=cut)
    return Candidate(found.fields, found.surety, "the header's words say so", inside=found.to_agree)


def _misspelled(folded: str) -> Candidate:
    from rapidfuzz import distance, fuzz, process  # noqa: PLC0415 (most headers are known)

    key = squeeze(folded)
    if len(key) < SHORTEST:
        return NOT_NAMED
    best = process.extractOne(key, _long_names(), scorer=fuzz.ratio, score_cutoff=SPELLED)
    slip = best and best[0][0] == key[0] and distance.OSA.distance(best[0], key) <= SLIPS
    if not best or not slip:
        return NOT_NAMED
    field = synonyms()[best[0]]
    # “Contract date” is a slip of “contact date”, or none.
    return Candidate((field,), 0.65, "the header is spelled like a known name", spelled=True)


@cache
def _long_names() -> tuple[str, ...]:
    return tuple(name for name in synonyms() if len(name) >= SHORTEST)


def _asked_for(folded: str) -> Candidate:
    """Read a question by what stands behind its asking word: “In which country …”."""
    asked = ASKED_FOR.search(folded)
    if not asked or DISTRACTING & set(folded.split()):
        return NOT_NAMED
    words = asked[1].split()
    for count in (3, 2, 1):
        found = _look_up(" ".join(words[:count]))
        if len(found.fields) == 1:
            reason = f"the header asks for “{' '.join(words[:count])}”"
            return Candidate(found.fields, 0.65, reason, inside=True)
    return NOT_NAMED


def _without_brackets(header: str, _folded: str) -> Candidate:
    """Read “County (historic)” as what stands before the brackets, to be confirmed."""
    bare, bracket, inside = header.partition("(")
    if not bracket or DISTRACTING & set(fold_header(inside).split()):
        return NOT_NAMED
    found = _look_up(fold_header(bare))
    return found.weaker(0.6, f"“{bare.strip()}” before brackets") if found.fields else NOT_NAMED


def _inside(folded: str) -> Candidate:
    """Find the longest telling phrase in a longer header."""
    if DISTRACTING & set(folded.split()):
        return NOT_NAMED
    found = [phrase for phrase in TELLING if f" {phrase} " in f" {folded} "]
    if not found:
        return NOT_NAMED
    phrase = max(found, key=lambda known: (known.count(" "), len(known)))
    return Candidate((TELLING[phrase],), 0.65, f"the header speaks of “{phrase}”", inside=True)
