"""Tokens for widgets: how a page or a server gets one, and that it can do nothing but what it names."""

import re
import time
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import asyncpg
import httpx
import msgspec
import pytest

from cases.examples import PERSONAL, any_id, arguments_of, options_of
from cases.measuring import Round
from cases.showing import (
    ORIGIN,
    OTHER,
    VIEWS,
    ask_by_server,
    ask_in_browser,
    at,
    backend,
    form_of,
    page_of,
    public_client,
)
from peil import base64url
from peil.problems import LANGUAGES
from peil.widgets import guide, texts
from support.apis import GraphQL, Rest, Speak
from support.house import House, Persona
from support.personas import Cast, add_people, cast_of
from support.provider import NO_CLIENT, by_public_key, signed, unsigned

WIDGETS_PAGE = Path(__file__).parents[2] / "docs" / "widgets.md"


def outcome(response: httpx.Response) -> tuple[int, str | None]:
    """Status and OAuth error."""
    return response.status_code, response.json().get("error")


def signed_in(cast: Cast) -> str:
    """The token of an employee who has just signed in."""
    return str(cast.employer.person("employee").token)


def claims_of(token: str) -> dict[str, Any]:
    found: dict[str, Any] = msgspec.json.decode(base64url.decode(token.split(".")[1]))
    return found


async def test_a_page_exchanges_the_token_of_who_is_signed_in(released: Round) -> None:
    """For ten minutes and the own unit, without a secret; the answer says what was granted."""
    cast = released.cast
    token = cast.house.issuer.token("employee", aud=cast.employer_id, exp=int(time.time()) + 3600)
    response = await ask_in_browser(cast.house, await public_client(cast), token)
    issued = response.json()

    assert 200 == response.status_code
    assert (600, "Bearer", "no-store") == (
        issued["expires_in"],
        issued["token_type"],
        response.headers["cache-control"],
    )
    assert "urn:ietf:params:oauth:token-type:access_token" == issued["issued_token_type"]
    assert ORIGIN == response.headers["access-control-allow-origin"]
    granted = {"type": "peil_widget", "views": ["team"], "units": [cast.units["field"]], "origin": ORIGIN}
    assert [granted] == issued["authorization_details"] == claims_of(issued["access_token"])["authorization_details"]


async def test_a_server_exchanges_its_own_token_or_a_persons(released: Round) -> None:
    """For a page of its own; it says which."""
    cast = released.cast
    client = await backend(cast)
    own = await cast.house.sign_in(client["clientId"], client["clientSecret"])
    of_manager = cast.house.issuer.token("manager", aud=cast.employer_id, exp=int(time.time()) + 3600)
    units = [cast.units["care"]]

    answers = [
        await ask_by_server(cast.house, client, own, units=units, origin=ORIGIN, minutes=5),
        await ask_by_server(cast.house, client, of_manager, origin=ORIGIN),
    ]

    told = [one.json() for one in answers]
    assert [300, 600] == [one["expires_in"] for one in told]
    assert [units, [cast.units["sales"]]] == [one["authorization_details"][0]["units"] for one in told]
    pages = [at(cast.house, one["access_token"]) for one in told]
    assert [200, 200] == [(await page.get("/widgets/team")).status_code for page in pages]


async def test_a_token_is_good_for_no_longer_than_what_it_is_made_of(released: Round) -> None:
    """A person who is signed in for another two minutes is shown a widget for two minutes."""
    cast = released.cast
    short = cast.house.issuer.token("employee", aud=cast.employer_id, groups=[], exp=int(time.time()) + 120)
    issued = (await ask_in_browser(cast.house, await public_client(cast), short, minutes=15)).json()

    assert 110 <= issued["expires_in"] <= 120


