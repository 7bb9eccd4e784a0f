"""Other programs are told what happened, each on its own: a slow one delays no other."""

import random
import time
from collections import Counter
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Final
from urllib.parse import urlsplit

from connectors.forms.standard_webhooks import is_secret, sign
from connectors.remote.addresses import Allowed, check_url
from connectors.remote.errors import AddressRefusedError
from connectors.remote.posting import Poster, Reply
from crm.deliveries import Claimed, Status, Tried, claim, forget_old, note_try, subscribe
from crm.store import Store
from leadgate.errors import InvalidValueError
from leadgate.settings import Settings
from leadgate.settings.outgoing import Outgoing
from leadgate.settings.secrets import require_secrets, secret_name

KEPT_DAYS: Final = 30
GONE: Final = 410  # the one answer by which an endpoint says: never again


@dataclass(frozen=True)
class Endpoint:
    """One endpoint of leadgate.toml, ready to be sent to."""

    name: str
    url: str
    events: tuple[str, ...]
    poster: Poster
    secrets: tuple[str, ...] = field(repr=False)


@dataclass(frozen=True)
class Patience:
    """How often a delivery is tried, and how long after each failure: the `factor` longer.

    As it is: after 5 s, 20 s, 80 s, 5 min, 21 min, 85 min, 6 h and 23 h, thirty hours in all.
    """

    first: float = 5.0  # seconds
    factor: float = 4.0
    attempts: int = 9

    def wait(self, attempts: int) -> float:
        """Seconds until the next try; never quite the same, lest all come at once."""
        spread = random.uniform(1.0, 1.1)  # noqa: S311 - not a secret
        return self.first * self.factor ** (attempts - 1) * spread


PATIENCE: Final = Patience()


def find_endpoints(settings: Settings) -> tuple[Endpoint, ...]:
    """The endpoints of leadgate.toml; a named error where one cannot be sent to."""
    return tuple(_make(name, each) for name, each in settings.webhooks.out.items())


def register(store: Store, endpoints: Sequence[Endpoint]) -> None:
    """Let the endpoints hear of what happens from now on, and forget what ended long ago."""
    subscribe(store, {each.name: each.events for each in endpoints})
    forget_old(store, KEPT_DAYS)


def deliver(
    store: Store, endpoints: Sequence[Endpoint], patience: Patience = PATIENCE
) -> Counter[tuple[str, Status]]:
    """Send what is due now; counts the tries by endpoint and by what became of the delivery."""
    register(store, endpoints)
    done: Counter[tuple[str, Status]] = Counter()
    with ThreadPoolExecutor(max(1, len(endpoints)), thread_name_prefix="deliver") as pool:
        rounds = pool.map(lambda each: send_due(store, each, patience), endpoints)
        for endpoint, counts in zip(endpoints, rounds, strict=True):
            done.update({(endpoint.name, status): count for status, count in counts.items()})
    return done


def send_due(store: Store, endpoint: Endpoint, patience: Patience = PATIENCE) -> Counter[Status]:
    """Send what one endpoint is due; the first failure ends the round, the next may fail as well.

    A delivery that another deliverer has claimed is left to it.
    """
    counts: Counter[Status] = Counter()
    while claimed := claim(store, endpoint.name):
        begun = time.monotonic()
        reply = _send(endpoint, claimed)
        answer = reply.fault or str(reply.status)
        tried = Tried(answer, round(1000 * (time.monotonic() - begun)))
        status, again = _judge(reply, claimed.attempts, patience)
        note_try(store, claimed, tried, status, again)
        counts[status] += 1
        if status != "taken":
            break
    return counts


def _judge(reply: Reply, attempts: int, patience: Patience) -> tuple[Status, float | None]:
    if reply.is_taken:
        return "taken", None
    if reply.status == GONE or attempts >= patience.attempts:
        return "given_up", None
    return "waiting", max(patience.wait(attempts), reply.retry_after)


def _send(endpoint: Endpoint, claimed: Claimed) -> Reply:
    body = claimed.body.encode()
    headers = sign(claimed.message_id, int(time.time()), body, endpoint.secrets)
    try:
        return endpoint.poster.post(endpoint.url, body, headers)
    except AddressRefusedError:
        return Reply(None, "address refused")


def _make(name: str, outgoing: Outgoing) -> Endpoint:
    secrets = require_secrets(name, "SIGNING")
    if not all(map(is_secret, secrets)):
        raise InvalidValueError(
            f"{secret_name(name, 'SIGNING')}: a secret is base64, with whsec_ before it."
        )
    try:
        parts = urlsplit(outgoing.url)
        port = parts.port
    except ValueError:
        raise InvalidValueError(f"[webhooks.out.{name}]: url is no address.") from None
    plain = port in {None, 443 if parts.scheme == "https" else 80}
    host = (parts.hostname or "").rstrip(".")
    allowed = Allowed(frozenset({host if plain else f"{host}:{port}"}), inside=outgoing.inside)
    try:
        check_url(outgoing.url, allowed)
    except AddressRefusedError as error:
        raise InvalidValueError(f"[webhooks.out.{name}]: url: {error}") from None
    return Endpoint(name, outgoing.url, outgoing.events, Poster(allowed, outgoing.timeout), secrets)
