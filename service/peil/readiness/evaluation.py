"""Judges an edition: its success criteria and goals, by what releases say of the whole organisation."""

from collections.abc import Mapping
from typing import NamedTuple

from peil.aggregates.changes.model import ChangeCell, IncomparableChange, ProtectedChange, WithheldChange
from peil.aggregates.statistics.significance import FEWEST_FOR_A_CLAIM
from peil.aggregates.words import detectable, number
from peil.campaigns.model import ChangeCriterion, Criterion, Goal, ParticipationCriterion, ScoreCriterion
from peil.readiness.model import CriterionKind, EvaluatedCriterion, EvaluatedGoal, Verdict
from peil.releases.cells_model import ProtectedCell, ResponseCell

Text = Mapping[str, str]

_TEXTS: dict[str, Text] = {
    "met": {"nl": "Gehaald: {value}.", "en": "Met: {value}."},
    "not-met": {"nl": "Niet gehaald: {value}.", "en": "Not met: {value}."},
    "no-post-measurement": {
        "nl": "Niet te meten: er is nog geen vrijgegeven nameting.",
        "en": "Not measurable: there is no released post-measurement yet.",
    },
    "no-baseline": {
        "nl": "Niet te meten: er is geen vrijgegeven nulmeting.",
        "en": "Not measurable: there is no released baseline.",
    },
    "no-wave": {
        "nl": "Niet te meten: er is nog geen vrijgegeven meting van deze soort.",
        "en": "Not measurable: no wave of this kind was released yet.",
    },
    "not-asked": {
        "nl": "Niet te meten: deze meting vroeg er niet naar.",
        "en": "Not measurable: this wave did not ask for it.",
    },
    "other-items": {
        "nl": "Niet te meten: de vragen waren anders.",
        "en": "Not measurable: the questions were different.",
    },
    "protected": {
        "nl": "Niet te meten: het cijfer is beschermd.",
        "en": "Not measurable: the figure is protected.",
    },
    "not-representative": {
        "nl": "Niet te meten: minder dan de helft antwoordde.",
        "en": "Not measurable: fewer than half answered.",
    },
    "too-few": {
        "nl": "Niet te zeggen: {value}, van minder dan honderd mensen.",
        "en": "Cannot be said: {value}, of fewer than a hundred people.",
    },
    "within-chance": {
        "nl": "Niet te zeggen: {value}, en dat kan toeval zijn; een verandering van minder dan {least} blijft in "
        "een groep van deze grootte meestal onopgemerkt.",
        "en": "Cannot be said: {value}, which may be chance; a change below {least} mostly goes unnoticed in a "
        "group of this size.",
    },
}


_TITLES: dict[CriterionKind, Text] = {
    "participation": {
        "nl": "Minstens {least} % van de uitgenodigden doet mee",
        "en": "At least {least} % of those invited take part",
    },
    "score": {"nl": "“{block}” minstens {least}", "en": "“{block}” at least {least}"},
    "change": {
        "nl": "“{block}” minstens {least} punten hoger dan in de nulmeting",
        "en": "“{block}” at least {least} points higher than in the baseline",
    },
}


class Measured(NamedTuple):
    """A value, or the reason why there is none; `detectable`: of a change, how large one is seen."""

    value: float | None
    reason: str | None
    detectable: float | None = None


_KINDS: dict[type[Criterion], CriterionKind] = {
    ParticipationCriterion: "participation",
    ScoreCriterion: "score",
    ChangeCriterion: "change",
}


def measured_rate(response: ResponseCell | None, otherwise: str) -> Measured:
    """How many per cent took part; `otherwise`: the reason where there is no wave."""
    if response is None:
        return Measured(None, otherwise)
    if isinstance(response, ProtectedCell) or response.rate is None:
        return Measured(None, "protected")
    return Measured(response.rate, None)


def measured_change(cell: ChangeCell | str) -> Measured:
    """The difference in points; a text in the place of the cell is the reason why there is none."""
    if isinstance(cell, str):
        return Measured(None, cell)
    if isinstance(cell, WithheldChange):
        return Measured(None, "not-representative")
    if isinstance(cell, ProtectedChange):
        return Measured(None, "protected")
    if isinstance(cell, IncomparableChange):
        return Measured(None, "other-items")
    # A difference that may be chance is told, and counts as no success; nor does one of few.
    if cell.label is None or cell.label == "no-clear-difference":
        return Measured(cell.difference, "within-chance", cell.minimal_detectable_change)
    is_claim = min(cell.before.n, cell.after.n) >= FEWEST_FOR_A_CLAIM
    return Measured(cell.difference, None if is_claim else "too-few", cell.minimal_detectable_change)


def judge_criterion(criterion: Criterion, block: str, measured: Measured, language: str) -> EvaluatedCriterion:
    """Met, not met, or not measurable and why. `block`: what its block is called, if it has one."""
    kind, verdict = _KINDS[type(criterion)], _verdict(measured, criterion.at_least)
    least = f"{criterion.at_least:g}".replace(".", "," if language == "nl" else ".")
    return EvaluatedCriterion(
        kind=kind,
        title=_TITLES[kind][language].format(least=least, block=block),
        block=None if isinstance(criterion, ParticipationCriterion) else criterion.block,
        at_least=criterion.at_least,
        value=measured.value,
        minimal_detectable_change=measured.detectable,
        verdict=verdict,
        text=_sentence(verdict, measured, language, signed=isinstance(criterion, ChangeCriterion)),
    )


def judge_goal(goal: Goal, baseline: Measured, current: Measured, language: str) -> EvaluatedGoal:
    """Whether the newest value is as good as the target."""
    verdict = _verdict(current, goal.target)
    return EvaluatedGoal(
        title=goal.title,
        kpi=goal.kpi,
        baseline=baseline.value,
        current=current.value,
        target=goal.target,
        verdict=verdict,
        text=_sentence(verdict, current, language),
    )


def _verdict(measured: Measured, at_least: float) -> Verdict:
    if measured.value is None:
        return "not-measurable"
    if measured.value < at_least:
        return "not-met"
    return "met" if measured.reason is None else "not-measurable"


def _sentence(verdict: Verdict, measured: Measured, language: str, *, signed: bool = False) -> str:
    code = verdict if verdict != "not-measurable" else measured.reason or verdict
    value = "" if measured.value is None else _exact(measured.value, language, signed=signed)
    least = "" if measured.detectable is None else detectable(measured.detectable, language)
    return _TEXTS[code][language].format(value=value, least=least)


def _exact(value: float, language: str, *, signed: bool) -> str:
    """As it was released, so that 4.99 is not told as the 5.0 that it missed."""
    return number(value, language, places=2, signed=signed).removesuffix("0")
