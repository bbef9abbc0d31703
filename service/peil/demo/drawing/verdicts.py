"""The third part: whether the goal was reached and what was to make the edition a success came true."""

from collections.abc import Iterator, Mapping

from rich.text import Text

from peil.demo.drawing.lines import heading, plain, wrapped
from peil.readiness.model import EvaluatedCriterion, EvaluatedGoal, Evaluation


def draw_verdicts(evaluation: Evaluation, width: int) -> Iterator[Text]:
    """Goals and success criteria, each with the service's sentence."""
    yield from heading("Goal and success criteria", width)
    titles = {block.key: block.title for block in evaluation.changes}
    for goal in evaluation.goals:
        yield from wrapped(f"Goal: {goal.title} ({_figures(goal)}). {goal.text}", width)
    for criterion in evaluation.criteria:
        yield from wrapped(f"Criterion: {_wanted(criterion, titles)}. {criterion.text}", width)


def _figures(goal: EvaluatedGoal) -> str:
    values = {"baseline": goal.baseline, "now": goal.current, "target": goal.target}
    told = ", ".join(f"{name} {value:.1f}" for name, value in values.items() if value is not None)
    return f"{plain(goal.kpi)}: {told}"


def _wanted(criterion: EvaluatedCriterion, titles: Mapping[str, str]) -> str:
    """What a criterion asks for, such as a rise of a block."""
    least = f"{criterion.at_least:g}"
    if criterion.block is None:
        return f"{criterion.kind}, at least {least} %"
    return f"{criterion.kind} of “{titles.get(criterion.block, criterion.block)}”, at least {least} points"
