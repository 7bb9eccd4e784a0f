"""Steps as Prefect tasks: retried where the outside world is to blame, silent about people.

Frames stay in memory: nothing is persisted or cached, and what reaches Prefect's database is
names of sources, ids and counts. An unexpected error is replaced by its kind and step, because its
text could hold values from the data.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Final, ParamSpec, TypeVar, cast

from prefect import task
from prefect.assets import Asset, add_asset_metadata, materialize
from prefect.cache_policies import NO_CACHE
from prefect.tasks import exponential_backoff

from connectors.errors import SourceFileError, UnreadableFileError
from connectors.remote.errors import RemoteDownError
from crm.errors import StoreError, StoreLockedError, StoreUnreachableError
from leadgate.errors import ConfigurationError
from validators.mapping.errors import MappingError

P = ParamSpec("P")
T = TypeVar("T")

# Messages of these are written for people and hold no values from the data.
NAMED: Final = (SourceFileError, StoreError, ConfigurationError, MappingError)
# The outside world: a file on a network share, a database that restarts, an API that is busy.
TRANSIENT: Final = (UnreadableFileError, RemoteDownError, StoreUnreachableError, StoreLockedError)
RETRIES: Final = 5  # after 3, 6, 12, 24 and 48 seconds: as long as a database takes to restart


class StepFailedError(Exception):
    """A step failed unexpectedly; says which and how, without its text."""


@dataclass(frozen=True)
class Lineage:
    """What a step makes, and of what; `tell` gives what to note about it from its result."""

    asset: Asset
    made_of: Sequence[Asset]
    tell: Callable[[Any], dict[str, Any]]


def as_task(
    step: Callable[P, T], *, outside: bool = False, lineage: Lineage | None = None
) -> Callable[P, T]:
    """Make a task of a step; one that touches the outside world is tried again."""

    def guarded(*args: P.args, **kwargs: P.kwargs) -> T:
        try:
            result = step(*args, **kwargs)
        except NAMED:
            raise
        except Exception as error:  # noqa: BLE001 - its text may hold people's data
            raise StepFailedError(f"{step.__name__}: {type(error).__name__}") from None
        if lineage is not None:
            add_asset_metadata(lineage.asset, lineage.tell(result))
        return result

    options: dict[str, Any] = {
        "name": step.__name__.replace("_", " "),
        "description": (step.__doc__ or "").partition("\n")[0],
        "retries": RETRIES if outside else 0,
        "retry_delay_seconds": exponential_backoff(backoff_factor=3) if outside else 0,
        "retry_condition_fn": _is_transient,
        "cache_policy": NO_CACHE,
        "persist_result": False,
        "log_prints": False,
    }
    if lineage is None:
        made: Any = task(**options)(guarded)
    else:
        options["asset_deps"] = list(lineage.made_of)
        made = materialize(lineage.asset, by="leadgate", **options)(guarded)
    return cast("Callable[P, T]", made)


def _is_transient(_task: object, _run: object, state: Any) -> bool:
    """Whether trying again can help: a missing file stays missing."""
    return isinstance(state.result(raise_on_failure=False), TRANSIENT)
