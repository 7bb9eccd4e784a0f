"""A reading that as a whole waits for a person: why, where its file is kept, and what comes next.

Nothing of it is loaded, and nothing waits for the decision: the import ends. The decision is kept
with the content, so that whatever imports it next, here or on another machine, acts on it.
"""

import shutil
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Final

from crm.acts import Who
from crm.holds import (
    Held,
    Hold,
    decide_hold,
    find_hold,
    keep_copy,
    mark_loaded,
    put_on_hold,
    read_hold,
)
from crm.plan import Plan
from crm.profiles import was_loaded
from crm.store import LoadResult, Store
from flows.drifting import Watched
from flows.job import ImportJob, make_job
from flows.outcome import Outcome
from flows.stages import Cleaned, Received
from leadgate.errors import InvalidValueError
from leadgate.settings import Settings, Source
from leadgate.settings.holding import Holding
from validators.mapping.errors import ColumnsChangedError

Reason = Mapping[str, str]  # code, message
DISCARDED: Final = "hold.discarded"


class HeldError(Exception):
    """All rows of a reading wait; `reasons` say why."""

    def __init__(self, *reasons: Reason) -> None:
        self.reasons = reasons
        super().__init__(", ".join(reason["code"] for reason in reasons))


def settle(store: Store, received: Received, job: ImportJob) -> ImportJob:
    """Act on what was decided of this content before, or because part of it is loaded.

    Raises `HeldError` where it was discarded.
    """
    if job.holding is None or job.released:
        return job
    known = find_hold(store, job.source, received.digest)
    if known is not None and known.status == "discarded":
        raise HeldError({"code": DISCARDED, "message": f"{known.id} was discarded."})
    begun = was_loaded(store, job.source, received.digest)
    passed = begun or (known is not None and known.status == "released")
    return replace(job, released=passed)


def check_rows(cleaned: Cleaned, watched: Watched, job: ImportJob) -> None:
    """Raise `HeldError` where rows drifted, or too many are rejected."""
    if job.holding is None or job.released:
        return
    reasons = [] if job.on_drift != "hold" else list(_drifted(watched))
    rows, rejected = len(cleaned.records), len(cleaned.quarantined)
    if _too_many(rejected, rows, job.holding.rejected_percent, job.holding):
        said = f"{rejected:,} of {rows:,} rows have errors ({rejected / rows:.0%})."
        reasons.append({"code": "hold.rejected", "message": said})
    if reasons:
        raise HeldError(*reasons)


def check_plan(plan: Plan, job: ImportJob) -> None:
    """Raise `HeldError` where too many possible matches would wait for review."""
    if job.holding is None or job.released:
        return
    found, rows = int(plan.counts["review"]), int(plan.counts["rows_in"])
    if _too_many(found, rows, job.holding.possible_percent, job.holding):
        said = f"{found:,} possible matches in {rows:,} rows ({found / rows:.0%})."
        raise HeldError({"code": "hold.possible", "message": said})


def hold(
    store: Store, received: Received, job: ImportJob, error: HeldError | ColumnsChangedError
) -> Outcome:
    """Write down that the reading waits, and keep its file; nothing else of it is written."""
    changed = {"code": "hold.columns", "message": str(error)}
    reasons = error.reasons if isinstance(error, HeldError) else (changed,)
    rows = sum(len(table.rows) for table in received.tables)
    blank = sum(table.blank for table in received.tables)
    identifier = "not kept"  # a dry run
    if not job.dry_run and job.holding is not None:
        told = Held(job.source, received.digest, job.path.name, rows, reasons, job.overrides)
        held = put_on_hold(store, told)
        if held.status == "waiting" and not (held.kept and Path(held.kept).exists()):
            keep_copy(store, held.id, str(_copy(job, held.id, job.holding.folder)))
        identifier = held.id
    said = tuple(reason["message"] for reason in reasons)
    return Outcome.of_hold(job.source, rows, blank, identifier, said)


def let_go(store: Store, result: LoadResult, received: Received, job: ImportJob) -> None:
    """A reading that was on hold and is loaded now needs its copy no more."""
    if job.holding is None or not result.written or result.batch is None:
        return
    known = find_hold(store, job.source, received.digest)
    if known is not None and known.status != "loaded":
        mark_loaded(store, job.source, received.digest, result.batch)
        _forget(known)


def release(store: Store, identifier: str, who: Who, settings: Settings) -> ImportJob:
    """Release a hold, and make the job that goes on from there; again where that was cut short."""
    found = decide_hold(store, identifier, "released", who)
    if found.kept is None or not Path(found.kept).exists():
        raise InvalidValueError(
            f"the file of {found.id}, {found.file}, is not kept at {found.kept or 'any place'} on "
            f"this machine; import it again, the decision stands."
        )
    source = settings.sources.get(found.source, Source())
    columns = {column: field or "" for column, field in found.columns.items()}
    job = make_job(found.source, source, Path(found.kept), settings, columns)
    return replace(job, holding=settings.holding, released=True)


def discard(store: Store, identifier: str, who: Who) -> Hold:
    """Discard a hold: its file goes, and the same content is not loaded when it comes again."""
    found = decide_hold(store, identifier, "discarded", who)
    _forget(found)
    keep_copy(store, identifier, None)
    return read_hold(store, identifier)


def _drifted(watched: Watched) -> Iterator[Reason]:
    for code, said in zip(watched.issues["code"], watched.sentences(), strict=True):
        yield {"code": str(code), "message": said}


def _too_many(found: int, rows: int, percent: float | None, holding: Holding) -> bool:
    return percent is not None and rows >= holding.least_rows and 100 * found > percent * rows


def _copy(job: ImportJob, identifier: str, folder: Path) -> Path:
    place = folder.resolve() / identifier
    place.mkdir(parents=True, exist_ok=True, mode=0o700)
    fresh = place / f".{job.path.name}"
    shutil.copyfile(job.path, fresh)
    return fresh.replace(place / job.path.name)


def _forget(held: Hold) -> None:
    """Delete the copy and its folder, which is named after the hold."""
    if held.kept is not None and (place := Path(held.kept).parent).name == held.id:
        shutil.rmtree(place, ignore_errors=True)
