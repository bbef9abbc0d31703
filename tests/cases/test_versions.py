"""Versions: what was seen is said with a change, and what is known is not sent again."""

from typing import Any
from uuid import uuid4

import pytest

from cases.commenting import Told
from cases.conftest import vendor_ids, webhook_ids
from cases.examples import BODIES, INSTRUMENT, PERSONAL, arguments_of
from cases.measuring import Round, wave_new
from cases.programme import campaign_ids
from cases.test_common import ids_at
from cases.test_roles import ROW_OF
from support.apis import ENDPOINTS, Rest, Speak
from support.personas import Cast

CHANGING = [name for name in PERSONAL if ENDPOINTS[name].method in ("PATCH", "DELETE")]


@pytest.fixture
async def shared(cast: Cast) -> dict[str, str]:
    """Ids of everything that can be changed."""
    hr = Rest(cast.hr)
    unit = await hr.create_unit({"externalId": "empty", "name": "Empty", "parentExternalId": "root"})
    return await campaign_ids(cast) | {
        "unitId": unit.must()["unitId"],
        "personId": (await hr.list_people()).must()["items"][0]["personId"],
        "instrumentId": (await hr.create_instrument(INSTRUMENT)).must()["instrumentId"],
        "supportRouteId": (await hr.create_support_route(BODIES["create_support_route"])).must()["supportRouteId"],
        "catalogueEntryId": (await hr.create_catalogue_entry(BODIES["create_catalogue_entry"])).must()[
            "catalogueEntryId"
        ],
        "waveId": (await hr.plan_wave(await wave_new(cast))).must()["waveId"],
        **await of_access(cast),
    }


async def of_access(cast: Cast) -> dict[str, str]:
    """What an administrator changes."""
    administrator = Rest(cast.administrator)
    client = await administrator.create_client(cast.employer_id, BODIES["create_client"])
    return {
        "employerId": str(cast.employer_id),
        **await vendor_ids(cast),
        **await webhook_ids(cast),
        "clientId": client.must()["clientId"],
        "issuerId": (await administrator.list_issuers()).must()["items"][0]["issuerId"],
        "connectionId": (await administrator.create_scim_connection(BODIES["create_scim_connection"])).must()[
            "connectionId"
        ],
    }


@pytest.mark.parametrize("name", CHANGING)
async def test_a_change_says_what_it_has_seen(speak: Speak, cast: Cast, shared: dict[str, str], name: str) -> None:
    """Without a version 428, with another one 412, and with the ETag of the GET, or `*`, it is done."""
    is_of_access = ROW_OF[name][0] in ("clients", "issuers", "scim", "webhooks")
    asker = cast.administrator if is_of_access else cast.hr
    if ENDPOINTS[name].path.startswith("/vendors/"):
        asker = await (await cast.linked_vendor()).itself()
    api = speak(asker)
    arguments = arguments_of(name, ids_at(name, shared).__getitem__)
    reading = f"get_{name.partition('_')[2]}"
    etag = (await api.call(reading, *arguments[: ENDPOINTS[reading].path.count("{")])).etag

    without = await api.call(name, *arguments)
    stale = await api.call(name, *arguments, if_match='"another"')
    weak = await api.call(name, *arguments, if_match=f"W/{etag}")
    right = await api.call(name, *arguments, if_match=f'"another", {etag}')
    again = await api.call(name, *arguments, if_match=etag)

    assert ["match-required", "stale", "stale", None] == [one.code for one in (without, stale, weak, right)]
    assert again.code == ("not-found" if ENDPOINTS[name].method == "DELETE" else "stale")


async def of_a_vendor(cast: Cast) -> dict[str, str]:
    """What waits for an administrator, by how it is confirmed."""
    vendor = Rest(cast.vendor)
    new = {"issuer": "https://login.example", "audience": str(cast.employer_id), "directoryAttribute": "externalId"}
    return {
        "confirm_issuer": (await vendor.create_issuer(new)).must()["issuerId"],
        "confirm_scim_connection": (await vendor.create_scim_connection({"name": "Vendor"})).must()["connectionId"],
    }


@pytest.mark.parametrize(
    ("confirm", "change"),
    [
        ("confirm_issuer", {"roleClaim": "groups", "roleMapping": {"Everybody": "works_council"}}),
        ("confirm_scim_connection", {"name": "Vendor", "groups": "none"}),
    ],
)
async def test_what_was_looked_at_is_confirmed(speak: Speak, cast: Cast, confirm: str, change: dict[str, Any]) -> None:
    """What a vendor swaps after that is not; who names no version confirms what is there."""
    waiting = (await of_a_vendor(cast))[confirm]
    api, what = speak(cast.administrator), confirm.removeprefix("confirm_")
    seen = (await api.call(f"get_{what}", waiting)).etag
    (await Rest(cast.vendor).call(f"update_{what}", waiting, change, if_match="*")).must()

    stale = await api.call(confirm, waiting, if_match=seen)
    now = await api.call(f"get_{what}", waiting)
    right = await api.call(confirm, waiting, if_match=now.etag)

    assert ("refused", "stale") == (stale.word, stale.code)
    assert ("inactive", "active") == (now.body["state"], right.must()["state"])


