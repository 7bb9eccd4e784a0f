"""Headers that stand in no list, read by the words they are put together from.

A qualifier (“geschäftlich”, “del trabajo”) or a small word is left out, an abbreviation spelled
out, a compound taken apart; what is left has to be a known name as a whole, in any order.
"""

import re
from dataclasses import dataclass
from itertools import combinations
from math import prod
from typing import Final

from validators.mapping import morphemes
from validators.mapping.ambiguity import WEAK
from validators.mapping.headers import squeeze
from validators.mapping.lookup import BEGINNING, fields_of, look_up, spell_out, stems_of
from validators.mapping.synonyms import synonyms
from validators.mapping.wordings import PLACES, RULES, came_in, is_about_remarks

# More words than these are a sentence.
MOST: Final = 8
# The shortest compound that is taken apart.
COMPOUND: Final = 7
# What an id can have the name of, instead of a number.
NAMED_BY_ID: Final = frozenset(
    (
        *("region", "country", "industry", "lead_source", "lead_status"),
        *("language", "gender", "salutation"),
    )
)
OF: Final = re.compile(r" (?:d|de|du|des|del|of|von|der) ")
# What has a number, and the words for one that are left out of its name.
NUMBERED: Final = frozenset(
    (
        *("phone", "mobile", "fax", "phone_ext", "email", "street", "street_2", "postal_code"),
        *("external_id", "company_id", "national_id", "submission_id"),
    )
)
COUNTING: Final = frozenset(("nr", "num"))
# Where somebody is reached, which “Dienst-” and “Wohn-” tell apart; a Dienststelle is no post.
REACHED: Final = PLACES | {"phone", "mobile", "fax", "email", "website"}
CODED: Final = frozenset(("id", "code"))


@dataclass(frozen=True)
class Composed:
    """The fields a header's words make together (none: not read), and how sure, 0…1.

    `to_agree`: the values have to be of the field's kind, as the words could mean another thing.
    """

    fields: tuple[str, ...] = ()
    surety: float = 0.0
    to_agree: bool = False


def compose(folded: str, *, cut: bool) -> Composed:
    """Read a folded header by its words; `cut`: some of them end in a full stop."""
    if " " in folded and set(folded.split()) <= morphemes.HONORIFICS:
        return Composed(("salutation",), 0.9)
    words = spell_out(folded, cut=cut)
    if not 0 < len(words) <= MOST:
        return Composed()
    if folded.rpartition(" ")[2] in morphemes.ON:
        words.append("date")  # “eingetragen am”
    for rule in RULES:
        field = rule(frozenset(words))
        if field:
            # An object can be a house that is for sale.
            told = field != "external_id" or not morphemes.OBJECTS & set(words) or "hs" in words
            return Composed((field,), 0.85 if told else 0.6)
    found = _of_company_and_person(words, folded) or _without_qualifiers(words)
    if not found.fields and cut:
        found = Composed(_read_beginning(squeeze(folded)), 0.9)
    return found if found.fields else _of_any_kind(words)


def _of_any_kind(words: list[str]) -> Composed:
    """Read what may be said of many things: the code of one, its coming, remarks on it."""
    if words[-1] in CODED:
        named = look_up(tuple(words[:-1]))
        told = len(named) == 1 or "region" in named  # and not the code of just any status
        if told and NAMED_BY_ID & set(named[:1]):
            return Composed(named[:1], 0.75, to_agree=True)
    if came_in(set(words)):
        return Composed(("occurred_at",), 0.8, to_agree=True)
    return Composed(("notes",), 0.8) if is_about_remarks(words) else Composed()


def _of_company_and_person(words: list[str], folded: str) -> Composed | None:
    """Read “Entreprise du prospect”, and “Client contact”, of which one does not know."""
    company, person = set(words) & morphemes.COMPANIES, set(words) & morphemes.PERSONS
    if len(words) != 2 or not company or not person:
        return None
    if words[0] in company and OF.search(folded):
        return Composed(("company",), 0.75)
    return Composed(("company",) if words[1] in company else ("full_name",), 0.6)


