"""The main path as a Prefect flow: each step is a task, each run leaves artifacts."""

import logging
import time
from collections.abc import Callable
from typing import Any, Final, ParamSpec, TypeVar, cast
from uuid import UUID

from prefect import flow
from prefect.artifacts import create_progress_artifact, update_progress_artifact
from prefect.assets import Asset
from prefect.states import Completed

from crm.errors import StoreLockedError, StoreUnreachableError
from flows import cleaning, holding, loading
from flows.erased import keep_out
from flows.import_leads import import_leads
from flows.job import ImportJob
from flows.outcome import Outcome
from flows.prefect_artifacts import leave_artifacts, slug, try_to_tell
from flows.prefect_tasks import Lineage, StepFailedError, as_task
from flows.prefect_world import expect_server
from flows.progress import STEPS, place_of
from flows.running import Run
from flows.tracing import traced

P = ParamSpec("P")
T = TypeVar("T")

TOUCHES_OUTSIDE: Final = (
    cleaning.extract,
    keep_out,
    loading.skip_seen,
    loading.look_up,
    holding.hold,
)
PAUSES: Final = (3, 6, 12, 24, 48)  # seconds: as long as a database takes to restart
log = logging.getLogger(__name__)
CONTACTS: Final = Asset(key="leadgate://store/contacts")

__all__ = ["StepFailedError", "import_as_flow", "import_in_tasks", "state_of"]


def import_as_flow(job: ImportJob, tracing: str | None = None) -> Outcome:
    """Run a job as a flow run from here, and return its outcome.

    A server that is not there is a named error, before anything is done. One that goes away
    later keeps no import from its end.
    """
    expect_server()
    outcomes: list[Outcome] = []

    @flow(name="import-leads", flow_run_name="import-{source}", persist_result=False)
    def import_job(source: str, *, dry_run: bool) -> Any:
        del source, dry_run  # shown on the run's page; the job itself may hold a password
        outcomes.append(import_in_tasks(job, tracing=tracing))
        return state_of(outcomes[-1])

    try:
        import_job(job.source, dry_run=job.dry_run)
    except Exception as error:
        if not outcomes:
            raise
        # The import is whole; only its end could not be told.
        log.warning("the Prefect server was not told of the end (%s)", type(error).__name__)
    return outcomes[-1]


def import_in_tasks(job: ImportJob, desk: str | None = None, tracing: str | None = None) -> Outcome:
    """Run the main path, each step as a task of the flow run that this is called in.

    `desk` is its address, `tracing` that of a collector of spans.
    """
    progress = try_to_tell(
        create_progress_artifact, progress=0.0, description=f"Import of {job.source}"
    )
    reached = 0

    def run(step: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        nonlocal reached
        lineage = _lineage(job) if step == loading.load else None
        result = as_task(step, outside=step in TOUCHES_OUTSIDE, lineage=lineage)(*args, **kwargs)
        reached = max(reached, place_of(step.__name__))
        if progress is not None:
            percent = 100.0 * reached / STEPS
            try_to_tell(update_progress_artifact, cast("UUID", progress), percent)
        return result

    with traced(tracing, job.source, run) as step:
        outcome = _import_whatever_the_store_does(job, step)
    leave_artifacts(outcome, desk)
    return outcome


def _import_whatever_the_store_does(job: ImportJob, run: Run) -> Outcome:
    """Import; where the store went away in the middle, go on from there once it is back."""
    for pause in PAUSES:
        try:
            return import_leads(job, run)
        except (StoreUnreachableError, StoreLockedError) as error:
            log.warning("%s: %s Trying again in %d s.", job.source, error, pause)
            time.sleep(pause)
    return import_leads(job, run)


def state_of(outcome: Outcome) -> Any:
    """The state in which a run ends: one that waits for a person did not fail, and is over."""
    if outcome.on_hold is None:
        batch = outcome.batch or "nothing new"
        return Completed(message=f"{outcome.rows_in:,} rows, {batch}")
    return Completed(name="Held", message=f"{outcome.on_hold}: {' '.join(outcome.reasons)}"[:2_000])


def _lineage(job: ImportJob) -> Lineage:
    """From the source to the store's contacts."""
    source = Asset(key=f"leadgate://sources/{slug(job.source)}")
    return Lineage(CONTACTS, (source,), lambda result: dict(result.counts))
