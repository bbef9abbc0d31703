"""Clients, issuers and the token endpoint."""

from typing import Any
from uuid import uuid4

import httpx
import msgspec
import pytest
from authlib.oauth2.rfc8414 import AuthorizationServerMetadata

from peil.access import table
from peil.access.clients.rules import ALGORITHMS
from peil.app import create_app
from peil.demo.issuer import DemoIssuer
from support.apis import Rest, Speak
from support.house import PUBLIC_URL, House, Persona, serving
from support.personas import Cast
from support.provider import NO_CLIENT


async def new_client(cast: Cast, *roles: str) -> dict[str, Any]:
    """A client with its secret."""
    created = await Rest(cast.administrator).create_client(cast.employer_id, {"name": "client", "roles": list(roles)})
    body: dict[str, Any] = created.must()
    return body


async def ask(house: House, client: tuple[str, str], **form: str) -> httpx.Response:
    """Asks for a token."""
    return await house.http.post("/oauth/token", data={"grant_type": "client_credentials"} | form, auth=client)


async def test_a_secret_is_shown_once(speak: Speak, cast: Cast) -> None:
    """The reply to the creation has it, and nothing else ever does."""
    api = speak(cast.administrator)
    created = (await api.create_client(cast.employer_id, {"name": "hris", "roles": ["hr", "hr"]})).must()

    seen = (await api.get_client(cast.employer_id, created["clientId"])).must()
    page = (await api.list_clients(cast.employer_id)).must()

    assert len(created["clientSecret"]) >= 43
    assert {**seen, "clientSecret": created["clientSecret"]} == created
    assert seen in page["items"]
    assert ("hris", ["hr"], "active") == (seen["name"], seen["roles"], seen["state"])


async def test_a_vendors_client_makes_none_that_speaks_for_others(speak: Speak, cast: Cast) -> None:
    """Only an administrator gives out roles; a vendor's client passes on its own."""
    api = speak(cast.vendor)

    council = await api.create_client(cast.employer_id, {"name": "x", "roles": ["vendor_integration", "works_council"]})
    own = await api.create_client(cast.employer_id, {"name": "x", "roles": ["vendor_integration"]})

    assert (("denied", "denied"), "ok") == ((council.word, council.code), own.word)


async def test_the_operator_takes_over_no_employer(speak: Speak, cast: Cast) -> None:
    """Once there has been an administrator it makes, changes and renews no client there; it still revokes one."""
    api, employer_id = speak(cast.operator), cast.employer_id
    made = [await new_client(cast, role) for role in ("administrator", "vendor_integration")]
    tried = [
        await api.create_client(employer_id, {"name": "x", "roles": [role]})
        for role in ("administrator", "vendor_integration")
    ]
    for one in made:
        tried.append(await api.create_client_secret(employer_id, one["clientId"], {}))
        tried.append(await api.update_client(employer_id, one["clientId"], {"name": "x"}, if_match="*"))
    [administrator, _] = made
    revoked = await api.revoke_client(employer_id, administrator["clientId"])
    again = await api.create_client(employer_id, {"name": "x", "roles": ["administrator"]})

    assert ["administrator-exists"] * 7 == [one.code for one in (*tried, again)]
    assert "revoked" == revoked.must()["state"]


@pytest.mark.parametrize("role", ["hr", "works_council", "board"])
async def test_the_operator_makes_no_client_that_speaks_for_others(speak: Speak, cast: Cast, role: str) -> None:
    """It brings in an administrator or a vendor, and whoever speaks for the employer is the employer's to say."""
    api = speak(cast.operator)
    employer_id = (await api.create_employer({"name": "Nieuw BV"})).must()["employerId"]

    refused = await api.create_client(employer_id, {"name": "x", "roles": ["administrator", role]})
    own = await api.create_client(employer_id, {"name": "x", "roles": ["administrator", "vendor_integration"]})

    assert ("denied", "ok") == (refused.word, own.word)
    assert refused.findings in ([], [("/roles/1", "role-not-yours")])


async def test_nobody_revokes_a_client_they_could_not_make(speak: Speak, cast: Cast) -> None:
    """A vendor cannot lock the administrator out, nor the operator the works council."""
    administrator, council, vendor = [
        (await new_client(cast, role))["clientId"] for role in ("administrator", "works_council", "vendor_integration")
    ]
    tries = [
        (cast.vendor, administrator),
        (cast.vendor, council),
        (cast.vendor, vendor),
        (cast.operator, council),
        (cast.operator, administrator),
        (cast.administrator, council),
    ]

    words = [(await speak(who).revoke_client(cast.employer_id, client_id)).word for who, client_id in tries]

    assert ["denied", "denied", "ok", "denied", "ok", "ok"] == words