async def test_a_widget_has_no_more_than_the_token_it_is_made_of(released: Round) -> None:
    """Also where that was exchanged itself, with less than the person's roles give."""
    cast, house = released.cast, released.cast.house
    client = await backend(cast)
    proof = (client["clientId"], client["clientSecret"])
    form = {name: value for name, value in form_of(signed_in(cast)).items() if name != "authorization_details"}
    scopes = ("widgets:read", "actions:read widgets:read")

    told = []
    for scope in scopes:
        person = (await house.http.post("/oauth/token", data=form | {"scope": scope}, auth=proof)).json()
        widget = (await ask_by_server(house, client, person["access_token"], views=["actions"], origin=ORIGIN)).json()
        pages = [at(house, person["access_token"], None), at(house, widget["access_token"])]
        told.append([(await page.get("/widgets/actions")).status_code for page in pages])

    assert [[403, 403], [200, 200]] == told


@pytest.mark.parametrize("origin", [None, "null", OTHER, f"{ORIGIN}.elders.example", "http://intranet.gemeten.example"])
async def test_a_public_client_asks_from_its_own_pages_only(released: Round, origin: str | None) -> None:
    """Whoever copies its id to a page elsewhere is not the client."""
    cast = released.cast
    response = await ask_in_browser(cast.house, await public_client(cast), signed_in(cast), origin)

    assert (400, "invalid_client") == outcome(response)
    assert "www-authenticate" not in response.headers


async def test_an_origin_of_another_clients_is_no_ones_but_theirs(released: Round) -> None:
    """A page cannot have a token for another page, and a server none for a page that is not registered with it."""
    cast = released.cast
    client = await backend(cast)
    await public_client(cast, OTHER)

    answers = [
        await ask_in_browser(cast.house, await public_client(cast), signed_in(cast), origin=ORIGIN),
        await cast.house.http.post(
            "/oauth/token",
            data=form_of(signed_in(cast), origin=OTHER) | {"client_id": await public_client(cast, ORIGIN, OTHER)},
            headers={"origin": ORIGIN},
        ),
        await ask_by_server(cast.house, client, signed_in(cast), origin=OTHER),
        await ask_by_server(cast.house, client, signed_in(cast)),
    ]

    refused = (400, "invalid_authorization_details")
    assert [(200, None), refused, refused, refused] == [outcome(one) for one in answers]


async def test_nobody_gets_a_token_for_a_unit_out_of_reach(released: Round, stranger: Cast) -> None:
    """Neither beside the own unit, nor of another employer, nor of nobody; above it they do."""
    cast = released.cast
    client = await public_client(cast)
    units = [cast.units["care"], stranger.units["field"], str(uuid4()), cast.units["root"]]

    answers = [await ask_in_browser(cast.house, client, signed_in(cast), units=[unit]) for unit in units]

    refused = (400, "invalid_authorization_details")
    assert [refused, refused, refused, (200, None)] == [outcome(one) for one in answers]
    assert answers[0].json() == answers[1].json() == answers[2].json()


@pytest.mark.parametrize(
    "details",
    [
        {"views": []},
        {"views": ["everything"]},
        {"minutes": 4},
        {"minutes": 16},
        {"minutes": "10"},
        {"units": []},
        {"type": "another"},
        {"origin": "*"},
        {"roles": ["hr"]},
    ],
    ids=str,
)
async def test_a_widget_is_asked_for_exactly(released: Round, details: dict[str, Any]) -> None:
    """What is not known, or too long, is refused and said."""
    cast = released.cast
    response = await ask_in_browser(cast.house, await public_client(cast), signed_in(cast), **details)

    assert (400, "invalid_authorization_details") == outcome(response)
    assert f"/0/{next(iter(details))}" in response.json()["error_description"]


