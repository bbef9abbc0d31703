"""Tokens that are bound to a key (DPoP, RFC 9449): whoever has stolen one, or a proof, can do nothing with it."""

import asyncio
import os
import re
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, get_args

import httpx
import msgspec
import pytest
from joserfc.jwk import ECKey, Key, OctKey, OKPKey, RSAKey

from cases.measuring import Round
from cases.showing import EXCHANGE, ORIGIN, ask_by_server, form_of, public_client
from cases.test_providers import header_of
from cases.test_sign_in import claims_of as claims_of_person
from cases.test_sign_in import registered
from peil import base64url, clock, problems
from peil.access.authentication import Authentication
from peil.access.clients.model import KeyAlgorithm
from peil.access.clients.rules import ALGORITHMS
from peil.access.issuers.keys import IssuerKeys
from peil.access.tokens import TokenKeys, without_advice
from peil.app import create_app
from peil.errors import ProofRefused
from peil.keys.signing_keys import SigningDirectory
from support.apis import Rest, Speak
from support.house import PUBLIC_URL, House, Persona, serving
from support.personas import Cast
from support.possession import TOKEN_URL, KeyHolder
from support.provider import by_public_key, signed, unsigned

# RFC 6749, section 5.2.
SAYABLE = re.compile(r"[\x20-\x21\x23-\x5b\x5d-\x7e]+")
TOP = Path(__file__).parents[2]
WAVES = f"{PUBLIC_URL}/v1/waves"
Forge = Callable[[KeyHolder, dict[str, Any]], str]


async def client_of(cast: Cast, **more: Any) -> dict[str, Any]:
    """A client of the employer's."""
    new = {"name": "bound", "roles": ["hr"]} | more
    created: dict[str, Any] = (await Rest(cast.administrator).create_client(cast.employer_id, new)).must()
    return created


async def bound(cast: Cast, holder: KeyHolder, **more: Any) -> str:
    """A token that is bound to the holder's key."""
    issued = await holder.ask(await client_of(cast, **more))
    assert issued.status_code == 200, issued.text
    return str(issued.json()["access_token"])


def claims_of(token: str) -> dict[str, Any]:
    found: dict[str, Any] = msgspec.json.decode(base64url.decode(token.split(".")[1]))
    return found


def told(response: httpx.Response) -> tuple[int, str]:
    """Status, and what was wrong with the proof."""
    body = response.json()
    return response.status_code, body["errors"][0]["code"] if body.get("errors") else body.get("code", "ok")


@pytest.fixture
def holder(house: House) -> KeyHolder:
    return KeyHolder(house)


@pytest.mark.parametrize(
    ("key", "alg"),
    [
        (ECKey.generate_key("P-256"), "ES256"),
        (ECKey.generate_key("P-384"), "ES384"),
        (OKPKey.generate_key("Ed25519"), "EdDSA"),
        (RSAKey.generate_key(2048), "RS256"),
        (RSAKey.generate_key(4096), "PS256"),
    ],
    ids=["ES256", "ES384", "EdDSA", "RS256", "PS256"],
)
async def test_a_token_is_bound_to_the_key_that_was_shown(house: House, standing: Cast, key: Key, alg: str) -> None:
    """Of every kind that is taken; it says so, and works with a new proof for each request, of any method."""
    holder = KeyHolder(house, key, alg)
    issued = await holder.ask(await client_of(standing))
    token = issued.json()["access_token"]

    answers = [
        await holder.send(token),
        await holder.send(token, "/waves?limit=1"),
        await holder.send(token, method="HEAD"),
    ]

    assert ("DPoP", {"jkt": key.thumbprint()}) == (issued.json()["token_type"], claims_of(token)["cnf"])
    assert [200, 200, 200] == [one.status_code for one in answers]


