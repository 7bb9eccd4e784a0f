"""Opportunities: what a qualified lead may become, with its stage and the stage's points."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any, Final

from sqlalchemy import Connection, select

from crm.acts import Decision, Done, Who, act, find_number, live_contact
from crm.changes import Change
from crm.errors import RefusedError, UnknownIdError
from crm.models import contact as contact_table
from crm.opening import shown_url
from crm.steward_models import opportunity
from crm.store import Store
from crm.times import utc_now

__all__ = ["STAGES", "Deal", "open_opportunity", "set_stage"]

# Points out of 100: how far it has come. The last two are the end.
STAGES: Final[Mapping[str, int]] = {
    "qualified": 20,
    "needs": 40,
    "proposal": 60,
    "negotiation": 80,
    "won": 100,
    "lost": 0,
}
CLOSED: Final = ("won", "lost")


@dataclass(frozen=True)
class Deal:
    """What an opportunity is about: a decimal `amount` in a `currency` such as EUR."""

    name: str
    amount: str | None = None
    currency: str | None = None
    lead: str | None = None


def open_opportunity(store: Store, contact: str, deal: Deal, who: Who) -> Done:
    """Open an opportunity with a contact, at the first stage."""

    def decide(connection: Connection) -> Decision:
        number = live_contact(connection, contact)
        account = select(contact_table.c.account_id).where(contact_table.c.id == number)
        row: dict[str, Any] = {
            "id": -1,
            "contact_id": number,
            "account_id": connection.scalar(account),
            "lead_id": find_number(connection, "lead", deal.lead) if deal.lead else None,
            "name": deal.name,
            "amount": _read_amount(connection, deal.amount),
            "currency": deal.currency,
            "stage": "qualified",
            "points": STAGES["qualified"],
            "opened_at": utc_now(),
            "live": False,
        }
        opened = Change("opportunity", -1, "live", before=False, after=True)
        told = {"contact_id": number}
        return Decision(
            "progress", frozenset([number]), (opened,), ((opportunity, row),), told=told
        )

    return act(store, who, decide)


def set_stage(store: Store, deal: str, stage: str, who: Who) -> Done:
    """Move an opportunity (`o3`) to a stage of `STAGES`; its points follow."""

    def decide(connection: Connection) -> Decision:
        number = find_number(connection, "opportunity", deal)
        found = select(opportunity).where(opportunity.c.id == number, opportunity.c.live)
        row = connection.execute(found).mappings().first()
        url = shown_url(connection.engine.url)
        if row is None:
            raise UnknownIdError(url, deal)
        if stage not in STAGES:
            raise RefusedError(url, f"no such stage; known: {', '.join(STAGES)}")
        after = {
            "stage": stage,
            "points": STAGES[stage],
            "closed_at": utc_now() if stage in CLOSED else None,
            "row_version": row["row_version"] + 1,
        }
        changes = tuple(
            Change("opportunity", number, name, row[name], value) for name, value in after.items()
        )
        owner = row["contact_id"]
        return Decision("progress", frozenset([owner]), changes, told={"contact_id": owner})

    return act(store, who, decide)


def _read_amount(connection: Connection, amount: str | None) -> str | None:
    """An amount as a plain decimal number."""
    if amount is None:
        return None
    try:
        return str(Decimal(amount))
    except InvalidOperation:
        url = shown_url(connection.engine.url)
        raise RefusedError(url, "the amount is no decimal number") from None
