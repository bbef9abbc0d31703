"""Change between waves: what it is compared with, who sees it, and that it is the same for everybody who does."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest

from cases.examples import INSTRUMENT
from cases.measuring import (
    Round,
    advance,
    ask_freely,
    bring_to,
    instrument_of,
    pass_gates,
    play_round,
    series_new,
    today_of,
)
from cases.programme import BEFORE, WEEK, activity_new, create_campaign
from cases.test_aggregates import ALL, SEEN
from peil.aggregates.changes import operations as changes
from peil.aggregates.changes.comparisons import Comparisons
from peil.aggregates.model import NOTICE
from support.apis import Rest, Speak
from support.house import House
from support.personas import Cast, add_crowd, add_people, cast_of
from support.statements import count_statements

CARE = {"nl": "Beschermd: hier staat geen cijfer", "en": "Protected: there is no figure here"}


@pytest.mark.parametrize("viewer", sorted(SEEN))
async def test_the_list_has_what_is_in_reach(speak: Speak, released: Round, viewer: str) -> None:
    """In the order of the tree of the later wave, each unit as it is alone, and the same for all in one language."""
    api, hr = speak(getattr(released.cast, viewer)), Rest(released.cast.hr)

    listed = (await api.list_changes(released.wave_id, language="nl")).must()["items"]
    alone = [(await hr.get_change(released.wave_id, one["unitId"], language="nl")).must() for one in listed]

    for one in (*listed, *alone):
        # Context, and no figure: who sees no agenda has none.
        del one["agenda"]
    assert [name for name in released.aggregates if name in SEEN[viewer]] == [one["name"] for one in listed]
    assert alone == listed


@pytest.mark.parametrize("viewer", sorted(SEEN))
async def test_what_is_out_of_reach_does_not_exist(speak: Speak, released: Round, viewer: str) -> None:
    """Neither does a unit that nobody knows; what is in reach does."""
    api = speak(getattr(released.cast, viewer))

    words = {
        name: (await api.get_change(released.wave_id, unit_id)).word
        for name, unit_id in [*released.cast.units.items(), ("nothing", str(uuid4()))]
    }

    assert {name: "ok" if name in SEEN[viewer] else "not-found" for name in [*ALL, "nothing"]} == words


async def test_a_manager_sees_the_subtree_and_the_way_up(speak: Speak, cast: Cast) -> None:
    """Of a unit in the middle: itself, what is under it and what is above it, and not what is beside it."""
    await add_people(cast.hr, [{"externalId": "lead", "unitExternalId": "root", "manages": ["sales"]}])
    await play_round(cast, kind="baseline")
    played = await play_round(cast)
    employer = cast.employer

    lead, board = [
        (await speak(employer.person(name)).list_changes(played.wave_id)).must() for name in ("lead", "board")
    ]

    assert {"root", "sales", "field"} == {one["name"] for one in lead["items"]}
    assert {"root"} == {one["name"] for one in board["items"]}


async def test_what_is_compared_is_what_the_releases_say(speak: Speak, released: Round) -> None:
    """The two means of the aggregates, and after minus before."""
    hr, unit_id = speak(released.cast.hr), released.cast.units["field"]

    change = (await hr.get_change(released.wave_id, unit_id)).must()

    before, after = [
        {block["key"]: block["cell"] for block in (await hr.get_aggregate(wave_id, unit_id)).must()["blocks"]}
        for wave_id in (change["against"], released.wave_id)
    ]
    assert list(after) == [block["key"] for block in change["blocks"]]
    for block in change["blocks"]:
        key, cell = block["key"], block["cell"]
        assert (before[key]["mean"], after[key]["mean"]) == (cell["before"]["mean"], cell["after"]["mean"])
        assert cell["difference"] == round(after[key]["mean"] - before[key]["mean"], 2)
        assert cell["interval"]["low"] < cell["difference"] < cell["interval"]["high"]


@pytest.mark.parametrize("language", ["nl", "en"])
async def test_a_unit_that_is_too_small_says_where_to_look(speak: Speak, released: Round, language: str) -> None:
    """And nothing else, in the caller's language."""
    api = speak(released.cast.hr)

    care = (await api.get_change(released.wave_id, released.cast.units["care"], language=language)).must()

    protected = {"status": "protected", "reportedAt": released.cast.units["root"]}
    assert [protected] * len(care["blocks"]) == [block["cell"] for block in care["blocks"]]
    assert {CARE[language]} == {block["text"].split(",")[0] for block in care["blocks"]}
    assert NOTICE[language] == care["notice"]


