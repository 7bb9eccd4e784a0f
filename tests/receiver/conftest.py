"""What each provider sends, written from its documentation, and how it signs that."""

from __future__ import annotations

import base64
import hmac
import json
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl, urlencode

import httpx
import pytest
from anyio.from_thread import BlockingPortal, start_blocking_portal
from sqlalchemy import delete

from crm.inbox import count_letters
from crm.inbox_models import inbox
from crm.opening import writing
from crm.store import Store, open_store
from leadgate.settings import Settings, Source
from steward.receiver.app import create_receiver

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from fastapi import FastAPI

HOST = "https://hooks.example.test"
JSON = "application/json"
FORM = "application/x-www-form-urlencoded"
Headers = dict[str, str]


@dataclass(frozen=True)
class Sender:
    """One provider: a body, how it is signed, and what of it has to arrive.

    `sign(sender, body, secret, now)` makes the headers; `header` is the one with the signature.
    """

    provider: str
    body: bytes
    sign: Callable[[Sender, bytes, str, float], Headers]
    header: str
    arrives: dict[str, str]
    content_type: str = JSON
    secret: str = "a-long-random-secret"  # noqa: S105 - of this test
    before: str = "the-secret-of-before"
    other: str = "another-long-random-secret"
    time_header: str | None = None
    settings: dict[str, str] = field(default_factory=dict)

    def __str__(self) -> str:
        return self.provider

    @property
    def path(self) -> str:
        """Where it knocks."""
        return f"/in/{self.provider}"


def _mac(secret: bytes, message: bytes, digest: str = "sha256") -> bytes:
    return hmac.new(secret, message, digest).digest()


def _b64(raw: bytes) -> str:
    return base64.b64encode(raw).decode()


def body_base64(prefix: str = "") -> Any:
    return lambda sender, body, secret, _now: {
        sender.header: prefix + _b64(_mac(secret.encode(), body))
    }


def body_hex(prefix: str = "") -> Any:
    return lambda sender, body, secret, _now: {
        sender.header: prefix + _mac(secret.encode(), body).hex()
    }


def bearer(sender: Sender, _body: bytes, secret: str, _now: float) -> Headers:
    return {sender.header: f"Bearer {secret}"}


def webflow(sender: Sender, body: bytes, secret: str, now: float) -> Headers:
    time = str(int(now * 1000))
    signed = _mac(secret.encode(), f"{time}:".encode() + body).hex()
    return {sender.header: signed, "x-webflow-timestamp": time}


def hubspot(sender: Sender, body: bytes, secret: str, now: float) -> Headers:
    time = str(int(now * 1000))
    message = f"POST{HOST}{sender.path}".encode() + body + time.encode()
    return {
        sender.header: _b64(_mac(secret.encode(), message)),
        "x-hubspot-request-timestamp": time,
    }


def standard(sender: Sender, body: bytes, secret: str, now: float) -> Headers:
    key, time = base64.b64decode(secret.removeprefix("whsec_")), str(int(now))
    signed = _b64(_mac(key, f"msg_1.{time}.".encode() + body))
    return {
        "webhook-id": "msg_1",
        "webhook-timestamp": time,
        sender.header: f"v1a,{signed} v1,AAAA v1,{signed}",
    }


def twilio(sender: Sender, body: bytes, secret: str, _now: float) -> Headers:
    pairs = parse_qsl(body.decode("latin-1"), keep_blank_values=True)
    signed = "".join(sorted(name + value for name, value in pairs))
    message = f"{HOST}{sender.path}{signed}".encode()
    return {sender.header: _b64(_mac(secret.encode(), message, "sha1"))}


def to_json(value: object) -> bytes:
    return json.dumps(value).encode()


def multipart(parts: dict[str, str]) -> bytes:
    lines = [
        f'--XX\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{text}\r\n'
        for name, text in parts.items()
    ]
    return "".join([*lines, "--XX--\r\n"]).encode()


WHSEC = "whsec_" + _b64(b"standard webhooks secret")
WHSEC_OLD = "whsec_" + _b64(b"standard webhooks before")
WHSEC_OTHER = "whsec_" + _b64(b"standard webhooks other!")
ANA = {"email": "ana@almeida.example", "name": "Ana Almeida"}

