"""Consent, as a person states it: withdrawn or given, for mail or for calls."""

from typing import Final, Literal

from sqlalchemy import Connection, select

from crm.acts import Decision, Done, Who, act, live_contact
from crm.changes import Change
from crm.errors import RefusedError
from crm.opening import shown_url
from crm.steering import FLAGS
from crm.steward_models import consent
from crm.store import Store
from crm.times import utc_now

__all__ = ["PURPOSES", "Purpose", "give", "withdraw"]

Purpose = Literal["email", "call"]
PURPOSES: Final = tuple(FLAGS)


def withdraw(store: Store, contact: str, purpose: Purpose, who: Who) -> Done:
    """Withdraw consent: it holds whatever any source says, through every merge and split."""
    return _state(store, contact, purpose, "withdrawn", who)


def give(store: Store, contact: str, purpose: Purpose, who: Who) -> Done:
    """Give consent: it holds against withdrawals from before, until the next one."""
    return _state(store, contact, purpose, "given", who)


def _state(store: Store, contact: str, purpose: Purpose, status: str, who: Who) -> Done:
    def decide(connection: Connection) -> Decision:
        number = live_contact(connection, contact)
        if purpose not in PURPOSES:
            url = shown_url(connection.engine.url)
            raise RefusedError(url, f"no such purpose; known: {', '.join(PURPOSES)}")
        row = connection.execute(
            select(consent.c.status, consent.c.at, consent.c.actor).where(
                consent.c.contact_id == number, consent.c.purpose == purpose
            )
        ).mappings()
        before = row.first()
        after = {"status": status, "at": utc_now(), "actor": who.actor}
        change = Change("consent", number, purpose, dict(before) if before else None, after)
        return Decision("consent", frozenset([number]), (change,), told={"contact_id": number})

    return act(store, who, decide)
