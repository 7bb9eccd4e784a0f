"""People are told through apprise; the channel is a real server on loopback."""

import json
import threading
from datetime import UTC, datetime, time
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest

from connectors.errors import SourceFileError
from crm.notices import claim_notices, count_notices, put_notice
from crm.store import open_store
from flows.import_leads import import_leads
from flows.job import job_for
from flows.notifying import is_quiet, notified, tell_waiting
from leadgate.settings import load_settings
from leadgate.settings.notifications import Quiet

CANARY = "zzcanary"
LEADS = f"First name,Last name,Email\nAnn,{CANARY},ann@{CANARY}.example\n,,not an address\n"
SETTINGS = """
[notifications]
on = ["finished", "failed", "held", "review"]
{quiet}
[sources.fair]
path = "leads.csv"

[sources.{canary}]
path = "gone.csv"
notify = ["failed"]
"""


@pytest.fixture
def channel(monkeypatch):
    """An address that apprise speaks to, and what was said there; it can be made to refuse."""
    said, answers = [], [200]

    class Taker(BaseHTTPRequestHandler):
        def do_POST(self):
            body = self.rfile.read(int(self.headers["content-length"]))
            if answers[0] == 200:
                said.append(json.loads(body))
            self.send_response(answers[0])
            self.end_headers()

        def log_message(self, *_):
            pass

    server = HTTPServer(("127.0.0.1", 0), Taker)
    threading.Thread(target=server.serve_forever).start()
    monkeypatch.setenv("LEADGATE_NOTIFY", f"json://127.0.0.1:{server.server_port}/")
    yield said, answers
    server.shutdown()
    server.server_close()


@pytest.fixture
def settings(tmp_path):
    """The settings of a source with leads and of one whose file is not there."""

    def make(quiet=""):
        (tmp_path / "leads.csv").write_text(LEADS, encoding="utf-8")
        file = tmp_path / "leadgate.toml"
        file.write_text(SETTINGS.format(quiet=quiet, canary="gone"), encoding="utf-8")
        return load_settings(file)

    return make


def test_an_import_that_finished_is_told_without_anything_of_the_people(channel, settings):
    said, _ = channel
    made = settings()
    notified(job_for("fair", made), made, import_leads)
    (message,) = said
    assert message["title"] == "Leadgate: fair: import finished"
    assert "b1: 2 rows, 1 created, 1 quarantined" in message["message"]
    assert CANARY not in json.dumps(said)
    with open_store(made.store) as store:
        assert count_notices(store) == 0


def test_an_import_that_fails_is_told_by_its_kind_and_fails_all_the_same(channel, settings):
    said, _ = channel
    made = settings()
    with pytest.raises(SourceFileError):
        notified(job_for("gone", made), made, import_leads)
    (message,) = said
    assert message["title"] == "Leadgate: gone: import failed"
    assert "gone.csv" not in message["message"]


def test_what_a_channel_does_not_take_comes_later_with_the_rest_as_one_digest(channel, settings):
    said, answers = channel
    answers[0] = 500
    made = settings()
    notified(job_for("fair", made), made, import_leads)
    with pytest.raises(SourceFileError):
        notified(job_for("gone", made), made, import_leads)
    assert said == []
    answers[0] = 200
    with open_store(made.store) as store:
        assert tell_waiting(store, made) == 2
        assert tell_waiting(store, made) == 0
    (digest,) = said
    assert digest["title"] == "Leadgate: 2 notices"
    assert "fair: import finished" in digest["message"]
    assert "gone: import failed" in digest["message"]


def test_in_quiet_hours_nothing_is_said_until_they_end(channel, settings):
    said, _ = channel
    made = settings("[notifications.quiet]\nstart = 20:00:00\nend = 07:00:00\n")
    night, day = (datetime(2026, 11, 22, hour, tzinfo=UTC) for hour in (23, 8))
    with open_store(made.store) as store:
        quiet = made.notifications.quiet
        assert quiet is not None
        put_notice(store, "fair", "held", "h1: 12 rows, nothing of it is loaded")
        assert tell_waiting(store, made, night) == 0
        assert said == []
        assert tell_waiting(store, made, day) == 1
    assert "a file waits for a decision" in said[0]["title"]


def test_what_somebody_tells_is_told_by_nobody_else(channel, settings):
    made = settings()
    with open_store(made.store) as store:
        put_notice(store, "fair", "held", "h1")
        assert len(claim_notices(store)) == 1
        assert tell_waiting(store, made) == 0
    assert channel[0] == []


def test_a_store_that_cannot_be_reached_is_told_at_once(channel, settings, tmp_path, monkeypatch):
    made = settings()
    monkeypatch.setenv("LEADGATE_STORE", f"sqlite:///{tmp_path}/no/such/folder/x.db")
    made = load_settings(tmp_path / "leadgate.toml")
    with pytest.raises(Exception, match="cannot be reached"):
        notified(job_for("fair", made), made, import_leads)
    assert channel[0][0]["message"].startswith("StoreUnreachableError")


BERLIN = Quiet(start=time(22), end=time(7), timezone="Europe/Berlin")
NOON = Quiet(start=time(12), end=time(13))
HOURS = [
    (BERLIN, "2026-01-10T20:59:00", False),
    (BERLIN, "2026-01-10T21:00:00", True),  # 22:00 in winter
    (BERLIN, "2026-01-11T05:59:00", True),
    (BERLIN, "2026-01-11T06:00:00", False),
    (BERLIN, "2026-07-10T20:00:00", True),  # 22:00 in summer
    (BERLIN, "2026-07-11T05:00:00", False),
    (NOON, "2026-01-10T12:00:00", True),
    (NOON, "2026-01-10T13:00:00", False),
]


@pytest.mark.parametrize(("quiet", "moment", "expected"), HOURS)
def test_quiet_hours_follow_the_clocks_of_their_zone(quiet, moment, expected):
    assert is_quiet(quiet, datetime.fromisoformat(moment).replace(tzinfo=UTC)) is expected
