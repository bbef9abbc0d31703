"""An issuer that several employers have: nobody takes another one's people, by whatever they register."""

from collections.abc import AsyncIterator
from typing import Any

import pytest

from cases.test_providers import header_of, word_of
from cases.test_sign_in import backend, claims_of, exchange, registered
from peil.access.issuers import rules
from support.apis import Rest, Speak
from support.house import Persona
from support.personas import Cast
from support.provider import Provider


def new_of(provider: Provider, **more: Any) -> dict[str, Any]:
    return {"issuer": provider.url, "audience": "peil", "directoryAttribute": "externalId"} | more


def tenant(claim: str, value: str) -> dict[str, Any]:
    return {"tenant": {"claim": claim, "value": value}}


@pytest.fixture
async def shared(cast: Cast) -> AsyncIterator[Provider]:
    """A provider whose tokens are all this employer's."""
    async with registered(cast) as (provider, _):
        yield provider


@pytest.mark.parametrize("claim", ["iss", "aud", "sub", "azp", "oid", "email"])
async def test_a_tenant_is_named_by_a_claim_of_tenants(speak: Speak, standing: Cast, claim: str) -> None:
    """What says something of the token, the page or the person says nothing of an organisation."""
    new = {"issuer": "https://login.example", "audience": "peil", "directoryAttribute": "externalId"}

    refused = await speak(standing.administrator).create_issuer(new | tenant(claim, "x"), language="nl")

    assert ("refused", [("/tenant/claim", "no-tenant-claim")]) == (refused.word, refused.findings)
    assert f"`{claim}` zegt niet van welke organisatie" in str(refused.body)


async def test_nobody_registers_what_all_of_is_anothers(
    speak: Speak, cast: Cast, stranger: Cast, shared: Provider
) -> None:
    """Neither with a tenant nor without, at once or by confirming; their people stay theirs."""
    api = speak(stranger.administrator)
    told = [await api.create_issuer(new_of(shared, **one)) for one in ({}, tenant("hd", "x"))]
    waiting = (await speak(stranger.vendor).create_issuer(new_of(shared, **tenant("hd", "x")))).must()
    confirmed = await api.confirm_issuer(waiting["issuerId"])
    token = shared.sign(header_of(), claims_of(shared, hd="x"))
    units = (await speak(Persona(cast.house.http, token)).list_units()).must()["items"]

    assert ["issuer-taken"] * 3 == [one.code for one in (*told, confirmed)]
    assert cast.units["field"] == units[0]["unitId"]


async def test_who_names_a_tenant_is_not_overtaken_by_another_claim(speak: Speak, cast: Cast, stranger: Cast) -> None:
    """Only the same claim with another value tells two employers apart."""
    async with registered(cast, **tenant("hd", "one.example")) as (provider, _):
        api = speak(stranger.administrator)
        told = [
            await api.create_issuer(new_of(provider, **one))
            for one in ({}, tenant("org", "1"), tenant("hd", "one.example"))
        ]
        apart = await api.create_issuer(new_of(provider, **tenant("hd", "two.example")))

    assert ["issuer-taken"] * 3 == [one.code for one in told]
    assert "active" == apart.must()["state"]


async def test_an_employer_may_have_all_and_a_tenant(speak: Speak, cast: Cast, shared: Provider) -> None:
    """Its own registrations are its own matter: who names a tenant comes first."""
    new = new_of(shared, **tenant("hd", "x"), roleClaim="hd", roleMapping={"x": "board"})
    (await speak(cast.administrator).create_issuer(new)).must()
    tokens = [shared.sign(header_of(), claims_of(shared, sub="board", hd=hd)) for hd in ("x", "y")]

    words = [(await speak(Persona(cast.house.http, token)).list_employers()).word for token in tokens]

    assert ["ok", "denied"] == words


async def test_a_token_of_two_employers_is_nobodys(
    speak: Speak, cast: Cast, stranger: Cast, caplog: pytest.LogCaptureFixture
) -> None:
    """As Keycloak can name two audiences: the older registration does not win, and the exchange says why."""
    provider = Provider()
    async with registered(stranger, provider, audience="portal"):
        (await Rest(cast.administrator).create_issuer(new_of(provider))).must()
        both, own = [provider.sign(header_of(), claims_of(provider, aud=aud)) for aud in (["peil", "portal"], "peil")]
        words = [await word_of(speak, cast, token) for token in (both, own)]
        said = (await exchange(cast.house, await backend(cast), both)).json()["error_description"]

    assert ["unauthenticated", "ok"] == words
    assert "The token fits what another employer has registered of this issuer too" in said
    assert "fit two employers" in caplog.text
    assert both not in caplog.text


