"""What happened is told to a real receiver on loopback, which takes, fails, or is slow."""

import json
import shutil
import threading
from base64 import b64encode
from collections import Counter
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from standardwebhooks import Webhook, WebhookVerificationError

from crm.acts import Who
from crm.deliveries import claim, list_deliveries, list_hooks, send_again, subscribe
from crm.errors import RefusedError
from crm.merging import merge
from crm.outbox import EVENTS
from crm.store import open_store
from crm.undoing import undo
from crm.unmerging import unmerge
from flows.delivering import Patience, deliver, find_endpoints
from flows.import_leads import import_leads
from flows.job import ImportJob
from leadgate.errors import InvalidValueError
from leadgate.settings import Settings
from leadgate.settings.outgoing import Outgoing, Webhooks

SECRET = "whsec_" + b64encode(b"0123456789abcdef0123456789abcdef").decode()
OLDER = "whsec_" + b64encode(b"fedcba9876543210fedcba9876543210").decode()
AT_ONCE = Patience(first=0.0, attempts=3)
LEADS = """First Name,Last Name,Email,Phone,Company,City,Country
Anna,Müller,anna.mueller@nordwind.example,+49 30 2312 5733,Nordwind GmbH,Berlin,Germany
Carla,Rossi,carla@rossi.example,+39 06 4991 2345,Rossi Srl,Roma,Italy
Tom,Baker,,,Elm Bakery,Austin,US
Thomas,Baker,,,,Austin,US
test,test,test@test,12345,asdf,,
"""


class Receiver:
    """Keeps what it is sent, and answers as it is told to."""

    def __init__(self):
        self.answers, self.got, self.slow = [], [], threading.Event()
        outer = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self):
                body = self.rfile.read(int(self.headers["content-length"]))
                outer.got.append((self.path, dict(self.headers), body))
                status = outer.answers.pop(0) if outer.answers else 204
                if status == "slow":
                    outer.slow.wait(10)
                    return
                self.send_response(status)
                if 300 <= status < 400:
                    self.send_header("Location", "/elsewhere")
                if status == 503:
                    self.send_header("Retry-After", "3600")
                self.end_headers()

            def log_message(self, *_):
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}/hook"
        self.thread = threading.Thread(target=self.server.serve_forever, args=(0.05,))
        self.thread.start()

    def stop(self):
        """Answer whoever waits, and stop."""
        self.slow.set()
        self.server.shutdown()
        self.server.server_close()
        self.thread.join()


@pytest.fixture
def receiver():
    made = Receiver()
    yield made
    made.stop()


def load(folder):
    path = folder / "leads.csv"
    path.write_text(LEADS, encoding="utf-8")
    import_leads(ImportJob("fair", path, store=f"sqlite:///{folder}/store.db"))


@pytest.fixture(scope="module")
def imported(tmp_path_factory):
    """A store with a small import that nobody was told of, made once."""
    folder = tmp_path_factory.mktemp("told")
    load(folder)
    return folder / "store.db"


@pytest.fixture
def store(imported, tmp_path):
    shutil.copy(imported, tmp_path / "store.db")
    with open_store(f"sqlite:///{tmp_path}/store.db") as opened:
        yield opened


@pytest.fixture
def endpoint(receiver, monkeypatch):
    def make(url=receiver.url, secret=SECRET, events=EVENTS, inside="127.0.0.0/8", timeout=0.5):
        monkeypatch.setenv("LEADGATE_SIGNING_CRM", secret)
        out = Outgoing(url=url, events=events, inside=[inside] if inside else [], timeout=timeout)
        return find_endpoints(Settings(webhooks=Webhooks(out={"crm": out})))

    return make


@pytest.fixture
def happen(store):
    """Let one thing happen that is told of."""
    return lambda: merge(store, ["c1", "c2"], Who("ann")).event


def tell(store, endpoints):
    return dict(deliver(store, endpoints, AT_ONCE))


def bodies(receiver):
    return [json.loads(body) for _, _, body in receiver.got]


def test_an_import_and_what_people_do_is_told_in_ids_and_counts(tmp_path, receiver, endpoint):
    endpoints = endpoint()
    with open_store(f"sqlite:///{tmp_path}/store.db") as store:
        assert tell(store, endpoints) == {}
        load(tmp_path)
        done = merge(store, ["c1", "c2"], Who("ann"))
        unmerge(store, done.event, Who("ann"))
        tell(store, endpoints)
    told = Counter(each["type"] for each in bodies(receiver))
    assert told == dict.fromkeys(EVENTS, 1)
    data = {each["type"]: each["data"] for each in bodies(receiver)}
    assert data["contact.merged"] == {"event": done.event, "contact": "c1", "others": ["c2"]}
    assert data["contact.unmerged"]["others"] == ["c2"]
    assert data["import.finished"]["import"] == "b1"
    assert data["import.finished"]["quarantined"] == 1
    assert data["row.quarantined"] == {"import": "b1", "rows": ["q1"], "count": 1}
    assert {"lead": "l1", "contact": "c1"} in data["lead.created"]["leads"]
    assert data["review.needed"]["items"] == ["m1"]
    everything = b"".join(body for _, _, body in receiver.got).lower()
    for word in (b"anna", b"baker", b"nordwind", b"austin", b"test@test"):
        assert word not in everything


