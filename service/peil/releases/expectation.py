"""What a release would show if so many answered: the choices of disclosure control, made before anybody is asked."""

from collections.abc import Mapping, Sequence
from typing import Literal, NamedTuple
from uuid import UUID

from peil.releases.cells import response_cells
from peil.releases.model import ResponseCell, Thresholds, UnitSnapshot
from peil.releases.partition import Partition, choose
from peil.releases.population import create_population

Figures = Literal["mean", "comments", "bands", "distribution", "sensitive"]


class Expected(NamedTuple):
    """One class of figures: the least number of people for it, and per place whether there are any."""

    least: int
    cells: list[ResponseCell]


def expect(
    units: Sequence[UnitSnapshot], invited: Mapping[UUID, int], rate: int, thresholds: Thresholds
) -> tuple[list[UUID], dict[Figures, Expected]]:
    """The units depth-first, and the classes means, comments, bands, distributions and sensitive items.

    `invited` per reporting group by the unit it stands at, of each of which `rate` per cent answer, every item; rounded
    down. The choices are those of a release with these respondents.
    """
    population = create_population(units, invited)
    tree = population.tree
    own = [0] * len(tree)
    for unit_id, people in invited.items():
        own[tree.places[unit_id]] = people * rate // 100

    def of_class(least: int, within: Partition | None) -> tuple[Partition, Expected]:
        candidates = None if within is None else [place for place, told in enumerate(within.published) if told]
        chosen = choose(tree, own, least, candidates)
        atoms: dict[int, int] = {}
        for place, people in enumerate(own):
            if people and chosen.homes[place] >= 0:
                atoms[chosen.homes[place]] = atoms.get(chosen.homes[place], 0) + people
        return chosen, Expected(least, response_cells(population, chosen, atoms))

    means, of_means = of_class(thresholds.k_m, None)
    bands, of_bands = of_class(thresholds.k_d3, means)
    return list(tree.ids), {
        "mean": of_means,
        "comments": of_class(thresholds.k_c, means)[1],
        "bands": of_bands,
        "distribution": of_class(thresholds.k_d5, bands)[1],
        "sensitive": of_class(thresholds.k_s, means)[1],
    }
