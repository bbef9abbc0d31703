"""A released wave as a process keeps it, made from disclosure control's own output."""

from collections.abc import Collection, Mapping, Sequence
from uuid import UUID

from disclosure.orgs import Shape, tree_of, unit_id
from instruments.build import block as block_of
from instruments.build import instrument, rated
from peil.aggregates.model import StoredAggregate
from peil.aggregates.queries import Place
from peil.aggregates.shelf import WaveShelf
from peil.aggregates.unions import Union
from peil.releases.model import BlockScoring, ReleaseContent


class Stored:
    """What the database has of a wave of these blocks, and its shelf."""

    def __init__(self, shape: Shape, content: ReleaseContent, blocks: Sequence[BlockScoring]) -> None:
        tree, by_id = tree_of(shape), {unit.unit_id: unit for unit in content.units}
        parents = [None if place < 0 else tree.ids[place] for place in tree.parents]
        self.content = content
        self.shelf = WaveShelf(
            [Place(unit_id=unit, parent_id=parents[at], position=at) for at, unit in enumerate(tree.ids)],
            instrument(
                *(rated(item.key, points=item.points) for block in blocks for item in block.items),
                blocks=[block_of(block.key, *(item.key for item in block.items)) for block in blocks],
            ),
        )
        self.units: Mapping[UUID, StoredAggregate] = {
            unit: StoredAggregate(
                unit_id=unit, parent_id=parents[at], name=by_id[unit].name, whole=True, content=by_id[unit]
            )
            for at, unit in enumerate(tree.ids)
        }

    def union(self, unit_ids: Collection[UUID]) -> Union:
        """What is added up of these units, as the operation reads it."""
        tops = self.shelf.tops(unit_ids)
        beneath = {under for top in tops for under in self.shelf.beneath(top)}
        return Union(
            units=[self.units[top] for top in tops],
            above=self.units[self.shelf.above_all(tops)],
            atoms={
                block.key: [atom for atom in block.atoms if atom.unit_id in beneath] for block in self.content.blocks
            },
            spreads={block.key: block.spread for block in self.content.blocks},
        )


def ids(*numbers: int) -> list[UUID]:
    """Of units by their number in the shape."""
    return [unit_id(number) for number in numbers]
