"""Aggregates: who sees which units, and that a figure is the same for everybody who sees it."""

from typing import Any
from uuid import uuid4

import pytest

from cases.measuring import Round, bring_to, play_round
from cases.test_permissions import TERMS, pack
from peil.aggregates.model import NOTICE
from support.apis import Rest, Speak
from support.personas import Cast, add_crowd, add_people

ALL = {"root", "sales", "field", "care"}
SEEN = {
    "hr": ALL,
    "board": ALL,
    "works_council": ALL,
    "prevention_officer": ALL,
    "confidential_adviser": ALL,
    "arbodienst": ALL,
    "vendor": ALL,
    "manager": {"root", "sales", "field"},
    "employee": {"root", "sales", "field"},
    "ambassador": {"root", "sales", "field"},
}


async def test_bounds_are_told_on_request(speak: Speak, answered: tuple[Cast, dict[str, str]]) -> None:
    """Between what and what each mean would lie if everybody had answered; the figures beside them are the same."""
    cast, waves = answered
    api, at = speak(cast.employee), (waves["most"], cast.units["root"])
    plain = (await api.get_aggregate(*at)).must()
    told = (await api.get_aggregate(*at, expand="bounds")).must()
    again = (await api.get_aggregate(*at)).must()

    assert plain == again == told | {"blocks": [block | {"bounds": None} for block in told["blocks"]]}
    for block in told["blocks"]:
        cell, bounds = block["cell"], block["bounds"]
        silent = cell["invited"] - cell["n"]
        low, high = cell["n"] * cell["mean"], cell["n"] * cell["mean"] + 100 * silent
        assert silent > 0
        assert [low / cell["invited"], high / cell["invited"]] == pytest.approx([*bounds.values()], abs=0.01)


async def test_what_is_protected_has_no_bounds(speak: Speak, released: Round) -> None:
    """Not even wide ones: they would tell how many answered."""
    told = (
        await speak(released.cast.hr).get_aggregate(released.wave_id, released.cast.units["care"], expand="bounds")
    ).must()

    assert {("protected", None)} == {(block["cell"]["status"], block["bounds"]) for block in told["blocks"]}


async def test_nothing_else_can_be_asked_for_besides(released: Round) -> None:
    """What is not known is refused, and not left out in silence."""
    answer = await released.cast.hr.get(f"/waves/{released.wave_id}/aggregates/{released.cast.units['root']}?expand=sd")

    assert (400, "/query/expand") == (answer.status_code, answer.json()["errors"][0]["pointer"])


@pytest.mark.parametrize("viewer", sorted(SEEN))
async def test_the_list_has_what_is_in_reach(speak: Speak, released: Round, viewer: str) -> None:
    """In the order of the tree, from the root down."""
    page = (await speak(getattr(released.cast, viewer)).list_aggregates(released.wave_id)).must()

    names = [one["name"] for one in page["items"]]
    assert [name for name in released.aggregates if name in SEEN[viewer]] == names


async def test_norms_stand_beside_the_top_unit_only(speak: Speak, cast: Cast) -> None:
    """What a population scored, as the pack says it, by block; a team is not set against it."""
    hr = speak(cast.hr)
    norm = {"population": "Nederland", "year": 2025, "source": "Tabel 3", "mean": 58.5, "respondents": None}
    terms = TERMS | {"permissionNeeded": False, "scales": [{"block": "resting", "minimumItems": 1, "norms": [norm]}]}
    block = {
        "key": "resting",
        "title": {"nl": "Rust", "en": "Rest"},
        "items": ["rest"],
        "scoring": {"method": "mean", "orientation": "higher-is-better"},
    }
    instrument_id = (await hr.import_instrument(pack(terms=terms, blocks=[block]))).must()["instrumentId"]
    (await hr.publish_instrument(instrument_id)).must()
    await add_crowd(cast.hr, root=12, field=14)
    wave_id = await bring_to(cast, "released", instrumentId=instrument_id)

    page = (await hr.list_aggregates(wave_id)).must()

    told = {one["name"]: {block["key"]: block["norms"] for block in one["blocks"]} for one in page["items"]}
    assert {"resting": [norm], "pause": []} == told["root"]
    assert {"resting": [], "pause": []} == told["field"]


