"""What holds for every operation: other employers' things do not exist, and both protocols say the same."""

import re
from collections.abc import Callable
from typing import Any
from uuid import uuid4

import httpx
import msgspec
import pytest

from cases.commenting import Told
from cases.examples import PERSONAL, any_id, arguments_of, options_of
from cases.measuring import Round, wave_new
from support.apis import ENDPOINTS, FIELDS, Api, GraphQL, Rest, Speak
from support.house import Persona
from support.personas import Cast

# There is no other operator, to whom a vendor could be another's.
WITH_IDS = [name for name in PERSONAL if "{" in ENDPOINTS[name].path and name != "revoke_vendor"]


def ids_at(name: str, ids: dict[str, str]) -> dict[str, str]:
    """The ids by their names in the path: a secret's of a client or an endpoint; under a vendor, what is its own."""
    path = ENDPOINTS[name].path
    if path.startswith("/webhook-endpoints/"):
        return ids | {"secretId": ids["webhookSecretId"]}
    if not path.startswith("/vendors/"):
        return ids
    is_webhook = "/webhook-endpoints/" in path
    return ids | {
        "clientId": ids["vendorClientId"],
        "secretId": ids["vendorWebhookSecretId" if is_webhook else "vendorSecretId"],
        "endpointId": ids["vendorEndpointId"],
        "eventId": ids["vendorEventId"],
    }


def unit_of(name: str, id_of: Callable[[str], str]) -> dict[str, str]:
    """The unit that a widget is about: whoever has none of their own names it beside the path."""
    return {"unit": id_of("unitId")} if name.endswith("_widget") else {}


@pytest.mark.parametrize("name", WITH_IDS)
async def test_what_another_employer_has_does_not_exist(
    speak: Speak, standing: Cast, foreign: dict[str, str], name: str
) -> None:
    """The answer is the one about an id of nothing, but for the id of the request, and nothing has happened."""
    asker = await standing.asker_of(ENDPOINTS[name].scope)
    api = speak(asker) if name in FIELDS else Rest(asker)

    theirs, nothing = [
        await api.call(name, *arguments_of(name, id_of), **options_of(name), **unit_of(name, id_of))
        for id_of in (ids_at(name, foreign).__getitem__, any_id)
    ]

    assert "not-found" == theirs.word == nothing.word
    assert _without_instance(nothing.body) == _without_instance(theirs.body)


def _without_instance(problem: dict[str, Any]) -> dict[str, Any]:
    return {name: member for name, member in problem.items() if name != "instance"}


@pytest.mark.parametrize("name", [one for one in PERSONAL if one.startswith("list_") and one in FIELDS])
async def test_lists_have_nothing_of_another_employer(
    speak: Speak, standing: Cast, foreign: dict[str, str], name: str
) -> None:
    """Not one id of theirs in any list."""
    asker = await standing.asker_of(ENDPOINTS[name].scope)
    nothing = {name: str(uuid4()) for name in ("waveId", "campaignId", "instrumentId", "endpointId")}
    own = {"employerId": standing.employer_id, "vendorId": (await standing.linked_vendor()).vendor_id} | nothing

    outcome = await speak(asker).call(name, *arguments_of(name, own.__getitem__))

    text = msgspec.json.encode(outcome.body).decode()
    is_of_nothing = re.search("|".join(nothing), ENDPOINTS[name].path) is not None
    assert outcome.word == ("not-found" if is_of_nothing else "ok")
    assert not [id_ for name, id_ in foreign.items() if name != "kind" and id_ in text]


async def test_own_and_foreign_ids_do_not_mix(speak: Speak, standing: Cast, foreign: dict[str, str]) -> None:
    """Another employer's client under one's own employer, another's questionnaire and units in one's own wave."""
    administrator, hr = speak(standing.administrator), speak(standing.hr)

    client = await administrator.get_client(standing.employer_id, foreign["clientId"])
    theirs = await wave_new(standing, instrumentId=foreign["instrumentId"], unitIds=[foreign["unitId"]])
    wave = await hr.plan_wave(theirs)
    nothing = await hr.plan_wave(theirs | {"instrumentId": str(uuid4()), "unitIds": [str(uuid4())]})

    assert "not-found" == client.word
    assert ["/instrumentId", "/unitIds/0"] == sorted(pointer for pointer, _ in wave.findings)
    assert nothing.findings == wave.findings


async def test_both_protocols_say_the_same(
    documents_http: httpx.AsyncClient, released: Round, commented: Told, foreign: dict[str, str]
) -> None:
    """What every reading operation shows over GraphQL is what it shows over REST, with the same ETag."""
    told = {}
    for name in [
        one for one in FIELDS if FIELDS[one].kind != "mutation" and not one.startswith(("validate", "preview"))
    ]:
        scope = ENDPOINTS[name].scope
        is_comments = scope.startswith("comment")
        cast = commented.cast if is_comments else released.cast
        who = await cast.asker_of(scope)
        apis: list[Api] = [Rest(who), GraphQL(Persona(documents_http, who.token))]
        asked = {**foreign, "unitId": cast.units["field"]} | ({"waveId": commented.wave_id} if is_comments else {})
        limit: dict[str, Any] = {"limit": 50} if name.startswith("list_") else {}
        told_of = [ids_at(name, asked)[one] for one in re.findall(r"{(\w+)}", ENDPOINTS[name].path)]
        body = [{"unitIds": [asked["unitId"]]}] if name == "get_group_aggregate" else []
        about = unit_of(name, asked.__getitem__)
        rest, graphql = [await api.call(name, *told_of, *body, **limit, **about) for api in apis]
        told[name] = rest.must() == graphql.must() and graphql.etag in (None, rest.etag)

    assert [] == [name for name, is_same in told.items() if not is_same]
