"""Which pages a browser lets talk to the API: those of a registered origin, told by CORS (Fetch standard)."""

from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

from peil import clock
from peil.access import queries
from peil.database import Database
from peil.errors import Busy
from peil.http.edge import Answer, Application, Send

_REMEMBERED = 30.0
_REQUEST_HEADERS = b"accept-language, authorization, content-type, dpop, idempotency-key, if-match, if-none-match"
_EXPOSED = (
    b"access-control-expose-headers",
    b"content-disposition, etag, idempotency-replayed, link, location, retry-after, www-authenticate",
)


class Origins:
    """The origins of all active issuers, remembered for half a minute: others cost the database nothing."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._known: frozenset[str] = frozenset()
        self._until = 0.0

    def forget(self) -> None:
        """Looks them up anew, after an issuer changed."""
        self._until = 0.0

    async def knows(self, origin: str) -> bool:
        """Whether pages of any employer are there; which of them may use a token, the token's issuer says."""
        if clock.elapsed() >= self._until:
            async with self._database.transaction(None, service=True) as rows:
                self._known = frozenset(await queries.select_origins(rows))
            self._until = clock.elapsed() + _REMEMBERED
        return origin in self._known


class CrossOrigin:
    """ASGI middleware around the edge: lets pages of known origins read the answers, whatever these say.

    No cookie signs anybody in here, so none is allowed along.
    """

    def __init__(self, application: Application, knows: Callable[[str], Awaitable[bool]]) -> None:
        self._application = application
        self._knows = knows

    async def __call__(self, scope: Any, receive: Any, send: Send) -> None:
        origin = _origin_of(scope)
        if origin is None or not await self._is_known(origin):
            await self._application(scope, receive, send)
            return
        allowed = [(b"access-control-allow-origin", origin), _EXPOSED]

        async def send_allowed(message: MutableMapping[str, Any]) -> None:
            if message["type"] == "http.response.start":
                message = {**message, "headers": [*message["headers"], *allowed]}
            await send(message)

        await self._application(scope, receive, send_allowed)

    async def _is_known(self, origin: bytes) -> bool:
        try:
            return await self._knows(origin.decode("latin-1"))
        except Busy:
            return False


def _origin_of(scope: Any) -> bytes | None:
    if scope["type"] != "http":
        return None
    return next((value for name, value in scope["headers"] if name == b"origin"), None)


async def preflight(_: Any, allow: str) -> Answer:
    """What a page may ask; without the origin, which is added where it is known, a browser takes it for a no."""
    allowed = [
        (b"access-control-allow-methods", allow.encode()),
        (b"access-control-allow-headers", _REQUEST_HEADERS),
        (b"access-control-max-age", b"600"),
    ]
    return 204, allowed, b""