async def test_a_revoked_client_stops_working(speak: Speak, cast: Cast) -> None:
    """Its tokens, its secret, and a second revocation."""
    created = await new_client(cast, "hr")
    client = created["clientId"], created["clientSecret"]
    persona = Persona(cast.house.http, await cast.house.sign_in(*client))
    before = await speak(persona).list_waves()

    revoked = (await speak(cast.administrator).revoke_client(cast.employer_id, client[0])).must()
    after = await speak(persona).list_waves()
    again = await speak(cast.administrator).revoke_client(cast.employer_id, client[0])
    refused = await ask(cast.house, client)

    assert ("ok", "revoked", "unauthenticated") == (before.word, revoked["state"], after.word)
    assert ("refused", "client-revoked") == (again.word, again.code)
    assert (401, "invalid_client") == (refused.status_code, refused.json()["error"])


async def test_an_issuer_is_registered_once(speak: Speak, cast: Cast, stranger: Cast) -> None:
    """Issuer and audience are one employer's in the whole service; another audience is another registration."""
    new = {
        "issuer": f"https://login.example/{uuid4()}",
        "audience": "peil",
        "jwksUrl": "https://login.example/keys",
        "identityClaim": "oid",
        "directoryAttribute": "userName",
    }
    first = (await speak(cast.administrator).create_issuer(new)).must()

    again = [await speak(who.administrator).create_issuer(new) for who in (cast, stranger)]
    other = await speak(stranger.administrator).create_issuer(new | {"audience": "another"})

    assert [("refused", "issuer-taken")] * 2 == [(one.word, one.code) for one in again]
    assert "ok" == other.word
    assert first == (await speak(cast.administrator).get_issuer(first["issuerId"])).must()


async def test_an_issuer_of_a_vendor_waits_for_the_administrator(speak: Speak, cast: Cast) -> None:
    """Until then it signs nobody in, whatever roles it would give; a revoked one never again."""
    administrator, vendor = speak(cast.administrator), speak(cast.vendor)
    new = DemoIssuer("https://login.example/" + str(uuid4()), audience="peil")
    async with serving(new) as url:
        registered = (
            await vendor.create_issuer(
                {
                    "issuer": new.url,
                    "audience": "peil",
                    "jwksUrl": f"{url}/jwks",
                    "identityClaim": "sub",
                    "directoryAttribute": "externalId",
                    "roleClaim": "groups",
                    "roleMapping": {"all": "works_council"},
                }
            )
        ).must()
        issuer_id = registered["issuerId"]
        person = speak(Persona(cast.house.http, new.token("employee", groups=["all"])))

        words = [(await person.list_audit()).word]
        own = await vendor.confirm_issuer(issuer_id)
        confirmed = (await administrator.confirm_issuer(issuer_id)).must()
        words.append((await person.list_audit()).word)
        again = [await administrator.confirm_issuer(issuer_id), await vendor.revoke_issuer(issuer_id)]
        revoked = (await administrator.revoke_issuer(issuer_id)).must()
        words.append((await person.list_audit()).word)
        again += [await administrator.revoke_issuer(issuer_id), await administrator.confirm_issuer(issuer_id)]

    assert ["unauthenticated", "ok", "unauthenticated"] == words
    assert ["inactive", "active", "revoked"] == [one["state"] for one in (registered, confirmed, revoked)]
    assert ["denied", "issuer-not-waiting", "denied", "issuer-revoked", "issuer-not-waiting"] == [
        one.code for one in (own, *again)
    ]
    assert [f"issuer.{word}" for word in ("created", "confirmed", "revoked")] == await told_of(cast, issuer_id)


async def test_what_is_not_active_keeps_nobody_from_registering(speak: Speak, cast: Cast, stranger: Cast) -> None:
    """Neither an issuer that waits nor one that is revoked; and it cannot be confirmed beside the other."""
    new = {
        "issuer": f"https://login.example/{uuid4()}",
        "audience": "peil",
        "jwksUrl": "https://login.example/keys",
        "identityClaim": "oid",
        "directoryAttribute": "userName",
    }
    foreign, own = speak(stranger.administrator), speak(cast.administrator)
    waiting = (await speak(stranger.vendor).create_issuer(new)).must()

    first = (await own.create_issuer(new)).must()
    beside = await foreign.confirm_issuer(waiting["issuerId"])
    (await own.revoke_issuer(first["issuerId"])).must()

    assert ("refused", "issuer-taken") == (beside.word, beside.code)
    assert "active" == (await foreign.confirm_issuer(waiting["issuerId"])).must()["state"]


