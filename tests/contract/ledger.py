"""What schemathesis was answered, by operation, written down in front of the application."""

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

import msgspec

from peil.app import edge_route
from peil.http.routing import MalformedPathError, Routes
from peil.openapi.words import camel
from peil.rest import Endpoint

_PROBE = b"schemathesis"


class Ledger:
    """ASGI middleware that keeps statuses and new things per operationId, of the requests that schemathesis makes."""

    def __init__(self, application: Any, endpoints: Sequence[Endpoint]) -> None:
        self._application = application
        self._routes = Routes(edge_route(endpoint) for endpoint in endpoints)
        self._names = {(e.method, e.template): camel(e.name) for e in endpoints}
        self.seen: dict[str, dict[int, int]] = {name: defaultdict(int) for name in self._names.values()}
        self.created: dict[str, list[Any]] = defaultdict(list)
        """Per operation what it has answered with 201."""

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        name = self._name(scope)

        status, body = 0, b""

        async def note(message: Any) -> None:
            nonlocal status, body
            if name is not None and message["type"] == "http.response.start":
                status = message["status"]
                self.seen[name][status] += 1
            elif name is not None and status == 201:
                body += message.get("body", b"")
                if not message.get("more_body", False):
                    self.created[name].append(msgspec.json.decode(body))
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

    def named(self, operation: str, member: str) -> set[Any]:
        """What stands in `member` of everything that an operation has created."""
        return {one[member] for one in self.created[operation]}

    def without_success(self) -> list[str]:
        """Operations that never answered with 2xx."""
        return sorted(name for name, counts in self.seen.items() if not any(200 <= s < 300 for s in counts))
