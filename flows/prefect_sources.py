"""What deployments run for a source: import, poll or fetch it, drain its inbox, decide a hold."""

from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Annotated, Any, Final, Literal

from prefect import flow
from prefect.states import Completed
from pydantic import Field

from connectors.errors import SourceFileError
from crm.acts import Who
from crm.store import open_store
from flows import holding
from flows.drain_inbox import drain_source, inbox_job, received_sources
from flows.fetching import fetch_of
from flows.import_leads import import_leads
from flows.job import ImportJob, job_for
from flows.meta_leads import completer_of
from flows.notifying import notified
from flows.outcome import FATES, Outcome
from flows.poll_source import Received, poll_of, poll_source
from flows.prefect_artifacts import leave_artifacts
from flows.prefect_ends import QUIET
from flows.prefect_flow import import_in_tasks, state_of
from flows.prefect_tasks import as_task
from flows.prefect_world import expect_fitting_run, load_secrets
from leadgate.settings import Settings, load_settings

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
    job = replace(job_for(source, settings), released=release)
    return state_of(_import(job, settings))


@flow(name="drain-inbox", timeout_seconds=HOUR, **QUIET)
def drain_inbox(sources: tuple[str, ...] = (), config: Path | None = None) -> Any:
    """Import what was received and waits.

    Args:
        sources: Those that are sent or polled; none means all of them.
        config: The settings, seen from the folder of the deployment.
    """
    settings = _begin(config, *sources)
    names = sources or received_sources(settings)
    return Completed(message=_sum([each for name in names for each in _drain(name, settings)]))


@flow(name="poll-source", flow_run_name="poll-{source}", timeout_seconds=HOUR, **QUIET)
def poll(source: str, config: Path | None = None) -> Any:
    """Ask a source for its new rows, and import them.

    Args:
        source: A source of leadgate.toml.
        config: The settings, seen from the folder of the deployment.
    """
    settings = _begin(config, source)
    what, api = poll_of(source, settings)

    def ask_for_rows() -> Received:
        """Put what is new into the inbox."""
        with open_store(settings.store) as store:
            return poll_source(store, source, what, api)

    as_task(ask_for_rows, outside=True)()
    return Completed(message=_sum(_drain(source, settings)))


@flow(name="fetch-source", flow_run_name="fetch-{source}", timeout_seconds=HOUR, **QUIET)
def fetch(source: str, config: Path | None = None) -> Any:
    """Import the new files of a place elsewhere, or the rows of a table.

    Args:
        source: A source of leadgate.toml.
        config: The settings, seen from the folder of the deployment.
    """
    settings = _begin(config, source)
    find = fetch_of(source, settings)

    def fetch_what_is_new() -> list[Outcome | SourceFileError]:
        """Fetch and import, file by file."""
        with open_store(settings.store) as store:
            return list(find(store))

    found = as_task(fetch_what_is_new, outside=True)()
    for outcome in found:
        if isinstance(outcome, Outcome):
            leave_artifacts(outcome, settings.desk.public_url)
    refused = [each.code for each in found if isinstance(each, SourceFileError)]
    said = _sum(each for each in found if isinstance(each, Outcome))
    return Completed(message=f"{said}; refused: {', '.join(refused)}" if refused else said)


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
    return state_of(_import(job, settings))


def _import(job: ImportJob, settings: Settings) -> Outcome:
    """Run the main path in tasks, and tell people how it went."""
    return notified(job, settings, partial(import_in_tasks, desk=settings.desk.public_url))


def _begin(config: Path | None, *sources: str) -> Settings:
    """What every run begins with; a worker that does not fit does nothing."""
    expect_fitting_run()
    settings = load_settings(config)
    for name in sources or settings.sources:
        load_secrets(name)
    return settings


def _drain(source: str, settings: Settings) -> list[Outcome | str]:
    job, complete = inbox_job(source, settings), completer_of(source, settings)

    def drain_letters() -> list[Outcome | str]:
        """Import the letters of a source that wait."""
        with open_store(settings.store) as store:
            return list(drain_source(store, job, import_leads, complete))

    done = as_task(drain_letters, outside=True)()
    return list(done)


def _sum(results: Any) -> str:
    """What became of the rows of several imports, as one sentence."""
    outcomes = [each for each in results if isinstance(each, Outcome)]
    failed = [each for each in results if isinstance(each, str)]
    counts = {fate: sum(each.fates()[fate] for each in outcomes) for fate in FATES}
    said = ", ".join(f"{rows:,} {fate.replace('_', ' ')}" for fate, rows in counts.items() if rows)
    waits = [each.on_hold for each in outcomes if each.on_hold]
    parts = [said or "nothing new", *(f"on hold: {hold}" for hold in waits)]
    return "; ".join([*parts, *(f"not imported: {code}" for code in failed)])