async def told_of(cast: Cast, issuer_id: str) -> list[str]:
    """The types of the events about an issuer, in order."""
    await cast.house.work()
    feed = (await Rest(cast.administrator).list_events(limit=200)).must()
    subject = f"issuers/{issuer_id}"
    return [one["type"].removeprefix("nl.peil.") for one in feed["items"] if one["subject"] == subject]


@pytest.mark.parametrize("place", ["issuer", "jwksUrl"])
async def test_outside_of_tests_an_issuer_is_reached_by_https(cast: Cast, place: str) -> None:
    """Neither its name nor its keys may come over a line that anybody can write on."""
    settings = msgspec.structs.replace(cast.house.settings, allow_loopback=False)
    application = create_app(msgspec.structs.replace(cast.house.parts, settings=settings))
    transport = httpx.ASGITransport(app=application)
    new = {
        "issuer": "https://login.example",
        "audience": "peil",
        "jwksUrl": "https://login.example/keys",
        "identityClaim": "oid",
        "directoryAttribute": "userName",
    }
    async with httpx.AsyncClient(transport=transport, base_url=PUBLIC_URL) as http:
        api = Rest(Persona(http, cast.administrator.token))
        refused = await api.create_issuer(new | {place: "http://login.example"})

    assert ("refused", [(f"/{place}", "not-https")]) == (refused.word, refused.findings)


async def test_a_token_has_what_the_client_may(house: House, cast: Cast) -> None:
    """Every scope of its roles, or those that were asked for."""
    created = await new_client(cast, "works_council")
    client = created["clientId"], created["clientSecret"]

    everything = await ask(house, client)
    some = await ask(house, client, scope="waves:read policy:read", resource=PUBLIC_URL)

    assert set(table.reaches(frozenset({"works_council"}))) == set(everything.json()["scope"].split())
    assert "policy:read waves:read" == some.json()["scope"]
    assert ("Bearer", 600) == (some.json()["token_type"], some.json()["expires_in"])
    assert ("no-store", "application/json") == (some.headers["cache-control"], some.headers["content-type"])


async def test_nobody_learns_which_clients_there_are(house: House, cast: Cast) -> None:
    """A wrong secret, an unknown client, a revoked one and an id that is none are answered alike."""
    known, revoked = await new_client(cast, "hr"), await new_client(cast, "hr")
    (await Rest(cast.administrator).revoke_client(cast.employer_id, revoked["clientId"])).must()
    tries = [
        (known["clientId"], "wrong"),
        (str(uuid4()), known["clientSecret"]),
        (revoked["clientId"], revoked["clientSecret"]),
        ("nobody", "wrong"),
    ]

    answers = [await ask(house, one) for one in tries]

    assert {(401, NO_CLIENT, 'Basic realm="peil"')} == {
        (one.status_code, one.content, one.headers["www-authenticate"]) for one in answers
    }


@pytest.mark.parametrize(
    ("form", "status", "error"),
    [
        ({"grant_type": ""}, 400, "invalid_request"),
        ({"grant_type": "password"}, 400, "unsupported_grant_type"),
        ({"scope": "everything"}, 400, "invalid_scope"),
        ({"scope": "waves:read access:write"}, 400, "invalid_scope"),
        ({"scope": " "}, 400, "invalid_scope"),
        ({"resource": "https://other.example"}, 400, "invalid_target"),
    ],
)
async def test_oauth_errors_are_oauths(
    house: House, standing: Cast, form: dict[str, str], status: int, error: str
) -> None:
    """RFC 6749, section 5.2, and RFC 8707, section 2; an empty field counts as none."""
    created = await new_client(standing, "hr")

    response = await ask(house, (created["clientId"], created["clientSecret"]), **form)

    assert (status, error) == (response.status_code, response.json()["error"])
    assert "no-store" == response.headers["cache-control"]


@pytest.mark.parametrize(
    "content", [b"grant_type=client_credentials&grant_type=client_credentials", b"%", b"\xff", b"a", b""]
)
async def test_what_is_no_form_is_an_invalid_request(house: House, standing: Cast, content: bytes) -> None:
    """Doubled fields (section 3.2) and bytes that mean nothing."""
    created = await new_client(standing, "hr")

    response = await house.http.post(
        "/oauth/token",
        content=content,
        auth=(created["clientId"], created["clientSecret"]),
        headers={"content-type": "application/x-www-form-urlencoded"},
    )

    assert (400, "invalid_request") == (response.status_code, response.json()["error"])


