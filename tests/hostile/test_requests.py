"""Requests that are wrong before anybody reads their body: paths, methods, headers and framing."""

import asyncio

import pytest

from hostile.wire import STANDARD, ask, bearer, leave, send, until
from support.house import House
from support.personas import Cast

JSON = b"content-type: application/json"
FORM = b"content-type: application/x-www-form-urlencoded"
SOME_ID = "01a20aa0-72ab-7b59-8b83-03ae36b09ae7"

REFUSED = {
    "double-slash": ("GET", "//health/live", [], b"", 404, "unknown-path"),
    "slash-at-the-end": ("GET", "/v1/waves/", [], b"", 404, "unknown-path"),
    "encoded-slash": ("GET", "/v1%2Fwaves", [], b"", 404, "unknown-path"),
    "encoded-nul": ("GET", "/v1/waves/%00", [], b"", 404, "unknown-path"),
    "encoded-dots": ("GET", "/v1/%2e%2e/health/live", [], b"", 404, "unknown-path"),
    "dots": ("GET", "/v1/../health/live", [], b"", 404, "unknown-path"),
    "invalid-utf-8": ("GET", "/v1/waves/%ff", [], b"", 400, "malformed-path"),
    "half-an-escape": ("GET", "/v1/waves/%z", [], b"", 400, "malformed-path"),
    "star": ("OPTIONS", "*", [], b"", 404, "unknown-path"),
    "another-site": ("GET", "http://evil.test/nothing", [], b"", 404, "unknown-path"),
    "no-such-host": ("GET", "/health/live", [b"host: a b/c"], b"", 400, "malformed-host"),
    "two-hosts": ("GET", "/health/live", [b"host: a", b"host: b"], b"", 400, "malformed-host"),
    "trace": ("TRACE", "/v1/waves", [], b"", 405, "method-not-allowed"),
    "propfind": ("PROPFIND", "/v1/waves", [], b"", 405, "method-not-allowed"),
    "xml-wanted": ("GET", "/v1/waves", [b"accept: text/xml"], b"", 406, "not-acceptable"),
    "nothing-wanted": ("GET", "/v1/waves", [b"accept: */*;q=0"], b"", 406, "not-acceptable"),
    "body-of-a-get": ("GET", "/v1/waves", [], b"{}", 400, "body-not-allowed"),
    "body-without-type": ("POST", "/v1/waves", [], b"{}", 415, "unsupported-media-type"),
    "another-charset": ("POST", "/v1/waves", [JSON + b"; charset=latin1"], b"{}", 415, "unsupported-media-type"),
    "two-types": ("POST", "/v1/waves", [JSON, b"content-type: text/csv"], b"{}", 415, "unsupported-media-type"),
    "gzip": ("POST", "/v1/waves", [JSON, b"content-encoding: gzip"], b"{}", 415, "unsupported-content-encoding"),
    "stated-too-large": ("POST", "/v1/waves", [JSON, b"content-length: 1048577"], b"", 413, "body-too-large"),
    "nobody": ("GET", "/v1/waves", [], b"", 401, "unauthenticated"),
    "basic": ("GET", "/v1/waves", [b"authorization: Basic YTpi"], b"", 401, "unauthenticated"),
    "graphql-by-nobody": ("POST", "/graphql", [JSON], b'{"query":"{__typename}"}', 401, "unauthenticated"),
    "intake-body": ("POST", f"/v1/waves/{SOME_ID}/responses", [b"content-type: text/csv"], b"x", 415, None),
}


@pytest.mark.parametrize("name", REFUSED)
async def test_a_wrong_request_gets_a_problem_with_all_headers(address: str, name: str) -> None:
    """Its document says what is wrong, and is as well guarded as any answer."""
    method, path, headers, body, status, code = REFUSED[name]
    answer = await ask(address, method, path, *headers, body=body)
    document = answer.document

    assert (status, code or document["code"]) == (answer.status, document["code"])
    assert "application/problem+json" == answer.headers["content-type"]
    assert set() == STANDARD - set(answer.headers)
    assert all(document[name] for name in ("title", "detail"))
    assert document["instance"].startswith("urn:uuid:")


@pytest.mark.parametrize("name", REFUSED)
async def test_a_problem_is_told_in_the_callers_language(address: str, name: str) -> None:
    """In Dutch as in English, with no placeholder left open."""
    method, path, headers, body, _, _ = REFUSED[name]
    told = {}
    for language in ("nl", "en"):
        answer = await ask(address, method, path, b"accept-language: " + language.encode(), *headers, body=body)
        told[answer.headers["content-language"]] = answer.document["title"] + answer.document["detail"]

    assert {"nl", "en"} == set(told)
    assert told["nl"] != told["en"]
    assert "…" not in told["nl"].replace("Bearer …", "") + told["en"].replace("Bearer …", "")


@pytest.mark.parametrize(
    ("path", "allow"),
    [
        ("/health/live", "GET, HEAD, OPTIONS"),
        ("/v1/waves", "GET, HEAD, POST, OPTIONS"),
        (f"/v1/units/{SOME_ID}", "GET, HEAD, PATCH, DELETE, OPTIONS"),
        (f"/v1/waves/{SOME_ID}/responses", "POST, OPTIONS"),
        ("/oauth/token", "POST, OPTIONS"),
        ("/graphql", "GET, HEAD, POST, OPTIONS"),
    ],
)
async def test_options_and_405_say_exactly_what_is_allowed(address: str, path: str, allow: str) -> None:
    """The same whoever asks; nobody needs to sign in for it."""
    answers = [await ask(address, method, path) for method in ("OPTIONS", "TRACE")]

    assert [(204, allow), (405, allow)] == [(answer.status, answer.headers["allow"]) for answer in answers]