@pytest.mark.parametrize(
    ("changed", "error"),
    [
        ({"subject_token": ""}, "invalid_request"),
        ({"subject_token_type": "urn:ietf:params:oauth:token-type:saml2"}, "invalid_request"),
        ({"requested_token_type": "urn:ietf:params:oauth:token-type:refresh_token"}, "invalid_request"),
        ({"actor_token": "x"}, "invalid_request"),
        ({"authorization_details": "[]"}, "invalid_authorization_details"),
        ({"authorization_details": "{"}, "invalid_authorization_details"),
        ({"authorization_details": ""}, "invalid_request"),
        ({"scope": "answer-tokens:write"}, "invalid_scope"),
        ({"resource": "https://elsewhere.example"}, "invalid_target"),
        ({"grant_type": "password"}, "unsupported_grant_type"),
        ({"client_id": str(UUID(int=4))}, "invalid_client"),
        ({"client_id": "x"}, "invalid_client"),
    ],
    ids=str,
)
async def test_a_form_that_asks_for_anything_else_is_refused(
    released: Round, changed: dict[str, str], error: str
) -> None:
    """With the error that RFC 6749, 8693 or 9396 has for it."""
    cast = released.cast
    form = form_of(signed_in(cast)) | {"client_id": await public_client(cast)} | changed
    response = await cast.house.http.post("/oauth/token", data=form, headers={"origin": ORIGIN})

    assert (400, error) == outcome(response)


async def test_a_public_client_has_nothing_of_its_own(released: Round) -> None:
    """No token for itself, with or without a secret that somebody made up."""
    cast = released.cast
    client = await public_client(cast)
    form = {"grant_type": "client_credentials"}

    alone = await cast.house.http.post("/oauth/token", data=form | {"client_id": client}, headers={"origin": ORIGIN})
    made_up = await cast.house.http.post("/oauth/token", data=form, auth=(client, "secret"))

    assert ((400, "invalid_client"), (401, "invalid_client")) == (outcome(alone), outcome(made_up))


@pytest.mark.parametrize(
    ("new", "pointers"),
    [
        ({"public": True, "origins": [ORIGIN], "roles": ["hr"]}, ["/roles"]),
        ({"public": True}, ["/origins"]),
        ({}, ["/roles"]),
        ({"roles": ["hr"], "origins": [ORIGIN, ORIGIN]}, ["/origins/1"]),
        ({"roles": ["hr"], "origins": [f"{ORIGIN}/"]}, ["/origins/0"]),
        ({"roles": ["hr"], "origins": ["null"]}, ["/origins/0"]),
    ],
    ids=str,
)
async def test_a_client_is_a_system_or_a_page(
    speak: Speak, standing: Cast, new: dict[str, Any], pointers: list[str]
) -> None:
    """One has a secret and roles, the other neither; both say where their pages are."""
    refused = await speak(standing.administrator).create_client(standing.employer_id, {"name": "x"} | new)

    assert ("refused", pointers) == (refused.word, [at for at, _ in refused.findings])


async def test_a_public_client_is_shown_without_a_secret(speak: Speak, standing: Cast) -> None:
    """There is none to show."""
    api = speak(standing.administrator)
    new = {"name": "intranet", "public": True, "origins": [ORIGIN]}
    created = (await api.create_client(standing.employer_id, new)).must()
    seen = (await api.get_client(standing.employer_id, created["clientId"])).must()

    assert (None, True, [], [ORIGIN]) == (created["clientSecret"], seen["public"], seen["roles"], seen["origins"])


async def subjects(cast: Cast, stranger: Cast) -> dict[str, str]:
    """Tokens that a client of `cast` may not exchange."""
    person, key = signed_in(cast), cast.house.issuer.key
    header = msgspec.json.decode(base64url.decode(person.split(".")[0]))
    claims = claims_of(person)
    page = await page_of(cast, signed_in(cast))
    return {
        "another employer's": str(stranger.employee.token),
        "another client's": str(cast.hr.token),
        "a widget's": str(page.token),
        "nobody's": cast.house.issuer.token("nobody-here", aud=cast.employer_id, groups=[]),
        "expired": cast.house.issuer.token("employee", aud=cast.employer_id, exp=int(time.time()) - 1),
        "unsigned": unsigned(header | {"alg": "none"}, claims),
        "a mac with the public key": by_public_key(header, claims, key),
        "changed": ".".join([*unsigned(header, claims | {"sub": "manager"}).split(".")[:2], person.split(".")[2]]),
        "another audience": signed(header, claims | {"aud": "elsewhere"}, key),
        "no token": "x" * 40,
    }


