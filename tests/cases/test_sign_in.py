"""Sign-in by the product that a company uses: found by discovery, read in its own way, told what goes wrong."""

import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import httpx
import pytest

from cases.programme import people_of
from cases.test_providers import header_of, word_of
from support.apis import Rest, Speak
from support.house import House, Persona, serving
from support.personas import Cast
from support.provider import Provider, signed


@asynccontextmanager
async def registered(cast: Cast, made: Provider | None = None, /, **more: Any) -> AsyncIterator[tuple[Provider, str]]:
    """A provider that runs, and the id under which the employer has registered it."""
    made = made or Provider()
    async with serving(made) as url:
        made.live_at(url)
        new = {"issuer": made.url, "audience": "peil", "directoryAttribute": "externalId"} | more
        created = (await Rest(cast.administrator).create_issuer(new)).must()
        yield made, created["issuerId"]


def claims_of(provider: Provider, **changed: Any) -> dict[str, Any]:
    now = int(time.time())
    claims = {"iss": provider.url, "aud": "peil", "sub": "employee", "iat": now, "exp": now + 600} | changed
    return {name: value for name, value in claims.items() if value is not None}


# As the products write their tokens (header, claims), shortened to what is looked at, and the role claim of each.
PRODUCTS: dict[str, tuple[dict[str, Any], dict[str, Any]]] = {
    "entra": ({"typ": "JWT"}, {"oid": "board", "tid": "t", "sub": "x", "roles": ["Board"], "ver": "2.0"}),
    "okta": ({"typ": None}, {"uid": "board", "sub": "b@voorbeeld.example", "groups": ["Board"], "cid": "0oa"}),
    "keycloak": ({"typ": "JWT"}, {"sub": "board", "typ": "Bearer", "realm_access": {"roles": ["Board"]}}),
    "generic": ({"typ": "at+jwt"}, {"sub": "board"}),
    # As LemonLDAP::NG writes the type, and with the nonce that authentik leaves in access tokens.
    "generic in capitals": ({"typ": "at+JWT"}, {"sub": "board", "nonce": "n"}),
    "generic with a scope": ({"typ": "JWT"}, {"sub": "board", "nonce": "n", "scope": "openid"}),
}


@pytest.mark.parametrize("profile", PRODUCTS)
async def test_a_product_needs_its_name_only(speak: Speak, cast: Cast, profile: str) -> None:
    """Its keys are found by discovery, the person and the roles where the product writes them."""
    header, claims = PRODUCTS[profile]
    profile = profile.split()[0]
    mapping = {} if profile == "generic" else {"roleMapping": {"Board": "board"}}
    async with registered(cast, profile=profile, **mapping) as (provider, _):
        token = provider.sign(header_of(**header), claims_of(provider, **claims))

        seen = (await speak(Persona(cast.house.http, token)).list_campaigns()).word
        employer = (await speak(Persona(cast.house.http, token)).list_employers()).word

    assert "ok" == seen
    assert ("denied" if profile == "generic" else "ok") == employer


@pytest.mark.parametrize(
    ("profile", "header", "claims"),
    [
        ("keycloak", {"typ": "JWT"}, {"sub": "employee", "typ": "ID"}),
        ("keycloak", {"typ": "JWT"}, {"sub": "employee", "typ": "Refresh"}),
        ("keycloak", {"typ": "JWT"}, {"sub": "employee"}),
        ("entra", {"typ": None}, {"oid": "employee"}),
        ("entra", {"typ": "JWT"}, {"sub": "employee"}),
        ("entra", {"typ": "JWT"}, {"oid": "employee", "nonce": "n"}),
        ("generic", {"typ": "JWT"}, {"sub": "employee", "nonce": "n"}),
        ("generic", {"typ": None}, {"sub": "employee", "at_hash": "h"}),
        ("okta", {"typ": "JWT"}, {"sub": "employee"}),
        ("google", {"typ": "JWT"}, {"sub": "employee", "hd": "voorbeeld.example"}),
    ],
)
async def test_what_is_no_access_token_of_the_product_is_refused(
    speak: Speak, cast: Cast, profile: str, header: dict[str, Any], claims: dict[str, Any]
) -> None:
    """An ID or refresh token, another type, or a person by a claim that may change."""
    tenant: dict[str, Any] = {"tenant": {"claim": "hd", "value": "voorbeeld.example"}} if profile == "google" else {}
    async with registered(cast, profile=profile, **tenant) as (provider, _):
        token = provider.sign(header_of(**header), claims_of(provider, **{"sub": None} | claims))

        assert "unauthenticated" == await word_of(speak, cast, token)


