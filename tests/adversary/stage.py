"""Two employers alike, whose people gave the same answers: only who of the largest atom gave which is not the same."""

from datetime import timedelta
from random import Random
from typing import Any, NamedTuple

import msgspec

from cases.measuring import advance, ask_freely, instrument_of, pass_gates, today_of, wave_new
from cases.programme import action_new, activity_new, communication_new, create_campaign
from cases.showing import VIEWS, page_of
from support.apis import Rest
from support.house import Employer, House, Persona
from support.personas import Cast, add_crowd, add_people

LEAVES = ("leaf-a", "leaf-b", "leaf-c")
"""Small units right under the root: 8, 9 and 8 invited, too few of whom answer for figures of their own."""
_CLIENTS = (
    "administrator",
    "hr",
    "vendor_integration",
    "occupational_health",
    "prevention_officer",
    "confidential_adviser",
)
# How many of each leaf answer at the first employer, and at the second.
ANSWERING = ({"leaf-a": 3, "leaf-b": 6, "leaf-c": 0}, {"leaf-a": 6, "leaf-b": 2, "leaf-c": 1})


BLOCK = "clear-work"


class Staged(NamedTuple):
    """An employer with two released waves, and who looks at them; `things`: ids of one each, as paths call them."""

    cast: Cast
    waves: list[str]
    viewers: dict[str, Persona]
    things: dict[str, str]


async def stage(house: House, number: int) -> Staged:
    """The first (0) or the second (1) of the two."""
    cast = await _organise(await house.employer("Dubbel BV"))
    await ask_freely(cast)
    member = cast.employer.person("of-leaf-a")
    viewers = {
        "hr": cast.hr,
        "works council": cast.works_council,
        "manager": cast.manager,
        "of leaf-a": member,
        "page": await page_of(cast, str(member.token), views=list(VIEWS)),
    }
    await pass_gates(cast, Rest(cast.hr), Rest(cast.works_council))
    campaign_id = await _plan(cast)
    kinds = enumerate(("baseline", "post"))
    waves = [await _play(cast, number, kind, seed, campaignId=campaign_id) for seed, kind in kinds]
    # Until the keys are destroyed, which waves tell.
    await advance(cast, days=1)
    return Staged(cast, waves, viewers, {"campaignId": campaign_id} | await _act(cast, campaign_id, waves[0]))


async def _plan(cast: Cast) -> str:
    """A campaign that is judged by what the waves say."""
    scan = await instrument_of(cast, "stress-scan")
    asked = {"instrumentId": scan["instrumentId"], "block": BLOCK}
    goal = {"title": "Helder werk", "goal": "lower-workload", "kpi": "workload", "target": 70}
    return await create_campaign(
        cast,
        year=(await today_of(cast)).year,
        goals=[
            goal | {"metric": {"kind": "block"} | asked},
            goal | {"title": "Velen", "metric": {"kind": "participation", "waveKind": "post"}, "target": 60},
        ],
        criteria=[
            {"kind": "participation", "atLeast": 70},
            {"kind": "score", "atLeast": 50} | asked,
            {"kind": "change", "atLeast": 5} | asked,
        ],
    )


async def _act(cast: Cast, campaign_id: str, baseline: str) -> dict[str, str]:
    """What hangs on it: an activity, a letter, and measures of all and of `field` that a figure tells about."""
    hr, today = Rest(cast.hr), await today_of(cast)
    activity = (await hr.create_activity(campaign_id, activity_new(on=today))).must()
    letter = (await hr.create_communication(campaign_id, communication_new(on=today))).must()
    began = (today - timedelta(days=31)).isoformat()
    measure = {"startsOn": began, "campaignId": campaign_id} | metric_of(baseline)
    for unit in ("field", None):
        place = {} if unit is None else {"unitId": cast.units[unit], "level": "team"}
        action = (await hr.create_action(await action_new(cast, **measure, **place))).must()
    await cast.house.work()
    [*_, check] = (await hr.list_progress_checks()).must()["items"]
    return {
        "activityId": activity["activityId"],
        "communicationId": letter["communicationId"],
        "actionId": action["actionId"],
        "progressCheckId": check["progressCheckId"],
    }


def metric_of(wave_id: str) -> dict[str, Any]:
    """That a measure is to raise the figure of a wave."""
    return {"metric": {"waveId": wave_id, "block": BLOCK, "target": 80}}


