"""Widgets: one small answer per view, with what to show and where to turn to."""

import pytest

from cases.measuring import Round, advance, answer_all
from cases.programme import action_new
from cases.showing import VIEWS, page_of
from cases.test_asking import open_wave
from peil.aggregates.model import NOTICE
from support.apis import Rest, Speak
from support.house import House
from support.personas import Cast, cast_of
from support.statements import count_statements


async def test_a_team_sees_itself_in_one_body(speak: Speak, released: Round) -> None:
    """The figures are those of the release, each block with its change and a light in words."""
    cast = released.cast
    told = (await speak(cast.employee).get_team_widget(language="nl")).must()
    alone = released.aggregates["field"]

    assert ("field", released.wave_id) == (told["unit"]["name"], told["wave"]["waveId"])
    assert alone["response"] == told["response"]
    assert [one["cell"] for one in alone["blocks"]] == [one["cell"] for one in told["blocks"]]
    assert all(one["light"]["text"] and one["change"]["text"] for one in told["blocks"])
    assert (None, None, NOTICE["nl"]) == (told["protection"], told["agreements"], told["notice"])


async def test_a_team_sees_what_changed_and_where_it_goes(speak: Speak, answered: tuple[Cast, dict[str, str]]) -> None:
    """Against the baseline and against the wave before, and a trend: each as the read of it says it."""
    cast, waves = answered
    hr, at = Rest(cast.hr), (waves["none"], cast.units["field"])
    told = (await speak(cast.employee).get_team_widget(wave=waves["none"], language="nl")).must()["blocks"]
    alone = {to: (await hr.get_change(*at, to=to, language="nl")).must() for to in ("baseline", "previous")}
    trend = (await hr.get_trend(*at, language="nl")).must()

    shown = {"baseline": [one["change"] for one in told], "previous": [one["sincePrevious"] for one in told]}
    assert alone["baseline"]["against"] != alone["previous"]["against"]
    assert {
        to: [(change["against"], one["text"], one["cell"]) for one in change["blocks"]] for to, change in alone.items()
    } == {to: [(one["against"], one["text"], one["cell"]) for one in changes] for to, changes in shown.items()}
    assert [(one["text"], None, one["points"][-6:]) for one in trend["blocks"]] == [
        (one["trend"]["text"], one["trend"]["label"], one["trend"]["points"]) for one in told
    ]


async def test_a_team_is_told_what_a_change_does_not_show(speak: Speak, released: Round) -> None:
    """The notes of the comparison itself and those of every comparison, as the read of the change says them."""
    cast = released.cast
    told = (await speak(cast.employee).get_team_widget(language="nl")).must()["blocks"]
    whole = (await Rest(cast.hr).get_change(released.wave_id, cast.units["field"], language="nl")).must()
    shown = [one["change"]["notes"] for one in told]

    assert {"compared"} == {one["cell"]["status"] for one in whole["blocks"]}
    assert [[*one["notes"], *whole["notes"]] for one in whole["blocks"]] == shown
    assert {"too-few-for-a-claim", "waves-independent", "no-cause"} == {one["code"] for notes in shown for one in notes}


@pytest.mark.parametrize("path", ["team", "trend", "charts/change", "charts/trend?block={block}"])
async def test_the_agenda_is_read_only_where_it_is_shown(
    released: Round, monkeypatch: pytest.MonkeyPatch, path: str
) -> None:
    """Once, for what is next of the team: not beside its changes and trends, of which only figures are shown."""
    employee, block = released.cast.employee, released.aggregates["field"]["blocks"][0]["key"]
    at = f"/widgets/{path.format(block=block)}"
    first = await employee.get(at)
    statements = count_statements(monkeypatch)
    again = await employee.get(at)

    assert (200, 200) == (first.status_code, again.status_code)
    assert [path].count("team") == statements.count("-- select_activities_between")


async def test_where_no_baseline_asked_the_light_goes_by_the_wave_before(
    speak: Speak, answered: tuple[Cast, dict[str, str]]
) -> None:
    """As in a series of pulses, and it says so; else by the baseline."""
    cast, waves = answered
    team = speak(cast.employee)
    first, later = [
        (await team.get_team_widget(wave=waves[name], language="en")).must()["blocks"] for name in ("all", "none")
    ]

    assert {(None, waves["field"], "previous")} == {
        (one["change"], one["sincePrevious"]["against"], one["light"]["since"]) for one in first
    }
    assert all("wave before" in one["light"]["text"] for one in first)
    assert {"baseline"} == {one["light"]["since"] for one in later}


async def test_an_aggregate_is_that_of_the_unit(speak: Speak, released: Round) -> None:
    """Block by block and item by item, with what its statuses mean; nobody sees the unit beside."""
    cast = released.cast
    whole = (await Rest(cast.hr).get_aggregate(released.wave_id, cast.units["field"], language="nl")).must()
    told = (await speak(cast.employee).get_aggregate_widget(language="nl")).must()
    beside = await speak(cast.employee).get_aggregate_widget(unit=cast.units["care"])

    names = ("response", "blocks", "choices", "sensitive", "explanations", "notice")
    assert {name: whole[name] for name in names} == {name: told[name] for name in names}
    assert "not-found" == beside.word


