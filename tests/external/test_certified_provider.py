"""A certified provider signs an employer's people in: confirmed, rotated, revoked, and its real tokens turned bad."""

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import pytest
from joserfc.jwk import RSAKey

from cases.test_clients import outcome
from cases.test_sign_in import backend, exchange
from external.certified import API, PAGE, Certified, open_certified
from peil.access.tokens import unverified
from support.apis import Rest
from support.house import House, Persona
from support.personas import Cast, cast_of
from support.possession import KeyHolder
from support.provider import by_public_key, signed, unsigned

pytestmark = [pytest.mark.external, pytest.mark.needs("node")]


@pytest.fixture(scope="module")
async def provider() -> AsyncIterator[Certified]:
    async with open_certified() as opened:
        yield opened


@pytest.fixture
async def cast(house: House) -> Cast:
    """An employer that does not know the provider yet."""
    return await cast_of(await house.employer())


def registration(provider: Certified, **more: Any) -> dict[str, Any]:
    """What an administrator tells Peil of it."""
    new = {"issuer": provider.url, "audience": API, "directoryAttribute": "externalId", "roleClaim": "groups"}
    return new | {"roleMapping": {"Board": "board"}} | more


async def registered(cast: Cast, provider: Certified, **more: Any) -> str:
    """The id of the issuer that signs this employer's people in; over at the end of the test by its revocation."""
    made = (await Rest(cast.administrator).create_issuer(registration(provider, **more))).must()
    return str(made["issuerId"])


@pytest.fixture
async def issuer_id(cast: Cast, provider: Certified) -> AsyncIterator[str]:
    """The issuer, registered for Peil's audience; revoked afterwards, since an audience has one employer."""
    made = await registered(cast, provider)
    yield made
    await Rest(cast.administrator).revoke_issuer(made)
    cast.house.parts.authentication.forget()


async def word(cast: Cast, token: str) -> str:
    """What becomes of somebody who asks for the waves."""
    return (await Rest(Persona(cast.house.http, token)).list_waves()).word


async def test_a_vendors_registration_waits_for_the_administrator(cast: Cast, provider: Certified) -> None:
    """Checked, confirmed, used, exchanged, revoked: each by the API, and each counts at once."""
    vendor, administrator, client = Rest(cast.vendor), Rest(cast.administrator), await backend(cast)
    made = (await vendor.create_issuer(registration(provider))).must()
    token = await provider.token("employee")
    checks = [(await administrator.check_issuer(made["issuerId"])).must()]
    words = [await word(cast, token)]
    refused = await exchange(cast.house, client, token)

    (await administrator.confirm_issuer(made["issuerId"])).must()
    checks.append((await administrator.check_issuer(made["issuerId"])).must())
    words.append(await word(cast, token))
    issued = (await exchange(cast.house, client, token)).json()
    words.append(await word(cast, issued["access_token"]))
    (await administrator.revoke_issuer(made["issuerId"])).must()
    words += [await word(cast, one) for one in (token, issued["access_token"])]
    late = await exchange(cast.house, client, token)

    assert ("inactive", ["not-active", "ok"]) == (made["state"], [one["outcome"] for one in checks])
    assert {provider.url + "/jwks"} == {one["jwksUrl"] for one in checks}
    assert ["unauthenticated", "ok", "ok", "unauthenticated", "unauthenticated"] == words
    assert f"POST /v1/issuers/{made['issuerId']}/confirm" in refused.json()["error_description"]
    assert "The issuer has been revoked" in late.json()["error_description"]


@pytest.mark.usefixtures("issuer_id")
async def test_groups_give_roles(cast: Cast, provider: Certified) -> None:
    """Used directly and exchanged; the exchanged one is narrowed by its scope."""
    client = await backend(cast)
    board, employee = await provider.token("board"), await provider.token("employee")
    narrow = (await exchange(cast.house, client, board, scope="waves:read")).json()["access_token"]
    whole = (await exchange(cast.house, client, board)).json()["access_token"]

    words = [
        (await Rest(Persona(cast.house.http, token)).list_employers()).word
        for token in (board, whole, narrow, employee)
    ]

    assert ["ok", "ok", "denied", "denied"] == words


@pytest.mark.usefixtures("issuer_id")
async def test_rotation_needs_nothing(cast: Cast, provider: Certified, monkeypatch: pytest.MonkeyPatch) -> None:
    """A new key is looked up when it first signs, the old one works as long as it is published, and no longer."""
    monkeypatch.setattr("peil.access.issuers.keys._AGAIN", -1.0)
    old = await provider.token("employee")
    words = [await word(cast, old)]
    await provider.do("rotate")
    new = await provider.token("employee")
    cast.house.parts.authentication.forget()
    words += [await word(cast, token) for token in (new, old)]
    await provider.do("forget")
    monkeypatch.setattr("peil.access.issuers.keys._UNSEEN", -1.0)
    cast.house.parts.authentication.forget()
    words += [await word(cast, token) for token in (new, old)]

    assert unverified(old, 0)["kid"] != unverified(new, 0)["kid"]
    assert ["ok", "ok", "ok", "ok", "unauthenticated"] == words


