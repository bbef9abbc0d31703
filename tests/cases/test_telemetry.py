"""Spans: one per operation under one per request, named by what they are and never by what was asked."""

from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread

import pytest
from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
from opentelemetry.sdk.trace import ReadableSpan
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter
from opentelemetry.trace import SpanKind, StatusCode

from cases.measuring import Round
from peil import telemetry
from support.apis import ENDPOINTS, Speak


class Recording:
    """What was recorded since the last look."""

    def __init__(self, exporter: InMemorySpanExporter) -> None:
        self._exporter = exporter

    def spans(self) -> list[ReadableSpan]:
        telemetry.flush()
        found = list(self._exporter.get_finished_spans())
        self._exporter.clear()
        return found


@pytest.fixture
def recording() -> Iterator[Recording]:
    exporter = InMemorySpanExporter()
    stop = telemetry.start(exporter, part="api")
    yield Recording(exporter)
    stop()


async def test_an_operation_has_a_span_under_its_requests(speak: Speak, released: Round, recording: Recording) -> None:
    """The operation's has its name; the request's has method and template."""
    api = speak(released.cast.hr)

    (await api.get_wave(released.wave_id)).must()

    operation, request = recording.spans()
    route = ENDPOINTS["get_wave"].template if api.name == "rest" else "/graphql"
    method = "GET" if api.name == "rest" else "POST"
    assert ("get_wave", f"{method} {route}", SpanKind.SERVER) == (operation.name, request.name, request.kind)
    assert operation.parent is not None
    assert request.context is not None
    assert request.context.span_id == operation.parent.span_id
    assert {"http.request.method": method, "http.route": route} == dict(request.attributes or {})


async def test_no_span_tells_when_an_answer_token_was_issued(released: Round, recording: Recording) -> None:
    """Of that only the day may be known, and the caller's own trace could name the person."""
    cast = released.cast
    body = {"keyId": released.wave_id, "blindedMessage": "A" * 342}
    parent = {"traceparent": "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"}

    refused = await cast.employee.post(f"/waves/{released.wave_id}/answer-tokens", body, headers=parent)

    assert 404 == refused.status_code
    assert [] == recording.spans()


async def test_no_span_tells_when_somebody_looked_for_a_token(released: Round, recording: Recording) -> None:
    """Whoever gets one asks for the waves moments before, in the same trace; over GraphQL nothing is kept.

    A person sends ids of persisted documents only, so this one is refused, like any other unseen.
    """
    parent = {"traceparent": "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"}

    listed = await released.cast.employee.get("/me/waves", headers=parent)
    document = {"query": "{ myWaves { nodes { waveId } } }"}
    asked = await released.cast.house.http.post(
        "/graphql", json=document, headers={"authorization": f"Bearer {released.cast.employee.token}", **parent}
    )

    assert (200, 403) == (listed.status_code, asked.status_code)
    assert [] == recording.spans()


async def test_spans_tell_nothing_of_what_was_asked(released: Round, recording: Recording) -> None:
    """No id, no query, no body, no token; of a failure the class alone."""
    hr = released.cast.hr
    await hr.get(f"/waves/{released.wave_id}?limit=1")
    await hr.get("/waves?cursor=secret-cursor")
    await hr.post("/units", {"externalId": "secret-unit", "name": "X", "parentExternalId": "secret-parent"})

    spans = recording.spans()

    text = " ".join(span.to_json() for span in spans)
    assert spans
    assert not [word for word in (released.wave_id, "secret", "limit", hr.token or "") if word in text]
    failed = [span.status for span in spans if span.name == "create_unit"]
    assert [(StatusCode.ERROR, "Conflict")] == [(status.status_code, status.description) for status in failed]


async def test_a_failure_nobody_foresaw_leaves_its_class_only(
    released: Round, recording: Recording, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its text may quote a row, and its trace the values of the caller."""

    async def fail(*_: object) -> None:
        raise RuntimeError("secret")

    monkeypatch.setattr("peil.waves.queries.select_wave", fail)
    response = await released.cast.hr.get(f"/waves/{released.wave_id}")

    spans = recording.spans()

    assert (500, 2) == (response.status_code, len(spans))
    assert {(StatusCode.ERROR, "RuntimeError", 0)} == {
        (span.status.status_code, span.status.description, len(span.events)) for span in spans
    }


async def test_the_callers_trace_goes_on(released: Round, recording: Recording) -> None:
    """By the W3C header."""
    trace = "0af7651916cd43dd8448eb211c80319c"
    await released.cast.hr.get("/waves", headers={"traceparent": f"00-{trace}-b7ad6b7169203331-01"})

    assert {int(trace, 16)} == {span.context.trace_id for span in recording.spans() if span.context}


async def test_the_intake_is_not_traced(released: Round, recording: Recording) -> None:
    """Neither a question nor an answer leaves a span."""
    anybody = released.cast.house.anonymous
    await anybody.get(f"/waves/{released.wave_id}/questionnaire")
    await anybody.post(f"/waves/{released.wave_id}/responses", {"code": "x", "answers": {}})

    assert [] == recording.spans()


@pytest.fixture
def collector() -> Iterator[tuple[str, list[bytes]]]:
    """A collector's address for OTLP over HTTP, and what it was sent."""
    received: list[bytes] = []

    class Collector(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            received.append(self.rfile.read(int(self.headers["content-length"])))
            self.send_response(200)
            self.end_headers()

        def log_message(self, *_: object) -> None:
            """A test prints nothing."""

    with HTTPServer(("127.0.0.1", 0), Collector) as server:
        thread = Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}/v1/traces", received
        server.shutdown()
        thread.join()


async def test_spans_go_to_a_collector(released: Round, collector: tuple[str, list[bytes]]) -> None:
    """By OTLP over HTTP, with the operation's name and the route, and all of them before the process ends."""
    url, received = collector
    stop = telemetry.start(OTLPSpanExporter(endpoint=url), part="api")
    await released.cast.hr.get(f"/waves/{released.wave_id}")
    stop()

    sent = b"".join(received)
    assert b"get_wave" in sent
    assert b"GET /v1/waves/{waveId}" in sent
    assert released.wave_id.encode() not in sent
