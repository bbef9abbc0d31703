"""Clients that change their secrets and keys, and how they prove who they are."""

import asyncio
import time
from typing import Any
from uuid import uuid4

import httpx
import msgspec
import pytest
from joserfc.jwk import ECKey, Key, OKPKey, RSAKey

from anonymity.asking import owner
from peil import base64url, clock
from peil.access.tokens import without_advice
from support.apis import Rest, Speak
from support.house import PUBLIC_URL, House, Persona
from support.personas import Cast
from support.provider import NO_CLIENT, signed, unsigned

ASSERTION_TYPE = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"
_KEY = OKPKey.generate_key("Ed25519", {"kid": "one"})
_RSA = RSAKey.generate_key(2048, {"kid": "rsa"})


def public(key: Key, alg: str) -> dict[str, Any]:
    """The public key as a client registers it."""
    return {**key.as_dict(private=False), "alg": alg}


async def keyed(cast: Cast, *keys: dict[str, Any]) -> str:
    """A client with these keys."""
    new = {"name": "keyed", "roles": ["hr"], "keys": list(keys) or [public(_KEY, "EdDSA")]}
    created = (await Rest(cast.administrator).create_client(cast.employer_id, new)).must()
    assert created["clientSecret"] is None
    return str(created["clientId"])


def claims_of(client_id: str, **changed: Any) -> dict[str, Any]:
    now = int(time.time())
    claims = {"iss": client_id, "sub": client_id, "aud": PUBLIC_URL, "iat": now, "exp": now + 60, "jti": str(uuid4())}
    return {name: value for name, value in (claims | changed).items() if value is not None}


async def ask(house: House, assertion: str, **form: str) -> httpx.Response:
    """Asks for a token with an assertion."""
    sent = {
        "grant_type": "client_credentials",
        "client_assertion_type": ASSERTION_TYPE,
        "client_assertion": assertion,
    }
    return await house.http.post("/oauth/token", data=sent | form)


def outcome(response: httpx.Response) -> tuple[int, str]:
    return response.status_code, response.json().get("error", "ok")


def basic(house: House, client_id: str, secret: str) -> Any:
    return house.http.post("/oauth/token", data={"grant_type": "client_credentials"}, auth=(client_id, secret))


async def test_a_secret_is_replaced_while_both_work(speak: Speak, cast: Cast) -> None:
    """The new one at once, the old one until the overlap is over; the client says which it has, never what they are."""
    api, house = speak(cast.administrator), cast.house
    made = (await api.create_client(cast.employer_id, {"name": "c", "roles": ["hr"]})).must()
    client_id = made["clientId"]

    new = (await api.create_client_secret(cast.employer_id, client_id, {"overlap": 1})).must()
    at_first = [outcome(await basic(house, client_id, one["clientSecret"])) for one in (made, new)]
    seen = (await api.get_client(cast.employer_id, client_id)).must()
    third = await api.create_client_secret(cast.employer_id, client_id, {})
    await asyncio.sleep(1.1)
    later = [outcome(await basic(house, client_id, one["clientSecret"])) for one in (made, new)]
    left = (await api.get_client(cast.employer_id, client_id)).must()

    assert [(200, "ok"), (200, "ok")] == at_first
    assert [False, True] == [one["expiresAt"] is None for one in seen["secrets"]]
    assert made["secrets"][0]["secretId"] == seen["secrets"][0]["secretId"]
    assert {"secretId", "createdAt", "expiresAt"} == {name for one in seen["secrets"] for name in one}
    assert ("refused", "secrets-overlap") == (third.word, third.code)
    assert [(401, "invalid_client"), (200, "ok")] == later
    assert [new["secretId"]] == [one["secretId"] for one in left["secrets"]]


