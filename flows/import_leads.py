"""The main path of Leadgate, on one page.

A source's rows arrive; every row leaves with one fate: created, merged, held, quarantined or
already seen. `run` says how a step is run: as the plain function it is, or as a Prefect task.
"""

import time
from dataclasses import replace

from crm.errors import StoreChangedError
from crm.store import LoadResult, Store, open_store
from flows import cleaning, drifting, figures, holding, loading
from flows.attributes import keep_attributes
from flows.distributed.workers import open_workers
from flows.erased import keep_out
from flows.job import ImportJob
from flows.mail_domains import look_up_mail_domains
from flows.memory import give_back
from flows.outcome import Outcome
from flows.reporting import report
from flows.running import Run, directly
from flows.stages import Cleaned, Mapped, Received
from validators.mapping.errors import ColumnsChangedError

# Of several imports at once one gets through each time, and what a chunk has loaded stays.
ATTEMPTS = 20


def import_leads(job: ImportJob, run: Run = directly) -> Outcome:
    """Take one source through the gate and into the store, or put all of it on hold."""
    if job.kind in figures.KINDS:
        return figures.import_figures(job, run)
    with open_workers(job.engine) as workers:
        return _take_in(replace(job, workers=workers), run)


def _take_in(job: ImportJob, run: Run) -> Outcome:
    started = time.perf_counter()
    received = run(cleaning.extract, job)
    try:
        mapped, cleaned = _clean(received, job, run)
        with open_store(job.store, dry_run=job.dry_run) as store:
            outcome = _load(store, mapped, cleaned, holding.settle(store, received, job), run)
    except (holding.HeldError, ColumnsChangedError) as held:
        if job.holding is None:
            raise
        with open_store(job.store, dry_run=job.dry_run) as store:
            outcome = run(holding.hold, store, received, job, held)
    return replace(outcome, seconds=round(time.perf_counter() - started, 2))


def _clean(received: Received, job: ImportJob, run: Run) -> tuple[Mapped, Cleaned]:
    mapped = run(cleaning.map_columns, received, job)
    standardized = run(cleaning.standardize, mapped, job)
    if job.mail_domains:
        standardized = run(look_up_mail_domains, standardized, job.mail_domains)
    validated = run(cleaning.validate, standardized, job)
    return mapped, keep_attributes(mapped, run(cleaning.quarantine, validated))


def _load(store: Store, mapped: Mapped, cleaned: Cleaned, job: ImportJob, run: Run) -> Outcome:
    mapped, cleaned = run(keep_out, store, mapped, cleaned)
    cleaned = run(loading.mend_companies, store, cleaned, job)
    watched = run(drifting.watch, store, mapped, cleaned, job)
    holding.check_rows(cleaned, watched, job)
    result = load_cleaned(store, mapped, drifting.with_drift(cleaned, watched), job, run)
    run(drifting.remember, store, result, watched)
    holding.let_go(store, result, mapped.received, job)
    give_back()
    page = run(report, store, result, job)
    return replace(Outcome.of(job.source, result, page), drift=watched.sentences())


def load_cleaned(
    store: Store, mapped: Mapped, cleaned: Cleaned, job: ImportJob, run: Run
) -> LoadResult:
    """Match against what the store knows, merge and load; again where it changed meanwhile."""
    mapped, cleaned = run(keep_out, store, mapped, cleaned)
    for attempt in range(1, ATTEMPTS + 1):
        fresh = run(loading.skip_seen, store, mapped, cleaned, job)
        candidates = run(loading.look_up, store, fresh)
        give_back()
        matched = run(loading.match, fresh, candidates, job)
        give_back()
        plan = run(loading.merge, mapped, cleaned, fresh, matched, job)
        holding.check_plan(plan, job)
        if job.dry_run:
            return LoadResult(None, plan.counts, written=False)
        try:
            return run(loading.load, store, plan)
        except StoreChangedError:
            if attempt == ATTEMPTS:
                raise
    raise AssertionError("unreachable: the last attempt returns or raises")
