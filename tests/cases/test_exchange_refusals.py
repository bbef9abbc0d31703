"""Why a person's token cannot be exchanged: with what to do, in the caller's language, of the own employer only."""

import re
import time
from typing import Any

import httpx
import pytest

from cases.test_providers import header_of
from cases.test_sign_in import backend, claims_of, exchange, registered
from peil.access.issuers import refusal_texts
from support.apis import Rest
from support.personas import Cast
from support.provider import Provider, by_public_key, signed

# RFC 6749, section 5.2.
SAYABLE = re.compile(r"[\x20-\x21\x23-\x5b\x5d-\x7e]+")
GOOGLE = {"profile": "google", "tenant": {"claim": "hd", "value": "voorbeeld.example"}}


def told(response: httpx.Response) -> str:
    """What a refusal says, if it says it as OAuth has it."""
    body = response.json()
    assert (400, "invalid_request") == (response.status_code, body["error"])
    assert SAYABLE.fullmatch(body["error_description"])
    return str(body["error_description"])


@pytest.mark.parametrize(
    ("registration", "header", "claims", "says"),
    [
        ({}, {}, {"aud": "another"}, "does not name `peil`"),
        ({}, {}, {"aud": None}, "does not name `peil`"),
        (GOOGLE, {}, {"hd": "ander.example"}, "The claim hd of the token does not say `voorbeeld.example`"),
        (GOOGLE, {}, {}, "The claim hd of the token does not say `voorbeeld.example`"),
        ({}, {"typ": "dpop+jwt"}, {}, "none of an access token or ID token of this issuer (profile generic)"),
        ({}, {"kid": None}, {}, "No key that the issuer publishes has the kid of the token. See by POST /v1/issuers/"),
        (
            {},
            {"kid": "gone"},
            {},
            "No key that the issuer publishes has the kid of the token. See by POST /v1/issuers/",
        ),
        ({}, {"alg": "PS256"}, {}, "none of RS256, ES256, which are registered for the issuer"),
        ({}, {}, {"exp": int(time.time()) - 5}, "The token is over"),
        ({}, {}, {"exp": int(time.time()) + 180_000}, "longer than a day"),
        ({}, {}, {"exp": None}, "exp and iat of the token have to be there"),
        ({}, {}, {"sub": None}, "The token has no claim sub with text"),
        ({"profile": "entra"}, {"typ": "JWT"}, {}, "The token has no claim oid with text"),
        ({}, {}, {"sub": "nobody"}, "Nobody in the directory has as externalId what the claim sub of the token says"),
        ({"directoryAttribute": "userName"}, {}, {}, "Nobody in the directory has as userName"),
    ],
)
async def test_it_says_what_is_wrong_with_the_token(
    cast: Cast, registration: dict[str, Any], header: dict[str, Any], claims: dict[str, Any], says: str
) -> None:
    """What the employer's registration expects, and what to do."""
    async with registered(cast, algorithms=["RS256", "ES256"], **registration) as (provider, issuer_id):
        key = provider.keys["rsa"]
        token = signed(header_of(**header), claims_of(provider, **claims), key)

        said = told(await exchange(cast.house, await backend(cast), token))

    assert says in said
    assert said.endswith(".")
    assert "/v1/issuers/" not in said or issuer_id in said


async def test_a_token_that_was_changed(cast: Cast) -> None:
    """By another key, or with a MAC for which the public key is the secret."""
    async with registered(cast) as (provider, _):
        client = await backend(cast)
        forged = signed(header_of(), claims_of(provider), provider.keys["next"])
        confused = by_public_key(header_of(), claims_of(provider), provider.keys["rsa"])  # type: ignore[arg-type]  # it is an RSA key

        said = [told(await exchange(cast.house, client, token)) for token in (forged, confused)]

    assert "is not by the key that the issuer publishes" in said[0]
    assert "none of RS256" in said[1]


@pytest.mark.parametrize("token", ["x" * 50, "x" * 17_000, "a.b.c" * 10, "opaque"])
async def test_what_is_no_jwt(cast: Cast, token: str) -> None:
    """An access token that only its issuer can read, a refresh token, or rubbish."""
    assert "subject_token is no JWT" in told(await exchange(cast.house, await backend(cast), token))


async def test_an_issuer_that_waits_or_is_revoked(cast: Cast) -> None:
    """The administrator has to confirm what a vendor registered; and of a revoked one it is said."""
    provider = Provider()
    provider.url = "https://inloggen.voorbeeld.example"
    token = provider.sign(header_of(), claims_of(provider))
    client, new = await backend(cast), {"issuer": provider.url, "audience": "peil", "directoryAttribute": "externalId"}
    made = (await Rest(cast.vendor).create_issuer(new)).must()

    waiting = told(await exchange(cast.house, client, token))
    (await Rest(cast.administrator).revoke_issuer(made["issuerId"])).must()
    revoked = told(await exchange(cast.house, client, token))

    assert f"POST /v1/issuers/{made['issuerId']}/confirm" in waiting
    assert "The issuer has been revoked" in revoked


