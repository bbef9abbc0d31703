"""What a process keeps of releases: never more than there may be, and what was read last for longest."""

from collections.abc import Callable, Hashable
from random import Random
from uuid import UUID

import msgspec
import pytest

from aggregates.shelves import ids
from disclosure.orgs import random_shape, tree_of, unit_id
from instruments.build import instrument, rated
from peil.actor import NOBODY, Reach
from peil.aggregates.model import Shelved
from peil.aggregates.queries import Place
from peil.aggregates.shelf import Label, Shelf, WaveShelf, sight

EMPLOYER, OTHER = UUID(int=1), UUID(int=2)


def wave(shape: list[int]) -> WaveShelf:
    """A wave of this tree."""
    tree = tree_of(shape)
    places = [
        Place(unit_id=unit, parent_id=None if above < 0 else tree.ids[above], position=place, whole=True)
        for place, (unit, above) in enumerate(zip(tree.ids, tree.parents, strict=True))
    ]
    return WaveShelf(places, instrument(rated("a")))


def label(told: Hashable, employer: UUID = EMPLOYER, language: str = "nl") -> Label:
    return Label(employer, UUID(int=9), told, language)


def body(size: int) -> Shelved:
    return Shelved(UUID(int=3), bytes(size), '"etag"')


def test_bodies_are_bounded_in_bytes() -> None:
    """However many there are; those that nobody asked for longest go, and what is too large is not kept at all."""
    shelf = Shelf(most_bytes=100)
    for number in range(50):
        shelf.keep_ready(label(number), body(30))
        shelf.find_ready(label(0))

    kept = [number for number in range(50) if shelf.find_ready(label(number))]
    shelf.keep_ready(label("large"), body(101))

    assert [0, 48, 49] == kept
    assert [] == [number for number in range(50) if shelf.find_ready(label(number))]
    assert shelf.find_ready(label("large")) is None


def test_keeping_the_same_body_twice_counts_once() -> None:
    """Two requests at once make the same bytes."""
    shelf = Shelf(most_bytes=100)
    for _ in range(9):
        shelf.keep_ready(label("a"), body(60))
    shelf.keep_ready(label("b"), body(40))

    assert [60, 40] == [len(one.body) for name in ("a", "b") if (one := shelf.find_ready(label(name)))]


def test_a_body_is_found_by_employer_and_language() -> None:
    """Another's, or another language's, is not there."""
    shelf = Shelf()
    shelf.keep_ready(label("a"), body(1))

    found = [shelf.find_ready(one) for one in (label("a"), label("a", OTHER), label("a", language="en"), label("b"))]

    assert [True, False, False, False] == [one is not None for one in found]


def test_trees_are_bounded_in_units() -> None:
    """The last one stays, however large it is."""
    shelf = Shelf(most_units=10)
    for number, size in enumerate((4, 4, 4, 2)):
        shelf.put(EMPLOYER, UUID(int=number), wave([-1, *[0] * (size - 1)]))

    kept = [number for number in range(4) if shelf.find(EMPLOYER, UUID(int=number))]
    shelf.put(EMPLOYER, UUID(int=9), wave([-1, *[0] * 20]))

    assert [1, 2, 3] == kept
    assert [9] == [number for number in range(10) if shelf.find(EMPLOYER, UUID(int=number))]


def by_hand(shape: list[int], unit: UUID) -> set[UUID]:
    """A unit and everything under it, the slow way."""
    under = {unit.int - 1}
    for number, parent in enumerate(shape):
        if parent in under:
            under.add(number)
    return set(ids(*under))


def test_walks_over_the_tree() -> None:
    """What is beneath a unit, which units are beneath no other, and what is lowest above them all; on random trees."""
    random = Random(1)
    for _ in range(200):
        shape = random_shape(random, random.randint(1, 15))
        kept = wave(shape)
        chosen = random.sample(kept.order, random.randint(1, min(4, len(shape))))
        tops = kept.tops(chosen)
        holding = [unit for unit in kept.order if set(tops) <= by_hand(shape, unit)]

        for unit in kept.order:
            assert by_hand(shape, unit) == set(kept.beneath(unit))
        assert [
            unit
            for unit in kept.order
            if unit in chosen and not any(unit in by_hand(shape, other) - {other} for other in chosen)
        ] == tops
        assert max(holding, key=kept.position) == kept.above_all(tops)


def up(shape: list[int], units: frozenset[UUID]) -> set[UUID]:
    """Units and everything above them, the slow way."""
    found: set[int] = set()
    for unit in units:
        at = unit.int - 1
        while 0 <= at < len(shape):
            found.add(at)
            at = shape[at]
    return set(ids(*found))


def test_reach_is_what_a_walk_over_the_tree_finds() -> None:
    """Own and managed units with what is above them, and beneath managed ones; units of elsewhere reach nothing."""
    random = Random(2)
    for _ in range(200):
        shape = random_shape(random, random.randint(1, 15))
        kept = wave(shape)
        known = [*kept.order, unit_id(90), unit_id(91)]
        units, managed = (frozenset(random.sample(known, random.randint(0, 2))) for _ in range(2))
        actor = msgspec.structs.replace(NOBODY, units=units, managed=managed)
        above = up(shape, units | managed)
        beneath = {under for unit in managed & set(kept.order) for under in by_hand(shape, unit)}
        seen = {reach: {unit for unit in known if kept.sees(actor, reach, unit)} for reach in Reach}

        assert (above, above) == (seen[Reach.PERSON], seen[Reach.UNITS])
        assert above | beneath == seen[Reach.SUBTREE]
        assert set(kept.order) == seen[Reach.EMPLOYER]


@pytest.mark.parametrize("parents", [[None, 0, 0, 1], [1, None], [None, 0, 1, 0, 2]])
def test_reach_goes_by_a_tree_in_its_order_only(parents: list[int | None]) -> None:
    """In another order a manager would reach a stranger's units, so such a tree is refused."""
    places = [
        Place(unit_id=unit_id(place), parent_id=None if above is None else unit_id(above), position=place, whole=True)
        for place, above in enumerate(parents)
    ]

    with pytest.raises(ValueError, match="order of their tree"):
        WaveShelf(places, instrument(rated("a")))


def test_who_sees_the_same_has_the_same_sight() -> None:
    """By the units they are in and those they manage, as far as their role reaches."""
    one, two = unit_id(1), unit_id(2)

    def of(units: set[UUID], managed: set[UUID]) -> Callable[[Reach], Hashable]:
        actor = msgspec.structs.replace(NOBODY, units=frozenset(units), managed=frozenset(managed))
        return lambda reach: sight(actor, reach)

    assert of({one}, set())(Reach.EMPLOYER) == of({two}, {one})(Reach.EMPLOYER)
    assert of({one}, set())(Reach.UNITS) == of(set(), {one})(Reach.UNITS)
    assert of({one}, set())(Reach.SUBTREE) != of(set(), {one})(Reach.SUBTREE)
    assert of({one}, set())(Reach.UNITS) != of({two}, set())(Reach.UNITS)
