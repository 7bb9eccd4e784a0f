"""`make bench`: prints every figure that the README or the docs claim.

Each command runs alone in a process of its own; time is wall time, memory the peak of the
process, both on this machine while it did nothing else.
"""

import argparse
import os
import sys
import tempfile
from pathlib import Path
from typing import Final

from benchmarks import checking
from benchmarks.lead_generator import generate
from benchmarks.stopwatch import LOG, measure

ROWS: Final = (1_000, 100_000)


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
            spent = measure(
                [sys.executable, "-m", "leadgate", *command],
                work,
                environment={"PREFECT_API_URL": ""},
            )
            name = " ".join(["leadgate", *command])
            if spent.exit_code not in (0, 1):  # 1: some rows are bad
                sys.stderr.write((work / LOG).read_text(errors="replace"))
                raise SystemExit(f"{name} failed; nothing was measured.")
            print(f"{name:<44} {spent.seconds:>8.2f} {spent.megabytes:>8.0f}")
        checking.report(checking.ROWS, work)


if __name__ == "__main__":
    main()
