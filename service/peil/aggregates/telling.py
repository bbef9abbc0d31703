"""Puts what a release says of a unit, or of a group, into words: blocks with their items, and the items in none."""

from collections.abc import Iterator, Mapping
from typing import NamedTuple
from uuid import UUID

from msgspec.structs import replace

from peil.aggregates.explanations import AnyCell, explain
from peil.aggregates.item_model import (
    ChoiceItemAggregate,
    ScoredItemAggregate,
    SensitiveItemAggregate,
)
from peil.aggregates.model import NOTICE, Aggregate, BlockAggregate, StoredAggregate
from peil.aggregates.statistics.shares import bounds_of, rate_of, share_of
from peil.aggregates.wording import Wording
from peil.instruments.licensing_model import Norm
from peil.releases.cells_model import ProtectedCell
from peil.releases.model import UnitRelease, UnitScores

Estimates = Mapping[str, Mapping[UUID, float]]
"""By block and unit."""


class Told(NamedTuple):
    """Everything but participation, in words."""

    blocks: list[BlockAggregate]
    choices: list[ChoiceItemAggregate]
    sensitive: list[SensitiveItemAggregate]


def tell_unit(
    wave_id: UUID,
    wording: Wording,
    norms: Mapping[str, list[Norm]],
    estimates: Estimates,
    stored: StoredAggregate,
    language: str,
) -> Aggregate:
    """One unit, in `language`: nl or en."""
    # A norm is of a population: beside a team it would make a ranking of teams.
    told = tell(wording, stored.content, estimates, norms if stored.parent_id is None else {}, language)
    return Aggregate(
        wave_id=wave_id,
        unit_id=stored.unit_id,
        parent_id=stored.parent_id,
        name=stored.name,
        everybody_asked=stored.whole,
        response=stored.content.response,
        blocks=told.blocks,
        choices=told.choices,
        sensitive=told.sensitive,
        explanations=explain(cells_of(stored.content), language, everybody_asked=stored.whole),
        notice=NOTICE[language],
    )


def with_bounds(told: Aggregate) -> Aggregate:
    """The same with the bounds of each mean."""
    return replace(told, blocks=[replace(block, bounds=bounds_of(block.cell)) for block in told.blocks])


def tell(
    wording: Wording, content: UnitRelease, estimates: Estimates, norms: Mapping[str, list[Norm]], language: str
) -> Told:
    """What stands in `content`, item by item, in the order in which they are asked."""
    blocks = [
        BlockAggregate(
            key=key,
            title=wording.title(key, language),
            cell=cell,
            rate=rate_of(cell),
            estimate=estimates.get(key, {}).get(content.unit_id),
            bounds=None,
            items=[_scored(wording, content, key, item, language) for item in wording.blocks[key]],
            norms=norms.get(key, []),
        )
        for key, cell in wording.in_order(content.blocks)
    ]
    choices = [
        ChoiceItemAggregate(
            key=key,
            text=wording.text(key, language),
            distribution=content.distributions[key],
            labels=wording.labels(key, language),
        )
        for key in wording.choices
    ]
    sensitive = [
        SensitiveItemAggregate(
            key=key,
            text=wording.text(key, language),
            counts=content.sensitive[key],
            labels=wording.labels(key, language),
        )
        for key in wording.sensitive
    ]
    return Told(blocks, choices, sensitive)


def scores_of(content: UnitScores) -> Iterator[AnyCell]:
    """What is said of a unit but for its items."""
    yield content.response
    yield from content.blocks.values()


def cells_of(content: UnitRelease) -> Iterator[AnyCell]:
    """Everything that is said of a unit."""
    yield from scores_of(content)
    yield from content.bands.values()
    yield from content.distributions.values()
    yield from content.sensitive.values()


def _scored(wording: Wording, content: UnitRelease, block: str, key: str, language: str) -> ScoredItemAggregate:
    cell, bands = content.blocks[block], content.bands[key]
    return ScoredItemAggregate(
        key=key,
        text=wording.text(key, language),
        mean=None if isinstance(cell, ProtectedCell) else cell.items[key],
        bands=bands,
        favourable_share=share_of(bands),
        distribution=content.distributions[key],
        labels=wording.labels(key, language),
    )