async def test_head_is_get_without_its_body(address: str, target: Cast) -> None:
    """Also where it is refused."""
    token = bearer(str(target.hr.token))
    answers = [await ask(address, "HEAD", path, token) for path in ("/v1/units", "/v1/nothing")]

    assert [(200, b""), (404, b"")] == [(answer.status, answer.body) for answer in answers]


async def test_of_two_tokens_neither_counts(address: str, target: Cast) -> None:
    """Whichever comes first: what stands in front may have judged the other one."""
    good, bad = bearer(str(target.hr.token)), bearer("x" * 40)
    answers = [await ask(address, "GET", "/v1/units", *two) for two in ((good, bad), (bad, good), (good, good))]

    assert [401, 401, 401] == [answer.status for answer in answers]


async def test_of_two_idempotency_keys_neither_counts(address: str, target: Cast) -> None:
    """A retry could send either."""
    keys = (b"idempotency-key: a", b"idempotency-key: b")
    body = b'{"kind": "reporting-route", "name": "x", "contact": "y"}'
    answer = await ask(address, "POST", "/v1/support-routes", bearer(str(target.hr.token)), JSON, *keys, body=body)

    assert [("/header/Idempotency-Key", "pattern")] == answer.findings


@pytest.mark.parametrize(
    "framing",
    [
        b"content-length: 4\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n",
        b"content-length: 4\r\ncontent-length: 5\r\n\r\nabcde",
        b"content-length: +5\r\n\r\nabcde",
        b"transfer-encoding : chunked\r\n\r\n0\r\n\r\n",
        b"transfer-encoding: xchunked\r\n\r\n0\r\n\r\n",
        b"transfer-encoding: chunked\r\n\r\n-1\r\nabc\r\n0\r\n\r\n",
        b"transfer-encoding: chunked\r\n\r\nfffffffffffffffff\r\nabc\r\n0\r\n\r\n",
    ],
)
async def test_no_request_hides_behind_an_ambiguous_length(address: str, framing: bytes) -> None:
    """What follows a request whose end can be read in two ways is never answered."""
    start = b"POST /oauth/token HTTP/1.1\r\nhost: peil.test\r\n" + FORM + b"\r\n"
    smuggled = b"GET /health/live HTTP/1.1\r\nhost: peil.test\r\n\r\n"
    answers = await send(address, start + framing + smuggled)

    assert [400] == [answer.status for answer in answers]


async def test_pipelined_requests_are_answered_in_their_order(address: str) -> None:
    """Also when one between them is refused."""
    paths = (b"/health/live", b"/nothing", b"/v1/waves", b"/health/live")
    requests = [b"GET %s HTTP/1.1\r\nhost: peil.test\r\n\r\n" % path for path in paths[:-1]]
    last = b"GET %s HTTP/1.1\r\nhost: peil.test\r\nconnection: close\r\n\r\n" % paths[-1]
    answers = await send(address, b"".join(requests) + last)

    assert [200, 404, 401, 200] == [answer.status for answer in answers]


async def test_who_waits_for_continue_is_refused_before_sending(address: str) -> None:
    """A body that is too large never has to travel."""
    answer = await ask(
        address, "POST", "/v1/people/import", b"content-type: application/x-ndjson", b"expect: 100-continue",
        b"content-length: 999999999",
    )  # fmt: skip

    assert (413, "body-too-large") == (answer.status, answer.document["code"])


async def test_who_leaves_early_leaves_nothing_behind(address: str, house: House, target: Cast) -> None:
    """Two hundred who reset their connection at any point take no connection of the database with them."""
    body = b'{"externalId": "gone", "name": "x", "parentExternalId": "nowhere"}'
    lines = [b"POST /v1/units HTTP/1.1", b"host: x", JSON, bearer(str(target.hr.token)), b"content-length: 66"]
    request = b"\r\n".join(lines) + b"\r\n\r\n" + body
    await asyncio.gather(*(leave(address, request[: len(request) - cut]) for cut in range(200)))
    pool = house.parts.database._pool

    async def is_idle() -> bool:
        return bool(pool.get_size() == pool.get_idle_size())

    await until(is_idle)

    assert 200 == (await ask(address, "GET", "/health/ready")).status


@pytest.mark.parametrize("credentials", [b"\xff\xff!", b"//8=", b"", b"YQ==", b"AGE6Yg==", b"Og=="])
async def test_credentials_that_nobody_can_read_are_wrong(address: str, credentials: bytes) -> None:
    """Base64 that is none, or not of UTF-8, or of half a pair."""
    body = b"grant_type=client_credentials"
    answer = await ask(address, "POST", "/oauth/token", FORM, b"authorization: Basic " + credentials, body=body)

    assert (401, "invalid_client") == (answer.status, answer.document["error"])
    assert 'Basic realm="peil"' == answer.headers["www-authenticate"]
