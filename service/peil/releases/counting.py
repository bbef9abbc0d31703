"""Counts the answers of a wave as they stream in; the counts stay in raw cells until protected."""

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple
from uuid import UUID

from peil.errors import Finding, Invalid
from peil.releases.model import BlockScoring, RawCell
from peil.releases.protection import grain

# By item key; None or absent: not answered, or "prefer not to say".
Answers = Mapping[str, int | None]


class Tally(NamedTuple):
    """Raw cells per reporting group: of all respondents, and per block of those who answered all of it."""

    respondents: dict[UUID, RawCell]
    blocks: list[dict[UUID, RawCell]]


class _ItemPlan(NamedTuple):
    """Where each answer to an item is counted, and how many points of the block's grain it is worth."""

    key: str
    slots: dict[int, int]
    points: dict[int, int]


def count_responses(
    invited: Mapping[UUID, int],
    responses: Iterable[tuple[UUID, Answers]],
    blocks: Sequence[BlockScoring],
) -> Tally:
    """Reads `responses` once and keeps none of them.

    Raises Invalid `unknown-group`, `unknown-answer` (outside 1 … points), `more-responses-than-invited`;
    none says which answer it was.
    """
    plans = [_plan(block) for block in blocks]
    widths = [grain(block).offsets[-1] for block in blocks]
    respondents = {group: RawCell(0) for group in invited}
    cells = {group: [RawCell(width) for width in widths] for group in invited}
    for group, answers in responses:
        if group not in respondents:
            raise Invalid(Finding("/responses", "unknown-group"))
        respondents[group].n += 1
        for plan, cell in zip(plans, cells[group], strict=True):
            _count(plan, cell, answers)
    if any(respondents[group].n > people for group, people in invited.items()):
        raise Invalid(Finding("/responses", "more-responses-than-invited"))
    return Tally(respondents, [{group: cells[group][index] for group in invited} for index in range(len(blocks))])


def _count(plan: Sequence[_ItemPlan], cell: RawCell, answers: Answers) -> None:
    """Count one person for one block, if every item of it is answered."""
    points = 0
    slots = []
    for item in plan:
        answer = answers.get(item.key)
        if answer is None:
            return
        if answer not in item.slots:
            raise Invalid(Finding("/responses", "unknown-answer"))
        slots.append(item.slots[answer])
        points += item.points[answer]
    for slot in slots:
        cell.counts[slot] += 1
    cell.n += 1
    cell.total += points
    cell.squares += points * points


def _plan(block: BlockScoring) -> list[_ItemPlan]:
    scale = grain(block)
    plans = []
    for item, offset, factor in zip(block.items, scale.offsets, scale.factors, strict=False):
        steps = {answer: item.points - answer if item.reverse else answer - 1 for answer in range(1, item.points + 1)}
        plans.append(
            _ItemPlan(
                key=item.key,
                slots={answer: offset + step for answer, step in steps.items()},
                points={answer: factor * step for answer, step in steps.items()},
            )
        )
    return plans
