"""A large table in pieces, on every core.

The other processes are programs of their own that read pieces and write what became of them: so
nothing is forked beside running threads, and nobody's `__main__` runs twice. What comes out does
not depend on how many there are.
"""

import logging
import os
import pickle
import subprocess
import sys
from collections import deque
from collections.abc import Callable, Sequence
from threading import Thread
from typing import IO, Final, TypeVar, cast

import pandas as pd

# Below this many rows a second process costs more than it saves.
WORTH_IT: Final = 150_000
# Larger pieces repeat less work on equal texts, smaller ones need less memory.
LARGEST: Final = 250_000
MOST_PROCESSES: Final = 8

Result = TypeVar("Result")
LOG: Final = logging.getLogger(__name__)
PROGRAM: Final = f"from {__name__} import serve; serve()"


def count_processes(rows: int) -> int:
    """Return how many processes a table of so many rows is worth."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    return min(cores or 1, MOST_PROCESSES) if rows >= WORTH_IT else 1


def cut(records: pd.DataFrame, processes: int) -> list[pd.DataFrame]:
    """Cut a table into as many pieces for each process, none too large."""
    rounds = -(-len(records) // (LARGEST * processes))
    many = max(rounds, 1) * processes
    size = max(-(-len(records) // many), 1)
    return [records.iloc[at : at + size] for at in range(0, max(len(records), 1), size)]


def on_this_machine(records: pd.DataFrame, work: Callable[[pd.DataFrame], Result]) -> list[Result]:
    """Do some work on every piece of a table, on every core where that is worth it."""
    processes = count_processes(len(records))
    return work_on(cut(records, processes), work, processes)


def work_on(
    pieces: Sequence[pd.DataFrame], work: Callable[[pd.DataFrame], Result], processes: int
) -> list[Result]:
    """Do some work (a function that can be pickled) on every piece; return results in order."""
    waiting, done = deque(range(len(pieces))), dict[int, Result]()
    helpers = [
        Thread(target=_let_work, args=(pieces, work, waiting, done), daemon=True)
        for _ in range(min(processes, len(pieces)) - 1)
    ]
    for helper in helpers:
        helper.start()
    while waiting:
        try:
            at = waiting.popleft()
        except IndexError:  # a helper was quicker
            break
        done[at] = work(pieces[at])
    for helper in helpers:
        helper.join()
    # What another process failed to do is done here, and fails here where it must.
    return [done[at] if at in done else work(piece) for at, piece in enumerate(pieces)]


def _let_work(
    pieces: Sequence[pd.DataFrame],
    work: Callable[[pd.DataFrame], Result],
    waiting: deque[int],
    done: dict[int, Result],
) -> None:
    """Let another process work on pieces as long as there are any."""
    path = os.pathsep.join(entry for entry in sys.path if entry)
    with subprocess.Popen(  # noqa: S603 (our own program)
        [sys.executable, "-P", "-c", PROGRAM],
        env={**os.environ, "PYTHONPATH": path},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    ) as process:
        to, back = cast("IO[bytes]", process.stdin), cast("IO[bytes]", process.stdout)
        try:
            while waiting:
                at = waiting.popleft()
                pickle.dump((work, pieces[at]), to, protocol=5)
                to.flush()
                done[at] = pickle.load(back)  # noqa: S301 (our own process wrote it)
        except IndexError:
            pass  # another process was quicker
        except (OSError, EOFError, pickle.UnpicklingError) as error:
            LOG.warning("a process that helped has ended (%s)", type(error).__name__)
        finally:
            process.kill()


def serve() -> None:
    """Work on the pieces that come in, until no more come; the life of a helping process."""
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())  # nothing else may be written there
    while True:
        try:
            work, piece = pickle.load(sys.stdin.buffer)  # noqa: S301 (our own process wrote it)
        except EOFError:
            return
        pickle.dump(work(piece), answers, protocol=5)
        answers.flush()