TYPEFORM = {
    "event_id": "01H",
    "event_type": "form_response",
    "form_response": {
        "form_id": "lT4Z3j",
        "token": "tok_1",
        "landed_at": "2026-11-20T10:00:00Z",
        "submitted_at": "2026-11-20T10:05:00Z",
        "hidden": {"utm_source": "fair"},
        "definition": {
            "id": "lT4Z3j",
            "title": "Contact",
            "fields": [
                {"id": "a", "ref": "ra", "type": "email", "title": "Your e-mail"},
                {"id": "b", "ref": "rb", "type": "multiple_choice", "title": "Interests"},
                {"id": "c", "ref": "rc", "type": "number", "title": "How many seats?"},
            ],
        },
        "answers": [
            {"type": "email", "email": ANA["email"], "field": {"id": "a", "ref": "ra"}},
            {
                "type": "choices",
                "choices": {"labels": ["Web", "Print"], "other": "Radio"},
                "field": {"id": "b", "ref": "rb"},
            },
            {"type": "number", "number": 42, "field": {"id": "c", "ref": "rc"}},
        ],
    },
}
TALLY = {
    "eventId": "e1",
    "eventType": "FORM_RESPONSE",
    "createdAt": "2026-11-20T10:05:00.000Z",
    "data": {
        "responseId": "r1",
        "submissionId": "s1",
        "formId": "f1",
        "formName": "Contact",
        "createdAt": "2026-11-20T10:05:00.000Z",
        "fields": [
            {"key": "question_a", "label": "Email", "type": "INPUT_EMAIL", "value": ANA["email"]},
            {
                "key": "question_b",
                "label": "Colour",
                "type": "MULTIPLE_CHOICE",
                "value": ["o1"],
                "options": [{"id": "o1", "text": "Red"}, {"id": "o2", "text": "Blue"}],
            },
        ],
    },
}
JOTFORM = {
    "formID": "1",
    "submissionID": "5000",
    "formTitle": "Contact",
    "ip": "192.0.2.1",
    "type": "WEB",
    "pretty": "Name:Ana Almeida",
    "rawRequest": json.dumps(
        {
            "slug": "submit/1",
            "event_id": "x",
            "submitDate": "1763632800000",
            "q3_name": {"first": "Ana", "last": "Almeida"},
            "q4_email": ANA["email"],
            "q5_phone": {"area": "415", "phone": "555-0100"},
        }
    ),
}
GRAVITY = {
    "id": "77",
    "form_id": "2",
    "date_created": "2026-11-20 10:05:00",
    "status": "active",
    "ip": "192.0.2.1",
    "1.3": "Ana",
    "1.6": "Almeida",
    "2": ANA["email"],
}
WEBFLOW = {
    "triggerType": "form_submission",
    "payload": {
        "name": "Contact",
        "siteId": "s",
        "data": {"Email": ANA["email"], "Phone Number": 14155550100},
        "schema": [],
        "submittedAt": "2026-11-20T10:05:00.000Z",
        "id": "wf1",
        "formId": "f",
    },
}
HUBSPOT = {
    "submissionId": "hs1",
    "submittedAt": 1763633100000,
    "fields": [{"objectTypeId": "0-1", "name": "email", "value": ANA["email"]}],
    "context": {"pageUri": "https://example.test/contact"},
}
META = {
    "object": "page",
    "entry": [
        {
            "id": "p",
            "time": 1763633100,
            "changes": [
                {
                    "field": "leadgen",
                    "value": {
                        "leadgen_id": 4444,
                        "page_id": 1,
                        "form_id": 2,
                        "created_time": 1763633100,
                    },
                }
            ],
        }
    ],
}
FORMSTACK = {"FormID": "1", "UniqueID": "88", "Name (First)": "Ana", "Email": ANA["email"]}
GOOGLE = {
    "responseId": "g1",
    "submittedAt": "2026-11-20T10:05:00.000Z",
    "respondentEmail": ANA["email"],
    "answers": {"Full name": ANA["name"], "Days": ["Mon", "Tue"]},
}
ENVOY = {
    "meta": {"event": "entry_sign_in", "install_id": 1},
    "payload": {
        "id": "ev1",
        "type": "entries",
        "attributes": {
            "full-name": ANA["name"],
            "email": ANA["email"],
            "phone-number": "+14155550100",
            "host": "Max Host",
            "signed-in-at": "2026-11-20T10:05:00Z",
        },
    },
}
GREETLY = {
    "id": "gr1",
    "First Name": "Ana",
    "Last Name": "Almeida",
    "Host": "Max Host",
    "Primary Phone": "+14155550100",
    "timestamp": "2026-11-20T10:05:00Z",
}
CALL = {
    "CallSid": "CA1",
    "From": "+14155550100",
    "To": "+14155550199",
    "CallStatus": "completed",
    "CallDuration": "61",
    "Direction": "inbound",
    "CallerName": "ALMEIDA ANA",
    "Timestamp": "Fri, 20 Nov 2026 10:05:00 +0000",
}
MESSAGE = {"type": "lead.created", "timestamp": "2026-11-20T10:05:00Z", "data": ANA}
BOOTH = {"uuid": "u1", "answers": {"contact": ANA}, "created_at": "2026-11-20T10:05:00Z"}

