"""Charts of every kind, drawn and once more, beside the bare call of the renderer with the same specification."""

import time
from collections import defaultdict
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import vl_convert

from benchmarks import close
from benchmarks.crowd import Crowd, gather
from benchmarks.opening import now_of
from benchmarks.report import Finding, Pair
from peil.aggregates.charts.model import KINDS
from peil.aggregates.charts.rendering import _VERSION
from peil.rest import PNG, SVG, VEGALITE
from support.house import House

FIRST, AGAIN = 0.8, 1.0
_UNITS = 111
_RESPONSES = 3000
_SCALE = 2


async def measure(house: House, url: str, directory: Path, repeats: int) -> list[Finding]:
    """SVG and PNG, when they are drawn and when they are ready, of as many units as there are repeats.

    In this process, so that nothing but the drawing is beside it. `url`: the database's, as its superuser.
    """
    crowd = await gather(house, url, _UNITS)
    await crowd.hr.must(crowd.hr.patch("/fatigue-budget", {"waves": 10, "items": 100}, "*"), 200)
    _, before = await close.measure(house, url, crowd, _RESPONSES, directory)
    later = await now_of(crowd.employer, crowd.hr) + timedelta(days=30)
    await crowd.hr.must(
        crowd.hr.post(f"/test-clocks/{crowd.employer.employer_id}/advance", {"to": later.isoformat()}), 200
    )
    _, wave_id = await close.measure(house, url, crowd, _RESPONSES, directory)
    pairs: dict[tuple[str, str], list[Pair]] = defaultdict(list)
    told: dict[str, float] = {}
    # The last unit warms up: the renderer takes a second to start.
    for place in (_UNITS - 1, *range(repeats)):
        for kind, path in _paths(wave_id, before, crowd.units[place]):
            spec = (await _get(crowd, path, VEGALITE))[0]
            for media_type, bare in (("SVG", _bare_svg), ("PNG", _bare_png)):
                accept = SVG if media_type == "SVG" else PNG
                by_itself = _timed(bare, spec)
                _, first = await _get(crowd, path, accept)
                _, again = await _get(crowd, path, accept)
                if place < _UNITS - 1:
                    pairs[media_type, "drawn"].append(Pair(ours=1 / first, bare=1 / by_itself))
                    pairs[media_type, "ready"].append(Pair(ours=1 / again, bare=1 / by_itself))
                    told[f"{kind}, {media_type}"] = first
    return [
        Finding(
            path=f"chart, {media_type}, {when}",
            load=f"{len(KINDS)} kinds, {repeats} units",
            compared_with="vl-convert, same specification",
            target=FIRST if when == "drawn" else AGAIN,
            pairs=found,
            more={"seconds": {kind: took for kind, took in told.items() if kind.endswith(media_type)}},
        )
        for (media_type, when), found in pairs.items()
    ]


def _paths(wave_id: UUID, before: UUID, unit_id: UUID) -> Iterator[tuple[str, str]]:
    needs = {"change": f"?against={before}", "trend": "?block=work"}
    for kind in KINDS:
        yield kind, f"/waves/{wave_id}/aggregates/{unit_id}/charts/{kind}{needs.get(kind, '')}"


async def _get(crowd: Crowd, path: str, accept: str) -> tuple[Any, float]:
    """What was answered, and in how many seconds."""
    started = time.perf_counter()
    response = await crowd.hr.get(path, headers={"accept": accept})
    took = time.perf_counter() - started
    response.raise_for_status()
    return response.json() if accept == VEGALITE else response.content, took


def _timed(bare: Any, spec: Any) -> float:
    started = time.perf_counter()
    bare(spec)
    return time.perf_counter() - started


def _bare_svg(spec: Any) -> None:
    vl_convert.vegalite_to_svg(spec, vl_version=_VERSION, allowed_base_urls=[])


def _bare_png(spec: Any) -> None:
    vl_convert.vegalite_to_png(spec, vl_version=_VERSION, scale=_SCALE, allowed_base_urls=[])
