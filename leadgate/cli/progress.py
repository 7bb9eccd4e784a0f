"""Progress on a terminal: the step that is running, and for how long."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import ParamSpec, TypeVar

from flows.running import Run, directly

P = ParamSpec("P")
T = TypeVar("T")


@contextmanager
def terminal_steps() -> Iterator[Run]:
    """Give a way to run steps that shows each on stderr while it runs; nothing off a terminal."""
    if not sys.stderr.isatty():
        yield directly
        return
    from rich.console import Console  # noqa: PLC0415 - only where there is a terminal
    from rich.progress import (  # noqa: PLC0415 - only where there is a terminal
        Progress,
        SpinnerColumn,
        TextColumn,
        TimeElapsedColumn,
    )

    columns = (SpinnerColumn(), TextColumn("{task.description}"), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:

        def run(step: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
            task = progress.add_task(step.__name__.replace("_", " "), total=None)
            result = step(*args, **kwargs)
            progress.update(task, total=1, completed=1)
            return result

        yield run
