"""The shapes of what happens in a campaign and of what is told about it."""

from datetime import date
from typing import Annotated, Literal
from uuid import UUID

import msgspec
from msgspec import Meta

from peil.directory.model import Owner, OwnerNew
from peil.structs import Name, Slug, Value, WallTime

Variant = Literal["live", "online", "hybrid"]
CommunicationState = Literal["planned", "sent"]
Stage = Literal["before", "during", "after"]
Count = Annotated[int, Meta(ge=0, le=1_000_000)]


class ActivityNew(Value, frozen=True, kw_only=True):
    """An item of the agenda, in the time zone of the campaign."""

    kind: Annotated[Slug, Meta(description="Key of a catalogue entry of kind activity.")]
    title: Name
    on: date
    from_: WallTime = msgspec.field(name="from")
    to: WallTime
    unit_ids: Annotated[
        Annotated[list[UUID], Meta(min_length=1, max_length=1000)] | None,
        Meta(description="Units whose subtrees it is for; null: everyone."),
    ] = None
    variant: Variant = "live"
    host: Annotated[Name | None, Meta(description="Who leads it; null: not known yet.")] = None
    attended: Annotated[Count | None, Meta(description="How many came, never who; null: not counted.")] = None


class Activity(Value, frozen=True, kw_only=True):
    """An item of the agenda of a campaign."""

    activity_id: UUID
    campaign_id: UUID
    kind: str
    title: str
    on: date
    from_: str = msgspec.field(name="from")
    to: str
    unit_ids: list[UUID] | None
    variant: Variant
    host: str | None
    attended: int | None


class CommunicationNew(Value, frozen=True, kw_only=True):
    """Something to tell people about the campaign, in one channel on one day."""

    kind: Annotated[Slug, Meta(description="Key of a catalogue entry of kind communication.")]
    title: Name
    channel: Annotated[Slug, Meta(description="Where it is told: intranet, teams, e-mail, …")]
    on: date
    owner: Annotated[OwnerNew | None, Meta(description="Who sees to it; null: nobody yet.")] = None
    state: CommunicationState = "planned"
    reach: Annotated[Count | None, Meta(description="How many it reached, never who; null: not counted.")] = None


class StoredCommunication(Value, frozen=True, kw_only=True):
    """An item of the communication plan as it is stored; its stage follows from the week."""

    communication_id: UUID
    campaign_id: UUID
    kind: str
    title: str
    channel: str
    on: date
    owner: Owner | None
    state: CommunicationState
    reach: int | None


class Communication(StoredCommunication, frozen=True, kw_only=True):
    """An item of the communication plan of a campaign."""

    stage: Annotated[Stage, Meta(description="Before, during or after the week, by its date.")]