async def test_what_is_no_good_token_is_not_exchanged(released: Round, stranger: Cast) -> None:
    """Not of others, not of a widget once more, not forged; all with one answer, since anybody may ask as a page.

    Only of what its own issuer signed it says more, and of what is no token at all.
    """
    cast = released.cast
    client = await public_client(cast)

    answers = {
        name: await ask_in_browser(cast.house, client, subject)
        for name, subject in (await subjects(cast, stranger)).items()
    }

    assert dict.fromkeys(answers, (400, "invalid_request")) == {n: outcome(one) for n, one in answers.items()}
    said = {name: one.json()["error_description"] for name, one in answers.items()}
    assert "Nobody in the directory has as externalId" in said.pop("nobody's")
    assert "The token is over" in said.pop("expired")
    assert "subject_token is no JWT" in said.pop("no token")
    assert 1 == len(set(said.values()))


async def test_who_may_see_no_widget_gets_no_token_for_one(released: Round) -> None:
    """A client that keeps the issuers has no widgets to show."""
    cast = released.cast
    client = await backend(cast, "administrator")
    own = await cast.house.sign_in(client["clientId"], client["clientSecret"])

    response = await ask_by_server(cast.house, client, own, units=[cast.units["root"]], origin=ORIGIN)

    assert (400, "invalid_request") == outcome(response)


@pytest.mark.parametrize("origin", [None, "null", OTHER, "https://elders.example"])
async def test_a_token_works_on_its_own_page_only(released: Round, origin: str | None) -> None:
    """Also where another page is registered, and where no page asks at all."""
    cast = released.cast
    await public_client(cast, OTHER)
    page = await page_of(cast, signed_in(cast))

    response = await at(cast.house, str(page.token), origin).get("/widgets/team")

    assert (403, "foreign-origin") == (response.status_code, response.json()["code"])
    assert "Origin" in response.headers["vary"]


async def test_a_token_shows_its_own_views_only(released: Round) -> None:
    """Each view of all there are: the named one is shown, the others are denied."""
    cast = released.cast

    found = {
        view: {
            other: (await page.get(f"/widgets/{other}")).status_code
            for page in [await page_of(cast, signed_in(cast), views=[view])]
            for other in VIEWS
        }
        for view in VIEWS
    }

    assert {view: {other: 200 if other == view else 403 for other in VIEWS} for view in VIEWS} == found


async def test_a_token_shows_its_own_units_only(released: Round) -> None:
    """Not another one, even if the person may see it."""
    cast = released.cast
    page = await page_of(cast, signed_in(cast), views=list(VIEWS))

    answers = [await page.get(f"/widgets/{view}?unit={cast.units['root']}") for view in VIEWS]

    assert [404] * len(VIEWS) == [one.status_code for one in answers]
    assert [200] * len(VIEWS) == [
        (await page.get(f"/widgets/{view}?unit={cast.units['field']}")).status_code for view in VIEWS
    ]


async def test_a_token_can_do_nothing_else(released: Round) -> None:
    """Of all operations none but its views is let in, not even for HR: no answer token, no aggregate, no client."""
    cast = released.cast
    client, views = await backend(cast), [*VIEWS, "charts"]
    own = await cast.house.sign_in(client["clientId"], client["clientSecret"])
    issued = await ask_by_server(cast.house, client, own, views=views, units=[cast.units["root"]], origin=ORIGIN)
    pages = [await page_of(cast, signed_in(cast), views=views), at(cast.house, issued.json()["access_token"])]

    for page in pages:
        outcomes = {
            name: await Rest(page).call(name, *arguments_of(name, any_id), **options_of(name)) for name in PERSONAL
        }

        assert {name for name in PERSONAL if name.endswith("_widget")} == {
            name for name, one in outcomes.items() if one.word == "ok"
        }
        assert {("denied", "denied")} == {
            (one.word, one.code) for name, one in outcomes.items() if not name.endswith("_widget")
        }


