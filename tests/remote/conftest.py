"""Servers on this machine that answer as the real ones do."""

from __future__ import annotations

import threading
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

Answer = tuple[int, dict[str, str], bytes]


@dataclass
class Web:
    """A server that answers what it is told to: `answer(path, headers)`."""

    port: int = 0
    asked: list[tuple[str, dict[str, str]]] = field(default_factory=list)
    answer: Callable[[str, dict[str, str]], Answer] = lambda _path, _headers: (200, {}, b"{}")

    @property
    def url(self) -> str:
        """Its address."""
        return f"http://127.0.0.1:{self.port}"

    @property
    def host(self) -> str:
        """Its name on an allow-list."""
        return f"127.0.0.1:{self.port}"


@pytest.fixture
def web() -> Iterator[Web]:
    """A server on this machine."""
    state = Web()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            headers = {key.lower(): value for key, value in self.headers.items()}
            state.asked.append((self.path, headers))
            status, given, body = state.answer(self.path, headers)
            self.send_response(status)
            for key, value in {"content-length": str(len(body)), **given}.items():
                self.send_header(key, value)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_args: Any) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    state.port = server.server_address[1]
    thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    yield state
    server.shutdown()
    server.server_close()
    thread.join()
