"""What deployments run for a source: import, poll or fetch it, drain its inbox, decide a hold."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path
from typing import Annotated, Any, Final, Literal, ParamSpec, TypeVar

from prefect import flow
from prefect.states import Completed
from pydantic import Field

from connectors.errors import SourceFileError
from crm.acts import Who
from crm.store import open_store
from flows import holding
from flows.drain_inbox import inbox_job, received_sources
from flows.fetching import fetch_job, fetch_of
from flows.job import ImportJob, job_for
from flows.meta_leads import completer_of
from flows.notifying import Result, tell_failure, telling
from flows.outcome import FATES, Outcome
from flows.poll_source import Received, poll_of, poll_source
from flows.prefect_artifacts import leave_artifacts
from flows.prefect_ends import QUIET
from flows.prefect_flow import import_in_tasks, state_of
from flows.prefect_tasks import as_task
from flows.prefect_world import expect_fitting_run, load_secrets
from flows.running import Run
from flows.tracing import traced
from flows.watching import drain_traced
from leadgate.errors import ConfigurationError
from leadgate.settings import Settings, load_settings

P = ParamSpec("P")
T = TypeVar("T")
HOUR: Final = 3_600
HoldId = Annotated[str, Field(pattern=r"^h[0-9]+$", examples=["h3"])]


@flow(
    name="import-leads",
    flow_run_name="import-{source}",
    timeout_seconds=6 * HOUR,
    **QUIET,
)
def import_source(source: str, config: Path | None = None, *, release: bool = False) -> Any:
    """Take the file of a source through the gate and into the store.

    Args:
        source: A source of leadgate.toml.
        config: The settings, seen from the folder of the deployment.
        release: Load it also where it would be put on hold.
    """
    settings = _begin(config, source)
    with telling(source, settings) as happened:
        job = replace(job_for(source, settings), released=release)
        happened.append(outcome := _import(job, settings))
    return state_of(outcome)


@flow(name="drain-inbox", timeout_seconds=HOUR, **QUIET)
def drain_inbox(sources: tuple[str, ...] = (), config: Path | None = None) -> Any:
    """Import what was received and waits.

    Args:
        sources: Those that are sent or polled; none means all of them.
        config: The settings, seen from the folder of the deployment.
    """
    settings = _begin(config, *sources)
    done: list[Result] = []
    for name in sources or received_sources(settings):
        with _watched(name, settings, "drain") as (run, happened):
            run(_drainer(name, settings, happened))
        done += happened
    return Completed(message=_sum(done))


@flow(name="poll-source", flow_run_name="poll-{source}", timeout_seconds=HOUR, **QUIET)
def poll(source: str, config: Path | None = None) -> Any:
    """Ask a source for its new rows, and import them.

    Args:
        source: A source of leadgate.toml.
        config: The settings, seen from the folder of the deployment.
    """
    settings = _begin(config, source)

    def ask_for_rows() -> Received:
        """Put what is new into the inbox."""
        what, api = poll_of(source, settings)
        with open_store(settings.store) as store:
            return poll_source(store, source, what, api)

    with _watched(source, settings, "poll") as (run, happened):
        run(ask_for_rows)
        run(_drainer(source, settings, happened))
    return Completed(message=_sum(happened))


@flow(name="fetch-source", flow_run_name="fetch-{source}", timeout_seconds=HOUR, **QUIET)
def fetch(source: str, config: Path | None = None) -> Any:
    """Import the new files of a place elsewhere, or the rows of a table.

    Args:
        source: A source of leadgate.toml.
        config: The settings, seen from the folder of the deployment.
    """
    settings = _begin(config, source)
    with _watched(source, settings, "fetch") as (run, happened):
        find = fetch_of(fetch_job(source, settings), settings)

        def fetch_what_is_new() -> None:
            """Fetch and import, file by file."""
            with open_store(settings.store) as store:
                for each in find(store):
                    happened.append(each.code if isinstance(each, SourceFileError) else each)

        run(fetch_what_is_new)
    for outcome in happened:
        if isinstance(outcome, Outcome):
            leave_artifacts(outcome, settings.desk.public_url)
    return Completed(message=_sum(happened))


@flow(name="decide-held", flow_run_name="{decision}-{hold}", **QUIET)
def decide_held(
    hold: HoldId,
    decision: Literal["release", "discard"],
    reason: Annotated[str, Field(max_length=1_000)] = "",
    actor: Annotated[str, Field(max_length=100)] = "Prefect",
    config: Path | None = None,
) -> Any:
    """Decide about a file on hold; a release goes on with its import.

    Args:
        hold: What waits, such as h3; `leadgate held list` and the desk show all.
        decision: Release loads the file; discard never does.
        reason: Why, for the log.
        actor: Who decides.
        config: The settings, seen from the folder of the deployment.
    """
    settings = _begin(config)
    who = Who(actor, reason or None)
    with open_store(settings.store) as store:
        if decision == "discard":
            return Completed(message=f"{holding.discard(store, hold, who).id} discarded")
        job = holding.release(store, hold, who, settings)
    with telling(job.source, settings) as happened:
        happened.append(outcome := _import(job, settings))
    return state_of(outcome)


def _import(job: ImportJob, settings: Settings) -> Outcome:
    """Run the main path in tasks."""
    return import_in_tasks(job, settings.desk.public_url, settings.tracing.endpoint)


@contextmanager
def _watched(source: str, settings: Settings, name: str) -> Iterator[tuple[Run, list[Result]]]:
    """A way to run steps as tasks and spans; what is put into the list is told at the end.

    An attempt that is tried again has told nobody, and what it imported stays in the list.
    """

    def in_task(step: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        return as_task(step, outside=True)(*args, **kwargs)

    with (
        telling(source, settings) as happened,
        traced(settings.tracing.endpoint, source, in_task, name=name) as run,
    ):
        yield run, happened


def _begin(config: Path | None, *sources: str) -> Settings:
    """What every run begins with; a worker that does not fit does nothing."""
    try:
        expect_fitting_run()
    except ConfigurationError as error:
        with suppress(ConfigurationError):  # it may not even read the settings
            settings = load_settings(config)
            for name in sources:
                load_secrets(name)
                tell_failure(name, settings, error)
        raise
    settings = load_settings(config)
    for name in sources or settings.sources:
        load_secrets(name)
    return settings


def _drainer(source: str, settings: Settings, happened: list[Result]) -> Callable[[], None]:
    job, complete = inbox_job(source, settings), completer_of(source, settings)

    def drain_letters() -> None:
        """Import the letters of a source that wait."""
        with open_store(settings.store) as store:
            happened.extend(drain_traced(store, job, settings, complete))

    return drain_letters


def _sum(results: list[Result]) -> str:
    """What became of the rows of several imports, as one sentence."""
    outcomes = [each for each in results if isinstance(each, Outcome)]
    failed = [each for each in results if isinstance(each, str)]
    counts = {fate: sum(each.fates()[fate] for each in outcomes) for fate in FATES}
    said = ", ".join(f"{rows:,} {fate.replace('_', ' ')}" for fate, rows in counts.items() if rows)
    waits = [each.on_hold for each in outcomes if each.on_hold]
    parts = [said or "nothing new", *(f"on hold: {hold}" for hold in waits)]
    return "; ".join([*parts, *(f"not imported: {code}" for code in failed)])