async def test_a_secret_that_somebody_saw_ends_at_once(speak: Speak, cast: Cast) -> None:
    """The one that is left goes on without an end; the last one cannot be taken away."""
    api, house = speak(cast.administrator), cast.house
    made = (await api.create_client(cast.employer_id, {"name": "c", "roles": ["hr"]})).must()
    client_id = made["clientId"]
    new = (await api.create_client_secret(cast.employer_id, client_id, {})).must()

    gone = await api.revoke_client_secret(cast.employer_id, client_id, new["secretId"])
    tries = [outcome(await basic(house, client_id, one["clientSecret"])) for one in (made, new)]
    left = (await api.get_client(cast.employer_id, client_id)).must()["secrets"]
    again = await api.revoke_client_secret(cast.employer_id, client_id, new["secretId"])
    last = await api.revoke_client_secret(cast.employer_id, client_id, left[0]["secretId"])

    assert "ok" == gone.word
    assert [(200, "ok"), (401, "invalid_client")] == tries
    assert [(made["secrets"][0]["secretId"], None)] == [(one["secretId"], one["expiresAt"]) for one in left]
    assert "not-found" == again.word
    assert ("refused", "last-secret") == (last.word, last.code)


async def test_whose_client_it_is_decides(speak: Speak, cast: Cast) -> None:
    """Nobody gives a secret to a client they could not make, nor changes it; a revoked one stays as it is."""
    vendor, administrator = speak(cast.vendor), speak(cast.administrator)
    council = (await administrator.create_client(cast.employer_id, {"name": "c", "roles": ["works_council"]})).must()
    revoked = (await administrator.create_client(cast.employer_id, {"name": "c", "roles": ["hr"]})).must()
    (await administrator.revoke_client(cast.employer_id, revoked["clientId"])).must()

    tries = [
        await vendor.create_client_secret(cast.employer_id, council["clientId"], {}),
        await vendor.revoke_client_secret(cast.employer_id, council["clientId"], council["secrets"][0]["secretId"]),
        await administrator.create_client_secret(cast.employer_id, revoked["clientId"], {}),
    ]

    assert ["denied", "denied", "refused"] == [one.word for one in tries]
    assert (200, "ok") == outcome(await basic(cast.house, council["clientId"], council["clientSecret"]))


@pytest.mark.parametrize(
    ("key", "alg"),
    [(_KEY, "EdDSA"), (_RSA, "RS256"), (_RSA, "PS256"), (ECKey.generate_key("P-256", {"kid": "ec"}), "ES256")],
)
async def test_a_client_proves_itself_by_its_key(house: House, cast: Cast, key: Key, alg: str) -> None:
    """RFC 7523: the token is as good as one for a secret; `client_id` may stand beside it."""
    client_id = await keyed(cast, public(key, alg))
    header = {"alg": alg, "kid": key.kid, "typ": "JWT"}

    first = await ask(house, signed(header, claims_of(client_id), key))
    second = await ask(house, signed(header, claims_of(client_id, aud=[PUBLIC_URL]), key), client_id=client_id)
    seen = await Persona(house.http, first.json()["access_token"]).get("/waves")

    assert [(200, "ok"), (200, "ok"), 200] == [outcome(first), outcome(second), seen.status_code]
    assert "client_secret" not in first.text


async def test_keys_change_with_an_overlap(speak: Speak, cast: Cast) -> None:
    """The new key beside the old, then alone."""
    api, house = speak(cast.administrator), cast.house
    client_id = await keyed(cast)
    new = OKPKey.generate_key("Ed25519", {"kid": "two"})
    old_key, new_key = public(_KEY, "EdDSA"), public(new, "EdDSA")

    async def tries() -> list[tuple[int, str]]:
        headers = [({"alg": "EdDSA", "kid": key.kid}, key) for key in (_KEY, new)]
        return [outcome(await ask(house, signed(header, claims_of(client_id), key))) for header, key in headers]

    before = await tries()
    (await api.update_client(cast.employer_id, client_id, {"keys": [old_key, new_key]}, if_match="*")).must()
    between = await tries()
    changed = (await api.update_client(cast.employer_id, client_id, {"keys": [new_key]}, if_match="*")).must()
    after = await tries()
    none = await api.update_client(cast.employer_id, client_id, {"keys": []}, if_match="*")
    secret = await api.create_client_secret(cast.employer_id, client_id, {})

    good, bad = (200, "ok"), (401, "invalid_client")
    assert ([good, bad], [good, good], [bad, good]) == (before, between, after)
    assert ["two"] == [key["kid"] for key in changed["keys"]]
    assert [("refused", "client-needs-key"), ("refused", "client-has-no-secret")] == [
        (one.word, one.code) for one in (none, secret)
    ]


