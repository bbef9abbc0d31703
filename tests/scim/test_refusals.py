"""What SCIM says when it refuses: which attribute, what it must be, and nothing of the machinery within."""

from typing import Any

import msgspec
import pytest

from scim.client import BULK, CORE_GROUP, CORE_USER, ENTERPRISE, OUR_GROUP, OUR_USER, PATCH_OP, Provisioner, outcome
from scim.test_hostile import BODIES, OPERATIONS, QUERIES
from support.apis import Rest
from support.personas import Cast

SEARCH = "urn:ietf:params:scim:api:messages:2.0:SearchRequest"
STRING, BOOLEAN, ARRAY, OBJECT = (
    {"en": f"Expected: {one}.", "nl": f"Verwacht: {one}."} for one in ("string", "boolean", "array", "object")
)

VALUES: dict[str, tuple[str, Any, str, dict[str, str]]] = {
    "a number for a name": ("displayName", 5, "displayName", STRING),
    "an object for a flag": ("active", {"value": "False"}, "active", BOOLEAN),
    "nothing for a flag": ("active", "", "active", BOOLEAN),
    "an object for a department": (f"{ENTERPRISE}:department", {"a": 1}, f"{ENTERPRISE}:department", STRING),
    "a word for a flag of ours": (f"{OUR_USER}:absent", "maybe", f"{OUR_USER}:absent", BOOLEAN),
    "a number for a manager": (f"{ENTERPRISE}:manager", 7, f"{ENTERPRISE}:manager", OBJECT),
    "a number for an address": ('emails[type eq "work"].value', 5, "emails.value", STRING),
    "a text for addresses": ("emails", "s@x", "emails[0]", OBJECT),
}


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize(("path", "value", "attribute", "must_be"), VALUES.values(), ids=VALUES)
async def test_a_patch_says_which_attribute_and_what_it_must_be(
    idp: Provisioner, path: str, value: Any, attribute: str, must_be: dict[str, str], language: str
) -> None:
    """By SCIM's own name of it, in the language that is asked for; in bulk as well."""
    made = await idp.create_user("pat@voorbeeld.example", emails=[{"type": "work", "value": "pat@voorbeeld.example"}])
    body = {"schemas": [PATCH_OP], "Operations": [{"op": "replace", "path": path, "value": value}]}
    each = {"method": "PATCH", "path": f"/Users/{made['id']}", "data": body}

    alone = await idp.request("PATCH", f"/Users/{made['id']}", body, accept_language=language)
    bulk = await idp.request("POST", "/Bulk", {"schemas": [BULK], "Operations": [each]}, accept_language=language)

    expected = (400, "invalidValue", f"{attribute}: {must_be[language]}")
    assert expected == (alone.status_code, alone.json()["scimType"], alone.json()["detail"])
    [of_bulk] = bulk.json()["Operations"]
    assert expected[1:] == (of_bulk["response"]["scimType"], of_bulk["response"]["detail"])


WHOLE: dict[str, tuple[dict[str, Any], str]] = {
    "a number for a name": ({"displayName": 5}, "displayName: Verwacht: string."),
    "a text for addresses": ({"emails": "s@x"}, "emails: Verwacht: array."),
    "a number for an address": ({"emails": [{"value": 5}]}, "emails[0].value: Verwacht: string."),
    "a number for a manager": ({ENTERPRISE: {"manager": 7}}, f"{ENTERPRISE}:manager: Verwacht: object."),
    "no extension": ({ENTERPRISE: 7}, f"{ENTERPRISE}: Verwacht: object."),
    "two of them": (
        {"displayName": 5, "active": "maybe"},
        "displayName: Verwacht: string. active: Verwacht: boolean.",
    ),
}


