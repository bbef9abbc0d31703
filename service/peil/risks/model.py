"""The shapes of the register of risks: the PSA part of the RI&E."""

from datetime import date, datetime
from typing import Annotated, Literal
from uuid import UUID

from msgspec import Meta

from peil.structs import Name, Slug, Text, Value

RiskState = Literal["open", "controlled", "closed"]
Severity = Annotated[int, Meta(ge=1, le=5, description="How bad it is where it happens: 1 hardly, 5 very serious.")]
Likelihood = Annotated[int, Meta(ge=1, le=5, description="How likely it is to happen: 1 hardly ever, 5 all the time.")]
State = Annotated[
    RiskState,
    Meta(description="open: to be dealt with; controlled: measures hold it; closed: a risk no more, kept as it was."),
]

_CATEGORY = "The key of a catalogue entry of kind `risk`."
_UNITS = "Units it is about; null: the whole employer."
_VERSION = "Which version of the RI&E it stands in; null: in none yet."


class RiskNew(Value, frozen=True, kw_only=True):
    """A psychosocial risk to keep in the register; nothing in it is about a person."""

    title: Name
    category: Annotated[Slug, Meta(description=_CATEGORY)]
    description: Annotated[Text | None, Meta(description="Where and how it shows; null: the title says it.")] = None
    severity: Severity
    likelihood: Likelihood
    unit_ids: Annotated[
        Annotated[list[UUID], Meta(min_length=1, max_length=1000)] | None,
        Meta(description=_UNITS),
    ] = None
    state: State = "open"
    rie_version: Annotated[Name | None, Meta(description=_VERSION)] = None
    identified_on: Annotated[date | None, Meta(description="When it was found; null: today.")] = None


class Risk(Value, frozen=True, kw_only=True):
    """A risk in the employer's register."""

    risk_id: UUID
    title: str
    category: Annotated[str, Meta(description=_CATEGORY)]
    statutory: Annotated[bool, Meta(description="The category is one that the Working Conditions Act names.")]
    description: str | None
    severity: Severity
    likelihood: Likelihood
    unit_ids: Annotated[list[UUID] | None, Meta(description=_UNITS)]
    state: State
    rie_version: Annotated[str | None, Meta(description=_VERSION)]
    identified_on: date
    created_at: datetime