@pytest.fixture(scope="module")
async def week(house: House) -> Round:
    """A wave after a baseline, and between the two a week with something for everyone, for sales and for care."""
    cast = await cast_of(await house.employer("Week BV"))
    await advance(cast, days=(BEFORE - await today_of(cast)).days)
    await play_round(cast, kind="baseline")
    campaign_id = await create_campaign(cast)
    for title, on, units in (
        ("before", BEFORE - timedelta(days=1), None),
        ("all", WEEK[0], None),
        ("sales", WEEK[1], ["sales"]),
        ("care", WEEK[1], ["care"]),
        ("after", WEEK[1] + timedelta(days=14), None),
    ):
        asked = None if units is None else [cast.units[unit] for unit in units]
        new = activity_new("workshop", on, title=title, unitIds=asked)
        (await Rest(cast.hr).create_activity(campaign_id, new)).must()
    await advance(cast, days=12)
    return await play_round(cast)


@pytest.mark.parametrize(
    ("viewer", "unit", "titles"),
    [
        ("hr", "root", ["all", "care", "sales"]),
        ("hr", "sales", ["all", "sales"]),
        ("hr", "field", ["all", "sales"]),
        ("hr", "care", ["all", "care"]),
        ("employee", "root", ["all", "sales"]),
    ],
)
async def test_what_was_held_between_is_told_beside_a_change(
    speak: Speak, week: Round, viewer: str, unit: str, titles: list[str]
) -> None:
    """What was for the unit, above it or beneath it, as far as the reader sees that agenda; alone and in the list."""
    api = speak(getattr(week.cast, viewer))
    told = (await api.get_change(week.wave_id, week.cast.units[unit], language="en")).must()["agenda"]
    listed = (await api.list_changes(week.wave_id, language="en")).must()["items"]

    assert titles == sorted(one["title"] for one in told["activities"])
    assert told == next(one["agenda"] for one in listed if one["name"] == unit)
    assert told["notice"].startswith("Context, not cause: ")
    assert 0 == told["more"]


async def test_the_agenda_is_the_one_of_today(speak: Speak, week: Round) -> None:
    """The figures of two releases never change; what stands beside them does, and the ETag with it."""
    hr, unit_id = week.cast.hr, week.cast.units["care"]
    path = f"/waves/{week.wave_id}/changes/{unit_id}"
    before = await hr.get(path)
    [activity] = [one for one in before.json()["agenda"]["activities"] if one["title"] == "care"]
    renamed = {"title": "care and rest"}

    (await speak(hr).update_activity(activity["activityId"], renamed, if_match="*")).must()
    after = await hr.get(path)
    (await Rest(hr).update_activity(activity["activityId"], {"title": "care"}, if_match="*")).must()

    assert "care and rest" in after.text
    assert before.headers["etag"] != after.headers["etag"]
    assert before.json()["blocks"] == after.json()["blocks"]


async def test_who_sees_no_agenda_is_told_of_none(speak: Speak, week: Round) -> None:
    """The occupational health service reads figures and no agenda."""
    told = (await speak(week.cast.arbodienst).get_change(week.wave_id, week.cast.units["root"])).must()

    assert told["agenda"] is None


