"""GraphQL over HTTP: the right status for the media type, and nothing but one operation a request."""

import json
from hashlib import sha256
from typing import Any

import httpx
import pytest

from peil.graphql.schema import Schema
from support import graphql_toy

RESPONSE = "application/graphql-response+json"
MODERN = {"accept": RESPONSE}
TYPENAME = {"query": "{ __typename }"}
DOCUMENT = "query ($n: Int! = 1) { waves(first: $n) { __typename } }"
DOCUMENT_ID = f"sha256:{sha256(DOCUMENT.encode()).hexdigest()}"


def client_of(schema: Schema, **rights: Any) -> httpx.AsyncClient:
    app = graphql_toy.application(schema, {DOCUMENT_ID: DOCUMENT}, **rights)
    return httpx.AsyncClient(transport=httpx.ASGITransport(app=app), base_url="http://peil.test")


@pytest.mark.parametrize(
    "asked",
    [
        {"query": "{"},
        {"query": "{ unknown }"},
        {"query": "query ($id: UUID!) { wave(waveId: $id) { __typename } }", "variables": {"id": None}},
        {"query": "{ waves(first: 101) { __typename } }"},
        {"query": "query A { __typename }", "operationName": "B"},
        {"query": "query A { __typename } query B { __typename }"},
        {"query": "subscription { __typename }"},
        {"documentId": "sha256:0"},
    ],
)
async def test_request_errors_have_the_status_of_their_media_type(
    http: httpx.AsyncClient, asked: dict[str, Any]
) -> None:
    """400 with the media type made for it, 200 with application/json, and never `data`."""
    modern = await http.post("/graphql", json=asked, headers=MODERN)
    legacy = await http.post("/graphql", json=asked)

    assert (modern.status_code, legacy.status_code) == (400, 200)
    assert ["errors"] == list(modern.json()) == list(legacy.json())


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"[]",
        b'[{"query": "{ __typename }"}]',
        b'{"query": 1}',
        b'{"query": ""}',
        b"{}",
        b'{"query": "{ __typename }", "documentId": "sha256:0"}',
        b'{"query": "{ __typename }", "query": "{ __typename }"}',
        b'{"query": "{ __typename }", "variables": []}',
        b'{"query": "{ __typename }", "other": 1}',
        b'{"query": "{ __typename }", "variables": {"x": NaN}}',
        b'{"query": "{ __typename }", "variables": {"x": ' + b"[" * 5000 + b"]" * 5000 + b"}}",
        b'{"query": "{ __typename \xff }"}',
    ],
)
async def test_what_is_no_request_of_graphql_is_400(http: httpx.AsyncClient, body: bytes) -> None:
    """Whatever is accepted; that includes batches."""
    headers = {"content-type": "application/json"}

    statuses = {
        (await http.post("/graphql", content=body, headers={**headers, **accept})).status_code
        for accept in ({}, MODERN)
    }

    assert {400} == statuses


@pytest.mark.parametrize(
    ("accept", "expected"),
    [
        (None, "application/json"),
        ("*/*", "application/json"),
        ("application/json", "application/json"),
        (RESPONSE, RESPONSE),
        (f"{RESPONSE}, application/json", RESPONSE),
        (f"{RESPONSE};q=0.5, application/json", "application/json"),
        (f"{RESPONSE};q=0, */*", "application/json"),
    ],
)
async def test_the_media_type_is_negotiated(http: httpx.AsyncClient, accept: str | None, expected: str) -> None:
    """The draft's own type wins where it is named as high as any."""
    http.headers.pop("accept")
    response = await http.post("/graphql", json=TYPENAME, headers={"accept": accept} if accept else {})

    assert (200, f"{expected}; charset=utf-8") == (response.status_code, response.headers["content-type"])


