"""The store: open it, look rows and candidates up in it, load plans, read what it holds."""

from types import TracebackType
from typing import Self

import pandas as pd
from sqlalchemy import Engine

from crm.batch import BatchInput, Candidates, Seen
from crm.candidates import find_candidates
from crm.loading import LoadResult, Progress, load
from crm.opening import connect, reading
from crm.plan import Plan
from crm.seen import find_seen

__all__ = ["Candidates", "LoadResult", "Seen", "Store", "open_store"]


class Store:
    """A store that is open; close it, or use it as a context manager."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        _type: type[BaseException] | None,
        _error: BaseException | None,
        _trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Give the database's connections back."""
        self._engine.dispose()

    def seen(
        self, batch: BatchInput, hashes: pd.Series, submission_ids: pd.Series | None = None
    ) -> Seen:
        """Find the rows that were imported before; the first thing an import asks.

        `hashes` are `content_hashes` of all rows, `submission_ids` (row -> text or null) the ids
        their source gave the submissions.
        """
        with reading(self._engine) as connection:
            return find_seen(connection, batch, hashes, submission_ids)

    def candidates(self, keys: pd.DataFrame) -> Candidates:
        """Find the stored records that share a blocking key (`row`, `key`) with new rows."""
        with reading(self._engine) as connection:
            return find_candidates(connection, keys)

    def load(self, plan: Plan, progress: Progress | None = None) -> LoadResult:
        """Write a plan; run the import again where this raises `StoreChangedError`."""
        return load(self._engine, plan, progress)


def open_store(url: str) -> Store:
    """Open the store at `url`, `sqlite:///leadgate.db` or `postgresql://…`; made where missing.

    Raises a `StoreError` that names the URL without its password, and changes nothing then.
    """
    return Store(connect(url))
