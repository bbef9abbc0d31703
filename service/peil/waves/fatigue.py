"""Whether anybody would be asked too much: a matter of units and kinds of employment, never of a person.

A person belongs to one unit and is of one kind of employment, so everybody who is asked by the same waves can be
judged at once. What counts is being asked; whether anybody took part is not known here.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from typing import NamedTuple
from uuid import UUID

from peil.errors import Conflict, Finding
from peil.waves.series_model import FatigueBudget


class Asking(NamedTuple):
    """A time of asking; `wave_id` None: it has none yet. `unit_ids`, `types` None: all."""

    wave_id: UUID | None
    opens_at: datetime
    items: int
    unit_ids: Collection[UUID] | None
    types: Collection[str] | None


def check_budget(
    plan: Sequence[Asking], others: Sequence[Asking], parents: Mapping[UUID, UUID | None], budget: FatigueBudget
) -> None:
    """Nobody is asked more than the budget by `plan` and `others` together; `parents`: today's tree.

    Raises Conflict `fatigue-budget` with a finding per wave, or day of the plan, that has a part in it.
    """
    colliding = collisions(plan, others, parents, budget)
    if colliding:
        raise Conflict(
            "fatigue-budget",
            *map(_finding, colliding),
            waves=budget.waves,
            items=budget.items,
            days=budget.days,
        )


def collisions(
    plan: Sequence[Asking], others: Sequence[Asking], parents: Mapping[UUID, UUID | None], budget: FatigueBudget
) -> list[Asking]:
    """Everything that is asked in a period in which the plan makes it too much for somebody, in its order."""
    tagged = sorted(
        [*((one, True) for one in plan), *((one, False) for one in others)],
        key=lambda pair: (pair[0].opens_at, str(pair[0].wave_id)),
    )
    every, is_planned = [one for one, _ in tagged], [planned for _, planned in tagged]
    found: set[int] = set()
    for places in _audiences(every, parents):
        for period in _periods(every, sorted(places), timedelta(days=budget.days)):
            items = sum(every[place].items for place in period)
            is_too_much = len(period) > budget.waves or items > budget.items
            if is_too_much and any(is_planned[place] for place in period):
                found.update(period)
    return [every[place] for place in sorted(found)]


def _audiences(every: Sequence[Asking], parents: Mapping[UUID, UUID | None]) -> set[frozenset[int]]:
    """By which askings somebody can be asked, each combination once."""
    everywhere = frozenset(place for place, asking in enumerate(every) if asking.unit_ids is None)
    at: dict[UUID, set[int]] = {}
    for place, asking in enumerate(every):
        for unit_id in asking.unit_ids or ():
            at.setdefault(unit_id, set()).add(place)
    of_units = {everywhere | _above(unit_id, parents, at) for unit_id in parents} or {everywhere}
    kinds = {None, *(kind for asking in every for kind in asking.types or ())}
    return {frozenset(place for place in places if _asks(every[place], kind)) for places in of_units for kind in kinds}


def _above(unit_id: UUID | None, parents: Mapping[UUID, UUID | None], at: Mapping[UUID, set[int]]) -> set[int]:
    """The askings of a unit and of every unit above it."""
    found: set[int] = set()
    while unit_id is not None:
        found |= at.get(unit_id, set())
        unit_id = parents.get(unit_id)
    return found


def _asks(asking: Asking, kind: str | None) -> bool:
    """Whether people of a kind of employment are asked; None: of a kind that nothing names."""
    return asking.types is None or kind in asking.types


def _periods(every: Sequence[Asking], places: Sequence[int], length: timedelta) -> Iterator[list[int]]:
    """What is asked in the periods that begin with each of these, which are in the order of time."""
    for start, first in enumerate(places):
        ends = every[first].opens_at + length
        yield [place for place in places[start:] if every[place].opens_at < ends]


def _finding(asking: Asking) -> Finding:
    on = asking.opens_at.date().isoformat()
    if asking.wave_id is None:
        return Finding("/plan", "asked-by-plan", {"on": on, "items": asking.items})
    return Finding(f"/waves/{asking.wave_id}", "asked-by-wave", {"on": on, "items": asking.items})