async def test_every_block_says_how_many_of_those_invited_it_is_of(speak: Speak, released: Round) -> None:
    """In every read of it the same, with its own base; a protected one says nothing."""
    hr, wave_id, units = speak(released.cast.hr), released.wave_id, released.cast.units
    unit = (await hr.get_aggregate(wave_id, units["field"])).must()
    hidden = (await hr.get_aggregate(wave_id, units["care"])).must()
    overview = (await hr.get_wave_overview(wave_id)).must()
    branch = (await hr.get_branch(wave_id, units["root"])).must()["unit"]
    widget = (await speak(released.cast.employee).get_team_widget()).must()
    export = await released.cast.hr.get(f"/waves/{wave_id}/export")

    def rates(blocks: list[dict[str, Any]]) -> list[float]:
        told = [(one["rate"], one["cell"]["n"], one["cell"]["invited"]) for one in blocks]
        assert all(rate == pytest.approx(100 * n / invited, abs=0.005) for rate, n, invited in told)
        return [rate for rate, _, _ in told]

    assert unit["blocks"]
    assert rates(unit["blocks"]) == rates(widget["blocks"])
    assert rates(overview["blocks"]) == rates(branch["blocks"]) == rates(export.json()["units"][0]["blocks"])
    assert {None} == {one["rate"] for one in hidden["blocks"]}


@pytest.mark.parametrize("viewer", sorted(SEEN))
async def test_what_is_out_of_reach_does_not_exist(speak: Speak, released: Round, viewer: str) -> None:
    """Neither does a unit that nobody knows; what is in reach does."""
    api = speak(getattr(released.cast, viewer))

    words = {
        name: (await api.get_aggregate(released.wave_id, unit_id)).word
        for name, unit_id in [*released.cast.units.items(), ("nothing", str(uuid4()))]
    }

    assert {name: "ok" if name in SEEN[viewer] else "not-found" for name in [*ALL, "nothing"]} == words


async def test_a_manager_sees_the_subtree_and_the_way_up(speak: Speak, cast: Cast) -> None:
    """Of a unit in the middle: itself, what is under it and what is above it, and not what is beside it."""
    await add_people(cast.hr, [{"externalId": "lead", "unitExternalId": "care", "manages": ["field"]}])
    played = await play_round(cast)
    lead, employer = cast.employer.person("lead"), cast.employer

    page = (await speak(lead).list_aggregates(played.wave_id)).must()
    board = (await speak(employer.person("board")).list_aggregates(played.wave_id)).must()

    # The lead works in `care` and leads `field`; the board member is here without the role, in the root.
    assert ALL == {one["name"] for one in page["items"]}
    assert {"root"} == {one["name"] for one in board["items"]}


@pytest.mark.parametrize("name", ["root", "sales", "field"])
async def test_a_figure_is_the_same_for_every_viewer(speak: Speak, released: Round, name: str) -> None:
    """Byte for byte in one language, in the list and alone."""
    unit_id = released.cast.units[name]

    alone = [
        (await speak(getattr(released.cast, viewer)).get_aggregate(released.wave_id, unit_id, language="nl")).must()
        for viewer in SEEN
    ]
    listed = [
        one
        for viewer in SEEN
        for one in (
            await speak(getattr(released.cast, viewer)).list_aggregates(released.wave_id, language="nl")
        ).must()["items"]
        if one["unitId"] == unit_id
    ]

    assert [alone[0]] * len(SEEN) == alone == listed


async def test_a_unit_that_is_too_small_says_where_it_is_reported(speak: Speak, released: Round) -> None:
    """And nothing else: no figure, no number of people."""
    care = (await speak(released.cast.hr).get_aggregate(released.wave_id, released.cast.units["care"])).must()

    protected = {"status": "protected", "reportedAt": released.cast.units["root"]}
    assert protected == care["response"]
    assert [protected] * len(care["blocks"]) == [block["cell"] for block in care["blocks"]]


@pytest.mark.parametrize(
    ("wave", "warnings"), [("all", []), ("most", ["low-response"]), ("few", ["not-representative"])]
)
async def test_few_answers_are_a_warning(
    speak: Speak, answered: tuple[Cast, dict[str, str]], wave: str, warnings: list[str]
) -> None:
    """Fewer than 70 %, and fewer than half: it stands beside every figure."""
    cast, waves = answered
    root = (await speak(cast.hr).get_aggregate(waves[wave], cast.units["root"])).must()

    told = [root["response"], *(block["cell"] for block in root["blocks"])]
    assert [("published", warnings)] * len(told) == [(one["status"], one["warnings"]) for one in told]


