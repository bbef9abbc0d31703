"""What nobody should send: a clear SCIM error, nothing half done, and nothing about a person in the log."""

import json
import logging
from typing import Any

import msgspec
import pytest

from scim.client import BULK, CORE_USER, ENTERPRISE, OUR_GROUP, PATCH_OP, Provisioner, outcome
from support.personas import Cast

SEARCH = "urn:ietf:params:scim:api:messages:2.0:SearchRequest"
ERROR = "urn:ietf:params:scim:api:messages:2.0:Error"
FACE = "\U0001f600"
WHO = "secretive@voorbeeld.example"
TAKEN = "taken@voorbeeld.example"


def user(**more: Any) -> bytes:
    return msgspec.json.encode({"schemas": [CORE_USER], "userName": WHO, **more})


BODIES: dict[str, tuple[bytes, tuple[int, str | None]]] = {
    "no JSON": (b"{", (400, "invalidSyntax")),
    "a list": (b"[]", (400, "invalidSyntax")),
    "nothing": (b"{}", (400, "invalidValue")),
    "NUL": (user(displayName="a\x00b"), (400, "invalidValue")),
    "NUL in what is ignored": (user(nickName="a\x00b"), (400, "invalidValue")),
    "half a character": (user(displayName="@").replace(b"@", b"\\ud800", 1), (400, "invalidValue")),
    "a member twice": (user().replace(b"{", b'{"userName":"x",', 1), (400, "invalidValue")),
    "bytes that are no text": (user(displayName="@").replace(b'"@"', b'"\xff"'), (400, None)),
    "too deep": (user(x=0).replace(b":0", b":" + b"[" * 70 + b"]" * 70), (400, None)),
    "900 kB in a name": (user(displayName="x" * 900_000), (400, "invalidValue")),
    "more than a mebibyte": (user(displayName="x" * 1_100_000), (413, None)),
    "lines in a name": (user(displayName="a\nb"), (400, "invalidValue")),
    "no address": (user(emails=[{"value": "nobody", "type": "work"}]), (400, "invalidValue")),
    "a number for a name": (user(displayName=7), (400, "invalidValue")),
    "no language": (user(preferredLanguage="{}"), (400, "invalidValue")),
    "a manager that is a number": (user(**{ENTERPRISE: {"manager": 7}}), (400, "invalidValue")),
}


@pytest.mark.parametrize(("body", "expected"), BODIES.values(), ids=BODIES)
async def test_a_bad_user_is_refused(idp: Provisioner, body: bytes, expected: tuple[int, str | None]) -> None:
    """In SCIM's own words, and nobody is made."""
    refused = await idp.request("POST", "/Users", body)

    assert (expected, [ERROR], "application/scim+json") == (
        outcome(refused),
        refused.json()["schemas"],
        refused.headers["content-type"],
    )
    assert 5 == (await idp.must("GET", "/Users?count=0"))["totalResults"]


async def test_marks_of_direction_are_letters(idp: Provisioner) -> None:
    """Names of people are written from right to left as well."""
    made = await idp.create_user("rtl@voorbeeld.example", displayName="\u202eנועה\u200f")

    assert "\u202eנועה\u200f" == (await idp.must("GET", f"/Users/{made['id']}"))["displayName"]


OPERATIONS: dict[str, tuple[list[dict[str, Any]], tuple[int, str | None]]] = {
    "a path of 5,000 characters": ([{"op": "add", "path": "a" * 5000, "value": "x"}], (400, "invalidFilter")),
    "a path that nests": (
        [{"op": "add", "path": "emails[" + "(" * 40 + 'type eq "x"' + ")" * 40 + "]", "value": "x"}],
        (400, "invalidFilter"),
    ),
    "a path of many alternatives": (
        [{"op": "replace", "path": "emails[" + " or ".join(['value eq "a"'] * 400) + "].value", "value": "x"}],
        (400, "invalidFilter"),
    ),
    "a path that denies": (
        [{"op": "remove", "path": "emails[" + "not (" * 30 + 'type eq "x"' + ")" * 30 + "]"}],
        (400, "invalidFilter"),
    ),
    "brackets in brackets": (
        [{"op": "add", "path": "emails[" * 40 + "x" + "]" * 40, "value": "x"}],
        (400, "invalidFilter"),
    ),
    "NUL in a path": ([{"op": "add", "path": "display\x00Name", "value": "x"}], (400, "invalidValue")),
    "NUL in the filter of a path": (
        [{"op": "replace", "path": 'emails[type eq "a\\u0000"].value', "value": "a@x.example"}],
        (400, "invalidFilter"),
    ),
    "half a character in the filter of a name": (
        [{"op": "replace", "value": {'emails[type eq "\\ud800"].value': "a@x.example"}}],
        (400, "invalidFilter"),
    ),
    "NUL in a value": ([{"op": "add", "path": "displayName", "value": "a\x00b"}], (400, "invalidValue")),
    "somebody else's name": ([{"op": "replace", "path": "userName", "value": TAKEN}], (409, "uniqueness")),
    "a path that is none": ([{"op": "add", "path": "emails[type eq", "value": "x"}], (400, "invalidPath")),
    "5,000 operations": ([{"op": "add", "path": "displayName", "value": "x"}] * 5000, (413, None)),
    "no operations": ([], (400, "invalidValue")),
    "an operation that is none": ([{"op": "move", "path": "displayName"}], (400, "invalidValue")),
    "the id": ([{"op": "replace", "path": "id", "value": "x"}], (400, "mutability")),
    "no user name": ([{"op": "remove", "path": "userName"}], (400, "mutability")),
    "a remove of everything": ([{"op": "remove"}], (400, "noTarget")),
    "a value after a good one": (
        [{"op": "add", "path": "displayName", "value": "x"}, {"op": "add", "path": "active", "value": "maybe"}],
        (400, "invalidValue"),
    ),
}


