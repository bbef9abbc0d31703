"""Which route a path means, and which spellings of it do not exist."""

import json

import pytest

from peil.http.edge import Edge, Route
from support.edge_toy import application, exchange, render, scope_of, status_of


async def test_the_application_knows_what_the_edge_found() -> None:
    """Route, decoded parameters and preferred media type."""
    _, _, body = await exchange(scope_of("GET", b"/v1/waves/a%20b/items/caf%C3%A9:1"))
    seen = json.loads(body)

    assert {"waveId": "a b", "key": "caf\u00e9:1"} == seen["path"]
    assert ("/v1/waves/{waveId}/items/{key}", "application/json") == (seen["template"], seen["mediaType"])


@pytest.mark.parametrize(
    ("path", "template"),
    [
        (b"/", "/"),
        (b"/v1/waves", "/v1/waves"),
        (b"/v1/waves/current", "/v1/waves/current"),
        (b"/v1/waves/other", "/v1/waves/{waveId}"),
        # `current` has nothing below it, but as a parameter it has.
        (b"/v1/waves/current/items/x", "/v1/waves/{waveId}/items/{key}"),
        (b"/v1/waves/~a.b-c_d!$&'()*+,;=:@", "/v1/waves/{waveId}"),
        (b"/v1/waves/a%3Ab%25", "/v1/waves/{waveId}"),
    ],
)
async def test_fixed_segments_come_before_parameters(path: bytes, template: str) -> None:
    """And each template has its own name for its parameter."""
    _, _, body = await exchange(scope_of("GET", path))

    assert template == json.loads(body)["template"]


@pytest.mark.parametrize(
    "path",
    [
        b"/v1/waves/",
        b"//v1/waves",
        b"/v1//waves",
        b"/v1/waves//open",
        b"/v1/./waves",
        b"/v1/x/../waves",
        b"/v1/waves/.",
        b"/v1/waves/..",
        b"/v1/waves/%2E",
        b"/v1/waves/a%2Fb",
        b"/v1%2Fwaves",
        b"/v1/%77aves",
        b"/v1/waves/%41",
        b"/v1/waves/%c3%A9",
        b"/v1/waves/\xc3\xa9",
        b"/v1/waves/a%00b",
        b"/v1/waves/a b",
        b'/v1/waves/"',
        b"/V1/waves",
        b"/v1/waves;x=1",
        b"/v1",
        b"v1/waves",
        b"*",
        b"http://peil.example/v1/waves",
    ],
)
async def test_any_other_spelling_of_a_path_does_not_exist(path: bytes) -> None:
    """One path, one spelling."""
    status, _, body = await exchange(scope_of("GET", path))

    assert (404, "unknown-path") == (status, json.loads(body)["code"])


@pytest.mark.parametrize("path", [b"/v1/waves/%", b"/v1/waves/%zz", b"/v1/waves/%C3", b"/v1/waves/\xff"])
async def test_a_path_that_is_no_text_is_malformed(path: bytes) -> None:
    """Broken percent-encoding and invalid UTF-8 are the caller's mistake."""
    assert 400 == await status_of("GET", path)


async def test_a_server_without_raw_path_is_served() -> None:
    """ASGI leaves raw_path optional."""
    scope = scope_of("GET", b"") | {"path": "/v1/waves/caf\u00e9"}
    del scope["raw_path"]
    _, _, body = await exchange(scope)

    assert {"waveId": "caf\u00e9"} == json.loads(body)["path"]


def test_two_routes_for_the_same_requests_are_refused() -> None:
    """Also if they name their parameters differently."""
    with pytest.raises(ValueError, match=r"GET /a/\{y\}"):
        Edge(
            application,
            [Route(method="GET", path_template="/a/{x}"), Route(method="GET", path_template="/a/{y}")],
            render,
        )
