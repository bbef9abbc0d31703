"""What an attacker reads off a release: over whom each figure is, and what it says. It knows no raw count."""

from collections import Counter
from collections.abc import Iterator
from typing import Literal, NamedTuple
from uuid import UUID

from adversary.waves import Response, Wave
from peil.releases.cells_model import ProtectedCell
from peil.releases.model import BlockScoring, ItemScoring, ReleaseContent

Class = Literal["respondents", "M", "D3", "D5", "S"]


class Kind(NamedTuple):
    """People nobody can tell apart by what is published: one reporting group, who answered the same questions."""

    group: UUID
    answered: frozenset[str]


Atom = frozenset[Kind]


class Told(NamedTuple):
    """One figure of one unit about one question (or * about all who answered), over all people of these kinds.

    `groups`: the reporting groups it is about, also those of which nobody answered the question.
    """

    unit_id: UUID
    figures: Class
    key: str
    groups: frozenset[UUID]
    over: Atom
    n: int
    cell: object


def kind_of(response: Response) -> Kind:
    group, answers = response
    return Kind(group, frozenset(key for key, answer in answers.items() if answer is not None))


def people_of(wave: Wave) -> dict[Kind, int]:
    """How many there are of each kind. An attacker knows these at most; the claims are to hold even then."""
    found: dict[Kind, int] = {}
    for response in wave.responses:
        kind = kind_of(response)
        found[kind] = found.get(kind, 0) + 1
    return found


def people_in_groups(wave: Wave) -> dict[UUID, int]:
    """How many answered in each reporting group."""
    return dict(Counter(group for group, _ in wave.responses))


def answers_of(wave: Wave, atom: Atom, key: str) -> list[int]:
    """What the people of an atom really answered, which no attacker knows: to see whether a claim is right."""
    found = (answers[key] for group, answers in wave.responses if kind_of((group, answers)) in atom)
    return [answer for answer in found if answer is not None]


def steps_of(wave: Wave, atom: Atom, item: ItemScoring) -> list[int]:
    """The same on the scale of an item, 0 the worst."""
    return [item.points - answer if item.reverse else answer - 1 for answer in answers_of(wave, atom, item.key)]


def beneath(wave: Wave) -> dict[UUID, set[UUID]]:
    """Per unit, itself and all units under it."""
    found = {unit.unit_id: {unit.unit_id} for unit in wave.units}
    above = {unit.unit_id: unit.parent_id for unit in wave.units}
    for unit in wave.units:
        place = unit.parent_id
        while place is not None:
            found[place].add(unit.unit_id)
            place = above[place]
    return found


def told(wave: Wave, content: ReleaseContent) -> Iterator[Told]:
    """Every figure of every unit, published and partial ones."""
    kinds, under = list(people_of(wave)), beneath(wave)
    bases = _bases(wave)
    for unit in content.units:
        cells: list[tuple[Class, str, object, set[str]]] = [("respondents", "*", unit.response, set())]
        for block in wave.scorings:
            if isinstance(block, BlockScoring) and block.key in unit.blocks:
                base = {scored.key for scored in block.items}
                cells += [("M", key, unit.blocks[block.key], base) for key in sorted(base)]
        cells += [("D3", key, cell, bases[key]) for key, cell in unit.bands.items()]
        cells += [("D5", key, cell, bases[key]) for key, cell in unit.distributions.items()]
        cells += [("S", key, cell, bases[key]) for key, cell in unit.sensitive.items()]
        for figures, key, cell, base in cells:
            if isinstance(cell, ProtectedCell):
                continue
            units = getattr(cell, "units", [unit.unit_id])
            groups = set().union(*(under[one] for one in units))
            over = frozenset(kind for kind in kinds if kind.group in groups and base <= kind.answered)
            n: int = cell.respondents if figures == "respondents" else cell.n  # type: ignore[attr-defined]  # all but protected cells have one of them
            yield Told(unit.unit_id, figures, key, frozenset(groups), over, n, cell)


def _bases(wave: Wave) -> dict[str, set[str]]:
    """Which questions one must have answered to be counted for one."""
    found: dict[str, set[str]] = {}
    for scoring in wave.scorings:
        if isinstance(scoring, BlockScoring):
            found |= {scored.key: {one.key for one in scoring.items} for scored in scoring.items}
        else:
            found[scoring.key] = {scoring.key}
    return found
