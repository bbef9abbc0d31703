"""Tokens of employers' identity providers: their own people sign in, and nobody else does."""

import asyncio
import time
import warnings
from collections.abc import AsyncIterator
from typing import Any

import msgspec
import pytest
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from joserfc.jwk import Key, RSAKey

from support.apis import Speak
from support.house import Persona, serving
from support.personas import Cast
from support.provider import Provider

_STRANGE = RSAKey.generate_key(2048, {"kid": "strange"})


@pytest.fixture(scope="session")
async def provider(standing: Cast) -> AsyncIterator[Provider]:
    """The identity provider of the standing employer."""
    made = Provider()
    async with serving(made) as url:
        made.live_at(url)
        await standing.administrator.must(
            standing.administrator.post(
                "/issuers",
                {
                    "issuer": made.url,
                    "audience": "peil-of-standing",
                    "jwksUrl": f"{url}/keys",
                    "identityClaim": "oid",
                    "directoryAttribute": "externalId",
                    "algorithms": ["RS256", "PS256", "ES256", "EdDSA"],
                    "roleClaim": "realm_access.roles",
                    "roleMapping": {"board": "board"},
                },
            )
        )
        yield made


def claims_of(provider: Provider, **changed: Any) -> dict[str, Any]:
    now = int(time.time())
    claims = {
        "iss": provider.url,
        "aud": "peil-of-standing",
        "sub": "unused",
        "oid": "employee",
        "iat": now,
        "exp": now + 600,
    } | changed
    return {name: value for name, value in claims.items() if value is not None}


def header_of(**changed: Any) -> dict[str, Any]:
    header = {"alg": "RS256", "typ": "JWT", "kid": "rsa"} | changed
    return {name: value for name, value in header.items() if value is not None}


async def word_of(speak: Speak, cast: Cast, token: str) -> str:
    return (await speak(Persona(cast.house.http, token)).list_waves()).word


@pytest.mark.parametrize(
    ("header", "claims"),
    [
        ({}, {}),
        ({"alg": "PS256"}, {}),
        ({"alg": "ES256", "kid": "ec"}, {}),
        ({"alg": "EdDSA", "kid": "ed"}, {}),
        ({"typ": "at+jwt"}, {}),
        ({"typ": None}, {}),
        ({}, {"aud": ["other", "peil-of-standing"]}),
        ({}, {"exp": int(time.time()) + 86_000}),
        ({}, {"nbf": int(time.time()) - 5}),
        ({}, {"realm_access": {"roles": "none of ours"}}),
    ],
)
async def test_people_sign_in_through_their_own_provider(
    speak: Speak, standing: Cast, provider: Provider, header: dict[str, Any], claims: dict[str, Any]
) -> None:
    """With any of the algorithms the employer has named."""
    token = provider.sign(header_of(**header), claims_of(provider, **claims))

    assert "ok" == await word_of(speak, standing, token)


@pytest.mark.parametrize(
    ("header", "claims"),
    [
        ({"alg": "RS512"}, {}),
        ({"typ": "dpop+jwt"}, {}),
        ({}, {"aud": "another"}),
        ({}, {"aud": None}),
        ({}, {"aud": ["another"]}),
        ({}, {"iss": "https://login.example"}),
        ({}, {"iss": None}),
        ({}, {"iss": ["x"]}),
        ({}, {"exp": int(time.time()) - 1}),
        ({}, {"exp": int(time.time()) + 180_000}),
        ({}, {"exp": None}),
        ({}, {"exp": 1e300}),
        ({}, {"exp": True}),
        ({}, {"iat": None}),
        ({}, {"iat": int(time.time()) + 40_000, "exp": int(time.time()) + 50_000}),
        ({}, {"nbf": int(time.time()) + 40_000, "exp": int(time.time()) + 50_000}),
        ({}, {"nbf": "now"}),
        ({}, {"oid": None}),
        ({}, {"oid": 7}),
        ({}, {"oid": ["employee"]}),
    ],
)
async def test_other_tokens_of_the_provider_are_refused(
    speak: Speak, standing: Cast, provider: Provider, header: dict[str, Any], claims: dict[str, Any]
) -> None:
    """Another algorithm, audience, issuer or type, a life of over a day, or nobody's name."""
    token = provider.sign(header_of(**header), claims_of(provider, **claims))

    assert "unauthenticated" == await word_of(speak, standing, token)


async def test_keys_that_are_too_weak_are_not_used(speak: Speak, cast: Cast) -> None:
    """RSA below 2048 bits, a shared secret, and keys nobody can read; the good one beside them still works."""
    weak = Provider()
    small = _small_key()
    weak.keys["small"] = small
    weak.published = [
        None,
        {"kty": "RSA", "kid": "broken", "n": "!", "e": "AQAB"},
        {"kty": "unknown", "kid": "other"},
        {"kty": "oct", "kid": "secret", "k": "c2VjcmV0c2VjcmV0c2VjcmV0c2VjcmV0"},
        {**small.as_dict(private=False), "kid": "small"},
        *weak.published,
    ]
    async with serving(weak) as url:
        weak.live_at(url)
        await _register(cast, weak, algorithms=["RS256"])
        unusable = ("small", "secret", "broken", "other")
        tokens = [weak.sign(header_of(kid=kid), claims_of(weak), weak.keys.get(kid, _STRANGE)) for kid in unusable]

        refused = [await word_of(speak, cast, token) for token in tokens]
        accepted = await word_of(speak, cast, weak.sign(header_of(), claims_of(weak)))

    assert (["unauthenticated"] * 4, "ok") == (refused, accepted)


