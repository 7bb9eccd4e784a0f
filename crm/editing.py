"""What people decide about one contact: values they pin, the state of a lead, notes."""

import json
from collections.abc import Iterable, Mapping
from typing import Any, Final, Literal, get_args

from sqlalchemy import Connection, Table, select

from crm.acts import Decision, Done, Who, act, find_number, live_contact
from crm.changes import Change
from crm.errors import RefusedError, UnknownIdError
from crm.models import interaction, lead
from crm.opening import shown_url
from crm.steward_models import pin
from crm.store import Store
from crm.times import utc_now
from dedupe.survivorship import GOLDEN_FIELDS

__all__ = ["LEAD_STATUSES", "NoteKind", "add_note", "edit", "set_lead_status", "unpin"]

NoteKind = Literal["note", "call", "visit", "e-mail"]
LEAD_STATUSES: Final = ("new", "working", "qualified", "converted", "disqualified")
FLAGS: Final = ("email_opt_out", "do_not_call")


def edit(store: Store, contact: str, values: Mapping[str, str | None], who: Who) -> Done:
    """Pin values of a contact: they outrank every source until they are unpinned.

    `values` are standardized already; null pins a blank. Raises `RefusedError` for a field that
    no golden record has, and for consent, which `crm.consents` keeps.
    """

    def decide(connection: Connection) -> Decision:
        number = live_contact(connection, contact)
        _check_fields(connection, values)
        now = utc_now()
        before = _read_pins(connection, number)
        changes = [
            Change(
                "pin",
                number,
                field,
                before.get(field),
                {"value": value, "actor": who.actor, "at": now},
            )
            for field, value in sorted(values.items())
        ]
        return _edit(number, changes)

    return act(store, who, decide)


def unpin(store: Store, contact: str, fields: Iterable[str], who: Who) -> Done:
    """Let the sources decide about fields again; those that are not pinned stay as they are."""

    def decide(connection: Connection) -> Decision:
        number = live_contact(connection, contact)
        before = _read_pins(connection, number)
        changes = [
            Change("pin", number, field, before[field], None)
            for field in sorted(set(fields))
            if field in before
        ]
        return _edit(number, changes)

    return act(store, who, decide)


def set_lead_status(store: Store, lead_id: str, status: str, who: Who) -> Done:
    """Move a lead (`l4`) on: new, working, qualified, converted or disqualified."""

    def decide(connection: Connection) -> Decision:
        number = find_number(connection, "lead", lead_id)
        row = connection.execute(select(lead).where(lead.c.id == number)).mappings().first()
        url = shown_url(connection.engine.url)
        if row is None:
            raise UnknownIdError(url, lead_id)
        if status not in LEAD_STATUSES:
            raise RefusedError(url, f"no such status of a lead; known: {', '.join(LEAD_STATUSES)}")
        version = row["row_version"]
        changes = (
            Change("lead", number, "status", row["status"], status),
            Change("lead", number, "row_version", version, version + 1),
        )
        owner = row["contact_id"]
        return Decision("progress", frozenset([owner]), changes, told={"contact_id": owner})

    return act(store, who, decide)


def add_note(store: Store, contact: str, text: str, who: Who, *, kind: NoteKind = "note") -> Done:
    """Write down what was said or done, on the timeline of a contact."""

    def decide(connection: Connection) -> Decision:
        number = live_contact(connection, contact)
        if kind not in get_args(NoteKind):
            url = shown_url(connection.engine.url)
            raise RefusedError(url, f"no such kind; known: {', '.join(get_args(NoteKind))}")
        row: tuple[Table, dict[str, Any]] = (
            interaction,
            {
                "id": -1,
                "kind": kind,
                "contact_id": number,
                "occurred_at": utc_now(),
                "summary": json.dumps({"notes": text}, ensure_ascii=False),
                "actor": who.actor,
                "live": False,
            },
        )
        written = Change("interaction", -1, "live", before=False, after=True)
        return Decision(
            "progress", frozenset([number]), (written,), (row,), told={"contact_id": number}
        )

    return act(store, who, decide)


def _edit(number: int, changes: list[Change]) -> Decision:
    return Decision("edit", frozenset([number]), tuple(changes), told={"contact_id": number})


def _check_fields(connection: Connection, values: Mapping[str, str | None]) -> None:
    url = shown_url(connection.engine.url)
    for field in values:
        if field in FLAGS:
            raise RefusedError(url, f"{field} is a matter of consent: withdraw or give that")
        if field not in GOLDEN_FIELDS:
            raise RefusedError(url, f"no golden record has a field of the name {field[:40]}")


def _read_pins(connection: Connection, number: int) -> dict[str, dict[str, Any]]:
    rows = connection.execute(select(pin).where(pin.c.contact_id == number)).mappings()
    return {row["field"]: {name: row[name] for name in ("value", "actor", "at")} for row in rows}
