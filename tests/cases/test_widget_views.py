"""The views of widgets that tell what is planned: agenda, waves and support routes, each against what was recorded."""

from datetime import UTC, datetime, time, timedelta
from typing import Any, NamedTuple
from uuid import uuid4

import pytest

from cases.measuring import advance, pass_gates, time_of, today_of, wave_new
from cases.programme import activity_new, create_campaign
from support.apis import Rest, Speak
from support.house import House
from support.personas import Cast, add_crowd, cast_of

ROUTE = {
    "kind": "confidential-adviser",
    "name": "Noor",
    "contact": "020 123",
    "explanation": {"nl": "Ook anoniem.", "en": "Anonymously, too."},
}


class Planned(NamedTuple):
    """An employer with an agenda, two waves and a support route; the activities by title, as they were recorded."""

    cast: Cast
    activities: dict[str, dict[str, Any]]
    waves: dict[str, dict[str, Any]]


@pytest.fixture(scope="module")
async def planned(house: House) -> Planned:
    """On the agenda: yesterday, today, the last day to be shown, the next, and eleven between, one for `care` only."""
    cast = await cast_of(await house.employer("Plan BV"))
    await add_crowd(cast.hr, field=10)
    await pass_gates(cast, Rest(cast.hr), Rest(cast.works_council))
    hr, today = Rest(cast.hr), await today_of(cast)
    campaign_id = await create_campaign(cast, year=(await time_of(cast)).year, zone="UTC")
    days = {"yesterday": -1, "today": 0, "last": 91, "later": 92, "care": 1} | {
        f"day {day}": day for day in range(2, 12)
    }
    activities = {}
    for title, away in days.items():
        units = {"unitIds": [cast.units["care"]]} if title == "care" else {}
        new = activity_new("workshop", today + timedelta(days=away), title=title, **units) | {"to": "23:59"}
        activities[title] = (await hr.create_activity(campaign_id, new | {"variant": "hybrid", "host": "Noor"})).must()
    opens = await time_of(cast) + timedelta(days=3)
    at = {"opensAt": opens.isoformat(), "closesAt": (opens + timedelta(days=1)).isoformat()}
    waves = {}
    for name in ("all", "care", "field"):
        plan = await wave_new(cast, name=name, unitIds=None if name == "all" else [cast.units[name]], **at)
        waves[name] = (await hr.plan_wave(plan)).must()
        at = {key: (opens + timedelta(days=10 + place)).isoformat() for place, key in enumerate(at)}
    (await hr.create_support_route(ROUTE)).must()
    return Planned(cast, activities, waves)


def shown(activity: dict[str, Any]) -> dict[str, Any]:
    """What a widget tells of an activity: when, where and who leads it, never how many came."""
    return {name: activity[name] for name in ("activityId", "title", "on", "from", "to", "variant", "host")}


async def test_an_agenda_has_what_comes_for_the_unit(speak: Speak, planned: Planned) -> None:
    """From today for thirteen weeks, by day, the first ten; nothing of a unit beside it."""
    told = (await speak(planned.cast.employee).get_agenda_widget(language="en")).must()
    beside = (await speak(planned.cast.hr).get_agenda_widget(unit=planned.cast.units["care"])).must()

    coming = ["today", *(f"day {day}" for day in range(2, 12)), "last"]
    assert [shown(planned.activities[title]) for title in coming[:10]] == told["activities"]
    assert (2, "Agenda", "field") == (told["more"], told["title"], told["unit"]["name"])
    assert (["today", "care", "day 2"], 3) == ([one["title"] for one in beside["activities"][:3]], beside["more"])


async def test_what_ended_today_is_not_next(speak: Speak, cast: Cast) -> None:
    """It leaves the widget when it is over, not at midnight."""
    now = await time_of(cast)
    noon = datetime.combine(now + timedelta(days=1), time(12), UTC)
    await advance(cast, seconds=(noon - now).total_seconds())
    campaign_id = await create_campaign(cast, year=noon.year, zone="UTC")
    for title, to in (("ended", "12:00"), ("coming", "12:30")):
        new = activity_new("workshop", noon.date(), title=title) | {"to": to}
        (await Rest(cast.hr).create_activity(campaign_id, new)).must()

    told = (await speak(cast.employee).get_agenda_widget()).must()

    assert ["coming"] == [one["title"] for one in told["activities"]]


async def test_a_team_sees_the_next_thing_on_its_agenda(speak: Speak, planned: Planned) -> None:
    """The first of the same list; none where the agenda may not be read."""
    team = (await speak(planned.cast.employee).get_team_widget(language="en")).must()
    reader = planned.cast.arbodienst
    blind = (await speak(reader).get_team_widget(unit=planned.cast.units["field"], language="en")).must()

    assert shown(planned.activities["today"]) == team["nextActivity"]
    assert blind["nextActivity"] is None


async def test_waves_are_those_that_ask_the_unit(speak: Speak, planned: Planned) -> None:
    """The latest to open first, as they are planned; not one that asks another unit only."""
    told = (await speak(planned.cast.employee).get_waves_widget(language="nl")).must()

    names = ("waveId", "name", "kind", "state", "opensAt", "closesAt")
    assert [{name: planned.waves[key][name] for name in names} for key in ("field", "all")] == told["waves"]
    assert "Metingen" == told["title"]


@pytest.mark.parametrize(
    ("language", "title", "explanation"),
    [("nl", "Vertrouwenspersoon", "Ook anoniem."), ("en", "Confidential adviser", "Anonymously, too.")],
)
async def test_support_routes_are_told_in_words(
    speak: Speak, planned: Planned, language: str, title: str, explanation: str
) -> None:
    """In the caller's language, with how to reach them; and the same beside every other view."""
    employee = speak(planned.cast.employee)
    told = (await employee.get_support_routes_widget(language=language)).must()
    others = [
        (await view(language=language)).must()
        for view in (employee.get_agenda_widget, employee.get_waves_widget, employee.get_team_widget)
    ]

    route = {"kind": ROUTE["kind"], "title": title, "name": "Noor", "contact": "020 123", "explanation": explanation}
    assert [route] == told["supportRoutes"]
    assert [[route]] * 3 == [one["supportRoutes"] for one in others]


async def test_a_wave_that_is_named_must_tell_of_the_unit(
    speak: Speak, planned: Planned, answered: tuple[Cast, dict[str, str]]
) -> None:
    """One that is not released is refused; one that nobody knows, or that the unit was no part of, is not there."""
    employee = speak(planned.cast.employee)
    waiting, unknown = [
        await employee.get_team_widget(wave=one) for one in (planned.waves["all"]["waveId"], str(uuid4()))
    ]
    cast, waves = answered
    late = await speak(cast.hr).get_team_widget(unit=cast.units["late"], wave=waves["none"])

    assert ("refused", "not-released") == (waiting.word, waiting.code)
    assert ["not-found"] * 2 == [unknown.word, late.word]
