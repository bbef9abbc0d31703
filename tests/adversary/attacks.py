"""All that is tried on one released wave; an attack gives what it got at, in words, and nothing where it failed."""

from collections.abc import Callable, Iterator, Sequence
from itertools import combinations, pairwise
from typing import get_args

from adversary.algebra import derivable
from adversary.told import Class, Told, beneath, people_in_groups, people_of, steps_of, told
from adversary.waves import Wave
from adversary.worlds import Proof, Reading, proofs
from disclosure.orgs import FLOORS
from peil.aggregates import unions
from peil.releases.model import BlockScoring, ItemScoring, ReleaseContent

Attack = Callable[[Wave, ReleaseContent], Iterator[str]]

LEAST = {"respondents": FLOORS.k_m, "M": FLOORS.k_m, "D3": FLOORS.k_d3, "D5": FLOORS.k_d5, "S": FLOORS.k_s}


def sums_of_a_class(wave: Wave, content: ReleaseContent) -> Iterator[str]:
    """Adding and subtracting figures of one kind about one question."""
    figures, people = list(told(wave, content)), people_of(wave)
    for figures_of in get_args(Class):
        for key in {one.key for one in figures if one.figures == figures_of}:
            over = [one.over for one in figures if (one.figures, one.key) == (figures_of, key)]
            least = derivable(over, people, LEAST[figures_of])
            if least is not None:
                yield f"{figures_of} of {key}: a figure of {least}"


def sums_of_all_classes(wave: Wave, content: ReleaseContent) -> Iterator[str]:
    """Figures of all kinds about one question together; and of all questions, by reporting group."""
    figures, people = list(told(wave, content)), people_of(wave)
    for key in {one.key for one in figures}:
        least = derivable([one.over for one in figures if one.key == key], people, FLOORS.k_m)
        if least is not None:
            yield f"all of {key}: a figure of {least}"
    least = derivable([one.groups for one in figures], people_in_groups(wave), FLOORS.k_m)
    if least is not None:
        yield f"everything: a figure of {least}"


def comments(wave: Wave, content: ReleaseContent) -> Iterator[str]:
    """What was written is shown for a few, or its atom cuts one of the numbers."""
    atoms, people = wave.comment_atoms(), people_in_groups(wave)
    shown = [{group for group, home in atoms.homes.items() if home == unit} for unit in atoms.units]
    least = derivable(shown, people, FLOORS.k_c)
    if least is not None:
        yield f"comments of {least}"
    least = derivable([*shown, *(one.groups for one in told(wave, content))], people, FLOORS.k_m)
    if least is not None:
        yield f"comments beside figures: {least}"


def groups(wave: Wave, content: ReleaseContent) -> Iterator[str]:
    """Sums over groups of two or three units that may be asked for, minus each other and minus units."""
    people, under = people_in_groups(wave), beneath(wave)
    sums = [one.groups for one in told(wave, content) if one.figures == "respondents"]
    counted = unions.Counted(
        parents={unit.unit_id: unit.parent_id for unit in wave.units},
        names={unit.unit_id: unit.name for unit in wave.units},
        # Where nobody is invited there is no reporting group: then a unit's rest may be that of its teams.
        reporting={
            unit.unit_id: unit.reporting_group
            for unit in wave.units
            if unit.reporting_group is not None and wave.invited[unit.reporting_group]
        },
        invited={group: people for group, people in wave.invited.items() if people},
    )
    published = {unions.RESPONSE: content.response.published}
    answered = [atom.unit_id for atom in content.response.atoms]
    for size in (1, 2, 3):
        for asked in combinations(under, size):
            apart = all(one not in under[other] for one in asked for other in asked if one != other)
            group = unions.Group({one: under[one] for one in asked}, counted, published, answered)
            if apart and not [*unions.broken_by(asked, group)]:
                sums.append(frozenset().union(*(under[one] for one in asked)))
    least = derivable(sums, people, FLOORS.k_m)
    if least is not None:
        yield f"groups: a figure of {least}"


def otherwise(wave: Wave, content: ReleaseContent) -> Iterator[str]:
    """Whether people of an atom can all have answered otherwise, by everything told about a question."""
    yield from _proved(wave, list(told(wave, content)), "capped-atoms")


def otherwise_by_units(wave: Wave, content: ReleaseContent) -> Iterator[str]:
    """The same by means alone, of which is known that each unit's is capped by itself."""
    yield from _proved(wave, [one for one in told(wave, content) if one.figures == "M"], "capped-units")


def otherwise_exactly(wave: Wave, content: ReleaseContent) -> Iterator[str]:
    """The same by means alone, all of which are known to be true."""
    yield from _proved(wave, [one for one in told(wave, content) if one.figures == "M"], "exact")


def _proved(wave: Wave, figures: Sequence[Told], reading: Reading) -> Iterator[str]:
    """Only what is right counts: an attacker may be led astray by a cap."""
    for item in items_of(wave):
        for proof in proofs(figures, item, FLOORS.m, reading):
            if is_true(wave, proof, item):
                yield f"{item.key}: how nearly all of {len(proof.atom)} kinds of people answered"


def items_of(wave: Wave) -> list[ItemScoring]:
    """Those with a mean."""
    blocks = (scoring for scoring in wave.scorings if isinstance(scoring, BlockScoring))
    return [item for block in blocks for item in block.items if not item.sensitive]


def is_true(wave: Wave, proof: Proof, item: ItemScoring) -> bool:
    """Whether more than n - m of the atom's people really are in one band."""
    steps = steps_of(wave, proof.atom, item)
    ends = (0, item.bands.unfavourable, item.points - item.bands.favourable, item.points)
    most = max(sum(low <= step < high for step in steps) for low, high in pairwise(ends))
    return most > len(steps) - FLOORS.m
