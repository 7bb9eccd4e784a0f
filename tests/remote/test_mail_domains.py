"""Mail domains asked of a DNS server on this machine."""

from __future__ import annotations

import json
import socketserver
import threading
import time
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

import dns.flags
import dns.message
import dns.rcode
import dns.rrset
import pytest

from connectors.remote.mail_domains import LookUp, look_up_mail
from crm.store import open_store
from flows.import_leads import import_leads
from flows.job import job_for
from leadgate.cli.check import CheckOptions, run_check
from leadgate.settings import load_settings

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

ZONE = {
    ("com.", "NS"): "ns.example.com.",
    ("example.com.", "MX"): "10 mx.example.com.",
    ("bare.example.", "A"): "192.0.2.1",
    ("six.example.", "AAAA"): "2001:db8::1",
    ("refusing.example.", "MX"): "0 .",
    ("web-only.example.", "TXT"): '"nothing"',
    ("xn--mller-kva.example.", "MX"): "5 mx.example.com.",
}
NAMES = {name for name, _ in ZONE} | {"slow.example.", "broken.example."}


@dataclass
class Server:
    """A DNS server of one zone; it does not answer about slow.example, and fails at broken."""

    asked: list[str] = field(default_factory=list)
    address: str = ""


def answer(query: dns.message.Message) -> dns.message.Message:
    name, kind = query.question[0].name.to_text(), query.question[0].rdtype.name
    reply = dns.message.make_response(query)
    reply.flags |= dns.flags.RA
    if name not in NAMES:
        reply.set_rcode(dns.rcode.NXDOMAIN)
    elif name == "broken.example.":
        reply.set_rcode(dns.rcode.SERVFAIL)
    elif (name, kind) in ZONE:
        reply.answer.append(dns.rrset.from_text(name, 60, "IN", kind, ZONE[name, kind]))
    return reply


@pytest.fixture
def server() -> Iterator[Server]:
    state = Server()

    class Handler(socketserver.BaseRequestHandler):
        def handle(self) -> None:
            data, socket = self.request
            query = dns.message.from_wire(data)
            state.asked.append(query.question[0].name.to_text())
            if state.asked[-1] != "slow.example.":
                socket.sendto(answer(query).to_wire(), self.client_address)

    class Threaded(socketserver.ThreadingUDPServer):
        daemon_threads = True

    with Threaded(("127.0.0.1", 0), Handler) as running:
        state.address = f"127.0.0.1:{running.server_address[1]}"
        threading.Thread(target=running.serve_forever, args=(0.02,), daemon=True).start()
        yield state
        running.shutdown()


def ask(server: Server, *domains: str, **limits: Any) -> dict[str, str]:
    how = {"each": 0.4, "all": 5.0, "servers": (server.address,)} | limits
    return dict(look_up_mail(domains, LookUp(**how)))


def test_each_domain_is_told_by_what_the_dns_says_of_it(server):
    told = {
        "example.com": "mail",
        "bare.example": "mail",
        "six.example": "mail",
        "müller.example": "mail",
        "refusing.example": "no_mail",
        "web-only.example": "no_mail",
        "nowhere.example": "no_domain",
        "broken.example": "not_checked",
    }
    assert ask(server, *told) == told


@pytest.mark.parametrize(
    "domain", ["", ".", "a..b", "x" * 64 + ".com", "\0.com", "a" * 300, "ü" * 80]
)
def test_a_domain_that_is_none_is_not_checked_and_raises_nothing(server, domain):
    assert ask(server, domain)[domain] in {"not_checked", "no_domain", "no_mail"}


def test_a_domain_is_asked_about_once_and_an_answer_kept(server, tmp_path):
    cache = tmp_path / "caches" / "mail.sqlite"
    for _ in range(2):
        told = ask(server, "example.com", "example.com", "nowhere.example", cache=cache)
        assert told == {"example.com": "mail", "nowhere.example": "no_domain"}
    assert sorted(server.asked) == ["example.com.", "nowhere.example."]


def test_an_answer_that_is_too_old_is_asked_for_again(server, tmp_path):
    cache = tmp_path / "mail.sqlite"
    for _ in range(2):
        assert ask(server, "example.com", cache=cache, keep=0.0) == {"example.com": "mail"}
        time.sleep(0.01)
    assert server.asked == ["example.com."] * 2


