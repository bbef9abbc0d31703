"""The shapes of vendors, and of the link between a vendor and an employer."""

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from msgspec import Meta

from peil.structs import Name, Value

VendorState = Literal["active", "revoked"]
LinkState = Literal["waiting", "active", "ended"]


class VendorNew(Value, frozen=True, kw_only=True):
    """A vendor to create."""

    name: Name


class Vendor(Value, frozen=True, kw_only=True):
    """A company whose product embeds Peil for many employers."""

    vendor_id: UUID
    name: str
    state: Annotated[VendorState, Meta(title="VendorState", description="revoked: its clients get no token any more.")]
    created_at: datetime


class VendorLinkNew(Value, frozen=True, kw_only=True):
    """Which vendor is to act for the employer."""

    vendor_id: UUID


class VendorLink(Value, frozen=True, kw_only=True):
    """That a vendor acts for an employer, will when that is confirmed, or did."""

    employer_id: UUID
    employer_name: Annotated[str | None, Meta(description="null: to the vendor, while the link is not active.")]
    external_id: Annotated[str | None, Meta(description="The vendor's own id for the employer, if it created it.")]
    vendor_id: UUID
    vendor_name: str
    state: Annotated[
        LinkState,
        Meta(title="LinkState", description="waiting: for an administrator of the employer; only active gives tokens."),
    ]
    created_at: Annotated[datetime, Meta(description="When it was asked for, the last time.")]
    confirmed_at: Annotated[
        datetime | None, Meta(description="When it became active; null: it has not been confirmed.")
    ]
    ended_at: Annotated[datetime | None, Meta(description="When the employer, the vendor or the operator ended it.")]
