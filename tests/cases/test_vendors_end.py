"""What a vendor has made, and what it sees, once its link has ended or another vendor has one."""

import asyncio
from typing import Any
from uuid import UUID, uuid4

import pytest

from anonymity.asking import owner
from peil.audit import record
from peil.employers.vendors import links, operations
from support.apis import Rest, Speak
from support.house import House, Persona, Vendor
from support.personas import Cast


async def link(cast: Cast, vendor: Vendor) -> Persona:
    """Has the administrator let the vendor act; the vendor at this employer."""
    (await Rest(cast.administrator).create_vendor_link(cast.employer_id, {"vendorId": vendor.vendor_id})).must()
    return await vendor.at(cast.employer_id)


async def tried(house: House, secret: str) -> int:
    return (await house.http.get("/scim/v2/Users", headers={"authorization": f"Bearer {secret}"})).status_code


async def connection_of(persona: Persona, cast: Cast) -> dict[str, Any]:
    """One that works; somebody else than an administrator has it confirmed."""
    made: dict[str, Any] = (await Rest(persona).create_scim_connection({"name": "x"})).must()
    if made["state"] == "inactive":
        (await Rest(cast.administrator).confirm_scim_connection(made["connectionId"], if_match="*")).must()
    return made


@pytest.mark.parametrize("how", ["administrator", "operator"])
async def test_a_secret_of_scim_ends_with_its_vendor(cast: Cast, house: House, how: str) -> None:
    """At once, whether the link ends or the vendor; what the administrator made goes on, also there."""
    vendor = await house.vendor()
    acting = Rest(await link(cast, vendor))
    own = await connection_of(acting.persona, cast)
    ours = (await Rest(cast.administrator).create_scim_secret(own["connectionId"], {})).must()
    secrets = own["secret"], ours["secret"]
    before = [await tried(house, one) for one in secrets]

    if how == "administrator":
        (await Rest(cast.administrator).revoke_vendor_link(cast.employer_id, vendor.vendor_id)).must()
    else:
        (await Rest(cast.operator).revoke_vendor(vendor.vendor_id)).must()

    assert ([200, 200], [401, 200]) == (before, [await tried(house, one) for one in secrets])


async def test_a_secret_of_a_vendors_own_client_ends_too(cast: Cast, house: House) -> None:
    """The client that the vendor made at the employer acts for the vendor."""
    vendor = await house.vendor()
    acting = Rest(await link(cast, vendor))
    made = (await acting.create_client(cast.employer_id, {"name": "x", "roles": ["vendor_integration"]})).must()
    client = Persona(house.http, await house.sign_in(made["clientId"], made["clientSecret"]), cast.employer_id)
    secret = (await connection_of(client, cast))["secret"]

    before = await tried(house, secret)
    (await Rest(cast.administrator).revoke_vendor_link(cast.employer_id, vendor.vendor_id)).must()

    assert (200, 401) == (before, await tried(house, secret))


async def test_a_vendor_leaves_connections_of_others_alone(speak: Speak, cast: Cast, house: House) -> None:
    """It changes none that works and that it did not make, and makes no secret for it; its own it may change.

    One that another vendor made does not exist for it.
    """
    vendor, other = await house.vendor(), await house.vendor()
    acting, foreign = speak(await link(cast, vendor)), await link(cast, other)
    standing = [await connection_of(cast.administrator, cast), await connection_of(foreign, cast)]
    own = (await connection_of(await vendor.at(cast.employer_id), cast))["connectionId"]

    refused = [
        outcome
        for one in standing
        for outcome in (
            await acting.create_scim_secret(one["connectionId"], {"overlap": 0}),
            await acting.update_scim_connection(one["connectionId"], {"eraseAfter": 0}, if_match="*"),
            await acting.revoke_scim_secret(one["connectionId"], one["secrets"][0]["secretId"]),
            await acting.revoke_scim_connection(one["connectionId"]),
        )
    ]
    done = [
        await acting.create_scim_secret(own, {"overlap": 3600}),
        await acting.update_scim_connection(own, {"eraseAfter": 0}, if_match="*"),
        await acting.revoke_scim_connection(own),
    ]

    assert ["denied"] * 4 + ["not-found"] * 4 == [one.word for one in refused]
    assert [200, 200] == [await tried(house, one["secret"]) for one in standing]
    assert ["ok"] * 3 == [one.word for one in done]


