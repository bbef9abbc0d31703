"""How far two waves asked the same population, by what their releases publish and nothing else."""

from collections.abc import Collection, Mapping, Sequence
from uuid import UUID

from peil.aggregates.changes.model import Drift
from peil.aggregates.model import StoredScores
from peil.releases.cells_model import PublishedResponse


def drift(earlier: Sequence[StoredScores], later: Sequence[StoredScores]) -> dict[UUID, Drift]:
    """Of every unit of which both waves tell how many were invited; both in the order of their trees.

    Units beneath count where they have figures of their own: a protected one is not told of.
    """
    before = {unit.unit_id: unit for unit in earlier}
    gone = _beneath(earlier, {unit.unit_id for unit in later})
    new = _beneath(later, before)
    told: dict[UUID, Drift] = {}
    for unit in later:
        known = before.get(unit.unit_id)
        invited = None if known is None else _invited(known), _invited(unit)
        if invited[0] is not None and invited[1] is not None:
            told[unit.unit_id] = Drift(
                before=invited[0], after=invited[1], added=new[unit.unit_id], removed=gone[unit.unit_id]
            )
    return told


def _invited(unit: StoredScores) -> int | None:
    response = unit.content.response
    return response.invited if isinstance(response, PublishedResponse) else None


def _beneath(units: Sequence[StoredScores], known: Collection[UUID]) -> Mapping[UUID, int]:
    """Per unit, how many beneath it have figures of their own and are not `known` to the other tree."""
    counts = dict.fromkeys((unit.unit_id for unit in units), 0)
    # Backwards, children come before their parents.
    for unit in reversed(units):
        if unit.parent_id is not None:
            is_new = unit.unit_id not in known and isinstance(unit.content.response, PublishedResponse)
            counts[unit.parent_id] += counts[unit.unit_id] + is_new
    return counts
