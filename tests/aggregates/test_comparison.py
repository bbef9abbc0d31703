"""What is said of a change, and of what cannot be compared: by published figures and the tree alone."""

from datetime import UTC, datetime, timedelta
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from aggregates.releases import (
    IDS,
    PROTECTED,
    block,
    cells,
    changed,
    compared,
    partial,
    published,
    release,
    spreads,
)
from peil.aggregates.changes.comparison import compare, validate_against
from peil.aggregates.changes.model import (
    ChangeInterval,
    ComparedChange,
    IncomparableChange,
    Measured,
    ProtectedChange,
    WaveStanding,
    WithheldChange,
)
from peil.aggregates.model import StoredBlock
from peil.aggregates.statistics.significance import false_discovery_rates, label
from peil.demo import answers
from peil.errors import Conflict, Invalid
from peil.instruments.rules import block_fingerprint, scored_blocks
from peil.releases.cells_model import Cell
from peil.releases.model import PooledSd
from peil.structs import encode


def test_a_difference_comes_with_all_that_is_known_of_it() -> None:
    """As scipy has Student's test of two groups of unequal spread, and as the design has labels.

    By hand: s = √((39 · 18² + 34 · 23²) / 73) = 20.481 and SE = s · √(1/40 + 1/35) = 4.7405; ± 1.99300 · SE.
    """
    earlier = release({"root": published(50.0, 40)}, block(spread=PooledSd(sd=18, degrees=39, bound=False)))
    later = release({"root": published(62.3, 35)}, block(spread=PooledSd(sd=23, degrees=34, bound=False)))
    student = stats.ttest_ind_from_stats(62.3, 23, 35, 50, 18, 40)

    cell = compared(changed(earlier, later)["root"])

    assert cell == ComparedChange(
        before=Measured(n=40, invited=None, mean=50.0, warnings=()),
        after=Measured(n=35, invited=None, mean=62.3, warnings=()),
        difference=12.3,
        interval=ChangeInterval(low=2.85, high=21.75),
        standardised=0.6,
        p=round(float(student.pvalue), 4),
        q=round(float(student.pvalue), 4),
        label="clear-signal",
        minimal_detectable_change=13.28,
        bound=False,
        warnings=(),
        units=None,
    )


def test_a_sure_difference_of_very_many_people_has_a_chance() -> None:
    """Three points of 77,000 people are no accident, and still not impossible as one."""
    earlier, later = (release({"root": published(mean, 77_000)}) for mean in (50.0, 53.0))

    cell = compared(changed(earlier, later)["root"])

    assert (0.0001, 0.0001) == (cell.p, cell.q)


@pytest.mark.parametrize(
    ("before", "after", "bound"), [(False, False, False), (True, False, True), (False, True, True)]
)
def test_a_comparison_says_that_its_spread_is_a_bound(before: bool, after: bool, bound: bool) -> None:
    """Of either wave: the interval is then too wide, if anything."""
    spreads = [PooledSd(sd=20, degrees=60, bound=one) for one in (before, after)]
    earlier, later = (release({"root": published()}, block(spread=spread)) for spread in spreads)

    assert bound is compared(changed(earlier, later)["root"]).bound


def test_without_a_spread_only_the_difference_is_told() -> None:
    """And what could be seen with the spread of the design: 28 points between two groups of 10."""
    earlier = release({"root": published(50.0, 10)}, block(spread=None))
    later = release({"root": published(75.5, 10)}, block(spread=None))

    cell = compared(changed(earlier, later)["root"])

    assert (25.5, 28) == (cell.difference, round(cell.minimal_detectable_change))
    assert [None] * 6 == [cell.interval, cell.standardised, cell.p, cell.q, cell.label, cell.bound]


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        (published(), PROTECTED, ProtectedChange(reported_at=None)),
        (PROTECTED, published(), ProtectedChange(reported_at=None)),
        (partial("sales"), PROTECTED, ProtectedChange(reported_at=None)),
        (partial("sales"), partial("sales", "care"), IncomparableChange(reason="units-differ")),
        (partial("sales"), published(), IncomparableChange(reason="units-differ")),
        (published(), partial("sales"), IncomparableChange(reason="units-differ")),
        (published(50, 40, "not-representative"), published(), WithheldChange(reason="not-representative")),
        (published(), published(50, 40, "not-representative"), WithheldChange(reason="not-representative")),
    ],
)
def test_what_is_not_compared_says_why(before: Cell, after: Cell, expected: Any) -> None:
    """Protected, over other units, or not answered by half: on either side."""
    assert expected == changed(release({"root": before}), release({"root": after}))["root"]