async def test_what_is_registered_later_profiles_leave_alone(speak: Speak, cast: Cast) -> None:
    """The registration says what its profile said, and its own words come first."""
    async with registered(cast, profile="entra", roleClaim="groups") as (_, issuer_id):
        seen = (await speak(cast.administrator).get_issuer(issuer_id)).must()

    assert ("oid", "groups", None) == (seen["identityClaim"], seen["roleClaim"], seen["jwksUrl"])


async def test_tenants_of_one_issuer_are_kept_apart(speak: Speak, cast: Cast, stranger: Cast) -> None:
    """Two employers with the same issuer and audience: the claim tells whose token it is; without it, nobody's."""
    shared = Provider()
    async with serving(shared) as url:
        shared.live_at(url)
        new = {"issuer": shared.url, "audience": "peil", "directoryAttribute": "externalId", "profile": "generic"}
        for who, value in ((cast, "one.example"), (stranger, "two.example")):
            tenant = {"tenant": {"claim": "hd", "value": value}}
            (await Rest(who.administrator).create_issuer(new | tenant)).must()
        taken = await Rest(stranger.administrator).create_issuer(
            new | {"tenant": {"claim": "hd", "value": "one.example"}}
        )
        units = []
        domains: list[Any] = ["one.example", "two.example", "three.example", None, 7]
        for domain in domains:
            token = shared.sign(header_of(), claims_of(shared, hd=domain))
            told = await speak(Persona(cast.house.http, token)).list_units()
            units.append(told.body["items"][0]["unitId"] if told.word == "ok" else told.word)

    assert ("refused", "issuer-taken") == (taken.word, taken.code)
    assert [cast.units["field"], stranger.units["field"]] == units[:2]
    assert ["unauthenticated"] * 3 == units[2:]


async def test_a_user_name_has_no_case(speak: Speak, cast: Cast) -> None:
    """As SCIM finds people by it (RFC 7643, section 4.1.1); an external id has one."""
    await cast.hr.must(
        cast.hr.patch(f"/people/{(await people_of(cast))['employee']}", {"userName": "Jo.Visser"}, "*"), 200
    )
    words = []
    for attribute in ("userName", "externalId"):
        async with registered(cast, directoryAttribute=attribute) as (provider, _):
            said = "JO.visser" if attribute == "userName" else "EMPLOYEE"
            words.append(await word_of(speak, cast, provider.sign(header_of(), claims_of(provider, sub=said))))

    assert ["ok", "denied"] == words


async def test_an_issuer_for_everybody_needs_a_tenant(speak: Speak, standing: Cast) -> None:
    """Of Google every company has the same issuer."""
    refused = await speak(standing.administrator).create_issuer(
        {
            "issuer": "https://accounts.google.com",
            "audience": "x",
            "profile": "google",
            "directoryAttribute": "userName",
        }
    )

    assert ("refused", [("/tenant", "tenant-needed")]) == (refused.word, refused.findings)


