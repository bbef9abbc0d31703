"""What an endpoint may ask for, and what its receiver has to answer in the handshake."""

from collections.abc import Iterator, Mapping

from peil.errors import Finding, repeated_items, unknown_items
from peil.webhooks.catalogue import EVENTS
from peil.webhooks.endpoints.model import WebhookEndpointNew

MOST_ENDPOINTS = 10
"""Of one employer."""
REQUEST_ORIGIN = "WebHook-Request-Origin"
ALLOWED_ORIGIN = "WebHook-Allowed-Origin"


def type_findings(said: WebhookEndpointNew) -> Iterator[Finding]:
    """Types that are not in the catalogue, or there twice."""
    yield from unknown_items(said.types, EVENTS, "/types", "unknown-event-type")
    yield from repeated_items(said.types, "/types")


def handshake_finding(status: int, headers: Mapping[str, str], origin: str) -> Finding | None:
    """Why an answer does not agree to be sent events from `origin`; None: it does.

    CloudEvents 1.0, HTTP 1.1 Web Hooks, section 4. `headers` are looked up in any case.
    """
    if not 200 <= status < 300:
        return Finding("/url", "receiver-refuses", {"status": status})
    allowed = headers.get(ALLOWED_ORIGIN)
    if allowed is None:
        return Finding("/url", "receiver-allows-nobody", {"origin": origin})
    if allowed.strip().lower() not in ("*", origin.lower()):
        return Finding("/url", "receiver-allows-another", {"origin": origin})
    return None