async def test_a_token_shows_the_same_over_graphql(released: Round, documents_http: httpx.AsyncClient) -> None:
    """By the id of a persisted document, from its own page; no text of its own."""
    cast = released.cast
    page = await page_of(cast, signed_in(cast))
    over_rest = (await Rest(page).get_team_widget(language="nl")).must()
    client = httpx.AsyncClient(transport=documents_http._transport, base_url="http://peil.test")
    client.headers["origin"] = ORIGIN
    api = GraphQL(Persona(client, page.token))

    over_graphql = (await api.get_team_widget(language="nl")).must()
    free = await api.send({"query": "{ __typename }"})
    client.headers["origin"] = OTHER
    elsewhere = await api.send({"query": "{ __typename }"})

    assert over_rest == over_graphql
    assert (403, 403) == (free.status_code, elsewhere.status_code)


async def test_the_shipped_document_shows_a_team(released: Round) -> None:
    """By the id that the docs give, from its own page: what it asks is what REST says."""
    cast = released.cast
    page = await page_of(cast, signed_in(cast))
    over_rest = (await Rest(page).get_team_widget(language="nl")).must()
    [document_id] = re.findall(r"sha256:[0-9a-f]{64}", WIDGETS_PAGE.read_text())

    headers = {"authorization": f"Bearer {page.token}", "accept-language": "nl"}
    answer = await page.http.post("/graphql", json={"documentId": document_id}, headers=headers)

    told = answer.json()["data"]["teamWidget"]
    names = ("title", "unit", "protection", "agreements", "notice")
    assert {name: over_rest[name] for name in names} == {name: told[name] for name in names}
    assert [without_kind(route) for route in over_rest["supportRoutes"]] == told["supportRoutes"]
    assert over_rest["nextStep"]["text"] == told["nextStep"]["text"]
    assert [shown_of(block) for block in over_rest["blocks"]] == [shown_of(block) for block in told["blocks"]]


def without_kind(route: dict[str, Any]) -> dict[str, Any]:
    """A route as the shipped document asks for it."""
    return {name: value for name, value in route.items() if name != "kind"}


def shown_of(block: dict[str, Any]) -> list[Any]:
    """What a page shows of a block."""
    texts = [block[name]["text"] for name in ("light", "change", "sincePrevious", "trend")]
    return [block["title"], block["cell"]["n"], block["cell"]["mean"], *texts]


def forge(page: Persona, house: House, **changed: Any) -> str:
    """The token of a page with other claims, signed with the service's own key."""
    header = msgspec.json.decode(base64url.decode(str(page.token).split(".")[0]))
    claims = {name: value for name, value in (claims_of(str(page.token)) | changed).items() if value is not None}
    return signed(header, claims, house.parts.token_keys.newest)


async def test_a_token_that_does_not_hold_together_shows_nothing(released: Round, stranger: Cast) -> None:
    """Even one that the service had signed: expired, of another employer or client, of nobody, for two pages."""
    cast, house = released.cast, released.cast.house
    page = await page_of(cast, signed_in(cast))
    claims = claims_of(str(page.token))
    details, behalf = claims["authorization_details"], claims["behalf"]
    issuer = (await Rest(stranger.administrator).list_issuers()).must()["items"][0]["issuerId"]
    forged = {
        "as it was": forge(page, house),
        "expired": forge(page, house, exp=int(time.time()) - 1),
        "another employer": forge(page, house, employer=stranger.employer_id),
        "no employer": forge(page, house, employer=None),
        "another client": forge(page, house, client_id=await public_client(stranger)),
        "another's issuer": forge(page, house, behalf=behalf | {"issuerId": issuer}),
        "no issuer": forge(page, house, behalf=behalf | {"issuerId": None}),
        "nobody's": forge(page, house, behalf=None),
        "twice": forge(page, house, authorization_details=details * 2),
        "somebody who is not there": forge(page, house, behalf=behalf | {"subject": str(uuid4())}),
        "an origin that is not registered": forge(page, house, authorization_details=[details[0] | {"origin": OTHER}]),
    }

    answers = {
        name: (await at(house, token, OTHER if "origin" in name else ORIGIN).get("/widgets/team")).status_code
        for name, token in forged.items()
    }

    assert 200 == answers.pop("as it was")
    # A client without roles, acting for itself, is known and may see nothing.
    assert {"no issuer": 403, "somebody who is not there": 403} == {n: s for n, s in answers.items() if s != 401}


