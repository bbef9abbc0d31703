"""Releases kept in the process: their trees, to check reach, and their bytes, ready to be sent.

A release never changes, so nothing here is ever stale; the least recently read waves are dropped.
"""

from collections import OrderedDict
from collections.abc import Mapping
from typing import TypeVar
from uuid import UUID

from peil.actor import Actor, Reach
from peil.aggregates.change_model import ItemEffect
from peil.aggregates.model import Shelved, UnitChange
from peil.aggregates.queries import Place
from peil.instruments.model import InstrumentContent
from peil.instruments.rules import scored_blocks
from peil.structs import Texts

T = TypeVar("T")

_MOST_WAVES = 200
# Per wave: the baseline, the wave before, and what somebody happens to ask.
_MOST_COMPARISONS = 4


class Comparison:
    """A released wave against an earlier one: every unit of it."""

    def __init__(self, against: UUID, units: list[UnitChange]) -> None:
        self.against = against
        self.units = {unit.unit_id: unit for unit in units}
        self.items: dict[UUID, dict[str, list[ItemEffect]]] = {}
        """Per unit that was asked for, and block."""


class WaveShelf:
    """One released wave: who may see which unit, and what was read of it so far."""

    def __init__(self, tree: list[Place], questionnaire: InstrumentContent) -> None:
        self.questionnaire = questionnaire
        self.order = [place.unit_id for place in tree]
        self.parents = {place.unit_id: place.parent_id for place in tree}
        self._positions = {unit_id: position for position, unit_id in enumerate(self.order)}
        self.ready: dict[tuple[UUID, str], Shelved] = {}
        self.comparisons: dict[UUID, Comparison] = {}
        terms = questionnaire.terms
        self.norms = {} if terms is None else {scale.block: scale.norms for scale in terms.scales}
        self._titles = {block.key: block.title for block in scored_blocks(questionnaire)}
        self._items = {item.key: item.text for item in questionnaire.items}

    def sees(self, actor: Actor, reach: Reach, unit_id: UUID) -> bool:
        """Whether a unit of this wave is in reach: own units and their ancestors, managed subtrees."""
        if unit_id not in self.parents:
            return False
        if reach >= Reach.EMPLOYER:
            return True
        if reach is Reach.SUBTREE and not actor.managed.isdisjoint(self._up(unit_id)):
            return True
        return any(unit_id in self._up(own) for own in actor.units | actor.managed)

    def title(self, block: str, language: str) -> str:
        """What a block is called, in `language` if the questionnaire has it, else in its own first one."""
        return self._in(language, self._titles[block])

    def item_title(self, item: str, language: str) -> str:
        """The text of an item, in the same way."""
        return self._in(language, self._items[item])

    def in_order(self, blocks: Mapping[str, T]) -> list[tuple[str, T]]:
        """What is said of the blocks, by key, in the order in which they are asked."""
        return [(key, blocks[key]) for key in self._titles if key in blocks]

    def keep(self, comparison: Comparison) -> Comparison:
        """Keeps a comparison, in the place of the oldest one where there are many."""
        kept = self.comparisons.setdefault(comparison.against, comparison)
        if len(self.comparisons) > _MOST_COMPARISONS:
            del self.comparisons[next(iter(self.comparisons))]
        return kept

    def position(self, unit_id: UUID) -> int:
        """Place of a unit in the order of the tree."""
        return self._positions[unit_id]

    def _in(self, language: str, texts: Texts) -> str:
        return texts.get(language) or texts[self.questionnaire.languages[0]]

    def _up(self, unit_id: UUID) -> set[UUID]:
        path: set[UUID] = set()
        at: UUID | None = unit_id
        while at is not None and at in self.parents:
            path.add(at)
            at = self.parents[at]
        return path


class Shelf:
    """The released waves that this process has read."""

    def __init__(self) -> None:
        self._waves: OrderedDict[tuple[UUID, UUID], WaveShelf] = OrderedDict()

    def find(self, employer_id: UUID, wave_id: UUID) -> WaveShelf | None:
        """A wave that was put here; it stays longest that was asked last."""
        found = self._waves.get((employer_id, wave_id))
        if found is not None:
            self._waves.move_to_end((employer_id, wave_id))
        return found

    def put(self, employer_id: UUID, wave_id: UUID, wave: WaveShelf) -> WaveShelf:
        """Keeps a wave, in the place of the one that nobody asked for longest."""
        kept = self._waves.setdefault((employer_id, wave_id), wave)
        if len(self._waves) > _MOST_WAVES:
            self._waves.popitem(last=False)
        return kept
