"""Estimates that borrow from one another: what a small unit's mean would be if chance had its share taken out."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple
from uuid import UUID

from peil.aggregates.model import StoredScores
from peil.releases.cells_model import PublishedCell
from peil.releases.model import PooledSd


class Shrunken(NamedTuple):
    """The common mean, Cochran's Q, the variance between units, and an estimate per unit in the order given."""

    mu: float
    q: float
    tau2: float
    estimates: list[float]


def shrunken(units: Sequence[StoredScores], block: str, spread: PooledSd | None) -> dict[UUID, float]:
    """The shrunken estimate of each published unit, beside its own mean and never instead of it.

    Units of one level are taken together: nobody is in two of them. A unit that is alone at its level has
    none, nor has one where fewer than half answered; none at all where no spread may be told. `units`: all of
    a release, in the order of its tree, whoever asks, so that an estimate is the same for every viewer.
    """
    if spread is None or not spread.sd:
        return {}
    estimates: dict[UUID, float] = {}
    for level in _levels(units, block).values():
        if len(level) > 1:
            found = shrink([cell.mean for cell in level.values()], [cell.n for cell in level.values()], spread.sd)
            estimates |= {unit: round(one, 2) for unit, one in zip(level, found.estimates, strict=True)}
    return estimates


def shrink(means: Sequence[float], n: Sequence[int], s: float) -> Shrunken:
    """Normal-normal empirical Bayes of at least two means of `n` people each, with one spread `s` > 0.

    The variance of a mean is v = s²/n; τ² by the moments of DerSimonian and Laird (Controlled Clinical Trials
    7 (1986) 177-188); the estimate is μ + τ²/(τ² + v) · (mean - μ), with μ weighted by 1/(τ² + v).
    """
    precise = [people / s**2 for people in n]
    fixed = _weighted(means, precise)
    q = sum(weight * (mean - fixed) ** 2 for weight, mean in zip(precise, means, strict=True))
    room = sum(precise) - sum(weight**2 for weight in precise) / sum(precise)
    tau2 = max(0.0, (q - (len(means) - 1)) / room)
    mu = _weighted(means, [1 / (tau2 + 1 / weight) for weight in precise])
    kept = [tau2 / (tau2 + 1 / weight) for weight in precise]
    return Shrunken(mu, q, tau2, [mu + share * (mean - mu) for share, mean in zip(kept, means, strict=True)])


def _levels(units: Sequence[StoredScores], block: str) -> Mapping[int, dict[UUID, PublishedCell]]:
    """The published cells by how deep their unit stands; parents come before their children."""
    depths: dict[UUID | None, int] = {None: -1}
    levels: dict[int, dict[UUID, PublishedCell]] = {}
    for unit in units:
        depth = depths[unit.unit_id] = depths[unit.parent_id] + 1
        cell = unit.content.blocks.get(block)
        if isinstance(cell, PublishedCell) and "not-representative" not in cell.warnings:
            levels.setdefault(depth, {})[unit.unit_id] = cell
    return levels


def _weighted(values: Sequence[float], weights: Sequence[float]) -> float:
    return sum(value * weight for value, weight in zip(values, weights, strict=True)) / sum(weights)
