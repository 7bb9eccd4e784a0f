"""Imports whose steps are spans, where a collector of OpenTelemetry is named."""

from collections.abc import Iterator
from functools import partial

from crm.store import Store
from flows.drain_inbox import drain_source
from flows.import_leads import import_leads
from flows.job import ImportJob
from flows.meta_leads import Complete
from flows.outcome import Outcome
from flows.running import Run, directly
from flows.tracing import traced
from leadgate.settings import Settings

__all__ = ["drain_traced", "import_traced"]


def import_traced(settings: Settings, job: ImportJob, run: Run = directly) -> Outcome:
    """Import; `run` says how each step is run."""
    with traced(settings.tracing.endpoint, job.source, run) as step:
        return import_leads(job, step)


def drain_traced(
    store: Store, job: ImportJob, settings: Settings, complete: Complete | None
) -> Iterator[Outcome | str]:
    """Import the letters of a source that wait, see `drain_source`."""
    return drain_source(store, job, partial(import_traced, settings), complete)
