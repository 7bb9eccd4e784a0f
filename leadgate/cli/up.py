"""`leadgate up`: Prefect, a worker, the desk and the receiver on one machine, and their end."""

import ctypes
import os
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.request
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from leadgate.cli.deploying import find_config
from leadgate.errors import ConfigurationError, InvalidValueError
from leadgate.settings import load_settings

PATIENCE: Final = 180.0  # seconds for a part to be ready
GRACE: Final = 20.0  # seconds for a part to end by itself
POLL: Final = 0.25
CHILD_SUBREAPER: Final = 36  # PR_SET_CHILD_SUBREAPER of prctl(2)


class PartFailedError(ConfigurationError):
    """A part of `leadgate up` did not start, or ended by itself."""


@dataclass(frozen=True)
class UpOptions:
    """What the options of `leadgate up` say."""

    host: str
    port: int
    prefect_port: int
    folder: Path


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
    others: frozenset[int] = field(default_factory=_children)  # not ours to end

    def start(self, name: str, *command: str) -> None:
        """Start a Python module as a part; what it says goes into its log."""
        leash = [sys.executable, "-m", "leadgate.cli.leashed", sys.executable, "-m"]
        with self.log(name).open("ab") as log:
            self.running[name] = subprocess.Popen(  # noqa: S603 - ours
                [*leash, *command],
                env=dict(self.environment),
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )

    def run(self, name: str, *command: str) -> None:
        """Run a Python module to its end; a `PartFailedError` where that is a bad one."""
        with self.log(name).open("ab") as log:
            code = subprocess.run(  # noqa: S603 - ours
                [sys.executable, "-m", *command],
                env=dict(self.environment),
                stdout=log,
                stderr=log,
                check=False,
            ).returncode
        if code != 0:
            raise PartFailedError(f"{name} did not work (exit code {code}); see {self.log(name)}.")

    def check(self) -> None:
        """Raise a `PartFailedError` where a part has ended."""
        for name, part in self.running.items():
            if part.poll() is not None:
                raise PartFailedError(
                    f"{name} ended by itself (exit code {part.returncode}); see {self.log(name)}."
                )

    def stop(self) -> None:
        """End all parts, the last first, and whatever they left behind; then make sure."""
        for part in reversed(self.running.values()):
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


def run_up(config: Path | None, options: UpOptions) -> int:
    """Start everything, say where it is, and stop it at a signal."""
    settings = load_settings(config)
    named = find_config(config).resolve()
    port = _free_port(options.host, options.port, "--port")
    prefect = _free_port(options.host, options.prefect_port, "--prefect-port")
    folder = options.folder.resolve()
    (folder / "prefect").mkdir(parents=True, exist_ok=True, mode=0o700)
    api = f"http://{_reachable(options.host)}:{prefect}"
    desk = f"http://{_reachable(options.host)}:{port}"
    _adopt_orphans()
    parts = Parts(folder, _environment(folder, f"{api}/api"))
    with _stopped_by_signals() as stop:
        try:
            where = ("--host", options.host, "--port")
            parts.start("prefect", "flows.prefect_server", *where, str(prefect))
            _wait_for(f"{api}/api/health", parts, stop)
            ours = ("leadgate", "--config", str(named))
            project = folder / "prefect.yaml"
            parts.run("deploy", *ours, "deploy", "--file", str(project))
            pool = settings.schedules.pool
            worker = ("worker", "start", "--pool", pool, "--type", "process")
            parts.start("worker", "prefect", *worker, "--install-policy", "never")
            parts.start("desk", *ours, "serve", *where, str(port))
            _wait_for(f"{desk}/sign-in", parts, stop)
            if not stop.is_set():
                _say(desk, api, folder)
            while not stop.wait(POLL):
                parts.check()
        finally:
            parts.stop()
    print("leadgate: everything is stopped.", file=sys.stderr)
    return 0


def _say(desk: str, api: str, folder: Path) -> None:
    print(f"The desk, and the receiver at /in/SOURCE   {desk}")
    print(f"Prefect: runs, schedules, forms            {api}")
    print(f"Logs                                       {folder}", flush=True)
    print("leadgate: ready; Ctrl-C stops everything.", file=sys.stderr, flush=True)


def _environment(folder: Path, api: str) -> dict[str, str]:
    """What all parts are told; Prefect's own database is under `folder`."""
    own = {
        "PREFECT_HOME": str(folder / "prefect"),
        "PREFECT_API_URL": api,
        "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
        "DO_NOT_TRACK": "1",
        "PYTHONUNBUFFERED": "1",
        # What a run holds is remembered when the server starts again.
        "PREFECT_SERVER_CONCURRENCY_LEASE_STORAGE": (
            "prefect.server.concurrency.lease_storage.filesystem"
        ),
    }
    return {**os.environ, **own}


def _free_port(host: str, port: int, option: str) -> int:
    """The port, or any that is free for 0; a named error where it is taken."""
    try:
        with socket.create_server((host, port)) as free:
            return int(free.getsockname()[1])
    except (OSError, OverflowError) as error:
        why = getattr(error, "strerror", None) or "no such port"
        raise InvalidValueError(
            f"{option} {port} cannot be listened on ({why}); name another, or 0 for any."
        ) from None


def _reachable(host: str) -> str:
    return "127.0.0.1" if host in {"0.0.0.0", "::"} else host  # noqa: S104 - only compared


def _wait_for(address: str, parts: Parts, stop: threading.Event) -> None:
    """Wait until an address answers."""
    deadline = time.monotonic() + PATIENCE
    while not stop.is_set():
        parts.check()
        try:
            with urllib.request.urlopen(address, timeout=5):  # noqa: S310 - our own
                return
        except OSError:
            if time.monotonic() > deadline:
                raise PartFailedError(
                    f"{address} did not answer in {PATIENCE:.0f} s; see {parts.folder}."
                ) from None
        stop.wait(POLL)


@contextmanager
def _stopped_by_signals() -> Iterator[threading.Event]:
    """An event that is set by Ctrl-C, SIGTERM or the end of the terminal."""
    stop = threading.Event()
    asked = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
    before = {number: signal.signal(number, lambda *_: stop.set()) for number in asked}
    try:
        yield stop
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _adopt_orphans() -> None:
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
