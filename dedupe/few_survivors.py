"""What `dedupe.survivorship` computes, for the few records of an act: without frames around them.

The columns of a hundred thousand records are ranked at once in the time that is lost on setting
out frames for two. Both follow the same rules, and a property of the tests holds them together.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from dedupe.survivorship import GOLDEN_FIELDS, SurvivorshipPolicy
from validators.fields import EMAIL_FIELDS, PHONE_FIELDS, attributes_of

__all__ = ["Member", "Origin", "Survivor", "survive_few"]

Origin = tuple[str, int]  # a text, and the label of the record it is from


@dataclass(frozen=True)
class Member:
    """One record of a contact: its `texts` by field without blanks, and which are `doubtful`."""

    label: int
    contact: int
    trust: int
    occurred_at: str | None
    content_hash: str | None
    texts: Mapping[str, str]
    doubtful: AbstractSet[str]


@dataclass(frozen=True)
class Survivor:
    """The golden record of one contact.

    `texts`: field -> value, in the order of the golden fields; `provenance`: field -> label, or
    `*` alone where one record gave all; `alternates`: field -> what lost, best first; `emails` and
    `phones` with the preferred one first.
    """

    texts: Mapping[str, str]
    provenance: Mapping[str, int]
    alternates: Mapping[str, Sequence[Origin]]
    emails: Sequence[Origin]
    phones: Sequence[Origin]


def survive_few(members: Sequence[Member], policy: SurvivorshipPolicy) -> dict[int, Survivor]:
    """Compute the golden record of every contact, in ascending order of contact."""
    ordered = sorted(members, key=lambda member: member.contact)
    return {
        contact: _survive(list(own), policy)
        for contact, own in groupby(ordered, key=lambda member: member.contact)
    }


def _survive(own: list[Member], policy: SurvivorshipPolicy) -> Survivor:
    ranked = _rank(own, policy.order, ()) if len(own) > 1 else own
    emails, phones = _unite(ranked, EMAIL_FIELDS), _unite(ranked, PHONE_FIELDS)
    alternates: dict[str, list[Origin]] = {}
    if len(own) == 1:
        values = dict(own[0].texts)
        provenance = {"*": own[0].label}
    else:
        chosen, alternates = _decide(own, policy)
        values = {name: text for name, (text, _) in chosen.items()}
        provenance = {name: label for name, (_, label) in chosen.items()}
        if emails:
            provenance["email"] = emails[0][1]
        provenance = _shorten(provenance)
    values |= {"email": emails[0][0]} if emails else {}
    names = (*GOLDEN_FIELDS, *attributes_of(values))
    ordered = {name: values[name] for name in names if name in values}
    return Survivor(ordered, provenance, alternates, emails, phones)


def _shorten(provenance: dict[str, int]) -> dict[str, int]:
    """Say it once where all is from one record."""
    if len(set(provenance.values())) == 1:
        return {"*": next(iter(provenance.values()))}
    return dict(sorted(provenance.items()))


def _rank(own: list[Member], order: Sequence[str], together: Sequence[str]) -> list[Member]:
    """Sort the records of a contact, the best first; `together` is what frequency counts."""
    said = Counter(_say(member, together) for member in own)
    keys: dict[str, Callable[[Member], Any]] = {
        "trust": lambda member: -member.trust,
        "earliest": lambda member: (member.occurred_at is not None, member.occurred_at or ""),
        "frequency": lambda member: -said[_say(member, together)] * any(_say(member, together)),
        "completeness": lambda member: -sum(name in member.texts for name in GOLDEN_FIELDS),
    }
    ranked = sorted(own, key=lambda member: member.content_hash or "")
    for criterion in reversed(order):
        if criterion == "recency":
            ranked.sort(key=lambda member: member.occurred_at or "", reverse=True)
        else:
            ranked.sort(key=keys[criterion])
    return ranked


def _say(member: Member, together: Sequence[str]) -> tuple[str, ...]:
    return tuple(member.texts.get(name, "").casefold() for name in together)


def _decide(
    own: list[Member], policy: SurvivorshipPolicy
) -> tuple[dict[str, Origin], dict[str, list[Origin]]]:
    """Decide between several records, field by field; e-mails are decided apart."""
    chosen: dict[str, Origin] = {}
    alternates: dict[str, list[Origin]] = {}
    filled = {name for member in own for name in member.texts}
    for name, fields, whole in policy.units(attributes_of(filled)):
        present = [field for field in fields if field in filled]
        if not present:
            continue
        ranked = _rank(own, policy.orders.get(name, policy.order), present)
        kept = _fill(_sort(ranked, present, whole, sure=name in policy.restrictive), present)
        chosen |= kept
        for field in present:
            said = ((m.texts[field], m.label) for m in ranked if field in m.texts)
            winner = kept[field][0] if field in kept else None
            lost = [origin for origin in _once(said) if origin[0] != winner]
            if lost and field not in PHONE_FIELDS:
                alternates[field] = lost
    return chosen, alternates


def _sort(
    ranked: list[Member], fields: Sequence[str], whole: Sequence[str], *, sure: bool
) -> list[Member]:
    """Records with any of the fields, the best candidate first."""

    def grade(member: Member) -> int:
        if sure:
            return int(member.texts[fields[0]] != "true")
        there = {name for name in fields if name in member.texts}
        return 2 * (not there.isdisjoint(member.doubtful)) + (not there.issuperset(whole))

    usable = [member for member in ranked if any(name in member.texts for name in fields)]
    return sorted(usable, key=grade)


def _fill(candidates: list[Member], fields: Sequence[str]) -> dict[str, Origin]:
    """Take the fields from the best; its blanks from the next that contradicts nothing."""
    kept: dict[str, Origin] = {}
    for member in candidates:
        told = {name: member.texts[name] for name in fields if name in member.texts}
        if all(told[name].casefold() == kept[name][0].casefold() for name in told if name in kept):
            kept |= {name: (text, member.label) for name, text in told.items() if name not in kept}
        if len(kept) == len(fields):
            break
    return kept


def _unite(ranked: list[Member], fields: Sequence[str]) -> list[Origin]:
    """Each value once: those without doubt, then the order of the columns, then the rank."""
    entries = [
        (name in member.doubtful, member.texts[name], member.label)
        for name in fields
        for member in ranked
        if name in member.texts
    ]
    entries.sort(key=lambda entry: entry[0])
    return _once((text, label) for _, text, label in entries)


def _once(origins: Iterable[Origin]) -> list[Origin]:
    """The first of each text."""
    first: dict[str, int] = {}
    for text, label in origins:
        first.setdefault(text, label)
    return list(first.items())
