"""Wall time and peak memory of one command, run in processes of its own.

The command is started by this file, run as a small script: Linux counts the memory of whoever
starts a process into its peak, so a benchmark that holds a million rows must not start it itself.
"""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

LOG: Final = "stderr.txt"


@dataclass(frozen=True)
class Measured:
    """Wall time, time of all cores, peak memory in MB (10⁶ bytes) and how the command ended."""

    seconds: float
    cpu_seconds: float  # steadier than wall time where the machine has other things to do
    megabytes: float
    exit_code: int
    stopped: bool  # it ran longer than it was allowed to


def measure(
    command: Sequence[str],
    folder: Path,
    *,
    limit: int = 0,
    environment: Mapping[str, str] | None = None,
) -> Measured:
    """Run a command in a folder, at most `limit` seconds (0: as long as it takes).

    What it prints is dropped, what it says on stderr goes to `stderr.txt` in the folder.
    """
    launcher = [sys.executable, "-S", __file__, str(limit), *command]
    ran = subprocess.run(
        launcher,
        cwd=folder,
        env={**os.environ, **(environment or {})},
        stdout=subprocess.PIPE,
        check=True,
    )
    return Measured(**json.loads(ran.stdout))


def _launch(limit: int, command: Sequence[str]) -> dict[str, float | bool]:
    started, stopped = time.perf_counter(), False
    with Path(LOG).open("wb") as log:
        process = subprocess.Popen(
            command, stdout=subprocess.DEVNULL, stderr=log, start_new_session=True
        )

    _offer_to_the_kernel(process.pid)

    def stop(*_: object) -> None:
        nonlocal stopped
        stopped = True
        os.killpg(process.pid, signal.SIGKILL)

    for ending in (signal.SIGALRM, signal.SIGINT, signal.SIGTERM):
        signal.signal(ending, stop)
    signal.alarm(limit)
    _, status, usage = os.wait4(process.pid, 0)
    signal.alarm(0)
    return {
        "seconds": time.perf_counter() - started,
        "cpu_seconds": usage.ru_utime + usage.ru_stime,
        "megabytes": usage.ru_maxrss / (1e6 if sys.platform == "darwin" else 1e6 / 1024),
        "exit_code": os.waitstatus_to_exitcode(status),
        "stopped": stopped,
    }


def _offer_to_the_kernel(process: int) -> None:
    """Where memory runs out, this process goes first and not somebody else's (Linux)."""
    score = Path(f"/proc/{process}/oom_score_adj")
    if score.exists():
        score.write_text("1000")


if __name__ == "__main__":
    json.dump(_launch(int(sys.argv[1]), sys.argv[2:]), sys.stdout)