@pytest.mark.parametrize(
    ("headers", "content", "expected"),
    [
        ({"accept": "text/html"}, json.dumps(TYPENAME), 406),
        ({"content-type": "text/plain"}, json.dumps(TYPENAME), 415),
        ({"content-type": "multipart/form-data; boundary=x"}, "--x--", 415),
        ({"content-type": "application/x-www-form-urlencoded"}, "query={__typename}", 415),
        ({}, json.dumps({"query": "{ __typename } #" + "x" * 70_000}), 413),
        ({}, json.dumps({"query": '{ node(id: "' + "x" * 1_000_000 + '") { id } }'}), 413),
    ],
)
async def test_other_media_types_and_big_bodies_are_refused(
    http: httpx.AsyncClient, headers: dict[str, str], content: str, expected: int
) -> None:
    """No forms, no uploads, no page to play with, at most 64 KiB."""
    response = await http.post("/graphql", content=content, headers={"content-type": "application/json", **headers})

    assert expected == response.status_code


async def test_get_runs_queries(http: httpx.AsyncClient) -> None:
    """With variables as JSON in the query string."""
    response = await http.get("/graphql", params={"query": DOCUMENT, "variables": '{"n": 2}', "operationName": ""})

    assert (response.status_code, response.json()) == (
        200,
        {"data": {"waves": {"__typename": "WaveConnection"}}},
    )


@pytest.mark.parametrize("accept", ["application/json", RESPONSE])
@pytest.mark.parametrize(
    "asked",
    [
        {"query": f'mutation {{ deleteWave(waveId: "{graphql_toy.TEAM.team_id}") {{ __typename }} }}'},
        {"query": "query Q { __typename } mutation M { __typename }", "operationName": "M"},
    ],
)
async def test_get_never_mutates(http: httpx.AsyncClient, accept: str, asked: dict[str, str]) -> None:
    """405, with the method to use."""
    response = await http.get("/graphql", params=asked, headers={"accept": accept})

    assert (response.status_code, response.headers["allow"]) == (405, "POST")
    assert "data" not in response.json()


@pytest.mark.parametrize(
    "query",
    ["", "query={__typename}&query={__typename}", "query={__typename}&x=1", "query={__typename}&variables={"],
)
async def test_a_get_that_is_no_request_of_graphql_is_400(http: httpx.AsyncClient, query: str) -> None:
    """Nothing to run, a doubled key, an unknown key, or variables that are no JSON."""
    assert (await http.get(f"/graphql?{query}")).status_code == 400


async def test_free_documents_need_a_right(schema: Schema) -> None:
    """Without it a caller may send the id of a persisted document, and nothing else."""
    async with client_of(schema, free_documents=False) as http:
        free = await http.post("/graphql", json={"query": DOCUMENT})
        persisted = await http.post("/graphql", json={"documentId": DOCUMENT_ID, "variables": {"n": 2}})
        by_get = await http.get("/graphql", params={"documentId": DOCUMENT_ID})

    assert (free.status_code, free.json()["errors"][0]["extensions"]["code"]) == (403, "free-document-denied")
    assert {"data": {"waves": {"__typename": "WaveConnection"}}} == persisted.json() == by_get.json()


async def test_a_persisted_document_has_limits_too(schema: Schema) -> None:
    """Its variables are the caller's."""
    async with client_of(schema, free_documents=False) as http:
        response = await http.post(
            "/graphql", json={"documentId": DOCUMENT_ID, "variables": {"n": 101}}, headers=MODERN
        )

    assert (response.status_code, response.json()["errors"][0]["extensions"]["code"]) == (
        400,
        "first-out-of-range",
    )


async def test_an_internal_error_leaves_the_rest(http: httpx.AsyncClient) -> None:
    """A field that failed is null, with an error; the status is that of an answer."""
    document = '{ __typename wave(waveId: "00000000-0000-0000-0000-000000000bad") { __typename } }'

    response = await http.post("/graphql", json={"query": document}, headers=MODERN)

    assert (response.status_code, response.json()["data"]) == (200, {"__typename": "Query", "wave": None})
