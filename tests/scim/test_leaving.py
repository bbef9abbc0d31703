"""Who leaves by SCIM: memberships end, names are erased on schedule, and a mass of leavers is held."""

from datetime import timedelta
from typing import Any
from uuid import UUID

import msgspec
import pytest

from anonymity.asking import owner
from cases.measuring import bring_to
from peil import clock
from scim.client import BULK, CORE_USER, PATCH_OP, Provisioner, outcome, provisioner_of
from scim.test_providers import unapplied
from support.apis import Rest
from support.house import Persona
from support.personas import NDJSON, Cast, add_crowd, add_people

OFF = {"op": "replace", "path": "active", "value": False}
ON = OFF | {"value": True}
PERSON = {"displayName": "Ole Olsen", "email": "ole@voorbeeld.example"}
NAMES = {"userName": "ole@voorbeeld.example", "displayName": "Ole Olsen", "externalId": "x-ole"}
TEXTS = (*NAMES.values(), PERSON["email"])


async def advance(cast: Cast, days: float) -> None:
    """Moves the employer's clock, and lets the worker do what is due then."""
    to = (clock.now() + timedelta(days=days)).isoformat()
    (await Rest(cast.administrator).advance_test_clock(cast.employer_id, {"to": to})).must()
    await cast.house.work()


async def send(hr: Persona, path: str, lines: list[dict[str, Any]]) -> None:
    content = b"\n".join(map(msgspec.json.encode, lines))
    report = await hr.must(hr.request("POST", path, content=content, headers=NDJSON), 200)
    assert report["written"], report


async def _create(idp: Provisioner) -> dict[str, Any]:
    """Ole, with everything that names a person."""
    return await idp.create_user(
        NAMES["userName"],
        displayName=NAMES["displayName"],
        externalId=NAMES["externalId"],
        emails=[{"value": PERSON["email"], "type": "work"}],
    )


async def listed(idp: Provisioner, external_id: str) -> list[str]:
    found = (await idp.must("GET", f'/Users?filter=externalId eq "{external_id}"'))["Resources"]
    return [one["id"] for one in found]


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
    made = await _create(idp)
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


async def test_who_is_erased_gets_no_name_again(cast: Cast, idp: Provisioner) -> None:
    """Whatever HR writes back of a list with them: the audit trail has the opaque id of what they did."""
    made = await _create(idp)
    await idp.must("DELETE", f"/Users/{made['id']}")
    await advance(cast, 31)
    hr, erased = cast.hr, f"erased-{made['id']}"
    line = {"externalId": erased, "displayName": "Jo", "unitExternalId": "field"}

    content = msgspec.json.encode(line)
    report = await hr.must(hr.request("POST", "/people/import", content=content, headers=NDJSON), 200)
    changed = await hr.patch(f"/people/{made['id']}", {"displayName": "Jo", "unitExternalId": "field"}, "*")
    created = await hr.post("/people", line)
    other = await idp.must("POST", "/Users", {"schemas": [CORE_USER], "userName": "jo", "externalId": erased})
    after = (await Rest(hr).get_person(made["id"])).must()

    assert ["erased-person"] == [error["code"] for error in report["lines"][0]["errors"]]
    assert [409, 409] == [one.status_code for one in (changed, created)]
    assert (False, None, True) == (after["active"], after["displayName"], made["id"] != other["id"])


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


async def test_who_is_switched_off_has_a_longer_term(cast: Cast, idp: Provisioner) -> None:
    """A year; an identity provider switches people off for many reasons. Erased, the user is not there any more."""
    made = await _create(idp)
    await idp.create_group("Team O", made["id"])
    await idp.patch(f"/Users/{made['id']}", OFF)
    await advance(cast, 364)
    kept = await idp.must("GET", f"/Users/{made['id']}")
    await advance(cast, 366)
    group = (await idp.must("GET", '/Groups?filter=displayName eq "Team O"'))["Resources"][0]

    assert (NAMES["userName"], False) == (kept["userName"], kept["active"])
    assert (404, 0) == ((await idp.request("GET", f"/Users/{made['id']}")).status_code, await traces(cast, *TEXTS))
    assert ("members" in group, []) == (False, await listed(idp, NAMES["externalId"]))
    assert made["id"] != (await _create(idp))["id"]