async def test_nobody_learns_what_another_employer_registered(cast: Cast, stranger: Cast) -> None:
    """Their issuer, forged or not, is told as one that is nowhere; and a shared one by the own audience only."""
    async with registered(cast) as (provider, _):
        theirs, away = await backend(stranger), Provider()
        away.url = "https://nergens.example"
        good = provider.sign(header_of(), claims_of(provider))
        forged = signed(header_of(), claims_of(provider), provider.keys["next"])
        nowhere = away.sign(header_of(), claims_of(away))

        said = [told(await exchange(cast.house, theirs, token)) for token in (good, forged, nowhere)]
        new = {"issuer": provider.url, "audience": "ons-peil", "directoryAttribute": "externalId"}
        (await Rest(stranger.administrator).create_issuer(new)).must()
        shared = [told(await exchange(cast.house, theirs, token)) for token in (good, forged)]

    assert [1] * 3 == [text.count("has no issuer `http") for text in said]
    assert 1 == len({text.replace(provider.url, "…").replace(away.url, "…") for text in said})
    assert 1 == len(set(shared))
    assert "does not name `ons-peil`" in shared[0]


async def test_own_tokens_are_not_a_persons(cast: Cast) -> None:
    """A client's own token makes a widget's at most."""
    client = await backend(cast)
    own = await cast.house.sign_in(client["clientId"], client["clientSecret"])

    assert "subject_token is one of Peil's own" in told(await exchange(cast.house, client, own))


async def test_groups_that_were_left_out_give_no_scope(cast: Cast) -> None:
    """Entra ID leaves more than 200 out: the exchange works for what everybody may, and else says so."""
    async with registered(cast, profile="entra", roleClaim="groups", roleMapping={"g": "board"}) as (provider, _):
        client = await backend(cast)
        token = provider.sign(header_of(), claims_of(provider, oid="board", hasgroups=True))

        own = await exchange(cast.house, client, token)
        wide = await exchange(cast.house, client, token, scope="waves:read employers:read")

    assert 200 == own.status_code
    assert "employers:read" not in own.json()["scope"].split()
    assert "invalid_scope" == wide.json()["error"]
    assert "Entra ID left them out, so they give no role, nor employers:read" in wide.json()["error_description"]


async def test_a_scope_that_the_roles_do_not_give_is_named(cast: Cast) -> None:
    """Not the others that were asked for."""
    async with registered(cast) as (provider, _):
        token = provider.sign(header_of(), claims_of(provider))

        wide = (await exchange(cast.house, await backend(cast), token, scope="waves:read access:write")).json()

    assert "The roles of the person do not give access:write. Ask for less" in wide["error_description"]


async def test_it_is_said_in_the_callers_language(cast: Cast) -> None:
    """In the letters that OAuth has for it, whatever was registered."""
    async with registered(cast, audience='café "x" \\ λ') as (provider, _):
        client = await backend(cast)
        form = {
            "grant_type": "urn:ietf:params:oauth:grant-type:token-exchange",
            "subject_token": provider.sign(header_of(), claims_of(provider)),
            "subject_token_type": "urn:ietf:params:oauth:token-type:jwt",
        }
        auth = (client["clientId"], client["clientSecret"])
        headers = {"accept-language": "nl-NL, en;q=0.5"}
        said = told(await cast.house.http.post("/oauth/token", data=form, auth=auth, headers=headers))
        del form["subject_token"]
        lacking = told(await cast.house.http.post("/oauth/token", data=form, auth=auth, headers=headers))

    assert said.startswith("De aud van het token noemt `cafe 'x' / ?` niet, de geregistreerde audience.")
    assert "subject_token ontbreekt." == lacking


def test_every_refusal_can_be_said() -> None:
    """In both languages, in the characters of RFC 6749, and none ends without saying what to do."""
    params = {name: "x" for texts in refusal_texts._TEXTS.values() for name in re.findall(r"\{(\w+)\}", texts[0])}
    said = [
        refusal_texts.refusal_text(code, language, params) for code in refusal_texts._TEXTS for language in ["nl", "en"]
    ]

    assert [] == [text for text in said if not SAYABLE.fullmatch(text) or not text.endswith(".") or "?" in text]
    assert [] == [code for code, texts in refusal_texts._TEXTS.items() if _holes(texts[0]) != _holes(texts[1])]


def _holes(text: str) -> set[str]:
    return set(re.findall(r"\{(\w+)\}", text))
