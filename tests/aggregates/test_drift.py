"""How far two waves asked the same population: from published numbers alone."""

from collections.abc import Mapping

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from aggregates.releases import IDS, PROTECTED, published, release
from peil.aggregates.changes.drift import drift
from peil.aggregates.changes.model import Drift
from peil.aggregates.changes.note_texts import drift_sentence
from peil.aggregates.model import StoredScores
from peil.releases.cells_model import Coverage, PublishedResponse, ResponseCell


def told(invited: Mapping[str, int | None], coverage: Coverage = "all") -> list[StoredScores]:
    """A release of these units, in which so many were invited; None: protected, or not told."""
    units = release({name: published() for name in invited}).units
    return [
        msgspec.structs.replace(
            unit, content=msgspec.structs.replace(unit.content, response=_response(invited[unit.name], coverage))
        )
        for unit in units
    ]


def _response(invited: int | None, coverage: Coverage) -> ResponseCell:
    if invited is None and coverage == "all":
        return PROTECTED
    return PublishedResponse(respondents=7, invited=invited, rate=None, coverage=coverage, warnings=())


def drifts(earlier: list[StoredScores], later: list[StoredScores]) -> dict[str, Drift]:
    """By the unit's name."""
    names = {unit_id: name for name, unit_id in IDS.items()}
    return {names[unit_id]: found for unit_id, found in drift(earlier, later).items()}


def test_units_that_came_and_went_are_counted_up_to_the_top() -> None:
    """`field` is gone, `floor` and `care` are new: the department knows of two, the top of three."""
    found = drifts(
        told({"root": 100, "sales": 40, "field": 20}), told({"root": 120, "sales": 50, "floor": 20, "care": 30})
    )

    assert {
        "root": Drift(invited_before=100, invited_after=120, added=2, removed=1),
        "sales": Drift(invited_before=40, invited_after=50, added=1, removed=1),
    } == found


def moved(units: list[StoredScores], **above: str) -> list[StoredScores]:
    """The same units, some of them beneath another one."""
    return [
        msgspec.structs.replace(unit, parent_id=IDS[above[unit.name]]) if unit.name in above else unit for unit in units
    ]


def test_a_unit_that_moved_left_one_and_came_to_another() -> None:
    """For the top unit, above both places, it stayed."""
    before = told({"root": 100, "sales": 60, "field": 20, "floor": 20, "care": 40})
    after = moved(told({"root": 100, "sales": 40, "field": 20, "floor": 20, "care": 60}), field="care")

    found = drifts(before, after)

    assert Drift(invited_before=60, invited_after=40, added=0, removed=1) == found["sales"]
    assert Drift(invited_before=40, invited_after=60, added=1, removed=0) == found["care"]
    assert Drift(invited_before=100, invited_after=100, added=0, removed=0) == found["root"]


def test_a_swap_of_equal_teams_is_no_sameness() -> None:
    """Two departments that gave each other a team of twenty invite as many as before, and not the same."""
    before = moved(told(dict.fromkeys(("root", "sales", "field", "floor", "care"), 20)), floor="care")
    after = moved(told(dict.fromkeys(("root", "sales", "field", "floor", "care"), 20)), field="care")

    found = drifts(before, after)

    swapped = Drift(invited_before=20, invited_after=20, added=1, removed=1)
    assert (swapped, swapped) == (found["sales"], found["care"])
    assert "dezelfde" not in drift_sentence(swapped, "nl")
    assert "the same" not in drift_sentence(swapped, "en")


def test_a_protected_unit_that_moved_is_not_told_of() -> None:
    """What left with figures may have come without, and then only leaving it is told."""
    before = told({"root": 100, "sales": 60, "field": 20, "floor": None, "care": 40})
    after = moved(
        told({"root": 100, "sales": 40, "field": None, "floor": None, "care": 60}), field="care", floor="care"
    )

    found = drifts(before, after)

    assert (0, 1) == (found["sales"].added, found["sales"].removed)
    assert (0, 0) == (found["care"].added, found["care"].removed)


def test_a_protected_unit_is_not_told_of() -> None:
    """Neither as new nor as gone, nor with a number of its own."""
    found = drifts(
        told({"root": 100, "sales": None, "field": None}), told({"root": 90, "sales": 20, "floor": None, "care": None})
    )

    assert {"root": Drift(invited_before=100, invited_after=90, added=0, removed=0)} == found


def test_where_one_wave_tells_no_number_there_is_none() -> None:
    """As of a unit that covers the groups beneath it only."""
    hidden = told({"root": None}, "groups-beneath")

    assert {} == drifts(told({"root": 10}), hidden) == drifts(hidden, told({"root": 10}))


numbers = st.fixed_dictionaries(dict.fromkeys(IDS, st.none() | st.integers(7, 100)))


@given(numbers, numbers)
def test_the_same_tree_has_nothing_new(one: dict[str, int | None], other: dict[str, int | None]) -> None:
    """Whatever was protected in either wave."""
    found = drifts(told(one), told(other))

    assert {(0, 0)} >= {(drift.added, drift.removed) for drift in found.values()}
    assert {name for name in IDS if one[name] is not None and other[name] is not None} == found.keys()


@pytest.mark.parametrize(
    ("language", "text"),
    [
        (
            "nl",
            "Uitgenodigd: toen 100 mensen, nu 120. Afdelingen met een cijfer die er hier bij kwamen: 2; die hier "
            "weggingen: 1. Een verschil kan daar ook door komen.",
        ),
        (
            "en",
            "Invited: 100 people then, 120 now. Units with figures that came to it: 2; that left it: 1. A difference "
            "may come from that, too.",
        ),
    ],
)
def test_what_differs_is_said_in_a_sentence(language: str, text: str) -> None:
    """In the reader's language."""
    assert text == drift_sentence(Drift(invited_before=100, invited_after=120, added=2, removed=1), language)


def test_that_nothing_differs_is_said_too() -> None:
    """Both times the same."""
    same = Drift(invited_before=75, invited_after=75, added=0, removed=0)

    assert "Uitgenodigd: beide keren 75 mensen, van dezelfde afdelingen met een cijfer." == drift_sentence(same, "nl")
    assert "Invited: 75 people both times, of the same units with figures." == drift_sentence(same, "en")
