"""What a widget token is asked for and granted, and on whose behalf a token speaks."""

from typing import Annotated, Literal
from uuid import UUID

from msgspec import Meta

from peil.access.model import Origin
from peil.structs import Value

WIDGETS = "widgets:read"
"""The one scope of a widget token: it opens the widgets, and they look as whoever had the token made."""
DETAILS_TYPE = "peil_widget"

View = Literal["team", "aggregate", "trend", "charts", "participation", "agenda", "actions", "support-routes", "waves"]
Views = Annotated[list[View], Meta(min_length=1, max_length=9)]
Units = Annotated[list[UUID], Meta(min_length=1, max_length=50)]
Minutes = Annotated[int, Meta(ge=5, le=15)]


class WidgetAsked(Value, frozen=True, kw_only=True):
    """The one object of `authorization_details` (RFC 9396, section 2) when a token is exchanged for a widget's."""

    type: Literal["peil_widget"]
    views: Views
    units: Annotated[Units | None, Meta(description="null: the person's own, and those the person manages.")] = None
    origin: Annotated[Origin | None, Meta(description="Where the page is; null: where the request comes from.")] = None
    minutes: Annotated[Minutes, Meta(description="How long it is good for, unless what it is made of ends first.")] = 10


class WidgetGranted(Value, frozen=True, kw_only=True):
    """What a widget token shows, and to which page: told beside the token, and kept in it."""

    type: Literal["peil_widget"]
    views: list[View]
    units: list[UUID]
    origin: str


class Behalf(Value, frozen=True, kw_only=True):
    """Who had a token made, so that each use can look up again what they may see.

    `roles` are those that the issuer's mapping gave the person; `scopes` those of the token of ours that it was made
    of, none where it was made of a token of the person's own sign-in: then it is all that the roles give.
    """

    subject: UUID
    issuer_id: Annotated[UUID | None, Meta(description="null: the client itself.")]
    roles: list[str]
    scopes: list[str]
    sources: Annotated[
        list[str], Meta(description="The `jti` of each token of ours that it was made of: with one of them it ends.")
    ] = []
