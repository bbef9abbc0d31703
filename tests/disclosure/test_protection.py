"""Nobody can prove that more than n - m people of an atom are in one band: every output is tried."""

from collections.abc import Callable, Hashable, Iterator, Sequence
from itertools import combinations, pairwise, product

import pytest

from disclosure.orgs import block, item
from peil.releases.model import Bands, BlockScoring, ItemScoring, RawCell
from peil.releases.protection import grain, possible_table, protect, protect_spread, protect_steps

RECOMMENDATION = ItemScoring(
    key="a",
    points=11,
    reverse=False,
    sensitive=False,
    bands=Bands(unfavourable=7, neutral=2, favourable=2),
)
Output = Callable[[RawCell, int], Hashable]


def tables(people: int, answers: int) -> Iterator[list[int]]:
    """All ways in which `people` can give one of so many answers."""
    for bars in combinations(range(people + answers - 1), answers - 1):
        edges = [-1, *bars, people + answers - 1]
        yield [after - before - 1 for before, after in pairwise(edges)]


def most_in_a_band(counts: Sequence[int], scoring: ItemScoring) -> int:
    low, high = scoring.bands.unfavourable, scoring.points - scoring.bands.favourable
    return max(sum(counts[:low]), sum(counts[low:high]), sum(counts[high:]))


def raw_cells(scoring: BlockScoring, people: int) -> Iterator[tuple[RawCell, int]]:
    """Every possible atom of so many people, and the most of them in any band of any item."""
    scale = grain(scoring)
    patterns = list(product(*(range(scored.points) for scored in scoring.items)))
    for numbers in tables(people, len(patterns)):
        cell = RawCell(scale.offsets[-1])
        cell.n = people
        for steps, number in zip(patterns, numbers, strict=True):
            points = sum(factor * step for factor, step in zip(scale.factors, steps, strict=True))
            cell.total += number * points
            cell.squares += number * points * points
            for offset, step in zip(scale.offsets, steps, strict=False):
                cell.counts[offset + step] += number
        yield (
            cell,
            max(
                most_in_a_band(cell.counts[start : start + scored.points], scored)
                for start, scored in zip(scale.offsets, scoring.items, strict=False)
            ),
        )


def leaks(scoring: BlockScoring, people: int, m: int, output: Output) -> set[Hashable]:
    """Outputs that no atom with at most n - m people in every band could have given."""
    reachable, innocent = set(), set()
    for cell, most in raw_cells(scoring, people):
        told = output(cell, m)
        reachable.add(told)
        if most <= people - m:
            innocent.add(told)
    return reachable - innocent


@pytest.mark.parametrize("points", [2, 3, 4, 5])
@pytest.mark.parametrize("m", [1, 2, 3])
def test_every_mean_has_a_table_with_m_people_outside_every_band(points: int, m: int) -> None:
    """For atoms of 7 to 18 people, on scales with and without a middle."""
    scoring = block(item(points=points))

    assert [set()] * 12 == [
        leaks(scoring, people, m, lambda cell, m: tuple(protect(cell, scoring, m))) for people in range(7, 19)
    ]


@pytest.mark.parametrize("m", [1, 2, 3])
def test_bands_of_unequal_width_are_protected_too(m: int) -> None:
    """Eleven answers of which the best two are favourable and the worst seven unfavourable."""
    scoring = block(RECOMMENDATION)

    assert set() == leaks(scoring, 7, m, lambda cell, m: tuple(protect(cell, scoring, m)))


def test_enumeration_finds_the_leak_of_an_unclipped_mean() -> None:
    """The test is not blind: without clipping, extreme means prove where everybody is."""
    scoring = block(item())

    assert leaks(scoring, 7, 2, lambda cell, _: cell.total)


@pytest.mark.parametrize(
    ("points", "people", "m"),
    [
        ((5,), 30, 2),
        ((4,), 31, 3),
        ((3,), 30, 1),
        ((5,), 9, 3),
        ((2, 2), 30, 2),
        ((3, 2), 9, 3),
        ((3, 3), 9, 2),
        ((2, 2, 2), 8, 2),
    ],
)
def test_spread_beside_the_means_proves_nothing_more(points: tuple[int, ...], people: int, m: int) -> None:
    """Means of all items and the exact spread of the block together have a possible world."""
    scoring = block(*(item(key=f"i{i}", points=each) for i, each in enumerate(points)))

    def told(cell: RawCell, m: int) -> Hashable:
        spread = protect_spread(cell, scoring, m)
        return *protect(cell, scoring, m), spread.n * spread.squares - spread.total**2

    assert set() == leaks(scoring, people, m, told)


def test_enumeration_finds_the_leak_of_a_true_spread() -> None:
    """The test is not blind: no spread at all would prove that everybody gave the same answer."""
    scoring = block(item())

    def told(cell: RawCell, m: int) -> Hashable:
        return *protect(cell, scoring, m), cell.n * cell.squares - cell.total**2

    assert leaks(scoring, 30, 2, told)


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
