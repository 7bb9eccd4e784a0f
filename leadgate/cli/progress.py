"""Progress on a terminal: the step that is running, and how long the last ones took."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, ParamSpec, TypeVar

from rich.console import Console
from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

if TYPE_CHECKING:
    from flows.import_leads import Run

P = ParamSpec("P")
T = TypeVar("T")


@contextmanager
def showing_steps() -> "Iterator[Run]":
    """Give a way to run steps that shows each on stderr while it runs."""
    columns = (SpinnerColumn(), TextColumn("{task.description}"), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:

        def run(step: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
            task = progress.add_task(step.__name__.replace("_", " "), total=None)
            result = step(*args, **kwargs)
            progress.update(task, total=1, completed=1)
            return result

        yield run
