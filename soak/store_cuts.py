"""Cut the connection to PostgreSQL at one message after the other; the store must not mind.

A proxy between program and server passes on message by message, in both directions, and closes
both connections instead of passing on the n-th: also the answer to a COMMIT, so that the program
does not know whether it happened. Then the same command is given again.
"""

import argparse
import socket
import struct
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from functools import partial

from sqlalchemy import make_url

from crm.errors import StoreError
from crm.store import open_store
from soak.memory import Memory
from soak.scenarios import SCENARIOS, Scenario, open_and_act
from soak.stores import places_for


@dataclass
class Wire:
    """What passes between a program and its server, and where it is cut (0: nowhere)."""

    server: str
    cut_at: int = 0
    passed: int = 0
    after_commit: list[int] = field(default_factory=list)
    lock: threading.Lock = field(default_factory=threading.Lock)
    committing: bool = False

    def count(self, message: bytes, *, from_program: bool) -> bool:
        """Count a message; says whether it may pass."""
        with self.lock:
            self.passed += 1
            if from_program:
                self.committing = self.committing or b"COMMIT" in message
            elif self.committing:
                self.after_commit.append(self.passed)
                self.committing = False
            return self.passed != self.cut_at


def main() -> None:
    """Cut and count."""
    parser = argparse.ArgumentParser(prog="python -m soak.store_cuts", description=__doc__)
    parser.add_argument("--messages", type=int, default=200, help="cut at each of the first n")
    asked = parser.parse_args()
    started, broken, cuts = time.monotonic(), list[str](), 0
    with places_for("postgresql") as places:
        for scenario in SCENARIOS[:2]:
            base, memory = places.new(), Memory()
            with open_store(base) as store:
                prepared = scenario.prepare(store)
            copy = places.copy(base)
            wire = act_through(copy, 0, partial(_act, scenario, prepared))
            broken += memory.check(scenario, copy)
            points = {*range(1, min(asked.messages, wire.passed) + 1), *wire.after_commit}
            for point in sorted(points):
                copy = places.copy(base)
                broken += _cut(scenario, copy, point, prepared, memory)
                places.drop(copy)
                cuts += 1
            print(f"  {scenario.name}: {cuts} cuts so far", flush=True)
    seconds = time.monotonic() - started
    print(f"{cuts} cuts, {len(broken)} violations ({seconds:.0f} s)", *broken, sep="\n")
    sys.exit(bool(broken))


def _cut(
    scenario: Scenario, url: str, point: int, prepared: object, memory: Memory
) -> Iterator[str]:
    with suppress(StoreError):
        act_through(url, point, partial(_act, scenario, prepared))
    for wrong in memory.check(scenario, url):
        yield f"{scenario.name}, message {point}: {wrong}"


def _act(scenario: Scenario, prepared: object, url: str) -> None:
    open_and_act(scenario, url, prepared)


def act_through(url: str, cut_at: int, act: Callable[[str], object]) -> Wire:
    """Do something through the proxy; raises what the program makes of a cut."""
    parsed = make_url(url)
    folder = str(parsed.query["host"])
    wire = Wire(f"{folder}/.s.PGSQL.{parsed.port or 5432}", cut_at)
    with _listening(wire) as port:
        plain = {"sslmode": "disable", "gssencmode": "disable"}
        through = parsed.set(host="127.0.0.1", port=port, query=plain)
        act(through.render_as_string(hide_password=False))
    return wire


@contextmanager
def _listening(wire: Wire) -> Iterator[int]:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        accepting = threading.Thread(target=_accept, args=(listener, wire), daemon=True)
        accepting.start()
        yield int(listener.getsockname()[1])
        listener.shutdown(socket.SHUT_RDWR)


def _accept(listener: socket.socket, wire: Wire) -> None:
    with suppress(OSError):
        while True:
            program, _ = listener.accept()
            server = socket.socket(socket.AF_UNIX)
            server.connect(wire.server)
            for ends in ((program, server, True), (server, program, False)):
                threading.Thread(target=_pass_on, args=(*ends, wire), daemon=True).start()


def _pass_on(here: socket.socket, there: socket.socket, from_program: bool, wire: Wire) -> None:  # noqa: FBT001 - a thread's
    """Pass messages on until one side has enough."""
    starting = from_program
    with suppress(OSError), here.makefile("rb") as stream:
        while message := _read_message(stream.read, starting=starting):
            starting = False
            if not wire.count(message, from_program=from_program):
                break
            there.sendall(message)
    for end in (here, there):
        with suppress(OSError):
            end.shutdown(socket.SHUT_RDWR)


def _read_message(read: Callable[[int], bytes], *, starting: bool) -> bytes:
    """Read a message of the protocol: a letter, which the first one lacks, a length, the rest."""
    head = read(4 if starting else 5)
    if len(head) < 4:
        return b""
    (size,) = struct.unpack("!I", head[-4:])
    return head + read(size - 4)


if __name__ == "__main__":
    main()
