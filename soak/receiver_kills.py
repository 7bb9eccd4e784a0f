"""Events of a form, each sent several times and out of order, to a receiver that is killed often.

Every event that was sent has one effect in the end, and none is lost: each copy is sent until it
is acknowledged, and an acknowledged one has to be on the disk.
"""

import argparse
import base64
import hashlib
import hmac
import json
import os
import random
import re
import signal
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import httpx
from sqlalchemy import select

from crm.models import quarantine_row, source_record
from crm.opening import reading
from crm.store import open_store

SECRET: Final = "a-long-random-secret"  # noqa: S105 - of this run alone
SETTINGS: Final = """
[sources.contact_form.webhook]
provider = "tally"
process = "next_run"
"""
ENVIRONMENT: Final = {"LEADGATE_SECRET_CONTACT_FORM": SECRET, "PREFECT_API_URL": ""}


class Receiver:
    """`leadgate serve` in a folder, on a port of its own, started again after every kill."""

    def __init__(self, folder: Path, store: str = "sqlite:///leads.db") -> None:
        self.folder, self.store, self.port = folder, store, 0
        (folder / "leadgate.toml").write_text(SETTINGS)
        self.start()

    @property
    def address(self) -> str:
        """Where deliveries go."""
        return f"http://127.0.0.1:{self.port}/in/contact_form"

    def start(self) -> None:
        """Start, and wait until it listens."""
        self.process = subprocess.Popen(
            [sys.executable, "-m", "leadgate", "serve", "--port", str(self.port)],
            cwd=self.folder,
            env=self.environment,
            stderr=subprocess.PIPE,
            text=True,
        )
        said = self.process.stderr.readline() if self.process.stderr else ""
        found = re.search(r":(\d+)$", said.strip())
        if found is None:
            raise SystemExit(f"the receiver did not start: {said}")
        self.port = int(found[1])

    @property
    def environment(self) -> dict[str, str]:
        """What the commands of this run see."""
        return {**os.environ, **ENVIRONMENT, "LEADGATE_STORE": self.store}

    def kill(self) -> None:
        """End it as a loss of power does: no handler runs."""
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()
        if self.process.stderr:
            self.process.stderr.close()

    def run(self, *arguments: str, kill_after: float | None = None) -> str:
        """Run another command in the folder, to its end or until it is killed."""
        command = [sys.executable, "-m", "leadgate", *arguments]
        try:
            ran = subprocess.run(
                command,
                cwd=self.folder,
                env=self.environment,
                capture_output=True,
                text=True,
                check=False,
                timeout=kill_after,
            )
        except subprocess.TimeoutExpired:
            return ""
        return ran.stdout


@dataclass(frozen=True)
class Outcome:
    """What was sent and what came of it."""

    events: int
    copies: int
    kills: int
    effects: int
    acknowledged: int
    seconds: float


def make_event(number: int) -> bytes:
    """One submission of a form by a person of its own."""
    name = hashlib.sha256(str(number).encode()).hexdigest()
    letters = "".join(chr(ord("a") + int(digit, 16)) for digit in name)
    given, family = letters[:7].title(), letters[7:16].title()
    fields = {"First name": given, "Last name": family, "Email": f"{given}.{family}@mail.example"}
    return json.dumps(
        {
            "eventType": "FORM_RESPONSE",
            "data": {
                "submissionId": f"s{number}",
                "createdAt": f"2026-11-{1 + number % 20:02d}T10:00:00Z",
                "fields": [{"label": key, "value": value} for key, value in fields.items()],
            },
        }
    ).encode()


def sign(body: bytes) -> dict[str, str]:
    """Sign a body as the provider does."""
    mac = hmac.new(SECRET.encode(), body, hashlib.sha256).digest()
    return {"tally-signature": base64.b64encode(mac).decode()}


def run(receiver: Receiver, events: int, copies: int, kills: int, seed: int = 7) -> Outcome:
    """Send everything while the receiver is killed now and then; then import, killed too."""
    started = time.monotonic()
    chance = random.Random(seed)  # noqa: S311 - not a secret
    sent = [number for number in range(events) for _ in range(copies)]
    chance.shuffle(sent)
    acknowledged: set[int] = set()
    parts = [sent[start :: kills + 1] for start in range(kills + 1)]
    for part in parts:
        with httpx.Client(trust_env=False) as client, ThreadPoolExecutor(8) as senders:
            pending = [senders.submit(_send, client, receiver, number) for number in part]
            if part is not parts[-1]:
                time.sleep(chance.uniform(0.05, 0.4))
                receiver.kill()
                receiver.start()
            for each in pending:
                acknowledged.add(each.result())
    for _ in range(min(kills, 3)):
        receiver.run("drain", kill_after=chance.uniform(1.5, 4.0))
    receiver.run("drain")
    effects = count_effects(receiver)
    return Outcome(events, copies, kills, effects, len(acknowledged), time.monotonic() - started)


def _send(client: httpx.Client, receiver: Receiver, number: int) -> int:
    """Send one event until it is acknowledged, as providers do."""
    body = make_event(number)
    headers = sign(body)
    while True:
        try:
            answer = client.post(receiver.address, content=body, headers=headers, timeout=10)
        except httpx.TransportError:
            time.sleep(0.05)
            continue
        if answer.status_code == 200:
            return number
        if answer.status_code < 500:
            raise SystemExit(f"event {number} was refused with {answer.status_code}")
        time.sleep(0.05)


def count_effects(receiver: Receiver) -> int:
    """Rows in the store, in quarantine or not; a submission that is there twice is a failure."""
    url = receiver.store.replace("sqlite:///", f"sqlite:///{receiver.folder}/")
    with open_store(url) as store, reading(store.engine) as connection:
        found = [
            row.submission_id
            for table in (source_record, quarantine_row)
            for row in connection.execute(select(table.c.submission_id))
        ]
    if len(found) != len(set(found)):
        raise SystemExit(f"{len(found) - len(set(found))} events had more than one effect")
    return len(found)


def main() -> None:
    """Run it, print the figure, and fail where it is not what was sent."""
    parser = argparse.ArgumentParser(prog="python -m soak.receiver_kills", description=__doc__)
    parser.add_argument("--events", type=int, default=1_000)
    parser.add_argument("--copies", type=int, default=10)
    parser.add_argument("--kills", type=int, default=8)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        receiver = Receiver(Path(folder))
        try:
            outcome = run(receiver, given.events, given.copies, given.kills)
        finally:
            receiver.kill()
    print(
        f"{outcome.events:,} events × {outcome.copies} copies, shuffled, {outcome.kills} kills of "
        f"the receiver: {outcome.effects:,} effects, {outcome.seconds:.0f} s"
    )
    if outcome.effects != outcome.events or outcome.acknowledged != outcome.events:
        raise SystemExit(1)


if __name__ == "__main__":
    main()
