"""Which units have figures of one kind, each choice made once however many blocks need it."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple
from uuid import UUID

from peil.releases.cells import Spot, spots
from peil.releases.model import RawCell, total_of
from peil.releases.partition import Partition, choose
from peil.releases.population import Population


class Choice(NamedTuple):
    """The published places in order, and what is said about each place."""

    partition: Partition
    places: list[int]
    spots: list[Spot]
    ids: list[UUID]
    """The published units."""

    def gather(self, places: Iterable[int]) -> dict[int, list[int]]:
        """Which of the finer atoms at `places` each atom of this choice holds, both in order."""
        held: dict[int, list[int]] = {place: [] for place in self.places}
        for place in places:
            if self.partition.homes[place] >= 0:
                held[self.partition.homes[place]].append(place)
        return {place: finer for place, finer in held.items() if finer}


class Chooser:
    """Makes the choices of one wave."""

    __slots__ = ("_made", "_population")

    def __init__(self, population: Population) -> None:
        self._population = population
        self._made: dict[tuple[Sequence[int] | int, ...], Choice] = {}

    def choose(self, own: Sequence[int], k: int, within: Choice | None = None) -> Choice:
        """The choice for `own` people per place and at least k, among the units published `within` another."""
        key = (k, tuple(own), () if within is None else tuple(within.places))
        if key not in self._made:
            tree = self._population.tree
            made = choose(tree, own, k, None if within is None else within.places)
            places = [place for place, published in enumerate(made.published) if published]
            self._made[key] = Choice(
                made, places, spots(self._population, made, places), [tree.ids[place] for place in places]
            )
        return self._made[key]

    def people(self, cells: Sequence[RawCell]) -> list[int]:
        """How many answered per place, by the cells of the groups. People handed up count where their group stands."""
        own = [0] * len(self._population.tree)
        for place, cell in zip(self._population.groups, cells, strict=True):
            own[place] = cell.n
        return own

    def atoms(self, cells: Sequence[RawCell], choice: Choice) -> dict[int, RawCell]:
        """The raw cell of each atom by its published place, in order; none where nobody is in it."""
        homes = choice.partition.homes
        held: dict[int, list[RawCell]] = {place: [] for place in choice.places}
        for place, cell in zip(self._population.groups, cells, strict=True):
            home = homes[place]
            if cell.n and home >= 0:
                held[home].append(cell)
        return {place: total_of(of_groups) for place, of_groups in held.items() if of_groups}
