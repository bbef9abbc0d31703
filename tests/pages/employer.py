"""A Dutch employer of 100,000 people, made up and always the same: what disclosure control does to a large one."""

from bisect import bisect
from collections.abc import Iterator
from functools import cache
from itertools import accumulate
from math import comb
from random import Random
from typing import NamedTuple
from uuid import UUID

from peil.aggregates.wording import Wording
from peil.disclosure.model import Seen
from peil.disclosure.rules import Tree
from peil.instruments.packs import list_shipped_packs
from peil.participation.groups import OwnPeople, form_groups
from peil.releases.cells_model import PartialCell, PublishedCell
from peil.releases.model import BlockScoring, ChoiceScoring, ItemScoring, ReleaseContent, Thresholds, UnitSnapshot
from peil.releases.scorings import scorings_of
from support.releasing import Answers, release

PEOPLE = 100_000
RATES = (30, 50, 70, 90)
QUESTIONNAIRE = next(pack for pack in list_shipped_packs() if pack.key == "workload-energy-recovery-satisfaction")
WORDING = Wording(QUESTIONNAIRE)
_ANSWERS = 1000
_PROVINCES = [
    "Groningen",
    "Friesland",
    "Drenthe",
    "Overijssel",
    "Flevoland",
    "Gelderland",
    "Utrecht",
    "Noord-Holland",
    "Zuid-Holland",
    "Zeeland",
    "Noord-Brabant",
    "Limburg",
]
_WORK = [
    "Verpleging",
    "Thuiszorg",
    "Revalidatie",
    "Planning",
    "Klantenservice",
    "Logistiek",
    "Inkoop",
    "Financiën",
    "ICT",
    "Onderhoud",
    "Facilitair",
    "Opleiding",
    "Kwaliteit",
    "Beleid",
]


class Unit(NamedTuple):
    """A unit with its `people`, those beneath not among them; `parent`: its place in the list, -1 at the top."""

    parent: int
    name: str
    people: int


class Near(NamedTuple):
    """Per cent of all people by where they see a figure: of their own unit, of the one right above, or further up."""

    own: float
    parent: float
    higher: float

    @property
    def near(self) -> float:
        return self.own + self.parent


class Wave(NamedTuple):
    """A release, and what nobody else could know: of each unit's own people those who answered all of the first block,
    and the sum of their scores."""

    content: ReleaseContent
    people: list[int]
    scores: list[float]


def unit_id(place: int) -> UUID:
    return UUID(int=place + 1)


@cache
def units() -> list[Unit]:
    """The top, provinces, regions, departments and teams, each before those beneath it.

    A manager is one of the unit's own people: provinces, regions and departments have one to three. Teams have the
    sizes that teams have, from 3 to 60 and half of them 9 or fewer (lognormal).
    """
    random = Random(2026)
    found = [Unit(-1, "Voorbeeldgroep", 5)]
    left = PEOPLE - found[0].people

    def add(parent: int, name: str, people: int) -> int:
        nonlocal left
        people = min(people, left)
        left -= people
        found.append(Unit(parent, name, people))
        return len(found) - 1

    for province in _PROVINCES:
        in_province = add(0, province, random.randint(2, 4))
        for number in range(1, random.randint(6, 12) + 1):
            region = f"{province} {number}"
            in_region = add(in_province, region, random.randint(1, 4))
            for work in sorted(random.sample(_WORK, random.randint(6, 14))):
                department = add(in_region, f"{work} {region}", random.choice((1, 1, 1, 2, 2, 3)))
                for team in range(1, random.randint(3, 16) + 1):
                    if left:
                        add(department, f"Team {team}", min(60, max(3, round(random.lognormvariate(2.15, 0.5)))))
    # Whoever is left when all provinces are full works in the last team of each department in turn.
    last = [
        place for place, unit in enumerate(found) if place + 1 == len(found) or found[place + 1].parent < unit.parent
    ]
    for turn in range(left):
        place = last[turn % len(last)]
        found[place] = found[place]._replace(people=found[place].people + 1)
    return found


@cache
def snapshot() -> tuple[list[UnitSnapshot], dict[UUID, int]]:
    """The units with their reporting groups, and the people invited per group, as a wave that opens has them."""
    own = [
        OwnPeople(unit_id=unit_id(place), parent_id=above(unit), invited=unit.people)
        for place, unit in enumerate(units())
    ]
    groups = form_groups(own, Thresholds().k_n)
    homes = {member: group.unit_id for group in groups for member in group.units}
    found = [
        UnitSnapshot(
            unit_id=one.unit_id, parent_id=one.parent_id, name=unit.name, reporting_group=homes.get(one.unit_id)
        )
        for one, unit in zip(own, units(), strict=True)
    ]
    return found, {group.unit_id: group.invited for group in groups}


