"""Nobody can prove that more than n - m people of an atom are in one band: every output is tried."""

import pytest

from disclosure.enumeration import leaks, most_in_a_band
from disclosure.orgs import block, item
from peil.releases.model import Bands, ItemScoring
from peil.releases.protection import possible_table, protect, protect_steps, tables_of

RECOMMENDATION = ItemScoring(
    key="a",
    points=11,
    reverse=False,
    sensitive=False,
    bands=Bands(unfavourable=7, neutral=2, favourable=2),
)


@pytest.mark.parametrize("points", [2, 3, 4, 5])
@pytest.mark.parametrize("m", [1, 2, 3])
def test_every_mean_has_a_table_with_m_people_outside_every_band(points: int, m: int) -> None:
    """For atoms of 7 to 18 people, on scales with and without a middle."""
    scoring = block(item(points=points))

    assert [set()] * 12 == [
        leaks(scoring, people, m, lambda cell, m: tuple(protect(tables_of(cell, scoring), scoring, m)))
        for people in range(7, 19)
    ]


@pytest.mark.parametrize("m", [1, 2, 3])
def test_bands_of_unequal_width_are_protected_too(m: int) -> None:
    """Eleven answers of which the best two are favourable and the worst seven unfavourable."""
    scoring = block(RECOMMENDATION)

    assert set() == leaks(scoring, 7, m, lambda cell, m: tuple(protect(tables_of(cell, scoring), scoring, m)))


def test_enumeration_finds_the_leak_of_an_unclipped_mean() -> None:
    """The test is not blind: without clipping, extreme means prove where everybody is."""
    scoring = block(item())

    assert leaks(scoring, 7, 2, lambda cell, _: cell.total)


@pytest.mark.parametrize("scoring", [item(points=points) for points in (2, 3, 4, 5, 7, 10)] + [RECOMMENDATION])
@pytest.mark.parametrize(("people", "m"), [(6, 2), (7, 2), (30, 10), (31, 10), (35, 2)])
def test_possible_table_keeps_mean_and_people(scoring: ItemScoring, people: int, m: int) -> None:
    """For every sum of steps there is a table of as many people, outside every band at least m of them."""
    top = scoring.points - 1
    for total in range(people * top + 1):
        low, more = divmod(total, people)
        counts = [0] * scoring.points
        counts[low] += people - more
        counts[min(low + 1, top)] += more
        possible = possible_table(counts, scoring, m)

        assert people == sum(possible)
        assert min(possible) >= 0
        assert most_in_a_band(possible, scoring) <= people - m
        assert protect_steps(counts, scoring, m) == protect_steps(possible, scoring, m)
        assert protect_steps(possible, scoring, m) == sum(step * count for step, count in enumerate(possible))


@pytest.mark.parametrize(
    ("counts", "mean"),
    [([0, 0, 0, 0, 7], 85.714), ([7, 0, 0, 0, 0], 14.286), ([1, 1, 2, 2, 1], 53.571)],
)
def test_five_points_are_clipped_to_fourteen_and_eighty_six(counts: list[int], mean: float) -> None:
    """Seven people and m = 2: between 14.3 and 85.7 the mean is told as it is."""
    assert protect_steps(counts, item(), 2) * 25 / 7 == pytest.approx(mean, abs=0.001)


def test_a_scale_without_a_middle_is_clipped_by_the_best_unfavourable_answer() -> None:
    """Four points, all at the best: 100·(1 - m(1 - c)/n) with c = 1/3."""
    protected = protect_steps([0, 0, 0, 7], item(points=4), 2) * 100 / (3 * 7)

    assert protected == pytest.approx(100 * (1 - 2 * (1 - 1 / 3) / 7))
