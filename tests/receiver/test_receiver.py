"""The receiver's other manners: who it knows, what it answers, and what it never says."""

from __future__ import annotations

import logging

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from connectors.forms.delivery import Delivery, Refusal
from connectors.forms.mapped import Shape
from connectors.forms.providers import PROVIDERS, SHAPED, find_provider
from connectors.forms.standard_webhooks import verify
from crm.errors import StoreFullError
from crm.inbox import put_letters, waiting_letters
from leadgate.errors import InvalidValueError
from leadgate.settings import Settings, Source
from steward.receiver.hooks import open_hooks
from steward.receiver.intake import Intake


def test_the_published_vector_of_standard_webhooks_passes() -> None:
    delivery = Delivery(
        "POST",
        "https://hooks.example.test/in/x",
        (
            ("webhook-id", "msg_p5jXN8AQM9LWM0D4loKWxJek"),
            ("webhook-timestamp", "1614265330"),
            ("webhook-signature", "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="),
        ),
        b'{"test": 2432232314}',
    )
    secrets = ("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",)
    assert verify(delivery, secrets, 1614265330.0) is None
    assert verify(delivery, secrets, 1614265330.0 + 301) == Refusal("webhook.stale")


def test_meta_gets_its_challenge_back_where_the_word_is_right(gate):
    asked = {"hub.mode": "subscribe", "hub.verify_token": "the-word", "hub.challenge": "1158"}
    answer = gate.ask("GET", "/in/meta_leads", params=asked)
    assert (answer.status_code, answer.text) == (200, "1158")
    wrong = [
        {"hub.verify_token": "another"},
        {"hub.verify_token": ""},
        {"hub.verify_token": "ü"},
        {"hub.mode": "unsubscribe"},
        {"hub.challenge": "<script>"},
        {"hub.challenge": "1" * 1_000},
    ]
    for each in wrong:
        assert gate.ask("GET", "/in/meta_leads", params=asked | each).status_code == 403


def test_a_secret_in_the_address_is_taken_from_those_who_can_send_no_header(gate, sender):
    path = f"{sender.path}/{sender.secret}"
    answer = gate.ask(
        "POST", path, content=sender.body, headers={"content-type": sender.content_type}
    )
    assert answer.status_code == (200 if sender.provider == "jotform" else 404)
    if sender.provider == "jotform":
        other = gate.ask("POST", f"{sender.path}/guessed", content=sender.body)
        assert other.status_code == 401


def test_who_is_not_known_is_told_so(gate):
    assert gate.ask("POST", "/in/nobody", content=b"{}").status_code == 404
    assert gate.ask("GET", "/in/typeform").status_code == 403
    assert gate.ask("DELETE", "/in/typeform").status_code == 405
    assert gate.ask("POST", "/elsewhere").status_code == 404


def test_a_slash_at_the_end_of_the_address_makes_no_difference(gate):
    answers = [gate.ask("POST", path, content=b"{}") for path in ("/in/tally", "/in/tally/")]
    assert [answer.status_code for answer in answers] == [401, 401]


def test_a_compressed_body_is_not_unpacked(gate, sender):
    headers = {"content-encoding": "gzip", "content-type": sender.content_type}
    assert gate.ask("POST", sender.path, content=b"x", headers=headers).status_code == 415
    twice = [("content-encoding", "identity"), *headers.items()]
    assert gate.ask("POST", sender.path, content=b"x", headers=twice).status_code == 415


DRAFTS = {
    "typeform": b'{"event_type": "form_response_partial"}',
    "tally": b'{"eventType": "PING"}',
    "gravity_forms": b'{"id": "1", "status": "spam", "2": "x"}',
    "webflow": b'{"triggerType": "site_publish", "payload": {}}',
    "envoy": b'{"meta": {"event": "entry_sign_out"}, "payload": {"id": "1"}}',
    "greetly": b'{"event": "Check Out", "id": "gr1"}',
    "twilio": b"CallSid=CA1&CallStatus=ringing&From=%2B14155550100",
}


