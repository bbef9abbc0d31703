"""The shapes of audit rows, and of what is asked of them."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from msgspec import Meta, field

from peil.exported import Separator
from peil.paging import PageQuery
from peil.structs import Moment, Value

Since = Annotated[Moment | None, Meta(description="Only what was done at this moment or after.")]
Until = Annotated[Moment | None, Meta(description="Only what was done before this moment.")]
ByActor = Annotated[UUID | None, Meta(description="Only what this client, person, connection or the worker did.")]
OfKind = (
    Annotated[str, Meta(max_length=100, pattern=r"^[a-z][a-z_]*(?![\s\S])", description="Only this, as in `event`.")]
    | None
)
ToResource = (
    Annotated[
        str,
        Meta(
            max_length=300,
            pattern=r"^[a-z][A-Za-z0-9:._/-]*(?![\s\S])",
            description="Only what was done to this: `waves`, or `waves/` and an id, with what belongs to it.",
        ),
    ]
    | None
)


class AuditQuery(PageQuery, frozen=True, kw_only=True):
    """Which audit rows."""

    from_: Since = field(name="from", default=None)
    to: Until = None
    actor: ByActor = None
    event: OfKind = None
    resource: ToResource = None


class AuditExportQuery(Value, frozen=True, kw_only=True):
    """Which audit rows, and how a table is written."""

    from_: Since = field(name="from", default=None)
    to: Until = None
    actor: ByActor = None
    event: OfKind = None
    resource: ToResource = None
    separator: Separator = None


class AuditEntry(Value, frozen=True, kw_only=True):
    """Who did what: opaque ids only, and never anything near an answer."""

    audit_id: UUID
    employer_id: Annotated[UUID | None, Meta(description="In whose chain it is; null: in that of a vendor.")]
    vendor_id: Annotated[
        UUID | None,
        Meta(
            description="In whose chain it is; null: in that of an employer. "
            "The zero UUID: in that of the operator, of its own clients."
        ),
    ]
    position: Annotated[int, Meta(description="Place in the chain, from 1.")]
    at: Annotated[datetime, Meta(description="By the employer's clock; where there is none, in real time.")]
    actor_kind: Annotated[
        str,
        Meta(description="client, operator (its client), person, provisioning (a SCIM connection) or worker."),
    ]
    actor_id: Annotated[
        UUID,
        Meta(description="The zero UUID: the worker, or the operator on its own machine, where nobody signs in."),
    ]
    event: Annotated[
        str,
        Meta(description="Name of the operation; of a SCIM connection what it did, such as deactivate_scim_user."),
    ]
    subject: Annotated[str, Meta(description="What it was done to: kind/id.")]
    hash: Annotated[str, Meta(description="SHA-256 over the hash before and this entry, in hexadecimal.")]


class AuditExport(Value, frozen=True, kw_only=True):
    """The audit trail, or a part of it, to be kept; whole parts of the chain can be verified without this service."""

    entries: Annotated[list[AuditEntry], Meta(description="In the order of the chain, 100,000 at most.")]
