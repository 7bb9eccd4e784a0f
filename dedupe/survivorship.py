"""Which value of a contact survives: the golden record as a function of its source records.

The order of the records never matters. A blank never beats a value; a doubtful value never beats
one without doubt; then the policy's criteria decide, and at last the record's content hash.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Final, Literal, get_args

import numpy as np
import pandas as pd
import pyarrow as pa

from dedupe.ranking import MISSING, NOBODY, Ints, Ranking, rank, survive
from validators.fields import (
    ADDRESS_FIELDS,
    EMAIL_FIELDS,
    FIELDS,
    NAME_FIELDS,
    PHONE_FIELDS,
    attributes_of,
)

__all__ = ["EVENT_FIELDS", "GOLDEN_FIELDS", "Golden", "Group", "SurvivorshipPolicy", "golden"]

Criterion = Literal["trust", "recency", "earliest", "completeness", "frequency"]

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
    `recency` or `earliest` (by `occurred_at`), `completeness` (golden fields filled), `frequency`
    (how many records of the contact say the same of the field or the group).
    `orders` replaces it for a field or a group by name. A `restrictive` flag is true as soon
    as one record says so.
    """

    order: tuple[Criterion, ...] = ("trust", "recency", "completeness")
    orders: Mapping[str, tuple[Criterion, ...]] = field(
        default_factory=lambda: {"lead_source": ("earliest", "trust")}
    )
    groups: tuple[Group, ...] = GROUPS
    restrictive: tuple[str, ...] = ("email_opt_out", "do_not_call")

    def __post_init__(self) -> None:
        names = {
            *GOLDEN_FIELDS,
            *(group.name for group in self.groups),
            *attributes_of(self.orders),
        }
        self._check_groups()
        for name, order in {"order": self.order, **self.orders}.items():
            if name != "order" and name not in names:
                raise PolicyError(f"survivorship.{name}: no such field; known: {sorted(names)}")
            if not set(order) <= set(get_args(Criterion)):
                raise PolicyError(
                    f"survivorship.{name}: {list(order)} has an unknown criterion;"
                    f" known: {list(get_args(Criterion))}"
                )

    def _check_groups(self) -> None:
        taken: dict[str, str] = {}
        for group in self.groups:
            for name in group.fields:
                if name not in GOLDEN_FIELDS or name == "email":
                    raise PolicyError(f"survivorship.groups.{group.name}: no field {name} to group")
                if name in taken:
                    raise PolicyError(
                        f"survivorship.groups.{group.name}: {name} is in {taken[name]} already"
                    )
                taken[name] = group.name

    def units(
        self, attributes: Iterable[str] = ()
    ) -> Iterator[tuple[str, tuple[str, ...], tuple[str, ...]]]:
        """List what survives as one: (name, fields, the fields that make it whole)."""
        grouped = {name for group in self.groups for name in group.fields}
        for group in self.groups:
            yield group.name, group.fields, group.whole
        for name in (*GOLDEN_FIELDS, *attributes):
            if name not in grouped and name != "email":
                yield name, (name,), ()


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
    `occurred_at` (text that sorts by time), `content_hash` (the last tie-break), any of FIELDS and
    any `attributes.NAME`.
    `doubtful`: same index, boolean columns for those fields that have doubtful values.
    """
    policy = policy or SurvivorshipPolicy()
    if doubtful is None:
        doubtful = pd.DataFrame(index=records.index)
    shared = records["contact"].duplicated(keep=False).to_numpy()
    ranking = rank(records[shared], doubtful[shared], policy.order, GOLDEN_FIELDS)
    turn = np.zeros(len(records), dtype=np.int64)
    turn[np.flatnonzero(shared)[ranking.place]] = np.arange(len(ranking.place))
    emails = _unite(records, doubtful, turn, EMAIL_FIELDS)
    decided = _decide(ranking, policy)
    alone = records[~shared].set_index("contact")
    fields = pd.concat([alone, decided.fields]).sort_index()
    first = emails.drop_duplicates("contact").set_index("contact")
    if len(first):
        fields["email"] = first["value"].reindex(fields.index)
    return Golden(
        fields[[*(name for name in GOLDEN_FIELDS if name in fields), *attributes_of(fields)]],
        _join_provenance(records["contact"][~shared], decided.provenance, first["record"]),
        decided.alternates,
        emails,
        _unite(records, doubtful, turn, PHONE_FIELDS),
    )


_Line = tuple[str, Ints, Ints]  # a field, and the contact and the record of each line


@dataclass(frozen=True)
class _Decided:
    fields: pd.DataFrame
    provenance: pd.DataFrame
    alternates: pd.DataFrame


def _decide(ranking: Ranking, policy: SurvivorshipPolicy) -> _Decided:
    """Decide between the records of contacts that have several; e-mails are decided apart."""
    records, contacts = ranking.records, np.unique(ranking.records["contact"])
    rankings: dict[tuple[object, ...], Ranking] = {(policy.order, ()): ranking}
    fields: dict[str, pd.Series] = {}
    given: list[_Line] = []
    lost: list[_Line] = []
    texts = [pa.array([], pa.string())]
    for name, together, whole in policy.units(attributes_of(records)):
        present = [each for each in together if each in records]
        if not present:
            continue
        order = policy.orders.get(name, policy.order)
        kind = order, tuple(present) if "frequency" in order else ()
        if kind not in rankings:
            ranked = rank(records, ranking.doubtful, order, GOLDEN_FIELDS, present)
            rankings[kind] = replace(ranked, columns=ranking.columns)
        ranked = rankings[kind]
        sure = "true" if name in policy.restrictive else None
        survivors = survive(ranked, present, whole, sure)
        for each in present:
            kept, places = survivors.codes[each], survivors.places[each]
            fields[each] = pd.Series(ranked.column(each).texts(kept), index=contacts, dtype="str")
            found = np.flatnonzero(places != NOBODY)
            given.append((each, contacts[found], ranked.labels[places[found]]))
            if each not in PHONE_FIELDS:
                at, codes = _find_losers(ranked, each, kept)
                lost.append((each, contacts[ranked.code[at]], ranked.labels[ranked.place[at]]))
                texts.append(ranked.column(each).texts(codes))
    return _Decided(
        pd.DataFrame(fields, index=pd.Index(contacts, name="contact")),
        _stack(given),
        _stack(lost).assign(value=pd.Series(pa.concat_arrays(texts), dtype="str")),
    )


def _find_losers(ranked: Ranking, name: str, kept: Ints) -> tuple[Ints, Ints]:
    """Ranked positions of the values of a contact that did not survive, each once, and codes."""
    codes = ranked.codes(name)
    lost = np.flatnonzero((codes != MISSING) & (codes != kept[ranked.code]))
    values = ranked.code[lost] * len(ranked.column(name).distinct) + codes[lost]
    lost = lost[np.sort(np.unique(values, return_index=True)[1])]
    return lost, codes[lost]


def _stack(lines: Iterable[_Line]) -> pd.DataFrame:
    """Lines (contact, field, record), gathered field by field, in the order they came."""
    nothing = ("", np.empty(0, np.int64), np.empty(0, np.int64))
    names, contacts, records = zip(nothing, *lines, strict=True)
    which = np.repeat(np.arange(len(names)), [len(each) for each in contacts])
    return pd.DataFrame(
        {
            "contact": np.concatenate(contacts),
            "field": pd.Series(pa.array(names, pa.string()).take(pa.array(which)), dtype="str"),
            "record": np.concatenate(records),
        }
    )


def _unite(
    records: pd.DataFrame, doubtful: pd.DataFrame, turn: Ints, fields: tuple[str, ...]
) -> pd.DataFrame:
    """Unite the values of several columns, each value of a contact once.

    Sorted by contact, then values without doubt, then the order of the columns, then the rank
    of the record (`turn`).
    """
    names = [name for name in fields if name in records]
    filled_at = [np.flatnonzero(records[name].notna()) for name in names]
    at = np.concatenate([np.empty(0, np.int64), *filled_at])
    column = np.repeat(np.arange(len(names)), [len(each) for each in filled_at])
    doubt = np.zeros(len(at), dtype=bool)
    for number, name in enumerate(names):
        if name in doubtful:
            doubt[column == number] = doubtful[name].to_numpy(dtype=bool)[filled_at[number]]
    contact = records["contact"].to_numpy(dtype=np.int64)[at]
    held = [records[name].iloc[where] for name, where in zip(names, filled_at, strict=True)]
    long = pd.DataFrame(
        {
            "contact": contact,
            "value": pd.concat([pd.Series(dtype="str"), *held], ignore_index=True),
            "record": records.index.to_numpy()[at],
        }
    ).astype({"value": "str"})
    long = long.iloc[np.lexsort((turn[at], column, doubt, contact))]
    return long.drop_duplicates(["contact", "value"], ignore_index=True)


def _join_provenance(alone: pd.Series, decided: pd.DataFrame, emails: pd.Series) -> pd.DataFrame:
    """Add contacts with one record, and shorten the others that live off one record alone."""
    ours = emails[~emails.index.isin(alone)]
    mail = pd.DataFrame({"contact": ours.index, "field": "email", "record": ours.to_numpy()})
    long = pd.concat([decided, mail], ignore_index=True)
    records = long.groupby("contact")["record"]
    same = records.transform("min") == records.transform("max")
    short = long[same].drop_duplicates("contact").assign(field="*")
    single = pd.DataFrame({"contact": alone.to_numpy(), "field": "*", "record": alone.index})
    return pd.concat([single, short, long[~same]], ignore_index=True).sort_values(
        ["contact", "field"], kind="stable", ignore_index=True
    )
