"""Waves that ask a part of the organisation: they take nobody else's place, and say that they do."""

from collections.abc import Iterator
from typing import Any, NamedTuple

import pytest

from cases.measuring import ask_freely, pass_gates
from cases.programme import play_wave
from cases.test_explained import bodies, unsaid
from cases.test_exports import book_of, export, rows_of
from peil.aggregates.explanations import TEXTS
from peil.rest import CSV, XLSX
from support.apis import Rest, Speak
from support.house import House
from support.personas import Cast, add_crowd, add_people, cast_of


class Parts(NamedTuple):
    """Waves by name, as they were released: `full` ones asked everybody, `agency` some of each unit, others `field`."""

    cast: Cast
    waves: dict[str, str]


@pytest.fixture(scope="module")
async def parts(house: House) -> Parts:
    """Between two full waves a baseline and a pulse of one unit, and one of agency workers; then one of the unit."""
    cast = await ask_freely(await cast_of(await house.employer("Deels BV")))
    await add_crowd(cast.hr, root=12, sales=14, field=14, care=4)
    agency = [{"externalId": f"agency-{n}", "unitExternalId": "field", "employmentType": "agency"} for n in range(12)]
    await add_people(cast.hr, agency)
    await pass_gates(cast, Rest(cast.hr), Rest(cast.works_council))
    field = [cast.units["field"]]
    waves = {
        "full baseline": await play_wave(cast, "baseline"),
        "part baseline": await play_wave(cast, "baseline", unitIds=field),
        "part pulse": await play_wave(cast, "pulse", unitIds=field),
        "agency": await play_wave(cast, "pulse", employmentTypes=["agency"]),
        "full pulse": await play_wave(cast, "pulse"),
        "last pulse": await play_wave(cast, "pulse", unitIds=field),
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

    assert (named["wave"], 28) == (told["wave"]["waveId"], told["response"]["invited"])


def asked(body: Any) -> Iterator[bool]:
    """What a body says of who was asked, wherever it does."""
    if isinstance(body, list):
        for one in body:
            yield from asked(one)
    elif isinstance(body, dict):
        if "everybodyAsked" in body:
            yield body["everybodyAsked"]
        for one in body.values():
            yield from asked(one)


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize(
    ("wave", "unit", "everybody"),
    [
        ("part pulse", "root", False),
        ("part pulse", "field", True),
        ("agency", "root", False),
        ("agency", "field", False),
        ("full pulse", "root", True),
    ],
)
async def test_every_figure_says_whether_everybody_was_asked(
    speak: Speak, parts: Parts, wave: str, unit: str, everybody: bool, language: str
) -> None:
    """Of the unit itself, in every body that tells of it, with words where a part was asked."""
    cast, api, text = parts.cast, speak(parts.cast.hr), TEXTS["not-everybody-asked"][language]
    at = parts.waves[wave], cast.units[unit]
    found = await bodies(api, cast.hr, *at, language=language)
    group = (await api.get_group_aggregate(at[0], {"unitIds": [at[1]]}, language=language)).must()

    told = {
        **{name: found[name] for name in ("aggregate", "team widget", "aggregate widget", "participation widget")},
        "branch": found["branch"]["unit"],
        "heat": next(row for row in found["heat"]["rows"] if row["name"] == unit),
        "export": next(one for one in found["export"]["units"] if one["name"] == unit),
        "group": group,
    }
    if unit == "root":
        told["overview"] = found["overview"]
    assert dict.fromkeys(told, everybody) == {name: body["everybodyAsked"] for name, body in told.items()}
    for name, body in [*found.items(), ("group", group)]:
        assert [] == list(unsaid(body)), name
        if "explanations" in body:
            assert (False in asked(body)) == (text in [one["text"] for one in body["explanations"]]), name


WORDS = {
    "nl": ("van iedereen", "van wie gevraagd is", "niet iedereen van deze afdeling is gevraagd"),
    "en": ("of everybody", "of those who were asked", "not everybody of this unit was asked"),
}


@pytest.mark.parametrize("language", sorted(WORDS))
@pytest.mark.parametrize(
    ("wave", "partly"),
    [("full pulse", set()), ("part pulse", {"root", "sales"}), ("agency", {"root", "sales", "field"})],
)
async def test_a_table_says_whose_figures_they_are(parts: Parts, wave: str, partly: set[str], language: str) -> None:
    """In each line of CSV: of everybody of a unit, or of those of it who were asked; in a workbook with a remark."""
    everybody, part, remark = WORDS[language]
    hr, wave_id = parts.cast.hr, parts.waves[wave]
    table = rows_of(await export(hr, wave_id, CSV, language))
    lines = {(line["unitId"], told) for line in table for told in line.values() if told in (everybody, part)}
    book = book_of(await export(hr, wave_id, XLSX, language))
    rows = [[str(cell) for cell in row] for row in book.worksheets[1].iter_rows(values_only=True)]
    notes = {
        row[0]: (part in row, any(remark in cell for cell in row)) for row in rows if everybody in row or part in row
    }

    named = {unit_id: name for name, unit_id in parts.cast.units.items()}
    assert {(name, part if name in partly else everybody) for name in notes} == {
        (named[at], told) for at, told in lines
    }
    assert {name: (name in partly, name in partly) for name in notes} == notes
    assert {"root", "sales", "field"} == set(notes)
    top = [str(cell) for row in book.worksheets[0].iter_rows(values_only=True) for cell in row]
    assert ("root" in partly) == any(remark in cell for cell in top)
