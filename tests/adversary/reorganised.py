"""Two waves of an organisation that is re-organised in between: units move, merge, split and go, and so do people."""

from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from random import Random
from typing import NamedTuple
from uuid import UUID

from adversary.waves import AT_HOME, SCORINGS, Wave, answer_alike, keys
from disclosure.orgs import unit_id
from peil.aggregates.changes.comparison import Released, compare
from peil.aggregates.changes.model import UnitChange
from peil.aggregates.model import StoredAggregate, StoredBlock
from peil.releases.model import BlockScoring, ReleaseContent, UnitSnapshot

Answered = Mapping[str, int | None]
DAY = datetime(2026, 9, 1, tzinfo=UTC)


class Organisation:
    """Units with the one above, and the people with the unit where they work, all by number; the root is 0."""

    def __init__(self, parents: Mapping[int, int], homes: Mapping[int, int]) -> None:
        self.parents = dict(parents)
        self.homes = dict(homes)

    def path_up(self, unit: int) -> Iterator[int]:
        yield unit
        while unit:
            unit = self.parents[unit]
            yield unit

    def move_unit(self, random: Random) -> None:
        unit = random.choice([*self.parents])
        self.parents[unit] = random.choice(self._elsewhere(unit))

    def merge_units(self, random: Random) -> None:
        """One unit goes up in another, with its people and what is beneath it."""
        unit = random.choice([*self.parents])
        self._dissolve(unit, into=random.choice(self._elsewhere(unit)))

    def delete_unit(self, random: Random) -> None:
        """Its people go to the unit above."""
        unit = random.choice([*self.parents])
        self._dissolve(unit, into=self.parents[unit])

    def split_unit(self, random: Random) -> None:
        """Half of its people get a unit of their own beside it."""
        unit, new = random.choice([*self.parents]), max(self.parents) + 1
        self.parents[new] = self.parents[unit]
        for person in [person for person, home in self.homes.items() if home == unit][::2]:
            self.homes[person] = new

    def move_people(self, random: Random) -> None:
        for person in random.sample([*self.homes], min(len(self.homes), random.randint(1, 3))):
            self.homes[person] = random.choice([0, *self.parents])

    def replace_people(self, random: Random) -> None:
        """Some leave, and others join."""
        for person in random.sample([*self.homes], min(len(self.homes), random.randint(1, 3))):
            del self.homes[person]
        for _ in range(random.randint(1, 3)):
            self.homes[max(self.homes, default=0) + 1_000] = random.choice([0, *self.parents])

    def _elsewhere(self, unit: int) -> list[int]:
        """All units that are not beneath it."""
        return [other for other in (0, *self.parents) if unit not in self.path_up(other)]

    def _dissolve(self, unit: int, into: int) -> None:
        del self.parents[unit]
        self.parents = {one: into if above == unit else above for one, above in self.parents.items()}
        self.homes = {person: into if home == unit else home for person, home in self.homes.items()}


_DEEDS = [
    Organisation.move_unit,
    Organisation.merge_units,
    Organisation.delete_unit,
    Organisation.split_unit,
    Organisation.move_people,
    Organisation.replace_people,
]


class Twice(NamedTuple):
    """Two waves and their releases; `homes`: per wave, the persons in the order of its answers, each with the unit."""

    waves: tuple[Wave, Wave]
    contents: tuple[ReleaseContent, ReleaseContent]
    homes: tuple[dict[int, UUID], dict[int, UUID]]


def twice(seed: int, count: int) -> Iterator[Twice]:
    """As many of each kind of tree in turn, re-organised in one to four ways; the same for the same seed."""
    random = Random(seed)
    for number in range(count):
        shape, own, _ = AT_HOME[number % len(AT_HOME)](random)
        at_home = [place for place, people in enumerate(own) for _ in range(people)]
        given = [answers for people in own for answers in answer_alike(random, people, SCORINGS)]
        before = Organisation(dict(enumerate(shape[1:], 1)), dict(enumerate(at_home)))
        after = Organisation(before.parents, before.homes)
        for deed in random.choices(_DEEDS, k=random.randint(1, 4)):
            if after.parents and after.homes:
                deed(after, random)
        answers = dict(enumerate(given))
        yield _twice((before, answers), (after, {one: _again(random, answers.get(one)) for one in after.homes}))


def figures(wave: Wave, content: ReleaseContent) -> Released:
    """A release as a comparison reads it."""
    above = {unit.unit_id: unit.parent_id for unit in wave.units}
    return Released(
        [
            StoredAggregate(
                unit_id=unit.unit_id, parent_id=above[unit.unit_id], name=unit.name, whole=True, content=unit
            )
            for unit in content.units
        ],
        {
            block.key: StoredBlock(block=block.key, fingerprint=block.key, spread=block.spread)
            for block in content.blocks
        },
    )


def changes(pair: Twice) -> list[UnitChange]:
    """All that is told of the later wave against the earlier one."""
    earlier, later = (figures(wave, content) for wave, content in zip(pair.waves, pair.contents, strict=True))
    return compare(earlier, later)


def _twice(*waves: tuple[Organisation, Mapping[int, Answered]]) -> Twice:
    first, second = (_wave(organisation, answers) for organisation, answers in waves)
    homes = [{person: unit_id(home) for person, home in organisation.homes.items()} for organisation, _ in waves]
    return Twice((first, second), (first.release(), second.release()), (homes[0], homes[1]))


def _wave(organisation: Organisation, answers: Mapping[int, Answered]) -> Wave:
    """Everybody is asked and answers."""
    people = Counter(organisation.homes.values())
    units = [(0, None), *((unit, unit_id(above)) for unit, above in organisation.parents.items())]
    return Wave(
        [
            UnitSnapshot(unit_id=unit_id(unit), parent_id=above, name=f"Unit {unit}", reporting_group=unit_id(unit))
            for unit, above in units
        ],
        {unit_id(unit): people[unit] for unit, _ in units},
        SCORINGS,
        [(unit_id(home), dict(answers[person])) for person, home in organisation.homes.items()],
    )


def _again(random: Random, answers: Answered | None) -> Answered:
    """Most answer as they did before."""
    new = next(answer_alike(random, 1, SCORINGS))
    if answers is None:
        return new
    return {key: new[key] if random.random() < 0.2 else answers[key] for key, _ in keys(SCORINGS)}


def scales(pair: Twice) -> list[BlockScoring]:
    """What is compared: the blocks with a mean."""
    return [one for one in pair.waves[0].scorings if isinstance(one, BlockScoring) and not one.items[0].sensitive]
