"""An act of a person: one event of the merge log, all it moved, and the contacts made anew."""

import json
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from itertools import groupby
from typing import Any, Final

import pandas as pd
from sqlalchemy import Connection, Table, insert, select, update

from crm import ids
from crm.bulk import listed_numbers, next_id
from crm.candidates import read_known
from crm.changes import Change, apply_changes, make_frame
from crm.errors import ConflictError, UnknownIdError
from crm.models import contact, lead, merge_event
from crm.opening import shown_url, writing
from crm.outbox import announce_act
from crm.policies import find_version
from crm.recomputing import recompute, touch
from crm.steward_models import event_contact
from crm.store import Store
from crm.times import utc_now
from dedupe.keys import KEY_FIELDS

__all__ = [
    "Decision",
    "Done",
    "Who",
    "act",
    "check_seen",
    "find_number",
    "live_contact",
    "log_act",
    "mark_reversed",
    "read_versions",
]

Expected = Mapping[str, int]
# What a contact says does not follow from these.
SILENT: Final = {"judgement", "review_item"}


@dataclass(frozen=True)
class Who:
    """Who acts, why, and which versions of which contacts they saw (`c12` -> row version)."""

    actor: str
    reason: str | None = None
    expected: Expected | None = None


@dataclass(frozen=True)
class Decision:
    """What an act will do.

    `creates` are rows to be made first; a negative `id` stands, in `changes` too, for the next
    free one. `reverses` are the events taken back. `told` is what the event says of itself: the
    record, the weight, the evidence.
    """

    kind: str
    contacts: frozenset[int]
    changes: tuple[Change, ...]
    creates: tuple[tuple[Table, Mapping[str, Any]], ...] = ()
    reverses: tuple[int, ...] = ()
    told: Mapping[str, Any] = field(default_factory=dict)
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Done:
    """An act that was done: its event (`e91`), the contacts that live on -> their row version."""

    event: str
    kind: str
    contacts: Mapping[str, int]
    notes: tuple[str, ...] = ()


def act(store: Store, who: Who, decide: Callable[[Connection], Decision]) -> Done:
    """Decide and do, in one transaction of the one writer."""
    with writing(store.engine) as connection:
        check_seen(connection, who.expected)
        return log_act(connection, who, decide(connection))


def check_seen(connection: Connection, expected: Expected | None) -> None:
    """Raise `ConflictError` where a contact is no longer the version a person saw."""
    if not expected:
        return
    numbers = {find_number(connection, "contact", text): text for text in expected}
    wanted = listed_numbers(connection, numbers)
    rows = connection.execute(
        select(contact.c.id, contact.c.row_version).where(contact.c.id.in_(wanted))
    )
    now = {numbers[row.id]: row.row_version for row in rows}
    changed = tuple(text for text, seen in expected.items() if now.get(text) != seen)
    if changed:
        raise ConflictError(shown_url(connection.engine.url), changed)


def find_number(connection: Connection, table: str, text: str) -> int:
    """Read an id of `table`; `UnknownIdError` where it is none."""
    found, number = ids.read(text) or ("", 0)
    if found != table:
        raise UnknownIdError(shown_url(connection.engine.url), text)
    return number


def live_contact(connection: Connection, text: str) -> int:
    """Find the contact an id leads to; `UnknownIdError` where there is none any more."""
    number: int | None = find_number(connection, "contact", text)
    passed = set()
    while number is not None and number not in passed:
        passed.add(number)
        row = connection.execute(
            select(contact.c.merged_into, contact.c.state).where(contact.c.id == number)
        ).first()
        if row is not None and row.state == "live":
            return number
        number = None if row is None else row.merged_into
    raise UnknownIdError(shown_url(connection.engine.url), text)


def log_act(connection: Connection, who: Who, decision: Decision) -> Done:
    """Log an act as one event, make its changes, and compute its contacts again."""
    event = next_id(connection, merge_event)
    _log_event(connection, event, who, decision)
    numbers = _create(connection, event, decision.creates)
    changes = make_frame(_settle(each, numbers) for each in decision.changes)
    contacts = sorted({numbers.get(number, number) for number in decision.contacts})
    things = set(changes["thing"].tolist())
    former = read_known(connection, contacts) if _moves_keys(changes) else None
    log_before(connection, event, contacts)
    apply_changes(connection, event, changes)
    mark_reversed(connection, event, decision.reverses)
    if things - SILENT:
        recompute(connection, contacts, former)
    else:
        touch(connection, contacts)
    leads = [_fill(values, numbers) for table, values in decision.creates if table is lead]
    announce_act(connection, event, changes, leads)
    return Done(
        ids.show("merge_event", event),
        decision.kind,
        read_versions(connection, contacts),
        (*decision.notes, *_name_deals(decision, numbers)),
    )


