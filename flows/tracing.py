"""Each step of an import as a span of OpenTelemetry, where a collector is named.

Spans carry the name of the source and of the step, counts at the end, and of an error its kind.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, ParamSpec, TypeVar

from flows.running import Run, directly
from leadgate.errors import InvalidValueError

if TYPE_CHECKING:
    from opentelemetry.trace import Span, Tracer

P = ParamSpec("P")
T = TypeVar("T")


@contextmanager
def traced(
    endpoint: str | None, source: str, run: Run = directly, *, name: str = "import"
) -> Iterator[Run]:
    """Give a way to run steps that makes a span of each, below one of `name` for all of them.

    Without an endpoint it is `run` as it was. What is on its way is sent before this ends; a
    collector that is down costs some seconds and no import.
    """
    if endpoint is None:
        yield run
        return
    with _open_tracer(endpoint) as tracer, _span(tracer, name, source) as whole:
        whole.set_attribute("leadgate.steps", 0)
        done = 0

        def run_traced(step: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
            nonlocal done
            done += 1
            whole.set_attribute("leadgate.steps", done)
            with _span(tracer, step.__name__, source):
                return run(step, *args, **kwargs)

        yield run_traced


@contextmanager
def _open_tracer(endpoint: str) -> Iterator["Tracer"]:
    try:
        from opentelemetry.exporter.otlp.proto.http.trace_exporter import (  # noqa: PLC0415 - extra
            OTLPSpanExporter,
        )
        from opentelemetry.sdk.resources import Resource  # noqa: PLC0415 - an extra
        from opentelemetry.sdk.trace import TracerProvider  # noqa: PLC0415 - an extra
        from opentelemetry.sdk.trace.export import BatchSpanProcessor  # noqa: PLC0415 - an extra
    except ImportError as error:
        raise InvalidValueError(
            '[tracing] needs OpenTelemetry: pip install "leadgate[otel]", or leave it out.'
        ) from error
    address = f"{endpoint.rstrip('/')}/v1/traces"
    provider = TracerProvider(resource=Resource.create({"service.name": "leadgate"}))
    provider.add_span_processor(BatchSpanProcessor(OTLPSpanExporter(address, timeout=5)))
    try:
        yield provider.get_tracer("leadgate")
    finally:
        provider.shutdown()


@contextmanager
def _span(tracer: "Tracer", name: str, source: str) -> Iterator["Span"]:
    """One span; the text of an error may hold values, so that only its kind is kept."""
    from opentelemetry.trace import StatusCode  # noqa: PLC0415 - only where there is tracing

    with tracer.start_as_current_span(
        name,
        attributes={"leadgate.source": source},
        record_exception=False,
        set_status_on_exception=False,
    ) as span:
        try:
            yield span
        except BaseException as error:
            span.set_status(StatusCode.ERROR, type(error).__name__)
            raise