@pytest.mark.parametrize("provider", DRAFTS)
def test_what_is_of_no_interest_is_accepted_and_not_kept(gate, named, provider):
    assert gate.deliver(named[provider], DRAFTS[provider]) == 200
    assert gate.received(named[provider]) == 0


def test_one_id_with_two_contents_is_refused_where_the_settings_name_the_id(gate, named):
    for provider, status in (("webhook", 409), ("standard_webhooks", 409), ("tally", 200)):
        sender = named[provider]
        other = sender.body.replace(b"ana@almeida", b"eva@almeida")
        assert gate.deliver(sender) == 200
        assert gate.deliver(sender, other) == status
        assert gate.received(sender) == 1


def test_an_edited_answer_of_a_google_form_is_an_answer_of_its_own(gate, named):
    sender = named["google_forms"]
    edited = sender.body.replace(b'"g1"', b'"g1@2026-11-21T00:00:00Z"')
    assert gate.deliver(sender) == gate.deliver(sender, edited) == 200
    assert gate.received(sender) == 2


def test_several_leads_in_one_delivery_are_several_events(gate, named):
    sender = named["hubspot"]
    two = (
        b'[{"submissionId": "a", "fields": [{"name": "email", "value": "a@b.example"}]},'
        b' {"submissionId": "b", "fields": [{"name": "email", "value": "b@b.example"}]}]'
    )
    assert gate.deliver(sender, two) == 200
    assert gate.received(sender) == 2


def test_ids_without_answers_are_refused_rather_than_lost(gate, named):
    ids = b'[{"eventId": 1, "subscriptionType": "contact.creation", "objectId": 7}]'
    assert gate.deliver(named["hubspot"], ids) == 400


def test_what_cannot_be_written_is_not_acknowledged(gate, sender, monkeypatch):
    def full(*_args, **_more):
        raise StoreFullError("sqlite:///leads.db")

    monkeypatch.setattr("steward.receiver.intake.put_letters", full)
    assert gate.deliver(sender) == 503
    monkeypatch.undo()
    assert gate.deliver(sender) == 200


def test_a_delivery_that_cannot_be_written_takes_no_other_with_it(gate, monkeypatch):
    def choosy(store, letters):
        if any(letter.event_id == "bad" for letter in letters):
            raise ValueError
        return put_letters(store, letters)

    monkeypatch.setattr("steward.receiver.intake.put_letters", choosy)
    intake = Intake(gate.store)

    async def put_all():
        import asyncio  # noqa: PLC0415 - only here

        from crm.inbox import Letter  # noqa: PLC0415 - only here

        letters = [Letter("x", name, {"a": "b"}) for name in ("one", "bad", "two")]
        puts = (intake.put([letter]) for letter in letters)
        return await asyncio.gather(*puts, return_exceptions=True)

    one, bad, two = gate.portal.call(put_all)
    intake.close()
    assert (one, two) == (["stored"], ["stored"])
    assert isinstance(bad, ValueError)


def test_neither_secrets_nor_answers_get_into_logs_or_answers(gate, sender, caplog):
    caplog.set_level(logging.DEBUG)
    answers = [
        gate.ask("POST", sender.path, content=sender.body, headers={"authorization": "Bearer x"}),
        gate.ask("POST", f"{sender.path}/{sender.secret}", content=sender.body),
    ]
    gate.deliver(sender)
    gate.deliver(sender, b'{"email": "ana@almeida.example"')
    said = caplog.text.replace(f"{sender.path}/{sender.secret}", "") + "".join(
        answer.text + str(answer.headers) for answer in answers
    )
    assert sender.secret not in said
    assert "almeida" not in said.lower()
    hooks = repr(
        open_hooks(
            Settings(sources={sender.provider: Source(webhook={"provider": sender.provider})})
        )
    )
    assert sender.secret not in hooks