async def test_a_token_ends_with_what_it_was_made_by(house: House) -> None:
    """Its client is revoked, the person leaves or changes team, the issuer is revoked: noticed at the next look."""
    cast = await cast_of(await house.employer("Eindigt BV"))
    client = await public_client(cast)
    issued = await ask_in_browser(house, client, signed_in(cast), views=["waves"])
    page = at(house, issued.json()["access_token"])
    shown: list[int] = []

    async def look() -> None:
        house.parts.authentication.forget()
        shown.append((await page.get("/widgets/waves")).status_code)

    await look()
    await add_people(cast.hr, [{"externalId": "employee", "unitExternalId": "care"}])
    await look()
    await add_people(cast.hr, [{"externalId": "employee", "unitExternalId": "field"}])
    await look()
    people = (await Rest(cast.hr).list_people(limit=50)).must()["items"]
    (own,) = [one for one in people if one["externalId"] == "employee"]
    (await Rest(cast.hr).update_person(own["personId"], {"active": False}, if_match="*")).must()
    await look()
    (await Rest(cast.administrator).revoke_client(cast.employer_id, client)).must()
    await look()

    assert [200, 404, 200, 403, 401] == shown


async def test_a_manager_who_is_none_any_more_sees_the_team_no_longer(house: House) -> None:
    """The role comes of the directory at each use, not of the token: the own unit stays, those led are gone."""
    cast = await cast_of(await house.employer("Ontheven BV"))
    await add_people(cast.hr, [{"externalId": "lead", "unitExternalId": "field", "manages": ["care"]}])
    units = [cast.units["care"], cast.units["field"]]
    page = await page_of(cast, str(cast.employer.person("lead").token), views=["waves"], units=units)
    before = [(await page.get(f"/widgets/waves?unit={unit}")).status_code for unit in units]

    await add_people(cast.hr, [{"externalId": "lead", "unitExternalId": "field", "manages": []}])
    house.parts.authentication.forget()
    after = [(await page.get(f"/widgets/waves?unit={unit}")).status_code for unit in units]

    assert ([200, 200], [404, 200]) == (before, after)


async def test_a_role_goes_by_the_mapping_of_the_moment(house: House) -> None:
    """The board sees every unit, until the issuer's mapping gives that role no more."""
    cast = await cast_of(await house.employer("Omgezet BV"))
    units = [cast.units["care"]]
    page = await page_of(cast, str(cast.board.token), views=["waves"], units=units)
    before = (await page.get("/widgets/waves")).status_code

    await give_no_role(house, cast, "board")
    house.parts.authentication.forget()
    after = (await page.get("/widgets/waves")).status_code

    assert ["board", "employee"] == claims_of(str(page.token))["behalf"]["roles"]
    assert (200, 404) == (before, after)


async def give_no_role(house: House, cast: Cast, role: str) -> None:
    """Takes a role out of an employer's mapping, as only the owner of the database can as yet."""
    connection = await asyncpg.connect(house.settings.database_url_owner)
    try:
        await connection.execute(
            "update peil.issuer set role_mapping = (select jsonb_object_agg(key, value) from jsonb_each(role_mapping) "
            "where value <> to_jsonb($2::text)) where employer_id = $1",
            cast.employer_id,
            role,
        )
    finally:
        await connection.close()


async def test_a_revoked_issuer_shows_no_widgets(house: House) -> None:
    """Of its people no token is good any more."""
    cast = await cast_of(await house.employer("Ingetrokken BV"))
    page = await page_of(cast, signed_in(cast), views=["waves"])
    (issuer,) = (await Rest(cast.administrator).list_issuers()).must()["items"]

    before = await page.get("/widgets/waves")
    (await Rest(cast.administrator).revoke_issuer(issuer["issuerId"])).must()
    after = await page.get("/widgets/waves")

    assert (200, 401) == (before.status_code, after.status_code)


