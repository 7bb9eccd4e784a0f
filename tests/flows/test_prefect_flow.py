"""The main path as a Prefect flow, on a real server: runs, tasks, artifacts, and no one's data."""

import json
import os
import socket
import sqlite3
import subprocess
import sys
import threading
import time
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass, replace
from http.server import BaseHTTPRequestHandler, HTTPServer
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
    upkeep = {f"{what}-store" for what in ("retain", "verify", "notify", "rescore")}
    assert set(deployed) == {"web", "survey", "inbox", "decision", *upkeep}
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


WATCHED = """
[notifications]
on = ["finished", "failed", "held", "review"]
[tracing]
endpoint = "{address}"
[sources.share]
files = {{ at = "drop", settle = 0 }}
[sources.survey.poll]
provider = "json"
url = "{address}/answers"
items = "leads"
id = "id"
allow_loopback = true
allow = ["{host}"]
[sources.form.webhook]
provider = "webhook"
"""
RUNS = """
from pathlib import Path
from crm.inbox import Letter, put_letters
from crm.store import open_store
from flows.prefect_sources import drain_inbox, fetch, poll
from leadgate.settings import load_settings

config = Path("leadgate.toml")
with open_store(load_settings(config).store) as store:
    put_letters(store, [Letter("form", "1", {"Email": "ana@almeida.example", "Name": "Ana A"})])
for run in (lambda: fetch("share", config), lambda: drain_inbox(("form",), config),
            lambda: poll("survey", config)):
    try:
        run()
    except Exception as error:
        print(type(error).__name__)
"""


@pytest.fixture
def listener() -> Iterator[tuple[str, list[tuple[str, bytes]]]]:
    """A server that takes notices and spans, and refuses whoever asks it for answers."""
    taken = []

    class Taker(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            taken.append((self.path, self.rfile.read(int(self.headers["content-length"]))))
            self.send_response(200)
            self.end_headers()

        def do_GET(self) -> None:
            self.send_response(403)
            self.end_headers()

        def log_message(self, *_: object) -> None:
            pass

    with HTTPServer(("127.0.0.1", 0), Taker) as server:
        threading.Thread(target=server.serve_forever).start()
        yield f"http://127.0.0.1:{server.server_port}", taken
        server.shutdown()


def test_whoever_fetches_polls_or_drains_is_told_of_and_traced(
    server: Server, listener: tuple[str, list[tuple[str, bytes]]], tmp_path: Path
) -> None:
    address, taken = listener
    (tmp_path / "leadgate.toml").write_text(
        WATCHED.format(address=address, host=address[7:]), encoding="utf-8"
    )
    (tmp_path / "drop").mkdir()
    (tmp_path / "drop" / "a.csv").write_text(LEADS, encoding="utf-8")
    (tmp_path / "drop" / "b.xlsx").write_bytes(b"PK\x03\x04 no workbook")
    (tmp_path / "runs.py").write_text(RUNS, encoding="utf-8")
    told = {**server.environment, "LEADGATE_NOTIFY": address.replace("http", "json") + "/told"}
    run = replace(server, environment=told).run("runs", cwd=tmp_path)
    assert run.stdout == "RemoteDeniedError\n", run.stderr
    messages = [json.loads(body) for path, body in taken if path == "/told"]
    share, form, survey = (f"{each['title']} {each['message']}" for each in messages)
    assert "share: import finished: b1: 2 rows, 1 created, 1 quarantined" in share
    assert "share: import failed: not imported: file." in share
    assert "form: import finished b2: 1 rows, 1 created" in form
    assert "survey: import failed RemoteDeniedError" in survey
    spans = b"".join(body for path, body in taken if path == "/v1/traces")
    for name in (b"fetch_what_is_new", b"drain_letters", b"ask_for_rows", b"map_columns", b"load"):
        assert name in spans
    assert [canary for canary in CANARIES if canary in str(taken)] == []


def test_a_run_that_must_not_begin_is_told_of_and_leaves_the_store_alone(
    server: Server, listener: tuple[str, list[tuple[str, bytes]]], tmp_path: Path
) -> None:
    address, taken = listener
    (tmp_path / "leadgate.toml").write_text(
        WATCHED.format(address=address, host=address[7:]), encoding="utf-8"
    )
    more = {
        "LEADGATE_NOTIFY": address.replace("http", "json") + "/told",
        "PREFECT__RUNTIME__DEPLOYMENT__VERSION": "0.0.9+0001",
    }
    (tmp_path / "runs.py").write_text(
        "from flows.prefect_sources import fetch\nfetch('share', 'leadgate.toml')", encoding="utf-8"
    )
    asked = replace(server, environment={**server.environment, **more})
    run = asked.run("runs", cwd=tmp_path)
    assert "OtherVersionError" in run.stderr
    assert [json.loads(body)["title"] for _, body in taken] == ["Leadgate: share: import failed"]
    assert not (tmp_path / "leadgate.db").exists()