@pytest.mark.parametrize("language", ["nl", "en"])
async def test_texts_are_in_the_callers_language(speak: Speak, released: Round, language: str) -> None:
    """The notice that a trend is no diagnosis, and the titles; the figures are the same."""
    api = speak(released.cast.employee)
    unit_id = released.cast.units["root"]

    one = (await api.get_aggregate(released.wave_id, unit_id, language=language)).must()
    other = (await api.get_aggregate(released.wave_id, unit_id, language={"nl": "en", "en": "nl"}[language])).must()

    assert NOTICE[language] == one["notice"]
    assert one["blocks"] != other["blocks"]
    assert [block["cell"] for block in one["blocks"]] == [block["cell"] for block in other["blocks"]]


@pytest.mark.parametrize("state", ["planned", "ready", "open", "cancelled"])
async def test_there_is_nothing_before_the_release(speak: Speak, cast: Cast, state: str) -> None:
    """A wave that is not released has no aggregates and no release, and says so; a cancelled one never will."""
    await add_crowd(cast.hr, field=10)
    wave_id = await bring_to(cast, state)
    hr = speak(cast.hr)

    outcomes = [
        await hr.list_aggregates(wave_id),
        await hr.get_aggregate(wave_id, cast.units["root"]),
        await hr.get_release(wave_id),
    ]

    code = "wave-cancelled" if state == "cancelled" else "not-released"
    assert [("refused", code)] * 3 == [(one.word, one.code) for one in outcomes]
    assert [] == (await hr.list_releases()).must()["items"]


async def test_releases_are_a_chain(speak: Speak, cast: Cast) -> None:
    """Each names the hash of the one before, and says under which thresholds it was made."""
    await add_crowd(cast.hr, field=10)
    waves = [await bring_to(cast, "released") for _ in range(2)]
    council = speak(cast.works_council)

    first, second = (await council.list_releases()).must()["items"]

    assert waves == [first["waveId"], second["waveId"]]
    assert [1, 2] == [first["position"], second["position"]]
    assert (None, first["manifest"]["hash"]) == (first["manifest"]["previous"], second["manifest"]["previous"])
    assert first == (await council.get_release(waves[0])).must()
    assert 7 == first["manifest"]["thresholds"]["kM"]


async def test_what_was_read_once_needs_no_database(released: Round, monkeypatch: pytest.MonkeyPatch) -> None:
    """A unit and a wave's list are answered from bytes in the process, with the same reach."""
    path = f"/waves/{released.wave_id}/aggregates"
    unit = f"{path}/{released.aggregates['root']['unitId']}"
    before = [await released.cast.manager.get(one) for one in (path, unit)]

    async def away(*_: object, **__: object) -> None:
        raise AssertionError("the database was asked")

    monkeypatch.setattr(type(released.cast.house.parts.database), "run", away)
    after = [await released.cast.manager.get(one) for one in (path, unit)]

    assert [(one.status_code, one.content) for one in before] == [(one.status_code, one.content) for one in after]
    assert {"root", "sales", "field"} == {one["name"] for one in after[0].json()["items"]}


async def test_a_reorganisation_changes_nothing_of_what_was_released(cast: Cast) -> None:
    """A unit moves and gets another name, people come and go: every byte of the release stays."""
    played, hr = await play_round(cast), cast.hr
    paths = [
        f"/waves/{played.wave_id}/{read}"
        for read in ("aggregates", "overview", "heat-table", "release", f"aggregates/{cast.units['field']}")
    ]
    before = [(await hr.get(path)).content for path in paths]
    moved = {"name": "Elders", "parentExternalId": "care"}
    (await Rest(hr).update_unit(cast.units["field"], moved, if_match="*")).must()
    await add_people(hr, [{"externalId": f"new-{place}", "unitExternalId": "field"} for place in range(9)])
    # As of a process that starts anew and has kept nothing.
    cast.house.parts.shelf._waves.clear()
    cast.house.parts.shelf._ready.clear()

    after = [(await hr.get(path)).content for path in paths]

    assert before == after
