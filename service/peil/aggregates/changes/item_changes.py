"""What changed item by item, where both waves show how the answers are spread: from these distributions alone."""

from collections.abc import Callable, Iterator, Mapping
from hashlib import sha256
from typing import NamedTuple
from uuid import UUID

from peil.aggregates.changes.comparison import population
from peil.aggregates.changes.model import ChangeCell, ComparedChange, ItemEffect
from peil.aggregates.statistics.effects import effect, pooled_sd
from peil.aggregates.statistics.permutation import permutation_test
from peil.aggregates.statistics.significance import REFERENCE_SD, rounded_p
from peil.releases.cells_model import PartialDistribution, ProtectedCell, PublishedDistribution
from peil.releases.model import UnitRelease
from peil.releases.statistics import minimal_detectable_change

FEWEST = 30
"""Respondents in each wave below which no release spreads answers out, so that there is nothing to look for."""
_Distribution = PublishedDistribution | PartialDistribution
Seed = Callable[[str], int]
"""By the key of an item."""


def may_have_items(cells: Mapping[str, ChangeCell]) -> bool:
    """Whether a unit has enough people in both waves for its items to be spread out."""
    return any(
        isinstance(cell, ComparedChange) and min(cell.before.n, cell.after.n) >= FEWEST for cell in cells.values()
    )


def seeds_of(earlier: bytes, later: bytes, unit_id: UUID) -> Seed:
    """The seeds of a unit in a comparison of two releases, by the hashes of their manifests: the same for everybody.

    31 bits: the whole numbers of GraphQL.
    """

    def seed(item: str) -> int:
        return int.from_bytes(sha256(earlier + later + unit_id.bytes + item.encode()).digest()[:4]) >> 1

    return seed


def item_effects(
    before: UnitRelease, after: UnitRelease, cells: Mapping[str, ChangeCell], seed: Seed
) -> dict[str, list[ItemEffect]]:
    """Per compared block of one unit its items that both waves spread out, over the people of the block's figure.

    A distribution is shown of 30 people and more, and so is what follows from two of them.
    """
    return {
        block: list(_effects(before, after, block, seed))
        for block, cell in cells.items()
        if isinstance(cell, ComparedChange)
    }


class _Pair(NamedTuple):
    before: _Distribution
    after: _Distribution


def _effects(before: UnitRelease, after: UnitRelease, block: str, seed: Seed) -> Iterator[ItemEffect]:
    earlier, figure = before.blocks[block], after.blocks[block]
    if isinstance(earlier, ProtectedCell) or isinstance(figure, ProtectedCell):
        return
    for item, mean in figure.items.items():
        pair = _pair(before, after, item)
        if pair is not None and population(pair.before) == population(pair.after) == population(figure):
            yield _effect(item, earlier.items[item], mean, pair, seed(item))


def _pair(before: UnitRelease, after: UnitRelease, item: str) -> _Pair | None:
    one, other = before.distributions.get(item), after.distributions.get(item)
    if isinstance(one, _Distribution) and isinstance(other, _Distribution):
        return _Pair(one, other)
    return None


def _effect(item: str, mean_before: float, mean_after: float, pair: _Pair, seed: int) -> ItemEffect:
    before, after = pair.before.counts, pair.after.counts
    size, test = effect(before, after), permutation_test(before, after, seed)
    sd = 100 * pooled_sd(before, after) / (len(after) - 1) or REFERENCE_SD
    return ItemEffect(
        key=item,
        n_before=sum(before),
        n_after=sum(after),
        mean_before=mean_before,
        mean_after=mean_after,
        difference=round(mean_after - mean_before, 2),
        hedges_g=None if size.g is None else round(size.g, 2),
        superiority=round(size.superiority, 4),
        cliffs_delta=round(size.delta, 4),
        minimal_detectable_change=round(minimal_detectable_change(sd, sum(before), sum(after)), 2),
        p=rounded_p(test.p),
        seed=None if test.is_exact else seed,
    )
