"""Which records leave a contact together, where they go, and the leads that go with them."""

import json
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any, Final

import pandas as pd
from sqlalchemy import Connection, Table, and_, select

from crm import ids
from crm.belongings import linked_records
from crm.bulk import listed_numbers
from crm.changes import Change
from crm.errors import RefusedError, UnknownIdError
from crm.models import contact, interaction, lead, link, merge_event, source_record
from crm.opening import shown_url
from crm.steward_models import event_change

__all__ = ["NEW", "Split", "find_followers", "plan_parting", "plan_split", "split_leads"]

# Stands for the id of a contact, and from -2 on of leads, that are to be made.
NEW: Final = -1


@dataclass(frozen=True)
class Split:
    """The records that leave a contact, the one it is about first, and the contact they go to.

    The first `chosen` of them were asked for; the others go along.
    """

    contact: int
    moved: tuple[int, ...]
    target: int
    notes: tuple[str, ...]
    chosen: int = 1

    @property
    def record(self) -> int:
        """The record it is about."""
        return self.moved[0]

    @property
    def asked(self) -> tuple[int, ...]:
        """The records that were asked for."""
        return self.moved[: self.chosen]


def plan_split(connection: Connection, record: int) -> Split:
    """Plan to take a record out of its contact; those that were tied through it go with it.

    They get back the id they came with where they are all that came with it.
    """
    tie = select(link.c.contact_id).where(link.c.source_record_id == record, link.c.active)
    owner = connection.scalar(tie)
    shown = ids.show("source_record", record)
    if owner is None:
        if connection.scalar(select(source_record.c.id).where(source_record.c.id == record)):
            why = f"{shown} belongs to no contact"
            raise RefusedError(shown_url(connection.engine.url), why)
        raise UnknownIdError(shown_url(connection.engine.url), shown)
    records = linked_records(connection, [owner])["record"].tolist()
    if len(records) == 1:
        why = f"{shown} is the only record of its contact"
        raise RefusedError(shown_url(connection.engine.url), why)
    followers = find_followers(connection, [record], records, records)
    moved = (record, *followers)
    notes = tuple(
        f"{ids.show('source_record', each)} goes along: it was tied through {shown}"
        for each in followers
    )
    return Split(owner, moved, _find_origin(connection, owner, set(moved)), notes)


def plan_parting(connection: Connection, chosen: Collection[int]) -> Split:
    """Plan to take exactly these records out of the one contact they belong to.

    Unlike those of `plan_split`, no others go with them: a person looked at each.
    """
    wanted = listed_numbers(connection, chosen)
    tie = select(link.c.contact_id).where(link.c.source_record_id.in_(wanted), link.c.active)
    owners = list(connection.scalars(tie))
    url = shown_url(connection.engine.url)
    if len(owners) < len(set(chosen)) or len(set(owners)) != 1:
        raise RefusedError(url, "these are not records of one contact")
    records = linked_records(connection, owners[:1])["record"].tolist()
    if set(records) <= set(chosen):
        raise RefusedError(url, "one record at least has to stay")
    moved = tuple(sorted(set(chosen)))
    target = _find_origin(connection, owners[0], set(moved))
    return Split(owners[0], moved, target, (), len(moved))


def find_followers(
    connection: Connection,
    moved: Collection[int],
    records: Collection[int],
    whole: Collection[int],
) -> list[int]:
    """Find those of `records` that only those in `moved` tie to the rest of their contact.

    The first record of a contact is tied to none of the `whole`: where it goes, the others stay
    together.
    """
    wanted = listed_numbers(connection, records)
    rows = connection.execute(
        select(merge_event.c.source_record_id, merge_event.c.matched_record)
        .where(merge_event.c.source_record_id.in_(wanted))
        .where(merge_event.c.kind == "link", merge_event.c.matched_record.is_not(None))
    )
    tied_to = {row.source_record_id: row.matched_record for row in rows}
    leaving = {each for each in moved if tied_to.get(each) in whole}
    found: list[int] = []
    while True:
        more = [
            each
            for each in records
            if each not in moved and each not in found and tied_to.get(each) in {*leaving, *found}
        ]
        if not more:
            return sorted(found)
        found += more


def _find_origin(connection: Connection, owner: int, moved: set[int]) -> int:
    """The id all of these records, and no others, came with; `NEW` where there is none."""
    merged = contact.c.merged_into == owner
    losers: list[int] = list(
        connection.scalars(select(contact.c.id).where(merged).order_by(contact.c.id))
    )
    for number in losers:
        rows = connection.execute(
            select(event_change.c.thing_id)
            .join(merge_event, merge_event.c.id == event_change.c.merge_event_id)
            .where(
                event_change.c.thing == "source_record",
                event_change.c.thing_id.in_(listed_numbers(connection, moved)),
                event_change.c.before == json.dumps(number),
                event_change.c.after == json.dumps(owner),
                merge_event.c.reversed_by.is_(None),
            )
        )
        if moved == {row.thing_id for row in rows} == _brought(connection, number, owner):
            return number
    return NEW


def _brought(connection: Connection, loser: int, owner: int) -> set[int]:
    """The records that came to `owner` with a contact merged into it."""
    rows = connection.scalars(
        select(event_change.c.thing_id)
        .join(merge_event, merge_event.c.id == event_change.c.merge_event_id)
        .join(
            link,
            and_(link.c.source_record_id == event_change.c.thing_id, link.c.active),
        )
        .where(
            link.c.contact_id == owner,
            event_change.c.thing == "source_record",
            event_change.c.before == json.dumps(loser),
            event_change.c.after == json.dumps(owner),
            merge_event.c.contact_id == owner,
            merge_event.c.reversed_by.is_(None),
        )
    )
    return set(rows)


def split_leads(
    connection: Connection, split: Split, *, settled: frozenset[int] = frozenset(), first: int = NEW
) -> tuple[list[tuple[Table, dict[str, Any]]], list[Change]]:
    """Let leads go with their records; one of which both parts have records becomes two.

    `settled` leads are taken care of already; the numbers below `first` stand for new ones.
    """
    rows = connection.execute(
        select(interaction.c.id, interaction.c.lead_id, interaction.c.source_record_id)
        .where(interaction.c.contact_id == split.contact, interaction.c.live)
        .where(interaction.c.lead_id.is_not(None), interaction.c.lead_id.not_in(settled))
        .order_by(interaction.c.id)
    ).all()
    frame = pd.DataFrame(rows, columns=["id", "lead", "record"])
    frame["moved"] = frame["record"].isin(split.moved)
    creates: list[tuple[Table, dict[str, Any]]] = []
    changes = []
    for number in frame["lead"].unique().tolist():
        part = frame[frame["lead"] == number]
        if part["moved"].all():
            changes.append(Change("lead", number, "contact_id", split.contact, split.target))
        elif part["moved"].any():
            stand_in = first - 1 - len(creates)
            creates.append((lead, _like(connection, number, stand_in, split.target)))
            changes += [
                Change("interaction", int(each), "lead_id", number, stand_in)
                for each in part["id"][part["moved"]]
            ]
    return creates, changes


def _like(connection: Connection, number: int, stand_in: int, owner: int) -> dict[str, Any]:
    """A lead like another, of another contact."""
    row = connection.execute(select(lead).where(lead.c.id == number)).mappings().one()
    return {**row, "id": stand_in, "contact_id": owner, "row_version": 1}