def test_every_message_stands_the_schemes_own_verification(store, receiver, endpoint, happen):
    endpoints = endpoint(secret=f"{SECRET} {OLDER}")
    tell(store, endpoints)
    happen()
    tell(store, endpoints)
    assert receiver.got
    for _, headers, body in receiver.got:
        named = {name.lower(): value for name, value in headers.items()}
        for secret in (SECRET, OLDER):
            assert Webhook(secret).verify(body, named)
        with pytest.raises(WebhookVerificationError):
            Webhook(SECRET).verify(body + b" ", named)


def test_what_was_rolled_back_or_came_before_is_not_told(store, receiver, endpoint, happen):
    happen()
    endpoints = endpoint()
    tell(store, endpoints)
    with pytest.raises(RefusedError):
        merge(store, ["c1", "c1"], Who("ann"))
    assert tell(store, endpoints) == {}
    assert receiver.got == []


def test_an_undone_merge_is_told_as_taken_apart(store, receiver, endpoint, happen):
    endpoints = endpoint(events=("contact.unmerged",))
    tell(store, endpoints)
    undo(store, happen(), Who("ann"))
    tell(store, endpoints)
    assert [each["data"]["others"] for each in bodies(receiver)] == [["c2"]]


@pytest.mark.parametrize("answer", [(500, "500"), (404, "404"), (302, "302"), ("slow", "timeout")])
def test_what_was_not_taken_is_sent_again_as_the_same_message(
    store, receiver, endpoint, happen, answer
):
    endpoints = endpoint(events=("contact.merged",))
    tell(store, endpoints)
    happen()
    receiver.answers = [answer[0]]
    assert tell(store, endpoints) == {("crm", "waiting"): 1}
    assert tell(store, endpoints) == {("crm", "taken"): 1}
    ids = {headers["webhook-id"] for _, headers, _ in receiver.got}
    assert len(ids) == 1
    assert {path for path, _, _ in receiver.got} == {"/hook"}, "no redirect is followed"
    (delivery,) = list_deliveries(store).items
    assert [each.answer for each in delivery.tries] == [answer[1], "204"]


def test_after_the_last_try_it_is_given_up_until_a_person_sends_it_again(
    store, receiver, endpoint, happen
):
    endpoints = endpoint(events=("contact.merged",))
    tell(store, endpoints)
    happen()
    receiver.answers = [500] * AT_ONCE.attempts
    for _ in range(AT_ONCE.attempts):
        tell(store, endpoints)
    assert tell(store, endpoints) == {}
    (delivery,) = list_deliveries(store, status="given_up").items
    send_again(store, delivery.id)
    assert tell(store, endpoints) == {("crm", "taken"): 1}


def test_an_endpoint_that_is_gone_or_asks_for_time_is_obeyed(store, receiver, endpoint, happen):
    endpoints = endpoint(events=("contact.merged", "contact.unmerged"))
    tell(store, endpoints)
    unmerge(store, happen(), Who("ann"))
    receiver.answers = [410, 503]
    assert tell(store, endpoints) == {("crm", "given_up"): 1}
    assert tell(store, endpoints) == {("crm", "waiting"): 1}
    assert tell(store, endpoints) == {}
    (delivery,) = list_deliveries(store, status="waiting").items
    assert delivery.next_at > delivery.tries[-1].at[:14]


def test_of_several_deliverers_one_sends_a_delivery(store, receiver, endpoint, happen):
    endpoints = endpoint()
    tell(store, endpoints)
    for _ in range(2):
        undo(store, happen(), Who("ann"))
    threads = [threading.Thread(target=tell, args=(store, endpoints)) for _ in range(4)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    ids = [headers["webhook-id"] for _, headers, _ in receiver.got]
    assert len(ids) == len(set(ids)) == list_deliveries(store).total


def test_a_deliverer_that_was_killed_holds_a_delivery_only_for_a_while(
    store, endpoint, happen, monkeypatch
):
    tell(store, endpoint(events=("contact.merged",)))
    happen()
    first = claim(store, "crm")
    assert claim(store, "crm") is None
    monkeypatch.setattr("crm.deliveries.utc_now", lambda: "2999-01-01T00:00:00Z")
    assert claim(store, "crm").message_id == first.message_id


def test_an_endpoint_that_was_taken_out_is_told_nothing_more(store, endpoint, happen):
    tell(store, endpoint())
    happen()
    subscribe(store, {})
    assert list_hooks(store) == ()
    assert list_deliveries(store, status="waiting").total == 0
    merge(store, ["c3", "c4"], Who("ann"))
    assert list_deliveries(store).total == 1


@pytest.mark.parametrize("inside", ["", "10.0.0.0/8"])
def test_a_name_that_leads_inside_is_not_sent_to(store, receiver, endpoint, happen, inside):
    port = receiver.server.server_port
    endpoints = endpoint(url=f"https://localhost:{port}/", inside=inside)
    tell(store, endpoints)
    happen()
    assert tell(store, endpoints) == {("crm", "waiting"): 1}
    answers = [each.answer for each in list_deliveries(store).items if each.answer]
    assert answers == ["address refused"]
    assert receiver.got == []


@pytest.mark.parametrize(
    ("url", "secret", "named"),
    [
        ("http://hooks.example/in", SECRET, "HTTPS"),
        ("https://user:word@hooks.example/in", SECRET, "password"),
        ("https://hooks.example/in", "not base64!", "LEADGATE_SIGNING_CRM"),
        ("https://hooks.example/in", "", "LEADGATE_SIGNING_CRM"),
        ("https://[::1", SECRET, "no address"),
    ],
)
def test_an_endpoint_that_cannot_be_sent_to_is_a_named_error(endpoint, url, secret, named):
    with pytest.raises(InvalidValueError, match=named):
        endpoint(url=url, secret=secret, inside="")
