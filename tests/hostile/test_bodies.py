"""Bodies, queries and tokens of somebody who looks for the one that nobody thought of."""

from collections.abc import Callable
from typing import Any

import asyncpg
import msgspec
import pytest

from hostile.conftest import Over
from hostile.wire import Answer, ask, bearer, part
from peil import bootstrap
from peil.embedded import Cluster
from support.personas import NDJSON, Cast

JSON = b"content-type: application/json"

UNITS: dict[str, tuple[bytes, list[tuple[str, str]]]] = {
    "deep": (b"[" * 100_000, [("", "too-deep")]),
    "deep-in-text": (b'{"name": "' + b"[" * 100_000, [("", "malformed")]),
    "not-utf-8": (b'{"name": "\xff"}', [("", "invalid-utf8")]),
    "utf-16": ('{"name": "x"}'.encode("utf-16"), [("", "invalid-utf8")]),
    "byte-order-mark": (b"\xef\xbb\xbf{}", [("", "malformed")]),
    "raw-nul": (b'{"name": "\x00"}', [("", "malformed")]),
    "nan": (b'{"name": NaN}', [("", "malformed")]),
    "empty": (b"", [("", "no-body")]),
    "blank": (b" ", [("", "no-body")]),
    "two": (b"{} {}", [("", "malformed")]),
    "null": (b"null", [("", "type")]),
    "escaped-nul": (
        b'{"externalId": "a\\u0000", "name": "b\\u0000"}',
        [(f"/{name}", code) for name in ("externalId", "name") for code in ("nul-character", "pattern")],
    ),
    "half-a-character": (
        b'{"externalId": "a", "name": "\\ud800"}',
        [("/name", "lone-surrogate")],
    ),
    "key-twice-in-disguise": (
        b'{"externalId": "a", "external\\u0049d": "b", "name": "c"}',
        [("/externalId", "duplicate-key")],
    ),
    "everything": (
        b'{"externalId": 1e999, "name": [], "validFrom": "2026-02-30", "x": {}, "x": {}}',
        [
            ("/x", "duplicate-key"),
            ("/externalId", "number-out-of-range"),
            ("/externalId", "type"),
            ("/name", "type"),
            ("/validFrom", "format"),
            ("/x", "unknown-field"),
        ],
    ),
}


@pytest.mark.parametrize("name", UNITS)
async def test_a_wrong_body_gets_every_finding_at_once(address: str, target: Cast, name: str) -> None:
    """By the place where it is."""
    body, findings = UNITS[name]
    answer = await ask(address, "POST", "/v1/units", bearer(str(target.hr.token)), JSON, body=body)

    assert 400 == answer.status
    assert sorted(findings) == sorted(answer.findings)


@pytest.mark.parametrize(
    ("query", "finding"),
    [
        ("limit=0", ("/query/limit", "too-small")),
        ("limit=1e2", ("/query/limit", "type")),
        ("limit=%D9%A5", ("/query/limit", "type")),
        ("limit=" + "9" * 5000, ("/query/limit", "number-out-of-range")),
        ("limit=1&limit=2", ("/query/limit", "duplicate-key")),
        ("limit=%00", ("/query/limit", "nul-character")),
        ("cursor=%ff", ("/query/cursor", "invalid-utf8")),
        ("cursor=%zz", ("/query/cursor", "percent-encoding")),
        ("cursor=AAAA", ("/query/cursor", "cursor")),
        ("cursor=" + "A" * 600, ("/query/cursor", "cursor")),
        ("&", ("/query/", "unknown-field")),
        ("x", ("/query/x", "unknown-field")),
        ("on=0000-01-01", ("/query/on", "format")),
    ],
)
async def test_a_wrong_query_is_refused(address: str, target: Cast, query: str, finding: tuple[str, str]) -> None:
    """Nothing is cut to fit, guessed or left out."""
    answer = await ask(address, "GET", f"/v1/units?{query}", bearer(str(target.hr.token)))

    assert (400, True) == (answer.status, finding in answer.findings)