def above(unit: Unit) -> UUID | None:
    return None if unit.parent < 0 else unit_id(unit.parent)


@cache
def wave(rate: int, *, whole: bool = False) -> Wave:
    """What is released if each of all people answers with the same chance, whatever the others do.

    `rate` in per cent; `whole`: of all blocks, and not of the first one only.
    """
    taken, invited = snapshot()
    scorings = scorings_of(QUESTIONNAIRE)[: None if whole else 1]
    [first, *_] = [block for block in scorings if isinstance(block, BlockScoring)]
    people, scores = [0] * len(taken), [0.0] * len(taken)

    def counted() -> Iterator[tuple[UUID, Answers]]:
        for place, given in _responses(rate, scorings):
            home = taken[place].reporting_group
            if home is not None:
                yield home, given
            steps = [_step(item, given[item.key]) for item in first.items]
            if None not in steps:
                people[place] += 1
                scores[place] += 25 * sum(step or 0 for step in steps) / len(steps)

    return Wave(release(taken, invited, counted(), scorings, Thresholds()), people, scores)


def _step(item: ItemScoring, code: int | None) -> int | None:
    if code is None:
        return None
    return item.points - code if item.reverse else code - 1


def _responses(rate: int, scorings: list[BlockScoring | ChoiceScoring]) -> Iterator[tuple[int, dict[str, int | None]]]:
    """Every unit leans to one side in each block, and its people to both sides of it."""
    responding = Random(rate)
    blocks = [block for block in scorings if isinstance(block, BlockScoring)]
    # Of each block apart, so that it gives the same alone as among others.
    draws = [Random(f"{rate} {block.key}") for block in blocks]
    leaning: list[list[float]] = []
    for place, unit in enumerate(units()):
        around = leaning[unit.parent] if unit.parent >= 0 else [0.52, 0.6, 0.66, 0.72][: len(blocks)]
        leaning.append([random.gauss(mean, 0.04) for random, mean in zip(draws, around, strict=True)])
        asked = [
            (item.key, _codes(round(mean, 2), reverse=item.reverse), random)
            for block, random, mean in zip(blocks, draws, leaning[-1], strict=True)
            for item in block.items
        ]
        for _ in range(unit.people):
            if responding.random() * 100 < rate:
                yield place, {key: codes[int(random.random() * _ANSWERS)] for key, codes, random in asked}


@cache
def _codes(mean: float, *, reverse: bool) -> list[int | None]:
    """As many answers as `_ANSWERS`, of which each is as likely as any: of five points, one in a hundred skipped.

    People lean to both sides of the `mean` of their unit, which is from 0 to 1.
    """
    sides = [min(1.0, max(0.0, mean + side)) for side in (-0.25, 0, 0.25)]
    chances = [sum(comb(4, step) * at**step * (1 - at) ** (4 - step) for at in sides) / 3 for step in range(5)]
    ends = [*accumulate(chances)]
    steps = [bisect(ends, (place + 0.5) / _ANSWERS * ends[-1]) for place in range(_ANSWERS)]
    codes: list[int | None] = [5 - step if reverse else step + 1 for step in steps]
    return [None if place % 100 == 0 else code for place, code in enumerate(codes)]


def near(content: ReleaseContent, block: str, *, partial: bool = False) -> Near:
    """Where people see the mean of a block; `partial`: the figures of only some units beneath count as well."""
    kinds = (PublishedCell, PartialCell) if partial else PublishedCell
    told = {unit.unit_id for unit in content.units if isinstance(unit.blocks[block], kinds)}
    seen = Tree(_parents(), {unit_id(place): unit.people for place, unit in enumerate(units())}).seen(told)
    return Near(*(100 * people / PEOPLE for people in (seen.own, seen.parent, seen.higher)))


def seen_from_groups(content: ReleaseContent, block: str) -> Seen:
    """The same as the disclosure report counts it: from the unit at which the reporting group of people stands."""
    told = {unit.unit_id for unit in content.units if isinstance(unit.blocks[block], PublishedCell)}
    return Tree(_parents(), snapshot()[1]).seen(told)


def _parents() -> dict[UUID, UUID | None]:
    return {unit_id(place): above(unit) for place, unit in enumerate(units())}
