"""The shapes of webhook endpoints and of the secrets by which deliveries are signed."""

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from msgspec import Meta

from peil.access.clients.model import Overlap
from peil.structs import Value

EndpointState = Literal["waiting", "active", "disabled"]
DisabledFor = Literal["gone", "failing", "link-ended"]

ReceiverUrl = Annotated[
    str,
    Meta(
        min_length=8,
        max_length=2000,
        pattern=r"^https?://[A-Za-z0-9.-]+(:"
        r'(6553[0-5]|655[0-2][0-9]|65[0-4][0-9]{2}|6[0-4][0-9]{3}|[1-5][0-9]{4}|[0-9]{1,4}))?([/?][!-"$-~]*)?(?![\s\S])',
        description="https, of a public host, without credentials and fragment; http only for a loopback test.",
    ),
]
EventType = Annotated[
    str,
    Meta(
        min_length=3,
        max_length=100,
        pattern=r"^[a-z]+(-[a-z]+)*\.[a-z]+(-[a-z]+)*(?![\s\S])",
        description="A name of the event catalogue, such as wave.opened: `type` of the event without nl.peil.",
    ),
]


class WebhookEndpointNew(Value, frozen=True, kw_only=True):
    """Where events are to be pushed to, and which."""

    url: ReceiverUrl
    types: Annotated[list[EventType], Meta(max_length=200, description="Those that go there; none: all.")] = []


class WebhookSecret(Value, frozen=True, kw_only=True):
    """That an endpoint has a secret, and until when deliveries are signed by it; not the secret."""

    secret_id: UUID
    created_at: datetime
    expires_at: Annotated[datetime | None, Meta(description="When it signs no more; null: a later one was not made.")]


class WebhookEndpoint(Value, frozen=True, kw_only=True):
    """Where events are pushed to: of an employer, or the one of a vendor for all employers that let it act."""

    endpoint_id: UUID
    made_by: Annotated[
        UUID | None,
        Meta(description="The vendor that made it, with whose link it ends, or whose own it is; null: none."),
    ]
    url: str
    types: Annotated[list[str], Meta(description="Names of the event catalogue; none: all.")]
    secrets: Annotated[list[WebhookSecret], Meta(description="Those that sign, the oldest first: two in a rotation.")]
    state: Annotated[
        EndpointState,
        Meta(title="EndpointState", description="waiting: for the handshake (verify); only to an active one is sent."),
    ]
    disabled_for: Annotated[
        DisabledFor | None,
        Meta(
            title="DisabledFor",
            description="gone: it answered 410; failing: nothing was taken for days; link-ended: the vendor that made "
            "it may act no more; null: it is not disabled.",
        ),
    ]
    created_at: datetime
    verified_at: Annotated[datetime | None, Meta(description="When this URL last agreed; null: it has not.")]
    disabled_at: Annotated[datetime | None, Meta(description="When it was disabled; null: it is not.")]


class WebhookEndpointCreated(WebhookEndpoint, frozen=True, kw_only=True):
    """A new endpoint with its secret, which is shown this once."""

    secret: Annotated[str, Meta(description="whsec_…, as Standard Webhooks has it. Shown once.")]


class WebhookSecretNew(Value, frozen=True, kw_only=True):
    """A further secret, and how long deliveries are signed by the one before it as well."""

    overlap: Overlap = 604_800


class WebhookSecretCreated(WebhookSecret, frozen=True, kw_only=True):
    """A new secret of an endpoint, shown this once."""

    secret: Annotated[str, Meta(description="whsec_…, as Standard Webhooks has it. Shown once.")]