async def test_a_connection_says_how_long(cast: Cast) -> None:
    """For those who are switched off, as for those who are deleted."""
    idp = await provisioner_of(cast, eraseInactiveAfter=10)
    made = await _create(idp)
    await idp.patch(f"/Users/{made['id']}", OFF)

    await advance(cast, 9)
    before = await traces(cast, *TEXTS)
    await advance(cast, 11)

    assert (True, 0) == (before > 0, await traces(cast, *TEXTS))


async def test_who_is_switched_on_again_is_not_erased(cast: Cast, idp: Provisioner) -> None:
    """And who is off once more has the whole term once more."""
    made = await idp.create_user(NAMES["userName"])
    await idp.patch(f"/Users/{made['id']}", OFF)
    await advance(cast, 300)
    await idp.patch(f"/Users/{made['id']}", ON)
    await advance(cast, 400)
    back = await idp.must("GET", f"/Users/{made['id']}")
    await idp.patch(f"/Users/{made['id']}", OFF)
    await advance(cast, 700)

    assert (True, NAMES["userName"]) == (back["active"], back["userName"])
    assert NAMES["userName"] == (await idp.must("GET", f"/Users/{made['id']}"))["userName"]


@pytest.mark.parametrize(
    ("method", "body"),
    [
        ("PUT", {"schemas": [CORE_USER], "userName": NAMES["userName"], "displayName": "Ole O."}),
        ("PATCH", {"schemas": [PATCH_OP], "Operations": [{"op": "remove", "path": "active"}]}),
        ("PATCH", {"schemas": [PATCH_OP], "Operations": [{"op": "add", "path": "displayName", "value": "Ole O."}]}),
    ],
)
async def test_only_who_is_said_to_be_active_comes_back(
    cast: Cast, idp: Provisioner, method: str, body: dict[str, Any]
) -> None:
    """A request that does not mention it, or takes it away, leaves the state of the person as it is."""
    made = await idp.create_user(NAMES["userName"])
    path = f"/Users/{made['id']}"

    await idp.must(method, path, body)
    stays = (await Rest(cast.hr).get_person(made["id"])).must()["active"]
    await idp.patch(path, OFF)
    await idp.must(method, path, body)
    gone = (await Rest(cast.hr).get_person(made["id"])).must()["active"]
    told = (await idp.must("GET", path)).get("active")
    await idp.patch(path, ON)

    assert (True, False) == (stays, gone)
    # What was taken away is not there; the person is switched off all the same.
    assert told is (None if "remove" in str(body) else False)
    assert (await Rest(cast.hr).get_person(made["id"])).must()["active"]


async def test_a_user_is_active_where_it_does_not_say(cast: Cast, idp: Provisioner) -> None:
    """As it is made, and as it is made again."""
    body = {"schemas": [CORE_USER], "userName": NAMES["userName"]}

    made = await idp.must("POST", "/Users", body)
    first = (await Rest(cast.hr).get_person(made["id"])).must()["active"]
    await idp.must("DELETE", f"/Users/{made['id']}")
    await idp.must("POST", "/Users", body)

    assert [True, True] == [first, (await Rest(cast.hr).get_person(made["id"])).must()["active"]]


