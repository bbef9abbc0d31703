"""An event as it is stored, and the envelope in which it is told: the same in the feed and in a delivery."""

from datetime import datetime
from uuid import UUID

import msgspec

from peil.webhooks.model import Event, EventContent


class StoredEvent(msgspec.Struct, frozen=True, kw_only=True):
    """An event as it is stored, in its place."""

    employer_id: UUID
    event_id: UUID
    at: datetime
    type: str
    subject: str
    state: str | None
    position: int


def event_of(stored: StoredEvent) -> Event:
    """What is told of a stored event (CloudEvents 1.0, structured JSON)."""
    return Event(
        specversion="1.0",
        id=stored.event_id,
        source=f"/employers/{stored.employer_id}",
        type=f"nl.peil.{stored.type}",
        subject=stored.subject,
        time=stored.at,
        datacontenttype="application/json",
        data=EventContent(state=stored.state),
    )
