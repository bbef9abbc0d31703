"""The shape of an audit row."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from msgspec import Meta

from peil.structs import Value


class AuditEntry(Value, frozen=True, kw_only=True):
    """Who did what: opaque ids only, and never anything near an answer."""

    audit_id: UUID
    position: Annotated[int, Meta(description="Place in the employer's chain, from 1.")]
    at: Annotated[datetime, Meta(description="By the employer's clock.")]
    actor_kind: Annotated[str, Meta(description="client, person, provisioning (a SCIM connection) or worker.")]
    actor_id: UUID
    event: Annotated[str, Meta(description="Name of the operation.")]
    subject: Annotated[str, Meta(description="What it was done to: kind/id.")]
    hash: Annotated[str, Meta(description="SHA-256 over the hash before and this entry, in hexadecimal.")]
