"""How far protection moves the figures of an organisation away from what was answered, by how alike people answer."""

from collections.abc import Iterator
from random import Random
from typing import NamedTuple

from disclosure.orgs import FLOORS, Shape, block, invited, item, snapshot, unit_id
from peil.releases.cells_model import PublishedBands, PublishedCell
from support.releasing import release

TEAMS = 300
SIZES = ((7, 15), (8, 12), (7, 7))
"""The fewest and the most people of a team."""
SHARES = (50, 60, 70, 80, 90, 95)
"""Per cent who answer favourably."""
_IN_DEPARTMENT = 8
_OTHERS = (2, 2, 4)
"""Of those who answer not favourably, out of eight: the two unfavourable answers, and the neutral one."""


class Bias(NamedTuple):
    """Of the top unit, from 0 to 100: the mean and the favourable share, as they are and as they are told."""

    mean: float
    told_mean: float
    share: float
    told_share: float

    @property
    def of_mean(self) -> float:
        return self.told_mean - self.mean

    @property
    def of_share(self) -> float:
        return self.told_share - self.share


def bias(low: int, high: int, favourable: int) -> Bias:
    """`TEAMS` teams of `low` to `high` people, who all answer an item of five points, `favourable` per cent well.

    Eight teams make a department; nobody works in a department or at the top. The same each time.
    """
    random, shape = Random(11), _shape()
    parents = set(shape)
    weights = [*(share * (100 - favourable) for share in _OTHERS), 4 * favourable, 4 * favourable]
    own = [0 if place in parents else random.randint(low, high) for place in range(len(shape))]
    codes = {place: random.choices(range(1, 6), weights, k=people) for place, people in enumerate(own)}
    given = [(unit_id(place), {"a": code}) for place, answered in codes.items() for code in answered]
    [top, *_] = release(snapshot(shape), invited(own), given, [block(item())], FLOORS).units
    bands, mean = top.bands["a"], top.blocks["workload"]
    if not isinstance(bands, PublishedBands) or not isinstance(mean, PublishedCell):
        raise TypeError("the top is told")
    steps = [code - 1 for answered in codes.values() for code in answered]
    return Bias(
        mean=25 * sum(steps) / len(steps),
        told_mean=mean.mean,
        share=100 * sum(step > 2 for step in steps) / len(steps),
        told_share=100 * bands.favourable / bands.n,
    )


def by_size(low: int, high: int) -> str:
    """A line of the docs, of an item 80 % favourable."""
    found = bias(low, high, 80)
    sizes = f"{low} to {high}" if low < high else f"{low} each"
    mean = f"{found.mean:.1f} | {found.told_mean:.1f} | {found.of_mean:+.2f}"
    share = f"{found.share:.1f} | {found.told_share:.1f} | {found.of_share:+.2f}"
    return f"| {sizes} | {mean} | {share} |"


def by_share(favourable: int) -> str:
    """A line of the docs, of teams of 7 to 15."""
    found = bias(7, 15, favourable)
    return f"| {favourable} % | {found.of_mean:+.2f} | {found.of_share:+.2f} |"


def lines() -> Iterator[str]:
    """The tables of the docs, one after the other."""
    yield "| people per team | mean | told | moved | favourable share | told | moved |"
    yield "|---|---:|---:|---:|---:|---:|---:|"
    yield from (by_size(*sizes) for sizes in SIZES)
    yield ""
    yield "| answer favourably | mean moved | share moved |"
    yield "|---:|---:|---:|"
    yield from map(by_share, SHARES)


def _shape() -> Shape:
    shape = [-1]
    for team in range(TEAMS):
        if team % _IN_DEPARTMENT == 0:
            department = len(shape)
            shape.append(0)
        shape.append(department)
    return shape