with without_advice():
    _SMALL = public(RSAKey.generate_key(1024, {"kid": "small"}), "RS256")
_STRANGE = OKPKey.generate_key("Ed25519", {"kid": "one"})
WRONG: dict[str, dict[str, Any]] = {
    "of-another-issuer": {"iss": "somebody"},
    "for-the-token-endpoint": {"aud": f"{PUBLIC_URL}/oauth/token"},
    "for-two": {"aud": [PUBLIC_URL, "https://other.example"]},
    "for-somebody-else": {"aud": "https://other.example"},
    "for-nobody": {"aud": None},
    "without-an-end": {"exp": None},
    "without-an-id": {"jti": None},
    "with-an-empty-id": {"jti": ""},
    "over": {"exp": int(time.time()) - 3600, "iat": int(time.time()) - 3660},
    "good-for-an-hour": {"exp": int(time.time()) + 3600},
    "good-for-ever": {"exp": 10**30},
    "of-tomorrow": {"iat": int(time.time()) + 86_400, "exp": int(time.time()) + 86_430},
    "not-yet-good": {"nbf": int(time.time()) + 86_400},
    "of-no-client": {"iss": str(uuid4()), "sub": str(uuid4())},
    "of-a-number": {"sub": 7, "iss": 7},
}


@pytest.mark.parametrize("changed", WRONG.values(), ids=WRONG)
async def test_a_wrong_assertion_proves_nothing(house: House, standing: Cast, changed: dict[str, Any]) -> None:
    """Whatever is wrong with it, nobody learns what."""
    client_id = await keyed(standing)

    response = await ask(house, signed({"alg": "EdDSA", "kid": "one"}, claims_of(client_id, **changed), _KEY))

    assert (401, NO_CLIENT) == (response.status_code, response.content)


async def test_a_forged_assertion_proves_nothing(house: House, standing: Cast) -> None:
    """Not signed, by another key, with another algorithm, of another type, with its own key, or of another client."""
    client_id, other = await keyed(standing), await keyed(standing, public(_RSA, "RS256"))
    claims, header = claims_of(client_id), {"alg": "EdDSA", "kid": "one"}
    forged = [
        unsigned(header | {"alg": "none"}, claims),
        signed(header, claims, _STRANGE),
        signed(header | {"kid": "unknown"}, claims, _KEY),
        signed(header | {"typ": "at+jwt"}, claims, _KEY),
        signed(header | {"jwk": public(_STRANGE, "EdDSA")}, claims, _STRANGE),
        signed({"alg": "PS256", "kid": "rsa"}, claims_of(other), _RSA),
        signed({"alg": "RS256", "kid": "rsa"}, claims_of(client_id), _RSA),
        "a.b.c",
        "",
    ]

    answers = [outcome(await ask(house, one)) for one in forged]

    assert {(401, "invalid_client")} == set(answers[:-1])
    assert (400, "invalid_request") == answers[-1], "an empty field counts as none"


_REASONS = {
    "of-another-issuer": "iss is not sub",
    "for-the-token-endpoint": "aud is not the issuer alone",
    "for-nobody": "claims of the assertion",
    "good-for-an-hour": "exp is not within a minute",
    "of-no-client": "unknown",
}


@pytest.mark.parametrize("name", _REASONS)
async def test_the_operator_finds_what_was_wrong(
    house: House, standing: Cast, caplog: pytest.LogCaptureFixture, name: str
) -> None:
    """In the log, by the client's id; nothing that proves anything is quoted."""
    client_id = await keyed(standing)
    assertion = signed({"alg": "EdDSA", "kid": "one"}, claims_of(client_id, **WRONG[name]), _KEY)
    secret = (
        await Rest(standing.administrator).create_client(standing.employer_id, {"name": "c", "roles": ["hr"]})
    ).must()

    await ask(house, assertion)
    await basic(house, secret["clientId"], "a-wrong-secret")

    told = [record.getMessage() for record in caplog.records if record.name.endswith("clients.proving")]
    named = claims_of(client_id, **WRONG[name])["sub"]
    assert [
        f"client {named} is not proven: {_REASONS[name]}",
        f"client {secret['clientId']} is not proven: none of its secrets",
    ] == told
    assert "a-wrong-secret" not in caplog.text
    assert assertion.rpartition(".")[2] not in caplog.text