def test_a_source_without_its_secret_is_refused_before_anything_listens(monkeypatch):
    settings_ = Settings(sources={"my-form": Source(webhook={"provider": "tally"})})
    with pytest.raises(InvalidValueError, match="LEADGATE_SECRET_MY_FORM"):
        open_hooks(settings_)
    monkeypatch.setenv("LEADGATE_SECRET_MY_FORM", "not base64!")
    standard = Settings(sources={"my-form": Source(webhook={"provider": "standard_webhooks"})})
    with pytest.raises(InvalidValueError, match="whsec_"):
        open_hooks(standard)


def test_a_secret_may_be_in_a_file(tmp_path, monkeypatch):
    (tmp_path / "secret").write_text("one\ntwo\n")
    monkeypatch.setenv("LEADGATE_SECRET_MY_FORM_FILE", str(tmp_path / "secret"))
    hooks = open_hooks(Settings(sources={"my-form": Source(webhook={"provider": "tally"})}))
    assert hooks["my-form"].secrets == ("one", "two")


def test_answers_are_kept_as_they_came_whatever_their_characters(gate, named):
    sender = named["webhook"]
    odd = '{"uuid": "u\\u0000", "answers": {"n\\u0000": "a\\u0000b \\ud800 \\u202e é 你"}}'
    assert gate.deliver(sender, odd.encode()) == 200
    (letter,) = waiting_letters(gate.store, sender.provider)
    assert letter.values == {"n\x00": "a\x00b \ud800 \u202e é 你"}
    assert letter.event_id.startswith("sha256:")


JSON_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                [
                    "data",
                    "fields",
                    "payload",
                    "entry",
                    "changes",
                    "value",
                    "form_response",
                    "answers",
                    "definition",
                    "type",
                    "label",
                    "key",
                    "options",
                    "properties",
                    "meta",
                    "attributes",
                    "id",
                    "name",
                    "values",
                    "event_type",
                    "eventType",
                    "triggerType",
                    "field",
                ]
            )
            | st.text(max_size=4),
            inner,
            max_size=4,
        )
    ),
    max_leaves=20,
)
KINDS = ["application/json", "application/x-www-form-urlencoded", "multipart/form-data; boundary=X"]
TELLING = ["form_response", "FORM_RESPONSE", "form_submission", "leadgen", "entry_sign_in"]


@settings(max_examples=150)
@given(value=JSON_VALUES, raw=st.binary(max_size=60), kind=st.sampled_from(KINDS), data=st.data())
def test_no_body_makes_a_reader_raise(value, raw, kind, data):
    import json  # noqa: PLC0415 - only here

    if isinstance(value, dict):
        word = data.draw(st.sampled_from(TELLING))
        value |= dict.fromkeys(("event_type", "eventType", "triggerType"), word)
    delivery_headers = (("content-type", kind),)
    for body in (json.dumps(value).encode(), raw, b"--X\r\n" + raw + b"\r\n--X--"):
        delivery = Delivery("POST", "https://x.example/in/x", delivery_headers, body)
        for name in (*PROVIDERS, *SHAPED):
            provider = find_provider(name, Shape(items="data", record="fields", id="id"))
            assert provider is not None
            found = provider.read(delivery)
            assert isinstance(found, tuple | Refusal)


@settings(max_examples=150)
@given(given_=st.text(max_size=40), when=st.text(max_size=12), body=st.binary(max_size=30))
def test_no_header_makes_a_verifier_raise_or_pass(given_, when, body):
    names = [
        "typeform-signature",
        "tally-signature",
        "x-webflow-signature",
        "authorization",
        "x-hubspot-signature-v3",
        "x-hub-signature-256",
        "x-fs-signature",
        "webhook-signature",
        "x-envoy-signature",
        "x-twilio-signature",
    ]
    times = [
        "x-webflow-timestamp",
        "x-hubspot-request-timestamp",
        "webhook-timestamp",
        "webhook-id",
    ]
    headers = tuple((name, given_) for name in names) + tuple((name, when) for name in times)
    delivery = Delivery("POST", "https://x.example/in/x", headers, body)
    for name in (*PROVIDERS, *SHAPED):
        provider = find_provider(name)
        assert provider is not None
        assert isinstance(provider.verify(delivery, ("secret", "whsec_AAAA"), 0.0), Refusal)
