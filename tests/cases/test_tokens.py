"""Peil's own tokens: what is forged, stale, foreign or odd signs nobody in."""

import time
from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest

from support.apis import Speak
from support.house import House, Persona
from support.personas import Cast
from support.provider import signed

Forge = Callable[[dict[str, Any], dict[str, Any], Any], str]


@pytest.fixture(scope="session")
async def own(standing: Cast) -> tuple[dict[str, Any], dict[str, Any], Any]:
    """Header and claims of a good token of Peil's own, and the key that signs them."""
    created = await standing.administrator.must(
        standing.administrator.post(f"/employers/{standing.employer_id}/clients", {"name": "t", "roles": ["hr"]})
    )
    key = standing.house.parts.token_keys.newest
    now = int(time.time())
    return (
        {"alg": "RS256", "typ": "at+jwt", "kid": key.kid},
        {
            "iss": standing.house.settings.public_url,
            "aud": standing.house.settings.public_url,
            "sub": created["clientId"],
            "client_id": created["clientId"],
            "iat": now,
            "exp": now + 600,
            "jti": "x",
            "scope": "waves:read",
            "employer": standing.employer_id,
        },
        key,
    )


def _without(name: str, members: dict[str, Any]) -> dict[str, Any]:
    return {one: value for one, value in members.items() if one != name}


FORGED: dict[str, Forge] = {
    "another-type": lambda h, c, k: signed(h | {"typ": "JWT"}, c, k),
    "no-type": lambda h, c, k: signed(_without("typ", h), c, k),
    "an-unknown-client": lambda h, c, k: signed(h, c | {"client_id": str(uuid4())}, k),
    "another-employer": lambda h, c, k: signed(h, c | {"employer": str(uuid4())}, k),
    "no-employer": lambda h, c, k: signed(h, _without("employer", c), k),
    "scope-as-a-list": lambda h, c, k: signed(h, c | {"scope": ["waves:read"]}, k),
}
"""What is only wrong with a token of our own; what is with any, `tests/tokens` tries at every door."""


async def test_a_good_token_is_good(speak: Speak, standing: Cast, own: Any) -> None:
    """The forger's tool makes good tokens as well, so that what it makes of them below says something."""
    good = Persona(standing.house.http, signed(*own))

    assert (await speak(good).list_waves()).word == "ok"


@pytest.mark.parametrize("forge", FORGED.values(), ids=FORGED.keys())
async def test_forged_tokens_sign_nobody_in(speak: Speak, standing: Cast, own: Any, forge: Forge) -> None:
    """One flaw is enough."""
    forger = Persona(standing.house.http, forge(*own))

    assert (await speak(forger).list_waves()).word == "unauthenticated"


@pytest.mark.parametrize(
    "scope", ["waves:rea", "waves:reader", "xwaves:read", "WAVES:READ", "waves:read,units:read", "waves", "*", ""]
)
async def test_a_scope_is_a_whole_word(speak: Speak, standing: Cast, own: Any, scope: str) -> None:
    """A part of one, one in other letters, or something that means all elsewhere, gives nothing."""
    header, claims, key = own
    persona = Persona(standing.house.http, signed(header, claims | {"scope": scope}, key))

    assert (await speak(persona).list_waves()).word == "denied"


@pytest.mark.parametrize("header", ["", "Bearer", "Bearer ", "Basic dXNlcjpwYXNz", "Token x", "Bearer a b c"])
async def test_other_schemes_are_refused(house: House, header: str) -> None:
    """And the answer says where to ask how to sign in."""
    response = await house.anonymous.get("/waves", headers={"authorization": header})

    assert 401 == response.status_code
    assert "/.well-known/oauth-protected-resource" in response.headers["www-authenticate"]


async def test_a_token_is_never_read_from_the_query(standing: Cast) -> None:
    """RFC 6750, section 2.3 is not for us: an unknown key, from nobody."""
    response = await standing.house.anonymous.get(f"/waves?access_token={standing.hr.token}")

    assert 401 == response.status_code
