"""The store: open it, look rows and candidates up in it, load plans, read what it holds."""

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import replace
from types import TracebackType
from typing import Self

import pandas as pd
from sqlalchemy import Engine

from crm import batch_frames, ids
from crm.account_names import read_account_names
from crm.batch import BatchInput, Candidates, Seen
from crm.candidates import find_candidates
from crm.errors import UnknownIdError
from crm.judgements import find_judged
from crm.lead_lookup import look_up
from crm.loading import LoadResult, Progress, load
from crm.opening import connect, reading, shown_url
from crm.plan import Plan
from crm.seen import find_seen
from crm.stored_batch import Batch, read_batch
from crm.suppressing import any_suppressed, find_suppressed
from dedupe.lead import Known

__all__ = ["Batch", "Candidates", "LoadResult", "Seen", "Store", "open_store"]


class Store:
    """A store that is open; close it, or use it as a context manager."""

    def __init__(self, engine: Engine, *, dry_run: bool = False) -> None:
        self.engine = engine
        self._dry_run = dry_run

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
        self.engine.dispose()

    def seen(
        self,
        batch: BatchInput,
        hashes: pd.Series,
        submission_ids: pd.Series | None = None,
        repaired: Collection[int] = (),
    ) -> Seen:
        """Find the rows that were imported before; the first thing an import asks.

        `hashes` are `content_hashes` of all rows, `submission_ids` (row -> text or null) the ids
        their source gave the submissions, `repaired` the ids of rows in quarantine that come again.
        """
        with reading(self.engine) as connection:
            return find_seen(connection, batch, hashes, submission_ids, repaired)

    def candidates(self, keys: pd.DataFrame) -> Candidates:
        """Find the stored records that share a blocking key (`row`, `key`) with new rows."""
        with reading(self.engine) as connection:
            return find_candidates(connection, keys)

    def look_up(self, keys: Sequence[int]) -> Known:
        """Find what one lead has to be compared with, by its `dedupe.lead.hash_keys`."""
        with reading(self.engine) as connection:
            return look_up(connection, keys)

    def judged(
        self, candidates: Candidates, records: Callable[[], pd.DataFrame], hashes: pd.Series
    ) -> Candidates:
        """Add what people judged of new rows (`records`, content `hashes`) and their candidates.

        `records` reads them; asked only where anything was judged.
        """
        with reading(self.engine) as connection:
            found = find_judged(connection, records, hashes, candidates.records)
        return replace(candidates, cannot_link=found.cannot_link, must_link=found.must_link)

    def suppressed(self, records: pd.DataFrame, hashes: Callable[[], pd.Series]) -> pd.Series:
        """Find the rows of erased people: row -> a keyed hash to know it by from now on.

        `hashes` computes the content hash of every row; asked only where somebody was erased.
        """
        with reading(self.engine) as connection:
            if not any_suppressed(connection):
                return pd.Series(dtype="str")
            return find_suppressed(connection, records, hashes())

    def account_names(self, domains: Callable[[], Collection[str]]) -> pd.DataFrame:
        """Read `name` and `domain` of the accounts; of a large store, of these domains only.

        `domains` finds them; asked only where the store is large.
        """
        with reading(self.engine) as connection:
            return read_account_names(connection, domains)

    def load(self, plan: Plan, progress: Progress | None = None) -> LoadResult:
        """Write a plan; run the import again where this raises `StoreChangedError`.

        A store opened for a dry run answers with what would be counted.
        """
        if self._dry_run:
            return LoadResult(None, dict(plan.counts), written=False)
        return load(self.engine, plan, progress)

    def batches(self) -> pd.DataFrame:
        """Read all batches, oldest first; see `crm.batch_frames` for the columns of frames."""
        with reading(self.engine) as connection:
            return batch_frames.read_batches(connection)

    def batch(self, batch: str | int) -> Batch:
        """Read one batch, `"b7"` or 7; `UnknownIdError` where there is none."""
        with reading(self.engine) as connection:
            found = read_batch(connection, self._number(batch))
        if found is None:
            raise UnknownIdError(shown_url(self.engine.url), str(batch))
        return found

    def batch_issues(self, batch: str | int) -> pd.DataFrame:
        """Read the findings of a batch, one a line."""
        with reading(self.engine) as connection:
            return batch_frames.read_issues(connection, self._number(batch))

    def batch_quarantine(self, batch: str | int) -> pd.DataFrame:
        """Read the rows of a batch that went into quarantine."""
        with reading(self.engine) as connection:
            return batch_frames.read_quarantine(connection, self._number(batch))

    def batch_matches(self, batch: str | int) -> pd.DataFrame:
        """Read the pairs a batch merged or left for review, and why."""
        with reading(self.engine) as connection:
            return batch_frames.read_matches(connection, self._number(batch))

    def batch_match_chunks(self, batch: str | int, size: int = 20_000) -> Iterator[pd.DataFrame]:
        """Read the pairs of a batch in frames of at most `size`, their JSON as text."""
        with reading(self.engine) as connection:
            yield from batch_frames.read_match_chunks(connection, self._number(batch), size)

    def batch_rows(self, batch: str | int) -> pd.DataFrame:
        """Read where each row of a batch went."""
        with reading(self.engine) as connection:
            return batch_frames.read_rows(connection, self._number(batch))

    def _number(self, batch: str | int) -> int:
        """Id of a batch as a number."""
        if isinstance(batch, int):
            return batch
        table, number = ids.read(batch) or ("", 0)
        if table != "batch":
            raise UnknownIdError(shown_url(self.engine.url), batch)
        return number


def open_store(url: str, *, dry_run: bool = False, make: bool = True) -> Store:
    """Open the store at `url`, `sqlite:///leadgate.db` or `postgresql://…`; made where missing.

    Raises a `StoreError` that names the URL without its password, and changes nothing then.
    With `dry_run` nothing is changed at all: a store that is missing is taken as empty.
    One that is missing and may not be made is a `StoreMissingError`.
    """
    return Store(connect(url, dry_run=dry_run, make=make), dry_run=dry_run)