async def test_a_vendor_ends_no_secret_of_an_administrator(cast: Cast, house: House) -> None:
    """Not at its own connection either: neither by a new one, nor at once."""
    acting = Rest(await link(cast, await house.vendor()))
    made = await connection_of(acting.persona, cast)
    connection_id = made["connectionId"]
    ours = (await Rest(cast.administrator).create_scim_secret(connection_id, {"overlap": 0})).must()

    second = (await acting.create_scim_secret(connection_id, {"overlap": 0})).must()
    refused = await acting.revoke_scim_secret(connection_id, ours["secretId"])
    own = await acting.revoke_scim_secret(connection_id, second["secretId"])

    assert ["denied", "ok"] == [refused.word, own.word]
    assert [200, 401] == [await tried(house, one["secret"]) for one in (ours, second)]


async def test_a_connection_that_waits_may_be_changed(cast: Cast) -> None:
    """Whoever made it: an administrator still looks at it."""
    made = (await Rest(cast.vendor).create_scim_connection({"name": "x"})).must()

    changed = await Rest(cast.vendor).update_scim_connection(made["connectionId"], {"eraseAfter": 7}, if_match="*")
    (await Rest(cast.administrator).confirm_scim_connection(made["connectionId"], if_match="*")).must()
    after = await Rest(cast.vendor).update_scim_connection(made["connectionId"], {"eraseAfter": 0}, if_match="*")

    assert ["ok", "denied"] == [changed.word, after.word]


async def waiting_for_a_lock(house: House) -> None:
    """Returns once some transaction waits for another one; gives up after two seconds."""
    async with owner(house) as connection:
        for _ in range(100):
            if await connection.fetchval("select exists (select from pg_locks where not granted)"):
                return
            await asyncio.sleep(0.02)