async def turned_bad(provider: Certified) -> dict[str, str]:
    """Real tokens of the provider that are not for Peil, and a good one of which something has been changed."""
    given = await provider.tokens("employee")
    good = given["access_token"]
    header, claims = unverified(good, 0), unverified(good, 1)
    own = RSAKey.generate_key(2048, {"kid": header["kid"]})
    published = next(key for key in await provider.keys() if key["kid"] == header["kid"])
    head, payload, signature = good.split(".")
    return {
        "for another audience": await provider.token("employee", "https://other.voorbeeld.example"),
        "opaque": await provider.token("employee", "https://opaque.voorbeeld.example"),
        "a refresh token": given["refresh_token"],
        "an ID token, for the page": given["id_token"],
        "over": signed(header, claims | {"exp": claims["iat"] - 1}, own),
        "by another key": signed(header, claims, own),
        "by a key that it brings": signed(header | {"jwk": own.as_dict(private=False)}, claims, own),
        "by a key that it names": signed(header | {"jku": "https://keys.example/jwks", "kid": "mine"}, claims, own),
        "by no key": unsigned(header | {"alg": "none"}, claims),
        "by a shared secret": by_public_key(header, claims, RSAKey.import_key(published)),
        "of another algorithm": ".".join([*unsigned(header | {"alg": "RS512"}, claims).split(".")[:2], signature]),
        "of somebody else": ".".join([head, unsigned({}, claims | {"sub": "board"}).split(".")[1], signature]),
        "with another role": ".".join([head, unsigned({}, claims | {"groups": ["Board"]}).split(".")[1], signature]),
        "without a signature": f"{head}.{payload}.",
        "of another type": ".".join([unsigned(header | {"typ": "JWT"}, {}).split(".")[0], payload, signature]),
    }


@pytest.mark.usefixtures("issuer_id")
async def test_its_tokens_turned_bad_are_refused(cast: Cast, provider: Certified) -> None:
    """Used directly and exchanged; the one that they were made of is taken."""
    client, bad = await backend(cast), await turned_bad(provider)

    words = {name: await word(cast, token) for name, token in bad.items()}
    exchanged = {name: await exchange(cast.house, client, token) for name, token in bad.items()}

    assert dict.fromkeys(bad, "unauthenticated") == words
    assert dict.fromkeys(bad, (400, "invalid_request")) == {name: outcome(one) for name, one in exchanged.items()}
    assert "ok" == await word(cast, await provider.token("employee"))


async def test_a_token_that_is_over_is_refused(cast: Cast, provider: Certified) -> None:
    """Its own, good for four seconds: taken, and then no longer, also where Peil remembers it."""
    await registered(cast, provider, audience="https://short.voorbeeld.example")
    client, token = await backend(cast), await provider.token("employee", "https://short.voorbeeld.example")
    words = [await word(cast, token)]
    await asyncio.sleep(4.1)
    words.append(await word(cast, token))
    said = (await exchange(cast.house, client, token)).json()["error_description"]

    assert ["ok", "unauthenticated"] == words
    assert said.startswith("The token is over")


async def test_an_id_token_is_only_exchanged(cast: Cast, provider: Certified) -> None:
    """Where the audience that is registered is that of the page: the page's ID token opens nothing by itself."""
    await registered(cast, provider, audience=PAGE)
    client, token = await backend(cast), (await provider.tokens("employee"))["id_token"]

    issued = (await exchange(cast.house, client, token)).json()
    words = [await word(cast, one) for one in (token, issued["access_token"])]

    assert ["unauthenticated", "ok"] == words


@pytest.mark.usefixtures("issuer_id")
async def test_a_system_of_the_provider_is_nobody(cast: Cast, provider: Certified) -> None:
    """Client credentials give a good token with no person in it: the directory does not know it."""
    token = await provider.system_token()

    told = await Rest(Persona(cast.house.http, token)).list_waves()
    said = (await exchange(cast.house, await backend(cast), token)).json()["error_description"]

    assert ("at+jwt", "system") == (unverified(token, 0)["typ"], unverified(token, 1)["sub"])
    assert ("denied", "person-not-in-directory") == (told.word, told.code)
    assert said.startswith("Nobody in the directory has as externalId")


@pytest.mark.usefixtures("issuer_id")
async def test_a_token_that_it_bound_needs_its_key(cast: Cast, provider: Certified) -> None:
    """With a proof by the page's key it is used and exchanged; without one, or by another key, it opens nothing."""
    holder, thief, client = KeyHolder(cast.house), KeyHolder(cast.house), await backend(cast)
    given = await provider.tokens("employee", prove=holder.proof)
    token = given["access_token"]
    asked = {
        "grant_type": "urn:ietf:params:oauth:grant-type:token-exchange",
        "subject_token": token,
        "subject_token_type": "urn:ietf:params:oauth:token-type:access_token",
    }

    used = await holder.send(token)
    issued = (await holder.ask(client, **asked)).json()
    again = await holder.send(issued["access_token"])
    stolen = await thief.send(token)
    bare = await Persona(cast.house.http, token).get("/waves")
    exchanged = [await exchange(cast.house, client, token), await thief.ask(client, **asked)]

    assert ("DPoP", holder.key.thumbprint()) == (given["token_type"], unverified(token, 1)["cnf"]["jkt"])
    assert ("DPoP", 200, 200) == (issued["token_type"], used.status_code, again.status_code)
    assert [(401, "dpop-proof")] * 2 == [(one.status_code, one.json()["code"]) for one in (stolen, bare)]
    assert [(400, "invalid_dpop_proof")] * 2 == [outcome(one) for one in exchanged]
