"""Groups of units that no tree has: told as sums of what is published, and refused where they cut an atom."""

from typing import Any
from uuid import uuid4

import msgspec
import pytest

from cases.measuring import Round, advance, answer_all, pass_gates, play_round, wave_new
from cases.test_aggregates import ALL, SEEN
from peil.aggregates.model import NOTICE
from support.apis import Rest, Speak
from support.house import Persona
from support.personas import Cast, add_crowd, add_people


def group(released: Round, *names: str) -> dict[str, Any]:
    """The body that asks for these units together."""
    return {"unitIds": [released.cast.units[name] for name in names]}


@pytest.mark.parametrize("names", [["root"], ["sales"], ["field"]])
async def test_a_group_of_one_unit_says_what_the_unit_says(speak: Speak, released: Round, names: list[str]) -> None:
    """Figure by figure; norms and estimates are of units of the tree only."""
    alone = released.aggregates[names[0]]

    told = (await speak(released.cast.hr).get_group_aggregate(released.wave_id, group(released, *names))).must()

    assert [alone["unitId"]] == told["unitIds"]
    assert [alone[part] for part in ("response", "choices", "sensitive", "explanations", "notice")] == [
        told[part] for part in ("response", "choices", "sensitive", "explanations", "notice")
    ]
    assert [block | {"norms": [], "estimate": None} for block in alone["blocks"]] == told["blocks"]


async def test_nobody_is_counted_twice(speak: Speak, released: Round) -> None:
    """A unit beneath another of the group is in it already, in whatever order they are named."""
    hr = speak(released.cast.hr)

    both = [
        (await hr.get_group_aggregate(released.wave_id, group(released, *names))).must()
        for names in (["field", "sales"], ["sales", "field"], ["sales"])
    ]

    assert both[0] == both[1] == both[2]
    assert [released.cast.units["sales"]] == both[0]["unitIds"]


async def test_figures_are_sums_over_units(speak: Speak, cast: Cast) -> None:
    """Two units from two places in the tree: people add up, and a mean is the mean of all of them."""
    await add_people(cast.hr, [{"externalId": f"more-{n}", "unitExternalId": "care"} for n in range(9)])
    played = await play_round(cast)
    parts = [played.aggregates[name] for name in ("field", "care")]

    told = (await speak(cast.hr).get_group_aggregate(played.wave_id, group(played, "field", "care"))).must()

    for count in ("respondents", "invited"):
        assert sum(part["response"][count] for part in parts) == told["response"][count]
    assert ("published", "all", 100.0) == tuple(told["response"][name] for name in ("status", "coverage", "rate"))
    for place, block in enumerate(told["blocks"]):
        cells = [part["blocks"][place]["cell"] for part in parts]
        n = sum(cell["n"] for cell in cells)
        assert (block["key"], n) == (parts[0]["blocks"][place]["key"], block["cell"]["n"])
        # Of two rounded means: within the hundredth.
        assert abs(sum(cell["n"] * cell["mean"] for cell in cells) / n - block["cell"]["mean"]) <= 0.011


async def test_a_group_that_cuts_an_atom_is_refused(speak: Speak, released: Round) -> None:
    """With the unit that does, at its place; and all else that is wrong at once."""
    hr = speak(released.cast.hr)
    unknown, late = str(uuid4()), {"unitIds": [*group(released, "care", "sales", "care")["unitIds"], str(uuid4())]}

    cut = await hr.get_group_aggregate(released.wave_id, group(released, "sales", "care"))
    wrong = await hr.get_group_aggregate(released.wave_id, late)
    nobody = await hr.get_group_aggregate(released.wave_id, {"unitIds": [unknown]})

    assert ("refused", [("/unitIds/1", "not-a-union-of-atoms")]) == (cut.word, cut.findings)
    assert {
        ("/unitIds/0", "not-a-union-of-atoms"),
        ("/unitIds/2", "not-a-union-of-atoms"),
        ("/unitIds/2", "duplicate-item"),
        ("/unitIds/3", "unknown-unit"),
    } == set(wrong.findings)
    assert [("/unitIds/0", "unknown-unit")] == nobody.findings


async def test_two_small_teams_are_told_where_they_are_what_a_department_has_beside_others(
    speak: Speak, cast: Cast
) -> None:
    """Nobody works in the department itself, so anybody could take the third team from it: together they are told."""
    hr = Rest(cast.hr)
    for name, above in (("plant", "root"), ("day", "plant"), ("night", "plant"), ("late", "plant")):
        made = (await hr.create_unit({"externalId": name, "name": name, "parentExternalId": above})).must()
        cast.units[name] = made["unitId"]
    await add_crowd(cast.hr, root=8, day=8, night=8, late=14)
    wave_id = (await hr.plan_wave(await wave_new(cast))).must()["waveId"]
    await pass_gates(cast, hr, Rest(cast.works_council))
    (await hr.open_wave(wave_id)).must()
    await cast.house.work()
    lines = (await cast.vendor.post(f"/waves/{wave_id}/codes")).text.splitlines()
    codes = {line["externalId"]: line["code"] for line in map(msgspec.json.decode, lines)}
    await advance(cast, hours=2)
    silent = {f"{team}-{number}" for team in ("day", "night") for number in range(3)}
    await answer_all(cast, wave_id, [code for person, code in codes.items() if person not in silent])
    await advance(cast, days=1)
    played = Round(cast, wave_id, {one["name"]: one for one in (await hr.list_aggregates(wave_id)).must()["items"]})

    both = (await speak(cast.hr).get_group_aggregate(wave_id, group(played, "day", "night"))).must()
    alone = await speak(cast.hr).get_group_aggregate(wave_id, group(played, "day"))

    statuses = {name: one["response"]["status"] for name, one in played.aggregates.items()}
    assert {"protected"} == {statuses[name] for name in ("day", "night")}
    plant, late = (played.aggregates[name]["response"]["respondents"] for name in ("plant", "late"))
    assert (10, 16, "all") == tuple(both["response"][name] for name in ("respondents", "invited", "coverage"))
    assert plant - late == 10
    assert ["published"] * len(both["blocks"]) == [block["cell"]["status"] for block in both["blocks"]]
    assert [("/unitIds/0", "not-a-union-of-atoms")] == alone.findings


