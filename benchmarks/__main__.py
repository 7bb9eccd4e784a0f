"""`make bench`: prints every figure that the README or the docs claim.

Each command runs alone in a process of its own; time is wall time, memory the peak of the
process, both on this machine while it did nothing else.
"""

import argparse
import os
import resource
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from benchmarks.lead_generator import generate

ROWS: Final = (1_000, 100_000)


@dataclass(frozen=True)
class Measured:
    """Wall time in seconds and peak memory in MB of one command."""

    seconds: float
    megabytes: float


def main() -> None:
    """Measure the commands people wait for, on generated leads."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--rows", type=int, default=ROWS[-1], help="rows of the large file")
    rows = parser.parse_args().rows
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder)
        for count in (ROWS[0], rows):
            generate(count, seed=7)[0].to_csv(work / f"{count}.csv", index=False)
        print(f"{os.cpu_count()} cores, Python {sys.version.split()[0]}")
        print(f"{'command':<44} {'seconds':>8} {'MB':>8}")
        for command in (
            ["--help"],
            ["check", f"{ROWS[0]}.csv"],
            ["check", f"{rows}.csv"],
            ["dedupe", f"{rows}.csv", "-o", "clusters.csv"],
            ["import", f"{rows}.csv", "--json"],
            ["import", f"{rows}.csv", "--json"],
            ["verify"],
        ):
            spent = measure(command, work)
            name = " ".join(["leadgate", *command])
            print(f"{name:<44} {spent.seconds:>8.2f} {spent.megabytes:>8.0f}")


def measure(command: list[str], folder: Path) -> Measured:
    """Run `leadgate` with these arguments in a folder and measure it."""
    started = time.perf_counter()
    process = subprocess.Popen(
        [sys.executable, "-m", "leadgate", *command],
        cwd=folder,
        env={**os.environ, "PREFECT_API_URL": ""},
        stdout=subprocess.DEVNULL,
    )
    _, status, usage = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - started
    if os.waitstatus_to_exitcode(status) > 1:
        raise SystemExit(f"leadgate {' '.join(command)} failed; nothing was measured.")
    return Measured(seconds, _megabytes(usage))


def _megabytes(usage: resource.struct_rusage) -> float:
    return usage.ru_maxrss / (1e6 if sys.platform == "darwin" else 1e3)


if __name__ == "__main__":
    main()
