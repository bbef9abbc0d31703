"""What is taken away stops working within a minute, in every process of the service."""

import asyncio
import time
from collections.abc import Awaitable, Callable
from typing import Any, NamedTuple

import httpx
import msgspec
import pytest
from joserfc.jwk import OKPKey

from cases.showing import ACCESS_TOKEN, EXCHANGE, ORIGIN, ask_in_browser, form_of, public_client
from peil import clock
from peil.access.authentication import Authentication
from peil.access.issuers.keys import IssuerKeys
from peil.app import create_app
from scim.client import provisioner_of
from support.apis import Rest
from support.house import PUBLIC_URL, House
from support.personas import Cast, cast_of
from support.provider import signed

REVOKE = "/oauth/revoke"


class Elapsed:
    """The clock by which is remembered, moved by hand."""

    def __init__(self) -> None:
        self.seconds = time.monotonic()

    def __call__(self) -> float:
        return self.seconds


class Way(NamedTuple):
    """Something that lets somebody in, and what takes it away."""

    path: str
    headers: dict[str, str]
    take_away: Callable[[], Awaitable[Any]]


@pytest.fixture
def elapsed(monkeypatch: pytest.MonkeyPatch) -> Elapsed:
    moved = Elapsed()
    monkeypatch.setattr(clock, "elapsed", moved)
    return moved


@pytest.fixture
async def cast(house: House) -> Cast:
    return await cast_of(await house.employer("Intrekken BV", origins=[ORIGIN]))


def process_beside(house: House) -> httpx.AsyncClient:
    """Another process on the same database: it hears of nothing that is done in the first."""
    authentication = Authentication(house.parts.database, house.parts.token_keys, IssuerKeys(house.parts.outbound))
    application = create_app(msgspec.structs.replace(house.parts, authentication=authentication))
    return httpx.AsyncClient(transport=httpx.ASGITransport(app=application), base_url=PUBLIC_URL)


def bearer(token: str) -> dict[str, str]:
    return {"authorization": f"Bearer {token}"}


async def made(cast: Cast, **more: Any) -> dict[str, Any]:
    new = {"name": "c", "roles": ["hr"], "origins": [ORIGIN]} | more
    created: dict[str, Any] = (await Rest(cast.administrator).create_client(cast.employer_id, new)).must()
    return created


async def issuer_of(cast: Cast) -> str:
    (issuer,) = (await Rest(cast.administrator).list_issuers()).must()["items"]
    return str(issuer["issuerId"])


async def person_token(cast: Cast, client: dict[str, Any]) -> str:
    """A person's token that a client has got for that of their own issuer."""
    form = {"grant_type": EXCHANGE, "subject_token": cast.employer.person("employee").token}
    form["subject_token_type"] = ACCESS_TOKEN
    answer = await cast.house.http.post("/oauth/token", data=form, auth=(client["clientId"], client["clientSecret"]))
    return str(answer.json()["access_token"])


async def widget_token(cast: Cast, client_id: str) -> str:
    subject = str(cast.employer.person("employee").token)
    answer = await ask_in_browser(cast.house, client_id, subject, views=["waves"])
    return str(answer.json()["access_token"])


async def leave(cast: Cast) -> None:
    people = (await Rest(cast.hr).list_people(limit=50)).must()["items"]
    (own,) = [one for one in people if one["externalId"] == "employee"]
    (await Rest(cast.hr).update_person(own["personId"], {"active": False}, if_match="*")).must()


async def client_revoked(cast: Cast) -> Way:
    client = await made(cast)
    token = await cast.house.sign_in(client["clientId"], client["clientSecret"])
    api = Rest(cast.administrator)
    return Way("/waves", bearer(token), lambda: api.revoke_client(cast.employer_id, client["clientId"]))


async def secret_revoked(cast: Cast) -> Way:
    """One that somebody saw: also what they have got for it already."""
    client, api = await made(cast), Rest(cast.administrator)
    new = (await api.create_client_secret(cast.employer_id, client["clientId"], {})).must()
    token = await cast.house.sign_in(client["clientId"], new["clientSecret"])
    return Way(
        "/waves",
        bearer(token),
        lambda: api.revoke_client_secret(cast.employer_id, client["clientId"], new["secretId"]),
    )


