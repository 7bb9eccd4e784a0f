"""What waits in the inbox: imported once, in any order, and no letter keeps another back."""

from __future__ import annotations

import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from sqlalchemy import select

from connectors.remote.errors import RemoteDownError
from crm.errors import StoreLockedError
from crm.inbox import Letter, count_letters, put_letters, retry_letters
from crm.models import contact, interaction, source_record
from crm.opening import reading
from crm.store import open_store
from crm.verify import verify
from flows.drain_inbox import drain_source
from flows.import_leads import import_leads
from flows.job import ImportJob
from flows.meta_leads import completer_of
from leadgate.settings import Settings, Source


@pytest.fixture
def store(tmp_path):
    with open_store(f"sqlite:///{tmp_path}/leads.db") as opened:
        yield opened


@pytest.fixture
def job(tmp_path):
    return ImportJob("web", None, f"sqlite:///{tmp_path}/leads.db", None, default_country="US")


NAMES = ["Zoe Zimmer", "Ana Almeida", "Robert Kowalczyk", "Grace Oyelaran", "Peter Hollis"]


def letter(number, **values):
    given, family = NAMES[number].split()
    answers = {"First name": given, "Last name": family, "Email": f"{family}@mail.example"}
    return Letter("web", f"s{number}", answers | values, f"2026-11-{10 + number:02d}T10:00:00Z")


def rows(store, table):
    with reading(store.engine) as connection:
        return connection.execute(select(table)).mappings().all()


def states(store):
    return {status: count for _, status, count, _ in count_letters(store)}


def test_letters_become_submissions_known_by_their_id_and_their_time(store, job):
    put_letters(store, [letter(1), letter(2)])
    (outcome,) = drain_source(store, job, import_leads)
    assert (outcome.created, outcome.rows_in) == (2, 2)
    assert {row["submission_id"] for row in rows(store, source_record)} == {"s1", "s2"}
    assert {row["occurred_at"] for row in rows(store, interaction)} == {
        "2026-11-11T10:00:00Z",
        "2026-11-12T10:00:00Z",
    }
    assert states(store) == {"done": 2}
    assert verify(store) == []


def test_what_a_killed_run_had_imported_is_not_imported_again(store, job):
    put_letters(store, [letter(1), letter(2)])

    class Killed(BaseException):
        pass

    def killed(one):
        import_leads(one)
        raise Killed

    with pytest.raises(Killed):
        list(drain_source(store, job, killed))
    assert states(store) == {"waiting": 2}
    put_letters(store, [letter(3)])
    (outcome,) = drain_source(store, job, import_leads)
    assert (outcome.created, outcome.already_seen) == (1, 2)
    assert len(rows(store, interaction)) == 3
    assert states(store) == {"done": 3}


def test_the_order_of_arrival_changes_nothing(tmp_path):
    def golden(name, letters):
        url = f"sqlite:///{tmp_path}/{name}.db"
        with open_store(url) as opened:
            for each in letters:
                put_letters(opened, [each])
                list(drain_source(opened, ImportJob("web", None, url, None), import_leads))
            found = rows(opened, contact)
        return sorted((row["email"], row["given_name"], row["fields"]) for row in found)

    same = {"Email": "ana@almeida.example", "First name": "Ana", "Last name": "Almeida"}
    letters = [
        Letter("web", f"s{n}", same | {"City": city}, f"2026-11-1{n}T10:00:00Z")
        for n, city in enumerate(["Lisboa", "Porto"])
    ]
    assert golden("straight", letters) == golden("reversed", letters[::-1])


def test_a_letter_that_breaks_the_import_keeps_no_other_back(store, job):
    put_letters(store, [letter(1), letter(2, Poison="yes"), letter(3)])

    def fragile(one):
        if "Poison" in one.path.read_text():
            raise ValueError("ana@almeida.example")
        return import_leads(one)

    results = list(drain_source(store, job, fragile))
    assert "fault.ValueError" in results
    assert sum(each.created for each in results if not isinstance(each, str)) == 2
    assert states(store) == {"done": 2, "failed": 1}
    assert retry_letters(store, "web") == 1
    assert [each.created for each in drain_source(store, job, import_leads)] == [1]


