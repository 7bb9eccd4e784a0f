"""`/metrics` in the format of Prometheus: how the store stands, and how long answers take.

Labels are sources, endpoints and states; nothing in them names a person.
"""

import logging
import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from hmac import compare_digest
from typing import Any, Final

from prometheus_client import CollectorRegistry, Histogram, ProcessCollector, generate_latest
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.registry import Collector
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from crm.errors import StoreError
from crm.standing import LastImport, Standing, read_standing
from crm.store import Store
from steward.together import Together

log = logging.getLogger(__name__)

BUCKETS: Final = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)
LOOPBACK: Final = ("127.0.0.1", "::1")
# A proxy on this machine is not somebody on this machine.
FORWARDED: Final = ("forwarded", "x-forwarded-for", "x-real-ip")
CONTENT_TYPE: Final = "text/plain; version=0.0.4; charset=utf-8"


class StandingCollector(Collector):
    """How the store stands, asked again after `cache` seconds at the earliest."""

    def __init__(self, store: Store, cache: float) -> None:
        self.store = store
        self.cache = cache
        self._until = 0.0
        self._known: Standing | None = None

    def collect(self) -> Iterable[Metric]:
        """Give all gauges; only `leadgate_store_up` where the store does not answer."""
        now = time.monotonic()
        if now >= self._until:
            try:
                self._known = read_standing(self.store)
            except StoreError:
                self._known = None
            self._until = now + self.cache
        standing = self._known
        yield _gauge("store_up", "Whether the store answers.", {(): int(standing is not None)})
        if standing is not None:
            yield from _tell(standing)


@dataclass(frozen=True)
class Metrics:
    """An application for `/metrics` alone; `token` None: whoever asks on this machine."""

    registry: CollectorRegistry
    token: str | None = None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer with all metrics, or with 403."""
        request = Request(scope)
        answer: Response = PlainTextResponse("Metrics are not for you.\n", 403)
        if self._may(request):
            text = await run_in_threadpool(generate_latest, self.registry)
            answer = Response(text, media_type=CONTENT_TYPE)
        await answer(scope, receive, send)

    def _may(self, request: Request) -> bool:
        if self.token is not None:
            given = request.headers.get("authorization", "")
            return compare_digest(given.encode(), f"Bearer {self.token}".encode())
        host = request.client.host if request.client else ""
        return host in LOOPBACK and not any(name in request.headers for name in FORWARDED)


class Measured:
    """Measures every answer: which part gave it, to which method, with what kind of status."""

    def __init__(self, app: ASGIApp, seconds: Histogram) -> None:
        self.app = app
        self.seconds = seconds

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, and look at the clock before and after."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        started = time.perf_counter()
        status = 500

        async def send_noted(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        try:
            await self.app(scope, receive, send_noted)
        finally:
            labels = (part_of(scope["path"]), _method(scope["method"]), f"{status // 100}xx")
            seconds = time.perf_counter() - started
            self.seconds.labels(*labels).observe(seconds)
            facts = {"part": labels[0], "method": labels[1], "status": status}
            log.info("request", extra={"facts": {**facts, "ms": round(1_000 * seconds, 1)}})


def with_metrics(app: Together, store: Store, cache: float, token: str | None) -> ASGIApp:
    """The same application, measured, and with `/metrics`."""
    registry, seconds = make_registry(store, cache)
    return Measured(replace(app, metrics=Metrics(registry, token)), seconds)


def make_registry(store: Store, cache: float) -> tuple[CollectorRegistry, Histogram]:
    """The metrics of a server over this store, and the histogram of its answers."""
    registry = CollectorRegistry()
    registry.register(StandingCollector(store, cache))
    ProcessCollector(registry=registry)
    seconds = Histogram(
        "leadgate_http_seconds",
        "How long answers took.",
        ("part", "method", "status"),
        buckets=BUCKETS,
        registry=registry,
    )
    return registry, seconds


def part_of(path: str) -> str:
    """Which part answers a path; never the path itself, which may hold ids or secrets."""
    first = path.split("/", 2)[1] if path.startswith("/") else ""
    return {"in": "receiver", "api": "api", "static": "static", "metrics": "metrics"}.get(
        first, "desk"
    )


def _method(method: str) -> str:
    return method if method in {"GET", "HEAD", "POST", "PUT", "DELETE"} else "other"


def _tell(standing: Standing) -> Iterable[Metric]:
    now = datetime.now(UTC)
    yield _gauge("contacts", "Contacts that live.", {(): standing.contacts})
    yield _gauge("rows", "Rows that came in, by fate.", standing.rows, "source", "fate")
    yield _gauge("batches", "Imports, by state.", standing.batches, "source", "state")
    waiting = {(what,): count for what, count in standing.waiting.items()}
    yield _gauge("waiting", "What waits for a person, or to be told.", waiting, "what")
    yield _gauge("letters", "What was received.", standing.letters, "source", "status")
    sent = standing.deliveries
    yield _gauge("deliveries", "Messages to other programs.", sent, "endpoint", "status")
    ages = {(name,): _age(each, now) for name, each in standing.last.items()}
    yield _gauge("last_import_age_seconds", "Since the last import ended.", ages, "source")
    took = {(name,): _took(each) for name, each in standing.last.items()}
    yield _gauge("last_import_seconds", "How long the last import took.", took, "source")


def _gauge(name: str, words: str, values: Mapping[Any, float], *labels: str) -> GaugeMetricFamily:
    family = GaugeMetricFamily(f"leadgate_{name}", words, labels=labels)
    for key, value in values.items():
        family.add_metric(key, value)
    return family


def _age(last: LastImport, now: datetime) -> float:
    return max((now - datetime.fromisoformat(last.finished_at)).total_seconds(), 0.0)


def _took(last: LastImport) -> float:
    began = datetime.fromisoformat(last.started_at)
    return max((datetime.fromisoformat(last.finished_at) - began).total_seconds(), 0.0)
