"""Who reads in the benchmark: callers who see every unit, and callers whose reach is looked up in the tree."""

import json
import random
import time
from typing import NamedTuple

from benchmarks.crowd import FAN_OUT, LEAST, Crowd
from peil.demo.issuer import DemoIssuer
from support.house import House

_EACH = 25
_HOUR = 3600


class Reader(NamedTuple):
    """A caller's token, and the places in the crowd's list of the units that it may read."""

    token: str
    places: list[int]


async def readers_of(house: House, crowd: Crowd, issuer: DemoIssuer, units: int) -> list[Reader]:
    """A quarter each of HR, works council, managers and employees, as far as they see the first so many units.

    `issuer` has to answer while they are asked who they are.
    """
    await _register(crowd, issuer)
    everything = list(range(units))
    places = random.Random(1).sample(range(1, units), 3 * _EACH)
    council, managers, employees = places[:_EACH], range(1, _EACH + 1), places[_EACH : 2 * _EACH]
    await _let_manage(crowd, managers)
    return [
        *[Reader(await _client(house, crowd, number), everything) for number in range(_EACH)],
        *[Reader(_person(crowd, issuer, place, "OR"), everything) for place in council],
        *[Reader(_person(crowd, issuer, place), _above(place) + _beneath(place, units)) for place in managers],
        *[Reader(_person(crowd, issuer, place), [place, *_above(place)]) for place in employees],
    ]


async def _client(house: House, crowd: Crowd, number: int) -> str:
    """The access token of a client of its own."""
    administrator = await crowd.employer.client("administrator")
    new = {"name": f"reader {number}", "roles": ["hr"]}
    client = await administrator.must(administrator.post(f"/employers/{crowd.employer.employer_id}/clients", new))
    return await house.sign_in(client["clientId"], client["clientSecret"])


async def _register(crowd: Crowd, issuer: DemoIssuer) -> None:
    administrator = await crowd.employer.client("administrator")
    new = {
        "issuer": issuer.url,
        "audience": str(crowd.employer.employer_id),
        "jwksUrl": issuer.jwks_url,
        "identityClaim": "sub",
        "directoryAttribute": "externalId",
        "roleClaim": "groups",
        "roleMapping": {"OR": "works_council"},
    }
    await administrator.must(administrator.post("/issuers", new))


async def _let_manage(crowd: Crowd, places: range) -> None:
    """The first person of each of these units manages it."""
    lines = [{"externalId": _name(at), "unitExternalId": f"u{at}", "manages": [f"u{at}"]} for at in places]
    content = "\n".join(map(json.dumps, lines))
    headers = {"content-type": "application/x-ndjson"}
    await crowd.hr.must(crowd.hr.request("POST", "/people/import", content=content, headers=headers), 200)


def _person(crowd: Crowd, issuer: DemoIssuer, place: int, *groups: str) -> str:
    """The token of the first person of a unit."""
    ends = int(time.time()) + _HOUR
    return issuer.token(_name(place), aud=str(crowd.employer.employer_id), groups=list(groups), exp=ends)


def _name(place: int) -> str:
    return f"p{place * LEAST}"


def _above(place: int) -> list[int]:
    above = []
    while place:
        place = (place - 1) // FAN_OUT
        above.append(place)
    return above


def _beneath(place: int, units: int) -> list[int]:
    return [one for one in range(units) if place in (one, *_above(one))]
