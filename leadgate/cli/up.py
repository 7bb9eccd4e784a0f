"""`leadgate up`: Prefect, a worker, the desk and the receiver on one machine, and their end."""

import fcntl
import os
import signal
import socket
import sys
import threading
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from leadgate.cli.deploying import find_config
from leadgate.cli.parts import POLL, PartFailedError, Parts, adopt_orphans
from leadgate.errors import InvalidValueError
from leadgate.settings import Settings, load_settings

PATIENCE: Final = 180.0  # seconds for a part to be ready


class StoppedError(Exception):
    """A signal came before everything was ready."""


@dataclass(frozen=True)
class UpOptions:
    """What the options of `leadgate up` say."""

    host: str
    port: int
    prefect_port: int
    folder: Path


@dataclass(frozen=True)
class Places:
    """Where everything is: the settings, the folder, the addresses."""

    config: Path
    folder: Path
    host: str
    port: int
    prefect_port: int

    @property
    def desk(self) -> str:
        """The address of the desk."""
        return f"http://{_reachable(self.host)}:{self.port}"

    @property
    def prefect(self) -> str:
        """The address of Prefect's pages."""
        return f"http://{_reachable(self.host)}:{self.prefect_port}"


def run_up(config: Path | None, options: UpOptions) -> int:
    """Start everything, say where it is, and stop it at a signal."""
    settings = load_settings(config)
    named = find_config(config).resolve()
    folder = options.folder.resolve()
    with _alone_in(folder):
        port = _free_port(options.host, options.port, "--port")
        prefect_port = _free_port(options.host, options.prefect_port, "--prefect-port")
        places = Places(named, folder, options.host, port, prefect_port)
        adopt_orphans()
        parts = Parts(folder, _environment(places, settings))
        with _stopped_by_signals() as stop:
            try:
                with suppress(StoppedError):
                    _start(parts, places, settings, stop)
                    _say(places)
                while not stop.wait(POLL):
                    parts.check()
            finally:
                parts.stop()
    print("leadgate: everything is stopped.", file=sys.stderr)
    return 0


def _start(parts: Parts, places: Places, settings: Settings, stop: threading.Event) -> None:
    """Start the parts, each once what it needs answers."""
    (places.folder / "prefect").mkdir(exist_ok=True, mode=0o700)
    ours = ("leadgate", "--config", str(places.config))
    where = ("--host", places.host, "--port")
    parts.start("prefect", "flows.prefect_server", *where, str(places.prefect_port))
    _wait_for(lambda: _answers(f"{places.prefect}/api/health"), "prefect", parts, stop)
    project = str(places.folder / "prefect.yaml")
    _wait_for(parts.run("deploy", *ours, "deploy", "--file", project), "deploy", parts, stop)
    worker = ("worker", "start", "--pool", settings.schedules.pool, "--type", "process")
    parts.start("worker", "prefect", *worker, "--install-policy", "never")
    parts.start("desk", *ours, "serve", *where, str(places.port))
    _wait_for(lambda: _answers(f"{places.desk}/sign-in"), "desk", parts, stop)


def _say(places: Places) -> None:
    print(f"The desk, and the receiver at /in/SOURCE   {places.desk}")
    print(f"Prefect: runs, schedules, forms            {places.prefect}")
    print(f"Logs                                       {places.folder}", flush=True)
    print("leadgate: ready; Ctrl-C stops everything.", file=sys.stderr, flush=True)


def _environment(places: Places, settings: Settings) -> dict[str, str]:
    """What all parts are told; Prefect's own database is under the folder."""
    # So that what a run leaves in Prefect's pages links to the desk.
    named = settings.desk.public_url is not None or ":" in places.host
    desk = {} if named else {"LEADGATE_DESK__PUBLIC_URL": places.desk}
    own = {
        "PREFECT_HOME": str(places.folder / "prefect"),
        "PREFECT_API_URL": f"{places.prefect}/api",
        "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
        "DO_NOT_TRACK": "1",
        "PYTHONUNBUFFERED": "1",
        # What a run holds is remembered when the server starts again.
        "PREFECT_SERVER_CONCURRENCY_LEASE_STORAGE": (
            "prefect.server.concurrency.lease_storage.filesystem"
        ),
    }
    return {**os.environ, **own, **desk}


@contextmanager
def _alone_in(folder: Path) -> Iterator[None]:
    """Hold the folder as long as this lasts; two servers with one database would both fail."""
    made = not folder.exists()
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    held = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
        yield
    except BlockingIOError:
        raise InvalidValueError(
            f"leadgate up runs already in {folder}; end it first, or give this one a --folder, "
            "--port and --prefect-port of its own."
        ) from None
    finally:
        os.close(held)
        if made:  # where nothing was started, nothing is left
            with suppress(OSError):
                folder.rmdir()


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


def _wait_for(ready: Callable[[], bool], name: str, parts: Parts, stop: threading.Event) -> None:
    """Wait until a part is ready; a `StoppedError` where a signal comes first."""
    deadline = time.monotonic() + PATIENCE
    while not ready():
        parts.check()
        if time.monotonic() > deadline:
            raise PartFailedError(
                f"{name} was not ready in {PATIENCE:.0f} s; see {parts.log(name)}."
            )
        if stop.wait(POLL):
            raise StoppedError


def _answers(address: str) -> bool:
    try:
        with urllib.request.urlopen(address, timeout=5):  # noqa: S310 - our own
            return True
    except OSError:
        return False


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
