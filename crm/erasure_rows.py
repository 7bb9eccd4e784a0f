"""Take a person out of every table; `crm.personal_data` says what is done to each."""

import secrets
from collections.abc import Iterable, Iterator
from typing import Any, Final

from sqlalchemy import (
    ColumnElement,
    Connection,
    Table,
    Text,
    cast,
    delete,
    exists,
    literal,
    or_,
    select,
    tuple_,
    update,
)

from crm.bulk import listed_numbers
from crm.columns import metadata
from crm.figure_erasure import blank_sales
from crm.models import (
    account,
    contact,
    interaction,
    issue,
    link,
    merge_event,
    quarantine_row,
    review_item,
    source_record,
)
from crm.person import Person
from crm.steward_models import (
    consent,
    event_change,
    event_contact,
    judgement,
    opportunity,
    pin,
)

__all__ = ["blank_person", "blank_rows"]

# Tables that keep texts as they came, and what becomes of a row that holds one of the person's.
LOOSE: Final[dict[str, dict[str, Any] | None]] = {
    "inbox": {"content": None},
    "outgoing_delivery": None,
    "profile": None,
    "hold": {"reasons": "[]", "columns": "{}", "reason": None},
}


def blank_person(connection: Connection, person: Person) -> dict[str, int]:
    """Blank or delete all rows of a person; table -> how many there were."""
    done: dict[str, int] = {}
    for name, statement in _statements(connection, person):
        done[name] = done.get(name, 0) + connection.execute(statement).rowcount
    done["sale"] = blank_sales(connection, person)
    done["source_record"] = blank_rows(connection, source_record, person.records)
    done["quarantine_row"] = blank_rows(connection, quarantine_row, person.quarantine)
    for name, emptied in LOOSE.items():
        done[name] = _blank_loose(connection, metadata.tables[name], emptied, person)
    return {name: count for name, count in done.items() if count}


def blank_rows(connection: Connection, table: Table, numbers: tuple[int, ...]) -> int:
    """Empty rows as they came; what is left of them can be counted, and no more."""
    for number in numbers:
        empty: dict[str, Any] = {
            "raw": "{}",
            "standard": "{}",
            "submission_id": None,
            "live": False,
        }
        # A hash of the content would tell whose it was to whoever tries names.
        empty["content_hash"] = secrets.token_hex(16)
        if table is source_record:
            empty["doubtful"] = None
        connection.execute(update(table).where(table.c.id == number).values(empty))
    return len(numbers)


def _statements(connection: Connection, person: Person) -> Iterator[tuple[str, Any]]:
    """What is done to the tables that know whose their rows are."""
    contacts = listed_numbers(connection, person.contacts)
    records = listed_numbers(connection, person.records)
    yield "account", _blank_accounts(contacts)
    gone = {"state": "erased", "account_id": None}
    yield "contact", update(contact).where(contact.c.id == person.contacts[0]).values(gone)
    yield (
        "link",
        update(link)
        .where(link.c.source_record_id.in_(records), link.c.active)
        .values(active=False),
    )
    for table in (pin, consent):
        yield table.name, delete(table).where(table.c.contact_id.in_(contacts))
    owned = opportunity.c.contact_id.in_(contacts)
    yield "opportunity", update(opportunity).where(owned).values(name="", live=False)
    told = interaction.c.contact_id.in_(contacts)
    yield "interaction", update(interaction).where(told).values(summary="{}", live=False)
    rows = tuple_(issue.c.batch_id, issue.c.row).in_(person.rows)
    yield "issue", update(issue).where(rows).values(before=None, after=None)
    ends = or_(judgement.c.left_record.in_(records), judgement.c.right_record.in_(records))
    yield "judgement", delete(judgement).where(ends)
    pairs = or_(review_item.c.left_record.in_(records), review_item.c.right_record.in_(records))
    yield (
        "review_item",
        update(review_item).where(pairs).values(status="withdrawn", evidence="[]"),
    )
    yield from _blank_log(contacts, records)
    events = metadata.tables["quarantine_event"]
    waiting = events.c.quarantine_row_id.in_(person.quarantine)
    yield "quarantine_event", update(events).where(waiting).values(reason=None)


def _blank_accounts(contacts: Any) -> Any:
    """Accounts the person is, or was, the only contact of."""
    logged = exists().where(
        event_change.c.thing == "contact",
        event_change.c.field == "account_id",
        event_change.c.thing_id.in_(contacts),
        cast(account.c.id, Text).in_([event_change.c.before, event_change.c.after]),
    )
    theirs = exists().where(contact.c.account_id == account.c.id, contact.c.id.in_(contacts))
    others = exists().where(contact.c.account_id == account.c.id, contact.c.id.not_in(contacts))
    blank = {"name": None, "domain": None, "key": literal("erased:") + cast(account.c.id, Text)}
    return update(account).where(or_(theirs, logged), ~others).values(blank)


def _blank_log(contacts: Any, records: Any) -> Iterator[tuple[str, Any]]:
    touched = select(event_contact.c.merge_event_id).where(event_contact.c.contact_id.in_(contacts))
    about = or_(
        merge_event.c.contact_id.in_(contacts),
        merge_event.c.source_record_id.in_(records),
        merge_event.c.id.in_(touched),
    )
    yield "merge_event", update(merge_event).where(about).values(before=None, reason=None)
    of_person = event_contact.c.contact_id.in_(contacts)
    yield "event_contact", update(event_contact).where(of_person).values(before=None)
    pinned = event_change.c.thing == "pin", event_change.c.thing_id.in_(contacts)
    yield "event_change", update(event_change).where(*pinned).values(before=None, after=None)


def _blank_loose(
    connection: Connection, table: Table, emptied: dict[str, Any] | None, person: Person
) -> int:
    """Empty or delete the rows of a table that hold a text of the person; returns how many."""
    key = table.primary_key.columns[0]
    texts = [column for column in table.columns if _is_text(column)]
    found = []
    wanted = person.addresses if table.name in {"inbox", "outgoing_delivery"} else person.texts
    needles = [each for text in [*wanted, *person.submissions] for each in _spellings(text)]
    for row in connection.execute(select(key, *texts)):
        held = " ".join(_as_text(cell) for cell in row[1:])
        if any(needle in held for needle in needles):
            found.append(row[0])
    chosen = key.in_(found)
    statement = delete(table) if emptied is None else update(table).values(_fit(table, emptied))
    connection.execute(statement.where(chosen))
    return len(found)


def _is_text(column: ColumnElement[Any]) -> bool:
    return column.type.python_type in {str, bytes}


def _as_text(cell: object) -> str:
    return cell.decode("utf-8", "replace") if isinstance(cell, bytes) else str(cell or "")


def _fit(table: Table, emptied: dict[str, Any]) -> dict[str, Any]:
    """Empty values of the kind the columns have."""
    return {
        name: (b"" if table.c[name].type.python_type is bytes else "") if value is None else value
        for name, value in emptied.items()
    }


def _spellings(text: str) -> Iterable[str]:
    """A text as it stands, and as JSON writes it."""
    escaped = text.encode("ascii", "backslashreplace").decode()
    return {text, text.lower(), escaped}
