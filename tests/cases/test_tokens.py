"""Peil's own tokens: what is forged, stale, foreign or odd signs nobody in."""

import time
from collections.abc import Callable
from typing import Any
from uuid import uuid4

import msgspec
import pytest
from joserfc.jwk import RSAKey

from support.apis import Speak
from support.house import House, Persona
from support.personas import Cast
from support.provider import by_public_key, signed, unsigned

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


def _twice(header: dict[str, Any], claims: dict[str, Any], key: Any) -> str:
    text = msgspec.json.encode(claims)
    return signed(header, text[:-1] + b',"scope":"waves:read"}', key)


def _without(name: str, members: dict[str, Any]) -> dict[str, Any]:
    return {one: value for one, value in members.items() if one != name}


_STRANGE = RSAKey.generate_key(2048, {"kid": "strange"})

FORGED: dict[str, Forge] = {
    "no-signature": lambda h, c, k: signed(h, c, k).rpartition(".")[0] + ".",
    "another-signature": lambda h, c, k: signed(h, c, _STRANGE),
    "changed-claims": lambda h, c, k: ".".join(
        [*signed(h, c | {"scope": "access:write"}, _STRANGE).split(".")[:2], signed(h, c, k).split(".")[2]]
    ),
    "alg-none": lambda h, c, k: unsigned(h | {"alg": "none"}, c),
    "mac-with-the-public-key": by_public_key,
    "another-algorithm": lambda h, c, k: signed(h | {"alg": "RS512"}, c, k),
    "unknown-kid": lambda h, c, k: signed(h | {"kid": "unknown"}, c, _STRANGE),
    "embedded-key": lambda h, c, k: signed(h | {"jwk": _STRANGE.as_dict(private=False)}, c, _STRANGE),
    "key-elsewhere": lambda h, c, k: signed(h | {"jku": "https://evil.example", "kid": "strange"}, c, _STRANGE),
    "unknown-crit": lambda h, c, k: unsigned(h | {"crit": ["x"], "x": 1}, c) + signed(h, c, k).split(".")[2],
    "another-audience": lambda h, c, k: signed(h, c | {"aud": "https://other.example"}, k),
    "another-issuer": lambda h, c, k: signed(h, c | {"iss": "https://other.example"}, k),
    "another-type": lambda h, c, k: signed(h | {"typ": "JWT"}, c, k),
    "no-type": lambda h, c, k: signed(_without("typ", h), c, k),
    "expired": lambda h, c, k: signed(h, c | {"exp": int(time.time()) - 1}, k),
    "not-yet": lambda h, c, k: signed(h, c | {"iat": int(time.time()) + 120}, k),
    "no-expiry": lambda h, c, k: signed(h, _without("exp", c), k),
    "expiry-as-text": lambda h, c, k: signed(h, c | {"exp": str(c["exp"])}, k),
    "a-claim-twice": _twice,
    "no-object": lambda h, c, k: signed(h, b"[]", k),
    "an-unknown-client": lambda h, c, k: signed(h, c | {"client_id": str(uuid4())}, k),
    "another-employer": lambda h, c, k: signed(h, c | {"employer": str(uuid4())}, k),
    "no-employer": lambda h, c, k: signed(h, _without("employer", c), k),
    "four-parts": lambda h, c, k: signed(h, c, k) + ".x",
    "one-part": lambda h, c, k: "x" * 40,
    "no-base64": lambda h, c, k: "!!!!!!!!.!!!!!!!!.!!!!!!!!",
    "too-long": lambda h, c, k: signed(h, c | {"jti": "x" * 9000}, k),
}


async def test_a_good_token_is_good(speak: Speak, standing: Cast, own: Any) -> None:
    """The forger's tool makes good tokens as well, so that what it makes of them below says something."""
    good = Persona(standing.house.http, signed(*own))

    assert (await speak(good).list_waves()).word == "ok"


@pytest.mark.parametrize("forge", FORGED.values(), ids=FORGED.keys())
async def test_forged_tokens_sign_nobody_in(speak: Speak, standing: Cast, own: Any, forge: Forge) -> None:
    """One flaw is enough."""
    forger = Persona(standing.house.http, forge(*own))

    assert (await speak(forger).list_waves()).word == "unauthenticated"


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
