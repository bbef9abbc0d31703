"""What is said of a unit over many waves: by published figures alone, and a gap where there is none."""

from datetime import UTC, datetime, timedelta
from typing import Any, get_args
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from aggregates.releases import IDS, PROTECTED, partial, published
from peil.aggregates.trends.model import (
    GapReason,
    StoredPoint,
    Tendency,
    TrendFigure,
    TrendIncomparable,
    TrendWithheld,
)
from peil.aggregates.trends.series import cells_of, tendency_of
from peil.aggregates.trends.texts import point_sentence, trend_sentence
from peil.releases.cells_model import Cell

START = datetime(2026, 9, 7, 9, tzinfo=UTC)
REFERENCE = [62, 60, 61, 57, 58, 55, 54, 52]


def point(cell: Cell | None, days: float = 0, *, whole: bool | None = True) -> StoredPoint:
    """A wave so many days after the first."""
    return StoredPoint(
        wave_id=UUID(int=1),
        kind="pulse",
        opens_at=START + timedelta(days=days),
        closes_at=START + timedelta(days=days + 1),
        zone="Europe/Amsterdam",
        block="load",
        whole=whole,
        cell=cell,
    )


def tendency(points: list[StoredPoint]) -> Tendency | None:
    return tendency_of(cells_of(points))


def test_the_reference_series_falls() -> None:
    """S, the exact p to four decimals and the slope of the design."""
    points = [point(published(mean), 14 * place) for place, mean in enumerate(REFERENCE)]

    assert Tendency(waves=8, slope=-1.41, s=-24, p=0.0017, label="falling") == tendency(points)


@pytest.mark.parametrize(
    ("means", "p", "label"),
    [
        # Of 21 pairs four fall, S = 13; of 15 two, S = 11; and one.
        ([52, 51, 54, 53, 57, 55, 56], 0.0690, "no-clear-trend"),
        ([50, 51, 53, 52, 55, 54], 0.0556, "no-clear-trend"),
        ([50, 51, 53, 52, 54, 55], 0.0167, "rising"),
    ],
)
def test_a_trend_is_one_below_five_hundredths(means: list[float], p: float, label: str) -> None:
    """By the exact p."""
    found = tendency([point(published(mean), 14 * place) for place, mean in enumerate(means)])

    assert found is not None
    assert (p, label) == (found.p, found.label)


def test_a_gap_is_a_wave_too() -> None:
    """Two points in two waves are one per wave, also where the one between has no figure."""
    figures: list[Cell] = [published(50), published(51), PROTECTED, published(53), published(54), published(55)]

    found = tendency([point(cell, 14 * place) for place, cell in enumerate(figures)])

    assert Tendency(waves=5, slope=1.0, s=10, p=0.0167, label="rising") == found


@pytest.mark.parametrize("gap", [None, PROTECTED, partial("floor"), published(90, 40, "not-representative")])
def test_gaps_are_left_out(gap: Cell | None) -> None:
    """Of five figures and a gap five count; of four and a gap nothing is said."""
    points = [point(published(50 + step), 10 * step) for step in range(6)]
    points[2] = point(gap, 20, whole=None if gap is None else True)

    found = tendency(points)

    assert found is not None
    assert 5 == found.waves
    assert tendency(points[:-1]) is None


@pytest.mark.parametrize(
    ("earlier", "expected"),
    [
        (point(PROTECTED), PROTECTED),
        (point(PROTECTED, whole=False), PROTECTED),
        (point(None, whole=None), TrendIncomparable(reason="unit-not-there")),
        (point(published(), whole=False), TrendIncomparable(reason="not-everybody-asked")),
        (point(partial("sales")), TrendIncomparable(reason="units-differ")),
        (point(published(50, 40, "not-representative")), TrendWithheld(reason="not-representative")),
    ],
)
def test_a_gap_says_why(earlier: StoredPoint, expected: Any) -> None:
    """Protected, not there, of others, or answered by fewer than half."""
    assert expected == cells_of([earlier, point(published(), 10)])[0]


def test_a_figure_is_the_one_of_its_release() -> None:
    """With its number of people and its warnings."""
    cell = published(61.5, 20, "low-response")

    assert [
        TrendFigure(n=20, invited=None, mean=61.5, climate=None, warnings=("low-response",), units=None)
    ] == cells_of([point(cell)])