async def test_a_bound_token_alone_is_worth_nothing(house: House, standing: Cast, holder: KeyHolder) -> None:
    """Neither as Bearer, with a proof beside it or not, nor as DPoP without one; the answer says what is needed."""
    token = await bound(standing, holder)
    proof = holder.proof("GET", WAVES, token)
    tries = [
        {"authorization": f"Bearer {token}"},
        {"authorization": f"Bearer {token}", "dpop": proof},
        {"authorization": f"DPoP {token}"},
    ]

    answers = [await house.http.get("/v1/waves", headers=headers) for headers in tries]

    assert [(401, "dpop-needed"), (401, "dpop-needed"), (401, "dpop-missing")] == [told(one) for one in answers]
    challenges = [one.headers["www-authenticate"] for one in answers]
    metadata = f'resource_metadata="{PUBLIC_URL}/.well-known/oauth-protected-resource"'
    algorithms = f'algs="{" ".join(ALGORITHMS)}"'
    assert [
        f'DPoP {metadata}, error="{error}", {algorithms}'
        for error in ("invalid_token", "invalid_token", "invalid_dpop_proof")
    ] == challenges


async def test_who_has_no_bound_token_is_no_holder(house: House, standing: Cast, holder: KeyHolder) -> None:
    """A proof does not make a bearer's token one that is bound; and whoever has none is told both ways."""
    refused = await holder.send(str(standing.hr.token))
    nobody = await house.http.get("/v1/waves")

    assert (401, "dpop-not-bound") == told(refused)
    assert ["Bearer resource_metadata", "DPoP resource_metadata"] == [
        one.strip().split("=")[0] for one in nobody.headers["www-authenticate"].split(",")[:2]
    ]


def _with_private(holder: KeyHolder, claims: dict[str, Any]) -> str:
    return signed(holder.header(jwk=holder.key.as_dict(private=True)), claims, holder.key)


def _of_another(holder: KeyHolder, claims: dict[str, Any]) -> str:
    other = KeyHolder(holder.house)
    return signed(other.header(), claims, other.key)


def _by_another(holder: KeyHolder, claims: dict[str, Any]) -> str:
    return signed(holder.header(), claims, KeyHolder(holder.house).key)


def _symmetric(holder: KeyHolder, claims: dict[str, Any]) -> str:
    key = OctKey.generate_key(256)
    return signed(holder.header(alg="HS256", jwk=key.as_dict(private=True)), claims, key)


def _mac(holder: KeyHolder, claims: dict[str, Any]) -> str:
    return by_public_key(holder.header(), claims, holder.key)  # type: ignore[arg-type]  # any key has a PEM


def _small(holder: KeyHolder, claims: dict[str, Any]) -> str:
    with without_advice():
        small = KeyHolder(holder.house, RSAKey.generate_key(1024), "RS256")
        return signed(small.header(), claims, small.key)


def _changed(**changed: Any) -> Forge:
    return lambda holder, claims: signed(
        holder.header(), {name: value for name, value in (claims | changed).items() if value is not None}, holder.key
    )


def _headed(**changed: Any) -> Forge:
    return lambda holder, claims: signed(holder.header(**changed), claims, holder.key)


def _twice(holder: KeyHolder, claims: dict[str, Any]) -> str:
    text = msgspec.json.encode(claims)
    return signed(holder.header(), text[:-1] + b',"htm":"GET"}', holder.key)