@pytest.mark.parametrize(
    ("discovery", "outcome"),
    [
        ({}, "ok"),
        ({"issuer": "https://renamed.example"}, "issuer-differs"),
        ({"issuer": None}, "issuer-differs"),
        ({"jwks_uri": None}, "not-a-document"),
        ({"jwks_uri": "https://10.0.0.1/keys"}, "unreachable"),
        ({"jwks_uri": "file:///etc/passwd"}, "unreachable"),
        ({"jwks_uri": 7}, "not-a-document"),
    ],
)
async def test_a_check_says_what_is_found(speak: Speak, cast: Cast, discovery: dict[str, Any], outcome: str) -> None:
    """Before anybody tries to sign in, in the caller's language; and then they can, or not."""
    made = Provider()
    made.discovery = discovery
    async with registered(cast, made) as (provider, issuer_id):
        told = (await speak(cast.administrator).check_issuer(issuer_id, language="nl")).must()
        persona = Persona(cast.house.http, provider.sign(header_of(), claims_of(provider)))
        status = (await persona.get("/waves")).status_code

    assert outcome == told["outcome"]
    assert told["detail"].endswith(".")
    assert ({"ec", "ed", "rsa"} if outcome == "ok" else set()) == {key["kid"] for key in told["keys"]}
    assert (200 if outcome == "ok" else 503) == status


@pytest.mark.parametrize(
    ("keys", "more", "outcome"),
    [
        (["ec"], {}, "no-key-for-algorithms"),
        (["ec"], {"algorithms": ["ES384", "RS256"]}, "no-key-for-algorithms"),
        (["ec"], {"algorithms": ["RS256", "ES256"]}, "ok"),
        (["rsa"], {"algorithms": ["PS512"]}, "ok"),
    ],
)
async def test_a_check_looks_whether_a_key_goes_with_an_algorithm(
    speak: Speak, cast: Cast, keys: list[str], more: dict[str, Any], outcome: str
) -> None:
    """And says that people can sign in only where they can: not by what encrypts, and not where nobody confirmed it."""
    made = Provider()
    encrypting = made.public("rsa") | {"use": "enc", "kid": "enc"}
    made.published = [encrypting, *(made.public(name) for name in keys)]
    async with registered(cast, made, **more) as (_, issuer_id):
        api = speak(cast.administrator)
        told = (await api.check_issuer(issuer_id)).must()
        (await api.revoke_issuer(issuer_id)).must()
        ended = (await api.check_issuer(issuer_id)).must()

    assert (outcome, keys) == (told["outcome"], [key["kid"] for key in told["keys"]])
    assert ("not-active" if outcome == "ok" else outcome) == ended["outcome"]


async def test_a_mapping_says_where_its_values_are(speak: Speak, standing: Cast) -> None:
    """Else it gives nobody a role, and nobody is told; a product's own claim is known."""
    new: dict[str, Any] = {"issuer": "https://login.example", "audience": standing.employer_id}
    new |= {"directoryAttribute": "externalId", "roleMapping": {"OR": "works_council"}}
    api = speak(standing.administrator)

    refused = await api.create_issuer(new)
    taken = (await api.create_issuer(new | {"profile": "okta"})).must()

    assert [("/roleClaim", "role-claim-needed")] == refused.findings
    assert "groups" == taken["roleClaim"]
    assert "ok" == (await api.revoke_issuer(taken["issuerId"])).word


@pytest.mark.parametrize("published", [[], [{"kty": "oct", "kid": "x", "k": "AAAA"}]])
async def test_a_check_says_that_no_key_is_of_use(speak: Speak, cast: Cast, published: list[Any]) -> None:
    """A document that is there, with nothing in it that may be used."""
    made = Provider()
    made.published = published
    async with registered(cast, made) as (_, issuer_id):
        told = (await speak(cast.administrator).check_issuer(issuer_id)).must()

    assert ("no-usable-keys", made.url + "/keys", []) == (told["outcome"], told["jwksUrl"], told["keys"])