async def test_whoever_is_no_client_is_told_the_same(house: House, cast: Cast) -> None:
    """Byte for byte, at every endpoint that a client asks: by a secret, by a key, as a page, or by nothing at all."""
    secret = (await Rest(cast.administrator).create_client(cast.employer_id, {"name": "c", "roles": ["hr"]})).must()
    page = {"name": "p", "public": True, "origins": ["https://pagina.example"]}
    public_id = (await Rest(cast.administrator).create_client(cast.employer_id, page)).must()["clientId"]
    client_id = await keyed(cast)
    assertion = signed({"alg": "EdDSA", "kid": "one"}, claims_of(client_id, exp=1), _KEY)
    by_key = {"client_assertion_type": ASSERTION_TYPE, "client_assertion": assertion}
    tries: list[dict[str, Any]] = [
        {"auth": (secret["clientId"], "wrong")},
        {"auth": (str(uuid4()), "wrong")},
        {"auth": ("nobody", "wrong")},
        {"auth": (public_id, "wrong")},
        {"auth": (client_id, "wrong")},
        {"headers": {"authorization": "Basic !"}},
        {"headers": {"authorization": "Bearer x"}},
        {"data": by_key},
        {"data": by_key | {"client_id": str(uuid4())}},
        {"data": {"client_id": public_id}},
        {"data": {"client_id": public_id}, "headers": {"origin": "https://elders.example"}},
        {"data": {"client_id": secret["clientId"]}},
        {"data": {"client_id": str(uuid4())}},
        {},
    ]
    forms = {
        "/oauth/token": {"grant_type": "client_credentials"},
        "/oauth/revoke": {"token": "x"},
    }

    told = {
        (await house.http.post(path, **one | {"data": form | one.get("data", {})})).content
        for path, form in forms.items()
        for one in tries
    }

    assert {NO_CLIENT} == told


async def test_an_assertion_counts_once(house: House, standing: Cast) -> None:
    """A second time, and twenty at once, it is somebody who has overheard it; another client may use the same id."""
    client_id, other = await keyed(standing), await keyed(standing)
    header = {"alg": "EdDSA", "kid": "one"}
    assertion = signed(header, claims_of(client_id, jti="once"), _KEY)

    together = await asyncio.gather(*(ask(house, assertion) for _ in range(20)))
    again = await ask(house, assertion)
    elsewhere = await ask(house, signed(header, claims_of(other, jti="once"), _KEY))

    assert [200] + [401] * 19 == sorted(one.status_code for one in together)
    assert [(401, "invalid_client"), (200, "ok")] == [outcome(again), outcome(elsewhere)]


