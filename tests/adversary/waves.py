"""Random waves to attack: trees of all kinds, manager-shaped ones first of all, and answers that are hard to hide."""

from collections.abc import Callable, Iterator, Mapping
from random import Random
from typing import NamedTuple
from uuid import UUID

from disclosure.orgs import FLOORS, Shape, block, item, random_shape, snapshot, unit_id, with_managers
from peil.releases.control import WaveCount
from peil.releases.counting import Answers
from peil.releases.model import BlockScoring, ChoiceScoring, CommentAtoms, ReleaseContent, UnitSnapshot

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


class Wave(NamedTuple):
    """An organisation in which everybody reports where they work, and what each person answered."""

    shape: Shape
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
        counted = WaveCount(self.units, self.invited, self.scorings, FLOORS)
        counted.add(self.responses)
        return counted


def waves(seed: int, count: int, scorings: Scorings = SCORINGS) -> Iterator[Wave]:
    """As many waves of each kind of tree in turn; the same for the same seed."""
    random = Random(seed)
    for number in range(count):
        shape, own = _KINDS[number % len(_KINDS)](random)
        yield wave(random, shape, own, scorings)


def wave(random: Random, shape: Shape, own: list[int], scorings: Scorings = SCORINGS) -> Wave:
    """`own` people answer per unit; in most units they think alike, and some skip a question."""
    responses = [given for place, people in enumerate(own) for given in _answers(random, place, people, scorings)]
    invited = {unit_id(place): people + random.randint(0, 3) for place, people in enumerate(own)}
    return Wave(shape, snapshot(shape), invited, scorings, responses)


def keys(scorings: Scorings) -> list[tuple[str, int]]:
    """All questions, and how many answers there are to each."""
    found = []
    for scoring in scorings:
        if isinstance(scoring, ChoiceScoring):
            found.append((scoring.key, scoring.options))
        else:
            found += [(scored.key, scored.points) for scored in scoring.items]
    return found


def _answers(random: Random, place: int, people: int, scorings: Scorings) -> Iterator[Response]:
    """Of one unit: all alike, all but one, four in five, or anything."""
    usual = {key: random.choice([1, most, random.randint(1, most)]) for key, most in keys(scorings)}
    strays = random.choice([0.0, 0.0, 1 / max(people, 1), 0.2, 1.0])
    for _ in range(people):
        given: Answers = {
            key: random.randint(1, most) if random.random() < strays else usual[key] for key, most in keys(scorings)
        }
        yield unit_id(place), {key: None if random.random() < 0.03 else answer for key, answer in given.items()}


def _general(random: Random) -> tuple[list[int], list[int]]:
    shape = random_shape(random, random.randint(2, 14))
    return shape, [random.choice([0, 1, random.randint(0, 20), random.randint(0, 40)]) for _ in shape]


def _manager_shaped(random: Random) -> tuple[list[int], list[int]]:
    """One to three people of their own wherever there are units beneath."""
    shape = random_shape(random, random.randint(4, 14))
    return shape, with_managers(random, shape, most=20)


def _two_levels(random: Random) -> tuple[list[int], list[int]]:
    """Small departments of teams around k: residuals that must be put together a level up, and then another."""
    shape, own = [-1], [random.randint(0, 2)]
    for _ in range(random.randint(2, 4)):
        department = len(shape)
        shape.append(0)
        own.append(random.randint(1, 3))
        for _ in range(random.randint(1, 3)):
            shape.append(department)
            own.append(random.choice([2, 5, 6, 7, 8, 9, 15]))
    return shape, own


def _empty_teams(random: Random) -> tuple[list[int], list[int]]:
    shape = random_shape(random, random.randint(4, 14))
    return shape, [random.choice([0, 0, 0, 7, 8, random.randint(0, 40)]) for _ in shape]


def _chain(random: Random) -> tuple[list[int], list[int]]:
    """Each unit with one beneath it, and few people in each."""
    size = random.randint(5, 14)
    return [-1, *(above for above in range(size - 1))], [random.randint(0, 6) for _ in range(size)]


def _large_teams(random: Random) -> tuple[list[int], list[int]]:
    """Where distributions and sensitive items are told as well."""
    shape = [-1, *(random.randrange(min(place, 3)) for place in range(1, random.randint(4, 9)))]
    return shape, [random.randint(1, 3) if place in shape else random.randint(8, 45) for place in range(len(shape))]


_KINDS: list[Callable[[Random], tuple[list[int], list[int]]]] = [
    _manager_shaped,
    _general,
    _two_levels,
    _large_teams,
    _empty_teams,
    _chain,
]
