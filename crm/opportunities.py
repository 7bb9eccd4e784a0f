"""Opportunities: what a qualified lead may become, with its stage and the stage's points."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal, InvalidOperation
from typing import Any, Final

from sqlalchemy import Connection, RowMapping, select

from crm.acts import Decision, Done, Who, act, find_number, live_contact
from crm.changes import Change
from crm.errors import RefusedError, UnknownIdError
from crm.models import contact as contact_table
from crm.models import lead as lead_table
from crm.opening import shown_url
from crm.steward_models import opportunity
from crm.store import Store
from crm.times import utc_now

__all__ = ["CLOSED", "STAGES", "Deal", "convert_lead", "open_opportunity", "revalue", "set_stage"]

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
    """What an opportunity is about: a decimal `amount` in a `currency` such as EUR, its stage."""

    name: str
    amount: str | None = None
    currency: str | None = None
    stage: str = "qualified"


def open_opportunity(store: Store, contact: str, deal: Deal, who: Who) -> Done:
    """Open an opportunity with a contact."""

    def decide(connection: Connection) -> Decision:
        return _open(connection, live_contact(connection, contact), deal)

    return act(store, who, decide)


def convert_lead(store: Store, lead: str, deal: Deal, who: Who) -> Done:
    """Make a lead (`l4`) that is qualified an opportunity of its contact; the lead is converted."""

    def decide(connection: Connection) -> Decision:
        row = _find(connection, lead_table.name, lead)
        if row["status"] != "qualified":
            why = f"{lead} is {row['status']}; only a qualified lead becomes an opportunity"
            raise RefusedError(shown_url(connection.engine.url), why)
        converted = {"status": "converted", "row_version": row["row_version"] + 1}
        opened = _open(connection, row["contact_id"], deal, row["id"])
        return replace(opened, changes=(*opened.changes, *_change("lead", row, converted)))

    return act(store, who, decide)


def set_stage(store: Store, deal: str, stage: str, who: Who) -> Done:
    """Move an opportunity (`o3`) to a stage of `STAGES`; its points follow."""

    def decide(connection: Connection) -> Decision:
        row = _find(connection, opportunity.name, deal)
        points = _read_points(connection, stage)
        closed = utc_now() if stage in CLOSED else None
        return _progress(row, {"stage": stage, "points": points, "closed_at": closed})

    return act(store, who, decide)


def revalue(store: Store, deal: str, amount: str, currency: str | None, who: Who) -> Done:
    """Say what an opportunity (`o3`) is worth now; the currency stays where none is given."""

    def decide(connection: Connection) -> Decision:
        row = _find(connection, opportunity.name, deal)
        after = {
            "amount": _read_amount(connection, amount),
            "currency": _read_currency(connection, currency) or row["currency"],
        }
        return _progress(row, after)

    return act(store, who, decide)


def _open(connection: Connection, contact: int, deal: Deal, lead: int | None = None) -> Decision:
    account = select(contact_table.c.account_id).where(contact_table.c.id == contact)
    now = utc_now()
    row: dict[str, Any] = {
        "id": -1,
        "contact_id": contact,
        "account_id": connection.scalar(account),
        "lead_id": lead,
        "name": deal.name,
        "amount": _read_amount(connection, deal.amount),
        "currency": _read_currency(connection, deal.currency),
        "stage": deal.stage,
        "points": _read_points(connection, deal.stage),
        "opened_at": now,
        "closed_at": now if deal.stage in CLOSED else None,
        "live": False,
    }
    opened = Change("opportunity", -1, "live", before=False, after=True)
    return Decision(
        "progress",
        frozenset([contact]),
        (opened,),
        ((opportunity, row),),
        told={"contact_id": contact},
    )


def _progress(row: RowMapping, after: Mapping[str, Any]) -> Decision:
    """Change an opportunity; what stays as it was is no change."""
    owner = row["contact_id"]
    counted = {**after, "row_version": row["row_version"] + 1}
    changes = tuple(_change(opportunity.name, row, counted))
    return Decision("progress", frozenset([owner]), changes, told={"contact_id": owner})


def _change(thing: str, row: RowMapping, after: Mapping[str, Any]) -> Iterable[Change]:
    return (Change(thing, row["id"], name, row[name], value) for name, value in after.items())


def _find(connection: Connection, thing: str, text: str) -> RowMapping:
    """Read a lead, or an opportunity that was not taken back; `UnknownIdError`."""
    table = lead_table if thing == lead_table.name else opportunity
    found = select(table).where(table.c.id == find_number(connection, thing, text))
    if table is opportunity:
        found = found.where(opportunity.c.live)
    row = connection.execute(found).mappings().first()
    if row is None:
        raise UnknownIdError(shown_url(connection.engine.url), text)
    return row


def _read_points(connection: Connection, stage: str) -> int:
    if stage not in STAGES:
        url = shown_url(connection.engine.url)
        raise RefusedError(url, f"no such stage; known: {', '.join(STAGES)}")
    return STAGES[stage]


def _read_amount(connection: Connection, amount: str | None) -> str | None:
    """An amount as a plain decimal number."""
    if amount is None:
        return None
    try:
        number = Decimal(amount)
    except InvalidOperation:
        number = Decimal("nan")
    if not number.is_finite() or number < 0:
        url = shown_url(connection.engine.url)
        raise RefusedError(url, "the amount is no decimal number such as 1200.50")
    return f"{number:f}"


def _read_currency(connection: Connection, currency: str | None) -> str | None:
    if currency is None:
        return None
    code = currency.strip().upper()
    if len(code) != 3 or not (code.isascii() and code.isalpha()):
        url = shown_url(connection.engine.url)
        raise RefusedError(url, "the currency is no code of three letters such as EUR")
    return code