@pytest.mark.parametrize(
    "moment",
    [
        "9999-12-31T23:59:59-12:00",
        "0001-01-01T00:00:00+14:00",
        "9999-12-31T23:59:59Z",
        "0000-01-01T00:00:00Z",
        "2026-12-31T23:59:60Z",
        "2026-11-24T24:00:00Z",
        "2026-11-24T00:00:00+24:00",
        "2026-11-24 00:00:00Z",
        "2026-11-24T00:00:00",
    ],
)
async def test_a_moment_that_no_clock_shows_is_refused(over: Over, target: Cast, moment: str) -> None:
    """Also one that has no place in UTC, or leaves none for what comes after it."""
    operator = over(target.operator)
    refused = await operator.post("/employers", {"name": "x", "sandbox": True, "testClock": moment})

    assert [("/testClock", "format")] == Answer(refused.status_code, {}, refused.content).findings


def _in_place(header: Any, claims: Any) -> str:
    return f"{part(header)}.{part(claims)}.AAAA"


OWN = {"alg": "RS256", "typ": "at+jwt", "kid": "x"}
FORGED: dict[str, Callable[[str], str]] = {
    "deep-claims": lambda iss: _in_place(OWN, b"[" * 5000),
    "deep-claim": lambda iss: _in_place(OWN, b'{"iss": "' + iss.encode() + b'", "x": ' + b"[" * 2000),
    "deep-header": lambda iss: _in_place(b'{"x": ' + b"[" * 2000 + b"]" * 2000 + b"}", {"iss": iss}),
    "nul-as-issuer": lambda iss: _in_place(OWN, b'{"iss": "\\u0000"}'),
    "half-a-character-as-issuer": lambda iss: _in_place(OWN, b'{"iss": "\\ud800"}'),
    "huge-number": lambda iss: _in_place(OWN, b'{"iss": "' + iss.encode() + b'", "exp": ' + b"9" * 5000 + b"}"),
    "list-as-audience": lambda iss: _in_place(OWN, {"iss": iss, "aud": [[], {}]}),
    "list-as-issuer": lambda iss: _in_place(OWN, {"iss": [iss]}),
    "list-as-key": lambda iss: _in_place(OWN | {"kid": []}, {"iss": iss}),
    "list-as-algorithm": lambda iss: _in_place(OWN | {"alg": []}, {"iss": iss}),
    "not-json": lambda iss: _in_place(b"\xff\xfe", b"\xff\xfe"),
    "not-base64": lambda iss: "!!!!!!!!!.!!!!!!!!!!!.!!!!!!!!!",
    "not-ascii": lambda iss: "\xe9" * 10 + "." + "\xe9" * 10 + "." + "\xe9" * 10,
    "five-parts": lambda iss: ".".join(["AAAAAAAA"] * 5),
    "too-long": lambda iss: "A" * 9000,
}


@pytest.mark.parametrize("name", FORGED)
async def test_a_token_that_nobody_can_read_signs_nobody_in(address: str, target: Cast, name: str) -> None:
    """Whatever its parts hold, it is a wrong token and never a failure of ours."""
    forged = FORGED[name](target.house.settings.public_url)
    answer = await ask(address, "GET", "/v1/units", bearer(forged))

    assert (401, "unauthenticated") == (answer.status, answer.document["code"])
    assert 'error="invalid_token"' in answer.headers["www-authenticate"]


LINES: dict[str, tuple[bytes, str]] = {
    "ten-megabytes": (b'{"externalId": "' + b"a" * 10_000_000 + b'", "name": "x"}', "too-long"),
    "ten-megabytes-deep": (b"[" * 10_000_000, "too-deep"),
    "escapes": (b'"' + b"\\" * 5_000_001, "malformed"),
    "nul": (b'{"externalId": "a\\u0000", "name": "x"}', "nul-character"),
    "cycle": (b'{"externalId": "sales", "name": "x", "parentExternalId": "field"}', "unit-cycle"),
    "own-parent": (b'{"externalId": "sales", "name": "x", "parentExternalId": "sales"}', "own-parent"),
}