SHARED = [
    "account",
    "broker",
    "realm-management",
    "00000003-0000-0000-c000-000000000000",
    "00000003-0000-0000-C000-000000000000",
    "https://graph.microsoft.com",
    "https://graph.microsoft.com/",
    "https://graph.windows.net/",
]


@pytest.mark.parametrize("audience", SHARED)
async def test_nobody_registers_an_audience_of_everybody(speak: Speak, standing: Cast, audience: str) -> None:
    """What a product puts into all its tokens would make other employers' people nobody's; a vendor may not either."""
    new = {"issuer": "https://login.example", "audience": audience, "directoryAttribute": "externalId"}

    told = [
        await speak(standing.administrator).create_issuer(new, language="nl"),
        await speak(standing.vendor).create_issuer(new, language="en"),
    ]

    assert [("refused", [("/audience", "shared-audience")])] * 2 == [(one.word, one.findings) for one in told]
    assert "een audience toevoegen die alleen van Peil is" in str(told[0].body)
    assert "add an audience that is Peil's own" in str(told[1].body)


@pytest.mark.parametrize("audience", ["api://default", "peil", "accounts", "my-account", "https://graph.example"])
async def test_an_audience_of_ones_own_is_registered(speak: Speak, cast: Cast, audience: str) -> None:
    """That of Okta's own server too, and one that only begins or ends like another."""
    new = {"issuer": f"https://{cast.employer_id}.example", "audience": audience, "directoryAttribute": "externalId"}

    made = await speak(cast.administrator).create_issuer(new)

    assert audience == made.must()["audience"]


async def test_an_audience_of_everybody_from_before_is_not_confirmed(
    speak: Speak, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What a vendor registered earlier stays inactive; how it is read can be changed, and it can be revoked."""
    new = {"issuer": "https://login.example", "audience": "account", "directoryAttribute": "externalId"}
    with monkeypatch.context() as before:
        before.setattr(rules, "_EVERYBODYS", "")
        issuer_id = (await speak(cast.vendor).create_issuer(new)).must()["issuerId"]
    api = speak(cast.administrator)

    confirmed = await api.confirm_issuer(issuer_id, language="en")
    changed = await api.update_issuer(issuer_id, {"directoryAttribute": "userName"}, if_match="*")
    revoked = await api.revoke_issuer(issuer_id)

    assert ("refused", "shared-audience") == (confirmed.word, confirmed.code)
    assert ("inactive", "revoked") == (changed.must()["state"], revoked.must()["state"])


async def test_what_was_registered_before_counts_for_neither(
    speak: Speak, cast: Cast, stranger: Cast, shared: Provider, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A registration that would be refused now does not take anybody over."""
    monkeypatch.setattr(rules, "is_taken", lambda *_: False)
    monkeypatch.setattr(rules, "_ABOUT_ELSE", "")
    (await Rest(stranger.administrator).create_issuer(new_of(shared, **tenant("iss", shared.url)))).must()

    assert "unauthenticated" == await word_of(speak, cast, shared.sign(header_of(), claims_of(shared)))


@pytest.mark.parametrize(
    "claim",
    ["email", "Email", "preferred_username", "upn", "unique_name", "name", "user.email", "https://x.example/upn"],
)
async def test_nobody_is_named_by_what_changes(speak: Speak, standing: Cast, claim: str) -> None:
    """An e-mail address or a name is somebody else's later; on a registration and on a change."""
    new = {"issuer": "https://login.example", "audience": "peil", "directoryAttribute": "userName"}
    api = speak(standing.administrator)
    [issuer, *_] = (await api.list_issuers()).must()["items"]

    created = await api.create_issuer(new | {"identityClaim": claim}, language="nl")
    changed = await api.update_issuer(issuer["issuerId"], {"identityClaim": claim}, if_match="*", language="en")

    assert [[("/identityClaim", "identity-changes")]] * 2 == [created.findings, changed.findings]
    assert f"`{claim}` verandert, of wordt later van een ander" in str(created.body)
    assert f"`{claim}` changes, or is somebody else's later" in str(changed.body)


@pytest.mark.parametrize("claim", ["oid", "sub", "employee.number", "email_id"])
async def test_what_stays_may_name_a_person(speak: Speak, cast: Cast, claim: str) -> None:
    """A claim of the company's own, or one that only begins like an address."""
    new = {"issuer": "https://login.example", "audience": cast.employer_id, "directoryAttribute": "userName"}

    made = await speak(cast.administrator).create_issuer(new | {"identityClaim": claim})

    assert claim == made.must()["identityClaim"]
