"""The main path as a Prefect flow, on a real server: runs, tasks, artifacts, and no one's data."""

import json
import os
import socket
import sqlite3
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

CANARIES = ("Zebulonia", "Quackenbush", "zebulonia@quackenbush.example", "+12025550147")
PROJECT = """
[schedules]
timezone = "Europe/Berlin"
[sources.web]
path = "web.csv"
schedule = { cron = "30 2 * * *" }
[sources.survey.poll]
provider = "typeform"
form = "abc"
"""
LEADS = f"First Name,Last Name,Email,Phone\n{','.join(CANARIES)}\nAna,Almeida,broken@,\n"


@dataclass(frozen=True)
class Server:
    """A Prefect server on loopback, its home and the environment of its clients."""

    home: Path
    environment: dict[str, str]

    def run(self, *command: str, cwd: Path) -> subprocess.CompletedProcess[str]:
        """Run a Python module as a client of this server."""
        return subprocess.run(
            [sys.executable, "-m", *command],
            cwd=cwd,
            env=self.environment,
            capture_output=True,
            text=True,
            check=False,
            timeout=180,
        )

    def query(self, statement: str) -> list[tuple[object, ...]]:
        """Ask the server's database."""
        database = sqlite3.connect(self.home / "prefect.db")
        try:
            return database.execute(statement).fetchall()
        finally:
            database.close()


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """Start one real server for all tests of this module."""
    home = tmp_path_factory.mktemp("prefect")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    url = f"http://127.0.0.1:{port}/api"
    environment = {
        **os.environ,
        "PREFECT_HOME": str(home),
        "PREFECT_API_URL": url,
        "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
        "PREFECT_SERVER_LOGGING_LEVEL": "CRITICAL",
        "DO_NOT_TRACK": "1",
    }
    command = [sys.executable, "-m", "prefect", "server", "start", "--no-ui"]
    with (home / "server.log").open("w") as log:
        process = subprocess.Popen(
            [*command, "--host", "127.0.0.1", "--port", str(port)],
            env={**environment, "PREFECT_API_URL": ""},
            stdout=log,
            stderr=log,
            cwd=home,
        )
    try:
        _wait_until_healthy(url, process)
        yield Server(home, environment)
    finally:
        process.terminate()
        process.wait(timeout=30)


def _wait_until_healthy(url: str, process: subprocess.Popen[bytes]) -> None:
    for _ in range(240):
        assert process.poll() is None, "the Prefect server ended"
        try:
            with urllib.request.urlopen(f"{url}/health", timeout=5):  # noqa: S310 - loopback
                return
        except OSError:
            time.sleep(0.5)
    pytest.fail("the Prefect server did not become healthy in two minutes")


@pytest.fixture(scope="module")
def imported(server: Server, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Import a file while an API is configured: it runs as a flow by itself."""
    folder = tmp_path_factory.mktemp("work")
    (folder / "leads.csv").write_text(LEADS, encoding="utf-8")
    run = server.run("leadgate", "import", "leads.csv", "--json", cwd=folder)
    assert run.returncode == 1, run.stderr
    summary = json.loads(run.stdout)
    assert (summary["created"], summary["quarantined"]) == (1, 1)
    return folder


def test_an_import_runs_as_a_flow_where_an_api_is_configured(
    server: Server, imported: Path
) -> None:
    assert (imported / "leadgate.db").exists()
    assert server.query("SELECT name, state_type FROM flow_run") == [("import-leads", "COMPLETED")]


def test_every_step_is_a_task(server: Server, imported: Path) -> None:
    assert imported
    deadline = time.monotonic() + 60  # task runs are recorded a moment later
    steps = {"extract", "map columns", "standardize", "validate", "quarantine", "skip seen"}
    steps |= {"look up", "match", "merge", "load", "report"}
    found: set[str] = set()
    while time.monotonic() < deadline and not steps <= found:
        names = server.query("SELECT name FROM task_run WHERE state_type = 'COMPLETED'")
        found = {str(name).rpartition("-")[0] for (name,) in names}
        time.sleep(0.5)
    assert steps <= found


def test_a_run_leaves_its_summary_as_artifacts(server: Server, imported: Path) -> None:
    assert imported
    found = {kind for (kind,) in server.query("SELECT type FROM artifact")}
    assert {"table", "markdown", "progress"} <= found


def test_nobodys_data_reaches_prefect(server: Server, imported: Path) -> None:
    assert imported
    for file in server.home.rglob("*"):
        content = file.read_bytes() if file.is_file() else b""
        assert [canary for canary in CANARIES if canary.encode() in content] == [], file


def test_what_is_loaded_is_told_with_where_it_came_from(server: Server, imported: Path) -> None:
    assert imported
    found: list[tuple[object, ...]] = []
    deadline = time.monotonic() + 60  # events are recorded a moment later
    while time.monotonic() < deadline and not found:
        found = server.query("SELECT resource FROM events WHERE event LIKE 'prefect.asset.mat%'")
        time.sleep(0.5)
    assert "leadgate://store/contacts" in str(found)
    assert server.query("SELECT 1 FROM events WHERE event = 'prefect.asset.referenced'")


def test_a_server_that_is_not_there_is_told_of_before_anything_is_done(tmp_path: Path) -> None:
    (tmp_path / "leads.csv").write_text(LEADS, encoding="utf-8")
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        away = {**os.environ, "PREFECT_API_URL": f"http://127.0.0.1:{taken.getsockname()[1]}/api"}
        run = Server(tmp_path, away).run("leadgate", "import", "leads.csv", cwd=tmp_path)
    assert run.returncode == 2
    assert "does not answer" in run.stderr
    assert not (tmp_path / "leadgate.db").exists()


def test_deployments_come_from_the_settings(server: Server, tmp_path: Path) -> None:
    (tmp_path / "leadgate.toml").write_text(PROJECT, encoding="utf-8")
    run = server.run("leadgate", "deploy", cwd=tmp_path)
    assert run.returncode == 0, run.stdout + run.stderr
    assert "import-leads/web" in run.stdout
    assert "02:30 does not exist on" in run.stderr
    deployed = dict(server.query("SELECT name, parameters FROM deployment"))
    assert set(deployed) == {"web", "survey", "inbox", "store", "decision"}
    assert json.loads(str(deployed["web"])) == {"source": "web", "config": "leadgate.toml"}
    ((schedule,),) = server.query(
        "SELECT schedule FROM deployment_schedule JOIN deployment d ON d.id = deployment_id "
        "WHERE d.name = 'web'"
    )
    assert json.loads(str(schedule))["timezone"] == "Europe/Berlin"
    strategies = server.query("SELECT DISTINCT concurrency_options FROM deployment")
    assert [json.loads(str(each))["collision_strategy"] for (each,) in strategies] == ["ENQUEUE"]
    assert len(server.query("SELECT name FROM automation")) == 2
    schemas = server.query(
        "SELECT parameter_openapi_schema FROM deployment WHERE name = 'decision'"
    )
    assert "Release loads the file" in str(schemas)