@pytest.mark.parametrize("name", LINES)
async def test_one_hostile_line_stops_an_import(over: Over, target: Cast, name: str) -> None:
    """The report names it, and the good line before it is not written either."""
    line, code = LINES[name]
    hr = over(target.hr)
    good = b'{"externalId": "good", "name": "=1+1\\u202e", "parentExternalId": "root"}\n'
    report = await hr.must(hr.request("POST", "/units/import", content=good + line, headers=NDJSON), 200)
    units = await hr.must(hr.get("/units"), 200)

    assert (False, "refused", code) == (
        report["written"],
        report["lines"][1]["outcome"],
        report["lines"][1]["errors"][0]["code"],
    )
    assert "good" not in {unit["externalId"] for unit in units["items"]}


@pytest.mark.parametrize(
    "document",
    [
        "{" + "a{" * 5000 + "b" + "}" * 5000 + "}",
        "{node(id:" + "[" * 5000 + "]" * 5000 + "){id}}",
        "{...A} fragment A on Query {...B} fragment B on Query {...A}",
        "{...F0} "
        + "".join(f"fragment F{n} on Query {{...F{n + 1} ...F{n + 1}}} " for n in range(40))
        + "fragment F40 on Query {__typename}",
        "{" + "__typename " * 5000 + "}",
        '{node(id:"\\uD800"){id}}',
        "query(" + " ".join(f"$a{n}:Int" for n in range(3000)) + "){__typename}",
        "{units(first:99999999999999999999999){nodes{name}}}",
    ],
)
async def test_a_bomb_is_refused_before_it_runs(over: Over, target: Cast, document: str) -> None:
    """As a GraphQL error with its own media type, and nothing else."""
    asked = msgspec.json.encode({"query": document})
    accept = {"accept": "application/graphql-response+json", "content-type": "application/json"}
    persona = over(target.vendor)
    headers = accept | {"authorization": f"Bearer {persona.token}"}
    answer = await persona.http.post("/graphql", content=asked, headers=headers)

    assert (400, True, False) == (answer.status_code, bool(answer.json()["errors"]), "data" in answer.json())


async def test_what_was_refused_left_nothing_behind(over: Over, cluster: Cluster, cast: Cast) -> None:
    """Neither rows, nor events, nor audit, nor keys of retries."""
    connection = await asyncpg.connect(cluster.url(database=bootstrap.DATABASE))
    tables = ("unit", "person", "wave", "instrument", "policy", "precondition", "idempotency", "audit", "event", "due")

    async def count() -> list[int]:
        query = "select count(*) from peil.{} where employer_id = $1"
        return [await connection.fetchval(query.format(table), cast.employer.employer_id) for table in tables]

    before = await count()
    hr = over(cast.hr)
    key = {"idempotency-key": "once"}
    sales = f"/units/{cast.units['sales']}"
    answers = [
        await hr.post("/units", {"externalId": "sales", "name": "x", "parentExternalId": "root"}, headers=key),
        await hr.post("/units", {"externalId": "new", "name": "x", "parentExternalId": "nowhere"}, headers=key),
        await hr.post("/people", {"externalId": "new", "unitExternalId": "nowhere"}, headers=key),
        await hr.post("/policies", {"thresholds": {"kM": 1}}, headers=key),
        await hr.post("/preconditions", {"kind": "dpia"}, headers=key),
        await hr.post("/instruments", {"key": "x"}, headers=key),
        await hr.post("/waves", {"name": "x"}, headers=key),
        await hr.patch(sales, {"parentExternalId": "field"}, "*"),
        await hr.patch(sales, {"name": {"x": None}}, "*"),
        await hr.patch(sales, [], "*"),
        await hr.patch(sales, {"name": "x"}, 'W/"x"'),
        await hr.patch(sales, {"name": "x"}),
    ]
    after = await count()
    await connection.close()

    assert [409, 409, 409, 409, 400, 400, 400, 409, 400, 400, 412, 428] == [one.status_code for one in answers]
    assert before == after
