"""How a step is run: here and now, with a line on a terminal, or as a Prefect task."""

from collections.abc import Callable
from typing import ParamSpec, Protocol, TypeVar

P = ParamSpec("P")
T = TypeVar("T")


class Run(Protocol):
    """A way to run one step."""

    def __call__(self, step: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Run `step` and return what it returns."""
        ...


def directly(step: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    """Run the step here and now."""
    return step(*args, **kwargs)
