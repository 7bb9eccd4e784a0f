"""Headers that stand in no list, read by the words they are put together from.

A qualifier (“geschäftlich”, “del trabajo”) or a small word is left out, an abbreviation spelled
out, a compound taken apart; what is left has to be a known name as a whole, in any order.
"""

import re
from dataclasses import dataclass
from functools import cache
from itertools import combinations
from math import prod
from typing import Final

from validators.mapping import morphemes
from validators.mapping.ambiguity import AMBIGUOUS, DISTRACTING, WEAK
from validators.mapping.headers import squeeze
from validators.mapping.synonyms import SYNONYMS, synonyms
from validators.words import phrases

# More words than these are a sentence.
MOST: Final = 8
# The shortest compound that is taken apart, and the shortest beginning that stands for a word.
COMPOUND: Final = 7
BEGINNING: Final = 4
# The shortest adjective whose ending is left out: “geschätztes”.
INFLECTED: Final = 8
PLACES: Final = frozenset(("street", "city", "region", "country", "postal_code"))
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
    for rule in (
        _heard,
        _source,
        _date,
        _record,
        _opt_out,
        _denied,
        _registered,
        _company_name,
        _place_name,
        _sent_to,
    ):
        field = rule(frozenset(words))
        if field:
            # An object can be a house that is for sale.
            told = field != "external_id" or not morphemes.OBJECTS & set(words) or "hs" in words
            return Composed((field,), 0.85 if told else 0.6)
    found = _of_company_and_person(words, folded) or _without_qualifiers(words)
    if not found.fields and cut:
        found = Composed(_read_beginning(squeeze(folded)), 0.9)
    if not found.fields and words[-1] in CODED:
        named = look_up(tuple(words[:-1]))[:1]
        found = Composed(named, 0.75, to_agree=True) if NAMED_BY_ID & set(named) else found
    if not found.fields and _came_in(set(words)):
        found = Composed(("occurred_at",), 0.8, to_agree=True)
    if not found.fields and _is_about_remarks(words):
        found = Composed(("notes",), 0.8)
    return found


def _came_in(words: set[str]) -> bool:
    whoever = (morphemes.PERSONS | morphemes.RECORDED | morphemes.COMING) - morphemes.CAME_IN
    loose = words - whoever
    return bool(loose) and loose <= morphemes.CAME_IN


def _is_about_remarks(words: list[str]) -> bool:
    """Tell remarks on whatever it is from their number or their source."""
    return bool({words[0], words[-1]} & morphemes.REMARKS and not DISTRACTING & set(words))


def _of_company_and_person(words: list[str], folded: str) -> Composed | None:
    """Read “Entreprise du prospect”, and “Client contact”, of which one does not know."""
    company, person = set(words) & morphemes.COMPANIES, set(words) & morphemes.PERSONS
    if len(words) != 2 or not company or not person:
        return None
    if words[0] in company and OF.search(folded):
        return Composed(("company",), 0.75)
    return Composed(("company",) if words[1] in company else ("full_name",), 0.6)


def spell_out(folded: str, *, cut: bool = False) -> list[str]:
    """Return the words of a header without the small ones, abbreviations spelled out."""
    spell = _spell_cut if cut else _spell
    for shown, meant in morphemes.CONTRACTIONS:
        folded = re.sub(shown, meant, folded)
    spelled = [spell(each) for each in folded.split()]
    last = spelled[-1] if spelled else ""
    words = [word for word in spelled if word not in morphemes.SMALL]
    return [*words, last] if len(spelled) > 1 and last in morphemes.ELIDED else words


def _spell(word: str) -> str:
    if word not in morphemes.QUALIFIERS and len(word) >= INFLECTED:
        for ending in morphemes.INFLECTIONS:
            if (bare := word.removesuffix(ending)) in morphemes.QUALIFIERS:
                return bare
    return morphemes.ABBREVIATIONS.get(word, word)


@cache
def _spell_cut(word: str) -> str:
    """Spell out an abbreviation, or the first qualifier that begins with the word."""
    if word in morphemes.ABBREVIATIONS or _fields_of(word) or len(word) <= BEGINNING:
        return _spell(word)
    return next((each for each in sorted(morphemes.QUALIFIERS) if each.startswith(word)), word)


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
    if whole in WEAK or _fields_of(whole):
        return whole in WEAK
    return any(" ".join(words[:count]) in WEAK for count in range(2, len(words)))


def _read(words: list[str]) -> tuple[str, ...]:
    found = look_up(tuple(words))
    if found or len(words) != 1:
        return found
    return _read_compound(words[0])


def look_up(words: tuple[str, ...]) -> tuple[str, ...]:
    """Return the fields of words that are a name in some order, or that all name one field."""
    whole = _fields_of(" ".join(words)) or _in_any_order().get(frozenset(words), ())
    if whole or len(words) == 1:
        return whole
    return _shared(words)[:1]


def _shared(words: tuple[str, ...]) -> tuple[str, ...]:
    """Return the fields that each of the names has that words fall into, one after the other."""
    for end in range(len(words), 0, -1):
        fields = _fields_of(" ".join(words[:end]))
        if fields and end < len(words):
            others = _shared(words[end:])
            second = fields == ("street",) and others == ("street_2",)
            fields = others if second else tuple(field for field in fields if field in others)
        if fields:
            return fields
    return ()


def _fields_of(name: str) -> tuple[str, ...]:
    if name in AMBIGUOUS:
        return AMBIGUOUS[name]
    if name in WEAK:
        return (WEAK[name],)
    field = synonyms().get(squeeze(name))
    return (field,) if field else ()


