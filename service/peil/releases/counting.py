"""Counts the answers of a wave as they come in; the counts stay in raw cells until protected."""

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple
from uuid import UUID

from peil.errors import Finding, Invalid
from peil.releases.model import BlockScoring, ChoiceScoring, RawCell
from peil.releases.protection import grain

# By item key; None or absent: not answered, or "prefer not to say".
Answers = Mapping[str, int | None]


class _ItemPlan(NamedTuple):
    """Where each answer to an item is counted, and how many points of the block's grain it is worth."""

    key: str
    worth: dict[int, tuple[int, int]]


class Tally:
    """Raw cells per reporting group: of all respondents, and per block or choice of those who answered all of it.

    The groups are in the order of `invited`.

    It grows with every batch that is added, and keeps none of the answers.
    """

    __slots__ = ("_groups", "_plans", "blocks", "respondents")

    def __init__(self, invited: Mapping[UUID, int], blocks: Sequence[BlockScoring | ChoiceScoring]) -> None:
        self._plans = [_plan(block) for block in blocks]
        self.respondents = [RawCell(0) for _ in invited]
        self.blocks = [[RawCell(_width(block)) for _ in invited] for block in blocks]
        each = zip(self.respondents, invited.values(), *self.blocks, strict=True)
        self._groups = {group: (cell, most, cells) for group, (cell, most, *cells) in zip(invited, each, strict=True)}

    def add(self, responses: Iterable[tuple[UUID, Answers]]) -> None:
        """Reads `responses` once.

        Raises Invalid `unknown-group`, `unknown-answer` (outside 1 … points), `more-responses-than-invited`; none
        says which answer it was, and the tally is of no more use.
        """
        for group, answers in responses:
            if group not in self._groups:
                raise Invalid(Finding("/responses", "unknown-group"))
            respondents, most, cells = self._groups[group]
            if respondents.n == most:
                raise Invalid(Finding("/responses", "more-responses-than-invited"))
            respondents.n += 1
            for plan, cell in zip(self._plans, cells, strict=True):
                _count(plan, cell, answers)


def _count(plan: Sequence[_ItemPlan], cell: RawCell, answers: Answers) -> None:
    """Count one person for one block, if every item of it is answered."""
    points = 0
    slots = []
    for item in plan:
        answer = answers.get(item.key)
        if answer is None:
            return
        if answer not in item.worth:
            raise Invalid(Finding("/responses", "unknown-answer"))
        slot, worth = item.worth[answer]
        slots.append(slot)
        points += worth
    for slot in slots:
        cell.counts[slot] += 1
    cell.n += 1
    cell.total += points
    cell.squares += points * points


def _width(block: BlockScoring | ChoiceScoring) -> int:
    return block.options if isinstance(block, ChoiceScoring) else grain(block).offsets[-1]


def _plan(block: BlockScoring | ChoiceScoring) -> list[_ItemPlan]:
    if isinstance(block, ChoiceScoring):
        return [_ItemPlan(block.key, {code: (code - 1, 0) for code in range(1, block.options + 1)})]
    scale = grain(block)
    plans = []
    for item, offset, factor in zip(block.items, scale.offsets, scale.factors, strict=False):
        steps = {answer: item.points - answer if item.reverse else answer - 1 for answer in range(1, item.points + 1)}
        worth = {answer: (offset + step, factor * step) for answer, step in steps.items()}
        plans.append(_ItemPlan(item.key, worth))
    return plans
