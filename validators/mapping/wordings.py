"""Words that make a field together, whatever their order, as in “How did you hear about us”.

Each rule takes the words of a header, spelled out, and returns the field they make, or None.
"""

from typing import Final

from validators.mapping import morphemes
from validators.mapping.ambiguity import DISTRACTING
from validators.mapping.lookup import fields_of, look_up, stems_of

PLACES: Final = frozenset(("street", "city", "region", "country", "postal_code"))


def came_in(words: set[str]) -> bool:
    """Tell what says that somebody came in: “User registered”; on which day, the values say."""
    whoever = (morphemes.PERSONS | morphemes.RECORDED | morphemes.COMING) - morphemes.CAME_IN
    loose = words - whoever
    return bool(loose) and loose <= morphemes.CAME_IN


def is_about_remarks(words: list[str]) -> bool:
    """Tell remarks on whatever it is from their number or their source."""
    about = DISTRACTING | morphemes.RECORDS
    return bool({words[0], words[-1]} & morphemes.REMARKS and not about & set(words))


def is_remark_of_ours(words: list[str]) -> bool:
    """Tell what one of us says of the lead, “Commentaire du commercial”, from who that is."""
    loose = set(words) - morphemes.REMARKS
    return bool(loose) and len(loose) < len(set(words)) and loose <= morphemes.OURS


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
        for bare in stems_of(word, ending):
            stem = morphemes.ABBREVIATIONS.get(bare, bare)
            if stem in morphemes.ARRIVALS or stem == "birth":
                return stem, "date"
    return next(((stem,) for stem in morphemes.CAME if word.endswith(stem)), (word,))


def _record(words: frozenset[str]) -> str | None:
    words = frozenset(part for word in words for part in _part_number(word))
    named, record = words & morphemes.RECORDS, words & morphemes.RECORDED
    if named & morphemes.IDENTIFIERS:
        record |= words & morphemes.PERSONS
    loose = {w for w in words - named - record - morphemes.PLAIN if not w.isdigit()}
    return "external_id" if named and record and not loose else None


def _part_number(word: str) -> tuple[str, ...]:
    """Part “Mitgliedsnr” into “mitglied” and its id; that of a contact may be a phone's."""
    whoever = (morphemes.PERSONS | morphemes.RECORDED) - morphemes.REACHED
    for ending in morphemes.NUMBERS:
        for bare in stems_of(word, ending):
            if bare in whoever:
                return bare, "id"
    return (word,)


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


def _sum(words: frozenset[str]) -> str | None:
    """Read “Montant réglé”, “Total paid”, “Importe total”."""
    sums, billed = words & morphemes.SUMS, words & morphemes.BILLED
    told = billed or sums - {"total"}
    return "amount" if sums and told and len(words) > 1 and words == sums | billed else None


def is_told(words: set[str]) -> bool:
    """Tell “How can we help you?” and “Tell us about your project”."""
    helped = words & morphemes.HELPING and words & morphemes.ABLE
    told = words & morphemes.TELL and words & (morphemes.ABOUT | morphemes.US)
    return bool(helped or told)


def _place_name(words: frozenset[str]) -> str | None:
    rest = tuple(words - morphemes.NAMES)
    fields = fields_of(rest[0]) if len(rest) == 1 and words & morphemes.NAMES else ()
    return fields[0] if len(fields) == 1 and fields[0] in PLACES else None


RULES: Final = (
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
    _sum,
)
