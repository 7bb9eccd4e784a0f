"""A batch as the store remembers it."""

import json
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, select

from crm.batch_frames import COUNTS
from crm.models import batch

__all__ = ["Batch", "read_batch"]


@dataclass(frozen=True)
class Batch:
    """One import. Times are ISO 8601 in UTC; `reading` says how each table was read."""

    id: int
    source: str
    kind: str
    trust: int
    file: str | None
    status: str
    started_at: str
    finished_at: str | None
    model_version: str
    reading: list[dict[str, Any]]
    counts: dict[str, int]


def read_batch(connection: Connection, number: int) -> Batch | None:
    """Read one batch; None where there is none of this number."""
    row = connection.execute(select(batch).where(batch.c.id == number)).mappings().first()
    if row is None:
        return None
    values: dict[str, Any] = {name: row[name] for name in Batch.__annotations__ if name in row}
    values["reading"] = json.loads(row["reading"])
    return Batch(**values, counts={name: row[name] for name in COUNTS})
