"""Who watches sees counts, and never a person."""

import json
import os
import re
import subprocess
import sys
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import httpx
import pytest
from anyio.from_thread import start_blocking_portal
from prometheus_client import generate_latest
from prometheus_client.parser import text_string_to_metric_families
from sqlalchemy import update
from typer.testing import CliRunner

from crm import models
from crm.desk_models import outgoing_delivery
from crm.opening import writing
from crm.store import open_store
from leadgate.cli import app
from steward.metrics import Metrics, make_registry, part_of

ROOT = Path(__file__).parents[2]
CANARY = "zzcanary"
LEADS = f"First name,Last name,Email\nAnn,{CANARY},ann@{CANARY}.example\n,,{CANARY} at nowhere\n"


def call(folder, *arguments, **environment):
    """Run the real command in a process of its own."""
    done = subprocess.run(
        [sys.executable, "-m", "leadgate", *arguments],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(ROOT), **environment},
        capture_output=True,
        text=True,
        check=False,
    )
    return done.returncode, done.stdout, done.stderr


@pytest.fixture(scope="module")
def imported(tmp_path_factory):
    """A folder with a store, and the log of the import that made it, as JSON lines."""
    folder = tmp_path_factory.mktemp("watched")
    (folder / "leads.csv").write_text(LEADS, encoding="utf-8")
    code, _, log = call(folder, "--log", "json", "import", "leads.csv")
    assert code == 1
    return folder, log


def test_the_log_is_one_object_a_line_and_names_nobody(imported):
    _, log = imported
    lines = [json.loads(line) for line in log.splitlines()]
    (line,) = [each for each in lines if each["message"] == "import finished"]
    assert (line["source"], line["batch"], line["rows_in"]) == ("leads", "b1", 2)
    assert (line["created"], line["quarantined"], line["level"]) == (1, 1, "info")
    assert CANARY not in log


def test_a_failure_is_logged_by_its_kind(imported, tmp_path):
    folder, _ = imported
    (tmp_path / "broken.xlsx").write_bytes(b"PK\x03\x04" + CANARY.encode())
    store = f"sqlite:///{folder}/leadgate.db"
    code, _, log = call(
        tmp_path, "import", "broken.xlsx", LEADGATE_LOG="json", LEADGATE_STORE=store
    )
    lines = [json.loads(line) for line in log.splitlines()]
    assert code == 2
    assert lines[0]["message"] == "import failed"
    assert lines[0]["error"] == lines[-1]["error"]
    assert CANARY not in log


def test_without_being_asked_the_log_is_text(imported):
    folder, _ = imported
    assert call(folder, "report", "b9")[2].startswith("leadgate: The store")


@pytest.fixture
def store(imported):
    with open_store(f"sqlite:///{imported[0]}/leadgate.db") as opened:
        yield opened


def exported(store):
    registry, seconds = make_registry(store, cache=0)
    seconds.labels("desk", "GET", "2xx").observe(0.2)
    return generate_latest(registry).decode()


def test_metrics_are_the_counts_of_the_store_and_name_nobody(store):
    text = exported(store)
    values = {
        (sample.name, *sorted(sample.labels.values())): sample.value
        for family in text_string_to_metric_families(text)
        for sample in family.samples
    }
    assert values["leadgate_store_up",] == 1
    assert values["leadgate_contacts",] == 1
    assert values["leadgate_rows", "created", "leads"] == 1
    assert values["leadgate_rows", "leads", "quarantined"] == 1
    assert values["leadgate_batches", "complete", "leads"] == 1
    assert values["leadgate_waiting", "quarantine"] == 1
    assert values["leadgate_last_import_age_seconds", "leads"] >= 0
    assert CANARY not in text


