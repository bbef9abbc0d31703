"""Random waves to attack: trees of all kinds, manager-shaped ones first of all, and answers that are hard to hide."""

from collections.abc import Callable, Iterator, Mapping
from random import Random
from typing import NamedTuple
from uuid import UUID

from disclosure.orgs import FLOORS, Shape, block, item, random_shape, snapshot, unit_id, with_managers
from peil.participation.groups import OwnPeople, form_groups
from peil.releases.control import WaveCount
from peil.releases.model import BlockScoring, ChoiceScoring, CommentAtoms, ReleaseContent, UnitSnapshot
from support import releasing
from support.releasing import Answers

Response = tuple[UUID, dict[str, int | None]]
Scorings = list[BlockScoring | ChoiceScoring]

# Two items with one base, scales of other lengths, and a choice and a scale that are sensitive.
SCORINGS: Scorings = [
    block(item("a"), item("b", points=4, reverse=True), key="workload"),
    block(item("c"), key="focus"),
    block(item("d", points=7), key="recovery"),
    block(item("harm", sensitive=True), key="harm"),
    ChoiceScoring(key="place", options=3, sensitive=False),
    ChoiceScoring(key="seen", options=2, sensitive=True),
]


class Staff(NamedTuple):
    """An organisation: its tree, how many of each unit answer, and where the people of each unit report."""

    shape: Shape
    own: list[int]
    homes: Mapping[int, int]


class Wave(NamedTuple):
    """An organisation that was asked, and what each person answered, by the unit at which the reporting group is."""

    units: list[UnitSnapshot]
    invited: Mapping[UUID, int]
    scorings: Scorings
    responses: list[Response]

    def release(self) -> ReleaseContent:
        """All that is ever told of it."""
        return self._count().release()

    def comment_atoms(self) -> CommentAtoms:
        return self._count().comment_atoms()

    def answered(self, responses: list[Response]) -> "Wave":
        """The same wave with other answers."""
        return self._replace(responses=responses)

    def _count(self) -> WaveCount:
        return releasing.count(self.units, self.invited, self.responses, self.scorings, FLOORS)


def waves(seed: int, count: int, scorings: Scorings = SCORINGS) -> Iterator[Wave]:
    """As many waves of each kind of tree in turn; the same for the same seed."""
    random = Random(seed)
    for number in range(count):
        yield wave(random, _KINDS[number % len(_KINDS)](random), scorings)


def wave(random: Random, staff: Staff, scorings: Scorings = SCORINGS) -> Wave:
    """In most units people think alike, and some skip a question."""
    shape, own, homes = staff
    responses = [
        (unit_id(homes[place]), given)
        for place, people in enumerate(own)
        for given in answer_alike(random, people, scorings)
    ]
    invited = {unit_id(home): 0 for home in sorted(set(homes.values()))}
    for place, people in enumerate(own):
        invited[unit_id(homes[place])] += people + random.randint(0, 3)
    return Wave(snapshot(shape, homes), invited, scorings, responses)


def keys(scorings: Scorings) -> list[tuple[str, int]]:
    """All questions, and how many answers there are to each."""
    found = []
    for scoring in scorings:
        if isinstance(scoring, ChoiceScoring):
            found.append((scoring.key, scoring.options))
        else:
            found += [(scored.key, scored.points) for scored in scoring.items]
    return found


def answer_alike(random: Random, people: int, scorings: Scorings) -> Iterator[dict[str, int | None]]:
    """Of one unit: all alike, all but one, four in five, or anything."""
    usual = {key: random.choice([1, most, random.randint(1, most)]) for key, most in keys(scorings)}
    strays = random.choice([0.0, 0.0, 1 / max(people, 1), 0.2, 1.0])
    for _ in range(people):
        given: Answers = {
            key: random.randint(1, most) if random.random() < strays else usual[key] for key, most in keys(scorings)
        }
        yield {key: None if random.random() < 0.03 else answer for key, answer in given.items()}


def _at_home(shape: Shape, own: list[int]) -> Staff:
    """Everybody reports where they work."""
    return Staff(shape, own, {place: place for place in range(len(shape))})


def _general(random: Random) -> Staff:
    shape = random_shape(random, random.randint(2, 14))
    return _at_home(shape, [random.choice([0, 1, random.randint(0, 20), random.randint(0, 40)]) for _ in shape])


def _manager_shaped(random: Random) -> Staff:
    """One to three people of their own wherever there are units beneath."""
    shape = random_shape(random, random.randint(4, 14))
    return _at_home(shape, with_managers(random, shape, most=20))


def _two_levels(random: Random) -> Staff:
    """Small departments of teams around k: residuals that must be put together a level up, and then another."""
    shape, own = [-1], [random.randint(0, 2)]
    for _ in range(random.randint(2, 4)):
        department = len(shape)
        shape.append(0)
        own.append(random.randint(1, 3))
        for _ in range(random.randint(1, 3)):
            shape.append(department)
            own.append(random.choice([2, 5, 6, 7, 8, 9, 15]))
    return _at_home(shape, own)


def _empty_teams(random: Random) -> Staff:
    shape = random_shape(random, random.randint(4, 14))
    return _at_home(shape, [random.choice([0, 0, 0, 7, 8, random.randint(0, 40)]) for _ in shape])


def _chain(random: Random) -> Staff:
    """Each unit with one beneath it, and few people in each."""
    size = random.randint(5, 14)
    return _at_home([-1, *(above for above in range(size - 1))], [random.randint(0, 6) for _ in range(size)])


def _large_teams(random: Random) -> Staff:
    """Where distributions and sensitive items are told as well."""
    shape = [-1, *(random.randrange(min(place, 3)) for place in range(1, random.randint(4, 9)))]
    own = [random.randint(1, 3) if place in shape else random.randint(8, 45) for place in range(len(shape))]
    return _at_home(shape, own)


def _handed_up(random: Random) -> Staff:
    """As it is in earnest: who is of too small a unit shares a key with the one above; all of these people answer."""
    shape = random_shape(random, random.randint(4, 14))
    own = [random.randint(1, 5) if place in shape else random.randint(1, 20) for place in range(len(shape))]
    own[-1] += FLOORS.k_n
    groups = form_groups(
        [
            OwnPeople(unit_id=unit.unit_id, parent_id=unit.parent_id, invited=people)
            for unit, people in zip(snapshot(shape), own, strict=True)
        ],
        FLOORS.k_n,
    )
    homes = {unit.int - 1: group.unit_id.int - 1 for group in groups for unit in group.units}
    return Staff(shape, own, homes)


AT_HOME: list[Callable[[Random], Staff]] = [
    _manager_shaped,
    _general,
    _two_levels,
    _large_teams,
    _empty_teams,
    _chain,
]
"""In which everybody reports where they work."""
_KINDS = [*AT_HOME, _handed_up]
