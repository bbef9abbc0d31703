"""The shape of an event: CloudEvents 1.0 in structured JSON, thin on purpose."""

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from msgspec import Meta

from peil.structs import Value


class EventContent(Value, frozen=True, kw_only=True):
    """What an event carries: the state of its subject, never a count."""

    state: Annotated[str | None, Meta(description="State of the subject after the event; null: it has none.")]


class Event(Value, frozen=True, kw_only=True, rename=None):
    """Something that happened (CloudEvents 1.0)."""

    specversion: Literal["1.0"]
    id: UUID
    source: Annotated[str, Meta(description="The employer: /employers/{employerId}.")]
    type: Annotated[str, Meta(description="nl.peil. and a name of the event catalogue.")]
    subject: Annotated[str, Meta(description="What it is about: kind/id.")]
    time: Annotated[datetime, Meta(description="By the employer's clock.")]
    datacontenttype: Literal["application/json"]
    data: EventContent


class EventMeaning(Value, frozen=True, kw_only=True):
    """An event of the catalogue."""

    name: Annotated[str, Meta(description="`type` of the event without nl.peil.")]
    meaning: Annotated[str, Meta(description="What has happened, in the caller's language.")]


class EventCatalogue(Value, frozen=True, kw_only=True):
    """Every event that there can be."""

    types: Annotated[list[EventMeaning], Meta(description="By name.")]


class Feed(Value, frozen=True, kw_only=True):
    """Events from a cursor on; unlike a page it always has a cursor, from which the next poll goes on."""

    items: list[Event]
    cursor: Annotated[str, Meta(description="Where the next poll begins.")]
    more: Annotated[bool, Meta(description="True: there is more already; false: poll again later.")]
