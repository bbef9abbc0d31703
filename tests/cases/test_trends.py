"""The trend of a unit: which waves belong to it, who sees it, and that it is the same for everybody who does."""

from datetime import timedelta
from typing import Any, NamedTuple
from uuid import uuid4

import pytest

from cases.examples import INSTRUMENT
from cases.measuring import (
    advance,
    answer_all,
    ask_freely,
    bring_to,
    codes_of,
    instrument_of,
    pass_gates,
    series_new,
    time_of,
    today_of,
)
from cases.programme import play_wave
from cases.test_aggregates import ALL, SEEN
from peil.aggregates.model import NOTICE
from peil.aggregates.trends import queries as trend_queries
from peil.aggregates.trends.model import MOST_WAVES
from support.apis import Rest, Speak
from support.house import House
from support.personas import Cast, add_crowd, cast_of
from support.statements import count_statements

POINTS = [(1, 2), (2, 2), (2, 3), (3, 3), (3, 4), (4, 4)]


class Waves(NamedTuple):
    """An employer, the waves that belong to its trend in the order in which they opened, and the series of the last."""

    cast: Cast
    waves: list[str]
    in_series: list[str]


@pytest.fixture(scope="module")
async def risen(house: House) -> Waves:
    """A baseline and five pulses that go up, the last two of a series; between them some that are no part of it.

    These asked something else, or too few answered, or only `field` was asked.
    """
    cast = await ask_freely(await cast_of(await house.employer("Reeks BV")))
    await add_crowd(cast.hr, root=12, sales=14, field=14, care=4)
    await pass_gates(cast, Rest(cast.hr), Rest(cast.works_council))
    waves = [await play_wave(cast, "baseline" if points == (1, 2) else "pulse", points=points) for points in POINTS[:4]]
    light = await instrument_of(cast, "traffic-light")
    await play_wave(cast, "traffic-light", instrumentId=light["instrumentId"], share=0)
    waves.append(await play_wave(cast, "pulse", share=0.4, points=(1, 1)))
    waves.append(await play_wave(cast, "pulse", points=(1, 1), unitIds=[cast.units["field"]]))
    in_series = [await _play_next(cast, wave_id, points) for wave_id, points in await _series(cast)]
    return Waves(cast, waves + in_series, in_series)


async def _series(cast: Cast) -> list[tuple[str, tuple[int, int]]]:
    first = await today_of(cast) + timedelta(days=2)
    short = await instrument_of(cast)
    new = await series_new(cast, firstOn=first.isoformat(), count=2, instrumentId=short["instrumentId"])
    planned = (await Rest(cast.hr).plan_wave_series(new)).must()["waves"]
    return [(one["waveId"], points) for one, points in zip(planned, POINTS[4:], strict=True)]


async def _play_next(cast: Cast, wave_id: str, points: tuple[int, int]) -> str:
    """A planned wave to its release."""
    hr = Rest(cast.hr)
    (await hr.open_wave(wave_id)).must()
    await cast.house.work()
    codes = await codes_of(cast, wave_id)
    wave = (await hr.get_wave(wave_id)).must()
    opens_at, now = wave["opensAt"], await time_of(cast)
    await advance(cast, seconds=(type(now).fromisoformat(opens_at) - now).total_seconds() + 60)
    await answer_all(cast, wave_id, codes, points)
    await advance(cast, days=1)
    return wave_id


async def test_a_series_that_rises_says_so(speak: Speak, risen: Waves) -> None:
    """Each wave with the figure of its release, six of them measured, and the gaps said as such."""
    hr, unit_id = speak(risen.cast.hr), risen.cast.units["root"]
    newest = risen.waves[-1]

    trend = (await hr.get_trend(newest, unit_id, language="en")).must()

    assert (NOTICE["en"], "root", newest, unit_id) == (
        trend["notice"], trend["name"], trend["waveId"], trend["unitId"],
    )  # fmt: skip
    for block in trend["blocks"]:
        assert risen.waves == [point["waveId"] for point in block["points"]]
        assert ["measured"] * 4 + ["withheld", "not-comparable"] + ["measured"] * 2 == [
            point["cell"]["status"] for point in block["points"]
        ]
        assert block["points"][4]["text"] == "There is no figure here: fewer than half answered."
        assert (6, "rising") == (block["tendency"]["waves"], block["tendency"]["label"])
        assert block["text"].startswith("Rising over 6 waves: ")


