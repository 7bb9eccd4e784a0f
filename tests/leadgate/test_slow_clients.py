"""A connection over which the head of a request never comes is closed; any other is not."""

import socket
import threading
import time
from collections.abc import Iterator
from typing import Any

import pytest
import uvicorn

from leadgate.cli import slow_clients

WHOLE = b"GET / HTTP/1.1\r\nHost: a\r\n\r\n"


async def answer(scope: dict[str, Any], receive: Any, send: Any) -> None:
    """Say so when the body has come."""
    assert scope["type"] == "http"
    while (await receive()).get("more_body"):
        pass
    await send(
        {"type": "http.response.start", "status": 200, "headers": [(b"content-length", b"2")]}
    )
    await send({"type": "http.response.body", "body": b"ok"})


@pytest.fixture
def address(monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[str, int]]:
    monkeypatch.setattr(slow_clients, "HEAD_SECONDS", 0.4)
    listening = socket.create_server(("127.0.0.1", 0))
    config = uvicorn.Config(
        answer, http=slow_clients.PatientProtocol, log_level="error", lifespan="off"
    )
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]})
    thread.start()
    yield listening.getsockname()
    server.should_exit = True
    thread.join()


@pytest.mark.parametrize("said", [b"", b"G", WHOLE[:-2], WHOLE + WHOLE[:-2]])
def test_a_head_that_never_ends_closes_the_connection(
    address: tuple[str, int], said: bytes
) -> None:
    with socket.create_connection(address, timeout=10) as client:
        client.sendall(said)
        heard = b""
        while piece := client.recv(1_000):
            heard += piece
    assert heard.count(b"ok") == said.count(WHOLE)


def test_a_slow_body_and_a_late_second_request_are_heard(address: tuple[str, int]) -> None:
    with socket.create_connection(address, timeout=10) as client:
        for _ in range(2):
            client.sendall(b"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 4\r\n\r\nab")
            time.sleep(0.6)
            client.sendall(b"cd")
            heard = b""
            while not heard.endswith(b"ok"):
                heard += client.recv(1_000)
            time.sleep(0.6)