def test_letters_nobody_can_be_told_from_are_set_apart(store, job):
    put_letters(store, [Letter("web", "ping", {"challenge": "1"})])
    assert list(drain_source(store, job, import_leads)) == ["inbox.unmapped"]
    assert states(store) == {"failed": 1}


def test_a_store_in_trouble_is_no_fault_of_the_letters(store, job):
    put_letters(store, [letter(1), letter(2)])

    def locked(_job):
        raise StoreLockedError("sqlite:///leads.db")

    with pytest.raises(StoreLockedError):
        list(drain_source(store, job, locked))
    assert states(store) == {"waiting": 2}


def test_an_answer_cannot_take_the_place_of_the_id(store, job):
    forged = {
        "submission_id": "s9",
        "occurred_at": "1999-01-01",
        "Name": "Ana",
        "Email": "a@b.example",
    }
    put_letters(store, [Letter("web", "s1", forged, "2026-11-11T10:00:00Z")])
    list(drain_source(store, job, import_leads))
    (record,) = rows(store, source_record)
    assert (record["submission_id"], record["occurred_at"]) == ("s1", "2026-11-11T10:00:00Z")


def test_a_mapping_of_the_settings_counts_where_its_column_is_there(store, job):
    told = ImportJob("web", None, job.store, None, overrides={"Q7": "phone", "Gone": None})
    put_letters(store, [letter(1, Q7="+14155550100")])
    list(drain_source(store, told, import_leads))
    (record,) = rows(store, source_record)
    assert json.loads(record["standard"])["phone"] == "+14155550100"


@pytest.fixture
def graph():
    """A server that answers as the Graph API does."""
    leads = {"/v1/4444": (200, {"field_data": [{"name": "email", "values": ["a@x.example"]}]})}

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            status, answer = leads.get(self.path.partition("?")[0], (404, {}))
            if self.headers["authorization"] != "Bearer token":
                status = 401
            self.send_response(status)
            self.end_headers()
            self.wfile.write(json.dumps(answer).encode())

        def log_message(self, *_args):
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_address[1]}/v1", leads
    server.shutdown()
    server.server_close()
    thread.join()


def test_the_answers_of_metas_leads_are_fetched(store, job, graph, monkeypatch):
    url, leads = graph
    monkeypatch.setenv("LEADGATE_TOKEN_WEB", "token")
    hook = {"provider": "meta_leads", "api": url, "allow_loopback": True}
    complete = completer_of("web", Settings(sources={"web": Source(webhook=hook)}))
    put_letters(store, [Letter("web", n, {"leadgen_id": n}) for n in ("4444", "5555")])
    codes = [
        each for each in drain_source(store, job, import_leads, complete) if isinstance(each, str)
    ]
    assert codes == ["remote.denied"]
    assert states(store) == {"done": 1, "failed": 1}
    assert [row["email"] for row in rows(store, contact)] == ["a@x.example"]
    monkeypatch.setattr("connectors.remote.http.time.sleep", lambda _: None)
    leads["/v1/6666"] = (503, {})
    put_letters(store, [Letter("web", "6666", {"leadgen_id": "6666"})])
    monkeypatch.setattr("connectors.remote.http.PATIENCE", 0.0)
    with pytest.raises(RemoteDownError):
        list(drain_source(store, job, import_leads, complete))
    assert states(store)["waiting"] == 1


def test_a_letter_alone_joins_whom_it_joins_in_a_batch(tmp_path):
    known = [letter(0), letter(1, Phone="+1 212 555 0187")]
    values = {**known[1].values, "City": "Boston"}
    returning = Letter("web", "again", values, "2026-11-20T10:00:00Z")
    merged = {}
    for turn, others in (("alone", []), ("batch", [letter(3)])):
        url = f"sqlite:///{tmp_path}/{turn}.db"
        with open_store(url) as store:
            job = ImportJob("web", None, url, None, default_country="US")
            put_letters(store, known)
            list(drain_source(store, job, import_leads))
            put_letters(store, [returning, *others])
            (outcome,) = drain_source(store, job, import_leads)
            matches = store.batch_matches(outcome.batch)
            merged[turn] = matches["decision"].tolist()
            assert verify(store) == []
            assert (outcome.merged, outcome.created) == (1, len(others))
    assert merged["alone"] == merged["batch"] == ["merged"]
