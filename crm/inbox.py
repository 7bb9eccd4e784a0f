"""The inbox: events are put down for good before their sender is answered, and taken in order.

An event has one id within its source, and is taken once, however often it comes. A letter counts
as waiting until its import is in the store: what a killed run had taken is taken again, and the
import finds that it has seen the rows.
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
    "Letter",
    "Taken",
    "count_letters",
    "fail_letters",
    "finish_letters",
    "put_letters",
    "read_cursor",
    "rehearse",
    "retry_letters",
    "waiting_letters",
]

Put = Literal["stored", "repeated", "changed"]
# One import of so many rows is one transaction.
TOGETHER: Final = 2_000


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


def rehearse(store: Store) -> None:
    """Put a letter down and take it back, so that the first real one is as quick as the others."""
    with noting(store.engine) as connection:
        once_more = connection.begin_nested()
        letter = Letter("rehearsal", "rehearsal", {})
        for _ in range(2):
            _put(connection, letter)
        once_more.rollback()


def read_cursor(store: Store, source: str) -> str | None:
    """How far a source was read; None where it never was."""
    with reading(store.engine) as connection:
        return connection.scalar(
            select(source_cursor.c.cursor).where(source_cursor.c.source == source)
        )


def waiting_letters(store: Store, source: str, limit: int = TOGETHER) -> list[Taken]:
    """Read the oldest letters of a source that wait, at most `limit`."""
    with reading(store.engine) as connection:
        rows = connection.execute(
            select(inbox)
            .where(
                inbox.c.source == source,
                inbox.c.status == "waiting",
                inbox.c.content.is_not(None),  # of an erased person nothing is left to import
            )
            .order_by(inbox.c.id)
            .limit(limit)
        ).all()
    return [Taken(row.id, row.event_id, row.received_at, **json.loads(row.content)) for row in rows]


def finish_letters(store: Store, numbers: Sequence[int], batch: int | None) -> None:
    """Note that letters are in the store, and by which batch; their content leaves the inbox."""
    values = {"status": "done", "content": None, "error": None, "batch_id": batch}
    _change(store, numbers, values)


def fail_letters(store: Store, numbers: Sequence[int], error: str) -> None:
    """Set letters apart that cannot be imported; `error` is a code."""
    _change(store, numbers, {"status": "failed", "error": error})


def retry_letters(store: Store, source: str) -> int:
    """Let the letters of a source that failed wait once more; returns how many."""
    failed = (
        (inbox.c.source == source) & (inbox.c.status == "failed") & inbox.c.content.is_not(None)
    )
    with writing(store.engine) as connection:
        return connection.execute(update(inbox).where(failed).values(status="waiting")).rowcount


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
        module.insert(inbox).on_conflict_do_nothing().returning(inbox.c.id),
        {
            "source": letter.source,
            "event_id": letter.event_id,
            "content_hash": content_hash,
            "received_at": utc_now(),
            "status": "waiting",
            "content": content,
        },
    )
    if done.first() is not None:
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