FORGED: dict[str, tuple[Forge, str]] = {
    "of another key": (_of_another, "dpop-other-key"),
    "signed by another key": (_by_another, "dpop-signature"),
    "alg none": (lambda h, c: unsigned(h.header(alg="none"), c), "dpop-malformed"),
    "alg None": (lambda h, c: unsigned(h.header(alg="None"), c), "dpop-malformed"),
    "no signature": (lambda h, c: signed(h.header(), c, h.key).rpartition(".")[0] + ".", "dpop-signature"),
    "a symmetric key": (_symmetric, "dpop-malformed"),
    "a MAC by the public key": (_mac, "dpop-malformed"),
    "a private key": (_with_private, "dpop-malformed"),
    "a small key": (_small, "dpop-malformed"),
    "no key": (_headed(jwk=None), "dpop-malformed"),
    "a key as text": (_headed(jwk="x"), "dpop-malformed"),
    "an empty key": (_headed(jwk={}), "dpop-malformed"),
    "a broken key": (_headed(jwk={"kty": "EC", "crv": "P-256", "x": "AA", "y": "AA"}), "dpop-malformed"),
    "a point off the curve": (
        _headed(jwk={"kty": "EC", "crv": "P-256", "x": "A" * 43, "y": "A" * 43}),
        "dpop-malformed",
    ),
    "numbers in the key": (_headed(jwk={"kty": "EC", "crv": "P-256", "x": 1, "y": [2]}), "dpop-malformed"),
    "another type": (_headed(typ="JWT"), "dpop-malformed"),
    "no type": (_headed(typ=None), "dpop-malformed"),
    "a key elsewhere": (_headed(jwk=None, jku="https://evil.example/keys"), "dpop-malformed"),
    "another method": (_changed(htm="POST"), "dpop-other-request"),
    "a method in small letters": (_changed(htm="get"), "dpop-other-request"),
    "another path": (_changed(htu=f"{PUBLIC_URL}/v1/units"), "dpop-other-request"),
    "the token endpoint": (_changed(htu=TOKEN_URL), "dpop-other-request"),
    "another host": (_changed(htu="http://other.test/v1/waves"), "dpop-other-request"),
    "another scheme": (_changed(htu="https://peil.test/v1/waves"), "dpop-other-request"),
    "another port": (_changed(htu="http://peil.test:8080/v1/waves"), "dpop-other-request"),
    "no port": (_changed(htu="http://peil.test:99999/v1/waves"), "dpop-other-request"),
    "a user in the address": (_changed(htu="http://x@peil.test/v1/waves"), "dpop-other-request"),
    "a longer host": (_changed(htu="http://peil.test.evil.example/v1/waves"), "dpop-other-request"),
    "a path alone": (_changed(htu="/v1/waves"), "dpop-other-request"),
    "no address": (_changed(htu=None), "dpop-malformed"),
    "an address as number": (_changed(htu=7), "dpop-malformed"),
    "of an hour ago": (_changed(iat=int(time.time()) - 3600), "dpop-not-now"),
    "of 61 seconds ago": (lambda h, c: _changed(iat=int(time.time()) - 62)(h, c), "dpop-not-now"),
    "of tomorrow": (_changed(iat=int(time.time()) + 86_400), "dpop-not-now"),
    "of never": (_changed(iat=10**30), "dpop-not-now"),
    "a moment as text": (_changed(iat="now"), "dpop-malformed"),
    "no moment": (_changed(iat=None), "dpop-malformed"),
    "no id": (_changed(jti=None), "dpop-malformed"),
    "an empty id": (_changed(jti=""), "dpop-malformed"),
    "an endless id": (_changed(jti="x" * 501), "dpop-malformed"),
    "no token": (_changed(ath=None), "dpop-other-token"),
    "another token": (_changed(ath="x" * 43), "dpop-other-token"),
    "a claim twice": (_twice, "dpop-signature"),
    "no object": (lambda h, c: signed(h.header(), b"[]", h.key), "dpop-signature"),
    "no JWT": (lambda h, c: "x.y.z", "dpop-malformed"),
    "two proofs in one": (lambda h, c: ", ".join(2 * [signed(h.header(), c, h.key)]), "dpop-malformed"),
    "too long": (_changed(more="x" * 5000), "dpop-malformed"),
    "unknown crit": (_headed(crit=["x"], x=1), "dpop-signature"),
}


GOOD_AT_THE_TOKEN_ENDPOINT = {"of another key", "no token", "another token", "another method", "the token endpoint"}
"""There no token is sent, any key is bound, and it is the place that these name."""


@pytest.fixture(scope="module")
async def first(house: House, standing: Cast) -> tuple[KeyHolder, str]:
    """A key, and a token that is bound to it."""
    holder = KeyHolder(house)
    return holder, await bound(standing, holder)


@pytest.mark.parametrize(("forge", "code"), FORGED.values(), ids=FORGED)
async def test_a_wrong_proof_opens_nothing(first: tuple[KeyHolder, str], forge: Forge, code: str) -> None:
    """One flaw is enough, and it is said; the same token goes on working for its holder."""
    holder, token = first

    refused = await holder.send(token, proof=forge(holder, holder.claims("GET", WAVES, token)))
    good = await holder.send(token)

    assert ((401, code), 200) == (told(refused), good.status_code)
    challenge = refused.headers["www-authenticate"]
    assert ('error="invalid_token"' if code == "dpop-other-key" else 'error="invalid_dpop_proof"') in challenge