async def test_figures_are_those_of_the_releases(speak: Speak, risen: Waves) -> None:
    """The mean, the people and the interval of each wave's own aggregate."""
    hr, unit_id = speak(risen.cast.hr), risen.cast.units["sales"]

    trend = (await hr.get_trend(risen.waves[-1], unit_id)).must()

    for place in (0, 3):
        aggregate = (await hr.get_aggregate(risen.waves[place], unit_id)).must()
        cells = {block["key"]: block["cell"] for block in aggregate["blocks"]}
        for block in trend["blocks"]:
            cell = block["points"][place]["cell"]
            assert [cells[block["key"]][name] for name in ("n", "mean", "climate")] == [
                cell[name] for name in ("n", "mean", "climate")
            ]


async def test_a_trend_goes_up_to_its_wave(speak: Speak, risen: Waves) -> None:
    """What came later is no part of it; fewer than five figures are no trend, and that is said."""
    hr = speak(risen.cast.hr)

    block = (await hr.get_trend(risen.waves[3], risen.cast.units["root"], language="nl")).must()["blocks"][0]

    assert risen.waves[:4] == [point["waveId"] for point in block["points"]]
    assert block["tendency"] is None
    assert block["text"].startswith("Nog geen trend: ")


async def test_a_trend_of_a_series_has_its_waves_only(speak: Speak, risen: Waves) -> None:
    """And one block where one is asked for; a wave that is in no series has no such trend."""
    hr, unit_id = speak(risen.cast.hr), risen.cast.units["field"]
    whole = (await hr.get_trend(risen.waves[-1], unit_id)).must()

    trend = (await hr.get_trend(risen.waves[-1], unit_id, over="series", block=whole["blocks"][1]["key"])).must()
    alone = await hr.get_trend(risen.waves[0], unit_id, over="series")

    [block] = trend["blocks"]
    assert whole["blocks"][1]["points"][-2:] == block["points"]
    assert risen.in_series == [point["waveId"] for point in block["points"]]
    assert ("refused", "no-series") == (alone.word, alone.code)