def _moves_keys(changes: pd.DataFrame) -> bool:
    """Whether contacts will be known by something else: other records, other pinned values."""
    facts = zip(changes["thing"].tolist(), changes["field"].tolist(), strict=True)
    return any(
        thing == "source_record" or (thing == "pin" and field in KEY_FIELDS)
        for thing, field in facts
    )


def _name_deals(decision: Decision, numbers: Mapping[int, int]) -> Iterator[str]:
    """Say what the opportunities are called that an act made: the next command needs it."""
    for table, values in decision.creates:
        if table.name == "opportunity":
            yield f"opportunity {ids.show('opportunity', numbers[values['id']])}"


def _log_event(connection: Connection, event: int, who: Who, decision: Decision) -> None:
    values = {
        "id": event,
        "kind": decision.kind,
        "at": utc_now(),
        "actor": who.actor,
        "reason": who.reason,
        "policy_version": find_version(connection),
        **decision.told,
    }
    connection.execute(insert(merge_event).values(values))


def _create(
    connection: Connection, event: int, creates: Iterable[tuple[Table, Mapping[str, Any]]]
) -> dict[int, int]:
    """Make the rows an act needs; returns stand-in -> id."""
    numbers: dict[int, int] = {}
    for (table, _), run in groupby(creates, key=lambda each: (each[0], each[1].keys())):
        rows = [values for _, values in run]
        first = next_id(connection, table)
        numbers |= {values["id"]: first + place for place, values in enumerate(rows)}
        told = {"merge_event_id": event} if "merge_event_id" in table.c else {}
        connection.execute(insert(table), [_fill(values, numbers) | told for values in rows])
    return numbers


def _fill(values: Mapping[str, Any], numbers: Mapping[int, int]) -> dict[str, Any]:
    """Put ids in the place of the stand-ins of a row."""
    return {name: _number(value, numbers) for name, value in values.items()}


def _settle(change: Change, numbers: Mapping[int, int]) -> Change:
    """Put ids in the place of stand-ins."""
    if not numbers:
        return change
    return replace(
        change,
        thing_id=numbers.get(change.thing_id, change.thing_id),
        before=_number(change.before, numbers),
        after=_number(change.after, numbers),
    )


def _number(value: Any, numbers: Mapping[int, int]) -> Any:
    return numbers.get(value, value) if type(value) is int else value


def log_before(
    connection: Connection, event: int, contacts: list[int], without: Collection[int] = ()
) -> None:
    """Keep the golden records as they are before the event, those of some contacts left out."""
    wanted = contact.c.id.in_(listed_numbers(connection, contacts))
    rows = connection.execute(select(contact).where(wanted)).mappings()
    lines = []
    for row in rows:
        kept = row["state"] == "live" and row["id"] not in without
        image = json.dumps(dict(row), ensure_ascii=False) if kept else None
        lines.append({"merge_event_id": event, "contact_id": row["id"], "before": image})
    if lines:
        connection.execute(insert(event_contact), lines)


def mark_reversed(connection: Connection, event: int, reversed_: Iterable[int]) -> None:
    """Say of events that this one took them back; what they had taken back holds again."""
    numbers = list(reversed_)
    if numbers:
        again = merge_event.c.reversed_by.in_(numbers)
        connection.execute(update(merge_event).where(again).values(reversed_by=None))
        gone = merge_event.c.id.in_(listed_numbers(connection, numbers))
        connection.execute(update(merge_event).where(gone).values(reversed_by=event))


def read_versions(connection: Connection, contacts: Iterable[int]) -> dict[str, int]:
    """Row versions of those contacts that live."""
    wanted = contact.c.id.in_(listed_numbers(connection, contacts))
    rows = connection.execute(
        select(contact.c.id, contact.c.row_version).where(wanted, contact.c.state == "live")
    )
    return {ids.show("contact", row.id): row.row_version for row in rows}
