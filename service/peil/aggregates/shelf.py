"""Releases kept in the process: their trees, to check reach, and their bytes, ready to be sent.

A release never changes, so nothing here is ever stale; what was not read for longest is dropped.
"""

from asyncio import Lock
from collections import OrderedDict
from collections.abc import Collection, Hashable, Mapping, Sequence
from typing import NamedTuple, TypeVar
from uuid import UUID

from peil.actor import Actor, Reach
from peil.aggregates.changes.comparisons import Comparisons
from peil.aggregates.model import Shelved
from peil.aggregates.queries import Place
from peil.aggregates.telling import Estimates
from peil.aggregates.wording import Wording
from peil.instruments.model import InstrumentContent
from peil.instruments.rules import asks_comments
from peil.releases.model import BlockScoring
from peil.releases.scorings import scorings_of

T = TypeVar("T")

_MOST_BYTES = 128 * 1024 * 1024
"""Of bodies, in every language together."""
_MOST_UNITS = 500_000
"""In the trees of all waves: some 200 bytes each."""


class WaveShelf:
    """One released wave: who may see which unit, and what was read of it so far."""

    def __init__(self, tree: list[Place], questionnaire: InstrumentContent) -> None:
        self.wording = Wording(questionnaire)
        self.counted = scorings_of(questionnaire)
        """How it was counted, blocks and then choices, those of sensitive items among them."""
        self.scorings = [
            one for one in self.counted if isinstance(one, BlockScoring) and one.key in self.wording.blocks
        ]
        """Those of the blocks that have a mean."""
        self.asks_comments = asks_comments(questionnaire)
        self.order = [place.unit_id for place in tree]
        self.parents = {place.unit_id: place.parent_id for place in tree}
        self.partly_asked = frozenset(place.unit_id for place in tree if not place.whole)
        """The units of which the wave did not ask everybody."""
        self._positions = {unit_id: position for position, unit_id in enumerate(self.order)}
        self._ends = self._find_ends()
        self.estimates: Estimates | None = None
        """None: nobody asked for them yet."""
        self.estimating = Lock()
        terms = questionnaire.terms
        self.norms = {} if terms is None else {scale.block: scale.norms for scale in terms.scales}

    def sees(self, actor: Actor, reach: Reach, unit_id: UUID) -> bool:
        """Whether a unit of this wave is in reach: own units and their ancestors, managed subtrees."""
        if unit_id not in self._positions:
            return False
        if reach >= Reach.EMPLOYER:
            return True
        if reach is Reach.SUBTREE and any(self._is_beneath(unit_id, managed) for managed in actor.managed):
            return True
        return any(self._is_beneath(own, unit_id) for own in actor.units | actor.managed)

    def _is_beneath(self, unit_id: UUID, above: UUID) -> bool:
        """Whether both are in this wave, and the one is the other or under it."""
        place, start = self._positions.get(unit_id), self._positions.get(above)
        return place is not None and start is not None and start <= place < self._ends[start]

    def title(self, block: str, language: str) -> str:
        """What a block is called, in `language` if the questionnaire has it, else in its own first one."""
        return self.wording.title(block, language)

    def item_title(self, item: str, language: str) -> str:
        """What was asked, in the same way."""
        return self.wording.text(item, language)

    def in_order(self, blocks: Mapping[str, T]) -> list[tuple[str, T]]:
        """What is said of the blocks, by key, in the order in which they are asked."""
        return self.wording.in_order(blocks)

    def beneath(self, unit_id: UUID) -> list[UUID]:
        """A unit and everything under it, in the order of the tree."""
        start = self._positions[unit_id]
        return self.order[start : self._ends[start]]

    def tops(self, unit_ids: Collection[UUID]) -> list[UUID]:
        """Those of some units that are not beneath another of them, in the order of the tree."""
        found: list[UUID] = []
        end = 0
        for place in sorted(self._positions[unit_id] for unit_id in unit_ids):
            if place >= end:
                found.append(self.order[place])
                end = self._ends[place]
        return found

    def above_all(self, tops: Sequence[UUID]) -> UUID:
        """The lowest unit that is, or is above, every one of these, which are in the order of the tree."""
        at = tops[0]
        while self._ends[self._positions[at]] <= self._positions[tops[-1]]:
            above = self.parents[at]
            if above is None:
                raise RuntimeError("every unit is beneath the first one")
            at = above
        return at

    def position(self, unit_id: UUID) -> int:
        """Place of a unit in the order of the tree."""
        return self._positions[unit_id]

    def _find_ends(self) -> list[int]:
        """Per place, the place after the last unit under it. Raises ValueError where the tree is not depth-first.

        With as many places to a unit as there are units under it, and all of them within its parent's, nobody else's
        can be among them.
        """
        above = [None if one is None else self._positions[one] for one in map(self.parents.get, self.order)]
        ends = [place + 1 for place in range(len(self.order))]
        for place, parent in reversed(list(enumerate(above))):
            if parent is not None:
                ends[parent] += ends[place] - place
        if any(
            parent is not None and not parent < place < ends[place] <= ends[parent]
            for place, parent in enumerate(above)
        ):
            raise ValueError("the units are not in the order of their tree")
        return ends

    def children(self, unit_id: UUID) -> list[UUID]:
        """The units right under a unit, in the order of the tree."""
        return [one for one in self.beneath(unit_id) if self.parents[one] == unit_id]

    def path_up(self, unit_id: UUID) -> list[UUID]:
        """A unit and those above it, in the order of the tree."""
        return sorted(self._up(unit_id), key=self.position)

    def _up(self, unit_id: UUID) -> set[UUID]:
        path: set[UUID] = set()
        at: UUID | None = unit_id
        while at is not None and at in self.parents:
            path.add(at)
            at = self.parents[at]
        return path


