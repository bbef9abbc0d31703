"""Every operation with an id of another employer in each place where the document takes one, and what is answered."""

import copy
import json
import re
from collections.abc import Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any, NamedTuple
from uuid import UUID, uuid4

import httpx
import msgspec

from contract.seeds import Seeded, bodies_of
from contract.uses import USES
from contract.vendors import BY_OPERATOR
from peil.openapi.examples import EXAMPLES
from support.apis import ENDPOINTS, FIELDS, GraphQL, Outcome
from support.house import House, Persona

DOCUMENT = json.loads((Path(__file__).parents[2] / "openapi" / "openapi.json").read_text())

# What is a name and no UUID, and of which employer's things it is one.
NAMED = {"parentExternalId": "unit-name", "unitExternalId": "unit-name", "manages[*]": "unit-name"}
FOREIGN_NAME, FREE_NAME = "only-theirs", "theirs-as-well"
FOREIGN_KEY = "used-by-them"
"""External ids and an idempotency key that the other employer has used; nobody else ever uses the first."""

_BODIES: dict[str, Any] = {
    # Lines, of which the document has no schema.
    "import_units": '{"externalId": "line", "name": "Line", "parentExternalId": "root"}',
    "import_people": '{"externalId": "line", "unitExternalId": "care"}',
    # As it was, so that there is room for the waves of other requests.
    "update_fatigue_budget": {"waves": 1000, "items": 10_000, "days": 1},
}

OF_NO_EMPLOYER = ("create_vendor_link", "vendorId")
"""Vendors are the operator's, whose own operations are not swept either: any employer may let any of them act."""

_QUERIES = {"unit": "unit", "wave": "released", "against": "baseline", "campaign": "campaign", "action": "action"}
# What stands around an id that no good request here has: nothing was published that an action could be measured by.
_AROUND = {"metric": {"block": "workload", "target": 60}}
_INSTANCE = re.compile(rb'"instance":"urn:uuid:[0-9a-f-]{36}"')
_UUID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
# Of each request: its time, and the same id as `instance`.
_OF_THE_REQUEST = {"date", "x-request-id"}


class Pair(NamedTuple):
    """Two employers who each have something of everything, in a database of their own; `mine` asks for `theirs`."""

    house: House
    graphql: httpx.AsyncClient
    """The same service with the documents of the tests persisted."""
    mine: Seeded
    theirs: Seeded


class Place(NamedTuple):
    """Where an operation takes an id: `at` is path, query or body, `name` the parameter or the members with dots."""

    at: str
    name: str

    @property
    def kind(self) -> str:
        """The last name of it, without what makes it a list."""
        return self.name.rsplit(".", 1)[-1].removesuffix("[*]")


class Request(msgspec.Struct, frozen=True, kw_only=True):
    """What is asked of an operation."""

    name: str
    path: dict[str, str]
    query: dict[str, str]
    body: Any

    def put(self, place: Place, value: str) -> "Request":
        """The same with another value in one place."""
        asked = copy.deepcopy(self)
        if place.at != "body":
            getattr(asked, place.at)[place.name] = value
            return asked
        *above, last = place.name.split(".")
        inner = asked.body
        for name in above:
            if name in _AROUND:
                inner.setdefault(name, dict(_AROUND[name]))
            inner = inner[name[:-3]][0] if name.endswith("[*]") else inner[name]
        inner[last.removesuffix("[*]")] = [value] if last.endswith("[*]") else value
        return asked


def read_operations() -> dict[str, list[Place]]:
    """Places per operation of the document, by the name of its function; the intake's are everybody's."""
    described = {found["operationId"]: found for methods in DOCUMENT["paths"].values() for found in methods.values()}
    return {
        name: [place for place in _places(described[camel_of(name)]) if (name, place.name) != OF_NO_EMPLOYER]
        for name in ENDPOINTS
        if not ENDPOINTS[name].on_intake and camel_of(name) not in BY_OPERATOR
    }


def camel_of(name: str) -> str:
    head, *tail = name.split("_")
    return head + "".join(word.capitalize() for word in tail)


def _places(described: dict[str, Any]) -> Iterator[Place]:
    for parameter in map(_resolved, described["parameters"]):
        if parameter["in"] != "header" and list(_ids(parameter["schema"], "")):
            yield Place(parameter["in"], parameter["name"])
    for content in described.get("requestBody", {"content": {}})["content"].values():
        yield from (Place("body", name) for name in sorted(set(_ids(content["schema"], ""))))


def _ids(schema: dict[str, Any], path: str) -> Iterator[str]:
    schema = _resolved(schema)
    name = path.rsplit(".", 1)[-1]
    if schema.get("format") == "uuid" or (name in NAMED and schema.get("type") == "string"):
        yield path
    for choice in (one for word in ("anyOf", "oneOf", "allOf") for one in schema.get(word, ())):
        yield from _ids(choice, path)
    for member, inner in schema.get("properties", {}).items():
        yield from _ids(inner, f"{path}.{member}" if path else member)
    if "items" in schema:
        yield from _ids(schema["items"], f"{path}[*]")


