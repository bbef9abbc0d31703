"""The benchmarks run, in little: what they start answers, and what they find can be so."""

import asyncio
from collections.abc import AsyncIterator

import pytest

from benchmarks import charts, close, exports, growth, ordinary, start, story
from benchmarks.crowd import gather
from benchmarks.place import Place, open_place
from benchmarks.report import Finding


@pytest.fixture(scope="module")
async def place() -> AsyncIterator[Place]:
    async with open_place() as opened:
        yield opened


def check(findings: list[Finding], paths: set[str], repeats: int = 1) -> None:
    """Each path was found once, in pairs of measurements that took some time."""
    assert sorted(paths) == sorted(one.path for one in findings)
    for one in findings:
        assert len(one.pairs) >= repeats
        assert all(0 < rate < 1e9 for pair in one.pairs for rate in (pair.ours, pair.bare))


async def test_charts_and_exports(place: Place) -> None:
    """Each kind of picture is drawn and sent again, which is quicker; an export has a row for each unit at least."""
    found = await charts.measure(place.house, place.url, place.directory, 1)
    crowd = await gather(place.house, place.url, 11)
    _, wave_id = await close.measure(place.house, place.url, crowd, 200, place.directory)
    exported = await exports.measure(crowd, wave_id, 1)

    check(found, {f"chart, {form}, {when}" for form in ("SVG", "PNG") for when in ("drawn", "ready")})
    drawn, ready = (next(one for one in found if one.path == f"chart, SVG, {when}") for when in ("drawn", "ready"))
    assert 6 == len(drawn.pairs) == len(ready.pairs)
    assert drawn.ratio < ready.ratio
    check(exported, {"export, CSV", "export, XLSX"})
    assert all(int(one.load.split()[0]) > len(crowd.units) for one in exported)


async def test_one_query_and_the_calls(place: Place) -> None:
    """The story is told both ways."""
    check([await story.measure(place.house, 1, rounds=2)], {"campaign, waves, aggregates, actions: one query"})


async def test_the_start() -> None:
    """The demo answers, and nothing of it is left."""
    check([await asyncio.wait_for(start.measure(1), 120)], {"start of peil demo"})


@pytest.mark.external
@pytest.mark.needs("wrk")
async def test_ordinary_resources(place: Place) -> None:
    """Both answer every request."""
    found = await ordinary.measure(place.house, place.url, place.directory, 1, 1)

    check(found, {"list of 50 waves", "get of a campaign"})


@pytest.mark.external
@pytest.mark.needs("wrk")
async def test_growth(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    """With a copy of an employer beside it, everybody of both is answered."""
    monkeypatch.setattr(growth, "_MOST_PER_SECOND", 50)
    sizes = growth.Sizes(responses=[1000, 2000], closed=[1000], employers=[1, 2], seconds=1)
    points = [one async for one in growth.measure(place.cluster, place.house, place.directory, sizes, 1)]

    assert [
        ("close", "responses", 1000),
        *((path, over, at) for over, at in AXES for path in ("submit", "read")),
    ] == [(one.path, one.over, one.number) for one in points]
    assert all(pair.ours > 0 < pair.bare for one in points for pair in one.pairs)


AXES = (("responses", 1000), ("responses", 2000), ("employers", 1), ("employers", 2))