def test_sums_over_the_same_units_are_compared() -> None:
    """In whatever order they are named, and the answer names them."""
    earlier, later = release({"root": partial("sales", "care")}), release({"root": partial("care", "sales", mean=60)})

    cell = compared(changed(earlier, later)["root"])

    assert (10.0, [IDS["care"], IDS["sales"]]) == (cell.difference, cell.units)


def test_low_response_is_passed_on() -> None:
    """Of either side, once."""
    earlier = release({"root": published(50, 40, "low-response")})
    later = release({"root": published(50, 40, "low-response")})

    cell = compared(changed(earlier, later)["root"])

    assert (("low-response",), ("low-response",)) == (cell.warnings, cell.before.warnings)


@pytest.mark.parametrize(
    ("known", "reason"),
    [(block("other"), "not-asked-then"), (block(fingerprint="other"), "items-differ")],
)
def test_another_block_is_not_compared_in_any_unit(known: StoredBlock, reason: str) -> None:
    """It holds of the questionnaire, so it is said of protected and new units too."""
    earlier = release({"root": published(), "sales": PROTECTED}, known)
    later = release({"root": published(), "sales": PROTECTED, "care": published()})

    cells = changed(earlier, later)

    assert [IncomparableChange(reason=reason)] * 3 == list(cells.values())  # type: ignore[arg-type]  # of the list


def test_what_only_the_earlier_wave_asked_is_left_out() -> None:
    """The later questionnaire says what there is to compare."""
    earlier = release({"root": published()}, block("load"), block("rest"))
    [root] = compare(earlier, release({"root": published()}, block("load")))

    assert {"load"} == root.cells.keys()


def test_a_new_unit_has_nothing_before_it() -> None:
    """It says so where it has a figure; where it has none, that is all there is to say."""
    earlier = release({"root": published()})
    later = release({"root": published(), "sales": published(), "field": PROTECTED, "care": PROTECTED})

    cells = changed(earlier, later)

    assert IncomparableChange(reason="unit-not-there-before") == cells["sales"]
    # `sales` above it is not compared, so it leads on to the root.
    assert ProtectedChange(reported_at=IDS["root"]) == cells["field"] == cells["care"]


def test_a_unit_that_is_gone_is_not_listed() -> None:
    """The tree is that of the later wave."""
    earlier = release({"root": published(), "care": published()})

    assert ["root"] == list(changed(earlier, release({"root": published()})))


def test_protected_leaves_under_one_unit_are_alike() -> None:
    """Whether it was the earlier wave or the later one, and whatever figure the other one has."""
    earlier = release({"root": published(), "sales": published(), "field": published(3.0, 9), "floor": PROTECTED})
    later = release({"root": published(), "sales": published(), "field": PROTECTED, "floor": published(97.0, 8)})

    cells = changed(earlier, later)

    assert ProtectedChange(reported_at=IDS["sales"]) == cells["field"] == cells["floor"]
    assert encode(cells["field"]) == encode(cells["floor"])


def test_a_protected_unit_leads_to_what_is_withheld_too() -> None:
    """There is something to be read there: that too few answered."""
    earlier = release({"root": published(), "sales": published(50, 40, "not-representative"), "field": PROTECTED})
    later = release({"root": published(), "sales": published(), "field": published()})

    assert ProtectedChange(reported_at=IDS["sales"]) == changed(earlier, later)["field"]


def test_false_discoveries_are_those_of_all_units_and_blocks() -> None:
    """One comparison, whoever looks at which part of it."""
    units = {"root": 50.0, "sales": 58.0, "field": 62.0, "care": 66.0}
    blocks = block("load"), block("rest", spread=PooledSd(sd=30, degrees=90, bound=False))
    earlier = release({name: published() for name in units}, *blocks)
    later = release({name: published(mean) for name, mean in units.items()} | {"floor": PROTECTED}, *blocks)

    found = [cell for unit in compare(earlier, later) for cell in unit.cells.values()]
    cells = [cell for cell in found if isinstance(cell, ComparedChange)]

    assert 8 == len(cells)
    rates = false_discovery_rates([cell.p or 0 for cell in cells])
    assert [pytest.approx(q, abs=1e-3) for q in rates] == [cell.q for cell in cells]
    # Alone, some of them would have been called more than they are among eight.
    assert [label(cell.difference, cell.p or 0, cell.q or 0) for cell in cells] == [cell.label for cell in cells]
    assert [label(cell.difference, cell.p or 0, cell.p or 0) for cell in cells] != [cell.label for cell in cells]


