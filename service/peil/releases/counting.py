"""Counts the answers of a wave as they come in; the counts stay unprotected, and in memory, until a release is made."""

from collections.abc import Mapping, Sequence
from itertools import accumulate, pairwise
from typing import NamedTuple, NoReturn

import numpy as np

from peil.errors import Finding, Invalid
from peil.instruments.rules import NOT_ANSWERED
from peil.releases.model import BlockScoring, ChoiceScoring, RawCell
from peil.releases.protection import grain

# Before the counts of a block stand its respondents, and the sums of their scores and of the squares of these.
_SUMS = 3


class Counts:
    """How some responses were answered: `table[i]` is of the reporting group at `places[i]`, none twice.

    First all respondents, then what a raw cell holds of each block or choice, in whole numbers. Like a raw cell it is
    never written down; it goes from the process that opened the envelopes to the one that adds them up.
    """

    __slots__ = ("places", "table")

    def __init__(self, places: np.ndarray, table: np.ndarray) -> None:
        self.places = places
        self.table = table

    def __repr__(self) -> str:
        raise TypeError("counts are never written down")

    __str__ = __repr__

    def __format__(self, _spec: str) -> NoReturn:
        raise TypeError("counts are never written down")


class _ItemPlan(NamedTuple):
    """By answer, 1 first, where it is counted in its block and how many points of the block's grain it is worth."""

    key: str
    slots: np.ndarray
    worth: np.ndarray


class _BlockPlan(NamedTuple):
    """The items of a block or choice, and how many slots they have together."""

    items: list[_ItemPlan]
    width: int


class Counter:
    """Counts responses to one questionnaire; it keeps none of them, and goes to other processes."""

    def __init__(self, scorings: Sequence[BlockScoring | ChoiceScoring]) -> None:
        self._blocks = [_plan(scoring) for scoring in scorings]

    @property
    def edges(self) -> list[int]:
        """In the table of `Counts`, where each block or choice begins, and last where all end."""
        return list(accumulate((_SUMS + block.width for block in self._blocks), initial=1))

    def count(self, places: np.ndarray, codes: Mapping[str, np.ndarray]) -> Counts:
        """Of each response the place of its group and, by item key, the code 1 … points or NOT_ANSWERED.

        Of a block only who answered all of it counts. Raises Invalid `unknown-answer`, which does not say which.
        """
        present, groups = np.unique(places, return_inverse=True)
        parts = [np.bincount(groups, minlength=len(present))[:, np.newaxis]]
        for block in self._blocks:
            parts += _count_block(block, groups, len(present), codes)
        return Counts(present, np.hstack(parts, dtype=np.int64))


class Tally:
    """The counts of a wave, added up; reporting groups stand in the order of `invited`, the people of each."""

    __slots__ = ("_edges", "_invited", "_table")

    def __init__(self, invited: Sequence[int], counter: Counter) -> None:
        self._edges = counter.edges
        self._invited = np.array(invited, dtype=np.int64)
        self._table = np.zeros((len(invited), self._edges[-1]), dtype=np.int64)

    def add(self, counts: Counts) -> None:
        """Raises Invalid `unknown-group`, `more-responses-than-invited`; then the tally is of no more use."""
        places = counts.places
        if places.size and not 0 <= places[0] <= places[-1] < len(self._invited):
            raise Invalid(Finding("/responses", "unknown-group"))
        self._table[places] += counts.table
        if (self._table[places, 0] > self._invited[places]).any():
            raise Invalid(Finding("/responses", "more-responses-than-invited"))

    def respondents(self) -> list[RawCell]:
        """All who answered, per reporting group."""
        return [_cell(n) for n in self._table[:, 0].tolist()]

    def blocks(self) -> list[list[RawCell]]:
        """Per block or choice and reporting group, those who answered all of it."""
        return [
            [_cell(n, total, squares, counts) for n, total, squares, *counts in self._table[:, start:end].tolist()]
            for start, end in pairwise(self._edges)
        ]


def _cell(n: int, total: int = 0, squares: int = 0, counts: Sequence[int] = ()) -> RawCell:
    cell = RawCell(0)
    cell.n, cell.total, cell.squares, cell.counts = n, total, squares, list(counts)
    return cell


def _count_block(
    block: _BlockPlan, groups: np.ndarray, number: int, codes: Mapping[str, np.ndarray]
) -> list[np.ndarray]:
    """Per group its respondents, the sums of their points and of the squares of these, and the count of each slot."""
    answered = np.ones(len(groups), dtype=bool)
    for item in block.items:
        answers = codes[item.key]
        if not ((answers == NOT_ANSWERED) | (answers >= 1) & (answers <= len(item.slots))).all():
            raise Invalid(Finding("/responses", "unknown-answer"))
        answered &= answers != NOT_ANSWERED
    groups = groups[answered]
    points = np.zeros(len(groups), dtype=np.int64)
    cells = []
    for item in block.items:
        steps = codes[item.key][answered] - 1
        points += item.worth[steps]
        cells.append(groups * block.width + item.slots[steps])
    counts = np.bincount(np.concatenate(cells), minlength=number * block.width).reshape(number, block.width)
    sums = np.zeros((number, _SUMS), dtype=np.int64)
    # No weights of `bincount`: they are floating-point numbers, and every sum here is exact.
    np.add.at(sums, groups, np.stack([np.ones_like(points), points, points * points], axis=1))
    return [sums, counts]


def _plan(scoring: BlockScoring | ChoiceScoring) -> _BlockPlan:
    if isinstance(scoring, ChoiceScoring):
        options = np.arange(scoring.options)
        return _BlockPlan([_ItemPlan(scoring.key, options, np.zeros_like(options))], scoring.options)
    scale = grain(scoring)
    items = []
    for item, offset, factor in zip(scoring.items, scale.offsets, scale.factors, strict=False):
        steps = np.arange(item.points)[:: -1 if item.reverse else 1]
        items.append(_ItemPlan(item.key, offset + steps, factor * steps))
    return _BlockPlan(items, scale.offsets[-1])
