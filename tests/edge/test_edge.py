"""Methods, headers and failures, whatever is asked."""

import asyncio
import json
import logging
from typing import Any
from uuid import UUID

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from peil.http.edge import AbortedError, Edge
from support.edge_toy import EDGE, ROUTES, STANDARD, exchange, part, render, scope_of, status_of


@pytest.fixture
def caller() -> httpx.AsyncClient:
    return httpx.AsyncClient(transport=httpx.ASGITransport(EDGE), base_url="http://peil.example")


@pytest.mark.parametrize(
    ("path", "allow"),
    [
        (b"/v1/waves", "GET, HEAD, POST, OPTIONS"),
        (b"/v1/waves/current", "GET, HEAD, OPTIONS"),
        (b"/v1/waves/x", "GET, HEAD, PATCH, DELETE, OPTIONS"),
        (b"/v1/waves/x/open", "POST, OPTIONS"),
    ],
)
@pytest.mark.parametrize("method", ["PUT", "TRACE", "CONNECT", "get", "OPTIONS", "X"])
async def test_allow_is_exact(path: bytes, allow: str, method: str) -> None:
    """In the 405 of any other method, and in the answer to OPTIONS."""
    status, headers, _ = await exchange(scope_of(method, path))

    assert (204 if method == "OPTIONS" else 405, allow) == (status, headers["allow"])


async def test_a_preflight_goes_where_it_is_decided() -> None:
    """With the Allow of the resource; any other OPTIONS does not."""
    asked = (b"access-control-request-method", b"POST")
    _, headers, _ = await exchange(scope_of("OPTIONS", b"/v1/waves", (b"origin", b"https://a.example"), asked))
    _, plain, _ = await exchange(scope_of("OPTIONS", b"/v1/waves", (b"origin", b"https://a.example")))

    assert "GET, HEAD, POST, OPTIONS" == headers["access-control-allow-methods"]
    assert "access-control-allow-methods" not in plain


@pytest.mark.parametrize(
    "path", [b"/v1/waves", b"/v1/export", b"/v1/nothing", b"/v1/waves/x/open", b"/v1/fails/not-found", b"/%"]
)
async def test_head_is_get_without_a_body(path: bytes) -> None:
    """Same headers, Content-Length of GET included, also of errors."""
    _, of_get, body = await exchange(scope_of("GET", path))
    _, of_head, nothing = await exchange(scope_of("HEAD", path))

    assert (of_get, b"") == (of_head, nothing)
    assert len(body) == int(of_head["content-length"])


@pytest.mark.parametrize("path", ["/v1/waves", "/v1/nothing", "/v1/fails/early", "/v1/waves/%"])
async def test_every_answer_has_the_standard_headers(caller: httpx.AsyncClient, path: str) -> None:
    """Right ones and errors."""
    headers = (await caller.get(path)).headers

    assert STANDARD == {name: headers[name] for name in STANDARD}


async def test_a_response_may_have_its_own_caching_and_vary(caller: httpx.AsyncClient) -> None:
    """Its caching is kept, Vary is merged, and the policy for data is for data."""
    headers = (await caller.get("/v1/fails/own-headers")).headers

    assert "private, no-cache" == headers["cache-control"]
    assert "Accept-Language, Origin, accept" == headers["vary"]
    assert "frame-ancestors 'none'" == headers["content-security-policy"]


@pytest.mark.parametrize("status", ["204", "304"])
async def test_an_answer_that_has_no_body_gets_none(status: str) -> None:
    """Nor the headers of one, whatever the application sends."""
    given, headers, body = await exchange(scope_of("GET", f"/v1/fails/{status}".encode()))

    assert (int(status), b"") == (given, body)
    assert not {"content-type", "content-length"} & set(headers)


async def test_every_refusal_has_an_id() -> None:
    """It is a random UUID, and another one each time."""
    refused = [await exchange(scope_of("GET", b"/v1/nothing")) for _ in range(2)]
    first, second = (UUID(json.loads(body)["instance"].removeprefix("urn:uuid:")) for _, _, body in refused)

    assert (4, 4) == (first.version, second.version)
    assert first != second


@pytest.mark.parametrize("method", ["GET", "HEAD"])
async def test_a_route_may_answer_by_itself(method: str) -> None:
    """Like any answer, and nobody asks the application, which would say something else."""
    status, headers, body = await exchange(scope_of(method, b"/v1/ready/a%20b", (b"etag", b"1"), (b"etag", b"2")))

    assert STANDARD == {name: headers[name] for name in STANDARD}
    assert (200, "13", b"GET a b: 1, 2" if method == "GET" else b"") == (status, headers["content-length"], body)


async def test_a_route_that_answers_by_itself_may_refuse(caplog: pytest.LogCaptureFixture) -> None:
    """Domain errors become answers, and what is none of those a failure that is logged without its text."""
    assert 404 == await status_of("GET", b"/v1/ready/not-found")
    assert not caplog.text

    assert 500 == await status_of("GET", b"/v1/ready/early")
    assert "GET /v1/ready/{how} failed with ValueError, request urn:uuid:" in caplog.text
    assert "ValueError: secret answer" not in caplog.text


