"""Asking an API: pinned addresses, limits on time and size, patience with those who are busy."""

import email.utils
import random
import ssl
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Final
from urllib.parse import urlencode, urljoin, urlsplit

import httpcore

from connectors.forms.bodies import load_json
from connectors.forms.delivery import Refusal
from connectors.forms.flattening import Json
from connectors.remote.addresses import Allowed, Resolve, check_url, choose_address
from connectors.remote.errors import RemoteAnswerError, RemoteDeniedError, RemoteDownError

SIZE: Final = 32 * 2**20
ATTEMPTS: Final = 5
PATIENCE: Final = 120.0  # seconds; who asks for more is asked again by the next run
REDIRECTS: Final = 3
TIMES: Final = {"connect": 10.0, "read": 30.0, "write": 30.0, "pool": 10.0}
BUSY: Final = frozenset({408, 425, 429, 500, 502, 503, 504})
MOVED: Final = frozenset({301, 302, 303, 307, 308})
UNANSWERED: Final = (httpcore.NetworkError, httpcore.TimeoutException, httpcore.ProtocolError)


@dataclass(frozen=True)
class Answer:
    """Status, headers under lower-case names, and the body."""

    status: int
    headers: Mapping[str, str]
    body: bytes


@dataclass(frozen=True)
class Api:
    """An API, and how it is asked. `headers` hold the token, and go to its own hosts alone."""

    allowed: Allowed
    headers: Mapping[str, str] = field(default_factory=dict, repr=False)
    sleep: Callable[[float], None] = time.sleep
    resolve: Resolve | None = None

    def ask(self, url: str, params: Mapping[str, str] | None = None) -> Json:
        """The JSON that an address answers with; raises a `RemoteError`."""
        answer = self.fetch(url + ("?" + urlencode(params) if params else ""))
        value = load_json(answer.body)
        if isinstance(value, Refusal):
            raise RemoteAnswerError(_host(url), "answers something that is no JSON.")
        return value

    def fetch(self, url: str) -> Answer:
        """What an address answers with, after as many tries as make sense."""
        waited = 0.0
        for attempt in range(1, ATTEMPTS + 1):
            answer = self._try(url)
            if answer is not None and answer.status not in BUSY:
                return _accept(url, answer)
            pause = _pause(answer, attempt)
            waited += pause
            if attempt == ATTEMPTS or waited > PATIENCE:
                break
            self.sleep(pause)
        raise RemoteDownError(_host(url), "does not answer, or has no time; try again later.")

    def _try(self, url: str) -> Answer | None:
        """One try, redirects followed; None where there was no answer."""
        first = urlsplit(url)
        for _ in range(REDIRECTS + 1):
            parts = check_url(url, self.allowed)
            same = (parts.scheme, parts.netloc) == (first.scheme, first.netloc)
            try:
                answer = self._get(url, self.headers if same else {})
            except UNANSWERED as error:
                _refuse_untrusted(url, error)
                return None
            if answer.status not in MOVED or "location" not in answer.headers:
                return answer
            url = urljoin(url, answer.headers["location"])
        raise RemoteAnswerError(_host(url), "leads from one address to the next.")

    def _get(self, url: str, headers: Mapping[str, str]) -> Answer:
        backend = Pinned(self.allowed, self.resolve)
        given = {"accept": "application/json", "user-agent": "leadgate", **headers}
        with (
            httpcore.ConnectionPool(
                ssl_context=ssl.create_default_context(), network_backend=backend
            ) as pool,
            pool.stream(
                "GET", url, headers=list(given.items()), extensions={"timeout": TIMES}
            ) as got,
        ):
            body = bytearray()
            for piece in got.iter_stream():
                body += piece
                if len(body) > SIZE:
                    raise RemoteAnswerError(_host(url), f"answers more than {SIZE >> 20} MB.")
            named = {
                key.decode("latin-1").lower(): value.decode("latin-1") for key, value in got.headers
            }
            return Answer(got.status, named, bytes(body))


def _refuse_untrusted(url: str, error: BaseException) -> None:
    """Raise a named error where it was the certificate; asking again changes nothing."""
    cause: BaseException | None = error
    while cause is not None:
        if isinstance(cause, ssl.SSLCertVerificationError):
            problem = (
                f"shows a certificate that cannot be trusted ({cause.verify_message}); "
                "have it renewed, or mend the clock or the certificates of this machine."
            )
            raise RemoteDeniedError(_host(url), problem) from error
        cause = cause.__cause__ or cause.__context__


class Pinned(httpcore.SyncBackend):
    """Connects to the address that was checked, whatever the name says a moment later."""

    def __init__(self, allowed: Allowed, resolve: Resolve | None) -> None:
        self._allowed, self._resolve = allowed, resolve

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.NetworkStream:
        """Resolve, check, connect."""
        address = choose_address(host, port, self._allowed, self._resolve)
        return super().connect_tcp(address, port, timeout, local_address, socket_options)


def _accept(url: str, answer: Answer) -> Answer:
    if answer.status in {401, 403}:
        raise RemoteDeniedError(_host(url), "refuses the token; check it and what it may read.")
    if answer.status == 404:
        raise RemoteDeniedError(_host(url), "knows nothing of that name; check the address.")
    if not 200 <= answer.status < 300:
        raise RemoteDeniedError(_host(url), f"refuses with status {answer.status}.")
    return answer


def _pause(answer: Answer | None, attempt: int) -> float:
    """How long to wait: as the other side says, else longer every time, never twice the same."""
    said = answer.headers.get("retry-after", "") if answer else ""
    if said.isascii() and said.isdigit():
        return float(said[:6])
    when = email.utils.parsedate_tz(said) if said else None
    if when is not None:
        return max(0.0, email.utils.mktime_tz(when) - time.time())
    return float(2 ** (attempt - 1)) * random.uniform(0.5, 1.0)  # noqa: S311 - not a secret


def _host(url: str) -> str:
    return urlsplit(url).hostname or "(no host)"
