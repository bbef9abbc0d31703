"""What stands around a token: where it is sent, how often, and for whom its issuer speaks."""

import logging
from typing import Any

import httpx
import pytest

from scim.client import Provisioner, provisioner_of
from support.apis import Rest
from support.house import House
from support.personas import Cast, cast_of
from support.provider import signed
from tokens.doors import UNAUTHENTICATED, Door, good

# Where a bearer token is taken, and how it is asked there.
PATHS = {
    "rest": ("GET", "/v1/waves", None),
    "graphql": ("POST", "/graphql", {"query": "{ __typename }"}),
    "widget": ("GET", "/v1/widgets/team", None),
    "scim": ("GET", "/scim/v2/Users", None),
}


@pytest.fixture(scope="session")
async def secrets_of(target: Cast) -> dict[str, str]:
    """By the name of a path, what opens it."""
    secret = str((await provisioner_of(target)).secret)
    return dict.fromkeys(PATHS, str(target.hr.token)) | {"scim": secret}


async def ask(house: House, name: str, *headers: tuple[str, str], **params: str) -> httpx.Response:
    method, path, body = PATHS[name]
    sent = [("accept", "*/*"), *headers]
    return await house.http.request(method, path, headers=sent, params=params, json=body)


@pytest.mark.parametrize("name", PATHS)
async def test_of_two_tokens_neither_counts(house: House, secrets_of: dict[str, str], name: str) -> None:
    """Whichever comes first, and where both are good: what stands in front may have judged the other one."""
    right, wrong = ("authorization", f"Bearer {secrets_of[name]}"), ("authorization", f"Bearer {'x' * 40}")
    alone = await ask(house, name, right)
    answers = [await ask(house, name, *two) for two in ((right, wrong), (wrong, right), (right, right))]

    assert alone.status_code != 401
    assert [401] * 3 == [one.status_code for one in answers]
    assert all("Bearer" in one.headers["www-authenticate"] for one in answers)


@pytest.mark.parametrize("name", PATHS)
@pytest.mark.parametrize("key", ["access_token", "token", "authorization", "bearer"])
async def test_a_token_in_a_query_is_nobodys(
    house: House, secrets_of: dict[str, str], name: str, key: str, caplog: pytest.LogCaptureFixture
) -> None:
    """RFC 6750, section 2.3, is not for us, and neither the answer nor the log repeats it."""
    caplog.set_level(logging.DEBUG, logger="peil")
    answer = await ask(house, name, **{key: secrets_of[name]})

    assert answer.status_code in (400, 401)
    assert secrets_of[name] not in answer.text + caplog.text


async def test_a_token_in_a_form_is_nobodys(house: House, target: Cast) -> None:
    """RFC 6750, section 2.2, neither: no form is taken where bodies are."""
    answer = await house.http.post("/v1/waves", data={"access_token": str(target.hr.token)})

    assert answer.status_code in (401, 415)


async def test_two_proofs_of_a_client_are_none(house: House, target: Cast) -> None:
    """Also where both are good."""
    new = {"name": "two", "roles": ["hr"]}
    made = (await Rest(target.administrator).create_client(target.employer_id, new)).must()
    proof = httpx.BasicAuth(made["clientId"], made["clientSecret"])
    basic = next(proof.auth_flow(httpx.Request("POST", "http://x"))).headers["authorization"]
    form = {"grant_type": "client_credentials"}
    answers = [
        await house.http.post("/oauth/token", data=form, headers=[("authorization", one) for one in several])
        for several in ([basic], [basic, basic], [basic, "Basic eDp5"])
    ]

    assert [200, 401, 401] == [one.status_code for one in answers]


def bent(secret: str, tokens: dict[str, str]) -> dict[str, str]:
    """What is nearly the secret, or is one somewhere else."""
    return {
        "nothing": "",
        "a part": secret[:-1],
        "more": secret + "A",
        "without its beginning": secret.removeprefix("peil_scim_"),
        "its beginning": "peil_scim_",
        "other letters": secret.swapcase(),
        "a space": secret + " ",
        "twice": f"{secret} {secret}",
        "quoted": f'"{secret}"',
        "nul": secret + "\0",
        "sql": "' or '1'='1' --",
        "long": secret + "x" * 7000,
        "another script": "ß" * 40,
        **tokens,
    }


async def test_what_is_nearly_a_secret_of_scim_opens_nothing(
    target: Cast, doors: dict[str, Door], caplog: pytest.LogCaptureFixture
) -> None:
    """Neither a piece of it, nor any token that opens something else: one answer, and none of them in the log."""
    caplog.set_level(logging.DEBUG, logger="peil")
    idp = await provisioner_of(target)
    ended = await provisioner_of(target)
    administrator = Rest(target.administrator)
    (await administrator.revoke_scim_connection(ended.connection_id)).must()
    tokens = {name: good(door.header, door.claims(), door.key) for name, door in doors.items()}
    wrong = bent(str(idp.secret), tokens | {"revoked": str(ended.secret)})
    answers = {}
    for name, secret in wrong.items():
        headers = [(b"authorization", b"Bearer " + secret.encode())]
        answers[name] = await target.house.http.get("/scim/v2/Users", headers=headers)

    assert 200 == (await Provisioner(idp.http, idp.secret, idp.connection).request("GET", "/Users")).status_code
    assert dict.fromkeys(answers, 401) == {name: one.status_code for name, one in answers.items()}
    assert 1 == len({one.content for one in answers.values()})
    assert 1 == len({one.headers["www-authenticate"] for name, one in answers.items()})
    assert [] == [name for name, secret in wrong.items() if len(secret) > 7 and secret in caplog.text]


async def test_an_issuer_speaks_for_its_own_employer_only(house: House, target: Cast, doors: dict[str, Door]) -> None:
    """Another employer's issuer signs nobody in here, whatever its tokens say, nor does its key by our name."""
    stranger = await cast_of(await house.employer("Buurman BV"))
    door, issuer = doors["issuer"], house.issuer
    claims = door.claims()
    theirs: dict[str, Any] = {"alg": "RS256", "typ": "JWT", "kid": issuer.key.kid}
    forged = {
        "theirs for us": signed(theirs, claims | {"iss": issuer.url}, issuer.key),
        "ours by their key": signed(theirs, claims, issuer.key),
        "ours by their key under our kid": signed(door.header, claims, issuer.key),
        "theirs by our key": signed(door.header, claims | {"iss": issuer.url, "aud": stranger.employer_id}, door.key),
    }
    answers = {name: await door.knock(token) for name, token in forged.items()}
    own = await door.knock(signed(theirs, claims | {"iss": issuer.url, "aud": stranger.employer_id}, issuer.key))
    units = await house.http.get("/v1/units", headers=dict(own.request.headers))

    assert dict.fromkeys(forged, UNAUTHENTICATED.status) == {name: one.status_code for name, one in answers.items()}
    assert 200 == own.status_code
    assert {stranger.units["field"]} & {one["unitId"] for one in units.json()["items"]}
    assert not set(target.units.values()) & {one["unitId"] for one in units.json()["items"]}
