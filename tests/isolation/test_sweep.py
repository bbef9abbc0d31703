"""What another employer has does not exist: in no place where an id can stand, of no operation, in no protocol."""

import json
from collections.abc import AsyncIterator
from typing import Any
from uuid import UUID, uuid4

import httpx
import pytest

from anonymity.asking import owner
from cases.examples import BODIES
from isolation.conftest import tables
from isolation.sweeping import (
    FOREIGN_KEY,
    FOREIGN_NAME,
    FREE_NAME,
    OPERATIONS,
    PLACES,
    Pair,
    Place,
    ask,
    asked_in,
    camel_of,
    digest_of,
    foreign_id,
    ids_of,
    no_id,
    request_of,
    speaker,
    sweep,
    sweep_graphql,
    told,
    told_of,
)
from peil.graphql.connections import global_id
from support.apis import ENDPOINTS, FIELDS, GraphQL, Rest, document
from support.house import Persona

LISTS = [
    name
    for name, endpoint in ENDPOINTS.items()
    if endpoint.query is not None and "cursor" in endpoint.query.__struct_fields__
]
# It changes what the others need: which policy a wave opens under, and what time it is.
LAST = ("create_policy", "advance_test_clock")
# A unit that is named in a change is refused, whichever it is.
NEVER_CHANGES = ("update_action", Place("body", "unitId"))
NODE = "query ($id: ID!) { node(id: $id) { __typename id } }"


@pytest.fixture(scope="module", autouse=True)
async def untouched(pair: Pair) -> AsyncIterator[None]:
    """Whatever is asked in these tests, every row of the other employer is as it was."""
    async with owner(pair.house) as connection:
        names = await tables(connection)
        before = await digest_of(connection, names, pair.theirs.employer.employer_id)
        yield
        after = await digest_of(connection, names, pair.theirs.employer.employer_id)
    assert {} == {name: digest for name, digest in after.items() if before[name] != digest}


def test_places_are_swept() -> None:
    """In the path of every operation that has one, and in some eighty other places."""
    in_path = {name for name, place in PLACES if place.at == "path"}
    paths = {name: ENDPOINTS[name].path.replace("{kind}", "") for name in OPERATIONS}

    assert {name for name, path in paths.items() if "{" in path} == in_path
    assert len([place for _, place in PLACES if place.at != "path"]) > 70
    assert {"path", "query", "body"} == {place.at for _, place in PLACES}


async def test_a_foreign_id_is_one_of_nothing(pair: Pair) -> None:
    """To the byte and in every header: neither found, nor known to be somebody else's."""
    assert [] == await sweep(pair)


async def test_a_foreign_id_is_one_of_nothing_in_graphql(pair: Pair) -> None:
    """The same of every field."""
    assert [] == await sweep_graphql(pair)


async def test_foreign_ids_in_all_places_of_a_path(pair: Pair) -> None:
    """That all of them are of the same employer opens nothing either."""
    for name in {name for name, places in OPERATIONS.items() if len([one for one in places if one.at == "path"]) > 1}:
        who = speaker(name, pair.mine, pair.house.http)
        theirs = nothing = request_of(name, pair.mine)
        for place in [one for one in OPERATIONS[name] if one.at == "path"]:
            theirs = theirs.put(place, foreign_id(name, place, pair.theirs))
            nothing = nothing.put(place, no_id(place))

        assert (404, True) == ((found := told(await ask(who, theirs)))[0], found == told(await ask(who, nothing)))


async def test_the_sweep_reaches_what_it_is_for(pair: Pair) -> None:
    """With own ids every one of these requests succeeds, and shows no id of the other employer's."""
    async with owner(pair.house) as connection:
        names = await tables(connection)
        mine, theirs = [await ids_of(connection, names, one.employer.employer_id) for one in (pair.mine, pair.theirs)]
    refused, shown = {}, {}
    for name in sorted(OPERATIONS, key=LAST.__contains__):
        answer = await ask(speaker(name, pair.mine, pair.house.http), request_of(name, pair.mine, -1))
        if answer.status_code >= 300:
            refused[name] = answer.text
        shown[name] = {one for one in theirs - mine if one.encode() in answer.content}

    assert {} == refused
    assert set() == set().union(*shown.values())
    assert len(theirs - mine) > 1000


async def test_an_own_id_is_found_in_every_place(pair: Pair) -> None:
    """An id in a place where nobody looks at it would be foreign without being noticed: an own one is told apart."""
    unnoticed = []
    for name, place in PLACES:
        if place.at != "path" and (name, place) != NEVER_CHANGES:
            who = speaker(name, pair.mine, pair.house.http)
            _, nothing, own = [(one, await ask(who, one)) for one in asked_in(name, place, pair)]
            if told_of(own[0], place, own[1]) == told_of(nothing[0], place, nothing[1]):
                unnoticed.append((name, place))

    assert [] == unnoticed


async def test_a_foreign_external_id_is_free_and_unknown(pair: Pair) -> None:
    """In lines of an import too: nobody hears that a name is taken elsewhere, or can hang a unit under it."""
    hr = Rest(Persona(pair.house.http, pair.mine.usual))

    def line(external_id: str, above: str) -> bytes:
        return json.dumps({"externalId": external_id, "name": "x", "parentExternalId": above}).encode()

    foreign, nothing = [(await hr.import_units(line("x", above))).must() for above in (FOREIGN_NAME, "nowhere")]
    taken = (await hr.import_units(line(FREE_NAME, "root"))).must()

    assert foreign == nothing
    assert [False, True] == [foreign["written"], taken["written"]]