async def test_keys_that_vanish_take_nobody_down(
    speak: Speak, cast: Cast, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """An issuer that is renamed, empty or broken leaves the keys in use that were known; the log says what is wrong."""
    monkeypatch.setattr("peil.access.issuers.keys._FRESH", -1.0)
    monkeypatch.setattr("peil.access.issuers.keys._AGAIN", -1.0)
    async with registered(cast) as (provider, _):
        token = provider.sign(header_of(), claims_of(provider))
        words = [await word_of(speak, cast, token)]
        for change in ({"issuer": "https://renamed.example"}, {"jwks_uri": f"{provider.url}/nothing"}, {}):
            provider.discovery = change
            provider.published = [] if "jwks_uri" in change else provider.published
            cast.house.parts.authentication.forget()
            words.append(await word_of(speak, cast, token))

    assert ["ok"] * 4 == words
    assert {"issuer-differs", "no-usable-keys"} <= {record.args[1] for record in caplog.records if record.args}  # type: ignore[index]  # ours are tuples
    assert token not in caplog.text


async def test_groups_that_were_left_out_are_said(speak: Speak, cast: Cast) -> None:
    """Above 200 groups Entra ID sends none: everybody is an employee then, and a refusal says why."""
    mapping: dict[str, Any] = {"profile": "entra", "roleClaim": "groups", "roleMapping": {"g": "board"}}
    overage = {"_claim_names": {"groups": "src1"}, "_claim_sources": {"src1": {"endpoint": "https://graph.example"}}}
    async with registered(cast, **mapping) as (provider, _):
        tokens = [
            provider.sign(header_of(), claims_of(provider, oid="board", **claims))
            for claims in (overage, {"hasgroups": True}, {"groups": ["g"] * 250}, {})
        ]
        told = [await speak(Persona(cast.house.http, token)).list_employers() for token in tokens]
        own = [(await speak(Persona(cast.house.http, token)).list_waves()).word for token in tokens]

    assert [("denied", "groups-left-out")] * 2 == [(one.word, one.code) for one in told[:2]]
    assert [("ok", None), ("denied", "denied")] == [(one.word, one.code) for one in told[2:]]
    assert ["ok"] * 4 == own


async def test_scopes_are_whole_words(speak: Speak, cast: Cast) -> None:
    """A role by a scope: one string with spaces or a list, never a part of a word."""
    mapping: dict[str, Any] = {"roleClaim": "scp", "roleMapping": {"peil.board": "board"}}
    async with registered(cast, **mapping) as (provider, _):
        words = []
        for scp in ("openid peil.board", ["peil.board"], "peil.boards", "xpeil.board", "openid", ["openid peil.board"]):
            token = provider.sign(header_of(), claims_of(provider, sub="board", scp=scp))
            words.append((await speak(Persona(cast.house.http, token)).list_employers()).word)

    assert ["ok", "ok", "denied", "denied", "denied", "denied"] == words


async def test_the_administrator_sees_how_many_are_unknown(speak: Speak, cast: Cast) -> None:
    """How often, never who."""
    async with registered(cast) as (provider, issuer_id):
        for number in range(3):
            token = provider.sign(header_of(), claims_of(provider, sub=f"stranger-{number}"))
            assert "denied" == await word_of(speak, cast, token)
        seen = (await speak(cast.administrator).get_issuer(issuer_id)).must()
        listed = (await speak(cast.administrator).list_issuers()).must()["items"]

    # Each was refused once, by REST or by GraphQL.
    assert 3 == seen["notInDirectory"]
    assert seen in listed
    assert "stranger" not in str(listed)


async def test_a_mapping_changes_and_counts_within_a_minute(speak: Speak, cast: Cast) -> None:
    """Only an administrator changes what signs people in; a vendor may before it is confirmed."""
    async with registered(cast, profile="okta") as (provider, issuer_id):
        token = provider.sign(header_of(), claims_of(provider, uid="board", groups=["Board"]))
        patch = {"roleMapping": {"Board": "board"}}

        before = (await speak(Persona(cast.house.http, token)).list_employers()).word
        vendors = await speak(cast.vendor).update_issuer(issuer_id, patch, if_match="*")
        blind = await speak(cast.administrator).update_issuer(issuer_id, patch)
        changed = await speak(cast.administrator).update_issuer(issuer_id, patch, if_match="*")
        after = (await speak(Persona(cast.house.http, token)).list_employers()).word
        (await speak(cast.administrator).revoke_issuer(issuer_id)).must()
        late = await speak(cast.administrator).update_issuer(issuer_id, patch, if_match="*")

    assert ("denied", "match-required", "ok", "issuer-revoked") == (
        vendors.word,
        blind.code,
        changed.word,
        late.code,
    )
    assert ("denied", "ok") == (before, after)


async def exchange(house: House, client: dict[str, Any], token: str, **form: str) -> httpx.Response:
    sent = {
        "grant_type": "urn:ietf:params:oauth:grant-type:token-exchange",
        "subject_token": token,
        "subject_token_type": "urn:ietf:params:oauth:token-type:id_token",
    }
    return await house.http.post("/oauth/token", data=sent | form, auth=(client["clientId"], client["clientSecret"]))


async def backend(cast: Cast) -> dict[str, Any]:
    """A client of the employer's own."""
    created = await Rest(cast.administrator).create_client(cast.employer_id, {"name": "b", "roles": ["hr"]})
    body: dict[str, Any] = created.must()
    return body


async def test_an_id_token_of_google_is_exchanged(speak: Speak, cast: Cast) -> None:
    """Not used itself: the client turns it into one of ours, which has what the person may, or less."""
    tenant = {"claim": "hd", "value": "voorbeeld.example"}
    async with registered(cast, profile="google", tenant=tenant) as (provider, _):
        claims = claims_of(provider, hd="voorbeeld.example", exp=int(time.time()) + 120)
        token = provider.sign(header_of(), claims)
        client = await backend(cast)

        whole = await exchange(cast.house, client, token)
        narrow = await exchange(cast.house, client, token, scope="waves:read")
        wide = await exchange(cast.house, client, token, scope="access:write")

    told = [whole.json(), narrow.json()]
    people = [speak(Persona(cast.house.http, one["access_token"])) for one in told]
    words = [((await one.list_waves()).word, (await one.list_units()).word) for one in people]
    assert [(200, None), (200, None), (400, "invalid_scope")] == [
        (one.status_code, one.json().get("error")) for one in (whole, narrow, wide)
    ]
    assert [("ok", "ok"), ("ok", "denied")] == words
    assert "waves:read" == told[1]["scope"]
    assert {"urn:ietf:params:oauth:token-type:access_token"} == {one["issued_token_type"] for one in told}
    assert all(100 <= one["expires_in"] <= 120 for one in told)


async def test_an_exchanged_token_follows_the_person(speak: Speak, cast: Cast) -> None:
    """Who leaves, whose role is taken away, whose client or issuer is revoked: within a minute it is over."""
    async with registered(cast, profile="okta", roleMapping={"Board": "board"}) as (provider, issuer_id):
        client = await backend(cast)
        issued = await exchange(
            cast.house, client, provider.sign(header_of(), claims_of(provider, uid="board", groups=["Board"]))
        )
        persona = speak(Persona(cast.house.http, issued.json()["access_token"]))
        words = [(await persona.list_employers()).word]
        administrator = speak(cast.administrator)
        (await administrator.update_issuer(issuer_id, {"roleMapping": {"Board": None}}, if_match="*")).must()
        words.append((await persona.list_employers()).word)
        (await administrator.revoke_client(cast.employer_id, client["clientId"])).must()
        words.append((await persona.list_employers()).word)

    assert ["ok", "denied", "unauthenticated"] == words


async def test_only_the_employers_own_client_exchanges(cast: Cast, stranger: Cast) -> None:
    """Another employer's does not, nor is a client's own token or rubbish a person's."""
    async with registered(cast) as (provider, _):
        token = provider.sign(header_of(), claims_of(provider))
        mine, theirs = await backend(cast), await backend(stranger)
        own = await cast.house.sign_in(mine["clientId"], mine["clientSecret"])
        unknown = provider.sign(header_of(), claims_of(provider, sub="unknown"))
        forged = signed(header_of(), claims_of(provider), provider.keys["next"])
        tries = [(theirs, token), (mine, own), (mine, unknown), (mine, forged), (mine, "x" * 50), (mine, "x" * 9000)]

        answers = [await exchange(cast.house, client, subject) for client, subject in tries]

    assert {(400, "invalid_request")} == {(one.status_code, one.json()["error"]) for one in answers}
