"""Who comes with a user name that was used before: the same person, or another one."""

from typing import Any

import pytest

from cases.measuring import bring_to
from cases.test_answer_tokens import ledger
from scim.client import CORE_USER, Provisioner, outcome
from scim.test_leaving import OFF, ON, advance, send
from scim.test_providers import unapplied
from support.apis import Rest
from support.personas import Cast, add_crowd, add_people

JAN = "jan@voorbeeld.example"


async def first_jan(idp: Provisioner, **more: Any) -> str:
    """Somebody with everything that must not become another's."""
    address = [{"value": "jan.a@voorbeeld.example", "type": "work"}]
    said = {"externalId": "oid-A", "displayName": "Jan A", "emails": address, "preferredLanguage": "nl"} | more
    made = await idp.create_user(JAN, **{name: value for name, value in said.items() if value is not None})
    return str(made["id"])


async def person(cast: Cast, person_id: str) -> dict[str, Any]:
    found: dict[str, Any] = (await Rest(cast.hr).get_person(person_id)).must()
    return found


async def signs_in(cast: Cast, external_id: str) -> int:
    return (await cast.employer.person(external_id).get("/units")).status_code


@pytest.mark.parametrize("leaving", ["deleted", "switched off"])
async def test_another_id_is_another_person(cast: Cast, idp: Provisioner, leaving: str) -> None:
    """Also with the user name of one who left, in whatever case; neither has anything of the other."""
    first = await first_jan(idp)
    if leaving == "deleted":
        await idp.must("DELETE", f"/Users/{first}")
    else:
        await idp.patch(f"/Users/{first}", OFF)

    second = (await idp.create_user(JAN.upper(), externalId="oid-B"))["id"]
    old, new = await person(cast, first), await person(cast, second)

    kept = ("externalId", "userName", "displayName", "email", "language", "active")
    assert ["oid-A", None, "Jan A", "jan.a@voorbeeld.example", "nl", False] == [old[one] for one in kept]
    assert ["oid-B", JAN.upper(), None, None, None, True] == [new[one] for one in kept]
    assert [403, 200] == [await signs_in(cast, one) for one in ("oid-A", "oid-B")]
    assert 1 == (await unapplied(cast, idp))["user-name-reused", "userName"]


@pytest.mark.parametrize("ids", [("oid-A", "oid-A"), (None, None), ("oid-A", None), (None, "oid-B")])
async def test_the_same_id_or_none_is_the_same_person(
    cast: Cast, idp: Provisioner, ids: tuple[str | None, str | None]
) -> None:
    """Who was deleted goes on with what the directory has."""
    before, after = ids
    first = await first_jan(idp, externalId=before)
    await idp.must("DELETE", f"/Users/{first}")

    back = await idp.create_user(JAN, **({"externalId": after} if after else {}))

    assert (first, "Jan A") == (back["id"], (await person(cast, first))["displayName"])
    assert ("user-name-reused", "userName") not in await unapplied(cast, idp)


async def test_who_is_there_keeps_the_user_name(cast: Cast, idp: Provisioner) -> None:
    """Whoever is active, also whom the HR system has brought back, and who left by the HR system alone."""
    await add_people(cast.hr, [{"externalId": "E1", "userName": "hr@voorbeeld.example", "unitExternalId": "field"}])
    line = {"externalId": "oid-A", "userName": JAN, "unitExternalId": "field"}
    first = await first_jan(idp)
    body = {"schemas": [CORE_USER], "userName": JAN, "externalId": "oid-B"}

    refused = [await idp.request("POST", "/Users", body)]
    await idp.must("DELETE", f"/Users/{first}")
    await send(cast.hr, "/people/import", [line])
    refused.append(await idp.request("POST", "/Users", body))
    await send(cast.hr, "/people/import", [{"externalId": "E1", "userName": "hr@voorbeeld.example", "active": False}])
    refused.append(await idp.request("POST", "/Users", body | {"userName": "HR@voorbeeld.example"}))

    assert [(409, "uniqueness")] * 3 == [outcome(one) for one in refused]
    assert JAN == (await person(cast, first))["userName"]


async def test_whom_the_hr_system_made_is_told_apart_too(cast: Cast, idp: Provisioner) -> None:
    """A person of the import, linked by employee number and deleted, does not become somebody with another one."""
    await add_people(cast.hr, [{"externalId": "E7", "userName": JAN, "displayName": "Jan A", "unitExternalId": "care"}])
    await add_people(cast.hr, [{"externalId": "E9", "displayName": "Jan B", "unitExternalId": "field"}])
    [first] = (await idp.must("GET", f'/Users?filter=userName eq "{JAN}"'))["Resources"]
    await idp.patch(f"/Users/{first['id']}", {"op": "replace", "path": "preferredLanguage", "value": "nl"})
    await idp.must("DELETE", f"/Users/{first['id']}")

    second = (await idp.create_user(JAN, externalId="E9"))["id"]
    old, new = await person(cast, first["id"]), await person(cast, second)

    assert ("E7", None, False, "Jan A") == (old["externalId"], old["userName"], old["active"], old["displayName"])
    assert ("E9", JAN, "Jan B", cast.units["field"]) == (
        new["externalId"],
        new["userName"],
        new["displayName"],
        new["unitId"],
    )


