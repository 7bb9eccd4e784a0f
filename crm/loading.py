"""Write a plan, chunk by chunk; every chunk is whole, and says how far the batch has come."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from sqlalchemy import Connection, Engine, insert, select, update

from crm.batch_frames import COUNTS
from crm.bulk import next_id
from crm.chunk_rows import write_chunk
from crm.chunks import Chunk, cut_ahead
from crm.conflicts import Watch
from crm.enforcing import enforce
from crm.ids import show
from crm.models import batch
from crm.opening import writing
from crm.outbox import announce
from crm.plan import Plan
from crm.policies import find_version
from crm.record_ids import RecordIds
from crm.times import utc_now

__all__ = ["LoadResult", "load"]

Progress = Callable[[int, int], None]


@dataclass(frozen=True)
class LoadResult:
    """What an import came to.

    `written` is False where every row had been seen; then `batch` is the one that imported them
    all, or null where there were several. The counts are those of the whole batch.
    """

    batch: int | None
    counts: Mapping[str, int]
    written: bool


def load(engine: Engine, plan: Plan, progress: Progress | None = None) -> LoadResult:
    """Write a plan; `StoreChangedError` where the store is no longer what it was made for."""
    number, ids = plan.seen.resumes, RecordIds()
    watch = Watch(plan.seen.mark, plan.seen.mark)
    if not plan.chunks and number is None:
        return LoadResult(_imported_by(plan), dict(plan.counts), written=False)
    loaded = len(plan.fates) - len(plan.rows) - len(plan.quarantine)
    for turn, chunk in enumerate(cut_ahead(plan), start=1):
        last = turn == plan.chunks
        with writing(engine, bulk=True, last=last) as connection:
            watch.check_unchanged(connection, chunk, number)
            enforce(connection, plan.policy)
            number = number or _insert_batch(connection, plan)
            queued = write_chunk(connection, number, plan.batch, chunk, ids)
            _count(connection, number, chunk, queued)
            if last:
                _complete(connection, number, plan)
            watch.remember(connection)
        loaded += chunk.rows
        if progress is not None:
            progress(loaded, len(plan.fates))
    with writing(engine) as connection:
        if not plan.chunks:  # others have imported what an unfinished batch still had to do
            _complete(connection, number, plan)
        return LoadResult(number, _read_counts(connection, number), written=True)


def _imported_by(plan: Plan) -> int | None:
    batches = plan.seen.rows["batch"].unique()
    return int(batches[0]) if len(batches) == 1 else None


def _insert_batch(connection: Connection, plan: Plan) -> int:
    number = next_id(connection, batch)
    values = {
        "id": number,
        "source": plan.batch.source,
        "kind": plan.batch.kind,
        "trust": plan.batch.trust,
        "file": plan.batch.file,
        "content_hash": plan.batch.content_hash,
        "model_version": plan.batch.model_version,
        "reading": json.dumps(list(plan.batch.reading)),
        "status": "loading",
        "started_at": plan.seen.imported_at,
        "policy_version": find_version(connection),
        **dict.fromkeys(COUNTS, 0),
    }
    connection.execute(insert(batch).values(values))
    return number


def _count(connection: Connection, number: int, chunk: Chunk, queued: int) -> None:
    """Add a chunk to the counters of its batch: they are also how far the batch has come."""
    found = chunk.records["fate"].value_counts()
    added = {fate: int(found.get(fate, 0)) for fate in ("created", "merged", "held")}
    warned = chunk.issues[(chunk.issues["severity"] == "warning") & (chunk.issues["row"] >= 0)]
    added |= {"quarantined": len(chunk.quarantine), "review": queued}
    added["flagged"] = int(warned["row"].nunique())
    changes = {name: batch.c[name] + count for name, count in added.items()}
    changes["rows_in"] = batch.c.rows_in + chunk.rows
    connection.execute(update(batch).where(batch.c.id == number).values(changes))


def _complete(connection: Connection, number: int | None, plan: Plan) -> None:
    """Complete the batch, with the rows that were not written because they had been before."""
    known = {name: plan.counts[name] for name in ("rows_in", "already_seen", "blank")}
    connection.execute(
        update(batch)
        .where(batch.c.id == number)
        .values(status="complete", finished_at=utc_now(), **known)
    )
    if number is not None:
        # Not the source: one that nobody described has the name of its file, and files of people.
        told = {"import": show("batch", number)}
        announce(connection, "import.finished", [told | _read_counts(connection, number)])


def _read_counts(connection: Connection, number: int | None) -> dict[str, int]:
    columns = [batch.c[name] for name in COUNTS]
    row = connection.execute(select(*columns).where(batch.c.id == number)).one()
    return dict(zip(COUNTS, row, strict=True))