@pytest.mark.parametrize(("said", "detail"), WHOLE.values(), ids=WHOLE)
async def test_a_user_says_which_attribute_and_what_it_must_be(
    idp: Provisioner, said: dict[str, Any], detail: str
) -> None:
    """The same words for what is created, replaced, and done in bulk."""
    made = await idp.create_user("put@voorbeeld.example")
    body = {"schemas": [CORE_USER], "userName": "put@voorbeeld.example", **said}
    each = [
        {"method": "POST", "bulkId": "a", "path": "/Users", "data": body},
        {"method": "PUT", "path": f"/Users/{made['id']}", "data": body},
    ]

    created = await idp.request("POST", "/Users", body, accept_language="nl")
    replaced = await idp.request("PUT", f"/Users/{made['id']}", body, accept_language="nl")
    bulk = await idp.request("POST", "/Bulk", {"schemas": [BULK], "Operations": each}, accept_language="nl")

    told = [created.json(), replaced.json(), *(one["response"] for one in bulk.json()["Operations"])]
    assert [("invalidValue", detail)] * 4 == [(one["scimType"], one["detail"]) for one in told]


@pytest.mark.parametrize(
    ("path", "schema", "attribute"), [("/Users", CORE_USER, "userName"), ("/Groups", CORE_GROUP, "displayName")]
)
async def test_what_is_required_is_named(idp: Provisioner, path: str, schema: str, attribute: str) -> None:
    """Where it is left out of what is created or replaced, alone and in bulk."""
    made = await (idp.create_user("put@voorbeeld.example") if path == "/Users" else idp.create_group("Ploeg"))
    body = {"schemas": [schema], "externalId": "x"}
    each = {"method": "POST", "bulkId": "a", "path": path, "data": body}

    created = await idp.request("POST", path, body)
    replaced = await idp.request("PUT", f"{path}/{made['id']}", body)
    bulk = await idp.request("POST", "/Bulk", {"schemas": [BULK], "Operations": [each]})

    told = [created.json(), replaced.json(), *(one["response"] for one in bulk.json()["Operations"])]
    assert [("invalidValue", f"{attribute}: This is required.")] * 3 == [
        (one["scimType"], one["detail"]) for one in told
    ]


CORES: dict[str, tuple[dict[str, Any], str, str]] = {
    "a removal": ({"op": "remove", "path": "userName"}, "mutability", "userName: This is required."),
    "its whole name": (
        {"op": "remove", "path": f"{CORE_USER}:userName"},
        "mutability",
        "userName: This is required.",
    ),
    "null": ({"op": "replace", "path": "userName", "value": None}, "mutability", "userName: This is required."),
    "null as a member": ({"op": "replace", "value": {"userName": None}}, "mutability", "userName: This is required."),
    "the schemas": ({"op": "remove", "path": "schemas"}, "mutability", "schemas: This is required."),
    "no path": ({"op": "remove"}, "noTarget", "Operations[1]: Remove operation requires a path"),
    "half a filter": (
        {"op": "replace", "path": 'emails[type eq "work"', "value": "a@b.example"},
        "invalidPath",
        "Operations[1].path: invalid syntax at column 16",
    ),
}


@pytest.mark.parametrize(("operation", "scim_type", "detail"), CORES.values(), ids=CORES)
async def test_what_the_core_refuses_says_where(
    cast: Cast, idp: Provisioner, operation: dict[str, Any], scim_type: str, detail: str
) -> None:
    """And nothing of the rest of the request is done either."""
    made = (await idp.create_user("put@voorbeeld.example", displayName="Pat"))["id"]
    fine = {"op": "replace", "path": "displayName", "value": "Other"}

    answer = await idp.patch(f"/Users/{made}", fine, operation)

    assert (400, scim_type, detail) == (*outcome(answer), answer.json()["detail"])
    assert "Pat" == (await Rest(cast.hr).get_person(made)).must()["displayName"]


SEARCHES: dict[str, tuple[dict[str, Any], str]] = {
    "a number for a filter": ({"filter": 7}, "filter: This value is not possible."),
    "a number for attributes": ({"attributes": 7}, "attributes: Expected: array."),
    "a word for an index": ({"startIndex": "x"}, "startIndex: Expected: integer."),
    "an order that is none": ({"sortOrder": "x"}, "sortOrder: Choose from: ascending, descending."),
    "both kinds of attributes": (
        {"attributes": ["userName"], "excludedAttributes": ["active"]},
        "'attributes' and 'excludedAttributes' are mutually exclusive",
    ),
}


