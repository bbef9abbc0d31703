"""The attacker who looks every few hours while a wave is open, and knows who answered when: what does a figure tell?"""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime, timedelta
from random import Random
from typing import Any, NamedTuple, get_args

import msgspec
import pytest

from adversary.algebra import derivable
from cases.measuring import advance, time_of, wave_new
from disclosure.orgs import FLOORS
from peil.jobs import asking
from peil.participation import operations
from peil.participation.bands import LEAST_INVITED, figures_to_take
from peil.participation.model import Band, MeasuredUnit
from support.apis import Rest
from support.personas import Cast

STAFF = {"root": 10, "sales": 32, "field": 39, "care": 9}
"""Who is invited where: `field` is beneath `sales`, and that and `care` beneath the root."""
UNDER = {"root": {*STAFF}, "sales": {"sales", "field"}, "field": {"field"}, "care": {"care"}}
ARRIVALS = (6, 1, 3, 30, 0, 4, 5, 20, 2, 1, 0, 0)
"""How many answer between two looks."""
BETWEEN = timedelta(hours=6)
_DAY = timedelta(days=1)
Came = Counter[str]
Plant = Callable[[pytest.MonkeyPatch, Came], None]


class Seen(NamedTuple):
    """What is told at one moment, by unit, and how many had come from each when it was."""

    at: datetime
    told: dict[str, dict[str, Any]]
    came: Came

    def of(self, unit: str) -> int:
        """How many of a unit and all beneath had answered."""
        return sum(self.came[one] for one in UNDER[unit])


async def watch(cast: Cast, came: Came) -> list[Seen]:
    """A wave of three days; `came` counts those who have answered, by the unit where they work."""
    hr, random = Rest(cast.hr), Random(2)
    closes = (await time_of(cast) + timedelta(days=4)).isoformat()
    wave_id: str = (await hr.plan_wave(await wave_new(cast, closesAt=closes))).must()["waveId"]
    (await hr.open_wave(wave_id)).must()
    await cast.house.work()
    drawn = await cast.vendor.post(f"/waves/{wave_id}/codes")
    people = [(line["externalId"], line["code"]) for line in map(msgspec.json.decode, drawn.text.splitlines())]
    random.shuffle(people)
    await advance(cast, hours=2)
    log = []
    for arriving in ARRIVALS:
        for external_id, code in [people.pop() for _ in range(arriving)]:
            anybody = cast.house.anonymous
            await anybody.must(anybody.post(f"/waves/{wave_id}/responses", {"code": code, "answers": {}}))
            came[_WORKS.get(external_id, external_id.partition("-")[0])] += 1
        await advance(cast, hours=BETWEEN / timedelta(hours=1))
        read = (await hr.get_participation(wave_id)).must()["units"]
        log.append(Seen(await time_of(cast), {unit["name"]: unit for unit in read}, Counter(came)))
    (await hr.close_wave(wave_id)).must()
    await cast.house.work()
    return log


_WORKS = {"board": "root", "council": "care", "manager": "sales", "employee": "field", "ambassador": "field"}


def given_away(log: Sequence[Seen]) -> Iterator[str]:
    """Figures of few, figures that are more than a band, and figures by which an answer shows that just came in."""
    units = {unit for seen in log for unit in seen.told}
    least = derivable([UNDER[unit] for unit in units], STAFF, LEAST_INVITED)
    if least is not None:
        yield f"participation of {least} invited"
    for unit in units:
        yield from _moves(unit, log)
        for told in [seen.told[unit] for seen in log if unit in seen.told]:
            if told["band"] not in get_args(Band):
                yield f"{unit}: {told['band']} answered"


def _moves(unit: str, log: Sequence[Seen]) -> Iterator[str]:
    """Twice in a day, or for the sake of few."""
    last: Seen | None = None
    for before, seen in zip([None, *log], log, strict=False):
        if unit not in seen.told or (before is not None and before.told.get(unit) == seen.told[unit]):
            continue
        since = seen.of(unit) - (0 if last is None else last.of(unit))
        if since < FLOORS.k_n:
            yield f"{unit}: that some of {since} answered"
        if last is not None and seen.at - last.at < _DAY:
            yield f"{unit}: when somebody answered"
        last = seen


def exact_counts(patch: pytest.MonkeyPatch, came: Came) -> None:
    """A figure is how many have answered."""

    def measured(*, name: str, band: str, **given: Any) -> MeasuredUnit:
        n: Any = str(sum(came[one] for one in UNDER[name]))
        return MeasuredUnit(name=name, band=n, **given)

    patch.setattr(operations, "MeasuredUnit", measured)


def every_hour(patch: pytest.MonkeyPatch, _came: Came) -> None:
    patch.setattr(asking, "DAY", timedelta(hours=1))


def for_one_more(patch: pytest.MonkeyPatch, _came: Came) -> None:
    """A figure moves as soon as anybody has answered since."""
    patch.setattr(asking, "figures_to_take", lambda counted, taken, _k_n: figures_to_take(counted, taken, 1))


def of_few(patch: pytest.MonkeyPatch, _came: Came) -> None:
    """It is told wherever the release would tell one."""
    patch.setattr(asking, "LEAST_INVITED", FLOORS.k_m)


PLANTED: dict[Plant, str] = {
    exact_counts: "root: 40 answered",
    every_hour: "root: when somebody answered",
    for_one_more: "root: that some of 3 answered",
    of_few: "participation of 19 invited",
}
"""Each with something that is then given away."""
