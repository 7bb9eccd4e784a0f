"""Readings that wait for a person's decision: put on hold, released, discarded, loaded."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, Literal

from sqlalchemy import RowMapping, insert, select, update

from crm import ids
from crm.acts import Who, find_number
from crm.bulk import next_id
from crm.errors import RefusedError, UnknownIdError
from crm.opening import reading, shown_url, writing
from crm.quarantine_models import hold
from crm.store import Store
from crm.times import utc_now

__all__ = [
    "Held",
    "Hold",
    "Verdict",
    "decide_hold",
    "find_hold",
    "keep_copy",
    "list_holds",
    "mark_loaded",
    "put_on_hold",
    "read_hold",
]

Verdict = Literal["released", "discarded"]
TEXTS: Final = ("source", "file", "content_hash", "at", "status")


@dataclass(frozen=True)
class Held:
    """What is put on hold; `reasons` have `code` and `message`, `columns` what a person mapped."""

    source: str
    content_hash: str
    file: str
    rows: int
    reasons: Sequence[Mapping[str, str]]
    columns: Mapping[str, str | None]


@dataclass(frozen=True)
class Hold:
    """One reading on hold, such as h3; `kept` is the path of the copy of its file."""

    id: str
    source: str
    file: str | None
    content_hash: str
    at: str
    status: str
    reasons: tuple[Mapping[str, str], ...]
    rows_in: int | None
    columns: Mapping[str, str | None]
    kept: str | None
    decided_at: str | None
    actor: str | None
    reason: str | None
    batch: str | None


def put_on_hold(store: Store, held: Held) -> Hold:
    """Put a reading on hold; the same content of a source is one hold, and its decision stays."""
    known = (hold.c.source == held.source) & (hold.c.content_hash == held.content_hash)
    told = {
        "file": held.file,
        "at": utc_now(),
        "status": "waiting",
        "reasons": json.dumps(list(held.reasons)),
        "rows_in": held.rows,
        "columns": json.dumps(dict(held.columns)),
    }
    with writing(store.engine) as connection:
        found = connection.execute(select(hold).where(known)).mappings().first()
        if found is None:
            key = {"source": held.source, "content_hash": held.content_hash}
            connection.execute(
                insert(hold).values(id=next_id(connection, hold), **key, **told, kept=None)
            )
        elif found["status"] in {"waiting", "loaded"}:
            connection.execute(update(hold).where(known).values(**told))
        return _hold(connection.execute(select(hold).where(known)).mappings().one())


def keep_copy(store: Store, identifier: str, path: str | None) -> None:
    """Note where the copy of a held file is, or that there is none any more."""
    with writing(store.engine) as connection:
        number = find_number(connection, "hold", identifier)
        connection.execute(update(hold).where(hold.c.id == number).values(kept=path))


def find_hold(store: Store, source: str, content_hash: str) -> Hold | None:
    """Find what was decided, or waits to be, about this content of a source."""
    known = (hold.c.source == source) & (hold.c.content_hash == content_hash)
    with reading(store.engine) as connection:
        found = connection.execute(select(hold).where(known)).mappings().first()
    return None if found is None else _hold(found)


def read_hold(store: Store, identifier: str) -> Hold:
    """Read one hold by its id; `UnknownIdError` where there is none."""
    with reading(store.engine) as connection:
        number = find_number(connection, "hold", identifier)
        found = connection.execute(select(hold).where(hold.c.id == number)).mappings().first()
    if found is None:
        raise UnknownIdError(shown_url(store.engine.url), identifier)
    return _hold(found)


def list_holds(store: Store, *statuses: str) -> list[Hold]:
    """List the holds of these states, all where none is named; the oldest first."""
    statement = select(hold).order_by(hold.c.id)
    if statuses:
        statement = statement.where(hold.c.status.in_(statuses))
    with reading(store.engine) as connection:
        return [_hold(each) for each in connection.execute(statement).mappings()]


def decide_hold(store: Store, identifier: str, verdict: Verdict, who: Who) -> Hold:
    """Release or discard a reading that waits; the same decision again changes nothing.

    Raises `RefusedError` where something else was decided before.
    """
    with writing(store.engine) as connection:
        number = find_number(connection, "hold", identifier)
        here = hold.c.id == number
        told = {"status": verdict, "decided_at": utc_now(), "actor": who.actor}
        connection.execute(
            update(hold).where(here, hold.c.status == "waiting").values(**told, reason=who.reason)
        )
        found = connection.execute(select(hold).where(here)).mappings().first()
    url = shown_url(store.engine.url)
    if found is None:
        raise UnknownIdError(url, identifier)
    if found["status"] != verdict:
        raise RefusedError(url, f"{identifier} waits for no decision: it is {found['status']}")
    return _hold(found)


def mark_loaded(store: Store, source: str, content_hash: str, batch: int) -> None:
    """Put on record that a reading on hold was loaded after all."""
    known = (hold.c.source == source) & (hold.c.content_hash == content_hash)
    with writing(store.engine) as connection:
        connection.execute(
            update(hold).where(known).values(status="loaded", batch_id=batch, kept=None)
        )


def _hold(row: RowMapping) -> Hold:
    told: dict[str, Any] = {name: row[name] for name in TEXTS}
    told |= {name: row[name] for name in ("rows_in", "kept", "decided_at", "actor", "reason")}
    return Hold(
        id=ids.show("hold", row["id"]),
        reasons=tuple(json.loads(row["reasons"])),
        columns=json.loads(row["columns"]),
        batch=None if row["batch_id"] is None else ids.show("batch", row["batch_id"]),
        **told,
    )
