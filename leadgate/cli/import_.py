"""`leadgate import`: sources through the gate, one summary each."""

import json
import os
import tomllib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Final

from flows.job import ImportJob, job_for
from flows.notifying import notified
from flows.outcome import Outcome
from leadgate.cli.arguments import column_map
from leadgate.cli.progress import terminal_steps
from leadgate.cli.verdicts.words import count
from leadgate.errors import ConfigurationError
from leadgate.settings import load_settings
from validators.mapping.errors import UnmappedHeaderError

SHOWN: Final = 20


class UnmappedSourceError(ConfigurationError):
    """No column of a file identifies anybody; says which file."""


@dataclass(frozen=True)
class ImportOptions:
    """What the options of `leadgate import` say."""

    store: str | None
    reports: Path | None
    mapping: Sequence[str]
    dry_run: bool
    json: bool
    prefect: bool
    release: bool = False


def run_import(config: Path | None, sources: Sequence[str], options: ImportOptions) -> int:
    """Import the sources in order; 1 where rows were quarantined or a file is held, else 0."""
    settings = load_settings(config)
    overrides = column_map(options.mapping)
    # Every source is looked up before the first is loaded: a misspelt last one costs nothing.
    jobs = [_with_options(job_for(what, settings, overrides), options) for what in sources]
    run = runner(prefect=options.prefect, tracing=settings.tracing.endpoint)
    bad = False
    for job in jobs:
        try:
            outcome = notified(job, settings, run)
        except UnmappedHeaderError as error:
            raise UnmappedSourceError(f"{job.path}: {error}") from None
        bad |= outcome.quarantined > 0 or outcome.on_hold is not None
        print(json.dumps(outcome.as_json()) if options.json else summary(outcome, job))
    return int(bad)


def _with_options(job: ImportJob, options: ImportOptions) -> ImportJob:
    return replace(
        job,
        store=options.store or job.store,
        reports=options.reports or job.reports,
        dry_run=options.dry_run,
        released=options.release,
    )


def runner(*, prefect: bool = False, tracing: str | None = None) -> Callable[[ImportJob], Outcome]:
    """How a job is run: as a Prefect flow run where that is wanted or an API is configured."""
    if prefect or prefect_api_configured():
        # A flow run says on the server what it does; the terminal gets the summary.
        os.environ.setdefault("PREFECT_LOGGING_LEVEL", "WARNING")
        os.environ.setdefault("PREFECT_SERVER_LOGGING_LEVEL", "CRITICAL")
        from flows.prefect_flow import import_as_flow  # noqa: PLC0415 - Prefect takes a second

        return partial(import_as_flow, tracing=tracing)
    from flows.import_leads import import_leads  # noqa: PLC0415 - loads pandas
    from flows.tracing import traced  # noqa: PLC0415 - only where it runs here

    def directly(job: ImportJob) -> Outcome:
        with terminal_steps() as shown, traced(tracing, job.source, shown) as run:
            return import_leads(job, run)

    return directly


def prefect_api_configured() -> bool:
    """Whether the environment or the active Prefect profile names an API, without Prefect."""
    if "PREFECT_API_URL" in os.environ:
        return bool(os.environ["PREFECT_API_URL"])
    home = Path(os.environ.get("PREFECT_HOME", "~/.prefect")).expanduser()
    try:
        profiles = tomllib.loads((home / "profiles.toml").read_text(encoding="utf-8"))
    except (OSError, tomllib.TOMLDecodeError, UnicodeDecodeError):
        return False
    active = os.environ.get("PREFECT_PROFILE", profiles.get("active", ""))
    return bool(profiles.get("profiles", {}).get(active, {}).get("PREFECT_API_URL"))


def summary(outcome: Outcome, job: ImportJob) -> str:
    """What an import did, for a person at a terminal."""
    head = f"{outcome.source}: {count(outcome.rows_in, 'row')} in {outcome.seconds:.1f} s"
    if job.dry_run:
        head += " (dry run, nothing written)"
    fates = [
        f"  {rows:>9,}  {fate.replace('_', ' ')}"
        for fate, rows in outcome.fates().items()
        if rows or fate in {"created", "merged", "quarantined"}
    ]
    notes = []
    if outcome.blank:
        lines = "blank line" if outcome.blank == 1 else "blank lines"
        notes.append(f"  {outcome.blank:>9,}  {lines}, passed over")
    if outcome.review:
        waits = "possible match waits" if outcome.review == 1 else "possible matches wait"
        notes.append(f"  {outcome.review:>9,}  {waits} for review")
    notes += [f"  batch {outcome.batch}"] if outcome.batch else []
    notes += [f"  report {outcome.report}"] if outcome.report else []
    notes += [f"  unlike earlier batches: {said}" for said in outcome.drift]
    notes += [f"  not counted: {said}" for said in outcome.rejected[:SHOWN]]
    if len(outcome.rejected) > SHOWN:
        notes.append(f"  and {len(outcome.rejected) - SHOWN:,} more")
    if outcome.on_hold is not None:
        notes += [f"  on hold: {said}" for said in outcome.reasons]
        notes.append(f"  nothing was loaded; {_way_on(outcome.on_hold, job)}")
    return "\n".join([head, *fates, *notes])


def _way_on(hold: str, job: ImportJob) -> str:
    if job.dry_run:
        return "an import would wait for a decision"
    return f"leadgate held release {hold}, or leadgate held discard {hold}"
