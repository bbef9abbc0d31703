"""Who leaves by SCIM: memberships end, names are erased on schedule, and a mass of leavers is held."""

from datetime import timedelta

from peil import clock
from scim.client import BULK, Provisioner, outcome
from scim.test_providers import unapplied
from support.apis import Rest
from support.personas import Cast, add_crowd

OFF = {"op": "replace", "path": "active", "value": False}
NAMES = {"userName": "ole@voorbeeld.example", "displayName": "Ole Olsen", "externalId": "x-ole"}


async def advance(cast: Cast, days: float) -> None:
    """Moves the employer's clock, and lets the worker do what is due then."""
    to = (clock.now() + timedelta(days=days)).isoformat()
    (await Rest(cast.administrator).advance_test_clock(cast.employer_id, {"to": to})).must()
    await cast.house.work()


async def traces(cast: Cast, *texts: str) -> int:
    """In how many rows of the employer one of these is."""
    async with cast.house.parts.database.transaction(cast.employer.employer_id) as rows:
        tables = ("person", "scim_user", "scim_group", "scim_finding", "audit", "event", "due")
        found = [
            await rows.value(
                f"select count(*) from peil.{one} as t where t::text ilike any($1)", [f"%{x}%" for x in texts]
            )
            for one in tables
        ]
    return sum(found)


async def test_a_deleted_user_is_erased_when_the_term_is_over(cast: Cast, idp: Provisioner) -> None:
    """There is none at once; name, address and ids go after thirty days of the employer's clock, and the row stays."""
    made = await idp.create_user(
        NAMES["userName"],
        displayName=NAMES["displayName"],
        externalId=NAMES["externalId"],
        emails=[{"value": "ole@voorbeeld.example", "type": "work"}],
    )
    await idp.create_group("Team O", made["id"])

    await idp.must("DELETE", f"/Users/{made['id']}")
    gone = [(await idp.request(method, f"/Users/{made['id']}")).status_code for method in ("GET", "DELETE")]
    person = (await Rest(cast.hr).get_person(made["id"])).must()
    await advance(cast, 29)
    kept = await traces(cast, *NAMES.values())
    await advance(cast, 31)
    after = (await Rest(cast.hr).get_person(made["id"])).must()

    assert ([404, 404], False, None) == (gone, person["active"], person["unitId"])
    assert (True, 0) == (kept > 0, await traces(cast, *NAMES.values()))
    assert (f"erased-{made['id']}", None, None, None) == (
        after["externalId"],
        after["userName"],
        after["displayName"],
        after["email"],
    )
    assert 404 == (await idp.request("GET", f"/Users/{made['id']}")).status_code


async def test_who_comes_back_in_time_is_the_same_person(cast: Cast, idp: Provisioner) -> None:
    """And is not erased, not even when switched off later."""
    made = await idp.create_user(NAMES["userName"])
    await idp.must("DELETE", f"/Users/{made['id']}")
    await advance(cast, 20)

    back = await idp.create_user(NAMES["userName"])
    there = (await Rest(cast.hr).get_person(made["id"])).must()
    await idp.patch(f"/Users/{made['id']}", OFF)
    await advance(cast, 31)

    assert (made["id"], True) == (back["id"], there["active"])
    assert NAMES["userName"] == (await idp.must("GET", f"/Users/{made['id']}"))["userName"]


async def test_who_is_deleted_again_has_the_whole_term_again(cast: Cast, idp: Provisioner) -> None:
    """The end of the first term erases nobody."""
    made = await idp.create_user(NAMES["userName"])
    await idp.must("DELETE", f"/Users/{made['id']}")
    await advance(cast, 25)
    await idp.create_user(NAMES["userName"])
    await idp.must("DELETE", f"/Users/{made['id']}")

    await advance(cast, 31)
    waiting = (await Rest(cast.hr).get_person(made["id"])).must()
    await advance(cast, 56)

    assert NAMES["userName"] == waiting["userName"]
    assert 0 == await traces(cast, NAMES["userName"])


async def test_who_is_only_inactive_is_not_erased(cast: Cast, idp: Provisioner) -> None:
    """An identity provider switches people off for many reasons."""
    made = await idp.create_user(NAMES["userName"])
    await idp.patch(f"/Users/{made['id']}", OFF)
    await advance(cast, 400)

    assert NAMES["userName"] == (await idp.must("GET", f"/Users/{made['id']}"))["userName"]


async def test_more_than_a_tenth_does_not_leave_on_a_day(cast: Cast, idp: Provisioner) -> None:
    """The attempt is refused and told, until an administrator confirms a number; the next day counts anew."""
    await add_crowd(cast.hr, field=55)
    people = (await idp.must("GET", "/Users?count=200"))["Resources"]
    leavers = [one["id"] for one in people if one["externalId"].startswith("field-")]

    first = [(await idp.patch(f"/Users/{one}", OFF)).status_code for one in leavers[:6]]
    held = [await idp.patch(f"/Users/{leavers[6]}", OFF), await idp.request("DELETE", f"/Users/{leavers[7]}")]
    still = [(await idp.must("GET", f"/Users/{one}"))["active"] for one in leavers[6:8]]
    told = await unapplied(cast, idp)
    vendor = await Rest(cast.vendor).confirm_scim_removals(idp.connection_id, {"people": 8})
    (await Rest(cast.administrator).confirm_scim_removals(idp.connection_id, {"people": 8})).must()
    after = [(await idp.request("DELETE", f"/Users/{one}")).status_code for one in leavers[6:9]]
    await advance(cast, 1)
    tomorrow = (await idp.patch(f"/Users/{leavers[9]}", OFF)).status_code

    assert ([204] * 6, [(409, None)] * 2, [True, True]) == (first, [outcome(one) for one in held], still)
    assert ("confirm-removals" in held[0].json()["detail"], 2) == (True, told["removals-held", "active"])
    assert ("denied", [204, 204, 409], 204) == (vendor.code, after, tomorrow)


async def test_who_came_today_may_leave_today(cast: Cast, idp: Provisioner) -> None:
    """What was made by mistake can be taken away; a few people may always leave."""
    made = [(await idp.create_user(f"u{number}@voorbeeld.example"))["id"] for number in range(12)]
    bulk = [{"method": "DELETE", "path": f"/Users/{one}"} for one in made[6:]]

    done = await idp.must("POST", "/Bulk", {"schemas": [BULK], "Operations": bulk})

    assert [204] * 6 == [(await idp.request("DELETE", f"/Users/{one}")).status_code for one in made[:6]]
    assert ["204"] * 6 == [one["status"] for one in done["Operations"]]
