"""The shapes of support routes."""

from datetime import date
from typing import Annotated, Literal
from uuid import UUID

from msgspec import Meta

from peil.structs import Name, Text, Texts, Value

SupportRouteKind = Literal[
    "confidential-adviser",
    "reporting-route",
    "complaints-procedure",
    "prevention-officer",
    "occupational-physician",
]


class SupportRouteNew(Value, frozen=True, kw_only=True):
    """Somebody or something an employee can turn to."""

    kind: SupportRouteKind
    name: Name
    contact: Annotated[Text, Meta(description="How to reach it: a telephone number, an address, a link.")]
    explanation: Texts | None = None
    valid_until: Annotated[date | None, Meta(description="First day it is no more; null: no end known.")] = None


class SupportRoute(Value, frozen=True, kw_only=True):
    """A support route of an employer."""

    support_route_id: UUID
    kind: SupportRouteKind
    name: str
    contact: str
    explanation: Texts | None
    valid_until: date | None