@pytest.mark.parametrize(("operations", "expected"), OPERATIONS.values(), ids=OPERATIONS)
async def test_a_bad_patch_changes_nothing(
    idp: Provisioner, operations: list[dict[str, Any]], expected: tuple[int, str | None]
) -> None:
    """Not even what stands before it."""
    await idp.create_user(TAKEN)
    made = await idp.create_user(WHO)

    refused = await idp.request("PATCH", f"/Users/{made['id']}", {"schemas": [PATCH_OP], "Operations": operations})

    assert expected == outcome(refused)
    assert made == await idp.must("GET", f"/Users/{made['id']}")


async def test_a_circle_of_units_is_refused(cast: Cast, idp: Provisioner) -> None:
    """Of two, of three, within one bulk request as well; what hangs where is as it was."""
    made = [(await idp.create_group("Een"))["id"]]
    for name in ("Twee", "Drie"):
        made.append((await idp.create_group(name, **{OUR_GROUP: {"parent": {"value": made[-1]}}}))["id"])
    before = await cast.hr.must(cast.hr.get("/units"), 200)

    def under(above: str) -> dict[str, Any]:
        return {"op": "replace", "path": f"{OUR_GROUP}:parent", "value": {"value": above}}

    refused = [await idp.patch(f"/Groups/{made[0]}", under(above)) for above in made]
    bulk = [
        {"method": "PATCH", "path": f"/Groups/{made[0]}", "data": {"schemas": [PATCH_OP], "Operations": [under(above)]}}
        for above in made[1:]
    ]
    done = await idp.must("POST", "/Bulk", {"schemas": [BULK], "Operations": bulk})

    assert [(400, "invalidValue")] * 3 == [outcome(one) for one in refused]
    assert ["400", "400"] == [one["status"] for one in done["Operations"]]
    assert before == await cast.hr.must(cast.hr.get("/units"), 200)


async def test_who_manages_oneself_has_no_right_by_it(cast: Cast, idp: Provisioner) -> None:
    """It is data, as a circle of managers is; who manages a unit that one is in manages that unit and no more."""
    made = (await idp.create_user(WHO))["id"]
    own = {"op": "add", "path": f"{ENTERPRISE}:manager", "value": {"value": made}}

    done = await idp.patch(f"/Users/{made}", own)
    person = await cast.hr.must(cast.hr.get(f"/people/{made}"), 200)

    assert (204, made) == (done.status_code, (await idp.must("GET", f"/Users/{made}"))[ENTERPRISE]["manager"]["value"])
    assert ([], []) == (person["manages"], person["memberships"])


QUERIES: dict[str, tuple[str, tuple[int, str | None]]] = {
    "a filter that nests": ("filter=" + "(" * 60 + "userName pr" + ")" * 60, (400, "invalidFilter")),
    "a filter of 5,000 characters": ('filter=userName eq "' + "x" * 5000 + '"', (400, "invalidFilter")),
    "a filter that is none": ("filter=userName is x", (400, "invalidFilter")),
    "an unknown attribute": ('filter=shoeSize eq "42"', (400, "invalidFilter")),
    "a count that is none": ("count=many", (400, "invalidValue")),
    "both kinds of attributes": ("attributes=userName&excludedAttributes=active", (400, "invalidValue")),
    "a cursor": ("cursor=x", (501, None)),
    "NUL in a name": ('filter=userName eq "a\\u0000"', (400, "invalidFilter")),
    "NUL as it is": ('filter=userName eq "a%00"', (400, "invalidFilter")),
    "NUL in an id": ('filter=externalId eq "a\\u0000"', (400, "invalidFilter")),
    "NUL in an address": ('filter=emails.value eq "a\\u0000"', (400, "invalidFilter")),
    "NUL in brackets": ('filter=emails[value eq "\\u0000a"]', (400, "invalidFilter")),
    "half a character": ('filter=userName eq "a\\ud800"', (400, "invalidFilter")),
    "a start of 6,000 digits": (f"startIndex={'9' * 6000}", (400, "invalidFilter")),
    "bytes that are no text": ("filter=%ff", (400, None)),
    "more than it can be asked": ("&".join(f"a{place}=x" for place in range(21)), (400, None)),
}


