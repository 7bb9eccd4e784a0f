"""Forgeries that a table of them can name, at every provider: each refused, or harmless."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import time
from urllib.parse import urlencode

import pytest

from crm.inbox import waiting_letters
from leadgate.errors import InvalidValueError
from leadgate.settings import Settings, Source
from steward.receiver.hooks import open_hooks
from tests.receiver.conftest import BOOTH, FORM, HOST, JSON, SENDERS, multipart, to_json

SIGNING = [each for each in SENDERS if each.header != "authorization"]
TIMED = [each for each in SENDERS if each.time_header]
STANDARD = [each for each in SENDERS if each.header == "webhook-signature"]
BY_NAME = {each.provider: each for each in SENDERS}


def signed(sender, body=None, now=None):
    return sender.sign(
        sender, sender.body if body is None else body, sender.secret, now or time.time()
    )


def last(signature):
    """The signature alone: without the ones beside it, a prefix or a scheme."""
    return signature.split(" ")[-1].split(",")[-1].removeprefix("sha256=")


def put(alone):
    """Put another signature where the right one stands."""

    def forge(sender):
        headers = signed(sender)
        good = headers[sender.header]
        return headers | {sender.header: good.replace(last(good), alone(last(good)))}

    return forge


def write(whole):
    """Write the header with the signature in another way."""

    def forge(sender):
        headers = signed(sender)
        return headers | {sender.header: whole(headers[sender.header])}

    return forge


def of_body(change):
    """Sign another body than the one that is sent."""
    return lambda sender: signed(sender, change(sender.body))


def reserialize(body):
    if body[:1] == b"{":
        return json.dumps(json.loads(body), indent=1).encode()
    return body + b"&more=1"


def digest_of(name):
    """A signature as the provider writes it, by another algorithm."""

    def forge(sender):
        good = signed(sender)
        raw = hmac.new(sender.secret.encode(), sender.body, name).digest()
        texts = (raw.hex(), base64.b64encode(raw).decode())
        as_hex = len(last(good[sender.header])) == 64
        return good | {
            sender.header: good[sender.header].replace(last(good[sender.header]), texts[not as_hex])
        }

    return forge


def url_safe(alone):
    swapped = alone.translate(str.maketrans("+/", "-_"))
    return swapped if swapped != alone else alone.rstrip("=") + "-"


SIGNATURES = {
    "sha1 in the name": write(lambda good: "sha1=" + last(good)),
    "sha512 in the name": write(lambda good: "sha512=" + last(good)),
    "none in the name": write(lambda good: "none=" + last(good)),
    "the name in capitals": write(lambda good: "SHA256=" + last(good)),
    "the name twice": write(lambda good: "sha256=sha256=" + last(good)),
    "plain hash of the body": write(lambda _good: hashlib.sha256(b"x").hexdigest()),
    "md5": digest_of("md5"),
    "sha384": digest_of("sha384"),
    "sha512": digest_of("sha512"),
    "half of it": put(lambda alone: alone[: len(alone) // 2]),
    "all but one character": put(lambda alone: alone[:-1]),
    "doubled": put(lambda alone: alone * 2),
    "reversed": put(lambda alone: alone[::-1]),
    "case swapped": put(str.swapcase),
    "quoted": put(lambda alone: f'"{alone}"'),
    "escaped": put(lambda alone: "%" + alone.encode().hex("%")),
    "a tab within": put(lambda alone: alone[:4] + "\t" + alone[4:]),
    "url-safe base64": put(url_safe),
    "more padding": put(lambda alone: alone + "=="),
    "no-break space after": put(lambda alone: alone + "\xa0"),
    "no-break space before": put(lambda alone: "\xa0" + alone),
    "bytes above 127": put(lambda alone: alone[:-1] + "\xff"),
    "semicolon and more": put(lambda alone: alone + "; t=1"),
    "a list of it and another": write(lambda good: f"{last(good)[:-2]}AA,{last(good)}x"),
    "empty": write(lambda _good: ""),
    "null": write(lambda _good: "null"),
    "of an empty body": of_body(lambda _body: b""),
    "of a line feed more": of_body(lambda body: body + b"\n"),
    "of the body in capitals": of_body(bytes.upper),
    "of the body written anew": of_body(reserialize),
    "of the body behind a mark": of_body(lambda body: b"\xef\xbb\xbf" + body),
}
SIGNED_ONLY = [name for name in SIGNATURES if name.startswith("of ")]


@pytest.mark.parametrize("name", SIGNATURES)
def test_a_forged_signature_is_refused_everywhere(gate, name):
    for sender in SIGNING if name in SIGNED_ONLY else SENDERS:
        headers = SIGNATURES[name](sender)
        assert gate.send(sender, sender.body, headers) == 401, sender
        assert gate.received(sender) == 0


def test_blanks_around_a_signature_belong_to_http_and_not_to_it(gate):
    for sender in SENDERS:
        good = signed(sender)
        assert (
            gate.send(sender, sender.body, good | {sender.header: f" {good[sender.header]}\t"})
            == 200
        )


def test_the_signature_of_one_source_opens_no_other(gate):
    for sender in SIGNING:
        for other in SIGNING:
            if other.header == sender.header and other.secret == sender.secret and other != sender:
                continue
            if other != sender:
                assert gate.send(other, sender.body, signed(sender)) == 401, (sender, other)


MILLISECONDS = ("webflow", "hubspot")
TIMES = {
    "old": lambda now: now - 301,
    "of the future": lambda now: now + 302,
    "zero": lambda _now: 0,
    "in the wrong unit": lambda now: now * 1_000,
    "far too late": lambda _now: 99_999_999_999,
}


@pytest.mark.parametrize("name", TIMES)
def test_a_time_out_of_the_window_is_refused_although_it_is_signed(gate, name):
    for sender in TIMED:
        headers = signed(sender, now=TIMES[name](time.time()) or 0.001)
        assert gate.send(sender, sender.body, headers) == 401, sender


NO_TIMES = [
    "+{}",
    "-{}",
    " {}.0",
    "{}.5",
    "{}e0",
    "0x{}",
    "{}_0",
    "{}\xb2",
    "١٧٦٣",
    "9" * 400,
    "{},{}",
]


@pytest.mark.parametrize("form", NO_TIMES)
def test_a_time_written_in_another_way_is_refused(gate, form):
    for sender in TIMED:
        headers = signed(sender)
        written = form.format(*[headers[sender.time_header]] * 2).encode("utf-8").decode("latin-1")
        assert gate.send(sender, sender.body, headers | {sender.time_header: written}) == 401


def test_what_was_signed_for_another_time_or_id_is_refused(gate):
    for sender in TIMED:
        headers = signed(sender)
        later = str(int(headers[sender.time_header]) + 1)
        assert gate.send(sender, sender.body, headers | {sender.time_header: later}) == 401
    for sender in STANDARD:
        for other in ("msg_2", "", "msg_1 ", "MSG_1", "m" * 300, "msg_1\xff", "msg_1.1"):
            headers = signed(sender) | {"webhook-id": other}
            expected = 200 if other == "msg_1 " else 401  # the blank is HTTP's
            assert gate.send(sender, sender.body, headers) == expected, other


VERSIONS = {
    "v2,{0}": 401,
    "v1a,{0}": 401,
    "V1,{0}": 401,
    "v1 {0}": 401,
    "v1={0}": 401,
    "{0}": 401,
    "v1,{0},": 401,
    "v1,{0};v1,{0}": 401,
    "v1,{0}\tv1,AAAA": 401,
    ",v1,{0}": 401,
    "v1,,{0}": 401,
    "v1,AAAA v1,BBBB": 401,
    "v2,{0} v1,AAAA": 401,
    "v1,{0}": 200,
    "v1,AAAA v1,{0}": 200,
    "v1,{0} v1,AAAA": 200,
    "v2,{0} v1,{0}": 200,
    "nonsense v1,{0} , v1": 200,
    "v1,{0} v1,{0}": 200,
    "v1,!!! v1,\xff v1,{0}": 200,
}


@pytest.mark.parametrize("form", VERSIONS)
def test_one_right_signature_of_the_first_version_is_enough_and_no_other_counts(gate, form):
    for sender in STANDARD:
        headers = signed(sender)
        written = form.format(last(headers[sender.header]))
        assert gate.send(sender, sender.body, headers | {sender.header: written}) == VERSIONS[form]
        assert gate.received(sender) == (VERSIONS[form] == 200)


@pytest.mark.parametrize("which", ["the same", "another"])
def test_a_header_that_comes_twice_is_refused(gate, which):
    for sender in SENDERS:
        headers = signed(sender)
        for name, value in headers.items():
            more = value if which == "the same" else value[:-1] + "0"
            for twice in ([*headers.items(), (name, more)], [(name, more), *headers.items()]):
                assert gate.send(sender, sender.body, twice) == 401, (sender, name)


def test_the_same_content_under_a_new_id_is_another_event_and_the_same_id_is_not(gate):
    sender = BY_NAME["webhook"]
    again = to_json(BOOTH | {"uuid": "u2"})
    reordered = to_json(dict(reversed(BOOTH.items())))
    assert [gate.deliver(sender, body) for body in (sender.body, again, reordered)] == [200] * 3
    assert gate.received(sender) == 2
    changed = to_json(BOOTH | {"created_at": "2026-11-21T00:00:00Z"})
    assert gate.deliver(sender, changed) == 409
    assert {each.event_id for each in waiting_letters(gate.store, "webhook")} == {"u1", "u2"}


KINDS = [JSON, FORM, "text/plain", "multipart/form-data; boundary=XX", "", "x", "Multipart/*"]


@pytest.mark.parametrize("kind", KINDS)
def test_a_signed_delivery_sent_again_as_another_type_has_no_second_effect(gate, kind):
    """The content type is not signed: who recorded a delivery can choose it."""
    for sender in SENDERS:
        assert gate.deliver(sender) == 200
        named = [("content-type", kind), *signed(sender).items()]
        raw = [(key.encode(), value.encode("latin-1")) for key, value in named]
        answer = gate.ask("POST", sender.path, content=sender.body, headers=raw)
        assert answer.status_code in {200, 400, 401}, sender
        assert gate.received(sender) == 1, sender


def test_a_call_is_not_told_again_under_a_name_that_signs_alike(gate):
    sender = BY_NAME["twilio"]
    assert gate.deliver(sender) == 200
    moved = sender.body.replace(b"CallSid=CA1", b"CallSi=dCA1")
    assert gate.send(sender, moved, signed(sender)) == 400
    assert gate.received(sender) == 1


def test_a_call_in_json_is_signed_by_its_address(gate):
    sender, body = BY_NAME["twilio"], to_json({"CallSid": "CA9", "CallStatus": "completed"})

    def send(query, content=body):
        url = f"{sender.path}?{query}"
        raw = hmac.new(sender.secret.encode(), f"{HOST}{url}".encode(), "sha1").digest()
        headers = {sender.header: base64.b64encode(raw).decode(), "content-type": JSON}
        return gate.ask("POST", url, content=content, headers=headers).status_code

    right = f"bodySHA256={hashlib.sha256(body).hexdigest()}"
    assert [send(right), send(right, body + b" "), send(""), send("bodySHA256=")] == [
        200,
        401,
        401,
        401,
    ]


def nested(kind):
    parts = b"".join(b"--B%d\r\n" % at + kind % (at + 1) + b"\r\n\r\n" for at in range(240))
    return b"--XX\r\n" + parts + b"--XX--\r\n"


DISPOSITION = b"--XX\r\nContent-Disposition: form-data; name="
BOMBS = {
    "parts in parts": nested(b"Content-Type: multipart/mixed; boundary=B%d"),
    "messages in messages": b"--XX\r\n" + b"Content-Type: message/rfc822\r\n\r\n" * 600,
    "a header of quotes": DISPOSITION + b'"' + b'\\";' * 6_000 + b"\r\n\r\nx\r\n--XX--\r\n",
    "a header of semicolons": DISPOSITION + b";" * 19_000 + b"\r\n\r\nx\r\n--XX--\r\n",
    "many parts": (DISPOSITION + b"a\r\n\r\nx\r\n") * 380 + b"--XX--\r\n",
    "many headers": b"--XX\r\n" + b"a: b\r\n" * 3_000,
    "no end": DISPOSITION + b'"rawRequest"\r\n\r\n{"q1_a": "b"}\r\n',
    "a name twice": DISPOSITION
    + b'"rawRequest"\r\n\r\n{}\r\n'
    + DISPOSITION
    + b'"rawRequest"\r\n\r\n{}\r\n--XX--\r\n',
    "odd characters of a name": DISPOSITION + b'"\x00\xff"\r\n\r\nx\r\n--XX--\r\n',
}


@pytest.mark.parametrize("name", BOMBS)
def test_a_multipart_body_made_to_harm_is_answered_at_once(gate, name):
    kind = [("content-type", "multipart/form-data; boundary=XX")]
    started = time.process_time()
    for sender in SENDERS:
        raw = [*kind, *signed(sender, BOMBS[name]).items()]
        answer = gate.ask("POST", sender.path, content=BOMBS[name], headers=raw)
        assert answer.status_code in {400, 401} or gate.received(sender) <= 1
        assert answer.status_code < 500
    # Formstack's key is in the body, which is looked into before anything is verified.
    gate.ask("POST", "/in/formstack", content=BOMBS[name], headers=kind)
    assert time.process_time() - started < 3


TEXTS = {
    "depth within the limit": (b'{"a": ' * 30 + b"1" + b"}" * 30, None),
    "depth beyond it": (b'{"a": ' * 33 + b"1" + b"}" * 33, 400),
    "lists without end": (b"[" * 9_000, 400),
    "a number of 15,000 digits": (b'{"uuid": "n", "answers": {"a": ' + b"9" * 15_000 + b"}}", None),
    "a number beyond all": (b'{"uuid": "n", "answers": {"a": 1e99999}}', None),
    "a key twice within": (b'{"data": {"a": 1, "a": 2}}', 400),
    "half a character": (b'{"a": "\xc3"}', 400),
    "overlong UTF-8": (b'{"a": "\xc0\xaf"}', 400),
    "a surrogate in UTF-8": (b'{"a": "\xed\xa0\x80"}', 400),
    "a NUL before": (b'\x00{"a": 1}', 400),
    "a NUL within": (b'{"a": "\x00"}', 400),
    "UTF-16": ('{"a": 1}'.encode("utf-16"), 400),
    "a comment": (b'{"a": 1} // b', 400),
    "two documents": (b'{"a": 1}\n{"a": 2}', 400),
    "surrogates and NUL where a time and an id should be": (
        b'{"uuid": "\\ud800", "created_at": "\\u0000\\udfff", "answers": {"\\ud800": "\\u0000"}}',
        None,
    ),
}


@pytest.mark.parametrize("name", TEXTS)
def test_json_made_to_harm_is_answered(gate, name):
    body, status = TEXTS[name]
    for sender in SENDERS:
        if sender.content_type == JSON:
            answer = gate.deliver(sender, body)
            assert answer == status if status else answer in {200, 400}, sender


FORMS = {
    "many fields": (b"a=1&" * 4_000, {400, 401}),
    "many names": (urlencode({f"n{at}": at for at in range(1_500)}).encode(), {400, 401}),
    "only separators": (b"&" * 15_000, {400, 401}),
    "half an escape": (b"UniqueID=1&a=%e", {200, 400}),
    "bytes that are no UTF-8": (b"a=%ff%fe", {400, 401}),
    "bytes that are not escaped": (b"a=\xc3\xa9", {400, 401}),
    "JSON": (b'{"a": "b=c"}', {400, 401}),
    "NUL": (b"UniqueID=2&a=%00", {200, 400}),
}


@pytest.mark.parametrize("name", FORMS)
def test_a_form_made_to_harm_is_answered(gate, name):
    body, statuses = FORMS[name]
    for sender in (BY_NAME["formstack"], BY_NAME["twilio"]):
        assert gate.deliver(sender, body) in statuses, sender


def test_the_limit_of_a_body_is_met_to_the_byte(gate):
    sender = BY_NAME["webhook"]
    full = sender.body + b" " * (20_000 - len(sender.body))
    assert [gate.deliver(sender, full), gate.deliver(sender, full + b" ")] == [200, 413]


def test_a_body_in_chunks_without_a_length_is_read(gate, sender):
    async def pieces():
        for at in range(0, len(sender.body), 7):
            yield sender.body[at : at + 7]

    headers = signed(sender) | {"content-type": sender.content_type}
    assert gate.ask("POST", sender.path, content=pieces(), headers=headers).status_code == 200
    assert gate.received(sender) == 1


def test_of_several_secrets_each_opens_and_one_that_was_taken_away_does_not(monkeypatch):
    for sender in SENDERS:
        provider = {"provider": sender.provider, **sender.settings}
        settings = Settings(sources={"web": Source(webhook=provider)})
        monkeypatch.setenv("LEADGATE_SECRET_WEB", f" {sender.secret}\n{sender.before} ")
        assert open_hooks(settings)["web"].secrets == (sender.secret, sender.before)
        monkeypatch.setenv("LEADGATE_SECRET_WEB", sender.secret)
        assert open_hooks(settings)["web"].secrets == (sender.secret,)


@pytest.mark.parametrize("empty", ["", "  ", "\n", "whsec_"])
def test_an_empty_secret_is_refused_before_anything_listens(monkeypatch, empty):
    monkeypatch.setenv("LEADGATE_SECRET_WEB", empty)
    for sender in STANDARD if empty == "whsec_" else SENDERS:
        settings = Settings(sources={"web": Source(webhook={"provider": sender.provider})})
        with pytest.raises(InvalidValueError, match="LEADGATE_SECRET_WEB"):
            open_hooks(settings)


def test_a_form_of_jotform_with_a_file_in_it_is_read_without_the_file(gate):
    sender = BY_NAME["jotform"]
    file = b'--XX\r\nContent-Disposition: form-data; name="f"; filename="a.txt"\r\n\r\nx\r\n'
    raw = multipart({"submissionID": "9", "rawRequest": '{"q1_email": "a@b.example"}'})
    assert gate.deliver(sender, file + raw) == 200
    (letter,) = waiting_letters(gate.store, "jotform")
    assert letter.values == {"email": "a@b.example"}