async def key_removed(cast: Cast) -> Way:
    keys = [OKPKey.generate_key("Ed25519", {"kid": kid}) for kid in ("old", "new")]
    told = [{**key.as_dict(private=False), "alg": "EdDSA"} for key in keys]
    client, api, now = await made(cast, keys=told), Rest(cast.administrator), int(time.time())
    claims = {"iss": client["clientId"], "sub": client["clientId"], "aud": PUBLIC_URL, "exp": now + 30, "jti": "x"}
    form = {
        "grant_type": "client_credentials",
        "client_assertion_type": "urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
        "client_assertion": signed({"alg": "EdDSA", "kid": "old"}, claims, keys[0]),
    }
    token = (await cast.house.http.post("/oauth/token", data=form)).json()["access_token"]
    # Another key under the same name is another key.
    patch = {"keys": [told[1] | {"kid": "old"}]}
    return Way(
        "/waves",
        bearer(token),
        lambda: api.update_client(cast.employer_id, client["clientId"], patch, if_match="*"),
    )


async def issuer_revoked(cast: Cast) -> Way:
    issuer_id = await issuer_of(cast)
    token = str(cast.employer.person("employee").token)
    return Way("/me/waves", bearer(token), lambda: Rest(cast.administrator).revoke_issuer(issuer_id))


async def issuer_of_an_exchanged_token_revoked(cast: Cast) -> Way:
    issuer_id = await issuer_of(cast)
    token = await person_token(cast, await made(cast))
    return Way("/me/waves", bearer(token), lambda: Rest(cast.administrator).revoke_issuer(issuer_id))


async def secret_of_an_exchange_revoked(cast: Cast) -> Way:
    client, api = await made(cast), Rest(cast.administrator)
    token = await person_token(cast, client)
    (await api.create_client_secret(cast.employer_id, client["clientId"], {})).must()
    secret_id = client["secrets"][0]["secretId"]
    return Way(
        "/me/waves",
        bearer(token),
        lambda: api.revoke_client_secret(cast.employer_id, client["clientId"], secret_id),
    )


async def person_left(cast: Cast) -> Way:
    return Way("/me/waves", bearer(str(cast.employer.person("employee").token)), lambda: leave(cast))


async def person_signed_off(cast: Cast) -> Way:
    """The server ends the token of whoever signs off."""
    client = await made(cast)
    token = await person_token(cast, client)
    auth = (client["clientId"], client["clientSecret"])
    return Way("/me/waves", bearer(token), lambda: cast.house.http.post(REVOKE, data={"token": token}, auth=auth))


async def what_it_was_made_of_revoked(cast: Cast) -> Way:
    """A token that was exchanged, and the one it was made of is ended."""
    client = await made(cast)
    token, auth = await person_token(cast, client), (client["clientId"], client["clientSecret"])
    form = {"grant_type": EXCHANGE, "subject_token": token, "subject_token_type": ACCESS_TOKEN}
    again = (await cast.house.http.post("/oauth/token", data=form, auth=auth)).json()["access_token"]
    return Way("/me/waves", bearer(again), lambda: cast.house.http.post(REVOKE, data={"token": token}, auth=auth))


async def source_of_a_widget_revoked(cast: Cast) -> Way:
    """The widget of somebody whose server signs off, also where a token was between the two."""
    client = await made(cast)
    token, auth = await person_token(cast, client), (client["clientId"], client["clientSecret"])
    form = {"grant_type": EXCHANGE, "subject_token": token, "subject_token_type": ACCESS_TOKEN}
    between = (await cast.house.http.post("/oauth/token", data=form, auth=auth)).json()["access_token"]
    asked = form_of(between, views=["waves"], origin=ORIGIN)
    widget = (await cast.house.http.post("/oauth/token", data=asked, auth=auth)).json()["access_token"]
    return Way(
        "/widgets/waves",
        bearer(widget) | {"origin": ORIGIN},
        lambda: cast.house.http.post(REVOKE, data={"token": token}, auth=auth),
    )