async def test_a_change_of_most_is_told_with_a_warning(speak: Speak, answered: tuple[Cast, dict[str, str]]) -> None:
    """Fewer than 70 % answered the second time."""
    cast, waves = answered
    root = (await speak(cast.hr).get_change(waves["most"], cast.units["root"])).must()

    assert {("compared", "low-response")} == {
        (one["cell"]["status"], *one["cell"]["warnings"]) for one in root["blocks"]
    }


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("nl", "Niet te zeggen: in een van de twee metingen antwoordde minder dan de helft."),
        ("en", "Cannot be told: in one of the two waves fewer than half answered."),
    ],
)
@pytest.mark.parametrize(("later", "against"), [("few", "all"), ("most", "few")])
async def test_a_change_of_fewer_than_half_is_withheld(
    speak: Speak, answered: tuple[Cast, dict[str, str]], later: str, against: str, language: str, text: str
) -> None:
    """In either wave: without a figure, and with the reason."""
    cast, waves = answered
    hr, withheld = speak(cast.hr), {"status": "withheld", "reason": "not-representative"}

    root = (await hr.get_change(waves[later], cast.units["root"], against=waves[against], language=language)).must()

    assert [(withheld, text)] * len(root["blocks"]) == [(block["cell"], block["text"]) for block in root["blocks"]]


@pytest.fixture(scope="module")
async def large(house: House) -> Round:
    """A wave after a baseline in which a unit of forty answered far worse."""
    cast = await cast_of(await house.employer("Groot BV"))
    await add_crowd(cast.hr, field=40)
    await play_round(cast, kind="baseline", points=(2, 3))
    return await play_round(cast, points=(4, 5))


async def test_a_large_change_in_large_groups_is_a_clear_signal(speak: Speak, large: Round) -> None:
    """With its interval, its p and q, and the sentence that says so."""
    field = (await speak(large.cast.hr).get_change(large.wave_id, large.cast.units["field"], language="nl")).must()

    for block in field["blocks"]:
        cell = block["cell"]
        assert ("compared", "clear-signal") == (cell["status"], cell["label"])
        assert abs(cell["difference"]) >= 10
        assert cell["p"] <= cell["q"] < 0.05
        assert cell["interval"]["low"] < cell["difference"] < cell["interval"]["high"]
        assert block["text"].startswith("Duidelijk signaal: ")


async def test_where_answers_are_spread_out_a_change_is_told_item_by_item(speak: Speak, large: Round) -> None:
    """In the order asked, with the text of the item: which way it went, and that it is no chance."""
    hr, units = speak(large.cast.hr), large.cast.units

    field = (await hr.get_change(large.wave_id, units["field"], language="nl")).must()
    sales = (await hr.get_change(large.wave_id, units["sales"], language="nl")).must()

    asked = {item["key"]: item["text"]["nl"] for item in (await instrument_of(large.cast))["items"]}
    items = [item for block in field["blocks"] for item in block["items"]]
    assert list(asked.items()) == [(item["key"], item["title"]) for item in items]
    for block in field["blocks"]:
        for item in block["items"]:
            up = block["cell"]["difference"] > 0
            assert [up] * 3 == [item["hedgesG"] > 0, item["superiority"] > 0.5, item["cliffsDelta"] > 0]
            assert (True, None) == (item["p"] < 0.001, item["seed"])
    # Fewer than thirty: how their answers are spread is not shown.
    assert [[]] * len(sales["blocks"]) == [block["items"] for block in sales["blocks"]]


async def test_items_are_read_in_one_go(large: Round, monkeypatch: pytest.MonkeyPatch) -> None:
    """As many statements for all units as for one, and none for what was read before."""
    hr = Rest(large.cast.hr)
    statements = count_statements(monkeypatch)

    counts = []
    for limit in (1, 200):
        monkeypatch.setattr(large.cast.house.parts.shelf, "comparisons", Comparisons())
        (await hr.list_changes(large.wave_id, limit=limit)).must()
        counts.append(statements.count("-- select_aggregates"))
    (await hr.list_changes(large.wave_id)).must()

    assert [2, 4, 4] == [*counts, statements.count("-- select_aggregates")]


