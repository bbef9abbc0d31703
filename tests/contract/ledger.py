"""Which operation answered schemathesis with which status, written down in front of the application."""

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from peil.app import edge_route
from peil.openapi.words import camel
from peil.rest import Endpoint
from peil.routing import MalformedPathError, Routes

_PROBE = b"schemathesis"


class Ledger:
    """ASGI middleware that counts statuses per operationId, of the requests that schemathesis makes."""

    def __init__(self, application: Any, endpoints: Sequence[Endpoint]) -> None:
        self._application = application
        self._routes = Routes(edge_route(endpoint) for endpoint in endpoints)
        self._names = {(e.method, e.template): camel(e.name) for e in endpoints}
        self.seen: dict[str, dict[int, int]] = {name: defaultdict(int) for name in self._names.values()}

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        name = self._name(scope)

        async def note(message: Any) -> None:
            if name is not None and message["type"] == "http.response.start":
                self.seen[name][message["status"]] += 1
            await send(message)

        await self._application(scope, receive, note)

    def _name(self, scope: Any) -> str | None:
        if scope["type"] != "http" or _PROBE not in dict(scope["headers"]).get(b"user-agent", b""):
            return None
        try:
            found = self._routes.find(scope["raw_path"])
        except MalformedPathError:
            return None
        return None if found is None else self._names.get((scope["method"], found[0].path_template))

    def table(self) -> str:
        """A line per operation: every status it answered with, and how often."""
        return "\n".join(
            f"{name:24} {'  '.join(f'{status}×{count}' for status, count in sorted(counts.items()))}"
            for name, counts in sorted(self.seen.items())
        )

    def without_success(self) -> list[str]:
        """Operations that never answered with 2xx."""
        return sorted(name for name, counts in self.seen.items() if not any(200 <= s < 300 for s in counts))
