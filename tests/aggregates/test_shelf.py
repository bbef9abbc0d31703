"""What a process keeps of releases: never more than there may be, and what was read last for longest."""

from collections.abc import Callable, Hashable
from random import Random
from uuid import UUID

import msgspec

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
        Place(unit_id=unit, parent_id=None if above < 0 else tree.ids[above], position=place)
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
