"""A released wave as a process keeps it, made from disclosure control's own output."""

from collections.abc import Collection, Mapping, Sequence
from uuid import UUID

from disclosure.orgs import Shape, tree_of, unit_id
from instruments.build import block as block_of
from instruments.build import instrument, rated
from peil.aggregates.model import StoredAggregate
from peil.aggregates.queries import Place
from peil.aggregates.shelf import WaveShelf
from peil.aggregates.summing import Atoms, Union
from peil.aggregates.unions import Counted, Group, Kind, atoms_of, published_by
from peil.releases.manifests import manifest, write_release
from peil.releases.model import BlockScoring, ReleaseContent, UnitSnapshot


class Stored:
    """What the database has of a wave of these blocks, and its shelf."""

    def __init__(
        self,
        shape: Shape,
        content: ReleaseContent,
        blocks: Sequence[BlockScoring],
        snapshot: Sequence[UnitSnapshot],
        invited: Mapping[UUID, int],
    ) -> None:
        tree, by_id = tree_of(shape), {unit.unit_id: unit for unit in content.units}
        parents = [None if place < 0 else tree.ids[place] for place in tree.parents]
        self.content = content
        self.shelf = WaveShelf(
            [Place(unit_id=unit, parent_id=parents[at], position=at, whole=True) for at, unit in enumerate(tree.ids)],
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
        self.counted = Counted(
            parents=self.shelf.parents,
            names={unit.unit_id: unit.name for unit in snapshot},
            reporting={unit.unit_id: unit.reporting_group for unit in snapshot if unit.reporting_group is not None},
            invited=invited,
        )

    def group(self, unit_ids: Collection[UUID]) -> Group:
        """These units together, as the operation reads them."""
        return Group(
            tops={top: self.shelf.beneath(top) for top in self.shelf.tops(unit_ids)},
            counted=self.counted,
            published=published_by(manifest(write_release(self.content, b"[]"), UUID(int=0), 1, None)),
            answered=[atom.unit_id for atom in self.content.response.atoms],
        )

    def union(self, unit_ids: Collection[UUID]) -> Union:
        """What is added up of these units, as the operation reads it."""
        group, blocks = self.group(unit_ids), self.content.blocks
        whole = {kind: {*atoms} for kind, atoms in atoms_of(group).items()}
        return Union(
            atoms=Atoms(
                response=[one for one in self.content.response.atoms if one.unit_id in whole[Kind("response", "*")]],
                means={
                    block.key: [one for one in block.atoms if one.unit_id in whole.get(Kind("mean", block.key), ())]
                    for block in blocks
                },
                bands={
                    block.key: [
                        one for one in block.bands.atoms if one.unit_id in whole.get(Kind("bands", block.key), ())
                    ]
                    for block in blocks
                },
                distributions={
                    block.key: [
                        one
                        for one in block.distributions.atoms
                        if one.unit_id in whole.get(Kind("distribution", block.key), ())
                    ]
                    for block in blocks
                },
                sensitive={},
            ),
            invited=group.invited,
            coverage=group.coverage,
            above=self.units[self.shelf.above_all([*group.tops])],
            spreads={block.key: block.spread for block in blocks},
        )


def ids(*numbers: int) -> list[UUID]:
    """Of units by their number in the shape."""
    return [unit_id(number) for number in numbers]
