"""What is told of participation while a wave is open, by the service as it runs."""

from collections import Counter

import pytest

from adversary.open_waves import PLANTED, STAFF, Plant, given_away, watch
from cases.measuring import ask_freely, pass_gates
from support.apis import Rest
from support.house import House
from support.personas import Cast, add_crowd, cast_of


@pytest.fixture(scope="module")
async def invited(house: House) -> Cast:
    """An employer of as many people as the attacker counts with."""
    cast = await ask_freely(await cast_of(await house.employer("Open BV")))
    await add_crowd(cast.hr, root=9, sales=31, field=37, care=8)
    await pass_gates(cast, Rest(cast.hr), Rest(cast.works_council))
    return cast


async def test_figures_are_bands_of_many_and_move_with_many(invited: Cast) -> None:
    """Of the whole and the one team that is large enough; the third day, on which three answered, changes nothing."""
    log = await watch(invited, Counter())

    assert [] == [*given_away(log)]
    assert {"root", "field"} == set(log[-1].told)
    assert {"root": 90, "field": 39} == {name: unit["invited"] for name, unit in log[-1].told.items()}
    assert sum(STAFF.values()) == 90
    assert log[7].told == log[-1].told != log[3].told


@pytest.mark.parametrize("plant", PLANTED, ids=lambda plant: plant.__name__)
async def test_a_figure_that_tells_more_is_found(invited: Cast, plant: Plant, monkeypatch: pytest.MonkeyPatch) -> None:
    """Exact, hourly, for one answer more, or of few: something is given away."""
    came: Counter[str] = Counter()
    plant(monkeypatch, came)

    assert PLANTED[plant] in [*given_away(await watch(invited, came))]
