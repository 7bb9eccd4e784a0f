"""The main path of Leadgate, on one page.

A source's rows arrive; every row leaves with one fate: created, merged, held, quarantined or
already seen. `run` says how a step is run: as the plain function it is, or as a Prefect task.
"""

from collections.abc import Callable
from typing import ParamSpec, Protocol, TypeVar

from flows import steps
from flows.job import ImportJob
from flows.outcome import Outcome

P = ParamSpec("P")
T = TypeVar("T")


class Run(Protocol):
    """How one step is run."""

    def __call__(self, step: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Run `step` and return what it returns."""
        ...


def directly(step: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    """Run the step here and now."""
    return step(*args, **kwargs)


def import_leads(job: ImportJob, run: Run = directly) -> Outcome:
    """Take one source through the gate and into the store."""
    tables = run(steps.extract, job)
    columns = run(steps.map_columns, tables, job)
    standardized = run(steps.standardize, columns, job)
    issues = run(steps.validate, standardized, job)
    sound, quarantined = run(steps.quarantine, standardized, issues)
    with steps.open_store(job) as store:
        fresh, seen = run(steps.skip_seen, store, columns, sound, job)
        known = run(steps.look_up, store, fresh)
        resolution = run(steps.match, fresh, known)
        plan = run(steps.merge, columns, resolution, quarantined, seen, job)
        outcome = run(steps.load, store, plan, job)
        run(steps.report, store, outcome, job)
    return outcome
