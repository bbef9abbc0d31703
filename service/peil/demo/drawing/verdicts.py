"""The third part: whether the goal was reached and what was to make the edition a success came true."""

from collections.abc import Iterator

from rich.text import Text

from peil.demo.drawing.lines import heading, plain, wrapped
from peil.readiness.model import EvaluatedGoal, Evaluation


def draw_verdicts(evaluation: Evaluation, width: int) -> Iterator[Text]:
    """Goals and success criteria, each with the service's sentence."""
    yield from heading("Goal and success criteria", width)
    yield from list_verdicts(evaluation, width)


def list_verdicts(evaluation: Evaluation, width: int) -> Iterator[Text]:
    """The same without its heading."""
    for goal in evaluation.goals:
        yield from wrapped(f"Goal: {goal.title} ({_figures(goal)}). {goal.text}", width)
    for criterion in evaluation.criteria:
        yield from wrapped(f"Criterion: {_sentence(criterion.title)} {criterion.text}", width)


def _figures(goal: EvaluatedGoal) -> str:
    values = {"baseline": goal.baseline, "now": goal.current, "target": goal.target}
    told = ", ".join(f"{name} {value:.1f}" for name, value in values.items() if value is not None)
    return f"{plain(goal.kpi)}: {told}"


def _sentence(title: str) -> str:
    return title if title.endswith(("?", "!")) else f"{title}."
