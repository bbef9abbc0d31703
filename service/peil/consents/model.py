"""The shapes of what the works council is asked and decides."""

from datetime import date, datetime
from typing import Annotated, Literal
from uuid import UUID

from msgspec import Meta

from peil.employers.model import Mode
from peil.structs import Sha256, Text, Value


class ConsentRequestNew(Value, frozen=True, kw_only=True):
    """A policy and a mode to put before the works council."""

    policy_version: Annotated[int, Meta(ge=1, le=1_000_000, description="The version of the thresholds it is about.")]
    mode: Annotated[Mode, Meta(description="How people will be asked; each mode needs a consent of its own.")]
    document_sha256: Annotated[Sha256, Meta(description="SHA-256 of the document that is put before the council.")]
    answer_by: Annotated[date, Meta(description="The last day of the term; the council can still decide after it.")]
    note: Annotated[Text | None, Meta(description="What the council is told beside it; null: nothing.")] = None


class ConsentDecision(Value, frozen=True, kw_only=True):
    """What the works council decides."""

    decision: Literal["consent", "refuse"]
    note: Annotated[Text | None, Meta(description="Why, or under which conditions.")] = None
    valid_until: Annotated[
        date | None, Meta(description="First day the consent no longer counts; null: no end. A refusal has none.")
    ] = None


class ConsentRequest(Value, frozen=True, kw_only=True):
    """A request for consent, and what came of it."""

    consent_request_id: UUID
    policy_version: int
    mode: Mode
    document_sha256: str
    answer_by: date
    note: str | None
    requested_on: date
    state: Annotated[
        Literal["requested", "consented", "refused", "cancelled", "withdrawn"],
        Meta(description="`withdrawn`: there was a consent, and it was taken back."),
    ]
    decided_on: date | None
    decision_note: str | None
    precondition_id: Annotated[UUID | None, Meta(description="The consent that came of it; null: none did.")]
    created_at: datetime


Stance = Literal["not-involved", "asked", "agreed", "refused", "withdrew"]