def test_what_is_not_answered_is_not_kept(server, tmp_path):
    cache = tmp_path / "mail.sqlite"
    for _ in range(2):
        assert ask(server, "broken.example", cache=cache) == {"broken.example": "not_checked"}
    assert len(server.asked) >= 2


@pytest.mark.parametrize("content", [b"", b"no database at all", b"SQLite format 3\0" + b"x" * 200])
def test_a_damaged_cache_is_done_without(server, tmp_path: Path, content: bytes):
    cache = tmp_path / "mail.sqlite"
    cache.write_bytes(content)
    assert ask(server, "example.com", cache=cache) == {"example.com": "mail"}


def test_a_domain_takes_no_longer_than_it_may_and_all_no_longer_than_they_may(server):
    started = time.monotonic()
    assert ask(server, "slow.example", "example.com") == {
        "slow.example": "not_checked",
        "example.com": "mail",
    }
    assert time.monotonic() - started < 3
    started = time.monotonic()
    assert set(ask(server, "slow.example", each=2.0, all=0.1).values()) == {"not_checked"}
    assert time.monotonic() - started < 1.5


def test_where_nobody_answers_not_all_are_asked():
    domains = [f"d{number}.example" for number in range(500)]
    nobody = Server(address="127.0.0.1:9")
    started = time.monotonic()
    assert set(ask(nobody, *domains, each=0.2, all=20.0).values()) == {"not_checked"}
    assert time.monotonic() - started < 5


def test_a_server_that_knows_no_domain_at_all_is_not_believed(server, monkeypatch):
    monkeypatch.delitem(ZONE, ("com.", "NS"))
    assert ask(server, "nowhere.example") == {"nowhere.example": "not_checked"}


def test_a_server_that_is_none_leaves_all_unchecked():
    assert look_up_mail(["a.de"], LookUp(servers=("no such server",))) == {"a.de": "not_checked"}


LEADS = """Name,Email
Anna Meyer,anna@example.com
Bodo Ekman,b.ekman@unheard-of.example
Clara Hu,clara@refusing.example
"""


@pytest.fixture
def leads(tmp_path, monkeypatch, server):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "leads.csv").write_text(LEADS)
    (tmp_path / "leadgate.toml").write_text(
        f'[mail_domains]\nservers = ["{server.address}"]\ncache = "mail.sqlite"\n'
    )
    return tmp_path


def test_a_check_asks_where_it_is_told_to(leads, server, capsys):
    assert run_check(None, ["leads.csv"], CheckOptions("json")) == 0
    assert server.asked == []
    capsys.readouterr()
    assert run_check(None, ["leads.csv"], CheckOptions("json", dns=True)) == 0
    (told,) = map(json.loads, capsys.readouterr().out.splitlines())
    assert [(each["line"], each["code"]) for each in told["issues"]] == [
        (3, "email.no_domain"),
        (4, "email.no_mail"),
    ]
    assert (leads / "mail.sqlite").exists()


def test_a_column_without_an_address_is_nothing_to_ask_about(leads, server):
    (leads / "leads.csv").write_text("Name,Email,Email 2\nAnna Meyer,,\n")
    assert run_check(None, ["leads.csv"], CheckOptions(dns=True)) == 0
    assert server.asked == []


def test_an_import_asks_where_the_settings_say_so(leads):
    settings = load_settings(leads / "leadgate.toml")
    assert job_for("leads.csv", settings).mail_domains is None
    wished = settings.mail_domains.model_copy(update={"look_up": True})
    job = job_for("leads.csv", settings.model_copy(update={"mail_domains": wished}))
    outcome = import_leads(replace(job, reports=None))
    assert outcome.created == 3
    with open_store(job.store) as store:
        assert sorted(store.batch_issues(outcome.batch)["code"]) == [
            "email.no_domain",
            "email.no_mail",
        ]


def test_without_a_network_a_check_passes_and_says_what_was_not_checked(leads, caplog):
    (leads / "leadgate.toml").write_text(
        '[mail_domains]\nservers = ["127.0.0.1:9"]\nseconds_each = 0.2\ncache = "m.sqlite"\n'
    )
    assert run_check(None, ["leads.csv"], CheckOptions(fail_on="warning", dns=True)) == 0
    assert caplog.messages == ["3 of 3 mail domains were not checked: no answer"]