@pytest.mark.parametrize("name", sorted(FORGED.keys() - GOOD_AT_THE_TOKEN_ENDPOINT))
async def test_a_wrong_proof_gets_no_token(standing: Cast, first: tuple[KeyHolder, str], name: str) -> None:
    """Also where the client has its secret: what it cannot prove is not left out silently."""
    holder, _ = first

    refused = await holder.ask(await client_of(standing), FORGED[name][0](holder, holder.claims("POST", TOKEN_URL)))

    assert (400, "invalid_dpop_proof") == (refused.status_code, refused.json()["error"])
    assert SAYABLE.fullmatch(refused.json()["error_description"])


async def test_a_wrong_proof_is_told_in_the_language_that_is_asked_for(
    standing: Cast, first: tuple[KeyHolder, str]
) -> None:
    """What is wrong by itself, and what was used before; in English where none is asked for."""
    holder, _ = first
    client = await client_of(standing)
    used = holder.proof("POST", TOKEN_URL)
    await holder.ask(client, used)

    said = [
        (await holder.ask(client, proof, language=language)).json()["error_description"].partition(":")[0]
        for proof in (used, "x")
        for language in ("nl", "en", None)
    ]

    assert ["Dit bewijs is al gebruikt", *["This proof was used before"] * 2] == said[:3]
    assert [True, False, False] == [one.startswith("Dit is niet een enkele JWT") for one in said[3:]]


def test_a_challenge_names_the_algorithms_that_there_are() -> None:
    """Those of a client's keys: the same are in the metadata."""
    challenge = problems.headers_of(ProofRefused("dpop-used"))["www-authenticate"]

    assert f'algs="{" ".join(get_args(KeyAlgorithm))}"' in challenge


async def test_two_proofs_are_none(standing: Cast, first: tuple[KeyHolder, str]) -> None:
    """Two headers, even with the same proof (section 4.3)."""
    holder, token = first
    proofs = [holder.proof("GET", WAVES, token) for _ in range(2)]
    client = await client_of(standing)
    asked = [holder.proof("POST", TOKEN_URL)] * 2

    seen = await holder.house.http.get(
        "/v1/waves", headers=[("authorization", f"DPoP {token}"), *(("dpop", one) for one in proofs)]
    )
    refused = await holder.house.http.post(
        "/oauth/token",
        data={"grant_type": "client_credentials"},
        auth=(client["clientId"], client["clientSecret"]),
        headers=[("dpop", one) for one in asked],
    )

    assert ((401, "dpop-malformed"), "invalid_dpop_proof") == (told(seen), refused.json()["error"])


async def test_a_proof_counts_once(house: House, standing: Cast) -> None:
    """A second time, twenty at once, at another path, for the token endpoint: it is somebody who has overheard it."""
    holder = KeyHolder(house)
    client = await client_of(standing)
    asked = holder.proof("POST", TOKEN_URL)
    token = (await holder.ask(client, asked)).json()["access_token"]
    proof = holder.proof("GET", WAVES, token, jti="once")

    together = await asyncio.gather(*(holder.send(token, proof=proof) for _ in range(20)))
    again = [await holder.send(token, proof=proof), await holder.send(token, "/waves?limit=1", proof=proof)]
    same_id = await holder.send(token, proof=holder.proof("GET", WAVES, token, jti="once"))
    second = await holder.ask(client, asked)
    other = KeyHolder(house)
    others_token = await bound(standing, other)
    others = await other.send(others_token, proof=other.proof("GET", WAVES, others_token, jti="once"))

    assert [200] + [401] * 19 == sorted(one.status_code for one in together)
    assert {(401, "dpop-used")} == {told(one) for one in (*again, same_id)}
    assert (400, "invalid_dpop_proof") == (second.status_code, second.json()["error"])
    assert 200 == others.status_code, "an id of somebody else's is not used up"