async def test_the_newest_baseline_before_is_compared_with(speak: Speak, cast: Cast) -> None:
    """Not an older one, not a later one, and no wave of another kind; naming it gives the same."""
    await add_crowd(cast.hr, field=10)
    hr = speak(cast.hr)
    _, newest, wave_id, _ = [await _released(cast, kind) for kind in ("baseline", "baseline", "pulse", "baseline")]

    by_itself = await hr.get_change(wave_id, cast.units["root"])
    named = await hr.get_change(wave_id, cast.units["root"], against=newest)
    page = (await hr.list_changes(wave_id)).must()

    assert newest == by_itself.must()["against"]
    assert by_itself == named
    assert {newest} == {one["against"] for one in page["items"]}


async def _released(cast: Cast, kind: str) -> str:
    wave_id = await bring_to(cast, "released", kind=kind)
    # The next one begins later.
    await advance(cast, minutes=1)
    return wave_id


async def test_the_wave_before_is_compared_with_where_that_is_asked(speak: Speak, cast: Cast) -> None:
    """The newest one that asked the same: not the baseline, nor one of other questions; naming it gives the same."""
    light = await instrument_of(cast, "traffic-light")
    await add_crowd(cast.hr, field=10)
    hr = speak(cast.hr)
    baseline, before = [await _released(cast, kind) for kind in ("baseline", "pulse")]
    await bring_to(cast, "released", kind="traffic-light", instrumentId=light["instrumentId"])
    await advance(cast, minutes=1)
    wave_id = await _released(cast, "pulse")
    root = cast.units["root"]

    previous = await hr.get_change(wave_id, root, to="previous")
    named = await hr.get_change(wave_id, root, against=before)
    page = (await hr.list_changes(wave_id, to="previous")).must()

    assert before == previous.must()["against"]
    assert previous == named
    assert {before} == {one["against"] for one in page["items"]}
    assert baseline == (await hr.get_change(wave_id, root, to="baseline")).must()["against"]


async def test_a_series_goes_before_what_lies_nearer(speak: Speak, cast: Cast) -> None:
    """The wave before of a series is the one before in it, whatever was asked between."""
    await ask_freely(cast)
    await add_crowd(cast.hr, field=10)
    hr = Rest(cast.hr)
    short = await instrument_of(cast)
    first_on = (await today_of(cast) + timedelta(days=1)).isoformat()
    new = await series_new(cast, firstOn=first_on, count=2, instrumentId=short["instrumentId"])
    first, second = [one["waveId"] for one in (await hr.plan_wave_series(new)).must()["waves"]]
    await pass_gates(cast, hr, Rest(cast.works_council))
    for wave_id in (first, second):
        (await hr.open_wave(wave_id)).must()
    await cast.house.work()
    await advance(cast, days=3)
    between = await _released(cast, "pulse")
    await advance(cast, days=15)

    previous = (await speak(cast.hr).get_change(second, cast.units["root"], to="previous")).must()

    assert first == previous["against"] != between


async def test_the_first_wave_has_none_before_it(speak: Speak, cast: Cast) -> None:
    """Which is said; and a wave cannot be named and chosen at once."""
    await add_crowd(cast.hr, field=10)
    hr = speak(cast.hr)
    wave_id = await _released(cast, "pulse")

    alone = [
        await hr.list_changes(wave_id, to="previous"),
        await hr.get_change(wave_id, cast.units["root"], to="previous"),
    ]
    both = await hr.get_change(wave_id, cast.units["root"], to="baseline", against=wave_id)
    unknown = await Rest(cast.hr).list_changes(wave_id, to="yesterday")

    assert [("refused", "no-previous")] * 2 == [(one.word, one.code) for one in alone]
    assert [("/query/to", "against-or-to")] == both.findings
    assert [("/query/to", "not-one-of")] == unknown.findings


