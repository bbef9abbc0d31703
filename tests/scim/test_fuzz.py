"""Filters, paths and bodies that nobody thought of: refused or done, and never a failure of the service."""

import asyncio
import json
from collections.abc import Callable
from typing import Any

import httpx
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from peil.directory.scim.endpoint import PREFIX, SCIM
from scim.client import BULK, CORE_USER, ENTERPRISE, OUR_GROUP, OUR_USER, PATCH_OP, Provisioner
from support.house import serving
from support.personas import Cast

SEARCH = "urn:ietf:params:scim:api:messages:2.0:SearchRequest"
WITHIN = ("pydantic", "validation error for", "input should be", "traceback")
"""Words of what the service is built of, which no answer has."""

BOUNDED = settings(
    max_examples=60,
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)

ODD = [
    "\0",
    "a\0",
    "\ud800",
    "a\udfff",
    "\U0001f600",
    "",
    " ",
    '"',
    "\\",
    "\u202e",
    "x" * 300,
    "bulkId:a",
    "%00",
    "é",
    "a\nb",
]
NAMES = [
    *(
        "userName",
        "externalId",
        "displayName",
        "active",
        "emails",
        "emails.value",
        "emails.type",
        "id",
        "members",
        "groups",
    ),
    *(
        "preferredLanguage",
        "meta",
        "meta.created",
        "schemas",
        "members.value",
        "parent",
        "$ref",
        "password",
        "EMAILS.VALUE",
    ),
    *(f"{ENTERPRISE}:manager", f"{ENTERPRISE}:manager.value", f"{ENTERPRISE}:department", ENTERPRISE, CORE_USER),
    *(f"{OUR_USER}:absent", f"{OUR_GROUP}:parent", f"{OUR_GROUP}:manager.value", f"{OUR_GROUP}:validTo", OUR_GROUP),
]

texts = st.sampled_from(ODD) | st.text(max_size=8)
numbers = st.integers(-(10**22), 10**22) | st.floats(allow_nan=False, allow_infinity=False)
plain = st.none() | st.booleans() | numbers | texts
names = st.sampled_from(NAMES) | texts
comparisons = st.builds(
    lambda name, how, value: f"{name} {how} {json.dumps(value)}",
    names,
    st.sampled_from(["eq", "ne", "co", "sw", "ew", "gt", "ge", "lt", "le", "EQ", "is"]),
    plain,
)
filters = st.recursive(
    comparisons | st.builds("{} pr".format, names) | texts,
    lambda inner: st.one_of(
        st.builds("{} and {}".format, inner, inner),
        st.builds("{} or {}".format, inner, inner),
        st.builds("not ({})".format, inner),
        st.builds("({})".format, inner),
        st.builds("{}[{}]".format, names, inner),
    ),
    max_leaves=4,
)
paths = names | st.builds("{}[{}]".format, names, filters) | st.builds("{}[{}].{}".format, names, filters, names)
values = st.recursive(
    plain,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(names | paths | st.just("value"), inner, max_size=3),
    max_leaves=6,
)
operations = st.fixed_dictionaries(
    {"op": st.sampled_from(["add", "Replace", "remove", "move"])}, optional={"path": paths, "value": values}
)
patches = st.builds(lambda said: {"schemas": [PATCH_OP], "Operations": said}, st.lists(operations, max_size=3) | values)
resources = st.dictionaries(names, values, max_size=4)
counts = st.integers(-(10**22), 10**22) | texts


async def fuzz(cast: Cast, idp: Provisioner, made: Callable[[httpx.Client], Callable[[], None]]) -> None:
    """Runs a property against the running service, in a thread of its own."""
    headers = {"authorization": f"Bearer {idp.secret}", "content-type": SCIM}
    async with serving(cast.house.application) as url:
        with httpx.Client(base_url=url + PREFIX, headers=headers, timeout=60) as http:
            await asyncio.to_thread(made(http))


def stands(answer: httpx.Response) -> None:
    """No failure of the service, and nothing within shows."""
    said = f"{answer.request.method} {answer.request.url} {answer.request.content!r}: {answer.text}"

    assert answer.status_code < 500, said
    assert not any(word in answer.text.lower() for word in WITHIN), said
    assert '"status":"5' not in answer.text, said


def post(http: httpx.Client, method: str, path: str, body: Any) -> None:
    stands(http.request(method, path, content=json.dumps(body).encode()))


async def test_no_question_makes_the_service_fail(cast: Cast, idp: Provisioner) -> None:
    """Whatever a filter, an order, a start or a number of results is, in the query and in a body."""

    def made(http: httpx.Client) -> Callable[[], None]:
        @BOUNDED
        @given(filters, names, counts, counts, st.sampled_from(["/Users", "/Groups", ""]))
        def asked(wanted: str, by: str, start: Any, count: Any, where: str) -> None:
            parts = {"filter": wanted, "sortBy": by, "startIndex": start, "count": count}
            for some in ({"filter": wanted}, {"startIndex": start, "count": count}, parts):
                query = {name: str(one).encode("utf-8", "surrogatepass") for name, one in some.items()}
                stands(http.get(where or "/Users", params=query))
                post(http, "POST", f"{where}/.search", {"schemas": [SEARCH], **some})

        return asked

    await fuzz(cast, idp, made)


async def test_no_change_makes_the_service_fail(cast: Cast, idp: Provisioner) -> None:
    """Whatever is written where, alone and in bulk, to a person and to a unit."""
    user = f"/Users/{(await idp.create_user('fuzz@voorbeeld.example'))['id']}"
    group = f"/Groups/{(await idp.create_group('Fuzz'))['id']}"

    def made(http: httpx.Client) -> Callable[[], None]:
        @BOUNDED
        @given(patches, st.sampled_from([user, group]))
        def patched(body: Any, at: str) -> None:
            post(http, "PATCH", at, body)
            each = {"method": "PATCH", "path": at, "data": body}
            post(http, "POST", "/Bulk", {"schemas": [BULK], "Operations": [each]})

        return patched

    await fuzz(cast, idp, made)


async def test_no_resource_makes_the_service_fail(cast: Cast, idp: Provisioner) -> None:
    """Whatever a person or a unit is said to be, created, replaced and in bulk."""
    user = f"/Users/{(await idp.create_user('fuzz@voorbeeld.example'))['id']}"

    def made(http: httpx.Client) -> Callable[[], None]:
        @BOUNDED
        @given(resources | values, st.sampled_from(["/Users", "/Groups"]), texts)
        def written(body: Any, at: str, name: str) -> None:
            named = {"userName": name, "displayName": name, **body} if isinstance(body, dict) else body
            post(http, "POST", at, named)
            post(http, "PUT", user, named)
            each = {"method": "POST", "bulkId": name, "path": at, "data": named}
            post(http, "POST", "/Bulk", {"schemas": [BULK], "Operations": [each, body]})

        return written

    await fuzz(cast, idp, made)
