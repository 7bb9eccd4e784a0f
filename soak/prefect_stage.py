"""A Prefect server, workers and stores on loopback, to be killed in the middle of an import."""

import json
import os
import signal
import socket
import sqlite3
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Final

from sqlalchemy import create_engine, text
from sqlalchemy.exc import DBAPIError

from crm.store import open_store
from crm.verify import verify

ROWS: Final = 60_000  # several chunks, so that there is a middle
PATIENCE: Final = 600.0


@dataclass
class Stage:
    """A folder with `leadgate.toml` and a file of leads, and a Prefect server beside it."""

    folder: Path
    store: str
    environment: dict[str, str] = field(default_factory=dict)
    server: "subprocess.Popen[bytes] | None" = None

    @property
    def api(self) -> str:
        """The server's address."""
        return self.environment["PREFECT_API_URL"]

    def start_server(self) -> None:
        """Start the server, on the port it had before, and wait for it."""
        port = self.api.split(":")[2].removesuffix("/api")
        self.server = self.start("server", "flows.prefect_server", "--port", port)
        wait_for(lambda: answers(f"{self.api}/health"), "the Prefect server")

    def start(self, name: str, *command: str) -> "subprocess.Popen[bytes]":
        """Start a Python module, its words in a log, in a session of its own."""
        with (self.folder / f"{name}.log").open("ab") as log:
            return subprocess.Popen(
                [sys.executable, "-m", *command],
                cwd=self.folder,
                env=self.environment,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )

    def start_worker(self, name: str) -> "subprocess.Popen[bytes]":
        """Start a worker of the pool."""
        pool = ("--pool", "leadgate", "--type", "process", "--name", name)
        return self.start(name, "prefect", "worker", "start", *pool)

    def run(self, *command: str) -> str:
        """Run a Python module to its end; what it printed."""
        done = subprocess.run(
            [sys.executable, "-m", *command],
            cwd=self.folder,
            env=self.environment,
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode not in {0, 1}:
            raise AssertionError(f"{command}: {done.returncode}\n{done.stdout}\n{done.stderr}")
        return done.stdout

    def runs(self) -> list[tuple[str, str, int]]:
        """All flow runs that began, the oldest first: name, state, how many times they began."""
        database = sqlite3.connect(self.folder / "prefect" / "prefect.db", timeout=30)
        try:
            return database.execute(
                "SELECT name, state_name, run_count FROM flow_run WHERE run_count > 0 "
                "ORDER BY start_time"
            ).fetchall()
        finally:
            database.close()

    def said(self) -> str:
        """What the state of the first run that failed says."""
        database = sqlite3.connect(self.folder / "prefect" / "prefect.db", timeout=30)
        try:
            found = database.execute(
                "SELECT message FROM flow_run_state WHERE type = 'FAILED' ORDER BY timestamp"
            ).fetchone()
            return str(found[0]) if found else ""
        finally:
            database.close()

    def ask_store(self, statement: str) -> list[Any]:
        """Ask the store's database; nothing where it is not there."""
        engine = create_engine(self.store.replace("postgresql://", "postgresql+psycopg://"))
        try:
            with engine.connect() as connection:
                return [tuple(row) for row in connection.execute(text(statement))]
        except DBAPIError:
            return []
        finally:
            engine.dispose()

    def is_half_loaded(self) -> bool:
        """Whether part of a batch is in the store, and not all of it."""
        begun = self.ask_store("SELECT status FROM batch")
        return any(status != "complete" for (status,) in begun) and bool(
            self.ask_store("SELECT 1 FROM source_record LIMIT 1")
        )

    def check_store(self) -> None:
        """Every row is there once, and every invariant holds."""
        ((rows,),) = self.ask_store("SELECT count(*) FROM source_record")
        if rows != ROWS:
            raise AssertionError(f"{rows} records of {ROWS} rows")
        with open_store(self.store) as store:
            if found := verify(store):
                raise AssertionError(f"violations: {found[:3]}")


def prepare(folder: Path, store: str | None = None) -> Stage:
    """Write the settings and the leads, and choose a port.

    The schedule fires once, when a slow machine too has long registered it.
    """
    first = datetime.now(tz=UTC) + timedelta(minutes=6)
    cron = f"{first.minute} {first.hour} {first.day} {first.month} *"
    url = store or f"sqlite:///{folder}/store.db"
    (folder / "prefect").mkdir()
    settings = f"""
[schedules]
silent_seconds = 120
[sources.web]
path = "web.csv"
schedule = {{ cron = "{cron}" }}
"""
    (folder / "leadgate.toml").write_text(settings, encoding="utf-8")
    lines = ("First Name,Last Name,Email", *_leads())
    (folder / "web.csv").write_text("\n".join(lines), encoding="utf-8")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    environment = {
        **os.environ,
        "LEADGATE_STORE": url,
        "PREFECT_HOME": str(folder / "prefect"),
        "PREFECT_API_URL": f"http://127.0.0.1:{port}/api",
        "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
        "PREFECT_SERVER_LOGGING_LEVEL": "ERROR",
        "DO_NOT_TRACK": "1",
    }
    return Stage(folder, url, environment)


@contextmanager
def served(stage: Stage) -> Iterator[Stage]:
    """Run the server, with the deployments of the settings, until the end."""
    stage.start_server()
    try:
        print(json.dumps({"deployed": stage.run("leadgate", "deploy").split()}), flush=True)
        yield stage
    finally:
        if stage.server is not None:
            end(stage.server)


def kill_tree(program: "subprocess.Popen[bytes]") -> None:
    """Kill a program and all it started by SIGKILL, as when a machine loses its power."""
    doomed = [program.pid, *_descendants(program.pid)]
    for number in doomed:
        os.kill(number, signal.SIGKILL)
    program.wait()


def end(program: "subprocess.Popen[bytes]") -> None:
    """Ask a program to end, and make sure."""
    left = _descendants(program.pid)
    program.terminate()
    try:
        program.wait(30)
    except subprocess.TimeoutExpired:
        program.kill()
        program.wait()
    for number in left:
        if (Path("/proc") / str(number)).exists():
            os.kill(number, signal.SIGKILL)


def wait_for(what: Callable[[], object], words: str) -> None:
    """Wait until something is so."""
    deadline = time.monotonic() + PATIENCE
    while not what():
        if time.monotonic() > deadline:
            raise AssertionError(f"{words}: not within {PATIENCE:.0f} s")
        time.sleep(0.2)


def answers(address: str) -> bool:
    """Whether an address answers."""
    try:
        with urllib.request.urlopen(address, timeout=5):  # noqa: S310 - loopback
            return True
    except OSError:
        return False


def _leads() -> Iterator[str]:
    for number in range(ROWS):
        yield f"Given{number % 977},Family{number},person{number}@family{number}.example"


def _descendants(root: int) -> list[int]:
    """All processes below one, the nearest first."""
    parents: dict[int, list[int]] = {}
    for place in Path("/proc").glob("[0-9]*/stat"):
        try:
            parent = int(place.read_text().rpartition(")")[2].split()[1])
        except OSError:
            continue
        parents.setdefault(parent, []).append(int(place.parent.name))
    found = [root]
    for number in found:
        found += parents.get(number, [])
    return found[1:]