async def test_used_proofs_are_forgotten_and_tell_no_moment(
    house: House, standing: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The end that is kept is a full ten minutes, never before the proof itself is refused."""
    holder = KeyHolder(house)
    await bound(standing, holder)

    async def kept() -> list[Any]:
        async with house.parts.database.transaction(None, service=True) as rows:
            found = await rows.value("select array_agg(expires_at) from peil.used_proof")
            return list(found or [])

    await house.worker.forget()
    ends = await kept()
    now = clock.now()
    monkeypatch.setattr(clock, "now", lambda: now.replace(year=now.year + 1))
    await house.worker.forget()

    assert ends
    assert {0.0} == {end.timestamp() % 600 for end in ends}
    assert all(end.timestamp() > now.timestamp() + 60 - 120 for end in ends)
    assert max(ends).timestamp() > now.timestamp() + 55
    assert [] == await kept()


async def test_an_answer_from_memory_is_not_told_to_a_thief(released: Round) -> None:
    """What lies ready is answered without the framework: there too the key is asked for, and a proof counts once."""
    cast, path = released.cast, f"/waves/{released.wave_id}/aggregates/{released.cast.units['root']}"
    holder, thief = KeyHolder(cast.house), KeyHolder(cast.house)
    token = await bound(cast, holder)
    url = f"{PUBLIC_URL}/v1{path}"
    (await cast.hr.get(path)).raise_for_status()
    proof = holder.proof("GET", url, token)

    answers = [
        await holder.send(token, path, proof=proof),
        await holder.send(token, path, proof=proof),
        await holder.send(token, path, proof=thief.proof("GET", url, token)),
        await Persona(cast.house.http, token).get(path),
        await holder.send(token, path),
    ]

    assert [200, 401, 401, 401, 200] == [one.status_code for one in answers]


async def test_graphql_asks_for_the_key_as_well(standing: Cast, first: tuple[KeyHolder, str]) -> None:
    """One door for both protocols."""
    holder, token = first
    query = {"query": "{ __typename }"}
    url = f"{PUBLIC_URL}/graphql"

    good = await holder.send(token, "/graphql", "POST", json=query)
    proof = holder.proof("GET", url, token)
    refused = [
        await holder.send(token, "/graphql", "POST", proof, json=query),
        await holder.house.http.post("/graphql", json=query, headers={"authorization": f"Bearer {token}"}),
    ]

    assert [200, 401, 401] == [one.status_code for one in (good, *refused)]


async def test_scim_takes_no_bound_token(first: tuple[KeyHolder, str]) -> None:
    """It has secrets of its own; nothing else is one."""
    holder, token = first

    answer = await holder.house.http.get("/scim/v2/Users", headers={"authorization": f"DPoP {token}"})

    assert 401 == answer.status_code


async def test_a_client_can_be_set_to_take_no_other_tokens(speak: Speak, cast: Cast, holder: KeyHolder) -> None:
    """Then it gets none without a key, and those it had stop working; and back."""
    client = await client_of(cast)
    house, api = cast.house, speak(cast.administrator)
    plain = Persona(house.http, await house.sign_in(client["clientId"], client["clientSecret"]))

    async def tries() -> list[int]:
        bare = await house.http.post(
            "/oauth/token", data={"grant_type": "client_credentials"}, auth=(client["clientId"], client["clientSecret"])
        )
        shown = await holder.ask(client)
        used = await holder.send(shown.json()["access_token"])
        return [bare.status_code, shown.status_code, used.status_code, (await plain.get("/waves")).status_code]

    before = await tries()
    changed = (await api.update_client(cast.employer_id, client["clientId"], {"dpopBound": True}, if_match="*")).must()
    during = await tries()
    refused = await house.http.post(
        "/oauth/token", data={"grant_type": "client_credentials"}, auth=(client["clientId"], client["clientSecret"])
    )
    (await api.update_client(cast.employer_id, client["clientId"], {"dpopBound": False}, if_match="*")).must()

    assert (False, True) == (client["dpopBound"], changed["dpopBound"])
    assert ([200, 200, 200, 200], [400, 200, 200, 401]) == (before, during)
    assert "invalid_dpop_proof" == refused.json()["error"]
    assert [200, 200, 200, 200] == await tries()


async def test_a_vendors_own_client_is_bound_as_well(cast: Cast, holder: KeyHolder) -> None:
    """It names the employer in the same request; without the key it gets no token for it."""
    vendor = await cast.linked_vendor()
    itself = await vendor.itself()
    new = {"name": "bound", "dpopBound": True}
    client = await itself.must(itself.post(f"/vendors/{vendor.vendor_id}/clients", new))
    resource = f"{PUBLIC_URL}/v1/employers/{cast.employer_id}"

    bare = await cast.house.http.post(
        "/oauth/token",
        data={"grant_type": "client_credentials", "resource": resource},
        auth=(client["clientId"], client["clientSecret"]),
    )
    issued = (await holder.ask(client, resource=resource)).json()
    used = await holder.send(issued["access_token"])
    stolen = await Persona(cast.house.http, issued["access_token"]).get("/waves")

    assert (400, "invalid_dpop_proof") == (bare.status_code, bare.json()["error"])
    assert ("DPoP", 200, 401) == (issued["token_type"], used.status_code, stolen.status_code)


async def test_who_is_no_client_learns_nothing_of_bound_ones(cast: Cast, holder: KeyHolder) -> None:
    """A wrong secret is answered alike, whether the client needs a key and whether one is shown."""
    needs, other = await client_of(cast, dpopBound=True), await client_of(cast)
    wrong = [one | {"clientSecret": "wrong"} for one in (needs, other)]

    answers = [await holder.ask(one) for one in wrong]
    answers += [
        await cast.house.http.post(
            "/oauth/token", data={"grant_type": "client_credentials"}, auth=(one["clientId"], "wrong")
        )
        for one in wrong
    ]

    assert 1 == len({(one.status_code, one.content) for one in answers})
    assert 401 == answers[0].status_code


async def test_a_bound_token_is_exchanged_by_who_holds_its_key(cast: Cast, holder: KeyHolder) -> None:
    """Else a stolen one would become one that is good without the key; a widget on a page is shown without it."""
    client = await client_of(cast, origins=[ORIGIN])
    token = (await holder.ask(client)).json()["access_token"]
    details: dict[str, Any] = {"views": ["waves"], "units": [cast.units["root"]], "origin": ORIGIN}
    form = form_of(token, **details)

    stolen = await ask_by_server(cast.house, client, token, **details)
    foreign = await KeyHolder(cast.house).ask(client, **form)
    issued = await holder.ask(client, **form)
    shown = await cast.house.http.get(
        "/v1/widgets/waves",
        headers={"origin": ORIGIN, "authorization": f"Bearer {issued.json()['access_token']}"},
    )

    assert [(400, "invalid_dpop_proof")] * 2 == [(one.status_code, one.json()["error"]) for one in (stolen, foreign)]
    assert ("Bearer", 200) == (issued.json()["token_type"], shown.status_code)


async def test_a_page_can_bind_its_widgets_to_a_key_of_its_own(cast: Cast, holder: KeyHolder) -> None:
    """A browser's key that cannot be taken out of it: another page, or a thief, has nothing of the token."""
    client_id = await public_client(cast)
    subject = str(cast.employer.person("employee").token)
    form = form_of(subject, views=["waves"])

    issued = await holder.ask({"clientId": client_id}, origin=ORIGIN, **form)
    token = issued.json()["access_token"]
    own = await holder.send(token, "/widgets/waves", headers={"origin": ORIGIN})
    stolen = await cast.house.http.get(
        "/v1/widgets/waves", headers={"origin": ORIGIN, "authorization": f"Bearer {token}"}
    )
    api = Rest(cast.administrator)
    (await api.update_client(cast.employer_id, client_id, {"dpopBound": True}, if_match="*")).must()
    bare = await cast.house.http.post("/oauth/token", data=form | {"client_id": client_id}, headers={"origin": ORIGIN})

    assert ("DPoP", 200, 401) == (issued.json()["token_type"], own.status_code, stolen.status_code)
    assert (400, "invalid_dpop_proof") == (bare.status_code, bare.json()["error"])


async def test_a_page_may_send_a_proof(cast: Cast) -> None:
    """The preflight names the header."""
    await public_client(cast)
    headers = {"origin": ORIGIN, "access-control-request-method": "GET", "access-control-request-headers": "dpop"}

    answer = await cast.house.http.request("OPTIONS", "/v1/widgets/team", headers=headers)

    assert "dpop" in answer.headers["access-control-allow-headers"].split(", ")


@pytest.mark.parametrize(
    "cnf",
    [{"x5t#S256": "x"}, {}, {"jkt": 7}, {"jkt": "x", "x5t#S256": "x"}, "x", []],
    ids=["certificate", "nothing", "a-number", "both", "text", "list"],
)
async def test_what_is_bound_in_an_unknown_way_is_refused(house: House, standing: Cast, cnf: Any) -> None:
    """Nobody here can look at a client's certificate: an issuer's token that needs one is no good."""
    token = house.issuer.token("employee", aud=standing.employer_id, cnf=cnf)

    answer = await house.http.get("/v1/me/waves", headers={"authorization": f"Bearer {token}"})

    assert 401 == answer.status_code


async def test_a_token_that_the_company_has_bound_needs_its_key(house: House, standing: Cast) -> None:
    """What Keycloak or Okta binds is bound here too, sent as it is or exchanged."""
    holder = KeyHolder(house)
    token = house.issuer.token("employee", aud=standing.employer_id, cnf={"jkt": holder.key.thumbprint()})
    client = await client_of(standing)
    form = {"grant_type": EXCHANGE, "subject_token": token}
    form["subject_token_type"] = "urn:ietf:params:oauth:token-type:access_token"

    bare = await house.http.get("/v1/me/waves", headers={"authorization": f"Bearer {token}"})
    shown = await holder.send(token, "/me/waves")
    stolen = await KeyHolder(house).ask(client, **form)
    exchanged = await holder.ask(client, **form)
    used = await holder.send(exchanged.json()["access_token"], "/me/waves")

    assert [401, 200, 400, 200] == [one.status_code for one in (bare, shown, stolen, used)]
    assert "DPoP" == exchanged.json()["token_type"]


async def test_keycloak_says_itself_which_of_its_tokens_are_bound(cast: Cast) -> None:
    """`typ` is DPoP in the claims of a bound one; one that says so and is not bound is no access token."""
    holder = KeyHolder(cast.house)
    async with registered(cast, profile="keycloak") as (provider, _):
        said = claims_of_person(provider, typ="DPoP")
        token = provider.sign(header_of(), said | {"cnf": {"jkt": holder.key.thumbprint()}})
        shown = await holder.send(token, "/me/waves")
        bare = [
            await cast.house.http.get("/v1/me/waves", headers={"authorization": f"Bearer {one}"})
            for one in (token, provider.sign(header_of(), said))
        ]

    assert [200, 401, 401] == [one.status_code for one in (shown, *bare)]


async def test_the_metadata_says_which_proofs_are_taken(house: House) -> None:
    """RFC 9449, sections 5.1 and 5.2: the same in both documents, and nothing that is weak."""
    found = [
        (await house.http.get(f"/.well-known/{name}")).json()["dpop_signing_alg_values_supported"]
        for name in ("oauth-authorization-server", "oauth-protected-resource")
    ]

    assert [list(ALGORITHMS)] * 2 == found
    assert not {"none", "HS256"} & set(found[0])


async def test_the_guide_gets_a_bound_token_and_uses_it(house: House, cast: Cast, tmp_path: Path) -> None:
    """The commands of docs/integrators.md, run as they stand there against a served API."""
    text = (TOP / "docs" / "integrators.md").read_text("utf-8")
    commands = re.search(r"```sh\n(proof\(\).*?)```", text, re.DOTALL)
    ending = re.search(r"```sh\n(curl [^`]*/oauth/revoke\")\n```", text)
    assert commands
    assert ending
    client = await client_of(cast, dpopBound=True)
    application: list[Any] = []

    async def late(scope: Any, receive: Any, send: Any) -> None:
        await application[0](scope, receive, send)

    async with serving(late) as url:
        settings = msgspec.structs.replace(house.settings, public_url=url)
        keys = TokenKeys(SigningDirectory(tmp_path / "keys").read, url)
        authentication = Authentication(house.parts.database, keys, IssuerKeys(house.parts.outbound))
        parts = msgspec.structs.replace(house.parts, settings=settings, token_keys=keys, authentication=authentication)
        application.append(create_app(parts))
        last = commands[1].strip().splitlines()[-1]
        script = commands[1].replace("dpop-key.json", str(tmp_path / "key.json")) + f"\n{ending[1]}\n{last}"
        environment = {
            "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.defpath}",
            "PEIL": url,
            "CLIENT_ID": client["clientId"],
            "CLIENT_SECRET": client["clientSecret"],
        }
        process = await asyncio.create_subprocess_exec(
            "bash",
            "-c",
            script,
            cwd=TOP,
            env=environment,
            stdout=asyncio.subprocess.PIPE,
        )
        out, _ = await process.communicate()

    assert 0 == process.returncode
    seen, revoked, refused = (msgspec.json.decode(part) for part in re.findall(rb"\{.*?\}(?=\{|\Z)", out))
    assert ([], {}, "unauthenticated") == (seen["items"], revoked, refused["code"])
    assert 0o600 == (tmp_path / "key.json").stat().st_mode & 0o777