@pytest.mark.parametrize(("language", "word"), [("nl", "De afdeling care heeft"), ("en", "The unit care has")])
async def test_a_refusal_says_which_unit_in_the_callers_language(released: Round, language: str, word: str) -> None:
    """By name, and the one to name in its place."""
    answer = await released.cast.hr.post(
        f"/waves/{released.wave_id}/group-aggregate", group(released, "care"), headers={"accept-language": language}
    )

    assert 400 == answer.status_code
    assert answer.json()["errors"][0]["detail"].startswith(word)
    assert "root" in answer.json()["errors"][0]["detail"]


@pytest.mark.parametrize("viewer", sorted(SEEN))
async def test_a_group_is_of_units_in_reach(speak: Speak, released: Round, viewer: str) -> None:
    """A unit out of reach is one that nobody knows, whether it has figures or not; the sum is the same for all."""
    api, hr = speak(getattr(released.cast, viewer)), speak(released.cast.hr)

    found = {name: await api.get_group_aggregate(released.wave_id, group(released, name)) for name in sorted(ALL)}

    codes = {name: [code for _, code in one.findings] for name, one in found.items()}
    expected = {"root": [], "sales": [], "field": [], "care": ["not-a-union-of-atoms"]}
    assert {name: expected[name] if name in SEEN[viewer] else ["unknown-unit"] for name in ALL} == codes
    for name in ("root", "sales", "field"):
        assert (await hr.get_group_aggregate(released.wave_id, group(released, name))).must() == found[name].must()


async def test_a_unit_of_another_edition_is_said_to_be_one(speak: Speak, answered: tuple[Cast, dict[str, str]]) -> None:
    """One that was made after the wave; to whom it is out of reach it is one that nobody knows."""
    cast, waves = answered
    late = {"unitIds": [cast.units["late"]]}

    found = [
        (await speak(viewer).get_group_aggregate(waves["all"], late)).findings for viewer in (cast.hr, cast.employee)
    ]

    assert [[("/unitIds/0", "unit-not-in-wave")], [("/unitIds/0", "unknown-unit")]] == found


@pytest.mark.parametrize(
    ("path", "at"),
    [
        ("aggregates/{unit}", "/path/unitId"),
        ("branches/{unit}", "/path/unitId"),
        ("changes/{unit}", "/path/unitId"),
        ("trends/{unit}", "/path/unitId"),
        ("aggregates/{unit}/charts/score", "/path/unitId"),
        ("heat-table?unit={unit}", "/query/unit"),
    ],
)
async def test_reads_of_a_unit_of_another_edition_say_so(
    answered: tuple[Cast, dict[str, str]], path: str, at: str
) -> None:
    """To whom it is out of reach it is not there at all, like one that never was."""
    cast, waves = answered

    async def refused(viewer: Persona, unit: object) -> tuple[int, list[tuple[str, str]]]:
        answer = await viewer.get(f"/waves/{waves['all']}/{path.format(unit=unit)}")
        return answer.status_code, [(found["pointer"], found["code"]) for found in answer.json()["errors"]]

    late = cast.units["late"]
    assert (404, [(at, "unit-not-in-wave")]) == await refused(cast.hr, late)
    assert (404, []) == await refused(cast.employee, late) == await refused(cast.hr, uuid4())


@pytest.mark.parametrize("body", [{"unitIds": []}, {"unitIds": ["x"]}, {}, {"unitIds": [str(uuid4())] * 1001}])
async def test_a_list_out_of_bounds_is_refused(released: Round, body: dict[str, Any]) -> None:
    """None, too many, or no ids."""
    answer = await released.cast.hr.post(f"/waves/{released.wave_id}/group-aggregate", body)

    assert 400 == answer.status_code
    assert answer.json()["errors"][0]["pointer"].startswith("/unitIds")


@pytest.mark.parametrize("language", ["nl", "en"])
async def test_texts_are_in_the_callers_language(speak: Speak, released: Round, language: str) -> None:
    """The notice and the titles."""
    hr = speak(released.cast.hr)

    told = (await hr.get_group_aggregate(released.wave_id, group(released, "root"), language=language)).must()

    root = (await hr.get_aggregate(released.wave_id, released.cast.units["root"], language=language)).must()
    assert NOTICE[language] == told["notice"]
    assert [block["title"] for block in root["blocks"]] == [block["title"] for block in told["blocks"]]
