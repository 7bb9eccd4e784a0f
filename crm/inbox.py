"""The inbox: events are put down for good before their sender is answered, and taken in order.

An event has one id within its source, and is taken once, however often it comes. What was taken
by a run that was killed is taken again as the very same reading, so that the import behind it
goes on where it stopped.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Literal

from sqlalchemy import Connection, func, insert, select, update
from sqlalchemy.dialects import postgresql, sqlite

from crm.bulk import listed_numbers
from crm.inbox_models import inbox, source_cursor
from crm.opening import noting, reading, writing
from crm.store import Store
from crm.times import utc_now

__all__ = [
    "Claim",
    "Letter",
    "Taken",
    "claim_letters",
    "count_letters",
    "fail_letters",
    "finish_letters",
    "put_letters",
    "read_cursor",
]

Put = Literal["stored", "repeated", "changed"]
CLAIM_SIZE: Final = 2_000


@dataclass(frozen=True)
class Letter:
    """One event of a source: `values` are texts by column, `at` when it happened."""

    source: str
    event_id: str
    values: Mapping[str, str]
    at: str | None = None


@dataclass(frozen=True)
class Taken:
    """A letter that was taken to be imported; `number` is its own in the inbox."""

    number: int
    event_id: str
    received_at: str
    at: str | None
    values: Mapping[str, str]


@dataclass(frozen=True)
class Claim:
    """The letters of one source that one run imports together."""

    number: int
    source: str
    letters: tuple[Taken, ...]


def put_letters(
    store: Store, letters: Iterable[Letter], cursors: Mapping[str, str] | None = None
) -> list[Put]:
    """Put letters down in one transaction, with how far their sources were read.

    A letter whose id is there already is `repeated`, or `changed` where its content is another;
    it is not taken again. When this returns, all is durable.
    """
    with noting(store.engine) as connection:
        results = [_put(connection, letter) for letter in letters]
        for source, cursor in (cursors or {}).items():
            _put_cursor(connection, source, cursor)
    return results


def read_cursor(store: Store, source: str) -> str | None:
    """How far a source was read; None where it never was."""
    with reading(store.engine) as connection:
        return connection.scalar(
            select(source_cursor.c.cursor).where(source_cursor.c.source == source)
        )


def claim_letters(store: Store, source: str, limit: int = CLAIM_SIZE) -> Claim | None:
    """Take the oldest letters that wait: first those a run took that did not come to its end."""
    waiting = (inbox.c.source == source) & (inbox.c.status == "waiting")
    with writing(store.engine) as connection:
        number = connection.scalar(select(func.min(inbox.c.claim)).where(waiting))
        if number is None:
            number = (connection.scalar(select(func.max(inbox.c.claim))) or 0) + 1
            oldest = select(inbox.c.id).where(waiting).order_by(inbox.c.id).limit(limit)
            connection.execute(update(inbox).where(inbox.c.id.in_(oldest)).values(claim=number))
        rows = connection.execute(
            select(inbox).where(waiting, inbox.c.claim == number).order_by(inbox.c.id)
        ).all()
    letters = tuple(
        Taken(row.id, row.event_id, row.received_at, **json.loads(row.content)) for row in rows
    )
    return Claim(number, source, letters) if letters else None


def finish_letters(store: Store, numbers: Sequence[int], batch: int | None) -> None:
    """Note that letters are in the store, and by which batch; their content leaves the inbox."""
    values = {"status": "done", "content": None, "error": None, "batch_id": batch}
    _change(store, numbers, values)


def fail_letters(store: Store, numbers: Sequence[int], error: str) -> None:
    """Set letters apart that cannot be imported; `error` is a code."""
    _change(store, numbers, {"status": "failed", "error": error})


def count_letters(store: Store) -> list[tuple[str, str, int, str]]:
    """Source, status, number of letters, and when the oldest of them was received."""
    with reading(store.engine) as connection:
        rows = connection.execute(
            select(inbox.c.source, inbox.c.status, func.count(), func.min(inbox.c.received_at))
            .group_by(inbox.c.source, inbox.c.status)
            .order_by(inbox.c.source, inbox.c.status)
        )
        return [(row[0], row[1], row[2], row[3]) for row in rows]


def _put(connection: Connection, letter: Letter) -> Put:
    content = json.dumps({"at": letter.at, "values": dict(letter.values)}, sort_keys=True)
    content_hash = hashlib.sha256(content.encode()).hexdigest()
    module = postgresql if connection.dialect.name == "postgresql" else sqlite
    done = connection.execute(
        module.insert(inbox).on_conflict_do_nothing(),
        {
            "source": letter.source,
            "event_id": letter.event_id,
            "content_hash": content_hash,
            "received_at": utc_now(),
            "status": "waiting",
            "content": content,
        },
    )
    if done.rowcount == 1:
        return "stored"
    known = connection.scalar(
        select(inbox.c.content_hash).where(
            inbox.c.source == letter.source, inbox.c.event_id == letter.event_id
        )
    )
    return "repeated" if known == content_hash else "changed"


def _put_cursor(connection: Connection, source: str, cursor: str) -> None:
    values = {"cursor": cursor, "at": utc_now()}
    found = connection.execute(
        update(source_cursor).where(source_cursor.c.source == source).values(values)
    )
    if found.rowcount == 0:
        connection.execute(insert(source_cursor).values(source=source, **values))


def _change(store: Store, numbers: Sequence[int], values: Mapping[str, object]) -> None:
    with writing(store.engine) as connection:
        wanted = listed_numbers(connection, numbers)
        connection.execute(update(inbox).where(inbox.c.id.in_(wanted)).values(**values))
