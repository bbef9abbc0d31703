"""What was on the agendas between two waves, as far as the caller may see it: context beside their figures."""

from datetime import date
from typing import NamedTuple
from uuid import UUID

from peil.aggregates.changes.agenda import agenda_of
from peil.aggregates.changes.model import Agenda
from peil.aggregates.shelf import WaveShelf
from peil.campaigns.activities import agenda_between
from peil.campaigns.agenda_model import Activity
from peil.directory.operations import units_in_reach
from peil.directory.rules import concerns
from peil.operation import Transaction
from peil.waves.operations import find_wave
from peil.zones import day_in


class Held(NamedTuple):
    """What was on the agendas in a time, by day."""

    days: tuple[date, date]
    activities: list[Activity]

    def of(self, wave: WaveShelf, unit_id: UUID, language: str) -> Agenda:
        """What of it was for anybody of a unit, by the tree of a wave."""
        return agenda_of(unit_id, self.activities, wave.parents, self.days, language)


async def held_between(tx: Transaction, earlier: UUID, later: UUID) -> Held | None:
    """From the end of one wave to the beginning of the other; None: the caller sees no agenda."""
    before, after = await find_wave(tx, earlier), await find_wave(tx, later)
    if "activities:read" not in tx.actor.reaches or before is None or after is None:
        return None
    days = day_in(before.closes_at, before.zone), day_in(after.opens_at, after.zone)
    with tx.under("activities:read"):
        seen = await units_in_reach(tx)
    activities = await agenda_between(tx, *days)
    return Held(days, [one for one in activities if concerns(one.unit_ids, seen)])
