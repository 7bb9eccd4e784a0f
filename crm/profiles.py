"""What batches looked like, and the readings that looked too different to be loaded."""

import json
from collections.abc import Mapping, Sequence
from typing import Any, Final

import pandas as pd
from sqlalchemy import exists, insert, select, update

from crm.bulk import insert_missing, next_id
from crm.frames import read_frame
from crm.models import batch
from crm.opening import reading, writing
from crm.quarantine_models import drift_hold, profile
from crm.store import Store
from crm.times import utc_now

__all__ = [
    "accept_drift",
    "hold_drift",
    "keep_profile",
    "read_holds",
    "read_profile",
    "read_profiles",
    "was_loaded",
]

LOOKED_AT: Final = 5


def read_profiles(store: Store, source: str, before: int | None = None) -> list[dict[str, Any]]:
    """Read the profiles of the last batches of a source, the latest first.

    Only what counts: batches that are complete and were not taken back, before the batch `before`.
    """
    statement = (
        select(profile.c.content)
        .join(batch, batch.c.id == profile.c.batch_id)
        .where(batch.c.source == source, batch.c.status == "complete", batch.c.undone_by.is_(None))
        .order_by(batch.c.id.desc())
        .limit(LOOKED_AT)
    )
    if before is not None:
        statement = statement.where(batch.c.id < before)
    with reading(store.engine) as connection:
        return [json.loads(content) for content in connection.scalars(statement)]


def read_profile(store: Store, number: int) -> dict[str, Any] | None:
    """Read the profile of a batch; None where it was too small for one."""
    with reading(store.engine) as connection:
        kept = connection.scalar(select(profile.c.content).where(profile.c.batch_id == number))
    return None if kept is None else dict(json.loads(kept))


def keep_profile(store: Store, number: int, content: Mapping[str, Any]) -> None:
    """Keep the profile of a batch; one that is kept already stays."""
    line = pd.DataFrame({"batch_id": [number], "content": [json.dumps(content)]})
    with writing(store.engine) as connection:
        insert_missing(connection, profile, line)


def was_loaded(store: Store, source: str, content_hash: str) -> bool:
    """Whether a file of this content was loaded from this source before, or in part."""
    there = exists().where(batch.c.source == source, batch.c.content_hash == content_hash)
    with reading(store.engine) as connection:
        return bool(connection.scalar(select(there)))


def hold_drift(
    store: Store,
    source: str,
    content_hash: str,
    file: str,
    findings: Sequence[Mapping[str, Any]],
) -> None:
    """Put on record that a reading is held; the same reading held again is one record."""
    known = (drift_hold.c.source == source) & (drift_hold.c.content_hash == content_hash)
    told = {"file": file, "at": utc_now(), "status": "waiting", "findings": json.dumps(findings)}
    with writing(store.engine) as connection:
        if connection.scalar(select(exists().where(known))):
            connection.execute(update(drift_hold).where(known).values(**told))
            return
        number = next_id(connection, drift_hold)
        values = {"id": number, "source": source, "content_hash": content_hash, **told}
        connection.execute(insert(drift_hold).values(values))


def accept_drift(store: Store, source: str, content_hash: str, number: int | None) -> None:
    """Put on record that a held reading was loaded after all, by the batch `number`."""
    held = (drift_hold.c.source == source) & (drift_hold.c.content_hash == content_hash)
    waiting = held & (drift_hold.c.status == "waiting")
    with writing(store.engine) as connection:
        connection.execute(
            update(drift_hold).where(waiting).values(status="accepted", batch_id=number)
        )


def read_holds(store: Store) -> pd.DataFrame:
    """Read the readings that wait: `source`, `file`, `at`, `content_hash`, `findings` (list)."""
    names = ("source", "file", "at", "content_hash", "findings")
    statement = (
        select(*(drift_hold.c[name] for name in names))
        .where(drift_hold.c.status == "waiting")
        .order_by(drift_hold.c.id)
    )
    with reading(store.engine) as connection:
        frame = read_frame(connection, statement)
    return frame.assign(findings=frame["findings"].map(json.loads).astype(object))
