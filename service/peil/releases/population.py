"""Who was invited where: what a figure of a unit is a figure of."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple
from uuid import UUID

from peil.errors import Finding, Invalid
from peil.releases.cells_model import Coverage
from peil.releases.model import UnitSnapshot
from peil.releases.tree import Tree, create_tree
from peil.waves.model import SnapshotUnit


class Population(NamedTuple):
    """The wave's units in depth-first order; per place the people invited in groups there and beneath.

    `coverage[i]` is `all` if these are exactly the unit's people, with everybody under it, and
    `groups-beneath` if some report above it or some of others report here: then there is no denominator.
    """

    units: list[UnitSnapshot]
    tree: Tree
    groups: list[int]
    """Where the reporting groups stand, in the order in which they were given."""
    invited: list[int]
    coverage: list[Coverage]

    def denominator(self, place: int) -> int | None:
        """The number invited, None where the unit covers only the groups beneath."""
        return self.invited[place] if self.coverage[place] == "all" else None


def snapshot_of(units: Sequence[SnapshotUnit]) -> list[UnitSnapshot]:
    """The units of a wave as disclosure control wants to know them."""
    return [
        UnitSnapshot(
            unit_id=unit.unit_id,
            parent_id=unit.parent_id,
            name=unit.name,
            reporting_group=unit.group_unit_id,
        )
        for unit in units
    ]


def create_population(units: Sequence[UnitSnapshot], invited: Mapping[UUID, int]) -> Population:
    """`invited` per reporting group, by the unit it stands at.

    Raises Invalid `not-a-tree`; `unknown-group` if a unit reports to a group, or a group stands, nowhere.
    """
    tree = create_tree((unit.unit_id, unit.parent_id) for unit in units)
    reported = {unit.reporting_group for unit in units if unit.reporting_group is not None}
    if reported != invited.keys() or not reported <= tree.places.keys():
        raise Invalid(Finding("/invited", "unknown-group"))
    by_place = sorted(units, key=lambda unit: tree.places[unit.unit_id])
    people = tree.totals([invited.get(unit.unit_id, 0) for unit in by_place])
    groups = [tree.places[group] for group in invited]
    return Population(by_place, tree, groups, people, _coverage(tree, by_place))


def _coverage(tree: Tree, units: Sequence[UnitSnapshot]) -> list[Coverage]:
    """A unit covers all if as many units with people lie under it as report under it as do both."""
    lying, reporting, both = ([0] * len(tree) for _ in range(3))
    for place, unit in enumerate(units):
        if unit.reporting_group is not None:
            group = tree.places[unit.reporting_group]
            lying[place] += 1
            reporting[group] += 1
            both[_common(tree, place, group)] += 1
    counts = zip(tree.totals(lying), tree.totals(reporting), tree.totals(both), strict=True)
    return ["all" if lie == report == common else "groups-beneath" for lie, report, common in counts]


def _common(tree: Tree, place: int, other: int) -> int:
    """The lowest unit above both; for a group in which people were handed up, that group's own."""
    while not place <= other < tree.ends[place]:
        place = tree.parents[place]
    return place
