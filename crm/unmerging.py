"""Unmerge: one record out of its contact, several, or all that one merge put together.

What was unmerged is judged not to be the same person, so that no import joins it again. Every
part keeps what the whole had withdrawn its consent for.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from itertools import combinations
from typing import Any, Final

import pandas as pd
from sqlalchemy import Connection, Table, select

from crm import ids
from crm.account_lookup import find_account
from crm.acts import Decision, Done, Who, act, find_number, read_versions
from crm.belongings import carry_consent, linked_records
from crm.candidates import read_members
from crm.changes import Change
from crm.errors import RefusedError
from crm.golden_rows import compute_golden
from crm.judgements import between, make_judgements, pair_up
from crm.models import contact, merge_event, source_record
from crm.opening import reading, shown_url
from crm.policies import read_policy
from crm.previews import tell_values
from crm.reversing import decide_reversal, read_event
from crm.splitting import NEW, Split, find_followers, plan_parting, plan_split, split_leads
from crm.store import Store
from crm.times import utc_now

__all__ = ["UnmergePreview", "preview_unmerge", "unmerge"]

Creation = tuple[Table, dict[str, Any]]
# The numbers from here down stand for judgements that are to be made.
JUDGEMENTS: Final = -1_000_000


@dataclass(frozen=True)
class UnmergePreview:
    """What unmerging would come to.

    `parts`: `contact` (null: one to be made), `records` and `fields` (see `MergePreview`).
    """

    contact: str
    versions: Mapping[str, int]
    parts: tuple[Mapping[str, Any], ...]
    notes: tuple[str, ...]


def unmerge(store: Store, what: str, who: Who) -> Done:
    """Unmerge a source record (`r5`) from its contact, several (`r5,r7`), or a merge (`e12`).

    With one record go those that were tied through it; several are exactly those that go.

    Raises `RefusedError` where there is nothing to unmerge, or later events stand against it.
    """

    def decide(connection: Connection) -> Decision:
        if (ids.read(what) or ("",))[0] == "merge_event":
            return _part_event(connection, what, who)
        return _part_record(connection, _plan(connection, what)[0], who)

    return act(store, who, decide)


def preview_unmerge(store: Store, what: str) -> UnmergePreview:
    """Tell what unmerging records or a merge would come to."""
    with reading(store.engine) as connection:
        splits = _plan(connection, what)
        members = read_members(connection, [splits[0].contact])
        for split in splits:
            moved = members["source_record"].isin(split.moved)
            members["contact"] = members["contact"].mask(moved, split.target).astype("int64")
        golden = compute_golden(connection, members, read_policy(connection))
        owners = members["contact"].unique().tolist()
        parts = tuple(_tell_part(members, golden.rows, owner) for owner in owners)
        whole = splits[0].contact
        return UnmergePreview(
            ids.show("contact", whole),
            read_versions(connection, [whole]),
            parts,
            tuple(note for split in splits for note in split.notes),
        )


def _tell_part(members: pd.DataFrame, rows: pd.DataFrame, owner: int) -> dict[str, Any]:
    records = members["source_record"][members["contact"] == owner]
    return {
        "contact": ids.show("contact", owner) if owner > 0 else None,
        "records": [ids.show("source_record", each) for each in records.tolist()],
        "fields": list(tell_values(rows, owner)),
    }


def _plan(connection: Connection, what: str) -> list[Split]:
    """Plan the split of a record, or of what one event brought together."""
    if "," in what:
        parts = [part.strip() for part in what.split(",")]
        chosen = [find_number(connection, "source_record", part) for part in parts]
        return [plan_parting(connection, chosen)]
    if not _is_event(what):
        return [plan_split(connection, find_number(connection, "source_record", what))]
    event = read_event(connection, find_number(connection, "merge_event", what))
    if event["kind"] == "link":
        if event["reversed_by"] is not None:
            by = (ids.show("merge_event", event["reversed_by"]),)
            why = f"{what} was taken back already"
            raise RefusedError(shown_url(connection.engine.url), why, by)
        return [plan_split(connection, event["source_record_id"])]
    if event["kind"] != "merge":
        url = shown_url(connection.engine.url)
        raise RefusedError(url, f"{what} brought no contacts together")
    back = decide_reversal(connection, event, carry=True)
    return _plan_back(connection, event["contact_id"], back)


def _is_event(what: str) -> bool:
    return (ids.read(what) or ("",))[0] == "merge_event"


def _plan_back(connection: Connection, whole: int, back: Decision) -> list[Split]:
    """Plan what each contact gets back: its records, and those that later came through them."""
    records = linked_records(connection, [whole])["record"].tolist()
    targets: dict[int, list[int]] = {}
    for each in back.changes:
        if each.field == "place":
            targets.setdefault(each.after, []).append(each.thing_id)
    splits = []
    for target, own in sorted(targets.items()):
        others = [one for some in targets.values() for one in some if one not in own]
        left = [one for one in records if one not in others]
        followers = find_followers(connection, own, left, records)
        notes = tuple(
            f"{ids.show('source_record', one)} goes along: it came because of these records"
            for one in followers
        )
        splits.append(Split(whole, (*own, *followers), target, notes))
    return splits


def _part_event(connection: Connection, what: str, who: Who) -> Decision:
    """Give back what a merge took, or take out the record an import linked."""
    event = read_event(connection, find_number(connection, "merge_event", what))
    if event["kind"] != "merge":
        return _part_record(connection, _plan(connection, what)[0], who)
    back = decide_reversal(connection, event, carry=True)
    whole = int(event["contact_id"])
    splits = _plan_back(connection, whole, back)
    settled = frozenset(each.thing_id for each in back.changes if each.thing == "lead")
    given_back = {each.thing_id for each in back.changes if each.field == "place"}
    changes = list(back.changes)
    creates: list[Creation] = []
    for split in splits:
        made, leads = split_leads(connection, split, settled=settled, first=NEW - len(creates))
        creates += made
        changes += leads
        changes += [
            Change("source_record", one, "place", whole, split.target)
            for one in split.moved
            if one not in given_back
        ]
    notes = tuple(note for split in splits for note in split.notes)
    decision = replace(back, changes=tuple(changes), creates=tuple(creates), notes=notes)
    return _with_judgements(connection, decision, splits, who)


def _part_record(connection: Connection, split: Split, who: Who) -> Decision:
    """Move the records of a split to a contact of their own."""
    creates, leads = split_leads(connection, split)
    target = split.target
    if target == NEW:
        born = select(source_record.c.batch_id).where(source_record.c.id == split.moved[0])
        row = {
            "id": NEW,
            "fields": "{}",
            "provenance": "{}",
            "created_batch": connection.scalar(born),
            "row_version": 0,
            "merged_into": split.contact,
            "state": "merged",
            "account_id": find_account(connection, split.moved),
        }
        creates = [(contact, row), *creates]
    moves = [Change("source_record", each, "place", split.contact, target) for each in split.moved]
    opened = Change("contact", target, "merged_into", split.contact, None)
    told = {"contact_id": split.contact, "source_record_id": split.record}
    decision = Decision(
        "unmerge",
        frozenset([split.contact, target]),
        (opened, *moves, *leads),
        tuple(creates),
        _link_events(connection, split),
        told,
        split.notes,
    )
    return _with_judgements(connection, decision, [split], who)


def _link_events(connection: Connection, split: Split) -> tuple[int, ...]:
    """The events by which imports linked the records that were asked for to their contact."""
    linked = merge_event.c.source_record_id.in_(split.asked), merge_event.c.kind == "link"
    found = select(merge_event.c.id).where(*linked, merge_event.c.reversed_by.is_(None))
    return tuple(connection.scalars(found))


def _with_judgements(
    connection: Connection, decision: Decision, splits: list[Split], who: Who
) -> Decision:
    """Add the judgements, and the consent that every part keeps."""
    whole = splits[0].contact
    gone = {one for split in splits for one in split.moved}
    records = linked_records(connection, [whole])["record"]
    groups = [list(split.moved) for split in splits] + [records[~records.isin(gone)].tolist()]
    pairs = [pair for sides in combinations(groups, 2) for pair in pair_up(*sides)]
    now = utc_now()
    stated = {"verdict": "different", "at": now, "actor": who.actor, "reason": who.reason}
    creates, judged = make_judgements(connection, pairs, stated, first=JUDGEMENTS)
    taken = {each.thing_id for each in decision.changes if each.thing == "judgement"}
    same = between(connection, *_sides(pairs), ["same"])
    withdrawn = [
        Change("judgement", number, "active", before=True, after=False)
        for number in same
        if number not in taken
    ]
    parts = [whole, *(split.target for split in splits)]
    said = {"at": now, "actor": who.actor}
    carried = carry_consent(connection, whole, parts, decision.changes, said)
    return replace(
        decision,
        kind="unmerge",
        changes=(*decision.changes, *carried, *withdrawn, *judged),
        creates=(*decision.creates, *creates),
    )


def _sides(pairs: list[tuple[int, int]]) -> tuple[set[int], set[int]]:
    return {one for one, _ in pairs}, {other for _, other in pairs}