async def test_a_trend_goes_back_so_many_waves_and_no_more(
    speak: Speak, risen: Waves, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The newest hundred; here five, so that not a hundred need be played. Of what came before nothing is told."""
    at = risen.waves[-1], risen.cast.units["root"]
    monkeypatch.setattr(trend_queries, "MOST_WAVES", 5)

    trend = (await speak(risen.cast.hr).get_trend(*at)).must()

    assert 100 == MOST_WAVES
    for block in trend["blocks"]:
        assert risen.waves[-5:] == [point["waveId"] for point in block["points"]]


async def test_who_has_a_trend_is_not_sent_it_again(risen: Waves) -> None:
    """By its ETag, which is another for each language and for each part that is asked for."""
    hr, path = risen.cast.hr, f"/waves/{risen.waves[-1]}/trends/{risen.cast.units['root']}"
    first = await hr.get(path, headers={"accept-language": "nl"})
    tag = first.headers["etag"]
    again = await hr.get(path, headers={"accept-language": "nl", "if-none-match": tag})
    others = [
        await hr.get(path, headers={"accept-language": "en", "if-none-match": tag}),
        await hr.get(f"{path}?over=series", headers={"accept-language": "nl", "if-none-match": tag}),
    ]

    assert (200, "private, no-cache") == (first.status_code, first.headers["cache-control"])
    assert (304, tag, b"") == (again.status_code, again.headers["etag"], again.content)
    assert [200, 200] == [one.status_code for one in others]


async def test_what_is_wrong_is_said_of_the_query(speak: Speak, risen: Waves) -> None:
    """A block that the wave did not ask, and one that no key can be."""
    hr, unit_id = speak(risen.cast.hr), risen.cast.units["field"]

    unknown, malformed = [await hr.get_trend(risen.waves[-1], unit_id, block=key) for key in ("nothing", "No Key")]

    assert [("/query/block", "unknown-block")] == unknown.findings
    assert [("/query/block", "pattern")] == malformed.findings


@pytest.mark.parametrize("viewer", sorted(SEEN))
async def test_what_is_out_of_reach_does_not_exist(speak: Speak, risen: Waves, viewer: str) -> None:
    """Neither does a unit that nobody knows; what is in reach is the same for everybody."""
    api, hr = speak(getattr(risen.cast, viewer)), Rest(risen.cast.hr)
    names = [*risen.cast.units.items(), ("nothing", str(uuid4()))]
    newest = risen.waves[-1]

    seen = {name: await api.get_trend(newest, unit_id, language="nl") for name, unit_id in names}

    assert {name: "ok" if name in SEEN[viewer] else "not-found" for name in [*ALL, "nothing"]} == {
        name: outcome.word for name, outcome in seen.items()
    }
    for name in SEEN[viewer]:
        theirs = (await hr.get_trend(newest, risen.cast.units[name], language="nl")).must()
        assert theirs["blocks"] == seen[name].must()["blocks"]


async def test_a_protected_unit_has_gaps_only(speak: Speak, risen: Waves) -> None:
    """With where to look, and no number of anything."""
    root = risen.cast.units["root"]

    trend = (await speak(risen.cast.hr).get_trend(risen.waves[-1], risen.cast.units["care"], language="en")).must()

    for block in trend["blocks"]:
        assert block["tendency"] is None
        told = {(point["cell"]["status"], point["cell"].get("reportedAt")) for point in block["points"]}
        assert {("protected", root), ("not-comparable", None)} >= told
        assert block["points"][0]["text"].startswith("Protected: ")


async def test_another_employers_wave_does_not_exist(speak: Speak, risen: Waves, stranger: Cast) -> None:
    """Nor does one that nobody knows."""
    hr = speak(stranger.hr)

    outcomes = [await hr.get_trend(one, risen.cast.units["root"]) for one in (risen.waves[0], str(uuid4()))]

    assert ["not-found"] * 2 == [one.word for one in outcomes]


@pytest.mark.parametrize("state", ["planned", "open"])
async def test_there_is_nothing_before_the_release(speak: Speak, cast: Cast, state: str) -> None:
    """As with any figure."""
    await add_crowd(cast.hr, field=10)
    wave_id = await bring_to(cast, state)

    refused = await speak(cast.hr).get_trend(wave_id, cast.units["root"])

    assert ("refused", "not-released") == (refused.word, refused.code)


async def test_the_number_of_statements_does_not_grow_with_the_waves(
    risen: Waves, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of two waves as many as of eight."""
    hr, unit_id = Rest(risen.cast.hr), risen.cast.units["root"]
    for wave_id in (risen.waves[1], risen.waves[-1]):
        (await hr.get_trend(wave_id, unit_id)).must()

    statements = count_statements(monkeypatch)
    (await hr.get_trend(risen.waves[1], unit_id)).must()
    of_two = len(statements)
    (await hr.get_trend(risen.waves[-1], unit_id)).must()

    assert 2 * of_two == len(statements)


async def test_what_was_held_stands_beside_it(speak: Speak, risen: Waves) -> None:
    """From the end of the first wave to the beginning of this one; who sees no agenda is told of none."""
    newest, unit_id = risen.waves[-1], risen.cast.units["root"]

    told = (await speak(risen.cast.hr).get_trend(newest, unit_id, language="en")).must()
    none = (await speak(risen.cast.arbodienst).get_trend(newest, unit_id)).must()
    first = (await speak(risen.cast.hr).get_trend(risen.waves[0], unit_id)).must()

    assert told["agenda"]["from"] < told["agenda"]["to"]
    assert told["agenda"]["notice"].startswith("Context, not cause: ")
    assert (None, None) == (none["agenda"], first["agenda"])


async def test_a_new_version_of_an_item_begins_anew(speak: Speak, cast: Cast) -> None:
    """What was asked otherwise is no part of the trend; what was asked in the same way is."""
    await add_crowd(cast.hr, field=10)
    rest, pause = INSTRUMENT["items"]
    hr = Rest(cast.hr)
    waves = []
    for content in (INSTRUMENT, {**INSTRUMENT, "items": [rest, {**pause, "version": 2}]}):
        instrument_id = (await hr.create_instrument(content)).must()["instrumentId"]
        (await hr.publish_instrument(instrument_id)).must()
        waves.append(await bring_to(cast, "released", instrumentId=instrument_id))
        await advance(cast, minutes=1)

    trend: dict[str, Any] = (await speak(cast.hr).get_trend(waves[1], cast.units["root"])).must()

    assert {"rest": waves, "pause": waves[1:]} == {
        block["key"]: [point["waveId"] for point in block["points"]] for block in trend["blocks"]
    }