async def test_what_the_edge_refuses_is_an_oauth_error_too(house: House) -> None:
    """An OAuth library reads `error`, whoever in the service has refused."""
    media_type = await house.http.post("/oauth/token", json={})
    size = await house.http.post("/oauth/token", data={"scope": "x" * 40_000})

    assert [(415, "invalid_request"), (413, "invalid_request")] == [
        (one.status_code, one.json()["error"]) for one in (media_type, size)
    ]


@pytest.mark.parametrize("header", [None, "Basic", "Basic !", "Basic Og==", "Bearer x", "Basic eA=="])
async def test_a_client_proves_itself_in_the_header(house: House, header: str | None) -> None:
    """Without a proof: `invalid_client`, and how to prove it."""
    response = await house.http.post(
        "/oauth/token",
        data={"grant_type": "client_credentials"},
        headers={"authorization": header} if header else {},
    )

    assert (401, "invalid_client") == (response.status_code, response.json()["error"])
    assert response.headers["www-authenticate"].startswith("Basic")


async def test_the_metadata_is_what_the_rfcs_say(house: House) -> None:
    """RFC 8414 by Authlib's validation, as of a deployment; RFC 9728 by its section 2, member by member."""
    texts = [
        (await house.http.get(f"/.well-known/{name}")).text.replace("http://", "https://")
        for name in ("oauth-authorization-server", "oauth-protected-resource")
    ]
    server, resource = (msgspec.json.decode(text) for text in texts)
    url = "https://peil.test"

    # There is no authorization endpoint, so no response type; Authlib takes an empty list for a missing one.
    assert [] == server["response_types_supported"]
    AuthorizationServerMetadata(server | {"response_types_supported": ["code"]}).validate()
    own = {"protected_resources", "authorization_details_types_supported", "dpop_signing_alg_values_supported"}
    assert set(AuthorizationServerMetadata.REGISTRY_KEYS) | own >= server.keys()
    assert {"token_endpoint", "revocation_endpoint", "jwks_uri", "grant_types_supported", *own} <= server.keys()
    assert [resource["resource"]] == server["protected_resources"]
    assert {
        "resource": url,
        "resource_name": "Peil",
        "authorization_servers": [server["issuer"]],
        "scopes_supported": sorted(table.SCOPES),
        "bearer_methods_supported": ["header"],
        "authorization_details_types_supported": ["peil_widget"],
        "dpop_signing_alg_values_supported": list(ALGORITHMS),
        "dpop_bound_access_tokens_required": False,
        "resource_forms": [url, f"{url}/v1/employers/{{employerId}}", f"{url}/v1/vendors/{{vendorId}}"],
    } == resource
    for name in ("token_endpoint", "revocation_endpoint"):
        assert 400 <= (await house.http.post(server[name].removeprefix(url), data={"token": "x"})).status_code < 500
        assert server["token_endpoint_auth_methods_supported"] == server["revocation_endpoint_auth_methods_supported"]


async def test_a_refusal_says_where_to_read_on(house: House, standing: Cast) -> None:
    """RFC 9728, section 5.1: without a token, with a wrong one, with one of too few scopes; for the last, which."""
    wrong = Persona(house.http, "x" * 50)
    answers = [await who.get("/waves") for who in (house.anonymous, wrong, standing.administrator)]

    told = [one.headers["www-authenticate"] for one in answers]
    where = f'resource_metadata="{PUBLIC_URL}/.well-known/oauth-protected-resource"'
    assert [401, 401, 403] == [one.status_code for one in answers]
    assert all(where in one for one in told)
    assert ["error=" in told[0], 'error="invalid_token"' in told[1]] == [False, True]
    assert told[2].endswith('error="insufficient_scope", scope="waves:read"')


async def test_everything_can_be_found_from_the_resource(house: House) -> None:
    """RFC 9728 leads to RFC 8414, and that to the keys, which are public and sign the tokens."""
    resource = (await house.http.get("/.well-known/oauth-protected-resource")).json()
    server = (await house.http.get("/.well-known/oauth-authorization-server")).json()
    jwks = (await house.http.get(server["jwks_uri"].removeprefix(PUBLIC_URL))).json()

    assert [PUBLIC_URL] == resource["authorization_servers"] == [server["issuer"]]
    assert f"{PUBLIC_URL}/oauth/token" == server["token_endpoint"]
    assert sorted(table.SCOPES) == server["scopes_supported"] == resource["scopes_supported"]
    assert house.parts.token_keys.newest.kid in [key["kid"] for key in jwks["keys"]]
    assert not {"d", "p", "q", "dp", "dq", "qi"} & {name for key in jwks["keys"] for name in key}
