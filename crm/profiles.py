"""What batches looked like, to compare the next ones with."""

import json
from collections.abc import Mapping
from typing import Any, Final

import pandas as pd
from sqlalchemy import exists, select

from crm.bulk import insert_missing
from crm.models import batch
from crm.opening import reading, writing
from crm.quarantine_models import profile
from crm.store import Store

__all__ = [
    "keep_profile",
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
