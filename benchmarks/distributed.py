"""The distributed engine beside the local one: the same clusters, and how long they take.

    python -m benchmarks.distributed --rows 1000000 --workers 1 2

From mapped leads to clusters, in one run: standardizing, blocking, weighing, clustering. "busy" is
the longest time that one worker was at work, of all its tasks, and "worker" what each computed, in
CPU seconds, on average: what halves where there are twice as many workers, and each has a core. The
rest is done where the command runs. "CPU" is what all processes computed together, the start of the
workers included. Other work on the machine changes what is counted in CPU seconds least.
"""

import argparse
import resource
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import pandas as pd

from benchmarks.lead_generator import generate
from dedupe.pairs import Pairing
from dedupe.resolution import Resolution, resolve
from flows.distributed.choosing import pairing_of, work_of
from flows.distributed.workers import Workers, open_workers
from leadgate.settings.engine import Engine
from validators.mapping import apply_mapping, map_columns
from validators.standardize.frame import WorkOn, standardize


@dataclass(frozen=True)
class Timed:
    """What was decided, and the seconds of the two halves."""

    resolution: Resolution
    standardize: float
    match: float

    @property
    def seconds(self) -> float:
        """Both halves."""
        return self.standardize + self.match


@dataclass(frozen=True)
class Busy:
    """Seconds: of the busiest worker, at work by the clock; computed by each, on average."""

    clock: float
    computed: float


def main() -> None:
    """Print a line for each engine."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.distributed", description=__doc__)
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--workers", type=int, nargs="+", default=[1, 2])
    asked = parser.parse_args()
    rows, _people = generate(asked.rows, seed=11)
    leads, _unmapped = apply_mapping(rows, map_columns(rows, {}))
    del rows
    head = (
        f"{'engine':<12} {'standardize':>11} {'match':>8} {'busy':>8} {'worker':>8} {'of local':>9}"
    )
    print(f"{head} {'CPU':>7} {'of local':>9}  clusters")
    with TemporaryDirectory() as folder:
        before = computed()
        local, _busy = run_on(Engine(), leads)
        alone = computed() - before
        print(
            f"{'local':<12} {local.standardize:>11.1f} {local.match:>8.1f} {'':>27} {alone:>7.1f}",
            flush=True,
        )
        for count in asked.workers:
            engine = Engine(kind="distributed", workers=count, folder=Path(folder))
            before = computed()
            timed, busy = run_on(engine, leads)
            together = computed() - before
            same = timed.resolution.clusters.equals(local.resolution.clusters)
            print(
                f"{f'{count} workers':<12} {timed.standardize:>11.1f} {timed.match:>8.1f}"
                f" {busy.clock:>8.1f} {busy.computed:>8.1f} {timed.seconds / local.seconds:>9.2f}"
                f" {together:>7.1f} {together / alone:>9.2f}"
                f"  {'the same' if same else 'DIFFERENT'}",
                flush=True,
            )


def computed() -> float:
    """CPU seconds of this process and of those it started and saw end."""
    who = (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    return sum(used.ru_utime + used.ru_stime for used in map(resource.getrusage, who))


def run_on(engine: Engine, leads: pd.DataFrame) -> tuple[Timed, Busy]:
    """Let an engine do it; returns also what its workers did."""
    with open_workers(engine) as workers:

        def work() -> Timed:
            return run(leads, work_of(workers), pairing_of(workers))

        return watch(workers, work) if workers else (work(), Busy(0.0, 0.0))


def watch(workers: Workers, work: Callable[[], Timed]) -> tuple[Timed, Busy]:
    """Do some work; returns also what the workers did."""
    from distributed import get_task_stream  # noqa: PLC0415 - an extra

    before = workers.client.run(time.process_time)
    with get_task_stream(workers.client) as stream:
        timed = work()
    after = workers.client.run(time.process_time)
    busy: dict[str, float] = {}
    for task in stream.data:
        seconds = sum(each["stop"] - each["start"] for each in task["startstops"])
        busy[task["worker"]] = busy.get(task["worker"], 0.0) + seconds
    each = sum(after[worker] - before[worker] for worker in after) / len(after)
    return timed, Busy(max(busy.values(), default=0.0), each)


def run(leads: pd.DataFrame, work_on: WorkOn, pairing: Pairing) -> Timed:
    """Standardize and resolve."""
    started = time.perf_counter()
    records = standardize(leads, work_on=work_on).records
    between = time.perf_counter()
    resolution = resolve(records, pairing=pairing)
    return Timed(resolution, between - started, time.perf_counter() - between)


if __name__ == "__main__":
    main()
