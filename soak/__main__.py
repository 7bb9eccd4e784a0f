"""`make soak`: every long run, one after the other; the first that finds something stops it."""

import subprocess
import sys
from typing import Final

RUNS: Final = (
    "soak.receiver_kills",
    "soak.store_kills",
    "soak.store_cuts",
    "soak.store_full",
    "soak.store_crowds",
    "soak.taking_back",
    "soak.unmerged_again",
    "soak.hostile_files",
    "soak.parsers",
    "soak.api_fuzz",
    "soak.prefect_crashes",
    "soak.up",
    "soak.week",
)


def main() -> None:
    """Run them all."""
    for run in RUNS:
        subprocess.run([sys.executable, "-m", run], check=True)


if __name__ == "__main__":
    main()
