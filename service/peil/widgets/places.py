"""Which unit a widget is about, and whether its caller may see it: as whoever had its token made, each time anew."""

from collections.abc import Iterator, Sequence
from itertools import groupby
from uuid import UUID

from peil.access.widget_model import WIDGETS, View
from peil.actor import Reach
from peil.errors import Denied, Finding, Invalid, NotFound
from peil.operation import Transaction
from peil.widgets import queries
from peil.widgets.rules import Place, sees


async def enter(tx: Transaction, view: View, unit_id: UUID | None) -> Place:
    """The unit that a widget is about; from here on the transaction looks as the person or client behind its token.

    Raises Denied for a view that the token does not name, Invalid where the unit has to be named, and NotFound.
    """
    widget = tx.actor.widget
    offered: Sequence[UUID] = own_of(tx)
    if widget is not None:
        if view not in widget.views:
            raise Denied
        offered = widget.units
        tx.act_for(widget.maker, WIDGETS)
    if unit_id is None and len(offered) != 1:
        raise Invalid(Finding("/query/unit", "which-unit"))
    wanted = offered[0] if unit_id is None else unit_id
    if widget is not None and wanted not in offered:
        raise NotFound
    found = await places_in_reach(tx, [wanted])
    if not found:
        raise NotFound
    return found[0]


def own_of(tx: Transaction) -> list[UUID]:
    """The units a person belongs to and those the person manages; a client has none."""
    return sorted(tx.actor.units | tx.actor.managed)


async def places_in_reach(tx: Transaction, unit_ids: Sequence[UUID]) -> list[Place]:
    """Those of these units that are there today and that the caller may see."""
    own = own_of(tx) if tx.reach < Reach.EMPLOYER else []
    steps = await queries.select_paths(tx, tx.employer_id, [*unit_ids, *own], tx.now.date())
    places = {place.unit_id: place for place in _places(steps)}
    standing = [places[unit_id] for unit_id in own if unit_id in places]
    wanted = [places[unit_id] for unit_id in dict.fromkeys(unit_ids) if unit_id in places]
    return [place for place in wanted if sees(tx.reach, place, standing, tx.actor.managed)]


def _places(steps: Sequence[queries.Step]) -> Iterator[Place]:
    for start, way in groupby(steps, lambda step: step.start):
        path = list(way)
        yield Place(start, path[0].name, tuple(step.unit_id for step in path))