@pytest.mark.parametrize("language", ["nl", "en"])
async def test_what_to_bear_in_mind_stands_beside_a_change(speak: Speak, released: Round, language: str) -> None:
    """That the waves are treated as independent, that a change has no cause, and that few people prove nothing."""
    hr, unit_id = speak(released.cast.hr), released.cast.units["field"]

    change = (await hr.get_change(released.wave_id, unit_id, language=language)).must()

    assert ["waves-independent", "no-cause"] == [note["code"] for note in change["notes"]]
    assert [["too-few-for-a-claim"]] * len(change["blocks"]) == [
        [note["code"] for note in block["notes"]] for block in change["blocks"]
    ]
    assert {"nl": "Dat iets veranderde zegt niet waardoor.", "en": "That something changed does not say why."}[
        language
    ] == change["notes"][1]["text"]


async def test_how_far_the_same_people_were_asked_is_told(speak: Speak, cast: Cast) -> None:
    """How many were invited, and which units with figures came and went; not of a unit without a figure."""
    await play_round(cast, kind="baseline")
    await add_crowd(cast.hr, field=20)
    played = await play_round(cast)
    hr = speak(cast.hr)

    told = {
        name: (await hr.get_change(played.wave_id, unit_id, language="en")).must()["population"]
        for name, unit_id in cast.units.items()
    }

    assert (16, 22, 0, 0) == tuple(told["field"][key] for key in ("invitedBefore", "invitedAfter", "added", "removed"))
    assert told["field"]["text"].startswith("Invited: 16 people then, 22 now. ")
    assert told["care"] is None


async def test_without_a_baseline_there_is_nothing_to_compare(speak: Speak, cast: Cast) -> None:
    """Unless a wave is named: any earlier one will do."""
    await add_crowd(cast.hr, field=10)
    hr = speak(cast.hr)
    earlier, wave_id = [await _released(cast, "pulse") for _ in range(2)]

    refused = [await hr.list_changes(wave_id), await hr.get_change(wave_id, cast.units["root"])]
    named = await hr.get_change(wave_id, cast.units["root"], against=earlier)

    assert [("refused", "no-baseline")] * 2 == [(one.word, one.code) for one in refused]
    assert earlier == named.must()["against"]


async def test_a_wave_that_cannot_be_compared_with_is_refused(speak: Speak, cast: Cast, released: Round) -> None:
    """One that nobody knows and another employer's alike, one that is not earlier, and one without a release."""
    await add_crowd(cast.hr, field=10)
    hr = speak(cast.hr)
    cancelled = await bring_to(cast, "cancelled")
    await advance(cast, hours=2)
    first, wave_id = [await _released(cast, "pulse") for _ in range(2)]
    asked = {"nothing": str(uuid4()), "theirs": released.wave_id, "itself": wave_id, "cancelled": cancelled}

    refused: dict[str, Any] = {
        name: await hr.get_change(wave_id, cast.units["root"], against=against) for name, against in asked.items()
    }
    later = await hr.list_changes(first, against=wave_id)

    unknown, not_earlier = [[("/query/against", code)] for code in ("unknown-wave", "not-earlier")]
    assert [unknown, unknown, not_earlier] == [refused[name].findings for name in ("nothing", "theirs", "itself")]
    assert not_earlier == later.findings
    assert "against-cancelled" == refused["cancelled"].code


@pytest.mark.parametrize("state", ["planned", "open"])
async def test_there_is_nothing_before_the_release(speak: Speak, cast: Cast, state: str) -> None:
    """A wave that is not released says so, whatever it is compared with."""
    await add_crowd(cast.hr, field=10)
    wave_id = await bring_to(cast, state)
    hr = speak(cast.hr)

    outcomes = [
        await hr.list_changes(wave_id),
        await hr.get_change(wave_id, cast.units["root"]),
        await hr.get_change(wave_id, cast.units["root"], against=str(uuid4())),
    ]

    assert [("refused", "not-released")] * 3 == [(one.word, one.code) for one in outcomes]