def _resolved(schema: dict[str, Any]) -> dict[str, Any]:
    while "$ref" in schema:
        _, _, kind, name = schema["$ref"].split("/")
        schema = DOCUMENT["components"][kind][name]
    return schema


def value_of(name: str, place: Place, known: Mapping[str, list[Any]], which: int = 0) -> str:
    """What an employer has for this place, the last of its kind or, with another `which`, another."""
    uses = {**USES["*"], **USES.get(camel_of(name), {})}
    if place.name in NAMED:
        return str(known["unit-name"][-1])
    fallback = _QUERIES.get(place.name) if place.at == "query" else _BODY_KINDS.get(place.kind)
    dictionary = _INSTEAD.get((name, place.name)) or uses.get(f"{place.at}.{place.name}") or fallback
    assert dictionary is not None, f"{name} takes {place}, and nobody says of what"
    values = known[dictionary]
    return str(values[which % len(values)])


_BODY_KINDS = {
    "personId": "person",
    "sponsorId": "person",
    "instrumentId": "published",
    "riskId": "risk",
    "unitIds": "unit",
    "unitId": "unit",
    "campaignId": "campaign",
    "employerIds": "employer",
    "waveId": "released",
}
# Where the contract has a peer of its own, or takes from what is made on the way.
_INSTEAD = {
    ("open_wave", "waveId"): "planned",
    ("advance_test_clock", "employerId"): "employer",
}


def request_of(name: str, seeded: Seeded, which: int = 0) -> Request:
    """One that succeeds for this employer, with the ids that it cannot do without."""
    endpoint, known = ENDPOINTS[name], seeded.known
    path = {}
    for one in re.findall(r"{(\w+)}", endpoint.path):
        path[one] = "score" if one == "kind" else value_of(name, Place("path", one), known, which)
    # Who speaks for no unit names the one that a widget is about.
    query = {"unit": known["unit"][0]} if name.endswith("_widget") else {}
    body = None
    if endpoint.body is not None:
        example = _BODIES.get(name) or bodies_of(known).get(camel_of(name)) or next(iter(EXAMPLES[name].values()))
        body = copy.deepcopy(example)
        if name in ("create_unit", "create_person"):
            body["externalId"] = str(uuid4())
        if name == "create_vendor_link":
            body["vendorId"] = known["new-vendor"][which]
        if name == "create_issuer":
            body["audience"] = str(uuid4())
        if isinstance(body, dict):
            body |= _with_ids(name, known)
    return Request(name=name, path=path, query=query, body=body)


def _with_ids(name: str, known: Mapping[str, list[Any]]) -> dict[str, Any]:
    """What the example leaves out and an id can stand in."""
    person = known["person"][0]
    if name in ("create_campaign", "update_campaign"):
        block = {"instrumentId": known["published"][0], "block": "workload"}
        goal = {"title": "Rust", "goal": "lower-workload", "kpi": "workload", "target": 70}
        return {
            "coreTeam": [{"personId": person, "position": "hr", "part": None}],
            "goals": [{**goal, "metric": {"kind": "block", **block}, "riskId": known["risk"][0]}],
            "criteria": [{"kind": "score", **block, "atLeast": 60}],
        }
    if name in ("create_communication", "update_communication", "create_action", "update_action"):
        return {"owner": {"personId": person, "role": None}}
    return {}


def speaker(name: str, seeded: Seeded, http: httpx.AsyncClient) -> Persona:
    """Who of this employer may do it."""
    return Persona(http, seeded.others.get(camel_of(name), seeded.usual))


async def ask(persona: Persona, asked: Request, **headers: str) -> httpx.Response:
    """Sends it over REST."""
    endpoint = ENDPOINTS[asked.name]
    path = re.sub(r"{(\w+)}", lambda found: asked.path[found[1]], endpoint.path)
    sent = headers | ({"content-type": endpoint.consumes} if endpoint.consumes else {})
    if endpoint.method in ("PATCH", "DELETE"):
        sent.setdefault("if-match", "*")
    content = None
    if endpoint.body is not None:
        content = asked.body.encode() if isinstance(asked.body, str) else msgspec.json.encode(asked.body)
    return await persona.request(endpoint.method, path, params=asked.query, headers=sent, content=content)


async def ask_graphql(persona: Persona, asked: Request) -> Outcome:
    """Sends it over GraphQL."""
    return await _call(GraphQL(persona), asked)