@pytest.mark.parametrize("name", LISTS)
async def test_a_foreign_cursor_is_one_of_nobody(pair: Pair, name: str) -> None:
    """The cursor that one employer was given goes on in no other one's list."""
    theirs = request_of(name, pair.theirs)
    theirs.query["limit"] = "1"
    page = (await ask(speaker(name, pair.theirs, pair.house.http), theirs)).json()
    foreign = page.get("cursor") or page.get("next") or _sealed_for(pair, name)
    answers = []
    for cursor in (foreign, "A" * len(foreign)):
        mine = request_of(name, pair.mine)
        mine.query["cursor"] = cursor
        answers.append(told(await ask(speaker(name, pair.mine, pair.house.http), mine)))

    assert 400 == answers[0][0]
    assert answers[0] == answers[1]


def _sealed_for(pair: Pair, name: str) -> str:
    """Of a list of one page: what the service would seal for the other employer."""
    return pair.house.parts.cursors.seal(str(uuid4()), pair.theirs.employer.employer_id, camel_of(name))


async def test_a_foreign_idempotency_key_is_a_new_one(pair: Pair) -> None:
    """What somebody else created under the key is neither shown nor in the way, also of another body."""
    body = BODIES["create_support_route"] | {"name": "Anders"}
    mine, theirs = [Persona(pair.house.http, one.usual) for one in (pair.mine, pair.theirs)]
    key = {"idempotency-key": FOREIGN_KEY}
    made = await mine.post("/support-routes", body, headers=key)
    again = await theirs.post("/support-routes", BODIES["create_support_route"], headers=key)

    assert [201, 201] == [made.status_code, again.status_code]
    assert "idempotency-replayed" in again.headers
    assert made.json()["supportRouteId"] != again.json()["supportRouteId"]
    assert "Anders" == made.json()["name"]


async def test_a_foreign_etag_opens_nothing(pair: Pair) -> None:
    """Who knows the version of a foreign thing is not told that it is still that one."""
    mine, theirs = [Persona(pair.house.http, one.usual) for one in (pair.mine, pair.theirs)]
    seen = await ask(theirs, request_of("get_risk", pair.theirs))
    theirs_risk = request_of("get_risk", pair.theirs)
    answers = [
        await ask(mine, theirs_risk, **{"if-none-match": seen.headers["etag"]}),
        await ask(mine, theirs_risk, **{"if-none-match": "*"}),
        await ask(mine, request_of("update_risk", pair.theirs), **{"if-match": seen.headers["etag"]}),
        await ask(mine, request_of("update_risk", pair.theirs), **{"if-match": '"stale"'}),
        await ask(mine, request_of("delete_unit", pair.theirs), **{"if-match": "*"}),
    ]

    assert 304 == (await ask(theirs, theirs_risk, **{"if-none-match": seen.headers["etag"]})).status_code
    assert [404] * 5 == [one.status_code for one in answers]


@pytest.mark.parametrize("name", [name for name, field in FIELDS.items() if field.kind == "node"])
async def test_no_node_is_another_employers(pair: Pair, name: str) -> None:
    """By the global id that its owner was shown it is nothing to others, whatever they hold."""
    asked = request_of(name, pair.theirs)
    made: dict[str, Any] = json.loads((await ask(speaker(name, pair.theirs, pair.house.http), asked)).content)
    [id_] = asked.path.values()
    kind = document(name).split("... on ")[1].split(" ")[0]
    answers = [
        await _node(pair, str(speaker(name, whose, pair.graphql).token), global_id(kind, UUID(one)))
        for whose, one in ((pair.theirs, id_), (pair.mine, id_), (pair.mine, str(uuid4())))
    ]

    assert id_ in made.values()
    assert [kind, None] == [one["data"]["node"] and one["data"]["node"]["__typename"] for one in answers[:2]]
    assert answers[1] == answers[2]


async def _node(pair: Pair, token: str, id_: Any) -> Any:
    sent = {"query": NODE, "variables": {"id": id_}}
    return (await GraphQL(Persona(pair.graphql, token)).send(sent)).json()


async def test_a_token_is_for_its_own_employer(pair: Pair) -> None:
    """Whatever a request says of an employer beside its token."""
    mine = Persona(pair.house.http, pair.mine.usual)
    employer_id = str(pair.theirs.employer.employer_id)
    plain = await mine.get("/units")
    said: list[httpx.Response] = [
        await mine.get("/units", headers={name: employer_id})
        for name in ("x-employer-id", "x-tenant", "employer", "x-forwarded-user", "forwarded")
    ]

    assert 200 == plain.status_code
    assert {told(plain)[2]} == {told(one)[2] for one in said}
    assert 400 == (await mine.get("/units", params={"employer": employer_id})).status_code


def test_bodies_are_kept_in_one_place() -> None:
    """Every operation of the cases that takes a body is swept with one."""
    assert {name for name in BODIES if name in OPERATIONS} == {
        name for name in OPERATIONS if ENDPOINTS[name].body is not None
    }
