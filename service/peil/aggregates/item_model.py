"""What a release says of the items of a questionnaire in one unit, with the words to show beside it."""

from typing import Annotated

from msgspec import Meta

from peil.aggregates.statistics.model import Share
from peil.releases.cells_model import BandsCell, DistributionCell, SensitiveCell
from peil.structs import Value

Labels = Annotated[list[str], Meta(description="What each of the counts is of, in their order.")]


class ScoredItemAggregate(Value, frozen=True, kw_only=True):
    """One scored item of a block in one unit."""

    key: str
    text: str
    mean: Annotated[float | None, Meta(description="0 to 100, 100 the best; null: the block has no figure here.")]
    bands: Annotated[BandsCell, Meta(title="ItemBands")]
    favourable_share: Annotated[Share | None, Meta(description="null: the bands have no figure here.")]
    distribution: Annotated[DistributionCell, Meta(title="ItemDistribution")]
    labels: Labels


class ChoiceItemAggregate(Value, frozen=True, kw_only=True):
    """One single-choice item in one unit."""

    key: str
    text: str
    distribution: Annotated[DistributionCell, Meta(title="ItemDistribution")]
    labels: Labels


class SensitiveItemAggregate(Value, frozen=True, kw_only=True):
    """One sensitive item in one unit: never a mean, and no count closer than it may be told."""

    key: str
    text: str
    counts: Annotated[SensitiveCell, Meta(title="ItemCounts")]
    labels: Labels


class Explanation(Value, frozen=True, kw_only=True):
    """What a code in the body means."""

    code: Annotated[
        str,
        Meta(
            description="A status, a coverage or a warning that stands in this body; protected-everywhere: protected, "
            "with null in `reportedAt`."
        ),
    ]
    text: Annotated[str, Meta(description="To be shown beside the figures, or in the place of one.")]
