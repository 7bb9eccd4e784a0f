"""A cluster's workers: started here, or found at the address of their scheduler."""

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory, mkdtemp
from typing import TYPE_CHECKING, TypeVar

from flows.distributed.versions import fingerprint
from leadgate.errors import EngineError
from leadgate.settings.engine import Engine

if TYPE_CHECKING:
    from distributed import Client

Result = TypeVar("Result")

_PATIENCE = 20.0  # seconds for a scheduler to answer, and for the first worker to come
_AS_HERE = {
    # Dask lets its workers give memory back at once. Arrays of some megabytes that come and go then
    # cost a page fault for every page, half as much again as the work itself.
    "distributed.nanny.pre-spawn-environ": {"OMP_NUM_THREADS": 1, "OPENBLAS_NUM_THREADS": 1},
    # Nobody looks at what tasks do a hundred times a second.
    "distributed.worker.profile.enabled": False,
}


@dataclass(frozen=True)
class Workers:
    """`count` workers, and a folder that all of them see."""

    client: "Client"
    count: int
    folder: Path

    def in_new_folder(self) -> "Workers":
        """The same workers, for work whose files must not meet those of other work."""
        return replace(self, folder=Path(mkdtemp(dir=self.folder)))

    def do(
        self, task: Callable[..., Result], numbers: Iterable[int], *more: object
    ) -> Sequence[Result]:
        """Do a task of `flows.distributed.tasks` for each number; results in their order."""
        work = partial(_in_folder, task, self.folder, more)
        futures = self.client.map(work, list(numbers), pure=False, key=task.__name__)
        done: Sequence[Result] = self.client.gather(futures)
        return done


def _in_folder(
    task: Callable[..., Result], folder: Path, more: Sequence[object], number: int
) -> Result:
    return task(folder, number, *more)


@contextmanager
def open_workers(engine: Engine) -> Iterator[Workers | None]:
    """The workers that `[engine]` names; None where this machine alone does the work.

    Raises EngineError where they cannot be used.
    """
    if engine.kind == "local":
        yield None
        return
    try:
        import dask  # noqa: PLC0415 - an extra
        from distributed import Client, LocalCluster  # noqa: PLC0415 - an extra
    except ImportError:
        raise EngineError(
            '[engine] kind = "distributed" needs an extra: pip install "leadgate[distributed]".'
        ) from None
    with TemporaryDirectory(prefix="leadgate-", dir=engine.folder) as folder:
        if engine.scheduler is None:
            with (
                dask.config.set(_AS_HERE),
                LocalCluster(
                    n_workers=engine.workers,
                    threads_per_worker=1,
                    host="127.0.0.1",
                    dashboard_address="127.0.0.1:0",  # any free one, for two imports at once
                    scheduler_kwargs={"dashboard": False},
                    local_directory=folder,
                ) as cluster,
                Client(cluster) as client,
            ):
                yield Workers(client, engine.workers, Path(folder))
            return
        try:
            client = Client(engine.scheduler, timeout=_PATIENCE)
        except (OSError, ValueError) as error:
            raise EngineError(
                f"no scheduler answers at {engine.scheduler} ({type(error).__name__}): start it "
                "with `dask scheduler`, or correct [engine] scheduler."
            ) from None
        with client:
            yield _look_at(client, Path(folder))


def _look_at(client: "Client", folder: Path) -> Workers:
    """Make sure that workers are there, run this code and see the folder."""
    try:
        client.wait_for_workers(1, timeout=_PATIENCE)
    except TimeoutError:
        raise EngineError(
            "the scheduler of [engine] has no worker: start some with `dask worker ADDRESS`."
        ) from None
    told = client.run(_describe, folder)
    for address, (code, sees_folder) in told.items():
        if code != fingerprint():
            raise EngineError(
                f"the worker at {address} runs another version of Leadgate: install the same one "
                "on all machines."
            )
        if not sees_folder:
            raise EngineError(
                f"the worker at {address} does not see {folder.parent}: [engine] folder must be "
                "one that all machines share."
            )
    return Workers(client, len(told), folder)


def _describe(folder: Path) -> tuple[str, bool]:
    return fingerprint(), os.access(folder, os.W_OK)
