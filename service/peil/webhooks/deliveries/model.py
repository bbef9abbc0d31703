"""The shapes of deliveries, of the attempts at them, and of what is to be sent again."""

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from msgspec import Meta, field

from peil.paging import PageQuery
from peil.structs import Moment, Value
from peil.webhooks.model import Event

DeliveryState = Literal["waiting", "delivered", "failed"]
Outcome = Annotated[str | None, Meta(description="What the last attempt came to, in one word; null: there was none.")]


class DeliveryQuery(PageQuery, frozen=True, kw_only=True):
    """Which deliveries."""

    state: Annotated[DeliveryState | None, Meta(description="Only those in this state; none: all.")] = None


class Delivery(Value, frozen=True, kw_only=True):
    """What became of an event at an endpoint; kept for 30 days after it ended."""

    endpoint_id: UUID
    event_id: Annotated[UUID, Meta(description="The event; also the `webhook-id`, the same in every attempt.")]
    employer_id: UUID
    type: Annotated[str, Meta(description="A name of the event catalogue.")]
    subject: Annotated[str, Meta(description="What the event is about: of one subject the next waits for this.")]
    state: Annotated[DeliveryState, Meta(title="DeliveryState", description="failed: for good, until it is replayed.")]
    tries: Annotated[int, Meta(description="Attempts since it was created or replayed.")]
    created_at: Annotated[datetime, Meta(description="When it was created or last replayed.")]
    next_at: Annotated[
        datetime | None, Meta(description="When it is tried next, by the employer's clock; null: it has ended.")
    ]
    last_at: Annotated[datetime | None, Meta(description="When it was last tried; null: not yet.")]
    outcome: Outcome
    status: Annotated[int | None, Meta(description="The HTTP status of the last answer; null: there was none.")]


class StoredDelivery(Delivery, frozen=True, kw_only=True):
    """A delivery, its place in the list, and the event that it is of."""

    position: int
    event_at: datetime
    event_state: str | None

    @property
    def shown(self) -> Delivery:
        """What is said of it."""
        return Delivery(**{name: getattr(self, name) for name in Delivery.__struct_fields__})


class DeliveryAttempt(Value, frozen=True, kw_only=True):
    """One attempt: when, and what it came to; never what the receiver answered."""

    at: datetime
    outcome: str
    status: Annotated[int | None, Meta(description="The HTTP status of the answer; null: there was none.")]
    milliseconds: int


class DeliveryDetail(Delivery, frozen=True, kw_only=True):
    """A delivery with every attempt at it, and the event that it is of."""

    attempts: Annotated[list[DeliveryAttempt], Meta(description="The last first, 100 at most.")]
    event: Event


class Replay(Value, frozen=True, kw_only=True):
    """Which events are to be sent again: those of a period, by the employer's clock."""

    from_: Annotated[Moment, Meta(description="Of events at this moment or after.")] = field(name="from")
    to: Annotated[Moment | None, Meta(description="Of events before this moment; null: until now.")] = None
    state: Annotated[
        Literal["failed", "all"],
        Meta(description="failed: what failed there. all: every event of the types that go there, sent before or not."),
    ] = "failed"


class Replayed(Value, frozen=True, kw_only=True):
    """How many events are being sent again."""

    replayed: int


class EmployerDeliveries(Value, frozen=True, kw_only=True):
    """What failed at one employer: at the vendor's own endpoint, and at the employer's."""

    employer_id: UUID
    deliveries: Annotated[list[Delivery], Meta(description="The newest first, 50 at most.")]
    more: Annotated[bool, Meta(description="true: there are more; ask the endpoint for its deliveries.")]
