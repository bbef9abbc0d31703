"""Met, not met, or not measurable and why: of every reason one."""

from typing import Any
from uuid import uuid4

import pytest

from peil.aggregates.changes.model import (
    ChangeInterval,
    ComparedChange,
    IncomparableChange,
    Measured,
    ProtectedChange,
    WithheldChange,
)
from peil.campaigns.model import BlockMetric, ChangeCriterion, Goal, ParticipationCriterion, ScoreCriterion
from peil.readiness import evaluation
from peil.releases.cells_model import ProtectedCell, PublishedResponse

CHANCE = "which may be chance; a change below 9.0 points mostly goes unnoticed in a group of this size."
ASKED: dict[str, Any] = {"instrument_id": uuid4(), "block": "workload"}


def compared(difference: float, label: Any, n: int = 100) -> ComparedChange:
    side = Measured(n=n, invited=200, mean=50, warnings=())
    return ComparedChange(
        before=side,
        after=side,
        difference=difference,
        interval=ChangeInterval(low=difference - 5, high=difference + 5),
        standardised=0.5,
        p=0.01,
        q=0.01,
        label=label,
        minimal_detectable_change=9,
        bound=False,
        warnings=(),
        units=None,
    )


@pytest.mark.parametrize(
    ("cell", "verdict", "text"),
    [
        (compared(6, "clear-signal"), "met", "Met: +6.0."),
        (compared(5, "possible-signal"), "met", "Met: +5.0."),
        (compared(6, "clear-signal", n=99), "not-measurable", "Cannot be said: +6.0, of fewer than a hundred people."),
        (compared(1, "clear-signal", n=99), "not-met", "Not met: +1.0."),
        (compared(4.99, "clear-signal"), "not-met", "Not met: +4.99."),
        (compared(-6, "clear-signal"), "not-met", "Not met: −6.0."),
        (compared(6, "no-clear-difference"), "not-measurable", f"Cannot be said: +6.0, {CHANCE}"),
        (compared(6, None), "not-measurable", f"Cannot be said: +6.0, {CHANCE}"),
        (compared(1, "no-clear-difference"), "not-met", "Not met: +1.0."),
        (
            WithheldChange(reason="not-representative"),
            "not-measurable",
            "Not measurable: fewer than half answered.",
        ),
        (IncomparableChange(reason="items-differ"), "not-measurable", "Not measurable: the questions were different."),
        (ProtectedChange(reported_at=None), "not-measurable", "Not measurable: the figure is protected."),
        ("not-asked", "not-measurable", "Not measurable: this wave did not ask for it."),
        ("no-baseline", "not-measurable", "Not measurable: there is no released baseline."),
    ],
)
def test_a_change_is_a_success_with_a_signal_only(cell: Any, verdict: str, text: str) -> None:
    """What may be chance is told and is neither success nor failure; what stayed below is a failure."""
    criterion = ChangeCriterion(**ASKED, at_least=5)
    judged = evaluation.judge_criterion(criterion, "Work", evaluation.measured_change(cell), "en")

    detectable = cell.minimal_detectable_change if isinstance(cell, ComparedChange) else None
    assert (verdict, text, detectable) == (judged.verdict, judged.text, judged.minimal_detectable_change)


@pytest.mark.parametrize(("rate", "verdict"), [(70.0, "met"), (69.99, "not-met"), (None, "not-measurable")])
def test_participation(rate: float | None, verdict: str) -> None:
    """By the rate of the post-measurement; without one it cannot be said."""
    response = PublishedResponse(respondents=7, invited=10, rate=rate, coverage="all", warnings=())
    measured = evaluation.measured_rate(response, "no-post-measurement")

    assert verdict == evaluation.judge_criterion(ParticipationCriterion(at_least=70), "", measured, "en").verdict


def test_participation_that_is_protected_or_not_there() -> None:
    """Each with its own reason."""
    criterion = ParticipationCriterion(at_least=70)
    texts = [
        evaluation.judge_criterion(criterion, "", evaluation.measured_rate(response, "no-post-measurement"), "nl").text
        for response in (ProtectedCell(reported_at=None), None)
    ]

    assert [
        "Niet te meten: het cijfer is beschermd.",
        "Niet te meten: er is nog geen vrijgegeven nameting.",
    ] == texts


def test_a_score_and_a_goal_are_reached_at_their_value() -> None:
    """At least means at least; the value where the goal began stands beside it."""
    at, below = evaluation.Measured(60, None), evaluation.Measured(59.9, None)
    score = ScoreCriterion(**ASKED, at_least=60)
    goal = Goal(title="G", goal="g", kpi="k", metric=BlockMetric(**ASKED), target=60, risk_id=None)
    judged = [evaluation.judge_goal(goal, below, value, "nl") for value in (at, below)]

    assert ["met", "not-met"] == [
        evaluation.judge_criterion(score, "Werk", value, "nl").verdict for value in (at, below)
    ]
    assert [("met", 59.9, 60.0), ("not-met", 59.9, 59.9)] == [
        (one.verdict, one.baseline, one.current) for one in judged
    ]
    assert "Niet gehaald: 59,9." == judged[1].text


@pytest.mark.parametrize(
    ("criterion", "nl", "en"),
    [
        (
            ParticipationCriterion(at_least=70),
            "Minstens 70 % van de uitgenodigden doet mee",
            "At least 70 % of those invited take part",
        ),
        (ScoreCriterion(**ASKED, at_least=62.5), "“Werk” minstens 62,5", "“Werk” at least 62.5"),
        (
            ChangeCriterion(**ASKED, at_least=5),
            "“Werk” minstens 5 punten hoger dan in de nulmeting",
            "“Werk” at least 5 points higher than in the baseline",
        ),
    ],
)
def test_a_criterion_says_what_was_wanted(criterion: Any, nl: str, en: str) -> None:
    """In the caller's language, with the block by its name."""
    nothing = evaluation.Measured(None, "no-post-measurement")
    titles = [evaluation.judge_criterion(criterion, "Werk", nothing, language).title for language in ("nl", "en")]

    assert [nl, en] == titles