EMAIL = {"email": ANA["email"]}
SENDERS = (
    Sender(
        "typeform",
        to_json(TYPEFORM),
        body_base64("sha256="),
        "typeform-signature",
        {
            "Your e-mail": ANA["email"],
            "Interests": "Web ::: Print ::: Radio",
            "How many seats?": "42",
            "utm_source": "fair",
        },
    ),
    Sender(
        "tally",
        to_json(TALLY),
        body_base64(),
        "tally-signature",
        {"Email": ANA["email"], "Colour": "Red"},
    ),
    Sender(
        "jotform",
        multipart(JOTFORM),
        bearer,
        "authorization",
        {
            "name first": "Ana",
            "name last": "Almeida",
            "email": ANA["email"],
            "phone": "415 555-0100",
        },
        content_type="multipart/form-data; boundary=XX",
    ),
    Sender(
        "gravity_forms",
        to_json(GRAVITY),
        bearer,
        "authorization",
        {"1.3": "Ana", "1.6": "Almeida", "2": ANA["email"]},
    ),
    Sender(
        "webflow",
        to_json(WEBFLOW),
        webflow,
        "x-webflow-signature",
        {"Email": ANA["email"], "Phone Number": "14155550100"},
        time_header="x-webflow-timestamp",
    ),
    Sender(
        "hubspot",
        to_json(HUBSPOT),
        hubspot,
        "x-hubspot-signature-v3",
        EMAIL,
        time_header="x-hubspot-request-timestamp",
    ),
    Sender(
        "meta_leads",
        to_json(META),
        body_hex("sha256="),
        "x-hub-signature-256",
        {"leadgen_id": "4444"},
    ),
    Sender(
        "formstack",
        urlencode(FORMSTACK).encode(),
        body_hex(),
        "x-fs-signature",
        {"Name (First)": "Ana", "Email": ANA["email"]},
        content_type=FORM,
    ),
    Sender(
        "google_forms",
        to_json(GOOGLE),
        standard,
        "webhook-signature",
        {"Email": ANA["email"], "Full name": ANA["name"], "Days": "Mon ::: Tue"},
        secret=WHSEC,
        before=WHSEC_OLD,
        other=WHSEC_OTHER,
        time_header="webhook-timestamp",
    ),
    Sender(
        "envoy",
        to_json(ENVOY),
        body_base64(),
        "x-envoy-signature",
        {
            "full-name": ANA["name"],
            "email": ANA["email"],
            "phone-number": "+14155550100",
            "host": "Max Host",
        },
    ),
    Sender(
        "greetly",
        to_json(GREETLY),
        bearer,
        "authorization",
        {
            "First Name": "Ana",
            "Last Name": "Almeida",
            "Host": "Max Host",
            "Primary Phone": "+14155550100",
        },
    ),
    Sender(
        "twilio",
        urlencode(CALL).encode(),
        twilio,
        "x-twilio-signature",
        {
            "From": "+14155550100",
            "To": "+14155550199",
            "Caller Name": "ALMEIDA ANA",
            "Direction": "inbound",
            "Status": "completed",
            "Duration": "61",
        },
        content_type=FORM,
    ),
    Sender(
        "standard_webhooks",
        to_json(MESSAGE),
        standard,
        "webhook-signature",
        ANA,
        secret=WHSEC,
        before=WHSEC_OLD,
        other=WHSEC_OTHER,
        time_header="webhook-timestamp",
    ),
    Sender(
        "webhook",
        to_json(BOOTH),
        body_hex("sha256="),
        "x-signature",
        {"email": ANA["email"], "name": ANA["name"]},
        settings={
            "record": "answers",
            "id": "uuid",
            "time": "created_at",
            "signature_header": "X-Signature",
            "signature_prefix": "sha256=",
        },
    ),
)