async def widget_revoked(cast: Cast) -> Way:
    """A page ends its widget's token when somebody signs off there."""
    client_id = await public_client(cast)
    token = await widget_token(cast, client_id)
    headers = {"origin": ORIGIN}
    form = {"token": token, "client_id": client_id, "token_type_hint": "access_token"}
    return Way(
        "/widgets/waves",
        bearer(token) | headers,
        lambda: cast.house.http.post(REVOKE, data=form, headers=headers),
    )


async def client_of_a_widget_revoked(cast: Cast) -> Way:
    client_id = await public_client(cast)
    token = await widget_token(cast, client_id)
    api = Rest(cast.administrator)
    return Way(
        "/widgets/waves",
        bearer(token) | {"origin": ORIGIN},
        lambda: api.revoke_client(cast.employer_id, client_id),
    )


async def origin_of_a_widget_removed(cast: Cast) -> Way:
    client_id = await public_client(cast)
    token = await widget_token(cast, client_id)
    patch, api = {"origins": ["https://elders.example"]}, Rest(cast.administrator)
    return Way(
        "/widgets/waves",
        bearer(token) | {"origin": ORIGIN},
        lambda: api.update_client(cast.employer_id, client_id, patch, if_match="*"),
    )


async def issuer_of_a_widget_revoked(cast: Cast) -> Way:
    issuer_id = await issuer_of(cast)
    token = await widget_token(cast, await public_client(cast))
    return Way(
        "/widgets/waves",
        bearer(token) | {"origin": ORIGIN},
        lambda: Rest(cast.administrator).revoke_issuer(issuer_id),
    )


async def person_of_a_widget_left(cast: Cast) -> Way:
    token = await widget_token(cast, await public_client(cast))
    return Way("/widgets/waves", bearer(token) | {"origin": ORIGIN}, lambda: leave(cast))


WAYS = [
    client_revoked,
    secret_revoked,
    key_removed,
    issuer_revoked,
    issuer_of_an_exchanged_token_revoked,
    secret_of_an_exchange_revoked,
    person_left,
    person_signed_off,
    what_it_was_made_of_revoked,
    source_of_a_widget_revoked,
    widget_revoked,
    client_of_a_widget_revoked,
    origin_of_a_widget_removed,
    issuer_of_a_widget_revoked,
    person_of_a_widget_left,
]


@pytest.mark.parametrize("way_of", WAYS, ids=lambda way_of: way_of.__name__)
async def test_it_ends_within_a_minute(
    house: House, cast: Cast, elapsed: Elapsed, way_of: Callable[[Cast], Awaitable[Way]]
) -> None:
    """Also in a process that has just looked, and hears of nothing."""
    way = await way_of(cast)
    async with process_beside(house) as beside:
        both = (house.http, beside)

        async def look() -> list[int]:
            return [(await http.get(f"/v1{way.path}", headers=way.headers)).status_code for http in both]

        before = await look()
        done = await way.take_away()
        _, remembered = await look()
        elapsed.seconds += 59
        after = await look()

    assert "ok" == getattr(done, "word", "ok"), "nothing was taken away"
    assert [200, 200] == before
    # That the other one remembers shows that the minute is what is tried.
    assert 200 == remembered
    assert {401, 403} >= set(after)


async def test_a_secret_of_a_connection_ends_at_once(house: House, cast: Cast) -> None:
    """Nothing of SCIM is remembered, in no process; nor of a connection that is revoked."""
    idp = await provisioner_of(cast)
    api = Rest(cast.administrator)
    connection_id = idp.connection["connectionId"]
    second = (await api.create_scim_secret(connection_id, {})).must()
    headers = [bearer(str(idp.secret)), bearer(second["secret"])]

    async with process_beside(house) as beside:

        async def look() -> list[int]:
            return [(await beside.get("/scim/v2/Users", headers=one)).status_code for one in headers]

        seen = [await look()]
        (await api.revoke_scim_secret(connection_id, second["secretId"])).must()
        seen.append(await look())
        (await api.revoke_scim_connection(connection_id)).must()
        seen.append(await look())

    assert [[200, 200], [200, 401], [401, 401]] == seen


