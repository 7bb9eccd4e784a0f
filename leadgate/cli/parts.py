"""The programs `leadgate up` is made of: started in order, watched, and ended without a trace."""

import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from leadgate.errors import ConfigurationError

GRACE: Final = 20.0  # seconds for a part to end by itself
POLL: Final = 0.25
LONGEST_LOG: Final = 10_000_000  # bytes; a longer one makes way when its part starts
CHILD_SUBREAPER: Final = 36  # PR_SET_CHILD_SUBREAPER of prctl(2)


class PartFailedError(ConfigurationError):
    """A part of `leadgate up` did not start, or ended by itself."""


def _children() -> frozenset[int]:
    """The processes whose parent we are; none are found where there is no /proc."""
    found = set()
    for folder in Path("/proc").glob("[0-9]*"):
        with suppress(OSError, IndexError):
            # After the name in parentheses: state, parent.
            if int((folder / "stat").read_text().rpartition(")")[2].split()[1]) == os.getpid():
                found.add(int(folder.name))
    return frozenset(found)


@dataclass
class Parts:
    """The programs that run, in the order they were started.

    Each leads a session of its own, so that Ctrl-C reaches this one alone.
    """

    folder: Path
    environment: Mapping[str, str]
    running: dict[str, "subprocess.Popen[bytes]"] = field(default_factory=dict)
    passing: list["subprocess.Popen[bytes]"] = field(default_factory=list)
    others: frozenset[int] = field(default_factory=_children)  # not ours to end

    def start(self, name: str, *command: str) -> None:
        """Start a Python module as a part; what it says goes into its log."""
        leash = [sys.executable, "-m", "leadgate.cli.leashed", sys.executable, "-m"]
        self._make_way(name)
        with self.log(name).open("ab") as log:
            self.running[name] = subprocess.Popen(  # noqa: S603 - ours
                [*leash, *command],
                env=dict(self.environment),
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )

    def run(self, name: str, *command: str) -> Callable[[], bool]:
        """Start a Python module that is to end; returns what tells whether it has.

        That raises a `PartFailedError` where the end was a bad one.
        """
        self.start(name, *command)
        part = self.running.pop(name)
        self.passing.append(part)

        def has_ended() -> bool:
            if part.poll():
                raise PartFailedError(
                    f"{name} did not work (exit code {part.returncode}); see {self.log(name)}."
                )
            return part.returncode == 0

        return has_ended

    def check(self) -> None:
        """Raise a `PartFailedError` where a part has ended."""
        for name, part in self.running.items():
            if part.poll() is not None:
                raise PartFailedError(
                    f"{name} ended by itself (exit code {part.returncode}); see {self.log(name)}."
                )

    def stop(self) -> None:
        """End all parts, the last first, and whatever they left behind; then make sure."""
        for part in (*self.passing, *reversed(self.running.values())):
            part.terminate()
            with suppress(subprocess.TimeoutExpired):
                part.wait(GRACE)
                continue
            part.kill()
            part.wait()
        for number in (signal.SIGTERM, signal.SIGKILL):
            _end(lambda: _children() - self.others, number)

    def log(self, name: str) -> Path:
        """The file with what a part says."""
        return self.folder / f"{name}.log"

    def _make_way(self, name: str) -> None:
        with suppress(FileNotFoundError):
            if self.log(name).stat().st_size > LONGEST_LOG:
                self.log(name).replace(self.folder / f"{name}.log.1")


def adopt_orphans() -> None:
    """Become the parent of what our parts leave behind, such as an import of the worker."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(CHILD_SUBREAPER, 1)


def _end(processes: Callable[[], frozenset[int]], number: int) -> None:
    """Send a signal to every one of the processes, and wait for them a while."""
    deadline = time.monotonic() + GRACE
    told: frozenset[int] = frozenset()
    while (left := processes()) and time.monotonic() < deadline:
        for child in left:
            with suppress(ProcessLookupError, ChildProcessError):
                if child not in told:
                    os.kill(child, number)
                os.waitpid(child, os.WNOHANG)
        told |= left
        time.sleep(POLL)