async def _organise(employer: Employer) -> Cast:
    """Manager-shaped: three people in `sales`, above `field`. Made one by one, the units' ids have one order."""
    clients = {role: await employer.client(role) for role in _CLIENTS}
    hr, units = clients["hr"], {}
    for name, above in ({"root": None, "sales": "root", "field": "sales"} | dict.fromkeys(LEAVES, "root")).items():
        new = {"externalId": name, "name": name, "parentExternalId": above}
        units[name] = (await hr.must(hr.post("/units", new)))["unitId"]
    people: list[dict[str, Any]] = [{"externalId": "council", "unitExternalId": "root"}]
    people.append({"externalId": "manager", "unitExternalId": "sales", "manages": ["sales"]})
    await add_people(hr, people + [{"externalId": f"of-{name}", "unitExternalId": name} for name in LEAVES])
    await add_crowd(hr, root=16, sales=2, field=22, **{"leaf-a": 7, "leaf-b": 8, "leaf-c": 7})
    return Cast(employer, units, clients)


async def open_scan(cast: Cast, kind: str, **changed: Any) -> tuple[str, dict[str, str]]:
    """A wave that has opened: its id, and everybody's code."""
    hr, scan = Rest(cast.hr), await instrument_of(cast, "stress-scan")
    planned = await hr.plan_wave(await wave_new(cast, kind=kind, instrumentId=scan["instrumentId"], **changed))
    wave_id: str = planned.must()["waveId"]
    (await hr.open_wave(wave_id)).must()
    await cast.house.work()
    drawn = await cast.vendor.post(f"/waves/{wave_id}/codes")
    codes = {line["externalId"]: line["code"] for line in map(msgspec.json.decode, drawn.text.splitlines())}
    await advance(cast, hours=2)
    return wave_id, codes


async def questions(cast: Cast, wave_id: str) -> list[dict[str, Any]]:
    """What is asked."""
    anybody = cast.house.anonymous
    asked: list[dict[str, Any]] = (await anybody.must(anybody.get(f"/waves/{wave_id}/questionnaire"), 200))["items"]
    return asked


async def send(cast: Cast, wave_id: str, code: str, answers: dict[str, Any]) -> None:
    anybody = cast.house.anonymous
    await anybody.must(anybody.post(f"/waves/{wave_id}/responses", {"code": code, "answers": answers}))


async def _play(cast: Cast, number: int, kind: str, seed: int, **changed: Any) -> str:
    wave_id, codes = await open_scan(cast, kind, **changed)
    random, asked = Random(seed), await questions(cast, wave_id)
    for people in _answering(number, sorted(codes)):
        sheets = [sheet(random, asked) for _ in people]
        if number:
            sheets.reverse()
        for name, answers in zip(people, sheets, strict=True):
            await send(cast, wave_id, codes[name], answers)
    await advance(cast, days=1)
    return wave_id


async def reorganise(cast: Cast) -> None:
    """`field` goes from `sales` to the root and has another name; `leaf-b` goes up in `leaf-c`; some change teams."""
    hr = Rest(cast.hr)
    moved = {"name": "Buitendienst", "parentExternalId": "root"}
    (await hr.update_unit(cast.units["field"], moved, if_match="*")).must()
    people = (await hr.list_people(limit=200)).must()["items"]
    of_leaf = [one["externalId"] for one in people if one["unitId"] == cast.units["leaf-b"]]
    to = dict.fromkeys(of_leaf, "leaf-c") | {"field-0": "leaf-a", "field-1": "sales"}
    await add_people(cast.hr, [{"externalId": one, "unitExternalId": unit} for one, unit in to.items()])
    await advance(cast, days=1)
    (await hr.delete_unit(cast.units["leaf-b"], if_match="*")).must()


async def play_again(cast: Cast) -> str:
    """A wave of whoever is there now, all of whom answer."""
    wave_id, codes = await open_scan(cast, "survey")
    random, asked = Random(9), await questions(cast, wave_id)
    for code in codes.values():
        await send(cast, wave_id, code, sheet(random, asked))
    await advance(cast, days=1)
    return wave_id


def _answering(number: int, people: list[str]) -> list[list[str]]:
    """Who answers: those who are counted at the root, where so few of a unit are that they count there, and `field`."""
    field = [one for one in people if one.startswith("field")]
    small = [one for one in people if "leaf" in one]
    chosen = [one for name in LEAVES for one in [each for each in small if name in each][: ANSWERING[number][name]]]
    return [[one for one in people if one not in field and one not in small] + chosen, field]


def sheet(random: Random, asked: list[dict[str, Any]]) -> dict[str, Any]:
    """One person's answers."""
    sheet: dict[str, Any] = {}
    for item in asked:
        options = item.get("options")
        sheet[item["key"]] = random.choice(options)["key"] if options else random.randint(1, item.get("points", 1))
    return sheet
