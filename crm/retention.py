"""Forget people nobody heard of for a long time, and rows that waited in vain."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from sqlalchemy import Connection, exists, func, select

from crm import ids
from crm.acts import Who
from crm.erasure import erase_only
from crm.erasure_rows import blank_rows
from crm.models import batch, contact, interaction, quarantine_row
from crm.opening import reading, writing
from crm.scrubbing import scrub_files
from crm.steward_models import opportunity
from crm.store import Store
from crm.times import TIME_FORMAT

__all__ = ["Retained", "RetentionRules", "retain"]


@dataclass(frozen=True)
class RetentionRules:
    """After how many days something is forgotten; null: never.

    `contacts`: since the last interaction, where there is no opportunity. `quarantine`: since
    the import of a row.
    """

    contacts: int | None = None
    quarantine: int | None = None


@dataclass(frozen=True)
class Retained:
    """What was, or would be, forgotten."""

    contacts: tuple[str, ...]
    quarantine: tuple[str, ...]


def retain(store: Store, rules: RetentionRules, who: Who, *, dry_run: bool = False) -> Retained:
    """Erase what is due; people are remembered by keyed hashes, as by any erasure."""
    with reading(store.engine) as connection:
        contacts = _due_contacts(connection, rules.contacts)
        rows = _due_rows(connection, rules.quarantine)
    if not dry_run and (contacts or rows):
        for contact_id in contacts:
            erase_only(store, contact_id, who)
        with writing(store.engine) as connection:
            blank_rows(connection, quarantine_row, rows)
        scrub_files(store.engine)
    return Retained(tuple(contacts), tuple(_show(rows)))


def _due_contacts(connection: Connection, days: int | None) -> list[str]:
    if days is None:
        return []
    last = (
        select(func.max(interaction.c.occurred_at))
        .where(interaction.c.contact_id == contact.c.id, interaction.c.live)
        .scalar_subquery()
    )
    business = exists().where(opportunity.c.contact_id == contact.c.id, opportunity.c.live)
    due = select(contact.c.id).where(contact.c.state == "live", last < _before(days), ~business)
    return [
        ids.show("contact", number) for number in connection.scalars(due.order_by(contact.c.id))
    ]


def _due_rows(connection: Connection, days: int | None) -> tuple[int, ...]:
    if days is None:
        return ()
    due = (
        select(quarantine_row.c.id)
        .join(batch, batch.c.id == quarantine_row.c.batch_id)
        .where(quarantine_row.c.live, batch.c.started_at < _before(days))
        .order_by(quarantine_row.c.id)
    )
    return tuple(connection.scalars(due))


def _before(days: int) -> str:
    return (datetime.now(tz=UTC) - timedelta(days=days)).strftime(TIME_FORMAT)


def _show(rows: Iterable[int]) -> Iterable[str]:
    return (ids.show("quarantine_row", number) for number in rows)
