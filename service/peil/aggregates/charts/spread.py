"""How the answers of a unit are spread, as a release tells it: what the chart of a distribution is made from."""

from collections.abc import Iterator

from peil.aggregates.charts.model import Counted, ItemAnswers
from peil.aggregates.wording import Wording
from peil.releases.cells_model import (
    BandsCell,
    DistributionCell,
    PartialBands,
    PartialDistribution,
    PartialSensitive,
    ProtectedCell,
    PublishedBands,
    SensitiveCell,
)
from peil.releases.model import UnitRelease


def bands_of_items(content: UnitRelease, wording: Wording, block: str | None, language: str) -> Iterator[ItemAnswers]:
    """The three bands of each scored item, in the order in which they are asked; `block` None: of all."""
    for key, items in wording.blocks.items():
        for item in items if block in (None, key) else ():
            yield bands_of(content, wording, item, language)


def answers_of(content: UnitRelease, wording: Wording, item: str, language: str) -> ItemAnswers | None:
    """How many gave each answer to one item; None: no more than bands may be told of it."""
    is_sensitive = item in content.sensitive
    cell: DistributionCell | SensitiveCell = content.sensitive[item] if is_sensitive else content.distributions[item]
    if isinstance(cell, ProtectedCell) and item in content.bands:
        return None
    return ItemAnswers(wording.text(item, language), tuple(wording.labels(item, language)), _counted(cell))


def bands_of(content: UnitRelease, wording: Wording, item: str, language: str) -> ItemAnswers:
    """The three bands of one item that has them."""
    return ItemAnswers(wording.text(item, language), (), _counted(content.bands[item]))


def _counted(cell: BandsCell | DistributionCell | SensitiveCell) -> Counted | ProtectedCell:
    if isinstance(cell, ProtectedCell):
        return cell
    if isinstance(cell, PublishedBands | PartialBands):
        exact = (cell.unfavourable, cell.neutral, cell.favourable)
        counts = tuple((count, count) for count in exact)
    else:
        counts = tuple((one, one) if isinstance(one, int) else (one.low, one.high) for one in cell.counts)
    is_part = isinstance(cell, PartialBands | PartialDistribution | PartialSensitive)
    return Counted(cell.n, cell.invited, counts, is_part, cell.warnings)