async def test_a_failure_is_answered_and_logged_without_what_was_said(
    caplog: pytest.LogCaptureFixture,
) -> None:
    """500 by the renderer; the log names route, kind of error and request, but no content."""
    scope = scope_of("GET", b"/v1/fails/early") | {"query_string": b"secret=1"}
    with caplog.at_level(logging.ERROR, "peil.http.edge"):
        status, _, body = await exchange(scope)

    assert (500, "internal") == (status, json.loads(body)["code"])
    assert "GET /v1/fails/{how} failed with ValueError, request urn:uuid:" in caplog.text
    assert "secret=1" not in caplog.text
    assert "ValueError: secret answer" not in caplog.text


async def test_a_domain_error_that_escapes_is_rendered_and_not_logged(
    caplog: pytest.LogCaptureFixture,
) -> None:
    """It is an answer, not a failure."""
    status = await status_of("GET", b"/v1/fails/not-found")

    assert (404, "") == (status, caplog.text)


async def test_an_application_that_says_nothing_has_failed() -> None:
    """The caller gets an answer all the same."""
    assert 500 == await status_of("GET", b"/v1/fails/silent")


async def test_a_failure_in_the_middle_closes_the_connection() -> None:
    """By an error that says nothing of what happened; afterwards there is nothing left to close."""
    with pytest.raises(AbortedError) as aborted:
        await exchange(scope_of("GET", b"/v1/fails/late"))

    assert ("", True) == (str(aborted.value), aborted.value.__suppress_context__)
    assert 200 == await status_of("GET", b"/v1/fails/after")


async def test_cancellation_is_not_an_error_of_ours() -> None:
    """It goes up as it is."""

    async def cancelled(scope: Any, receive: Any, send: Any) -> None:
        raise asyncio.CancelledError

    with pytest.raises(asyncio.CancelledError):
        await exchange(scope_of("GET", b"/v1/waves"), edge=Edge(cancelled, ROUTES, render))


async def test_websockets_are_refused_and_lifespan_passes() -> None:
    """Nothing speaks websocket; the application starts and stops itself."""
    seen: list[Any] = []

    async def listening(scope: Any, receive: Any, send: Any) -> None:
        seen.append(scope["type"])

    async def send(message: Any) -> None:
        seen.append(message["type"])

    edge = Edge(listening, ROUTES, render)
    await edge({"type": "websocket"}, None, send)  # type: ignore[arg-type]  # nothing is received
    await edge({"type": "lifespan"}, None, send)  # type: ignore[arg-type]  # nothing is received

    assert ["websocket.close", "lifespan"] == seen


segments = st.sampled_from([b"v1", b"waves", b"current", b"x", b"items", b"open", b"", b"..", b"%2F", b"%C3%A9"])
paths = st.lists(segments | st.binary(max_size=4), max_size=5).map(lambda parts: b"/" + b"/".join(parts))
names = st.sampled_from(
    [b"accept", b"content-type", b"content-length", b"content-encoding", b"transfer-encoding", b"origin"]
)
fields = st.sampled_from([b"application/json", b"*/*;q=0.5", b"2", b"gzip", b"text/csv, */*;q=0", b"chunked"])
methods = st.sampled_from(["GET", "HEAD", "POST", "PATCH", "DELETE", "OPTIONS", "PUT", "TRACE", "\u00e9"])


@given(
    methods,
    paths | st.binary(max_size=20),
    st.lists(st.tuples(names, fields | st.binary(max_size=12)), max_size=4),
    st.lists(st.binary(max_size=60), max_size=3),
    st.sampled_from(["1.0", "1.1", "2"]),
)
async def test_no_request_is_our_failure(
    method: str,
    path: bytes,
    headers: list[tuple[bytes, bytes]],
    body: list[bytes],
    version: str,
) -> None:
    """Whatever comes: no 5xx, the standard headers, and 405 and OPTIONS name the methods."""
    parts = [part(chunk, more=index + 1 < len(body)) for index, chunk in enumerate(body)]
    status, given_headers, _ = await exchange(scope_of(method, path, *headers, http_version=version), *parts)

    assert 0 <= status < 500
    assert status == 0 or set(STANDARD) <= set(given_headers)
    assert (status == 405 or (method == "OPTIONS" and status == 204)) == bool(
        {"allow", "access-control-allow-methods"} & set(given_headers)
    )


@given(paths, st.lists(st.tuples(names, fields), max_size=3, unique_by=lambda pair: pair[0]))
async def test_head_always_equals_get(path: bytes, headers: list[tuple[bytes, bytes]]) -> None:
    """Status and headers, where there is a GET."""
    of_get = await exchange(scope_of("GET", path, *headers))
    of_head = await exchange(scope_of("HEAD", path, *headers))

    assert of_get[0] == of_head[0]
    assert of_get[0] == 405 or of_get[1] == of_head[1]
