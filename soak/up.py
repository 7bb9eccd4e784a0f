"""`leadgate up` started, used, and ended in every way while an import runs: nothing may be left.

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

ENDS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP, signal.SIGKILL)
SETTINGS = """
[sources.web]
path = "web.csv"
schedule = { cron = "* * * * *" }

[sources.slow]
path = "slow.csv"
schedule = { cron = "* * * * *" }
"""


def main() -> None:
    """Start it once for each way to end it."""
    with TemporaryDirectory(prefix="leadgate-") as place:
        folder = Path(place)
        (folder / "leadgate.toml").write_text(SETTINGS)
        (folder / "web.csv").write_text("First name,Last name,Email\nAda,Byron,a@b.example\n")
        os.mkfifo(folder / "slow.csv")  # nobody ever writes to it: its import is always running
        for way in ENDS:
            started = time.monotonic()
            _start_and_end(folder, way)
            print(f"{way.name}: nothing is left, {time.monotonic() - started:.0f} s", flush=True)


def _start_and_end(folder: Path, way: signal.Signals) -> None:
    log = folder / "leadgate-up" / "worker.log"
    log.unlink(missing_ok=True)
    program = _start(folder)
    if program.stdout is None:
        raise AssertionError("there is a pipe")
    said = [program.stdout.readline() for _ in range(3)]
    desk, prefect = (line.split()[-1] for line in said[:2])
    wait_for(lambda: answers(f"{desk}/sign-in"), "the desk")
    wait_for(lambda: answers(f"{prefect}/api/health"), "Prefect")
    second = _start(folder)
    if second.wait(60) != 2:
        raise AssertionError("a second one in the same folder was started")
    wait_for(lambda: "'import-web' - Finished in state Comp" in log.read_text(), "a schedule")
    wait_for(lambda: "Beginning flow run 'import-slow'" in log.read_text(), "a running import")
    if len(_programs_of(folder)) < 4:
        raise AssertionError("nobody found what was started")
    program.send_signal(way)
    code = program.wait(120)
    if way != signal.SIGKILL and code != 0:
        raise AssertionError(f"{way.name}: exit code {code}")
    wait_for(lambda: not _programs_of(folder), f"{way.name}: the end of all programs")


def _start(folder: Path) -> "subprocess.Popen[str]":
    command = ["leadgate", "up", "--port", "0", "--prefect-port", "0"]
    environment = os.environ | {"PREFECT_API_URL": "", "PREFECT_HOME": ""}
    return subprocess.Popen(
        [sys.executable, "-m", *command],
        cwd=folder,
        env=environment,
        stdout=subprocess.PIPE,
        text=True,
    )


def _programs_of(folder: Path) -> list[str]:
    """The command lines of programs that were told of this folder by `leadgate up`."""
    mark = f"PREFECT_HOME={folder.resolve() / 'leadgate-up' / 'prefect'}".encode()
    found = []
    for place in Path("/proc").glob("[0-9]*"):
        try:
            if mark in (place / "environ").read_bytes().split(b"\0"):
                found.append((place / "cmdline").read_text().replace("\0", " "))
        except OSError:
            continue
    return found


if __name__ == "__main__":
    main()
