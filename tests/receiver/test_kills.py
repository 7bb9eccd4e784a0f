"""What `make soak` does at length, in small: kills between deliveries lose and double nothing."""

import os
import re
import signal
import subprocess
import sys
from pathlib import Path

import httpx

sys.path.insert(0, str(Path(__file__).parents[2]))

from soak.receiver_kills import Receiver, run


def test_events_sent_several_times_to_a_receiver_that_is_killed_have_one_effect_each(tmp_path):
    receiver = Receiver(tmp_path)
    try:
        outcome = run(receiver, events=20, copies=3, kills=1)
    finally:
        receiver.kill()
    assert (outcome.effects, outcome.acknowledged) == (20, 20)


SECRET = "a-word-of-the-address-alone"  # noqa: S105 - of this test


def test_the_secret_in_an_address_is_in_nothing_the_receiver_writes(tmp_path):
    (tmp_path / "leadgate.toml").write_text(
        '[sources.party.webhook]\nprovider = "jotform"\nprocess = "next_run"\n'
    )
    environment = {**os.environ, "LEADGATE_SECRET_PARTY": SECRET, "LEADGATE_LOG": "json"}
    command = [sys.executable, "-m", "leadgate", "serve", "--port", "0"]
    with (
        (tmp_path / "said").open("w") as said,
        subprocess.Popen(
            command, cwd=tmp_path, env=environment, stdout=said, stderr=subprocess.PIPE, text=True
        ) as process,
    ):
        try:
            first = process.stderr.readline()
            host = f"http://127.0.0.1:{re.search(r':([0-9]+)$', first.strip())[1]}"
            answers = [
                httpx.request(method, f"{host}{path}", content=body)
                for method, path, body in (
                    ("POST", f"/in/party/{SECRET}", b""),
                    ("POST", f"/in/party/{SECRET}", b"x" * 300_000),
                    ("POST", f"/in/party/{SECRET}/more", b""),
                    ("POST", f"/in/another/{SECRET}", b""),
                    ("GET", f"/in/party/{SECRET}", b""),
                    ("POST", f"/in/party/{SECRET}%00", b""),
                )
            ]
        finally:
            process.send_signal(signal.SIGTERM)
        errors = first + process.communicate(timeout=20)[1]
    assert [each.status_code for each in answers] == [400, 413, 404, 404, 405, 401]
    assert "source party: refused" in errors
    written = [file.read_bytes() for file in tmp_path.rglob("*") if file.is_file()]
    texts = [errors, *(answer.text for answer in answers)]
    assert all(SECRET.encode() not in each for each in [*written, *map(str.encode, texts)])
