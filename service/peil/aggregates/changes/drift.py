"""How far two waves asked the same population, by what their releases publish and nothing else."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from uuid import UUID

from peil.aggregates.changes.model import Drift
from peil.aggregates.model import StoredScores
from peil.releases.cells_model import PublishedResponse

Units = Mapping[UUID, StoredScores]


def drift(earlier: Sequence[StoredScores], later: Sequence[StoredScores]) -> dict[UUID, Drift]:
    """Of every unit of which both waves tell how many were invited.

    Units beneath count where they have figures of their own: a protected one is not told of. One that moved left a
    unit and came to another, and is neither for those above both.
    """
    before, after = ({unit.unit_id: unit for unit in units} for units in (earlier, later))
    came, left = _only_here(after, before), _only_here(before, after)
    told: dict[UUID, Drift] = {}
    for unit_id in after.keys() & before.keys():
        invited = _invited(before[unit_id]), _invited(after[unit_id])
        if invited[0] is not None and invited[1] is not None:
            told[unit_id] = Drift(
                invited_before=invited[0], invited_after=invited[1], added=came[unit_id], removed=left[unit_id]
            )
    return told


def _invited(unit: StoredScores) -> int | None:
    response = unit.content.response
    return response.invited if isinstance(response, PublishedResponse) else None


def _only_here(here: Units, there: Units) -> Counter[UUID]:
    """Per unit, how many have figures of their own and stand beneath it here, and not there."""
    counts: Counter[UUID] = Counter()
    for unit_id, unit in here.items():
        if isinstance(unit.content.response, PublishedResponse):
            elsewhere = set(_above(unit_id, there))
            counts.update(above for above in _above(unit_id, here) if above not in elsewhere)
    return counts


def _above(unit_id: UUID, units: Units) -> Iterator[UUID]:
    """The units above one; none where it is not there."""
    unit = units.get(unit_id)
    while unit is not None and unit.parent_id is not None:
        yield unit.parent_id
        unit = units[unit.parent_id]