def _without_qualifiers(words: list[str]) -> Composed:
    """Leave out as few qualifiers as make the rest a known name, best of one meaning."""
    loose = [at for at, word in enumerate(words) if word in morphemes.QUALIFIERS or word.isdigit()]
    ambiguous = Composed()
    for count in range(min(len(loose), len(words) - 1) + 1):
        left_out = [_leave_out(words, gone) for gone in combinations(loose, count)]
        found = [each for each in left_out if each.fields]
        best = max(found, key=lambda each: (len(each.fields) == 1, each.surety), default=None)
        if best and len(best.fields) == 1:
            return best
        ambiguous = ambiguous if ambiguous.fields else best or ambiguous
    return ambiguous


def _leave_out(words: list[str], gone: tuple[int, ...]) -> Composed:
    kept = [word for at, word in enumerate(words) if at not in gone]
    if set(kept) <= morphemes.RECORDS and morphemes.PERSONS & {words[at] for at in gone}:
        return Composed()  # the number of a participant is no phone number
    fields = _read(kept)
    left = {words[at] for at in gone}
    if COUNTING & left and not NUMBERED & set(fields):
        return Composed()  # and that of an enquiry is no enquiry
    if morphemes.INTERNAL & left and fields != ("notes",):
        return Composed()  # somebody of ours
    if morphemes.PREFERRED & left and PLACES & set(fields):
        return Composed()  # where somebody would like to be
    surety = prod((morphemes.QUALIFIERS.get(words[at], 1.0) for at in gone), start=0.95)
    if _says_little(kept):
        surety = min(surety, 0.6)
    elif len(fields) > 1:
        surety = min(surety, 0.75)
    elif set(kept) <= morphemes.COMPANIES and set(words) & morphemes.PERSONS:
        surety = 0.6  # the contact of a company, or the company of a contact
    return Composed(fields, round(surety, 3))


def _says_little(words: list[str]) -> bool:
    whole = " ".join(words)
    if whole in WEAK or fields_of(whole):
        return whole in WEAK
    return any(" ".join(words[:count]) in WEAK for count in range(2, len(words)))


def _read(words: list[str]) -> tuple[str, ...]:
    found = look_up(tuple(words))
    if found or len(words) != 1:
        return found
    return _read_compound(words[0])


def _read_compound(word: str) -> tuple[str, ...]:
    """Take “Ortsname” for Ort, “Firmenbezeichnung” for Firma, “Firmenwebsite” for Website."""
    if len(word) < COMPOUND:
        return _without_ending(word, morphemes.NUMBERS)  # “Faxnr”
    billed = fields_of(word.removeprefix("rechnungs")) if word.startswith("rechnungs") else ()
    if PLACES & set(billed[:1]):
        return billed[:1]
    if word.endswith(morphemes.NOTES):
        return ("notes",)
    fields = _without_ending(word, morphemes.ENDINGS)
    if fields:
        return fields
    for at in range(BEGINNING, len(word) - BEGINNING + 1):
        first, rest = word[:at], word[at:]
        fields = fields_of(rest) if rest not in WEAK else ()
        reached = first in morphemes.BEGINNINGS and REACHED & set(fields)
        if fields and (reached or first in morphemes.QUALIFIERS):
            return fields
    return ()


def _without_ending(word: str, endings: tuple[str, ...]) -> tuple[str, ...]:
    for ending in endings:
        for bare in stems_of(word, ending):
            fields = fields_of(bare) or (("company",) if bare in morphemes.COMPANIES else ())
            if fields and (ending not in morphemes.NUMBERS or NUMBERED & set(fields)):
                return fields
    return ()


def _read_beginning(key: str) -> tuple[str, ...]:
    """Return the one field whose names begin so: “Postleitz.”."""
    if len(key) < BEGINNING:
        return ()
    fields = {field for name, field in synonyms().items() if name.startswith(key)}
    return tuple(fields) if len(fields) == 1 else ()