async def test_links_change_one_after_the_other(cast: Cast, house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    """While one vendor's link ends another's is confirmed: afterwards only this one sees the employer."""
    leaving, coming = await house.vendor(), await house.vendor()
    administrator = Rest(cast.administrator)
    await link(cast, leaving)
    (await Rest(cast.operator).create_vendor_link(cast.employer_id, {"vendorId": coming.vendor_id})).must()
    held = asyncio.Event()

    async def slow(tx: Any, subject: str, **more: Any) -> None:
        if tx.name == "revoke_vendor_link":
            held.set()
            await waiting_for_a_lock(house)
        await record(tx, subject, **more)

    monkeypatch.setattr(links, "record", slow)
    ending = asyncio.ensure_future(administrator.revoke_vendor_link(cast.employer_id, leaving.vendor_id))
    await held.wait()
    confirmed = await administrator.confirm_vendor_link(cast.employer_id, coming.vendor_id)

    assert ["ok", "ok"] == [(await ending).word, confirmed.word]
    async with owner(house) as connection:
        seers = await connection.fetchval(
            "select vendor_ids from peil.employer where employer_id = $1", UUID(cast.employer_id)
        )
    assert [UUID(coming.vendor_id)] == seers


@pytest.mark.parametrize("how", ["a link", "a confirmation", "an employer", "a client"])
async def test_nothing_is_given_to_a_vendor_that_is_being_revoked(
    cast: Cast, house: House, monkeypatch: pytest.MonkeyPatch, how: str
) -> None:
    """What comes while it is revoked waits, and is refused: afterwards no link of it is active, and no client."""
    vendor = await house.vendor()
    operator, administrator = Rest(cast.operator), Rest(cast.administrator)
    given = {"vendorId": vendor.vendor_id}
    itself = Rest(await vendor.itself())
    if how == "a confirmation":
        (await operator.create_vendor_link(cast.employer_id, given)).must()
    held, end = asyncio.Event(), links.end_links_of

    async def slow(tx: Any, vendor_id: UUID) -> None:
        if how != "a confirmation":
            await end(tx, vendor_id)
        held.set()
        await waiting_for_a_lock(house)
        if how == "a confirmation":
            await end(tx, vendor_id)

    monkeypatch.setattr(operations, "end_links_of", slow)
    revoking = asyncio.ensure_future(operator.revoke_vendor(vendor.vendor_id))
    await held.wait()
    came = await {
        "a link": lambda: administrator.create_vendor_link(cast.employer_id, given),
        "a confirmation": lambda: administrator.confirm_vendor_link(cast.employer_id, vendor.vendor_id),
        "an employer": lambda: itself.create_employer({"name": "Te laat BV"}),
        "a client": lambda: operator.create_vendor_client(vendor.vendor_id, {"name": "te laat"}),
    }[how]()

    refusal = "vendor-link-not-waiting" if how == "a confirmation" else "vendor-revoked"
    assert ("ok", refusal) == ((await revoking).word, came.code)
    assert 0 == await left_active(house, vendor)


async def left_active(house: House, vendor: Vendor) -> int:
    """How many links and clients of it work."""
    async with owner(house) as connection:
        found: int = await connection.fetchval(
            "select (select count(*) from peil.vendor_link where vendor_id = $1 and state = 'active')"
            " + (select count(*) from peil.client where vendor_id = $1 and state = 'active')",
            UUID(vendor.vendor_id),
        )
    return found


async def test_a_vendor_is_revoked_after_what_was_begun(
    cast: Cast, house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A link that is just being made is seen by whoever revokes the vendor, and ended."""
    vendor = await house.vendor()
    held = asyncio.Event()

    async def slow(tx: Any, subject: str, **more: Any) -> None:
        if tx.name == "create_vendor_link":
            held.set()
            await waiting_for_a_lock(house)
        await record(tx, subject, **more)

    monkeypatch.setattr(links, "record", slow)
    linking = asyncio.ensure_future(
        Rest(cast.administrator).create_vendor_link(cast.employer_id, {"vendorId": vendor.vendor_id})
    )
    await held.wait()
    revoked = await Rest(cast.operator).revoke_vendor(vendor.vendor_id)

    assert ["ok", "ok"] == [(await linking).word, revoked.word]
    assert 0 == await left_active(house, vendor)


async def test_at_an_employer_a_vendor_knows_of_no_other(speak: Speak, cast: Cast, house: House) -> None:
    """With a token for it too: neither who else acts there, nor what others call it."""
    maker, other = await house.vendor(), await house.vendor()
    new = {"name": "Nieuw BV", "externalId": str(uuid4())}
    employer_id = (await speak(await maker.itself()).create_employer(new)).must()["employerId"]
    client = {"name": "beheer", "roles": ["administrator"]}
    made = (await speak(cast.operator).create_client(employer_id, client)).must()
    administrator = speak(Persona(house.http, await house.sign_in(made["clientId"], made["clientSecret"]), employer_id))
    (await administrator.create_vendor_link(employer_id, {"vendorId": other.vendor_id})).must()

    async def seen(api: Any) -> tuple[list[str], list[str | None], str]:
        found = (await api.list_vendor_links(employer_id)).must()["items"]
        employers = [(await api.get_employer(employer_id)).must(), *(await api.list_employers()).must()["items"]]
        ids = [one["externalId"] for one in employers if one["employerId"] == employer_id]
        return (
            [one["vendorId"] for one in found],
            ids,
            (await api.get_vendor_link(employer_id, maker.vendor_id)).word,
        )

    assert ([other.vendor_id], [None] * 2, "not-found") == await seen(speak(await other.at(employer_id)))
    assert ([other.vendor_id], [None] * 2, "not-found") == await seen(speak(await other.over_all()))
    assert ([maker.vendor_id], [new["externalId"]] * 2, "ok") == await seen(speak(await maker.at(employer_id)))
    assert ([maker.vendor_id, other.vendor_id], [new["externalId"]] * 2, "ok") == await seen(administrator)
