"""Compute contacts again after their records, or what people decided about them, changed."""

from collections.abc import Iterable
from typing import Any

import pandas as pd
from sqlalchemy import (
    Connection,
    and_,
    bindparam,
    case,
    delete,
    exists,
    func,
    select,
    tuple_,
    update,
)

from crm.bulk import insert_frame, listed_numbers, missing_insert
from crm.candidates import read_members
from crm.golden_rows import compute_golden
from crm.models import (
    blocking_key,
    contact,
    contact_email,
    contact_phone,
    interaction,
    lead,
    link,
)
from crm.pinned_records import lay_pins, read_pins
from crm.policies import read_policy
from crm.steward_models import consent, pin
from dedupe.keys import list_keys
from dedupe.survivorship import SurvivorshipPolicy

__all__ = ["recompute", "recompute_steered", "touch"]


def recompute(
    connection: Connection,
    contacts: Iterable[int],
    former: pd.DataFrame | None = None,
    policy: SurvivorshipPolicy | None = None,
) -> None:
    """Compute contacts again, and what hangs on them; one without records is blanked.

    `former` is what they were known by, as of `read_known`, null where that is as it was: blocking
    keys that nothing has any more go.
    """
    numbers = sorted({int(number) for number in contacts})
    members = read_members(connection, numbers)
    golden = compute_golden(connection, members, policy or read_policy(connection))
    _write_contacts(connection, numbers, golden.rows)
    for table, union in ((contact_email, golden.emails), (contact_phone, golden.phones)):
        wanted = listed_numbers(connection, numbers)
        connection.execute(delete(table).where(table.c.contact_id.in_(wanted)))
        insert_frame(connection, table, union)
    if former is not None:
        _write_keys(connection, lay_pins(members, read_pins(connection, numbers)), former)
    _span_leads(connection, numbers)


def touch(connection: Connection, contacts: Iterable[int]) -> None:
    """Say that something about contacts changed which none of their values follow from."""
    wanted = contact.c.id.in_(listed_numbers(connection, contacts))
    version = contact.c.row_version + 1
    connection.execute(update(contact).where(wanted).values(row_version=version))


def recompute_steered(connection: Connection, contacts: pd.Series) -> None:
    """Let pins and consent hold for those of these contacts (values) that have any."""
    if all(
        connection.scalar(select(table.c.contact_id).limit(1)) is None for table in (pin, consent)
    ):
        return
    wanted = listed_numbers(connection, contacts)
    steered = [
        number
        for table in (pin, consent)
        for number in connection.scalars(
            select(table.c.contact_id).where(table.c.contact_id.in_(wanted))
        )
    ]
    if steered:  # by what their records are with pins they are known from now on, too
        recompute(connection, steered, former=read_members(connection, []))


def _write_contacts(connection: Connection, numbers: list[int], rows: pd.DataFrame) -> None:
    """Write the golden columns; a contact is live while it has records."""
    wanted = contact.c.id.in_(listed_numbers(connection, numbers))
    blank: dict[str, object] = dict.fromkeys(rows.columns)
    blank |= {"fields": "{}", "provenance": "{}"}
    has_records = exists().where(link.c.contact_id == contact.c.id, link.c.active)
    state = case(
        (has_records, "live"),
        (contact.c.state == "erased", "erased"),
        (contact.c.merged_into.is_not(None), "merged"),
        else_="withdrawn",
    )
    version = contact.c.row_version + 1
    connection.execute(update(contact).where(wanted).values(state=state, row_version=version))
    gone = contact.c.state != "live"
    connection.execute(update(contact).where(wanted, gone).values(blank))
    if len(rows):
        values: dict[str, Any] = {name: bindparam(f"new_{name}") for name in rows.columns}
        cells = rows.to_numpy(dtype=object).tolist()
        connection.execute(
            update(contact).where(contact.c.id == bindparam("number")).values(values),
            [
                {
                    f"new_{name}": value if isinstance(value, str) else None
                    for name, value in zip(rows.columns, line, strict=True)
                }
                | {"number": number}
                for number, line in zip(rows.index.tolist(), cells, strict=True)
            ],
        )


def _write_keys(connection: Connection, known: pd.DataFrame, former: pd.DataFrame) -> None:
    """Take away the keys that nothing has any more, and add those that are new."""
    owners = [*known["contact"].tolist(), *former["contact"].tolist()]
    now: set[tuple[int, int]] = set()
    before: set[tuple[int, int]] = set()
    # At once: of a few records, what is set up to compute keys takes longer than they do.
    for place, key in list_keys(pd.concat([known, former], ignore_index=True)):
        (now if place < len(known) else before).add((key, owners[place]))
    stale = before - now
    if stale:
        wanted = and_(
            blocking_key.c.key == bindparam("old_key"),
            blocking_key.c.contact_id == bindparam("old_contact"),
        )
        lines = [{"old_key": key, "old_contact": number} for key, number in sorted(stale)]
        connection.execute(delete(blocking_key).where(wanted), lines)
    if now:
        lines = [{"key": key, "contact_id": number} for key, number in sorted(now)]
        connection.execute(missing_insert(connection, blocking_key), lines)


def _span_leads(connection: Connection, contacts: list[int]) -> None:
    """Let every lead last from its first interaction to its last."""
    wanted = listed_numbers(connection, contacts)
    spans = connection.execute(
        select(
            lead.c.id,
            func.min(interaction.c.occurred_at).label("first"),
            func.max(interaction.c.occurred_at).label("last"),
        )
        .join(interaction, and_(interaction.c.lead_id == lead.c.id, interaction.c.live))
        .where(interaction.c.contact_id.in_(wanted))
        .group_by(lead.c.id, lead.c.first_at, lead.c.last_at)
        .having(
            tuple_(lead.c.first_at, lead.c.last_at)
            != tuple_(func.min(interaction.c.occurred_at), func.max(interaction.c.occurred_at))
        )
    ).all()
    if spans:
        connection.execute(
            update(lead)
            .where(lead.c.id == bindparam("number"))
            .values(first_at=bindparam("first"), last_at=bindparam("last")),
            [{"number": row.id, "first": row.first, "last": row.last} for row in spans],
        )