@cache
def _in_any_order() -> dict[frozenset[str], tuple[str, ...]]:
    """Known names of several words, as the sets of those that are not small."""
    found: dict[frozenset[str], set[str]] = {}
    for field, names in SYNONYMS.items():
        for name in phrases(names):
            words = frozenset(spell_out(name))
            if len(words) > 1:
                found.setdefault(words, set()).add(field)
    return {words: tuple(fields) for words, fields in found.items() if len(fields) == 1}


def _read_compound(word: str) -> tuple[str, ...]:
    """Take “Ortsname” for Ort, “Firmenbezeichnung” for Firma, “Firmenwebsite” for Website."""
    if len(word) < COMPOUND:
        return ()
    billed = _fields_of(word.removeprefix("rechnungs")) if word.startswith("rechnungs") else ()
    if PLACES & set(billed[:1]):
        return billed[:1]
    if word.endswith(morphemes.NOTES):
        return ("notes",)
    for ending in morphemes.ENDINGS:
        for bare in _stems(word, ending):
            fields = _fields_of(bare) or (("company",) if bare in morphemes.COMPANIES else ())
            if fields:
                return fields
    for at in range(BEGINNING, len(word) - BEGINNING + 1):
        if word[:at] in morphemes.QUALIFIERS and (fields := _fields_of(word[at:])):
            return fields
    return ()


def _stems(word: str, ending: str) -> list[str]:
    """Return what can stand before an ending, with and without the letters that link them."""
    stem = word.removesuffix(ending)
    if stem in (word, ""):
        return []
    return [stem, *(bare for link in morphemes.LINKS if (bare := stem.removesuffix(link)) != stem)]


def _read_beginning(key: str) -> tuple[str, ...]:
    """Return the one field whose names begin so: “Postleitz.”."""
    if len(key) < BEGINNING:
        return ()
    fields = {field for name, field in synonyms().items() if name.startswith(key)}
    return tuple(fields) if len(fields) == 1 else ()


def _heard(words: frozenset[str]) -> str | None:
    asked = words & morphemes.HEARD and words & morphemes.US
    told = words & morphemes.HEARING and words & morphemes.WHENCE
    return "lead_source" if asked or told else None


def _source(words: frozenset[str]) -> str | None:
    loose = words - morphemes.SOURCES
    came = morphemes.ARRIVALS | morphemes.PERSONS | morphemes.RECORDED | morphemes.COMING
    return "lead_source" if words & morphemes.SOURCES and loose and loose <= came else None


def _date(words: frozenset[str]) -> str | None:
    parted = {part for word in words for part in _part_date(word)}
    loose = {word for word in parted if word not in morphemes.ORDINALS and not word.isdigit()}
    loose -= (morphemes.PERSONS | morphemes.RECORDED | morphemes.COMING) - morphemes.ARRIVALS
    dated, arrived = loose & morphemes.DATES, loose & morphemes.ARRIVALS
    if dated and loose - dated and loose <= dated | morphemes.BIRTHS:
        return "birth_date"
    return "occurred_at" if dated and arrived and loose == dated | arrived else None


def _part_date(word: str) -> tuple[str, ...]:
    """Part “Erstellungszeit” into “erstellung” and “zeit”."""
    for ending in morphemes.WHEN:
        for bare in _stems(word, ending):
            stem = morphemes.ABBREVIATIONS.get(bare, bare)
            if stem in morphemes.ARRIVALS or stem == "birth":
                return stem, "date"
    return next(((stem,) for stem in morphemes.CAME if word.endswith(stem)), (word,))


def _record(words: frozenset[str]) -> str | None:
    named, record = words & morphemes.RECORDS, words & morphemes.RECORDED
    if named & morphemes.IDENTIFIERS:
        record |= words & morphemes.PERSONS
    loose = {w for w in words - named - record - morphemes.PLAIN if not w.isdigit()}
    return "external_id" if named and record and not loose else None


def _opt_out(words: frozenset[str]) -> str | None:
    said = words & morphemes.OPT_OUTS
    return "email_opt_out" if said and words <= said | morphemes.MAILS | {"flag"} else None


def _denied(words: frozenset[str]) -> str | None:
    """Read “Keine Telefonanrufe zulassen”."""
    if not words & morphemes.DENIALS:
        return None
    loose = words - morphemes.DENIALS - morphemes.ALLOWED
    if loose and loose <= morphemes.CALLS:
        return "do_not_call"
    # “E-Mail no.” may be the first of several.
    denied = words & (morphemes.DENIALS - {"no"} | morphemes.ALLOWED | morphemes.ADVERTISING)
    return "email_opt_out" if loose and denied and loose <= morphemes.MAILS else None


def _registered(words: frozenset[str]) -> str | None:
    loose = words - morphemes.REGISTERED - morphemes.COMPANIES
    return "company_id" if loose and loose <= morphemes.REGISTERS else None


def _company_name(words: frozenset[str]) -> str | None:
    named, company = words & (morphemes.NAMES | morphemes.CALLED), words & morphemes.COMPANIES
    loose = words - named - company - morphemes.ASKED
    return "company" if named and company and not loose else None


def _sent_to(words: frozenset[str]) -> str | None:
    """Read “Ciudad de facturación”: only of places, as a date of an invoice is another thing."""
    rest = tuple(sorted(words - morphemes.SENT))
    fields = look_up(rest) if words & morphemes.SENT and rest else ()
    return fields[0] if len(fields) == 1 and fields[0] in PLACES else None


def _place_name(words: frozenset[str]) -> str | None:
    rest = tuple(words - morphemes.NAMES)
    fields = _fields_of(rest[0]) if len(rest) == 1 and words & morphemes.NAMES else ()
    return fields[0] if len(fields) == 1 and fields[0] in PLACES else None
