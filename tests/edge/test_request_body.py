"""Media types both ways, and bodies: their type, size and text."""

import asyncio
import json
from typing import Any

import pytest

from peil.http import request_body
from peil.http.http_problem import HttpProblem
from peil.http.request_body import Replay
from peil.http.routing import Route
from support.edge_toy import exchange, part, scope_of, status_of


async def sent_status(body: bytes, content_type: bytes | None, path: bytes = b"/v1/waves") -> tuple[int, list[str]]:
    """Status and codes of a POST of `body`."""
    headers = [(b"content-length", str(len(body)).encode())]
    if content_type is not None:
        headers.append((b"content-type", content_type))
    status, _, answer = await exchange(scope_of("POST", path, *headers), part(body))
    told = json.loads(answer)
    return status, [told["code"], *told["codes"]] if status >= 400 else []


@pytest.mark.parametrize(
    ("accept", "chosen"),
    [
        (None, "application/json"),
        ("", "application/json"),
        ("*/*", "application/json"),
        ("text/csv", "text/csv"),
        ("TEXT/CSV", "text/csv"),
        ("text/*", "text/csv"),
        ("application/json;q=0.5, text/csv", "text/csv"),
        ("application/json, text/csv", "application/json"),
        ("text/*;q=0.9, */*;q=0.1", "text/csv"),
        ("*/*, application/json;q=0", "text/csv"),
        ("text/csv;q=0.3, */*;q=0.2", "text/csv"),
        ("application/json; charset=UTF-8", "application/json"),
        ("application/problem+json", "application/json"),
        ("text/html, garbage, text/csv;q=0.001", "text/csv"),
        ("text/html", None),
        ("application/xml, text/html;q=0.9", None),
        ("application/json;q=0, text/csv;q=0.0", None),
        ("application/json;version=2", None),
        ("text/csv;q=2", None),
        ("garbage", None),
        ("*", None),
    ],
)
async def test_accept_is_weighed(accept: str | None, chosen: str | None) -> None:
    """By weight, then by what is named most exactly, then by our order; 406 if there is nothing."""
    headers = [] if accept is None else [(b"accept", accept.encode())]
    status, given, body = await exchange(scope_of("GET", b"/v1/export", *headers))

    assert (406 if chosen is None else 200) == status
    assert chosen == json.loads(body).get("mediaType")
    assert "Accept-Language, Origin, Accept" == given["vary"]


async def test_accept_may_come_in_many_fields() -> None:
    """Fields of one name are one list."""
    fields = ((b"accept", b"application/json"), (b"accept", b"text/html"))

    assert 200 == await status_of("GET", b"/v1/waves", *fields)


async def test_a_route_that_produces_nothing_accepts_everything() -> None:
    """There is nothing to negotiate about a 204."""
    assert 200 == await status_of("DELETE", b"/v1/waves/x", (b"accept", b"text/html"))


@pytest.mark.parametrize(
    ("content_type", "status"),
    [
        (b"application/json", 200),
        (b'Application/JSON ; Charset="UTF-8"', 200),
        (b"application/json;charset=utf-8;", 200),
        (b"application/json; charset=latin-1", 415),
        (b"application/json; profile=x", 415),
        (b"application/merge-patch+json", 415),
        (b"text/json", 415),
        (b"json", 415),
        (b"", 415),
        (None, 415),
        (b"application/json" + b" " * 300, 200),
    ],
)
async def test_a_body_has_one_of_the_types_of_its_route(content_type: bytes | None, status: int) -> None:
    """And UTF-8 as its only charset."""
    assert status == (await sent_status(b"{}", content_type))[0]


async def test_a_415_says_what_would_do() -> None:
    """Accept and Accept-Post of media types, Accept-Encoding of encodings."""
    body = ((b"content-length", b"2"), (b"content-type", b"application/json"))
    _, of_type, _ = await exchange(scope_of("POST", b"/v1/waves", body[0]), part(b"{}"))
    zipped = scope_of("POST", b"/v1/waves", *body, (b"content-encoding", b"gzip"))
    status, of_encoding, _ = await exchange(zipped, part(b"{}"))

    assert ("application/json", "application/json") == (of_type["accept"], of_type["accept-post"])
    assert (415, "identity") == (status, of_encoding["accept-encoding"])


@pytest.mark.parametrize("method", ["GET", "HEAD", "DELETE"])
async def test_a_body_where_none_is_taken_is_refused(method: str) -> None:
    """By its length, or by its first byte."""
    stated = await status_of(method, b"/v1/waves/x", (b"content-length", b"2"))
    chunked = scope_of(method, b"/v1/waves/x", (b"transfer-encoding", b"chunked"))
    status, _, _ = await exchange(chunked, part(b"", more=True), part(b"x", more=True))
    empty, _, _ = await exchange(chunked, part(b""))

    assert (400, 400, 200) == (stated, status, empty)


