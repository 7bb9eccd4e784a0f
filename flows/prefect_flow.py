"""The main path as a Prefect flow: each step is a task, each run leaves artifacts.

Frames stay in memory: nothing is persisted or cached, and what reaches Prefect's database is
names of sources, ids and counts. An unexpected error is replaced by its kind and step, because its
text could hold values from the data.
"""

from collections.abc import Callable
from pathlib import Path
from typing import Any, Final, ParamSpec, TypeVar, cast
from uuid import UUID

from prefect import flow, task
from prefect.artifacts import (
    create_markdown_artifact,
    create_progress_artifact,
    create_table_artifact,
    update_progress_artifact,
)
from prefect.cache_policies import NO_CACHE
from prefect.tasks import exponential_backoff

from connectors.errors import SourceFileError, UnreadableFileError
from crm.errors import StoreError, StoreLockedError, StoreUnreachableError
from flows import cleaning, loading
from flows.erased import keep_out
from flows.import_leads import import_leads
from flows.job import ImportJob, job_for
from flows.outcome import Outcome
from leadgate.errors import ConfigurationError
from leadgate.settings import load_settings
from validators.mapping.errors import MappingError

P = ParamSpec("P")
T = TypeVar("T")

# Messages of these are written for people and hold no values from the data.
NAMED: Final = (SourceFileError, StoreError, ConfigurationError, MappingError)
# The outside world: a file on a network share, a database that restarts.
TRANSIENT: Final = (UnreadableFileError, StoreUnreachableError, StoreLockedError)
TOUCHES_OUTSIDE: Final = (cleaning.extract, keep_out, loading.skip_seen, loading.look_up)
STEPS: Final = 13


class StepFailedError(Exception):
    """A step failed unexpectedly; says which and how, without its text."""


@flow(name="import-leads", flow_run_name="import-{source}", persist_result=False)
def import_source(source: str, config: Path | None = None) -> None:
    """Import one source of `leadgate.toml`, by name; the deployments run this."""
    _import_in_tasks(job_for(source, load_settings(config)))


def import_as_flow(job: ImportJob) -> Outcome:
    """Run a job as a flow run from here, and return its outcome."""

    @flow(name="import-leads", flow_run_name="import-{source}", persist_result=False)
    def import_job(source: str, *, dry_run: bool) -> Outcome:
        del source, dry_run  # shown on the run's page; the job itself may hold a password
        return _import_in_tasks(job)

    return import_job(job.source, dry_run=job.dry_run)


def _import_in_tasks(job: ImportJob) -> Outcome:
    progress = create_progress_artifact(progress=0.0, description=f"Import of {job.source}")
    done = 0

    def run(step: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        nonlocal done
        result = _as_task(step)(*args, **kwargs)
        done += 1
        # A store that changes meanwhile makes steps run again: never more than all.
        update_progress_artifact(cast("UUID", progress), min(100.0, 100.0 * done / STEPS))
        return result

    outcome = import_leads(job, run)
    _leave_artifacts(job, outcome)
    return outcome


def _as_task(step: Callable[P, T]) -> Callable[P, T]:
    def guarded(*args: P.args, **kwargs: P.kwargs) -> T:
        try:
            return step(*args, **kwargs)
        except NAMED:
            raise
        except Exception as error:  # noqa: BLE001 - its text may hold people's data
            raise StepFailedError(f"{step.__name__}: {type(error).__name__}") from None

    outside = step in TOUCHES_OUTSIDE
    decorate: Any = task(
        name=step.__name__.replace("_", " "),
        description=(step.__doc__ or "").partition("\n")[0],
        retries=3 if outside else 0,
        retry_delay_seconds=exponential_backoff(backoff_factor=2) if outside else 0,
        retry_condition_fn=_is_transient,
        cache_policy=NO_CACHE,
        persist_result=False,
        log_prints=False,
    )
    return cast("Callable[P, T]", decorate(guarded))


def _is_transient(_task: object, _run: object, state: Any) -> bool:
    """Whether trying again can help: a missing file stays missing."""
    return isinstance(state.result(raise_on_failure=False), TRANSIENT)


def _leave_artifacts(job: ImportJob, outcome: Outcome) -> None:
    create_table_artifact(
        key="import-fates",
        table=[{"fate": fate, "rows": rows} for fate, rows in outcome.fates().items()],
        description=f"Fates of the rows of {job.source}",
    )
    create_markdown_artifact(key="import-summary", markdown=outcome.as_markdown())