async def test_what_was_used_is_forgotten_when_it_is_over(
    house: House, standing: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The worker takes the ids of JWTs away that are refused for their age."""
    client_id = await keyed(standing)
    await ask(house, signed({"alg": "EdDSA", "kid": "one"}, claims_of(client_id), _KEY))

    async def kept() -> int:
        async with house.parts.database.transaction(None, service=True) as rows:
            return int(await rows.value("select count(*) from peil.used_assertion where client_id = $1", client_id))

    await house.worker.forget()
    before = await kept()
    now = clock.now()
    monkeypatch.setattr(clock, "now", lambda: now.replace(year=now.year + 1))
    await house.worker.forget()

    assert (1, 0) == (before, await kept())


@pytest.mark.parametrize(
    ("form", "header", "expected"),
    [
        ({"client_assertion_type": "x"}, None, (400, "invalid_request")),
        ({"client_assertion": ""}, None, (400, "invalid_request")),
        ({"client_id": str(uuid4())}, None, (401, "invalid_client")),
        ({}, ("somebody", "secret"), (400, "invalid_request")),
    ],
    ids=["another-type", "nothing", "another-client", "two-proofs"],
)
async def test_one_proof_of_one_client(
    house: House, standing: Cast, form: dict[str, str], header: tuple[str, str] | None, expected: tuple[int, str]
) -> None:
    """RFC 6749, section 2.3, and RFC 7521, section 4.2."""
    client_id = await keyed(standing)
    sent = {
        "grant_type": "client_credentials",
        "client_assertion_type": ASSERTION_TYPE,
        "client_assertion": signed({"alg": "EdDSA", "kid": "one"}, claims_of(client_id), _KEY),
    }

    response = await house.http.post("/oauth/token", data=sent | form, auth=header)  # type: ignore[arg-type]  # or none

    assert expected == outcome(response)


@pytest.mark.parametrize(
    ("new", "findings"),
    [
        ({"keys": [public(_KEY, "EdDSA"), public(_KEY, "EdDSA")]}, [("/keys/1/kid", "duplicate-item")]),
        ({"keys": [public(_KEY, "RS256")]}, [("/keys/0/alg", "algorithm-does-not-fit")]),
        ({"keys": [public(_KEY, "EdDSA") | {"x": "AAAA"}]}, [("/keys/0", "unusable-key")]),
        ({"keys": [_SMALL]}, [("/keys/0", "unusable-key")]),
        (
            {"public": True, "roles": [], "origins": ["https://x.example"], "keys": [public(_KEY, "EdDSA")]},
            [("/keys", "public-client-has-no-key")],
        ),
    ],
    ids=["twice", "another-kind", "broken", "too-small", "public-client"],
)
async def test_a_key_has_to_be_one(
    speak: Speak, standing: Cast, new: dict[str, Any], findings: list[tuple[str, str]]
) -> None:
    """With all that is wrong."""
    refused = await speak(standing.administrator).create_client(
        standing.employer_id, {"name": "x", "roles": ["hr"]} | new
    )

    assert ("refused", findings) == (refused.word, refused.findings)


async def test_no_key_that_should_be_secret_is_taken(standing: Cast) -> None:
    """A private key and a symmetric one do not fit the schema; GraphQL refuses them before anything is asked."""
    private = _KEY.as_dict(private=True) | {"alg": "EdDSA"}
    symmetric = {"kid": "k", "kty": "oct", "alg": "HS256", "k": "AAAA"}

    refused = await Rest(standing.administrator).create_client(
        standing.employer_id, {"name": "x", "roles": ["hr"], "keys": [private, symmetric]}
    )

    assert {("/keys/0/d", "unknown-field"), ("/keys/1/k", "unknown-field")} < set(refused.findings)
    assert {("/keys/1/kty", "not-one-of"), ("/keys/1/alg", "not-one-of")} < set(refused.findings)


async def test_a_change_needs_the_version_that_was_seen(speak: Speak, cast: Cast) -> None:
    """A client with a secret gets no keys: by which it proves itself is settled."""
    api = speak(cast.administrator)
    made = (await api.create_client(cast.employer_id, {"name": "c", "roles": ["hr"]})).must()

    renamed = (await api.update_client(cast.employer_id, made["clientId"], {"name": "d"}, if_match="*")).must()
    blind = await api.update_client(cast.employer_id, made["clientId"], {"name": "e"})
    stale = await api.update_client(cast.employer_id, made["clientId"], {"name": "e"}, if_match='"old"')
    keys = await api.update_client(cast.employer_id, made["clientId"], {"keys": [public(_KEY, "EdDSA")]}, if_match="*")

    assert "d" == renamed["name"]
    assert ["match-required", "stale", "client-has-secret"] == [one.code for one in (blind, stale, keys)]


async def test_a_secret_is_known_by_its_own_id(house: House, cast: Cast) -> None:
    """Also beside a row of none, which the database takes and no employer sees: a token names the secret it came by."""
    client = (await Rest(cast.administrator).create_client(cast.employer_id, {"name": "c", "roles": ["hr"]})).must()
    async with owner(house) as connection:
        await connection.execute(_STRAY, client["clientId"])
    token = await house.sign_in(client["clientId"], client["clientSecret"])

    claims = msgspec.json.decode(base64url.decode(token.split(".")[1]))

    assert client["secrets"][0]["secretId"] in claims["credential"]


_STRAY = """
insert into peil.client_secret (employer_id, client_id, secret_id, digest, created_at)
select null, client_id, '00000000-0000-7000-8000-000000000000', '', created_at
from peil.client
where client_id = $1
"""