def test_a_wave_that_few_answered_makes_no_strangers() -> None:
    """Where it tells of other units than usual it is a gap, and the waves before it stay a trend."""
    few = replace(partial("sales"), warnings=("not-representative",))
    points = [point(published(50 + step), 10 * step) for step in range(5)] + [point(few, 50)]

    cells = cells_of(points)

    assert TrendWithheld(reason="not-representative") == cells[-1]
    assert all(isinstance(cell, TrendFigure) for cell in cells[:-1])


def test_the_newest_figure_says_whose_trend_it_is() -> None:
    """Where it is a sum over units, only sums over the same units belong to it, and they are named."""
    points = [point(published()), point(partial("sales", "care")), point(partial("care", "sales")), point(PROTECTED)]

    first, second, third, last = cells_of(points)

    assert (TrendIncomparable(reason="units-differ"), PROTECTED) == (first, last)
    assert isinstance(second, TrendFigure)
    assert isinstance(third, TrendFigure)
    assert [IDS["care"], IDS["sales"]] == third.units


cells = st.one_of(
    st.builds(published, st.integers(0, 10_000).map(lambda one: one / 100), st.integers(7, 400)),
    st.just(PROTECTED),
    st.none(),
)


@given(st.lists(cells, min_size=1, max_size=30))
def test_what_is_protected_changes_nothing(found: list[Cell | None]) -> None:
    """Whether it rises is said of the waves with a figure alone."""
    points = [point(cell, 7 * place, whole=cell is not None or None) for place, cell in enumerate(found)]
    measured = [one for one in points if one.cell is not None and one.cell != PROTECTED]
    whole, alone = tendency(points), tendency(measured)

    assert (None if whole is None else (whole.waves, whole.s, whole.p, whole.label)) == (
        None if alone is None else (alone.waves, alone.s, alone.p, alone.label)
    )


@given(st.lists(st.integers(0, 10_000).map(lambda one: one / 100), min_size=5, max_size=15))
def test_backwards_it_goes_the_other_way(means: list[float]) -> None:
    """The slope and S turn, p stays."""
    there, back = (
        tendency([point(published(mean), 7 * place) for place, mean in enumerate(one)]) for one in (means, means[::-1])
    )

    assert there is not None
    assert back is not None
    assert (there.s, there.p) == (-back.s, back.p)
    # Rounded, and so by a hundredth at most.
    assert abs(there.slope + back.slope) < 0.011


@pytest.mark.parametrize(
    ("label", "nl", "en"),
    [
        (
            "rising",
            "Stijgend over 6 metingen: 1,4 punten per meting. Van veel afdelingen stijgt er ook door toeval wel een.",
            "Rising over 6 waves: 1.4 points per wave. Of many units some rise by chance.",
        ),
        (
            "falling",
            "Dalend over 6 metingen: 1,4 punten per meting. Van veel afdelingen daalt er ook door toeval wel een.",
            "Falling over 6 waves: 1.4 points per wave. Of many units some fall by chance.",
        ),
        (
            "no-clear-trend",
            "Geen duidelijke trend over 6 metingen.",
            "No clear trend over 6 waves.",
        ),
    ],
)
def test_a_trend_is_said_as_its_label_has_it(label: Any, nl: str, en: str) -> None:
    """With the slope, and that some trends are chance."""
    said = Tendency(waves=6, slope=-1.41, s=-13, p=0.01, label=label)

    assert (nl, en) == (trend_sentence(said, 6, "nl"), trend_sentence(said, 6, "en"))


def test_too_few_waves_are_said() -> None:
    """With how many it takes."""
    assert "No trend yet: it takes 5 waves with a figure, and these are 3." == trend_sentence(None, 3, "en")
    assert "Nog geen trend: daarvoor zijn 5 metingen met een cijfer nodig, en dit zijn er 3." == trend_sentence(
        None, 3, "nl"
    )


REASONS: tuple[Any, ...] = get_args(get_args(GapReason)[0])


@pytest.mark.parametrize("reason", REASONS)
def test_every_gap_has_its_sentence(reason: Any) -> None:
    """In both languages, and no other gap has it; nor has what is protected."""
    said = {language: point_sentence(TrendIncomparable(reason=reason), language) for language in ("nl", "en")}
    others = {point_sentence(TrendIncomparable(reason=other), "nl") for other in REASONS if other != reason}

    assert said["nl"] not in others | {said["en"], point_sentence(PROTECTED, "nl")}


def test_a_figure_has_its_sentence() -> None:
    """With a decimal comma in Dutch."""
    [cell] = cells_of([point(published(61.57, 20))])

    assert "61,6 van de 100, van 20 mensen." == point_sentence(cell, "nl")
    assert "61.6 of 100, of 20 people." == point_sentence(cell, "en")
