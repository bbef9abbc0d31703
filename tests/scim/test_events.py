"""What the works council reads of SCIM in the audit trail: who was created, switched off, moved and removed."""

from typing import Any

from cases.test_events import audit_of
from peil.directory.scim.events import EVENTS
from scim.client import OUR_GROUP, Provisioner
from support.apis import Rest
from support.personas import Cast, add_people


async def acts_of(cast: Cast, after: int = 0) -> list[tuple[str, str]]:
    """What SCIM did, and to what, in order; without what was there before."""
    entries = [one for one in await audit_of(cast) if one["actorKind"] == "provisioning"]
    return [(one["event"], one["subject"]) for one in entries][after:]


async def test_each_act_on_a_user_has_a_word(cast: Cast, idp: Provisioner) -> None:
    """Created, changed, switched off, on again and deleted; and created again, which is the same person."""
    made = (await idp.create_user("eve@voorbeeld.example"))["id"]
    for path, value in (("displayName", "Eve"), ("active", False), ("active", True)):
        await idp.patch(f"/Users/{made}", {"op": "replace", "path": path, "value": value})
    await idp.must("DELETE", f"/Users/{made}")
    again = (await idp.create_user("eve@voorbeeld.example"))["id"]

    words = ["create", "update", "deactivate", "reactivate", "delete", "reactivate"]
    assert made == again
    assert [(f"{word}_scim_user", f"people/{made}") for word in words] == await acts_of(cast)


async def test_who_was_imported_is_not_created(cast: Cast, idp: Provisioner) -> None:
    """A person of the HR system is taken over."""
    await add_people(cast.hr, [{"externalId": "E9", "unitExternalId": "field"}])

    made = (await idp.create_user("imp@voorbeeld.example", externalId="E9"))["id"]

    assert [("update_scim_user", f"people/{made}")] == await acts_of(cast)


async def test_each_act_on_a_group_has_a_word(cast: Cast, idp: Provisioner) -> None:
    """Who is put in and taken out, who manages, what it is called, and its end."""
    one, two = [(await idp.create_user(f"{name}@voorbeeld.example"))["id"] for name in ("een", "twee")]
    seen = len(await acts_of(cast))
    group = (await idp.create_group("Groep", one))["id"]
    created = await acts_of(cast, seen)
    changes: list[tuple[dict[str, Any], list[tuple[str, str]]]] = [
        (
            {"op": "add", "path": "members", "value": [{"value": two}]},
            [("create_scim_membership", f"people/{two}"), ("update_scim_group_members", f"units/{group}")],
        ),
        (
            {"op": "remove", "path": f'members[value eq "{one}"]'},
            [("delete_scim_membership", f"people/{one}"), ("update_scim_group_members", f"units/{group}")],
        ),
        ({"op": "replace", "path": "displayName", "value": "Ploeg"}, [("update_scim_group", f"units/{group}")]),
        (
            {"op": "add", "path": f"{OUR_GROUP}:manager", "value": one},
            [("create_scim_manager", f"people/{one}"), ("update_scim_group", f"units/{group}")],
        ),
        (
            {"op": "remove", "path": f"{OUR_GROUP}:manager"},
            [("delete_scim_manager", f"people/{one}"), ("update_scim_group", f"units/{group}")],
        ),
        (
            {"op": "replace", "value": {"displayName": "Team", "members": []}},
            [
                ("delete_scim_membership", f"people/{two}"),
                ("update_scim_group_members", f"units/{group}"),
                ("update_scim_group", f"units/{group}"),
            ],
        ),
    ]
    found = []
    for change, _ in changes:
        seen = len(await acts_of(cast))
        assert 204 == (await idp.patch(f"/Groups/{group}", change)).status_code
        found.append(await acts_of(cast, seen))
    seen = len(await acts_of(cast))
    await idp.must("DELETE", f"/Groups/{group}")

    assert [("create_scim_membership", f"people/{one}"), ("create_scim_group", f"units/{group}")] == created
    assert [told for _, told in changes] == found
    assert [("delete_scim_group", f"units/{group}")] == await acts_of(cast, seen)
    assert set(EVENTS) >= {event for event, _ in await acts_of(cast)}


async def test_the_works_council_asks_who_was_removed(cast: Cast, idp: Provisioner) -> None:
    """By the word of the act, over REST: those alone, and nothing under the name of the operation."""
    kept, gone = [(await idp.create_user(f"{name}@voorbeeld.example"))["id"] for name in ("blijf", "weg")]
    await idp.patch(f"/Users/{gone}", {"op": "replace", "path": "active", "value": "False"})
    await audit_of(cast)
    council = Rest(cast.works_council)

    off = (await council.list_audit(event="deactivate_scim_user")).must()["items"]
    rest = (await council.list_audit(event="provision")).must()["items"]

    assert ([f"people/{gone}"], []) == ([one["subject"] for one in off], rest)
    assert kept != gone
