"""The operator's own clients: listed, rotated and ended on the command line, and nowhere else."""

import asyncio
from typing import Any
from uuid import uuid4

import msgspec
import pytest

from cases.test_sign_in import registered
from peil.__main__ import main
from peil.access.clients.model import ClientSecretNew
from support.apis import Rest
from support.house import House, Persona
from support.personas import Cast


class Terminal:
    """Types `peil operator …` with the settings of a house, and reads what it says."""

    def __init__(self, house: House, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
        monkeypatch.setattr("peil.settings.read", lambda: house.settings)
        self._capsys = capsys

    async def type(self, *words: str) -> tuple[int, Any]:
        """The exit code, and what was printed: JSON, or the code of an error."""
        status = await asyncio.to_thread(main, ["operator", *words])
        printed, said = self._capsys.readouterr()
        return status, msgspec.json.decode(printed) if printed else said.partition(":")[0]

    async def must(self, *words: str) -> Any:
        status, printed = await self.type(*words)
        assert status == 0, printed
        return printed


@pytest.fixture
def terminal(house: House, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Terminal:
    return Terminal(house, monkeypatch, capsys)


async def signs_in(house: House, client_id: str, *secrets: str) -> list[int]:
    """The answer of the token endpoint to each secret."""
    form = {"grant_type": "client_credentials"}
    return [
        (await house.http.post("/oauth/token", data=form, auth=(client_id, secret))).status_code for secret in secrets
    ]


async def test_a_secret_is_rotated_with_an_overlap(house: House, terminal: Terminal) -> None:
    """Both work until the old one is ended, with the tokens that were given by it; no third is made meanwhile."""
    client = await terminal.must("create", "de beheerders")
    client_id, old = client["clientId"], client["clientSecret"]
    by_old = Persona(house.http, await house.sign_in(client_id, old))
    new = await terminal.must("rotate", client_id, "--overlap", "86400")
    both = await signs_in(house, client_id, old, new["clientSecret"])
    third = await terminal.type("rotate", client_id)
    listed = next(one for one in await terminal.must("list") if one["clientId"] == client_id)
    before = (await by_old.get("/employers")).status_code

    ended = await terminal.must("revoke", client_id, "--secret", listed["secrets"][0]["secretId"])
    house.parts.authentication.forget()

    assert [200, 200] == both
    assert (1, "secrets-overlap") == third
    assert ["de beheerders", "active", 2] == [listed["name"], listed["state"], len(listed["secrets"])]
    assert [True, False] == [one["expiresAt"] is not None for one in listed["secrets"]]
    assert [new["secretId"]] == [one["secretId"] for one in ended["secrets"]]
    assert [401, 200] == await signs_in(house, client_id, old, new["clientSecret"])
    assert (200, 401) == (before, (await by_old.get("/employers")).status_code)


async def test_a_client_is_ended(house: House, terminal: Terminal) -> None:
    """With its tokens; it stays in the list, and nothing more can be done with it."""
    client = await terminal.must("create", "vertrokken")
    client_id, secret = client["clientId"], client["clientSecret"]
    operator = Persona(house.http, await house.sign_in(client_id, secret))
    last = await terminal.type("revoke", client_id, "--secret", client["secrets"][0]["secretId"])
    before = (await operator.get("/employers")).status_code

    revoked = await terminal.must("revoke", client_id)
    house.parts.authentication.forget()

    assert (1, "last-secret") == last
    assert "revoked" == revoked["state"]
    assert [401] == await signs_in(house, client_id, secret)
    assert (200, 401) == (before, (await operator.get("/employers")).status_code)
    assert [(1, "client-revoked")] * 2 == [await terminal.type(what, client_id) for what in ("rotate", "revoke")]
    assert ["revoked"] == [one["state"] for one in await terminal.must("list") if one["clientId"] == client_id]


async def test_a_client_of_an_employer_or_a_vendor_is_none_of_the_operators(
    house: House, cast: Cast, terminal: Terminal
) -> None:
    """It is neither listed nor ended here, nor is one that is not there, nor a secret of another client; and the
    operator's are not over the API."""
    vendor = await house.vendor()
    made = await cast.administrator.must(
        cast.administrator.post(f"/employers/{cast.employer_id}/clients", {"name": "c", "roles": ["hr"]})
    )
    others = [made["clientId"], vendor.client[0]]
    mine, other = [await terminal.must("create", "x") for _ in range(2)]
    await terminal.must("rotate", mine["clientId"])

    told = [await terminal.type(what, one) for what in ("rotate", "revoke") for one in (*others, str(uuid4()))]
    foreign = await terminal.type("revoke", mine["clientId"], "--secret", other["secrets"][0]["secretId"])
    listed = await terminal.must("list")
    api = f"/employers/{cast.employer_id}/clients"
    over_api = await cast.operator.post(f"{api}/{mine['clientId']}/revoke")
    shown = await cast.operator.must(cast.operator.get(api), 200)

    assert 404 == over_api.status_code
    assert mine["clientId"] not in [one["clientId"] for one in shown["items"]]
    assert [(1, "not-found")] * 7 == [*told, foreign]
    assert {("operator",)} == {tuple(one["roles"]) for one in listed}
    assert {mine["clientId"], other["clientId"]} <= {one["clientId"] for one in listed}
    assert not [one for one in listed if "clientSecret" in one]


async def test_an_administrator_who_has_lost_all_is_helped(house: House, cast: Cast, terminal: Terminal) -> None:
    """By a new client, of which the employer's trail and feed tell; an employer that is none is not."""
    made = await terminal.must("create-administrator", cast.employer_id, "herstel")
    unknown = await terminal.type("create-administrator", str(uuid4()), "herstel")
    token = await house.sign_in(made["clientId"], made["clientSecret"])
    seen = (await Persona(house.http, token).get("/issuers")).status_code
    await house.work()
    council, query = cast.in_role("works_council"), f"?resource=clients/{made['clientId']}"
    [entry] = (await council.must(council.get(f"/audit{query}"), 200))["items"]
    events = (await cast.administrator.must(cast.administrator.get("/events?limit=200"), 200))["items"]

    assert (["administrator"], 200, (1, "not-found")) == (made["roles"], seen, unknown)
    assert ("operator", "create_administrator") == (entry["actorKind"], entry["event"])
    assert f"clients/{made['clientId']}" in [
        one["subject"] for one in events if one["type"] == "nl.peil.client.created"
    ]


async def test_an_issuer_is_taken_from_whose_it_is_not(cast: Cast, stranger: Cast, terminal: Terminal) -> None:
    """Who had registered it loses it, and whose it is can have it; both ids have to be those that are listed."""
    async with registered(stranger) as (provider, issuer_id):
        new = {"issuer": provider.url, "audience": "peil", "directoryAttribute": "externalId"}
        taken = await Rest(cast.administrator).create_issuer(new)
        [listed] = await terminal.must("list-registrations", provider.url)
        wrong = await terminal.type("release-issuer", cast.employer_id, issuer_id)
        released = await terminal.must("release-issuer", listed["employerId"], listed["issuerId"])
        again = await terminal.type("release-issuer", listed["employerId"], listed["issuerId"])
        own = await Rest(cast.administrator).create_issuer(new)

    assert ("issuer-taken", (1, "not-found"), (1, "not-found")) == (taken.code, wrong, again)
    assert (stranger.employer_id, issuer_id) == (listed["employerId"], listed["issuerId"])
    assert listed == released
    assert "active" == own.must()["state"]


@pytest.mark.parametrize("overlap", ["-1", "7776001", "1.5", "week"])
def test_an_overlap_is_as_long_as_over_the_api(overlap: str, capsys: pytest.CaptureFixture[str]) -> None:
    """At most 90 days, in whole seconds; without one it is a week."""
    with pytest.raises(SystemExit) as refused:
        main(["operator", "rotate", str(uuid4()), "--overlap", overlap])

    assert 2 == refused.value.code
    assert "7776000" in capsys.readouterr().err or overlap == "-1"
    assert 604_800 == ClientSecretNew().overlap