async def test_a_page_may_ask_before_it_asks(released: Round) -> None:
    """The preflight knows the origins of clients, as it knows those of issuers."""
    cast = released.cast
    await public_client(cast)
    headers = {"origin": ORIGIN, "access-control-request-method": "GET"}

    response = await cast.house.http.request("OPTIONS", "/v1/widgets/team", headers=headers)

    assert (204, ORIGIN) == (response.status_code, response.headers["access-control-allow-origin"])


@pytest.mark.parametrize(
    ("origin", "readable", "status"),
    [(ORIGIN, ORIGIN, 200), (OTHER, OTHER, 400), ("https://elders.example", None, 400), ("null", None, 400)],
    ids=["own", "of-another-client", "of-nobody", "null"],
)
async def test_the_token_endpoint_is_open_to_registered_pages_only(
    released: Round, origin: str, readable: str | None, status: int
) -> None:
    """A browser shows the answer to no other page, and only the client's own gets a token; no cookie goes along."""
    cast = released.cast
    client_id = await public_client(cast)
    await public_client(cast, OTHER)
    ask_first = {"origin": origin, "access-control-request-method": "POST", "access-control-request-headers": "dpop"}

    preflight = await cast.house.http.request("OPTIONS", "/oauth/token", headers=ask_first)
    answer = await ask_in_browser(cast.house, client_id, signed_in(cast), origin)

    told = [one.headers.get("access-control-allow-origin") for one in (preflight, answer)]
    assert ([readable, readable], status) == (told, answer.status_code)
    assert "access-control-allow-credentials" not in answer.headers
    assert "Origin" in answer.headers["vary"]
    if status == 400:
        assert NO_CLIENT == answer.content


async def test_a_page_without_a_back_end_gets_no_answer_token(released: Round) -> None:
    """Neither by what it has exchanged, nor by any other grant, scope or type that it could ask for."""
    cast, house = released.cast, released.cast.house
    client_id = await public_client(cast)
    subject = signed_in(cast)
    page = at(house, (await ask_in_browser(house, client_id, subject)).json()["access_token"])
    asked = {"keyId": str(uuid4()), "blindedMessage": "x"}
    exchange = form_of(subject) | {"client_id": client_id}
    bare = {name: value for name, value in exchange.items() if name != "authorization_details"}
    forms = [
        bare,
        bare | {"scope": "answer-tokens:write"},
        exchange | {"scope": "answer-tokens:write"},
        {"grant_type": "client_credentials", "client_id": client_id, "scope": "answer-tokens:write"},
        bare | {"requested_token_type": "urn:ietf:params:oauth:token-type:id_token"},
    ]

    refused = await page.post(f"/waves/{released.wave_id}/answer-tokens", asked)
    tokens = [(await house.http.post("/oauth/token", data=form, headers={"origin": ORIGIN})) for form in forms]

    assert (403, "denied") == (refused.status_code, refused.json()["code"])
    assert {400} == {one.status_code for one in tokens}


async def test_the_metadata_names_the_exchange(house: House) -> None:
    """RFC 8414: the grant, the type of authorization details, and that a public client has no secret."""
    told = (await house.http.get("/.well-known/oauth-authorization-server")).json()

    assert {"client_credentials", "urn:ietf:params:oauth:grant-type:token-exchange"} == set(
        told["grant_types_supported"]
    )
    assert ["peil_widget"] == told["authorization_details_types_supported"]
    assert "none" in told["token_endpoint_auth_methods_supported"]
    assert "widgets:read" in told["scopes_supported"]


def test_every_language_has_every_text() -> None:
    """A widget is never half in another language."""
    tables: list[Any] = [texts.TITLES, texts.ROUTES, texts.LIGHTS, texts.STEPS]

    assert {frozenset(LANGUAGES)} == {frozenset(words) for table in tables for words in table.values()} | {
        frozenset(guide.GUIDE)
    }