async def test_a_trend_is_the_trend_of_the_unit(speak: Speak, released: Round) -> None:
    """Every wave of it; of a unit without figures every wave is a gap, and it is said why."""
    cast = released.cast
    whole = (await Rest(cast.hr).get_trend(released.wave_id, cast.units["field"], language="nl")).must()
    told = (await speak(cast.employee).get_trend_widget(language="nl")).must()
    hidden = (await speak(cast.hr).get_trend_widget(unit=cast.units["care"], language="nl")).must()

    assert ("Verloop", released.wave_id, None) == (told["title"], told["wave"]["waveId"], told["protection"])
    assert whole["blocks"] == told["blocks"]
    assert {"protected"} == {one["cell"]["status"] for block in hidden["blocks"] for one in block["points"]}
    assert "root" == hidden["protection"]["reportedAt"]["name"]


async def test_a_protected_unit_says_why_and_what_to_do(speak: Speak, released: Round) -> None:
    """Where its people are counted, and a guide that ends with the confidential adviser; no figure at all."""
    cast = released.cast
    told = (await speak(cast.hr).get_team_widget(unit=cast.units["care"], language="nl")).must()

    assert "root" == told["protection"]["reportedAt"]["name"]
    assert "root" in told["protection"]["reason"]
    assert "vertrouwenspersoon" in told["protection"]["guide"]["closing"]
    assert ("protected", "talk-without-figures") == (told["light"]["code"], told["nextStep"]["code"])
    assert {"protected"} == {one["cell"]["status"] for one in told["blocks"]}


async def test_participation_shows_in_bands_while_a_wave_is_open(speak: Speak, cast: Cast) -> None:
    """As the wave itself tells it, in words, until the release tells; a unit that is too small has no band."""
    wave_id, codes = await open_wave(cast)
    await answer_all(cast, wave_id, codes)
    before = (await speak(cast.employee).get_participation_widget(language="en")).must()
    await advance(cast, days=1)
    told = (await speak(cast.employee).get_participation_widget(language="en")).must()
    small = (await speak(cast.hr).get_participation_widget(unit=cast.units["care"], language="en")).must()
    (await Rest(cast.hr).close_wave(wave_id)).must()
    await cast.house.work()
    after = (await speak(cast.employee).get_participation_widget(wave=wave_id, language="en")).must()

    assert [("open", None), ("open", "70-or-more"), ("open", None), ("released", None)] == [
        (one["wave"]["state"], one["band"]) for one in (before, told, small, after)
    ]
    assert [None, None, None, "published"] == [
        one["response"] and one["response"]["status"] for one in (before, told, small, after)
    ]
    assert "70 % or more have answered." == told["text"]
    assert before["text"] == small["text"]
    assert before["text"].startswith("The participation of this group shows after the end")


async def test_what_is_done_comes_with_it(speak: Speak, house: House) -> None:
    """What is for everyone or for the unit, and not what is for a unit beside it; before any release."""
    cast = await cast_of(await house.employer("Doet BV"))
    for unit in (None, "field", "care"):
        new = await action_new(cast, title=unit or "all", unitId=cast.units[unit] if unit else None)
        (await Rest(cast.hr).create_action(new)).must()
    route = {"kind": "confidential-adviser", "name": "Noor", "contact": "020"}
    (await Rest(cast.hr).create_support_route(route)).must()

    told = (await speak(cast.employee).get_team_widget(language="en")).must()
    alone = (await speak(cast.employee).get_actions_widget()).must()

    assert {"all", "field"} == {one["title"] for one in told["actions"]} == {one["title"] for one in alone["actions"]}
    assert [("Confidential adviser", "Noor")] == [(one["title"], one["name"]) for one in told["supportRoutes"]]
    assert (None, None, "wait-for-a-release") == (told["wave"], told["light"], told["nextStep"]["code"])


@pytest.mark.parametrize("view", VIEWS)
async def test_an_answer_is_kept_and_asked_for_again(released: Round, view: str) -> None:
    """By its ETag: privately, and checked each time."""
    page = await page_of(released.cast, str(released.cast.employer.person("employee").token), views=[view])
    first = await page.get(f"/widgets/{view}")
    again = await page.get(f"/widgets/{view}", headers={"if-none-match": first.headers["etag"]})

    assert (200, 304, "private, no-cache") == (first.status_code, again.status_code, first.headers["cache-control"])


async def test_who_has_more_than_one_unit_names_it(speak: Speak, released: Round) -> None:
    """A client has none of its own; a unit that is out of reach does not exist."""
    cast = released.cast
    unnamed = await speak(cast.hr).get_agenda_widget()
    beside = await speak(cast.employee).get_agenda_widget(unit=cast.units["care"])

    assert ([("/query/unit", "which-unit")], "not-found") == (unnamed.findings, beside.word)


async def test_an_adviser_sees_no_waves(speak: Speak, standing: Cast) -> None:
    """A widget shows nobody what the scope behind it does not."""
    found = await speak(standing.confidential_adviser).get_waves_widget(unit=standing.units["root"])

    assert ("denied", "denied") == (found.word, found.code)