async def test_an_instrument_that_asks_something_else_is_not_compared(speak: Speak, cast: Cast) -> None:
    """In no unit, also where nothing would be shown."""
    light = await instrument_of(cast, "traffic-light")
    await add_crowd(cast.hr, field=10)
    await bring_to(cast, "released", kind="baseline", instrumentId=light["instrumentId"])
    played = await play_round(cast)

    page = (await speak(cast.hr).list_changes(played.wave_id, language="en")).must()

    cells = [block for unit in page["items"] for block in unit["blocks"]]
    assert {("not-comparable", "not-asked-then", "Not comparable: this was not asked then.")} == {
        (block["cell"]["status"], block["cell"]["reason"], block["text"]) for block in cells
    }


async def test_a_new_version_of_an_item_is_not_compared(speak: Speak, cast: Cast) -> None:
    """The other block of the same questionnaire is: here its people are too few to say more."""
    await add_crowd(cast.hr, field=10)
    rest, pause = INSTRUMENT["items"]
    await _ask(cast, "baseline", INSTRUMENT)
    wave_id = await _ask(cast, "pulse", {**INSTRUMENT, "items": [rest, {**pause, "version": 2}]})

    root = (await speak(cast.hr).get_change(wave_id, cast.units["root"])).must()

    assert {
        "rest": {"status": "protected", "reportedAt": None},
        "pause": {"status": "not-comparable", "reason": "items-differ"},
    } == {block["key"]: block["cell"] for block in root["blocks"]}


async def _ask(cast: Cast, kind: str, content: dict[str, Any]) -> str:
    """Publishes a questionnaire and brings a wave of it to its release; nobody answers."""
    hr = Rest(cast.hr)
    instrument_id = (await hr.create_instrument(content)).must()["instrumentId"]
    (await hr.publish_instrument(instrument_id)).must()
    return await bring_to(cast, "released", kind=kind, instrumentId=instrument_id)


async def test_what_is_wrong_with_a_page_is_said_of_the_query(speak: Speak, released: Round) -> None:
    """As in any list."""
    refused = await speak(released.cast.hr).list_changes(released.wave_id, cursor="no cursor")

    assert [("/query/cursor", "pattern")] == refused.findings


async def test_a_cursor_is_good_for_one_comparison(speak: Speak, cast: Cast) -> None:
    """The list goes on where it ended; with another wave to compare with its cursor is refused."""
    await add_crowd(cast.hr, field=10)
    hr = speak(cast.hr)
    older, newer, wave_id = [await _released(cast, kind) for kind in ("pulse", "baseline", "pulse")]
    whole = (await hr.list_changes(wave_id)).must()["items"]

    first = (await hr.list_changes(wave_id, limit=3)).must()
    rest = (await hr.list_changes(wave_id, limit=3, cursor=first["next"], against=newer)).must()
    other = await hr.list_changes(wave_id, limit=3, cursor=first["next"], against=older)

    assert whole == first["items"] + rest["items"]
    assert [("/query/cursor", "cursor")] == other.findings


async def test_a_comparison_is_made_once(released: Round, monkeypatch: pytest.MonkeyPatch) -> None:
    """For all units, whoever asks next and in whatever language."""
    path = f"/waves/{released.wave_id}/changes"
    await released.cast.employee.must(released.cast.employee.get(path), 200)

    def again(*_: object) -> None:
        raise AssertionError("it was made again")

    monkeypatch.setattr(changes, "compare", again)
    answers = [
        await released.cast.hr.get(one, headers={"accept-language": language})
        for one in (path, f"{path}/{released.cast.units['care']}")
        for language in ("nl", "en")
    ]

    assert [200] * 4 == [one.status_code for one in answers]
