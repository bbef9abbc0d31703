"""What a release would show if so many answered: the choices of disclosure control, made before anybody is asked."""

from collections.abc import Mapping, Sequence
from typing import Literal, NamedTuple
from uuid import UUID

from peil.releases.cells import response_cells
from peil.releases.cells_model import ResponseCell
from peil.releases.choosing import Choice, Chooser
from peil.releases.model import Thresholds, UnitSnapshot
from peil.releases.population import create_population

Figures = Literal["mean", "comments", "bands", "distribution", "choice", "sensitive"]


class Expected(NamedTuple):
    """One class of figures: the least number of people for it, and per place whether there are any."""

    least: int
    cells: list[ResponseCell]


def expect(
    units: Sequence[UnitSnapshot], invited: Mapping[UUID, int], rate: int, thresholds: Thresholds
) -> tuple[list[UUID], dict[Figures, Expected]]:
    """The units depth-first, and the classes means, comments, bands, distributions, choices and sensitive items.

    `invited` per reporting group by the unit it stands at, of each of which `rate` per cent answer, every item; rounded
    down. The choices are those of a release with these respondents.
    """
    population = create_population(units, invited)
    tree = population.tree
    own = [0] * len(tree)
    for unit_id, people in invited.items():
        own[tree.places[unit_id]] = people * rate // 100

    chooser = Chooser(population)

    def of_class(least: int, within: Choice | None) -> tuple[Choice, Expected]:
        chosen = chooser.choose(own, least, within)
        atoms: dict[int, tuple[int]] = {}
        for place, people in enumerate(own):
            home = chosen.partition.homes[place]
            if people and home >= 0:
                atoms[home] = (atoms.get(home, (0,))[0] + people,)
        return chosen, Expected(least, response_cells(tree, chosen.spots, atoms))

    means, of_means = of_class(thresholds.k_m, None)
    bands, of_bands = of_class(thresholds.k_d3, means)
    return list(tree.ids), {
        "mean": of_means,
        "comments": of_class(thresholds.k_c, means)[1],
        "bands": of_bands,
        "distribution": of_class(thresholds.k_d5, bands)[1],
        "choice": of_class(thresholds.k_d5, means)[1],
        "sensitive": of_class(thresholds.k_s, means)[1],
    }
