"""`leadgate up` started, used, and ended in every way: nothing of it may be left.

python -m soak.up
"""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory

from soak.prefect_stage import answers, wait_for

ENDS = (signal.SIGINT, signal.SIGTERM, signal.SIGKILL)


def main() -> None:
    """Start it once for each way to end it."""
    with TemporaryDirectory(prefix="leadgate-") as place:
        folder = Path(place)
        (folder / "leadgate.toml").write_text('[sources.web]\npath = "web.csv"\n')
        for way in ENDS:
            started = time.monotonic()
            _start_and_end(folder, way)
            print(f"{way.name}: nothing is left, {time.monotonic() - started:.0f} s", flush=True)


def _start_and_end(folder: Path, way: signal.Signals) -> None:
    command = ["leadgate", "up", "--port", "0", "--prefect-port", "0"]
    environment = os.environ | {"PREFECT_API_URL": "", "PREFECT_HOME": ""}
    program = subprocess.Popen(
        [sys.executable, "-m", *command],
        cwd=folder,
        env=environment,
        stdout=subprocess.PIPE,
        text=True,
    )
    if program.stdout is None:
        raise AssertionError("there is a pipe")
    said = [program.stdout.readline() for _ in range(3)]
    desk, prefect = (line.split()[-1] for line in said[:2])
    wait_for(lambda: answers(f"{desk}/sign-in"), "the desk")
    wait_for(lambda: answers(f"{prefect}/api/health"), "Prefect")
    if not _programs_of(folder):
        raise AssertionError("nobody found what was started")
    program.send_signal(way)
    code = program.wait(120)
    if way != signal.SIGKILL and code != 0:
        raise AssertionError(f"{way.name}: exit code {code}")
    wait_for(lambda: not _programs_of(folder), f"{way.name}: the end of all programs")


def _programs_of(folder: Path) -> list[str]:
    """The command lines of programs that were told of the folder or work in it."""
    found = []
    for place in Path("/proc").glob("[0-9]*"):
        try:
            here = (place / "cwd").readlink() == folder
            line = (place / "cmdline").read_text().replace("\0", " ")
        except OSError:
            continue
        if here and "soak.up" not in line:
            found.append(line)
    return found


if __name__ == "__main__":
    main()
