"""How a questionnaire is counted, as disclosure control wants to know it; also who tells of a release needs to know."""

from peil.instruments.model import InstrumentContent, SingleChoiceItem
from peil.instruments.rules import bands, scored_blocks
from peil.releases.model import Bands, BlockScoring, ChoiceScoring, ItemScoring


def scorings_of(content: InstrumentContent) -> list[BlockScoring | ChoiceScoring]:
    """Its blocks as they are asked, then its choices; those of sensitive items among both."""
    choices = [
        ChoiceScoring(key=item.key, options=len(item.options), sensitive=item.sensitive)
        for item in content.items
        if isinstance(item, SingleChoiceItem)
    ]
    return [*_blocks(content), *choices]


def _blocks(content: InstrumentContent) -> list[BlockScoring]:
    return [
        BlockScoring(
            key=block.key,
            items=[
                ItemScoring(
                    key=item.key,
                    points=item.points,
                    reverse=item.reverse,
                    sensitive=item.sensitive,
                    bands=_count_bands(item.points),
                )
                for item in block.items
            ],
        )
        for block in scored_blocks(content)
    ]


def _count_bands(points: int) -> Bands:
    found = bands(points, reverse=False)
    return Bands(
        unfavourable=found.count("unfavourable"),
        neutral=found.count("neutral"),
        favourable=found.count("favourable"),
    )
