"""The main path of Leadgate, on one page.

A source's rows arrive; every row leaves with one fate: created, merged, held, quarantined or
already seen. `run` says how a step is run: as the plain function it is, or as a Prefect task.
"""

import time
from dataclasses import replace

from crm.errors import StoreChangedError
from crm.store import LoadResult, Store, open_store
from flows import cleaning, drifting, loading
from flows.erased import keep_out
from flows.job import ImportJob
from flows.outcome import Outcome
from flows.reporting import report
from flows.running import Run, directly
from flows.stages import Cleaned, Mapped

ATTEMPTS = 5


def import_leads(job: ImportJob, run: Run = directly) -> Outcome:
    """Take one source through the gate and into the store."""
    started = time.perf_counter()
    received = run(cleaning.extract, job)
    mapped = run(cleaning.map_columns, received, job)
    standardized = run(cleaning.standardize, mapped, job)
    validated = run(cleaning.validate, standardized, job)
    cleaned = run(cleaning.quarantine, validated)
    with open_store(job.store, dry_run=job.dry_run) as store:
        mapped, cleaned = run(keep_out, store, mapped, cleaned)
        watched = run(drifting.watch, store, mapped, cleaned, job)
        if watched.held:
            outcome = run(drifting.hold, store, mapped, watched, job)
        else:
            cleaned = drifting.with_drift(cleaned, watched)
            result = load_cleaned(store, mapped, cleaned, job, run)
            run(drifting.remember, store, result, mapped, watched, job)
            page = run(report, store, result, job)
            outcome = Outcome.of(job.source, result, page)
    seconds = round(time.perf_counter() - started, 2)
    return replace(outcome, drift=watched.sentences(), seconds=seconds)


def load_cleaned(
    store: Store, mapped: Mapped, cleaned: Cleaned, job: ImportJob, run: Run
) -> LoadResult:
    """Match against what the store knows, merge and load; again where it changed meanwhile."""
    mapped, cleaned = run(keep_out, store, mapped, cleaned)
    for attempt in range(1, ATTEMPTS + 1):
        fresh = run(loading.skip_seen, store, mapped, cleaned, job)
        candidates = run(loading.look_up, store, fresh)
        matched = run(loading.match, fresh, candidates, job)
        plan = run(loading.merge, mapped, cleaned, fresh, matched, job)
        if job.dry_run:
            return LoadResult(None, plan.counts, written=False)
        try:
            return run(loading.load, store, plan)
        except StoreChangedError:
            if attempt == ATTEMPTS:
                raise
    raise AssertionError("unreachable: the last attempt returns or raises")