@pytest.mark.parametrize(("asked", "detail"), SEARCHES.values(), ids=SEARCHES)
async def test_a_search_says_which_attribute_and_what_it_must_be(
    idp: Provisioner, asked: dict[str, Any], detail: str
) -> None:
    """Of users, and of everything."""
    answers = [
        await idp.request("POST", path, {"schemas": [SEARCH], **asked}) for path in ("/Users/.search", "/.search")
    ]

    assert [(400, detail)] * 2 == [(one.status_code, one.json()["detail"]) for one in answers]


@pytest.mark.parametrize("wrap", [lambda one: one, lambda one: [{"value": one}], lambda one: {"value": one}])
async def test_references_of_groups_may_be_text(cast: Cast, idp: Provisioner, wrap: Any) -> None:
    """As a user's manager may be: the bare id, a list of one, or what RFC 7643 has; an empty text for nobody."""
    who = (await idp.create_user("man@voorbeeld.example"))["id"]
    above = (await idp.create_group("Boven"))["id"]
    group = (await idp.create_group("Onder", **{OUR_GROUP: {"manager": wrap(who), "parent": wrap(above)}}))["id"]
    made = (await idp.must("GET", f"/Groups/{group}"))[OUR_GROUP]

    gone = [
        await idp.patch(f"/Groups/{group}", {"op": "replace", "path": f"{OUR_GROUP}:{one}", "value": ""})
        for one in ("manager", "parent")
    ]
    back = await idp.patch(f"/Groups/{group}", {"op": "add", "path": f"{OUR_GROUP}:parent", "value": wrap(above)})

    assert [who, above] == [made[one]["value"] for one in ("manager", "parent")]
    assert [204, 204, 204] == [one.status_code for one in (*gone, back)]
    now = (await idp.must("GET", f"/Groups/{group}"))[OUR_GROUP]
    assert ({"value", "$ref"}, above) == (set(now["parent"]), now["parent"]["value"])
    assert "manager" not in now


async def test_nothing_within_shows(cast: Cast, idp: Provisioner) -> None:
    """No answer names what it is built of, whatever is sent: its faults are told in the words of the service."""
    made = await idp.create_user("all@voorbeeld.example")
    path, group = f"/Users/{made['id']}", f"/Groups/{(await idp.create_group('Alles'))['id']}"
    answers = [await idp.request("POST", "/Users", body) for body, _ in BODIES.values()]
    answers += [await idp.request("PUT", path, body) for body, _ in BODIES.values()]
    answers += [await idp.patch(path, *operations) for operations, _ in OPERATIONS.values()]
    answers += [await idp.request("GET", f"/Users?{query}".replace(" ", "%20")) for query, _ in QUERIES.values()]
    answers += [await idp.request("POST", "/.search", {"schemas": [SEARCH], **said}) for said, _ in SEARCHES.values()]
    for where, value, _, _ in VALUES.values():
        answers += [
            await idp.patch(at, {"op": op, "path": where, "value": value})
            for at in (path, group)
            for op in ("add", "replace")
        ]
        answers += [await idp.patch(path, {"op": "replace", "value": {where: value}})]
    bulk = [
        {"method": "POST", "bulkId": name, "path": "/Users", "data": msgspec.json.decode(body)}
        for name, (body, _) in BODIES.items()
        if name.startswith(("no ", "a number", "a manager")) and body.startswith(b'{"')
    ]
    answers.append(await idp.request("POST", "/Bulk", {"schemas": [BULK], "Operations": bulk}))

    assert 80 < len(answers)
    within = (
        "pydantic",
        "validation error for",
        "input should be",
        "unable to",
        "display_name",
        "`errors`",
        "`instance`",
    )
    assert [] == [one.text for one in answers if any(word in one.text.lower() for word in within)]
    # There are no cursors.
    assert {501} == {one.status_code for one in answers if one.status_code >= 500}
