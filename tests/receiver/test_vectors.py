"""Forged, replayed, malformed and huge deliveries of every provider: none taken, none crashes."""

from __future__ import annotations

import json
import time

import pytest

from crm.inbox import waiting_letters


def signed(sender, body=None, secret=None, now=None):
    content = sender.body if body is None else body
    return sender.sign(sender, content, secret or sender.secret, now or time.time())


def test_a_delivery_is_taken_with_all_its_answers(gate, sender):
    assert gate.deliver(sender) == 200
    (letter,) = waiting_letters(gate.store, sender.provider)
    assert letter.values == sender.arrives


def test_a_delivery_that_is_repeated_has_one_effect(gate, sender):
    assert [gate.deliver(sender) for _ in range(3)] == [200, 200, 200]
    assert gate.received(sender) == 1


def test_a_secret_that_is_being_replaced_is_still_good(gate, sender):
    assert gate.send(sender, sender.body, signed(sender, secret=sender.before)) == 200


def test_a_wrong_secret_opens_nothing(gate, sender):
    assert gate.send(sender, sender.body, signed(sender, secret=sender.other)) == 401
    assert gate.received(sender) == 0


def test_a_body_that_was_changed_is_refused(gate, signing_sender):
    for body in (
        signing_sender.body.replace(b"a", b"b", 1),
        signing_sender.body + b" ",
        signing_sender.body[:-1],
        b"",
    ):
        assert gate.send(signing_sender, body, signed(signing_sender)) == 401
    assert gate.received(signing_sender) == 0


def test_a_delivery_without_its_signature_is_refused(gate, sender):
    for missing in signed(sender):
        headers = {name: value for name, value in signed(sender).items() if name != missing}
        assert gate.send(sender, sender.body, headers) == 401
    assert gate.received(sender) == 0


def malformed(good):
    """Signatures that are none, from one that is."""
    head, last = good[:-2], good[-2:]
    return [
        "",
        " ",
        "=",
        ",",
        "v1",
        "v1,",
        "v1,,",
        "v1,ü",
        "sha256=",
        "sha256=sha256=",
        "Bearer",
        "Bearer ",
        "Bearer ÿþ",
        "Basic",
        "Basic !!!",
        "Basic dXNlcg==",
        "Basic /////w==",
        "Digest;" + good,
        "no hexadecimal digits, and no base64",
        "\xff\xfe",
        "é" * 44,
        "0" * 64,
        "A" * 43 + "=",
        good + "0",
        good[1:],
        good + "," + good,
        good[: len(good) // 2],
        head + ("ab" if last != "ab" else "cd"),
        head + "\x7f",
        good * 200,
        "v1," * 1_000,
        " ".join(["v1,AAAA"] * 500),
    ]


def test_a_malformed_signature_is_refused(gate, sender):
    headers = signed(sender)
    for wrong in malformed(headers[sender.header].split(" v1,AAAA ")[-1]):
        assert gate.send(sender, sender.body, headers | {sender.header: wrong}) == 401, wrong
    assert gate.received(sender) == 0


def test_every_other_last_character_of_a_signature_is_refused(gate, sender):
    headers = signed(sender)
    good = headers[sender.header]
    at = len(good.rstrip("=")) - 1
    for other in "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/":
        if other == good[at]:
            continue
        wrong = good[:at] + other + good[at + 1 :]
        assert gate.send(sender, sender.body, headers | {sender.header: wrong}) == 401


def test_a_signature_that_comes_twice_is_none(gate, sender):
    headers = signed(sender)
    twice = [*headers.items(), (sender.header, headers[sender.header])]
    assert gate.send(sender, sender.body, twice) == 401


@pytest.mark.parametrize("seconds", [-86_400, -301, 302, 86_400, 10**9])
def test_a_signature_of_another_time_is_refused(gate, timed_sender, seconds):
    headers = signed(timed_sender, now=time.time() + seconds)
    assert gate.send(timed_sender, timed_sender.body, headers) == 401


@pytest.mark.parametrize("seconds", [-290, 290])
def test_clocks_may_differ_by_less_than_five_minutes(gate, timed_sender, seconds):
    assert gate.deliver(timed_sender, now=time.time() + seconds) == 200


TIMES = ["", "now", "-1", "1e9", "0x1", "1.5", "9" * 30, "1 2", "NaN", "+1763633100", "\xb2"]


def test_a_time_that_is_none_is_refused(gate, timed_sender):
    for wrong in TIMES:
        headers = signed(timed_sender) | {timed_sender.time_header: wrong}
        assert gate.send(timed_sender, timed_sender.body, headers) == 401


def test_a_body_over_the_limit_is_refused_before_it_is_read(gate, sender):
    huge = sender.body + b" " * 20_000
    assert gate.deliver(sender, huge) == 413

    async def pieces():
        for piece in (sender.body, *[b" " * 1_000] * 40):
            yield piece

    headers = signed(sender, huge) | {"content-type": sender.content_type}
    assert gate.ask("POST", sender.path, content=pieces(), headers=headers).status_code == 413
    assert gate.received(sender) == 0


DEEP = b"[" * 5_000 + b"]" * 5_000
HARMFUL = [
    b"",
    b"\x00",
    b"null",
    b"7",
    b'"text"',
    b"[]",
    b"[null]",
    b"{",
    b'{"a": 1, "a": 2}',
    b'{"a": NaN}',
    b'{"a": Infinity}',
    b'{"a": "\xff\xfe"}',
    b"{}{}",
    b"{'a': 1}",
    b'{"a": ' + b"9" * 5_000 + b"e9999}",
    DEEP,
    b'{"a": ' * 2_500 + b"1" + b"}" * 2_500,
    b"\xef\xbb\xbf{}",
    "{}".encode("utf-16"),
    json.dumps({"data": [], "payload": [], "form_response": [], "entry": {}, "fields": 1}).encode(),
    json.dumps(
        {"data": {"fields": "x"}, "payload": {"data": 1}, "entry": [{"changes": 2}]}
    ).encode(),
    b"%ff%fe=%00&=&&a=b=c&%",
    b"a=1&" * 1_500,
    b"--XX\r\n\r\n--XX--",
    b'--XX\r\nContent-Disposition: form-data; name="rawRequest"\r\n\r\n[1]\r\n--XX--\r\n',
    b"--XX\r\nContent-Disposition: form-data; name*=utf-8''%ff\r\n\r\nx\r\n--XX--\r\n",
]


def test_a_signed_body_that_is_odd_gets_an_answer_and_harms_nobody(gate, sender):
    for body in HARMFUL:
        assert gate.deliver(sender, body) in {200, 400, 401}, body[:80]


@pytest.mark.parametrize("deep", [DEEP, b'{"a": 1, "a": 2}', b'{"a": NaN}', b'"text"'])
def test_json_that_no_form_sends_is_refused(gate, json_sender, deep):
    assert gate.deliver(json_sender, deep) == 400
