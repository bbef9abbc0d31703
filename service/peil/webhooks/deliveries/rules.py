"""What can be sent again."""

from peil.errors import Conflict, Finding, Invalid
from peil.webhooks.deliveries.model import Replay
from peil.webhooks.endpoints.model import WebhookEndpoint

MOST_REPLAYED = 10_000
MOST_FAILED = 50


def check_period(replay: Replay) -> None:
    """Raises Invalid where no event can be in it."""
    if replay.to is not None and replay.to <= replay.from_:
        raise Invalid(Finding("/to", "ends-before-start"))


def require_active(endpoint: WebhookEndpoint) -> None:
    """Raises Conflict `webhook-endpoint-not-active`."""
    if endpoint.state != "active":
        raise Conflict("webhook-endpoint-not-active")


def require_few(found: int) -> None:
    """Raises Conflict `too-many-to-replay`."""
    if found > MOST_REPLAYED:
        raise Conflict("too-many-to-replay", limit=MOST_REPLAYED)