@pytest.mark.parametrize(
    "path",
    [
        "/waves/{wave}",
        "/waves",
        "/waves/{wave}/aggregates/{unit}",
        "/waves/{wave}/aggregates",
        "/waves/{wave}/changes/{unit}",
        "/waves/{wave}/changes",
    ],
)
async def test_what_is_known_is_not_sent_again(released: Round, path: str) -> None:
    """304 without a body for the ETag, also among others, weak or by `*`; another one gets it all."""
    cast = released.cast
    path = path.format(wave=released.wave_id, unit=cast.units["root"])
    etag = (await cast.employee.get(path)).headers["etag"]

    answers = [
        await cast.employee.get(path, headers={"if-none-match": known})
        for known in (etag, f'"x", {etag}', f"W/{etag}", "*", '"x"')
    ]

    assert [304, 304, 304, 304, 200] == [one.status_code for one in answers]
    assert [b""] * 4 == [one.content for one in answers[:4]]
    assert {etag} == {one.headers["etag"] for one in answers}


async def test_each_language_of_an_aggregate_has_its_own_etag(released: Round) -> None:
    """A cache that has the Dutch one asks again for the English one."""
    path = f"/waves/{released.wave_id}/aggregates/{released.cast.units['root']}"
    dutch, english = [
        await released.cast.hr.get(path, headers={"accept-language": language}) for language in ("nl", "en")
    ]
    known = {"if-none-match": dutch.headers["etag"], "accept-language": "en"}

    assert dutch.headers["etag"] != english.headers["etag"]
    assert 200 == (await released.cast.hr.get(path, headers=known)).status_code
    assert "accept-language" in dutch.headers["vary"].lower()


async def test_aggregates_may_be_kept_and_personal_things_not(released: Round) -> None:
    """For widgets: kept by the caller alone, and checked each time."""
    path = f"/waves/{released.wave_id}/aggregates"
    caching = [
        (await released.cast.hr.get(one)).headers["cache-control"]
        for one in (f"{path}/{released.cast.units['root']}", path, "/people", f"/waves/{released.wave_id}")
    ]

    assert ["private, no-cache"] * 2 + ["no-store"] * 2 == caching


@pytest.mark.parametrize("name", [name for name in PERSONAL if ENDPOINTS[name].method == "GET"])
async def test_head_works_wherever_get_does(
    released: Round, commented: Told, foreign: dict[str, str], name: str
) -> None:
    """The same headers and no body."""
    endpoint = ENDPOINTS[name]
    is_comments = endpoint.scope.startswith("comment")
    cast = commented.cast if is_comments else released.cast
    ids = {**ids_at(name, foreign), "unitId": cast.units["root"]} | (
        {"waveId": commented.wave_id} if is_comments else {}
    )
    path = endpoint.path.format_map(ids)
    about = {"unit": cast.units["root"]} if name.endswith("_widget") else {}
    who = await cast.asker_of(endpoint.scope)

    get, head = [await who.request(method, path, params=about) for method in ("GET", "HEAD")]

    assert (200, 200, b"") == (get.status_code, head.status_code, head.content), get.text
    assert dict(get.headers) == dict(head.headers)


@pytest.mark.parametrize(
    ("accept_language", "expected"),
    [
        ("nl", "nl"),
        ("en", "en"),
        ("nl-NL, en;q=0.8", "nl"),
        ("en;q=0.5, nl;q=0.9", "nl"),
        ("fr, en;q=0.3", "en"),
        ("nl;q=0, en;q=0.1", "en"),
        ("fr", "nl"),
        ("nl;q=x", "nl"),
        (",,;;", "nl"),
        (None, "nl"),
    ],
)
async def test_problems_are_in_the_callers_language(standing: Cast, accept_language: str | None, expected: str) -> None:
    """By quality; whoever says neither gets the employer's, as in answers, and where nobody is known English."""
    headers = {} if accept_language is None else {"accept-language": accept_language}
    response = await standing.hr.get(f"/waves/{uuid4()}", headers=headers)
    foreign = await standing.house.anonymous.get(f"/waves/{uuid4()}")

    title = {"nl": "Niet gevonden", "en": "Not found"}[expected]
    assert (404, expected, title) == (
        response.status_code,
        response.headers["content-language"],
        response.json()["title"],
    )
    assert (401, "en") == (foreign.status_code, foreign.headers["content-language"])


async def test_graphql_refuses_in_the_callers_language(speak: Speak, standing: Cast) -> None:
    """In the words that REST has for it."""
    titles = [
        (await speak(standing.hr).get_wave(uuid4(), language=language)).body["detail"] for language in ("nl", "en")
    ]

    rest = [
        (await standing.hr.get(f"/waves/{uuid4()}", headers={"accept-language": language})).json()["detail"]
        for language in ("nl", "en")
    ]
    assert rest == titles