@given(cells, cells, spreads, spreads)
def test_the_other_way_round_is_the_opposite(
    one: dict[str, Cell], other: dict[str, Cell], before: PooledSd | None, after: PooledSd | None
) -> None:
    """The difference and its interval turn, everything else stays."""
    earlier, later = release(one, block(spread=before)), release(other, block(spread=after))

    there, back = changed(earlier, later), changed(later, earlier)

    for name, cell in there.items():
        if isinstance(cell, ComparedChange):
            turned = compared(back[name])
            assert (-cell.difference, cell.p, cell.q, cell.label) == (
                turned.difference, turned.p, turned.q, turned.label,
            )  # fmt: skip
            assert cell.minimal_detectable_change == turned.minimal_detectable_change
            if cell.interval is not None and turned.interval is not None:
                assert (-cell.interval.high, -cell.interval.low) == (turned.interval.low, turned.interval.high)
        else:
            assert type(back[name]) is type(cell)


@given(cells, cells)
def test_what_is_protected_has_no_number(one: dict[str, Cell], other: dict[str, Cell]) -> None:
    """On either side: nothing but a status and where to look."""
    names = {
        name: cell
        for name, cell in changed(release(one), release(other)).items()
        if PROTECTED in (one[name], other[name])
    }

    for cell in names.values():
        assert isinstance(cell, ProtectedChange)
        where = encode(cell.reported_at).decode()
        assert f'{{"status":"protected","reportedAt":{where}}}' == encode(cell).decode()


@given(cells, cells, st.permutations(sorted(IDS)))
def test_other_figures_of_protected_units_change_nothing(
    one: dict[str, Cell], other: dict[str, Cell], order: list[str]
) -> None:
    """A figure that is opposite to a protected one is in no cell of the whole comparison, not even in a q."""
    hidden = order[0]
    changes = [
        changed(release({**one, hidden: PROTECTED}), release({**other, hidden: published(mean, 9)}))
        for mean in (1.0, 99.0)
    ]

    assert changes[0] == changes[1]


def test_openness_of_the_demo_is_compared_and_leave_is_not() -> None:
    """`leave` is another version on another scale; `openness` was asked in the same way."""
    earlier, later = (
        release(
            {"root": published()},
            *(block(one.key, block_fingerprint(one)) for one in scored_blocks(answers.instrument(year))),
        )
        for year in (2014, 2016)
    )

    assert IncomparableChange(reason="items-differ") == changed(earlier, later, "leave")["root"]
    assert isinstance(changed(earlier, later, "openness")["root"], ComparedChange)


NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("against", "code"),
    [
        (None, "unknown-wave"),
        (WaveStanding(opens_at=NOON, state="released"), "not-earlier"),
        (WaveStanding(opens_at=NOON + timedelta(days=1), state="open"), "not-earlier"),
        (WaveStanding(opens_at=NOON - timedelta(days=1), state="open"), "against-not-released"),
        (WaveStanding(opens_at=NOON - timedelta(days=1), state="cancelled"), "against-cancelled"),
    ],
)
def test_only_an_earlier_released_wave_is_compared_with(against: WaveStanding | None, code: str) -> None:
    """What is wrong is said of the query, or of the state of that wave."""
    with pytest.raises((Invalid, Conflict)) as refused:
        validate_against(WaveStanding(opens_at=NOON, state="released"), against)

    said = refused.value
    assert code == (said.findings[0].code if isinstance(said, Invalid) else said.code)


def test_an_earlier_released_wave_will_do() -> None:
    """A moment is enough."""
    validate_against(
        WaveStanding(opens_at=NOON, state="released"),
        WaveStanding(opens_at=NOON - timedelta(seconds=1), state="released"),
    )


@pytest.mark.parametrize("partly", ["earlier", "later"])
def test_a_part_is_not_compared_with_the_whole(partly: str) -> None:
    """Where a wave asked some of a unit only, its figure is that of others."""
    cells = {"root": published(50.0, 40)}
    sides = {"earlier": release(cells), "later": release(cells)} | {partly: release(cells, partly_asked=["root"])}

    assert IncomparableChange(reason="not-everybody-asked") == changed(sides["earlier"], sides["later"])["root"]


def test_a_unit_with_its_own_people_is_not_compared_with_its_groups() -> None:
    """A figure of everybody beside one of the groups beneath it."""
    groups = msgspec.structs.replace(published(50.0, 40), coverage="groups-beneath")

    assert (
        IncomparableChange(reason="units-differ")
        == changed(release({"root": published(50.0, 60)}), release({"root": groups}))["root"]
    )
