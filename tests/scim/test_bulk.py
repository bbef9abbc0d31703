"""Bulk requests: operations that refer to each other, and each wholly done or not at all."""

from typing import Any

from scim.client import BULK, ENTERPRISE, PATCH_OP, Provisioner
from support.apis import Rest
from support.personas import Cast


def post(name: str, bulk_id: str, **more: Any) -> dict[str, Any]:
    return {"method": "POST", "path": "/Users", "bulkId": bulk_id, "data": {"userName": name, "active": True, **more}}


async def bulk(idp: Provisioner, *operations: dict[str, Any], **more: Any) -> Any:
    return await idp.must("POST", "/Bulk", {"schemas": [BULK], "Operations": list(operations), **more})


async def test_operations_refer_to_each_other(cast: Cast, idp: Provisioner) -> None:
    """A group with members that are made after it, one of whom manages the other."""
    group = {"displayName": "Bulk", "members": [{"value": "bulkId:a"}, {"value": "bulkId:b"}]}
    done = await bulk(
        idp,
        {"method": "POST", "path": "/Groups", "bulkId": "g", "data": group},
        post("a@voorbeeld.example", "a", **{ENTERPRISE: {"manager": {"value": "bulkId:b"}}}),
        post("b@voorbeeld.example", "b"),
    )

    assert ["201"] * 3 == [one["status"] for one in done["Operations"]]
    group_id, first, second = [one["location"].rsplit("/", 1)[-1] for one in done["Operations"]]
    user = await idp.must("GET", f"/Users/{first}")
    assert second == user[ENTERPRISE]["manager"]["value"]
    assert group_id == (await Rest(cast.hr).get_person(second)).must()["unitId"]


async def test_what_is_refused_leaves_nothing_and_the_rest_stands(cast: Cast, idp: Provisioner) -> None:
    """A name that is taken, a user that is not there, a value that is none, and a member that is nobody."""
    kept = await idp.create_user("c@voorbeeld.example")
    nobody = {"displayName": "Half", "members": [{"value": "00000000-0000-4000-8000-000000000000"}]}

    done = await bulk(
        idp,
        post("C@voorbeeld.example", "c"),
        {"method": "DELETE", "path": "/Users/00000000-0000-4000-8000-000000000000"},
        post("d@voorbeeld.example", "d", preferredLanguage="?"),
        {"method": "POST", "path": "/Groups", "bulkId": "h", "data": nobody},
        {
            "method": "PATCH",
            "path": f"/Users/{kept['id']}",
            "data": {"schemas": [PATCH_OP], "Operations": [{"op": "add", "path": "displayName", "value": "Cee"}]},
        },
        post("e@voorbeeld.example", "e"),
    )

    assert ["409", "404", "400", "400", "200", "201"] == [one["status"] for one in done["Operations"]]
    assert "Cee" == (await idp.must("GET", f"/Users/{kept['id']}"))["displayName"]
    assert 0 == (await idp.must("GET", '/Users?filter=userName eq "d@voorbeeld.example"'))["totalResults"]
    assert b"Half" not in (await cast.hr.get("/units")).content


async def test_it_stops_after_as_many_errors_as_it_may_have(idp: Provisioner) -> None:
    """What comes after is not done; what came before stands."""
    done = await bulk(
        idp,
        post("f@voorbeeld.example", "f"),
        post("F@voorbeeld.example", "f2"),
        post("g@voorbeeld.example", "g"),
        failOnErrors=1,
    )
    found = [
        (await idp.must("GET", f'/Users?filter=userName eq "{name}@voorbeeld.example"'))["totalResults"]
        for name in ("f", "g")
    ]

    assert (["201", "409"], [1, 0]) == ([one["status"] for one in done["Operations"]], found)


async def test_a_circle_of_references_is_refused(idp: Provisioner) -> None:
    """Neither of two users that need each other first; a reference to nothing neither."""
    manager = {name: {ENTERPRISE: {"manager": {"value": f"bulkId:{name}"}}} for name in ("x", "y", "nothing")}

    done = await bulk(
        idp,
        post("x@voorbeeld.example", "x", **manager["y"]),
        post("y@voorbeeld.example", "y", **manager["x"]),
        post("z@voorbeeld.example", "z", **manager["nothing"]),
    )

    assert ["409", "409", "409"] == [one["status"] for one in done["Operations"]]
