"""What is told before a wave opens is what the release would say: one algorithm, not two."""

from collections.abc import Iterator
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from disclosure.orgs import block, item, random_shape, snapshot, unit_id, with_managers
from peil.releases.cells_model import PublishedResponse
from peil.releases.expectation import expect
from peil.releases.model import ChoiceScoring, Thresholds, UnitRelease, UnitSnapshot
from support.releasing import Answers, release


def invited_of(random: Random, size: int) -> tuple[list[UnitSnapshot], dict[int, int]]:
    """A tree in which the units with people are groups, and how many are in each."""
    shape = random_shape(random, size)
    people = {place: number for place, number in enumerate(with_managers(random, shape, 40)) if number}
    units = [
        UnitSnapshot(
            unit_id=unit.unit_id,
            parent_id=unit.parent_id,
            name=unit.name,
            reporting_group=unit.unit_id if place in people else None,
        )
        for place, unit in enumerate(snapshot(shape))
    ]
    return units, people


@settings(deadline=None)
@given(st.integers(1, 14), st.integers(1, 100), st.randoms(use_true_random=False))
def test_it_is_the_choice_of_the_release(size: int, rate: int, random: Random) -> None:
    """Whatever the tree and the rate: the same cells, for the response and for all that everybody answers."""
    units, people = invited_of(random, size)
    invited = {unit_id(place): number for place, number in people.items()}

    def answers() -> Iterator[tuple[object, Answers]]:
        for place, number in people.items():
            yield from ((unit_id(place), {"a": 3, "c": 1, "s": 1}) for _ in range(number * rate // 100))

    asked = [
        block(item("a")),
        ChoiceScoring(key="c", options=3, sensitive=False),
        ChoiceScoring(key="s", options=3, sensitive=True),
    ]
    released = release(units, invited, answers(), asked, Thresholds())  # type: ignore[arg-type]  # ids
    order, classes = expect(units, invited, rate, Thresholds())

    assert [unit.unit_id for unit in released.units] == order
    assert [unit.response for unit in released.units] == classes["mean"].cells
    assert [statuses(unit) for unit in released.units] == [
        {name: _status(found.cells[place]) for name, found in classes.items() if name != "comments"}
        for place in range(len(order))
    ]


def statuses(unit: UnitRelease) -> dict[str, str]:
    """Of each class, whether the unit has such a figure."""
    return {
        "mean": _status(unit.blocks["workload"]),
        "bands": _status(unit.bands["a"]),
        "distribution": _status(unit.distributions["a"]),
        "choice": _status(unit.distributions["c"]),
        "sensitive": _status(unit.sensitive["s"]),
    }


def _status(cell: object) -> str:
    """published, partial or protected, whatever the figure is of."""
    return next(word for word in ("Published", "Partial", "Protected") if type(cell).__name__.startswith(word))


@settings(deadline=None)
@given(st.integers(1, 14), st.randoms(use_true_random=False))
def test_a_coarser_class_is_published_only_where_the_finer_one_is(size: int, random: Random) -> None:
    """Bands lie within means and distributions within bands, so that no difference has fewer people."""
    units, people = invited_of(random, size)
    invited = {unit_id(place): number for place, number in people.items()}

    _, classes = expect(units, invited, 100, Thresholds())
    told = {
        name: {place for place, cell in enumerate(found.cells) if isinstance(cell, PublishedResponse)}
        for name, found in classes.items()
    }

    assert told["distribution"] <= told["bands"] <= told["mean"]
    assert told["comments"] <= told["mean"]
    assert told["sensitive"] <= told["mean"]


@pytest.mark.parametrize(("rate", "published"), [(100, 10), (70, 7), (69, 0)])
def test_parts_of_a_person_do_not_answer(rate: int, published: int) -> None:
    """Of ten people 69 per cent are six, and six are too few."""
    _, classes = expect(snapshot([-1]), {unit_id(0): 10}, rate, Thresholds())
    [cell] = classes["mean"].cells

    assert published == (cell.respondents if isinstance(cell, PublishedResponse) else 0)
