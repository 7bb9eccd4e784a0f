"""Which value of a contact survives: the golden record as a function of its source records.

The order of the records never matters. A blank never beats a value; a doubtful value never beats
one without doubt; then the policy's criteria decide, and at last the record's content hash.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Final, Literal, get_args

import numpy as np
import pandas as pd

from dedupe.ranking import NOBODY, Ranking, Survivors, rank, survive
from validators.fields import (
    ADDRESS_FIELDS,
    EMAIL_FIELDS,
    FIELDS,
    NAME_FIELDS,
    PHONE_FIELDS,
)

__all__ = ["EVENT_FIELDS", "GOLDEN_FIELDS", "Golden", "Group", "SurvivorshipPolicy", "golden"]

Criterion = Literal["trust", "recency", "earliest", "completeness"]

# What one submission, call or visit says about itself; no part of the person.
EVENT_FIELDS: Final = (
    "submission_id",
    "occurred_at",
    "lead_status",
    "notes",
    "amount",
    "call_direction",
    "call_status",
    "call_seconds",
    "call_to",
    "host",
)
# Found in the union of e-mails or phones instead of a column of their own.
UNION_ONLY: Final = ("email_2", "email_3", "phone_2")
GOLDEN_FIELDS: Final = tuple(
    name for name in FIELDS if name not in EVENT_FIELDS and name not in UNION_ONLY
)


class PolicyError(ValueError):
    """A survivorship policy names a field or a criterion that does not exist."""


@dataclass(frozen=True)
class Group:
    """Fields that survive together; a record with all of `whole` beats one with a part."""

    name: str
    fields: tuple[str, ...]
    whole: tuple[str, ...]


GROUPS: Final = (
    Group("name", NAME_FIELDS, ("given_name", "family_name")),
    Group("address", ADDRESS_FIELDS, ("street",)),
    Group("phone", ("phone", "phone_ext"), ("phone",)),
)


@dataclass(frozen=True)
class SurvivorshipPolicy:
    """How rival values are ranked.

    `order` ranks the records of a contact, first criterion first: `trust` (higher first),
    `recency` or `earliest` (by `occurred_at`), `completeness` (golden fields filled).
    `orders` replaces it for a field or a group by name. A `restrictive` flag is true as soon
    as one record says so.
    """

    order: tuple[Criterion, ...] = ("trust", "recency", "completeness")
    orders: Mapping[str, tuple[Criterion, ...]] = field(
        default_factory=lambda: MappingProxyType({"lead_source": ("earliest", "trust")})
    )
    groups: tuple[Group, ...] = GROUPS
    restrictive: tuple[str, ...] = ("email_opt_out", "do_not_call")

    def __post_init__(self) -> None:
        names = {*GOLDEN_FIELDS, *(group.name for group in self.groups)}
        for name, order in {"order": self.order, **self.orders}.items():
            if name != "order" and name not in names:
                raise PolicyError(f"survivorship.{name}: no such field; known: {sorted(names)}")
            if not set(order) <= set(get_args(Criterion)):
                raise PolicyError(
                    f"survivorship.{name}: {list(order)} has an unknown criterion;"
                    f" known: {list(get_args(Criterion))}"
                )

    def units(self) -> Iterator[tuple[str, tuple[str, ...], tuple[str, ...]]]:
        """List what survives as one: (name, fields, the fields that make it whole)."""
        grouped = {name for group in self.groups for name in group.fields}
        for group in self.groups:
            yield group.name, group.fields, group.whole
        for name in GOLDEN_FIELDS:
            if name not in grouped and name != "email":
                yield name, (name,), ()


NO_PROVENANCE: Final = pd.DataFrame(
    {
        "contact": pd.Series(dtype="int64"),
        "field": pd.Series(dtype="str"),
        "record": pd.Series(dtype="int64"),
    }
)
NO_ALTERNATES: Final = NO_PROVENANCE.assign(value=pd.Series(dtype="str"))[
    ["contact", "field", "value", "record"]
]


@dataclass(frozen=True)
class Golden:
    """Golden records, and where each of their values came from.

    `fields`: index `contact`, ascending; one text column a golden field.
    `provenance`: `contact`, `field`, `record`, the label of the record a value was taken from;
    one line with the field `*` stands for a contact whose values all come from one record.
    `alternates`: `contact`, `field`, `value`, `record`: the values that lost, best first.
    `emails`, `phones`: `contact`, `value`, `record`: unions, the preferred one first.
    """

    fields: pd.DataFrame
    provenance: pd.DataFrame
    alternates: pd.DataFrame
    emails: pd.DataFrame
    phones: pd.DataFrame


def golden(
    records: pd.DataFrame,
    doubtful: pd.DataFrame | None = None,
    policy: SurvivorshipPolicy | None = None,
) -> Golden:
    """Compute the golden record of every contact.

    `records`: index a unique integer label; columns `contact` (int64), `trust` (int),
    `occurred_at` (text that sorts by time), `content_hash` (the last tie-break) and any of FIELDS.
    `doubtful`: same index, boolean columns for those fields that have doubtful values.
    """
    policy = policy or SurvivorshipPolicy()
    if doubtful is None:
        doubtful = pd.DataFrame(index=records.index)
    shared = records["contact"].duplicated(keep=False).to_numpy()
    several, doubts = records[shared], doubtful[shared]
    ranking = rank(several, doubts, policy.order, GOLDEN_FIELDS)
    turn = pd.Series(0, index=records.index)
    turn.loc[several.index[ranking.place]] = np.arange(len(several))
    emails = _unite(records, doubtful, turn, EMAIL_FIELDS)
    phones = _unite(records, doubtful, turn, PHONE_FIELDS)

    decided = _decide(ranking, policy)
    alone = records[~shared].set_index("contact")
    alone = alone[[name for name in GOLDEN_FIELDS if name in alone]]
    values = pd.concat([alone, decided.fields]).sort_index()
    first = emails.drop_duplicates("contact").set_index("contact")
    values["email"] = first["value"].reindex(values.index)
    return Golden(
        values[[name for name in GOLDEN_FIELDS if name in values]],
        _join_provenance(records[~shared]["contact"], decided.provenance, first["record"]),
        decided.alternates,
        emails,
        phones,
    )


@dataclass(frozen=True)
class _Decided:
    fields: pd.DataFrame
    provenance: pd.DataFrame
    alternates: pd.DataFrame


def _decide(ranking: Ranking, policy: SurvivorshipPolicy) -> _Decided:
    """Decide between the records of contacts that have several; e-mails are decided apart."""
    records = ranking.records
    contacts = np.unique(records["contact"])
    values, provenance, alternates = {}, [NO_PROVENANCE], [NO_ALTERNATES]
    for name, fields, whole in policy.units():
        present = [each for each in fields if each in records]
        if not present:
            continue
        order = policy.orders.get(name, policy.order)
        ranked = ranking
        if order != policy.order:
            ranked = rank(records, ranking.doubtful, order, GOLDEN_FIELDS)
        sure = "true" if name in policy.restrictive else None
        survivors = survive(ranked, present, [each for each in whole if each in records], sure)
        for each in present:
            values[each] = pd.Series(survivors.texts[each], index=contacts, dtype="str")
            provenance.append(_lengthen(ranked, survivors, each, contacts))
            if each not in PHONE_FIELDS:
                alternates.append(_find_losers(ranked, survivors, each, contacts))
    return _Decided(
        pd.DataFrame(values, index=pd.Index(contacts, name="contact")),
        pd.concat(provenance, ignore_index=True),
        pd.concat(alternates, ignore_index=True),
    )


def _lengthen(
    ranking: Ranking, survivors: Survivors, field: str, contacts: np.ndarray
) -> pd.DataFrame:
    """Say for each contact with a value which record it is from."""
    places = survivors.places[field]
    found = places != NOBODY
    labels = ranking.records.index.to_numpy()[places[found]]
    return pd.DataFrame({"contact": contacts[found], "field": field, "record": labels})


def _find_losers(
    ranking: Ranking, survivors: Survivors, field: str, contacts: np.ndarray
) -> pd.DataFrame:
    """List the distinct values of a field that did not survive, best ranked first."""
    texts = ranking.texts(field)
    lost = np.flatnonzero(pd.notna(texts) & (texts != survivors.texts[field][ranking.code]))
    found = pd.DataFrame(
        {
            "contact": contacts[ranking.code[lost]],
            "field": field,
            "value": pd.Series(texts[lost], dtype="str"),
            "record": ranking.records.index.to_numpy()[ranking.place[lost]],
        }
    )
    return found.drop_duplicates(["contact", "value"])


def _unite(
    records: pd.DataFrame, doubtful: pd.DataFrame, turn: pd.Series, fields: tuple[str, ...]
) -> pd.DataFrame:
    """Unite the values of several columns, each value of a contact once.

    Sorted by contact, then values without doubt, then the order of the columns, then the rank
    of the record (`turn`).
    """
    parts = []
    for position, name in enumerate(each for each in fields if each in records):
        held = records[name].dropna()
        doubt = doubtful[name].reindex(held.index) if name in doubtful else False
        part = pd.DataFrame({"contact": records["contact"].reindex(held.index), "value": held})
        parts.append(
            part.assign(record=held.index, doubt=doubt, position=position, turn=turn[held.index])
        )
    if not parts:
        return NO_ALTERNATES.drop(columns="field")
    long = pd.concat(parts, ignore_index=True)
    long = long.sort_values(["contact", "doubt", "position", "turn"], kind="stable")
    return long[["contact", "value", "record"]].drop_duplicates(
        ["contact", "value"], ignore_index=True
    )


def _join_provenance(alone: pd.Series, decided: pd.DataFrame, emails: pd.Series) -> pd.DataFrame:
    """Add contacts with one record, and shorten the others that live off one record alone."""
    ours = emails[emails.index.isin(decided["contact"]) | ~emails.index.isin(alone)]
    mail = pd.DataFrame({"contact": ours.index, "field": "email", "record": ours.to_numpy()})
    long = pd.concat([decided, mail], ignore_index=True)
    same = long.groupby("contact")["record"].transform("nunique") == 1
    short = long[same].drop_duplicates("contact").assign(field="*")
    single = pd.DataFrame({"contact": alone.to_numpy(), "field": "*", "record": alone.index})
    return pd.concat([single, short, long[~same]], ignore_index=True).sort_values(
        ["contact", "field"], kind="stable", ignore_index=True
    )