@pytest.mark.parametrize("way", ["line", "absence", "one by one"])
async def test_who_leaves_by_the_import_is_erased(cast: Cast, way: str) -> None:
    """Said so or in no line of a full import, and one by one; when the term is over that was said, or a year."""
    await add_people(cast.hr, [{"externalId": "ole", "unitExternalId": "field", **PERSON}])
    everybody = (await Rest(cast.hr).list_people(limit=200)).must()["items"]
    ole = next(one for one in everybody if one["externalId"] == "ole")
    lines: list[dict[str, Any]] = [
        {"externalId": one["externalId"], "unitExternalId": one["unitExternalId"]}
        for one in everybody
        if one["externalId"] != "ole"
    ]
    if way == "one by one":
        (await Rest(cast.hr).update_person(ole["personId"], {"active": False}, if_match="*")).must()
    else:
        query = "eraseAfter=20" + ("&full=true" if way == "absence" else "")
        more = [{"externalId": "ole", "active": False, **PERSON}] if way == "line" else lines
        await send(cast.hr, f"/people/import?{query}", more)

    term = 365 if way == "one by one" else 20
    await advance(cast, term - 1)
    before = (await Rest(cast.hr).get_person(ole["personId"])).must()
    await advance(cast, term + 1)
    after = (await Rest(cast.hr).get_person(ole["personId"])).must()

    assert (False, "Ole Olsen") == (before["active"], before["displayName"])
    assert (f"erased-{ole['personId']}", None, None) == (after["externalId"], after["displayName"], after["email"])
    assert 0 == await traces(cast, *TEXTS)
    assert len(lines) == sum(one["active"] for one in (await Rest(cast.hr).list_people(limit=200)).must()["items"])


async def test_who_left_before_terms_were_kept_has_a_whole_one(cast: Cast, idp: Provisioner) -> None:
    """As the migration leaves them: the job of the worker begins the term, and erases nobody."""
    made = await _create(idp)
    await idp.patch(f"/Users/{made['id']}", OFF)
    async with owner(cast.house) as connection:
        await connection.execute("update peil.person set erase_at = null where person_id = $1", UUID(made["id"]))
        await connection.execute("update peil.due set at = 'epoch' where kind = 'erase_people'")

    await cast.house.work()
    kept = await traces(cast, *TEXTS)
    await advance(cast, 366)

    assert (True, 0) == (kept > 0, await traces(cast, *TEXTS))


async def test_erasing_is_told_and_is_one_row_of_the_audit(cast: Cast, idp: Provisioner) -> None:
    """By the worker, of the opaque id; once, however many are erased at a time."""
    made = [(await idp.create_user(f"u{number}@voorbeeld.example"))["id"] for number in range(4)]
    for one in made:
        await idp.must("DELETE", f"/Users/{one}")
    await advance(cast, 31)
    await cast.house.work()

    told = (await Rest(cast.works_council).list_audit(event="erase_people", limit=200)).must()["items"]
    feed = (await Rest(cast.administrator).list_events(limit=200)).must()["items"]

    assert sorted(f"people/{one}" for one in made) == sorted(row["subject"] for row in told)
    assert {"worker"} == {row["actorKind"] for row in told}
    assert 4 == sum(one["type"] == "nl.peil.person.erased" for one in feed)


async def test_a_release_does_not_change_by_it(cast: Cast, idp: Provisioner) -> None:
    """Byte for byte: who answered leaves, by the import and by SCIM, and is erased."""
    await add_crowd(cast.hr, field=30)
    wave_id = await bring_to(cast, "released")
    release = (await Rest(cast.works_council).get_release(wave_id)).must()
    bundle = await cast.works_council.get(f"/waves/{wave_id}/release/bundle")
    users = {one["externalId"]: one["id"] for one in (await idp.must("GET", "/Users?count=200"))["Resources"]}
    await idp.must("DELETE", f"/Users/{users['field-1']}")
    await idp.must("PATCH", f"/Users/{users['field-2']}", {"schemas": [PATCH_OP], "Operations": [OFF]})
    await send(cast.hr, "/people/import?eraseAfter=0", [{"externalId": "field-3", "active": False}])

    await advance(cast, 400)
    people = (await Rest(cast.hr).list_people(limit=200)).must()["items"]

    assert 3 == sum(one["externalId"].startswith("erased-") for one in people)
    assert release == (await Rest(cast.works_council).get_release(wave_id)).must()
    assert (200, bundle.content) == (
        bundle.status_code,
        (await cast.works_council.get(f"/waves/{wave_id}/release/bundle")).content,
    )


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
