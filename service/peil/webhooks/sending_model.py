"""What goes to an endpoint, and what became of it, in words of our own."""

from datetime import datetime, timedelta
from typing import Literal
from uuid import UUID

import msgspec

from peil.webhooks.events import StoredEvent

Outcome = Literal[
    "delivered",
    "gone",
    "refused",
    "redirected",
    "timeout",
    "unreachable",
    "not-public",
    "tls",
    "too-large",
    "endpoint-gone",
    "endpoint-failing",
    "link-ended",
]
"""delivered: 2xx; gone: 410; redirected: 3xx; refused: any other status. The next five: there was no such answer.

The last three came to deliveries that waited when their endpoint was disabled, or its vendor could act no more.
"""
Disabled = Literal["gone", "failing", "link-ended"]


class Target(msgspec.Struct, frozen=True, kw_only=True):
    """An endpoint as the worker needs it."""

    endpoint_id: UUID
    url: str
    state: Literal["waiting", "active", "disabled"]
    disabled_for: Disabled | None
    own_vendor_id: UUID | None
    """The vendor whose own endpoint it is; None: it is the employer's."""
    made_by: UUID | None
    """The vendor that made it, or whose own it is; None: none."""
    may_act: bool
    """False: it is of a vendor, or was made by one, which the employer does not let act now."""


class Claimed(StoredEvent, frozen=True, kw_only=True):
    """A delivery in hand: its event, and what was tried before."""

    attempts: int
    """Before this one."""
    created_at: datetime


class Batch(msgspec.Struct, frozen=True, kw_only=True):
    """What goes to one endpoint now, each about something else."""

    target: Target
    claimed_at: datetime
    """In real time; who records must still be the one who claimed then."""
    secret_ids: list[UUID]
    """By which it is signed, oldest first."""
    claimed: list[Claimed]


class Sent(msgspec.Struct, frozen=True, kw_only=True):
    """What an attempt came to."""

    delivery: Claimed
    outcome: Outcome
    status: int | None
    milliseconds: int
    retry_after: timedelta | None
    """How long the receiver asked us to wait; None: it did not."""