async def test_other_secrets_go_on(cast: Cast) -> None:
    """Only what was got by the secret that ended is gone."""
    client, api = await made(cast), Rest(cast.administrator)
    second = (await api.create_client_secret(cast.employer_id, client["clientId"], {})).must()
    tokens = [await cast.house.sign_in(client["clientId"], one["clientSecret"]) for one in (client, second)]
    (await api.revoke_client_secret(cast.employer_id, client["clientId"], second["secretId"])).must()

    seen = [(await cast.house.http.get("/v1/waves", headers=bearer(token))).status_code for token in tokens]

    assert [200, 401] == seen


async def test_a_page_is_no_page_any_more(house: House, cast: Cast, elapsed: Elapsed) -> None:
    """Its origin is forgotten with its client, in other processes within a minute."""
    origin = "https://vergeten.example"
    client_id = await public_client(cast, origin)
    headers = {"origin": origin, "access-control-request-method": "POST"}
    async with process_beside(house) as beside:

        async def look() -> list[str | None]:
            answers = [await http.request("OPTIONS", "/oauth/token", headers=headers) for http in (house.http, beside)]
            return [one.headers.get("access-control-allow-origin") for one in answers]

        before = await look()
        (await Rest(cast.administrator).revoke_client(cast.employer_id, client_id)).must()
        elapsed.seconds += 59
        after = await look()

    assert ([origin, origin], [None, None]) == (before, after)


async def test_a_token_is_revoked_by_whom_it_was_given_to(cast: Cast) -> None:
    """RFC 7009: what is none, or ended already, is well; another client's is not, and goes on working."""
    mine, other = await made(cast), await made(cast)
    token = await cast.house.sign_in(mine["clientId"], mine["clientSecret"])
    idps = str(cast.employer.person("employee").token)

    async def revoke(client: dict[str, Any], form: dict[str, str]) -> tuple[int, str | None]:
        auth = (client["clientId"], client["clientSecret"])
        answer = await cast.house.http.post(REVOKE, data=form, auth=auth)
        assert "no-store" == answer.headers["cache-control"]
        return answer.status_code, answer.json().get("error")

    async def is_good() -> bool:
        return (await cast.house.http.get("/v1/waves", headers=bearer(token))).status_code == 200

    foreign = await revoke(other, {"token": token})
    still = await is_good()
    own = await asyncio.gather(*(revoke(mine, {"token": token}) for _ in range(5)))
    gone = await is_good()
    nothing = [await revoke(mine, {"token": one}) for one in (token, "x", idps, token[:-3])]
    missing = await revoke(mine, {})

    assert ((400, "invalid_grant"), True) == (foreign, still)
    assert ([(200, None)] * 5, False) == (own, gone)
    assert [(200, None)] * 4 == nothing
    assert (400, "invalid_request") == missing


async def test_a_revoked_token_is_not_exchanged(cast: Cast) -> None:
    """Nor does a widget of it come into being."""
    client = await made(cast)
    token = await cast.house.sign_in(client["clientId"], client["clientSecret"])
    auth = (client["clientId"], client["clientSecret"])
    form = form_of(token, views=["waves"], units=[cast.units["root"]], origin=ORIGIN)

    before = await cast.house.http.post("/oauth/token", data=form, auth=auth)
    await cast.house.http.post(REVOKE, data={"token": token}, auth=auth)
    after = await cast.house.http.post("/oauth/token", data=form, auth=auth)

    assert [200, 400] == [before.status_code, after.status_code]


async def test_what_was_revoked_is_forgotten_when_it_is_over(
    house: House, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Until then it is kept."""
    client = await made(cast)
    token = await house.sign_in(client["clientId"], client["clientSecret"])
    await house.http.post(REVOKE, data={"token": token}, auth=(client["clientId"], client["clientSecret"]))

    async def kept() -> int:
        async with house.parts.database.transaction(None, service=True) as rows:
            return int(
                await rows.value("select count(*) from peil.revoked_token where employer_id = $1", cast.employer_id)
            )

    await house.worker.forget()
    before = await kept()
    now = clock.now()
    monkeypatch.setattr(clock, "now", lambda: now.replace(year=now.year + 1))
    await house.worker.forget()

    assert (1, 0) == (before, await kept())