async def ask_graphql_for_all(persona: Persona, asked: Request) -> httpx.Response:
    """Sends it over GraphQL; what is answered may be an error that no caller should see."""
    answers: list[httpx.Response] = []

    class Kept(GraphQL):
        async def send(self, *given: Any, **options: Any) -> httpx.Response:
            answers.append(await super().send(*given, **options))
            return answers[-1]

    with suppress(AssertionError):
        await _call(Kept(persona), asked)
    return answers[0]


async def _call(api: GraphQL, asked: Request) -> Outcome:
    given = [*asked.path.values(), *([] if asked.body is None else [asked.body])]
    options = {"if_match": "*"} if ENDPOINTS[asked.name].method in ("PATCH", "DELETE") else {}
    return await api.call(asked.name, *given, **options, **asked.query)


def told(response: httpx.Response) -> tuple[int, list[tuple[str, str]], bytes]:
    """Everything that an answer says, but for which request it answers."""
    headers = sorted((name, value) for name, value in response.headers.items() if name not in _OF_THE_REQUEST)
    return response.status_code, headers, _INSTANCE.sub(b"", response.content)


def told_graphql(outcome: Outcome) -> Any:
    """The same of GraphQL's."""
    body = {name: member for name, member in (outcome.body or {}).items() if name != "instance"}
    return outcome.word, outcome.code, outcome.findings, outcome.etag, body


def no_id(place: Place) -> str:
    """An id of nothing."""
    return "nowhere" if place.name in NAMED else str(uuid4())


def foreign_id(name: str, place: Place, theirs: Seeded) -> str:
    """What the other employer has for the place."""
    return FOREIGN_NAME if place.name in NAMED else value_of(name, place, theirs.known)


def asked_in(name: str, place: Place, pair: Pair) -> tuple[Request, Request, Request]:
    """The same good request with a foreign id in the place, with one of nothing, and with an own one."""
    good = request_of(name, pair.mine)
    if place.name == "against" and "kind" in good.path:
        good.path["kind"] = "change"
    own = value_of(name, place, pair.mine.known)
    values = (foreign_id(name, place, pair.theirs), no_id(place), own)
    theirs, nothing, mine = [good.put(place, value) for value in values]
    return theirs, nothing, mine


def told_of(asked: Request, place: Place, response: httpx.Response) -> tuple[int, list[tuple[str, str]], bytes]:
    """The same; of a report on ids without the id that was asked about, and so without the version of the whole."""
    status, headers, body = told(response)
    if (asked.name, place.name) != REPORTED:
        return status, headers, body
    (about,) = asked.body["employerIds"]
    return status, [one for one in headers if one[0] != "etag"], body.replace(about.encode(), b"")


async def sweep(pair: Pair) -> list[Any]:
    """Places of REST where a foreign id is told apart from one of nothing, or not refused, with both answers."""
    found = []
    for name, place in PLACES:
        who = speaker(name, pair.mine, pair.house.http)
        theirs, nothing = [told_of(one, place, await ask(who, one)) for one in asked_in(name, place, pair)[:2]]
        refused = (404,) if place.at == "path" else (200,) if (name, place.name) == REPORTED else (404, 400, 409)
        if theirs != nothing or not (theirs[0] in refused or (name in FILTERED and place.at == "query")):
            found.append((name, place, theirs, nothing))
    return found


async def sweep_graphql(pair: Pair) -> list[Any]:
    """The same of GraphQL."""
    found = []
    for name, place in PLACES:
        if name in FIELDS:
            who = speaker(name, pair.mine, pair.graphql)
            theirs, nothing = [told_graphql(await ask_graphql(who, one)) for one in asked_in(name, place, pair)[:2]]
            if theirs != nothing or not (theirs[0] in ("not-found", "refused") or name in FILTERED):
                found.append((name, place, theirs, nothing))
    return found


async def digest_of(connection: Any, tables: list[str], employer_id: UUID) -> dict[str, str]:
    """All rows of an employer, table by table, as one hash each."""
    found = {}
    for table in tables:
        rows = "coalesce(string_agg(t::text, '' order by t::text), '')"
        query = f"select md5({rows}) from {table} as t where employer_id = $1"
        found[table] = await connection.fetchval(query, employer_id)
    return found


async def ids_of(connection: Any, tables: list[str], employer_id: UUID) -> set[str]:
    """Every UUID in the rows of an employer."""
    found: set[str] = set()
    for table in tables:
        query = f"select t::text as row from {table} as t where employer_id = $1"
        for record in await connection.fetch(query, employer_id):
            found.update(_UUID.findall(record["row"]))
    return found


OPERATIONS = read_operations()
PLACES = [(name, place) for name, places in OPERATIONS.items() for place in places]
# Of each id by itself it is said that there is no such employer.
REPORTED = ("create_vendor_campaigns", "employerIds[*]")
# Nothing of a filter is a page with nothing on it.
FILTERED = ("list_actions", "export_actions", "list_progress_checks", "list_audit", "export_audit")
