"""Merge contacts by a person's decision: their records become those of one of them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import pandas as pd
from sqlalchemy import Connection, RowMapping

from crm import ids
from crm.acts import Decision, Done, Who, act, live_contact, read_versions
from crm.belongings import hand_over, linked_records
from crm.candidates import read_members
from crm.changes import Change
from crm.errors import RefusedError
from crm.golden_rows import compute_golden
from crm.judgements import APART, between, make_judgements
from crm.opening import reading, shown_url
from crm.policies import read_policy
from crm.previews import tell_values
from crm.settling import settle_reviews
from crm.store import Store
from crm.times import utc_now

__all__ = ["MergePreview", "decide_merge", "merge", "preview_merge", "tell_item"]


@dataclass(frozen=True)
class MergePreview:
    """What merging would come to; `refused` are judgements that stand against it.

    `fields`: `field`, `value`, `record`, `contact` and `rivals`, the values that would lose.
    """

    survivor: str
    versions: Mapping[str, int]
    fields: tuple[Mapping[str, Any], ...]
    emails: tuple[str, ...]
    phones: tuple[str, ...]
    notes: tuple[str, ...]
    refused: tuple[str, ...]


def merge(store: Store, contacts: Sequence[str], who: Who, *, into: str | None = None) -> Done:
    """Merge two or more contacts; the survivor is `into`, else the one that was there first.

    Raises `RefusedError` where a judgement says that two of them are not the same person.
    """

    def decide(connection: Connection) -> Decision:
        survivor, losers = _order(connection, contacts, into)
        return decide_merge(connection, survivor, losers, who)

    return act(store, who, decide)


def preview_merge(store: Store, contacts: Sequence[str], into: str | None = None) -> MergePreview:
    """Tell what merging these contacts would come to."""
    with reading(store.engine) as connection:
        survivor, losers = _order(connection, contacts, into)
        everybody = [survivor, *losers]
        members = read_members(connection, everybody)
        owner = dict(zip(members["source_record"], members["contact"], strict=True))
        members["contact"] = survivor
        golden = compute_golden(connection, members, read_policy(connection))
        _, notes = hand_over(connection, losers, survivor)
        return MergePreview(
            ids.show("contact", survivor),
            read_versions(connection, everybody),
            tuple(tell_values(golden.rows, survivor, owner)),
            tuple(golden.emails["email"]),
            tuple(golden.phones["phone"]),
            tuple(notes),
            _judged_apart(connection, linked_records(connection, everybody)),
        )


def decide_merge(
    connection: Connection,
    survivor: int,
    losers: list[int],
    who: Who,
    item: RowMapping | None = None,
) -> Decision:
    """Decide what merging moves; `item` is the possible match that was judged, if one was."""
    records = linked_records(connection, [survivor, *losers])
    apart = _judged_apart(connection, records)
    if apart:
        raise RefusedError(
            shown_url(connection.engine.url), "it was judged not to be the same person", apart
        )
    belongings, notes = hand_over(connection, losers, survivor)
    moved = records[records["contact"] != survivor]
    pairs = zip(moved["record"].tolist(), moved["contact"].tolist(), strict=True)
    first = records.drop_duplicates("contact")["record"].tolist()
    stated = {"verdict": "same", "at": utc_now(), "actor": who.actor, "reason": who.reason}
    judged = {} if item is None else {"review_item_id": item["id"]}
    creates, judgements = make_judgements(connection, pairwise(first), stated | judged, first=-1)
    changes = [
        *(Change("source_record", record, "place", owner, survivor) for record, owner in pairs),
        *(Change("contact", loser, "merged_into", None, survivor) for loser in losers),
        *belongings,
        *judgements,
        *settle_reviews(connection, dict.fromkeys(records["record"], survivor), item),
    ]
    return Decision(
        "merge",
        frozenset([survivor, *losers]),
        tuple(changes),
        tuple(creates),
        told={"contact_id": survivor, **tell_item(item)},
        notes=tuple(notes),
    )


def tell_item(item: RowMapping | None) -> dict[str, Any]:
    """What an event says of the possible match it goes back to."""
    if item is None:
        return {}
    told = {name: item[name] for name in ("weight", "evidence", "model_version")}
    return told | {"source_record_id": item["right_record"], "matched_record": item["left_record"]}


def _order(
    connection: Connection, contacts: Iterable[str], into: str | None
) -> tuple[int, list[int]]:
    """The survivor and the others; an id that was merged away counts as its survivor."""
    numbers = sorted({live_contact(connection, text) for text in contacts})
    survivor = live_contact(connection, into) if into else next(iter(numbers), 0)
    losers = [number for number in numbers if number != survivor]
    if not losers:
        raise RefusedError(shown_url(connection.engine.url), "it takes two contacts to merge")
    return survivor, losers


def _judged_apart(connection: Connection, records: pd.DataFrame) -> tuple[str, ...]:
    """Judgements against it, between records of different contacts."""
    apart: list[int] = []
    groups = {owner: list(part) for owner, part in records.groupby("contact")["record"]}
    for owner, own in groups.items():
        others = records["record"][records["contact"] > owner]
        apart += between(connection, own, others, APART)
    return tuple(ids.show("judgement", number) for number in sorted(apart))