async def test_keys_rotate(speak: Speak, cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    """An unknown kid makes Peil look again; a key that is gone signs nobody in any more."""
    monkeypatch.setattr("peil.access.issuers.keys._AGAIN", -1.0)
    rotating = Provider()
    async with serving(rotating) as url:
        rotating.live_at(url)
        await _register(cast, rotating)
        old = rotating.sign(header_of(), claims_of(rotating))
        new = rotating.sign(header_of(kid="next"), claims_of(rotating))
        before = [await word_of(speak, cast, token) for token in (old, new)]
        rotating.published = [rotating.public("next")]
        after = [await word_of(speak, cast, new)]
        cast.house.parts.authentication.forget()
        after.append(await word_of(speak, cast, old))

    assert ["ok", "unauthenticated"] == before == after


async def test_unknown_kids_do_not_make_peil_ask_again_and_again(speak: Speak, cast: Cast) -> None:
    """Within half a minute the provider is asked once."""
    asked = 0

    class Counting(Provider):
        async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
            nonlocal asked
            asked += 1
            await super().__call__(scope, receive, send)

    counting = Counting()
    async with serving(counting) as url:
        counting.live_at(url)
        await _register(cast, counting)
        for number in range(5):
            token = counting.sign(header_of(kid=f"unknown-{number}"), claims_of(counting), _STRANGE)
            assert "unauthenticated" == await word_of(speak, cast, token)

    assert 1 == asked


async def test_people_who_come_at_once_wait_for_the_same_keys(speak: Speak, cast: Cast) -> None:
    """The first of a morning are all let in, and the provider is asked once."""
    asked = 0

    class Slow(Provider):
        async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
            nonlocal asked
            asked += 1
            await asyncio.sleep(0.2)
            await super().__call__(scope, receive, send)

    slow = Slow()
    async with serving(slow) as url:
        slow.live_at(url)
        await _register(cast, slow)
        tokens = [slow.sign(header_of(), claims_of(slow, jti=str(number))) for number in range(8)]
        words = await asyncio.gather(*(word_of(speak, cast, token) for token in tokens))

    assert (["ok"] * 8, 1) == (words, asked)


@pytest.mark.parametrize("published", [None, "none"])
async def test_without_keys_nobody_is_judged(cast: Cast, published: Any) -> None:
    """Where the provider has never shown its keys, a token may be good: 503, and come again."""

    class Silent(Provider):
        async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
            await send({"type": "http.response.start", "status": 500 if published is None else 200, "headers": []})
            await send({"type": "http.response.body", "body": msgspec.json.encode({"keys": published})})

    silent = Silent()
    async with serving(silent) as url:
        silent.live_at(url)
        await _register(cast, silent)
        persona = Persona(cast.house.http, silent.sign(header_of(), claims_of(silent)))
        headers = {"authorization": f"Bearer {persona.token}"}
        answers = [await persona.get("/waves") for _ in range(2)]
        answers.append(await persona.http.post("/graphql", json={"query": "{ __typename }"}, headers=headers))

    assert [(503, "30")] * 3 == [(one.status_code, one.headers["retry-after"]) for one in answers]


async def test_roles_come_from_the_mapped_claim(speak: Speak, standing: Cast, provider: Provider) -> None:
    """A path of names leads to them, and what is not mapped gives nothing."""
    plain = provider.sign(header_of(), claims_of(provider, oid="board", roles=["board"]))
    board = provider.sign(header_of(), claims_of(provider, oid="board", realm_access={"roles": ["x", 7, "board"]}))

    words = [(await speak(Persona(standing.house.http, token)).list_employers()).word for token in (plain, board)]

    assert ["denied", "ok"] == words


@pytest.mark.parametrize("oid", ["nobody", "", "manager "])
async def test_who_is_not_in_the_directory_is_told_so(
    speak: Speak, standing: Cast, provider: Provider, oid: str
) -> None:
    """The provider knows the person and Peil does not."""
    token = provider.sign(header_of(), claims_of(provider, oid=oid))

    outcome = await speak(Persona(standing.house.http, token)).list_waves()

    assert ("denied", "person-not-in-directory") == (outcome.word, outcome.code)


async def test_who_has_left_is_not_let_in(speak: Speak, cast: Cast) -> None:
    """From the day on which HR says so, also with a good token."""
    before = (await speak(cast.employee).list_waves()).word
    people = (await speak(cast.hr).list_people()).must()["items"]
    person_id = next(one["personId"] for one in people if one["externalId"] == "employee")
    (await speak(cast.hr).update_person(person_id, {"active": False}, if_match="*")).must()
    cast.house.parts.authentication.forget()

    after = await speak(cast.employee).list_waves()

    assert ("ok", "denied", "person-not-in-directory") == (before, after.word, after.code)


async def _register(cast: Cast, provider: Provider, **more: Any) -> None:
    await cast.administrator.must(
        cast.administrator.post(
            "/issuers",
            {
                "issuer": provider.url,
                "audience": "peil-of-standing",
                "jwksUrl": f"{provider.url}/keys",
                "identityClaim": "oid",
                "directoryAttribute": "externalId",
            }
            | more,
        )
    )


def _small_key() -> Key:
    key = rsa.generate_private_key(65537, 1024)  # noqa: S505  # weak on purpose
    pem = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return RSAKey.import_key(pem, {"kid": "small"})