async def test_a_post_without_body_needs_no_type() -> None:
    """Neither with length 0 nor without a length."""
    assert 200 == await status_of("POST", b"/v1/waves/x/open")
    assert 200 == await status_of("POST", b"/v1/waves", (b"content-length", b"0"))


async def test_a_chunked_body_without_a_type_is_refused() -> None:
    """What comes without length is read before it is known to be something."""
    scope = scope_of("POST", b"/v1/waves", (b"transfer-encoding", b"chunked"))

    assert 415 == (await exchange(scope, part(b"{}")))[0]


async def test_a_body_in_parts_arrives_whole() -> None:
    """The application gets one message, and then only hears that the caller has left."""
    chunked = ((b"transfer-encoding", b"chunked"), (b"content-type", b"application/json"))
    parts = (part(b'{"a"', more=True), part(b"", more=True), part(b":1}"))
    _, _, body = await exchange(scope_of("POST", b"/v1/waves", *chunked), *parts)

    assert '{"a":1}' == json.loads(body)["body"]


async def test_after_the_body_only_leaving_is_heard() -> None:
    """Whatever the server still has of the body."""
    incoming = iter([part(b""), {"type": "http.disconnect"}])

    async def receive() -> dict[str, Any]:
        return next(incoming)

    replay = Replay(b"{}", receive)

    assert [part(b"{}"), {"type": "http.disconnect"}] == [await replay(), await replay()]


async def test_http_2_may_have_a_body_without_length() -> None:
    """Its frames say where it ends."""
    scope = scope_of("POST", b"/v1/waves", (b"content-type", b"application/json"), http_version="2")
    _, _, body = await exchange(scope, part(b"{}"))

    assert "{}" == json.loads(body)["body"]


async def test_a_body_that_is_too_large_is_refused_before_it_is_read() -> None:
    """By its stated length, or as soon as more has come."""
    json_type = (b"content-type", b"application/json")
    stated = await exchange(scope_of("POST", b"/v1/waves", json_type, (b"content-length", b"101")))
    chunked = scope_of("POST", b"/v1/waves", json_type, (b"transfer-encoding", b"chunked"))
    counted = await exchange(chunked, part(b"[" + b" " * 60, more=True), part(b" " * 60, more=True))
    fits = await exchange(chunked, part(b"[" + b" " * 98, more=True), part(b"]"))

    assert (413, 413, 200) == (stated[0], counted[0], fits[0])


@pytest.mark.parametrize("length", [b"-1", b"+1", b"1_0", b"x", b"", b"1, 1", b"\xb2", b"9" * 30])
async def test_a_length_is_digits(length: bytes) -> None:
    """Anything else is malformed."""
    scope = scope_of("POST", b"/v1/waves", (b"content-length", length), (b"content-type", b"application/json"))

    assert 400 == (await exchange(scope))[0]


async def test_a_body_that_does_not_arrive_whole_is_refused() -> None:
    """The application never hears of it; nor does the caller, if it has left."""
    scope = scope_of("POST", b"/v1/waves", (b"content-length", b"9"), (b"content-type", b"application/json"))
    status, _, answer = await exchange(scope, part(b"{", more=True))

    assert (400, "disconnected") == (status, json.loads(answer)["code"])


@pytest.mark.parametrize(
    ("body", "content_type", "path", "code"),
    [
        (b'{"a":"\xff"}', b"application/json", b"/v1/waves", "invalid-utf8"),
        (b"[" * 65, b"application/json", b"/v1/waves", "too-deep"),
        (b'{"a":1}\n{"a":"\xff"}\n', b"application/x-ndjson", b"/v1/people", "invalid-utf8"),
        (b"a=\xff", b"application/x-www-form-urlencoded", b"/oauth/token", "invalid-utf8"),
    ],
)
async def test_text_that_cannot_be_read_is_refused(body: bytes, content_type: bytes, path: bytes, code: str) -> None:
    """Invalid UTF-8 in any text, nesting in JSON."""
    assert (400, ["invalid-input", code]) == await sent_status(body, content_type, path)


async def test_what_only_looks_deep_is_taken() -> None:
    """Brackets in a text, and many small arrays."""
    assert 200 == (await sent_status(b'["' + b"[" * 80 + b'"]', b"application/json"))[0]
    assert 200 == (await sent_status(b"[" + b"[]," * 30 + b"1]", b"application/json"))[0]


async def test_a_body_that_never_ends_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever sends a body too slowly gets 408, and the connection is closed."""
    monkeypatch.setattr(request_body, "_SLOWEST", 0.05)

    async def receive() -> dict[str, Any]:
        await asyncio.sleep(0.02)
        return {"type": "http.request", "body": b" ", "more_body": True}

    route = Route(method="POST", path_template="/x", consumes=("application/json",))
    headers = {b"content-type": b"application/json", b"transfer-encoding": b"chunked"}
    with pytest.raises(HttpProblem) as slow:
        await request_body.read_body("1.1", headers, route, receive)

    assert (408, "request-timeout") == (slow.value.status, slow.value.code)