def test_the_dashboard_asks_only_for_metrics_there_are(store):
    with writing(store.engine) as connection:
        line = {"hook": "crm", "message_id": "m", "event": "lead.created", "body": "{}"}
        times = {"created_at": "2026-01-01T00:00:00Z", "attempts": 1, "status": "waiting"}
        connection.execute(outgoing_delivery.insert().values(**line, **times))
    there = set(re.findall(r"^# TYPE (\S+)", exported(store), re.MULTILINE))
    there |= {f"leadgate_http_seconds_{part}" for part in ("bucket", "count", "sum")}
    dashboard = json.loads((ROOT / "deploy/grafana/leadgate.json").read_text(encoding="utf-8"))
    asked = {
        name
        for panel in dashboard["panels"]
        for target in panel["targets"]
        for name in re.findall(r"\b(?:leadgate|process)_\w+", target["expr"])
    }
    assert asked <= there
    ours = {name for name in there if name.startswith("leadgate_")}
    ours = {name for name in ours if not name.startswith("leadgate_http_seconds")}
    assert ours <= asked, "every metric of ours is on the dashboard"


def test_a_path_is_never_a_label():
    paths = ("/in/web/secret", "/contacts/c1", "/api/contacts", "/static/desk.css", "//x", "*", "")
    assert [part_of(path) for path in paths] == [
        "receiver",
        "desk",
        "api",
        "static",
        "desk",
        "desk",
        "desk",
    ]


def run(*arguments):
    result = CliRunner().invoke(app, list(arguments))
    return result.exit_code, result.stdout


def test_status_tells_what_ran_what_waits_and_what_is_wrong(imported):
    url = f"sqlite:///{imported[0]}/leadgate.db"
    code, out = run("status", "--store", url)
    assert code == 0
    assert "leads: last import b1" in out
    assert "1 rows wait in quarantine" in out
    with open_store(url) as opened, writing(opened.engine) as connection:
        values = {"status": "loading", "started_at": "2026-01-01T00:00:00Z"}
        connection.execute(update(models.batch).values(**values))
        connection.execute(update(outgoing_delivery).values(status="given_up"))
    code, out = run("status", "--store", url, "--json")
    assert code == 1
    codes = [each["code"] for each in json.loads(out)["wrong"]]
    assert codes == ["import.unfinished", "deliveries.given_up"]
    with open_store(url) as opened, writing(opened.engine) as connection:
        connection.execute(update(models.batch).values(status="complete"))
        connection.execute(outgoing_delivery.delete())


@pytest.fixture
def collector():
    """What a collector of traces on loopback was sent."""
    taken = []

    class Taker(BaseHTTPRequestHandler):
        def do_POST(self):
            taken.append((self.path, self.rfile.read(int(self.headers["content-length"]))))
            self.send_response(200)
            self.end_headers()

        def log_message(self, *_):
            pass

    server = HTTPServer(("127.0.0.1", 0), Taker)
    threading.Thread(target=server.serve_forever).start()
    yield f"http://127.0.0.1:{server.server_port}", taken
    server.shutdown()
    server.server_close()


def test_each_step_of_an_import_is_a_span_without_values(imported, collector, tmp_path):
    pytest.importorskip("opentelemetry.sdk", reason="the extra otel is not installed")
    address, taken = collector
    settings = tmp_path / "leadgate.toml"
    settings.write_text(f'[tracing]\nendpoint = "{address}"\n', encoding="utf-8")
    code, _, _ = call(tmp_path, "import", str(imported[0] / "leads.csv"))
    assert code == 1
    assert {path for path, _ in taken} == {"/v1/traces"}
    sent = b"".join(body for _, body in taken)
    for step in (b"extract", b"map_columns", b"load", b"leadgate.source"):
        assert step in sent
    assert CANARY.encode() not in sent


@pytest.mark.parametrize(
    ("access", "headers", "status"),
    [
        ("loopback", {}, 200),
        ("loopback", {"x-forwarded-for": "203.0.113.9"}, 403),
        ("token", {}, 403),
        ("token", {"authorization": "Bearer wrong"}, 403),
        ("token", {"authorization": "Bearer t0ken"}, 200),
    ],
)
def test_metrics_are_for_this_machine_or_for_a_token(store, access, headers, status):
    registry, _ = make_registry(store, cache=0)
    metrics = Metrics(registry, "t0ken" if access == "token" else None)

    async def ask():
        transport = httpx.ASGITransport(metrics, client=("127.0.0.1", 5))
        async with httpx.AsyncClient(transport=transport, base_url="http://desk") as client:
            return await client.get("/metrics", headers=headers)

    with start_blocking_portal() as portal:
        answer = portal.call(ask)
    assert answer.status_code == status
    assert ("leadgate_store_up" in answer.text) is (status == 200)