async def test_the_first_one_comes_back_to_the_own_row(cast: Cast, idp: Provisioner) -> None:
    """By the id; with another user name, since the old one is somebody else's now."""
    first = await first_jan(idp)
    await idp.must("DELETE", f"/Users/{first}")
    second = (await idp.create_user(JAN, externalId="oid-B"))["id"]

    taken = await idp.request("POST", "/Users", {"schemas": [CORE_USER], "userName": JAN, "externalId": "oid-A"})
    back = await idp.create_user("jan2@voorbeeld.example", externalId="oid-A")
    await advance(cast, 31)

    assert ((409, "uniqueness"), first) == (outcome(taken), back["id"])
    assert ["Jan A", None] == [(await person(cast, one))["displayName"] for one in (first, second)]
    assert [200, 200] == [await signs_in(cast, one) for one in ("oid-A", "oid-B")]


async def test_the_term_of_who_left_is_not_touched(cast: Cast, idp: Provisioner) -> None:
    """The first is erased thirty days after the own deletion, and nothing of the second."""
    first = await first_jan(idp)
    await idp.must("DELETE", f"/Users/{first}")
    await advance(cast, 20)
    second = (await idp.create_user(JAN, externalId="oid-B", displayName="Jan B"))["id"]

    await advance(cast, 29)
    kept = (await person(cast, first))["displayName"]
    await advance(cast, 31)
    old, new = await person(cast, first), await person(cast, second)

    assert ("Jan A", f"erased-{first}", None) == (kept, old["externalId"], old["displayName"])
    assert (JAN, "Jan B", "oid-B") == (new["userName"], new["displayName"], new["externalId"])


async def test_a_user_name_of_who_was_deleted_is_free_for_a_change(cast: Cast, idp: Provisioner) -> None:
    """Somebody who is there may be called so from then on."""
    first = await first_jan(idp)
    other = (await idp.create_user("jansen@voorbeeld.example", externalId="oid-C"))["id"]
    rename = {"op": "replace", "path": "userName", "value": JAN}

    early = await idp.patch(f"/Users/{other}", rename)
    await idp.must("DELETE", f"/Users/{first}")
    late = await idp.patch(f"/Users/{other}", rename)

    assert ((409, "uniqueness"), 204) == (outcome(early), late.status_code)
    assert [None, JAN] == [(await person(cast, one))["userName"] for one in (first, other)]


async def test_another_one_does_not_go_on_with_who_is_switched_off(cast: Cast, idp: Provisioner) -> None:
    """A provisioning system that finds the old user by its user name; it goes on when HR takes the name away."""
    first = await first_jan(idp)
    await idp.patch(f"/Users/{first}", OFF)
    other = {"op": "replace", "path": "externalId", "value": "oid-B"}

    refused = await idp.patch(f"/Users/{first}", other, ON)
    old = await person(cast, first)
    (await Rest(cast.hr).update_person(first, {"userName": None}, if_match="*")).must()
    second = (await idp.create_user(JAN, externalId="oid-B"))["id"]

    assert ((409, None), False) == (outcome(refused), old["active"])
    assert second != first
    assert 1 == (await unapplied(cast, idp))["user-name-reused", "externalId"]


async def test_an_open_wave_asks_the_first_one(cast: Cast, idp: Provisioner) -> None:
    """Who has got the user name since is not in its ledger, and cannot answer in the other's place."""
    await add_crowd(cast.hr, root=8, field=7)
    await add_people(cast.hr, [{"externalId": "E7", "userName": JAN, "unitExternalId": "field"}])
    wave_id = await bring_to(cast, "open", mode="blind")
    [first] = (await idp.must("GET", f'/Users?filter=userName eq "{JAN}"'))["Resources"]
    first_own = (await cast.employer.person("E7").must(cast.employer.person("E7").get("/me/waves"), 200))["items"]
    await idp.must("DELETE", f"/Users/{first['id']}")
    second = (await idp.create_user(JAN, externalId="oid-B"))["id"]

    listed = {str(row["person_id"]) for row in await ledger(cast.house, wave_id)}
    jan = cast.employer.person("oid-B")
    own = (await jan.must(jan.get("/me/waves"), 200))["items"]

    assert [wave_id] == [one["waveId"] for one in first_own]
    assert ([], {first["id"]}) == (own, listed & {first["id"], second})