class Label(NamedTuple):
    """What a body is: of which wave, what it tells, to whom (as far as that matters) and in which language."""

    employer_id: UUID
    wave_id: UUID
    told: Hashable
    language: str


class Shelf:
    """The released waves that this process has read, and what it has told of them."""

    def __init__(self, most_bytes: int = _MOST_BYTES, most_units: int = _MOST_UNITS) -> None:
        self._waves: OrderedDict[tuple[UUID, UUID], WaveShelf] = OrderedDict()
        self._ready: OrderedDict[Label, Shelved] = OrderedDict()
        self._most_bytes, self._most_units = most_bytes, most_units
        self._bytes = self._units = 0
        self.comparisons = Comparisons()

    def find(self, employer_id: UUID, wave_id: UUID) -> WaveShelf | None:
        """A wave that was put here; it stays longest that was asked last."""
        found = self._waves.get((employer_id, wave_id))
        if found is not None:
            self._waves.move_to_end((employer_id, wave_id))
        return found

    def put(self, employer_id: UUID, wave_id: UUID, wave: WaveShelf) -> WaveShelf:
        """Keeps a wave, in the place of those that nobody asked for longest."""
        kept = self._waves.setdefault((employer_id, wave_id), wave)
        if kept is wave:
            self._units += len(wave.order)
        while self._units > self._most_units and len(self._waves) > 1:
            _, dropped = self._waves.popitem(last=False)
            self._units -= len(dropped.order)
        return kept

    def find_ready(self, label: Label) -> Shelved | None:
        """A body that was kept; it stays longest that was asked last."""
        found = self._ready.get(label)
        if found is not None:
            self._ready.move_to_end(label)
        return found

    def keep_ready(self, label: Label, body: Shelved) -> Shelved:
        """Keeps a body, in the place of those that nobody asked for longest; never more bytes than there may be."""
        if label not in self._ready:
            self._ready[label] = body
            self._bytes += len(body.body)
        while self._bytes > self._most_bytes:
            _, dropped = self._ready.popitem(last=False)
            self._bytes -= len(dropped.body)
        return body


def sight(actor: Actor, reach: Reach) -> Hashable:
    """What decides which units of a wave somebody sees: equal for all who see the same of every wave."""
    if reach >= Reach.EMPLOYER:
        return None
    return actor.managed if reach is Reach.SUBTREE else None, actor.units | actor.managed
