"""OpenTelemetry: a span per operation, named after it; nothing on the intake, no query string, no body."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager, nullcontext

from opentelemetry import propagate, trace
from opentelemetry.sdk.resources import Resource
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import BatchSpanProcessor, SpanExporter
from opentelemetry.trace import Span, SpanKind, Status, StatusCode

import peil

# Without a state of its own, so one serves all requests.
_UNRECORDED = nullcontext(trace.INVALID_SPAN)

_provider: TracerProvider | None = None
_tracer = trace.NoOpTracerProvider().get_tracer("peil")


def start(exporter: SpanExporter, *, part: str) -> Callable[[], None]:
    """Sends spans to `exporter` from now on; returns what flushes and stops it.

    The provider is this module's own and not the process-wide one, so that no library can add spans of its
    own to it: what is not named here is not recorded.
    """
    global _provider, _tracer
    resource = Resource.create({"service.name": f"peil-{part}", "service.version": peil.__version__})
    _provider = TracerProvider(resource=resource)
    _provider.add_span_processor(BatchSpanProcessor(exporter))
    _tracer = _provider.get_tracer("peil", peil.__version__)
    return stop


def stop() -> None:
    """Flushes what is left and records nothing from now on."""
    global _provider, _tracer
    if _provider is not None:
        _provider.shutdown()
    _provider = None
    _tracer = trace.NoOpTracerProvider().get_tracer("peil")


def flush() -> None:
    """Hands every finished span to the exporter."""
    if _provider is not None:
        _provider.force_flush()


def span(name: str) -> AbstractContextManager[Span]:
    """A span for one operation."""
    return _UNRECORDED if _provider is None else _recorded(name)


def request_span(method: str, template: str, headers: Mapping[str, str]) -> AbstractContextManager[Span]:
    """The server span of one request: method and route template, and the caller's trace as parent."""
    if _provider is None:
        return _UNRECORDED
    attributes = {"http.request.method": method, "http.route": template}
    return _recorded(f"{method} {template}", SpanKind.SERVER, attributes, headers)


@contextmanager
def _recorded(
    name: str,
    kind: SpanKind = SpanKind.INTERNAL,
    attributes: Mapping[str, str] | None = None,
    headers: Mapping[str, str] | None = None,
) -> Iterator[Span]:
    """A span that an error marks with its class, never with its text, which may quote what somebody sent."""
    with _tracer.start_as_current_span(
        name,
        context=propagate.extract(dict(headers)) if headers else None,
        kind=kind,
        attributes=attributes,
        record_exception=False,
        set_status_on_exception=False,
    ) as current:
        try:
            yield current
        except BaseException as error:
            current.set_status(Status(StatusCode.ERROR, type(error).__name__))
            raise