@pytest.fixture(params=SENDERS, ids=str)
def sender(request: pytest.FixtureRequest) -> Sender:
    """Each provider in turn."""
    found: Sender = request.param
    return found


@pytest.fixture(params=[each for each in SENDERS if each.time_header], ids=str)
def timed_sender(request: pytest.FixtureRequest) -> Sender:
    """Each provider that signs a time."""
    found: Sender = request.param
    return found


@pytest.fixture(params=[each for each in SENDERS if each.content_type == JSON], ids=str)
def json_sender(request: pytest.FixtureRequest) -> Sender:
    """Each provider that sends JSON."""
    found: Sender = request.param
    return found


@pytest.fixture(params=[each for each in SENDERS if each.header != "authorization"], ids=str)
def signing_sender(request: pytest.FixtureRequest) -> Sender:
    """Each provider that signs the body."""
    found: Sender = request.param
    return found


@pytest.fixture
def named() -> dict[str, Sender]:
    """The providers by their names."""
    return {each.provider: each for each in SENDERS}


@dataclass
class Gate:
    """A receiver with every provider behind it, and the store it writes to."""

    app: FastAPI
    store: Store
    portal: BlockingPortal  # a loop of its own: a browser of other tests may keep this thread's

    def ask(self, method: str, path: str, **more: Any) -> httpx.Response:
        """Send a request to the receiver itself, without a network between."""

        async def send() -> httpx.Response:
            transport = httpx.ASGITransport(self.app)
            async with httpx.AsyncClient(transport=transport, base_url=HOST) as client:
                return await client.request(method, path, **more)

        return self.portal.call(send)

    def send(self, sender: Sender, body: bytes, headers: Headers | list[tuple[str, str]]) -> int:
        """Send a body; the status of the answer."""
        named = list(headers.items()) if isinstance(headers, dict) else headers
        given = [("content-type", sender.content_type), *named]
        raw = [(key.encode(), value.encode("latin-1")) for key, value in given]
        return self.ask("POST", sender.path, content=body, headers=raw).status_code

    def deliver(self, sender: Sender, body: bytes | None = None, now: float | None = None) -> int:
        """Send what the sender sends, signed as it signs."""
        content = sender.body if body is None else body
        signed = sender.sign(sender, content, sender.secret, now or time.time())
        return self.send(sender, content, signed)

    def received(self, sender: Sender) -> int:
        """How many events of a sender are in the inbox."""
        counts = count_letters(self.store)
        return sum(count for name, _, count, _ in counts if name == sender.provider)


@pytest.fixture(scope="session")
def open_gate(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Gate]:
    """A receiver that knows every sender's secret, and one that it had before."""
    with pytest.MonkeyPatch.context() as patch, start_blocking_portal() as portal:
        for sender in SENDERS:
            name = f"LEADGATE_SECRET_{sender.provider.upper()}"
            patch.setenv(name, f"{sender.before}\n{sender.secret}")
        patch.setenv("LEADGATE_VERIFY_META_LEADS", "the-word")
        settings = Settings(
            store=f"sqlite:///{tmp_path_factory.mktemp('receiver')}/leads.db",
            sources={
                sender.provider: Source(webhook={"provider": sender.provider, **sender.settings})
                for sender in SENDERS
            },
            receiver={"public_url": HOST, "max_body": 20_000},
        )
        app = create_receiver(settings)
        life = portal.wrap_async_context_manager(app.router.lifespan_context(app))
        with life, open_store(settings.store) as store:
            yield Gate(app, store, portal)


@pytest.fixture
def gate(open_gate: Gate) -> Gate:
    """The receiver, with nothing received."""
    with writing(open_gate.store.engine) as connection:
        connection.execute(delete(inbox))
    return open_gate
