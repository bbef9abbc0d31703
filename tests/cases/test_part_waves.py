"""Waves that ask a part of the organisation: they take nobody else's place, and say whom they asked."""

from typing import NamedTuple

import pytest

from cases.measuring import ask_freely, pass_gates
from cases.programme import play_wave
from support.apis import Rest, Speak
from support.house import House
from support.personas import Cast, add_crowd, cast_of


class Parts(NamedTuple):
    """Waves by name, in the order in which they were released; `full` ones asked everybody, the others `field`."""

    cast: Cast
    waves: dict[str, str]


@pytest.fixture(scope="module")
async def parts(house: House) -> Parts:
    """Between two full waves a baseline and a pulse of one unit; after them such a pulse again."""
    cast = await ask_freely(await cast_of(await house.employer("Deels BV")))
    await add_crowd(cast.hr, root=12, sales=14, field=14, care=4)
    await pass_gates(cast, Rest(cast.hr), Rest(cast.works_council))
    field = {"unitIds": [cast.units["field"]]}
    waves = {
        "full baseline": await play_wave(cast, "baseline"),
        "part baseline": await play_wave(cast, "baseline", **field),
        "part pulse": await play_wave(cast, "pulse", **field),
        "full pulse": await play_wave(cast, "pulse"),
        "last pulse": await play_wave(cast, "pulse", **field),
    }
    return Parts(cast, waves)


@pytest.mark.parametrize(
    ("wave", "to", "against"),
    [
        ("full pulse", "previous", "full baseline"),
        ("full pulse", "baseline", "full baseline"),
        ("last pulse", "previous", "full pulse"),
        ("last pulse", "baseline", "part baseline"),
    ],
)
async def test_a_wave_is_compared_with_one_that_asked_all_its_people(
    speak: Speak, parts: Parts, wave: str, to: str, against: str
) -> None:
    """A pulse of one unit is not the wave before of the whole organisation; of that unit every wave is."""
    told = (await speak(parts.cast.hr).get_change(parts.waves[wave], parts.cast.units["field"], to=to)).must()

    assert parts.waves[against] == told["against"]
    assert {"compared"} == {block["cell"]["status"] for block in told["blocks"]}


@pytest.mark.parametrize(("unit", "wave"), [("root", "full pulse"), ("sales", "full pulse"), ("field", "last pulse")])
async def test_a_widget_tells_of_the_newest_wave_that_asked_everybody(
    speak: Speak, parts: Parts, unit: str, wave: str
) -> None:
    """A pulse of one unit is not what the units above it said."""
    api, unit_id = speak(parts.cast.hr), parts.cast.units[unit]
    team = (await api.get_team_widget(unit=unit_id)).must()
    others = [
        (await asked(unit=unit_id)).must()
        for asked in (api.get_aggregate_widget, api.get_trend_widget, api.get_participation_widget)
    ]

    assert {parts.waves[wave]} == {told["wave"]["waveId"] for told in (team, *others)}
    assert {"compared"} == {block["sincePrevious"]["cell"]["status"] for block in team["blocks"]}


async def test_a_part_wave_can_be_named(speak: Speak, parts: Parts) -> None:
    """It is still there for the units above."""
    named = {"unit": parts.cast.units["root"], "wave": parts.waves["last pulse"]}
    told = (await speak(parts.cast.hr).get_aggregate_widget(**named)).must()

    assert (named["wave"], 16) == (told["wave"]["waveId"], told["response"]["invited"])