@pytest.mark.parametrize(("query", "expected"), QUERIES.values(), ids=QUERIES)
async def test_a_bad_question_is_refused(idp: Provisioner, query: str, expected: tuple[int, str | None]) -> None:
    """Whichever way it is asked."""
    refused = await idp.request("GET", f"/Users?{query}".replace(" ", "%20").replace('"', "%22"))

    assert expected == outcome(refused)


@pytest.mark.parametrize("path", ["/Users/.search", "/Groups/.search", "/.search"])
@pytest.mark.parametrize("text", ["a\0", "a\ud800", "\udfffa"])
@pytest.mark.parametrize("attribute", ["externalId", "id", "meta.resourceType"])
async def test_what_is_no_text_is_looked_for_nowhere(idp: Provisioner, path: str, attribute: str, text: str) -> None:
    """Escaped in the filter, so that the body itself is good; a pair of halves is a character."""
    asked = {"schemas": [SEARCH], "filter": f"{attribute} eq {json.dumps(text)}"}
    whole = {"schemas": [SEARCH], "filter": f"{attribute} eq {json.dumps(FACE)}"}

    refused, found = await idp.request("POST", path, asked), await idp.must("POST", path, whole)

    assert ((400, "invalidFilter"), 0) == (outcome(refused), found["totalResults"])


@pytest.mark.parametrize("path", ["/Users", "/Groups", ""])
async def test_where_no_list_goes_nothing_is(idp: Provisioner, path: str) -> None:
    """Far after the last there is none, and of any number as many as there may be at once."""
    far, many = 10**20, {"schemas": [SEARCH], "count": 10**20}
    after = [await idp.must("POST", f"{path}/.search", {"schemas": [SEARCH], "startIndex": far})]
    after += [await idp.must("GET", f"{path}?startIndex={far}")] if path else []
    before = await idp.must("POST", f"{path}/.search", {"schemas": [SEARCH], "startIndex": -far})
    everything = await idp.must("POST", f"{path}/.search", many)

    total = everything["totalResults"]
    assert [(total, 0)] * len(after) == [(one["totalResults"], one["itemsPerPage"]) for one in after]
    assert 3 < total == everything["itemsPerPage"] == before["itemsPerPage"]


async def test_too_much_in_bulk_is_refused(idp: Provisioner) -> None:
    """By the number of operations, and by the size before anybody reads it."""
    one = {"method": "DELETE", "path": "/Users/1"}
    many = await idp.request("POST", "/Bulk", {"schemas": [BULK], "Operations": [one] * 1001})
    large = await idp.request("POST", "/Bulk", {"schemas": [BULK], "Operations": [one] * 100_000})

    assert [413, 413] == [many.status_code, large.status_code]
    assert [[ERROR], [ERROR]] == [many.json()["schemas"], large.json()["schemas"]]


@pytest.mark.parametrize(
    ("method", "path", "headers", "status"),
    [
        ("GET", "/Shoes", {}, 404),
        ("GET", "/Users/1/2/3", {}, 404),
        ("GET", "/Users/", {}, 404),
        ("PUT", "/Users", {}, 405),
        ("DELETE", "/Schemas", {}, 405),
        ("GET", "/Users", {"accept": "text/html"}, 406),
        ("POST", "/Users", {"content_type": "text/plain"}, 415),
        ("GET", "/Me", {}, 501),
    ],
)
async def test_what_the_edge_refuses_is_told_as_scim_tells_it(
    idp: Provisioner, method: str, path: str, headers: dict[str, str], status: int
) -> None:
    """An unknown path, a method, a media type."""
    refused = await idp.request(method, path, user() if method in ("POST", "PUT") else None, **headers)

    assert (status, [ERROR], str(status)) == (
        refused.status_code,
        refused.json()["schemas"],
        refused.json()["status"],
    )


async def test_everybody_may_know_how_to_sign_in(cast: Cast) -> None:
    """The configuration is the one thing that needs no secret."""
    nobody = Provisioner(cast.house.http, None, {})

    answers = [
        (await nobody.request("GET", path)).status_code for path in ("/ServiceProviderConfig", "/Schemas", "/Users")
    ]

    assert [200, 401, 401] == answers


async def test_the_log_names_nobody(idp: Provisioner, caplog: pytest.LogCaptureFixture) -> None:
    """Whatever is refused, and also where the service itself fails."""
    with caplog.at_level(logging.DEBUG):
        for body, _ in BODIES.values():
            await idp.request("POST", "/Users", body)
        await idp.request("GET", f'/Users?filter=userName eq "{WHO}" and')

    assert "secretive" not in caplog.text
