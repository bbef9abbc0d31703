"""What was on the agenda between two waves: context beside a comparison, and never its cause."""

from collections.abc import Collection, Iterator, Mapping
from datetime import date
from uuid import UUID

from peil.aggregates.changes.model import Agenda, AgendaItem
from peil.campaigns.agenda_model import Activity
from peil.directory.rules import path_up

MOST = 50
"""How many items are told beside one comparison; the agenda itself has them all."""
NOTICE = {
    "nl": "Context, geen oorzaak: dit stond tussen de twee metingen op de agenda. Of het verschil daardoor komt, is "
    "niet te zeggen.",
    "en": "Context, not cause: this was on the agenda between the two waves. Whether it made the difference cannot be "
    "told.",
}


def agenda_of(
    unit_id: UUID,
    activities: Collection[Activity],
    parents: Mapping[UUID, UUID | None],
    days: tuple[date, date],
    language: str,
) -> Agenda:
    """What was for anybody of a unit, in the order given; `parents`: the tree of the wave, `days`: first and last."""
    above = set(path_up(parents, unit_id))
    found = [one for one in activities if one.unit_ids is None or _touches(unit_id, above, one.unit_ids, parents)]
    return Agenda(
        from_=days[0],
        to=days[1],
        activities=list(_items(found[:MOST])),
        more=max(0, len(found) - MOST),
        notice=NOTICE[language],
    )


def _touches(
    unit_id: UUID, above: Collection[UUID], unit_ids: Collection[UUID], parents: Mapping[UUID, UUID | None]
) -> bool:
    """Whether something is for a unit, for one above it or for one beneath it."""
    return any(one in above or unit_id in path_up(parents, one) for one in unit_ids)


def _items(activities: Collection[Activity]) -> Iterator[AgendaItem]:
    return (
        AgendaItem(
            activity_id=one.activity_id,
            campaign_id=one.campaign_id,
            kind=one.kind,
            title=one.title,
            on=one.on,
            unit_ids=one.unit_ids,
        )
        for one in activities
    )
