"""A campaign with its waves, aggregates and actions in one query of GraphQL, beside the same by REST calls."""

import time
from collections.abc import Awaitable, Callable
from typing import NamedTuple

import httpx

from benchmarks.parts import serving_part
from benchmarks.report import Finding, Pair
from cases.programme import action_new, play_edition
from support.apis import Rest, _selection, schema
from support.house import House
from support.personas import cast_of

TARGET = 1.0
_ACTIONS = 10
_ROUNDS = 20


class Story(NamedTuple):
    """What is asked for: a campaign, its released waves, and the unit whose aggregates are read."""

    campaign_id: str
    waves: list[str]
    unit_id: str

    def document(self) -> str:
        """All fields that REST has of each, in one query."""
        campaign, aggregate = (schema().get_type(name) for name in ("Campaign", "AggregateResult"))
        whole = _selection(campaign).removesuffix("}")
        edges = " ".join(
            f"{edge} {_selection(schema().get_type(kind))}"
            for edge, kind in (("waves", "WaveListingResult"), ("actions", "ActionListingResult"))
        )
        told = f'campaign(campaignId: "{self.campaign_id}") {{ ... on Campaign {whole} {edges} }} }}'
        for place, wave_id in enumerate(self.waves):
            told += f' wave{place}: aggregate(waveId: "{wave_id}", unitId: "{self.unit_id}") {_selection(aggregate)}'
        return f"{{ {told} }}"

    def paths(self) -> list[str]:
        """What is called over REST, one after the other, as the ids are known."""
        return [
            f"/v1/campaigns/{self.campaign_id}",
            "/v1/waves?limit=200",
            *(f"/v1/waves/{wave_id}/aggregates/{self.unit_id}" for wave_id in self.waves),
            f"/v1/actions?campaign={self.campaign_id}&limit=200",
        ]


async def measure(house: House, repeats: int, rounds: int = _ROUNDS) -> Finding:
    """So many times in turn, over one connection, to the API by Granian with a process per core."""
    cast = await cast_of(await house.employer("Verhaal BV"))
    campaign_id, *waves = await play_edition(cast)
    for _ in range(_ACTIONS):
        (await Rest(cast.hr).create_action(await action_new(cast, campaignId=campaign_id))).must()
    story = Story(campaign_id, waves, cast.units["root"])
    headers = {"authorization": f"Bearer {cast.hr.token}"}
    pairs = []
    async with serving_part(house, "api") as url, httpx.AsyncClient(base_url=url, headers=headers) as http:
        for turn in range(-1, repeats):
            once = await _timed(lambda: _query(http, story.document()), rounds)
            each = await _timed(lambda: _call(http, story.paths()), rounds)
            # The first is to warm up: each process reads what it keeps.
            if turn >= 0:
                pairs.append(Pair(ours=rounds / once, bare=rounds / each))
    return Finding(
        path="campaign, waves, aggregates, actions: one query",
        load=f"{len(waves)} waves, {_ACTIONS} actions",
        compared_with=f"{len(story.paths())} REST calls, one after the other",
        target=TARGET,
        pairs=pairs,
        more={"rounds": rounds},
    )


async def _timed(work: Callable[[], Awaitable[None]], rounds: int) -> float:
    """Seconds for so many."""
    started = time.perf_counter()
    for _ in range(rounds):
        await work()
    return time.perf_counter() - started


async def _query(http: httpx.AsyncClient, document: str) -> None:
    response = await http.post("/graphql", json={"query": document})
    told = response.json()
    if "errors" in told or any(
        one.get("__typename") in ("Denied", "NotFound", "Refused") for one in told["data"].values()
    ):
        raise RuntimeError(f"not everything was told: {response.text[:500]}")


async def _call(http: httpx.AsyncClient, paths: list[str]) -> None:
    for path in paths:
        response = await http.get(path)
        response.raise_for_status()
        response.json()
