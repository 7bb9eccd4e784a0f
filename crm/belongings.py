"""What belongs to contacts beside their records: leads, notes, pins, consent, sales."""

from collections.abc import Iterable, Mapping
from typing import Any

import pandas as pd
from sqlalchemy import Connection, select

from crm.bulk import listed_numbers
from crm.changes import Change
from crm.frames import read_frame
from crm.models import contact, interaction, lead, link
from crm.steering import FLAGS
from crm.steward_models import consent, opportunity, pin

__all__ = ["carry_consent", "find_flags", "hand_over", "linked_records"]


def linked_records(connection: Connection, contacts: Iterable[int]) -> pd.DataFrame:
    """Read the records of contacts: `record`, `contact`, ordered by record."""
    wanted = link.c.contact_id.in_(listed_numbers(connection, contacts))
    frame = read_frame(
        connection,
        select(link.c.source_record_id.label("record"), link.c.contact_id.label("contact"))
        .where(link.c.active, wanted)
        .order_by(link.c.source_record_id),
    )
    return frame.astype("int64")


def hand_over(
    connection: Connection, losers: list[int], survivor: int
) -> tuple[list[Change], list[str]]:
    """Hand all that belongs to `losers` over to the survivor; changes, and what was dropped."""
    changes = []
    for table in (lead, opportunity, interaction):
        owned = select(table.c.id, table.c.contact_id).where(table.c.contact_id.in_(losers))
        if table is interaction:  # those of records follow their record
            owned = owned.where(interaction.c.source_record_id.is_(None))
        rows = connection.execute(owned.order_by(table.c.id))
        changes += [
            Change(table.name, row.id, "contact_id", row.contact_id, survivor) for row in rows
        ]
    pins, notes = _hand_over_pins(connection, losers, survivor)
    accounts = _hand_over_account(connection, losers, survivor)
    return [*changes, *accounts, *pins, *_unite_consent(connection, losers, survivor)], notes


def _hand_over_pins(
    connection: Connection, losers: list[int], survivor: int
) -> tuple[list[Change], list[str]]:
    changes, notes = [], []
    taken = {field for owner, field, _ in _read_rows(connection, pin, [survivor])}
    for owner, field, values in _read_rows(connection, pin, losers):
        changes.append(Change("pin", owner, field, values, None))
        if field in taken:
            notes.append(f"the value pinned to {field} of the contact merged away gives way")
        else:
            changes.append(Change("pin", survivor, field, None, values))
            taken.add(field)
    return changes, notes


def _hand_over_account(connection: Connection, losers: list[int], survivor: int) -> list[Change]:
    rows = connection.execute(
        select(contact.c.id, contact.c.account_id).where(contact.c.id.in_([survivor, *losers]))
    )
    accounts = {row.id: row.account_id for row in rows}
    changes = [
        Change("contact", loser, "account_id", accounts[loser], None)
        for loser in losers
        if accounts[loser] is not None
    ]
    if changes and accounts[survivor] is None:
        changes.append(Change("contact", survivor, "account_id", None, changes[0].before))
    return changes


def _unite_consent(connection: Connection, losers: list[int], survivor: int) -> list[Change]:
    """Withdrawn by one is withdrawn for all of them."""
    everybody = [survivor, *losers]
    flags = find_flags(connection, everybody)
    rows = {
        (owner, each): values for owner, each, values in _read_rows(connection, consent, everybody)
    }
    changes = [
        Change("consent", owner, purpose, values, None)
        for (owner, purpose), values in rows.items()
        if owner != survivor
    ]
    for purpose in FLAGS:
        stated = [rows[owner, purpose] for owner in everybody if (owner, purpose) in rows]
        if not stated:
            continue
        # What the records say is found again in the records, unless consent was given meanwhile.
        withdrawn = [each for each in stated if each["status"] == "withdrawn"]
        refused = any(purpose in flags.get(owner, ()) for owner in everybody)
        newest = max(withdrawn or stated, key=lambda each: each["at"])
        united = {**newest, "status": "withdrawn"} if refused else newest
        if united != rows.get((survivor, purpose)):
            changes.append(
                Change("consent", survivor, purpose, rows.get((survivor, purpose)), united)
            )
    return changes


def carry_consent(
    connection: Connection,
    whole: int,
    parts: Iterable[int],
    planned: Iterable[Change],
    stated: Mapping[str, Any],
) -> list[Change]:
    """Let every part of a contact keep what the whole had withdrawn.

    `planned` are changes that come before; `stated`: `at` and `actor` of the split.
    """
    owners = list(parts)
    rows: dict[tuple[int, str], Any] = {
        (owner, purpose): values
        for owner, purpose, values in _read_rows(connection, consent, owners)
    }
    rows |= {(each.thing_id, each.field): each.after for each in planned if each.thing == "consent"}
    changes = []
    for purpose in sorted(find_flags(connection, [whole]).get(whole, ())):
        for part in owners:
            before = rows.get((part, purpose))
            if before is None or before["status"] != "withdrawn":
                after = {"status": "withdrawn", **stated}
                changes.append(Change("consent", part, purpose, before, after))
    return changes


def find_flags(connection: Connection, contacts: Iterable[int]) -> dict[int, set[str]]:
    """Purposes for which consent is withdrawn, as the golden records say it."""
    wanted = contact.c.id.in_(listed_numbers(connection, contacts))
    rows = connection.execute(select(contact.c.id, contact.c.fields).where(wanted))
    return {
        row.id: {purpose for purpose, flag in FLAGS.items() if f'"{flag}":"true"' in row.fields}
        for row in rows
    }


def _read_rows(
    connection: Connection, table: Any, owners: list[int]
) -> list[tuple[int, str, dict[str, Any]]]:
    """Rows of `pin` or `consent`: owner, what it is about, the other columns."""
    about = table.primary_key.columns[1].name
    rows = connection.execute(
        select(table)
        .where(table.c.contact_id.in_(listed_numbers(connection, owners)))
        .order_by(*table.primary_key.columns)
    )
    return [
        (
            row["contact_id"],
            row[about],
            {name: row[name] for name in row if name not in {"contact_id", about}},
        )
        for row in rows.mappings()
    ]
