"""How the time and memory of each step grow with the number of rows.

    python -m benchmarks.scaling 1000000 3000000

From mapped leads to clusters on this machine. Each size is a process of its own; "GB" is the most
memory it had held by the end of the step, and holds the generated leads as well.
"""

import argparse
import resource
import subprocess
import sys
import time
from collections.abc import Callable

from benchmarks.lead_generator import generate
from dedupe.resolution import resolve
from validators.mapping import apply_mapping, map_columns
from validators.standardize.frame import standardize


def main() -> None:
    """Print a line for each step of each size."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.scaling", description=__doc__)
    parser.add_argument("rows", type=int, nargs="+")
    sizes = parser.parse_args().rows
    if len(sizes) == 1:
        run(sizes[0])
        return
    for rows in sizes:
        subprocess.run([sys.executable, "-m", "benchmarks.scaling", str(rows)], check=True)


def run(rows: int) -> None:
    """One size."""
    table, _people = generate(rows, seed=17)
    leads, _unmapped = apply_mapping(table, map_columns(table, {}))
    del table
    tell = _teller(rows)
    tell("standardize")
    records = standardize(leads).records
    del leads
    resolution = resolve(records, progress=tell)
    tell("done")
    print(f"{rows:>12,} {resolution.clusters.nunique():,} people, {len(resolution.pairs):,} pairs")


def _teller(rows: int) -> Callable[[str], None]:
    """Something to be told that a step begins; it prints how long the one before took."""
    running: list[tuple[str, float]] = []

    def tell(step: str) -> None:
        now = time.perf_counter()
        for before, started in running:
            peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6
            print(f"{rows:>12,} {before:<12} {now - started:>8.1f} s {peak:>6.1f} GB", flush=True)
        running[:] = [(step, now)]

    return tell


if __name__ == "__main__":
    main()
