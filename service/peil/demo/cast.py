"""Who calls in the demo: OAuth clients, and people signed in by the employer's issuer."""

import warnings
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

import httpx
import msgspec

with warnings.catch_warnings():
    from authlib.deprecate import AuthlibDeprecationWarning

    # Authlib works with httpx and says at every import that it would rather have httpx2.
    warnings.simplefilter("ignore", AuthlibDeprecationWarning)
    from authlib.integrations.httpx_client import AsyncOAuth2Client

NDJSON = "application/x-ndjson"
_SECONDS = 120.0


class StoryError(Exception):
    """The demo went otherwise than it should; the message says who was told what."""


class Caller:
    """Somebody who calls the service over HTTP; a token, where there is one, is the HTTP client's matter."""

    def __init__(self, who: str, http: Any) -> None:
        self.who = who
        self.http = http

    async def get(self, path: str, expected: int = 200) -> Any:
        """The body of a GET. Raises StoryError for another status than `expected`, as all of these do."""
        return await self._ask("GET", path, expected)

    async def post(self, path: str, body: Any = None, expected: int = 201) -> Any:
        """The body of the answer to a POST of JSON."""
        return await self._ask("POST", path, expected, **({} if body is None else {"json": body}))

    async def post_lines(self, path: str, lines: list[Any]) -> Any:
        """The body of the answer to a POST of one JSON object a line."""
        content = msgspec.json.Encoder().encode_lines(lines)
        return await self._ask("POST", path, 200, content=content, headers={"content-type": NDJSON})

    async def patch(self, path: str, body: Any) -> Any:
        """The body of the answer to a merge patch (RFC 7396), whichever version there is."""
        headers = {"content-type": "application/merge-patch+json", "if-match": "*"}
        return await self._ask("PATCH", path, 200, json=body, headers=headers)

    async def get_all(self, path: str, **query: str) -> list[Any]:
        """The items of every page of a list."""
        items, asked = [], {"limit": "200", **query}
        while True:
            page = await self.get(f"{path}?{urlencode(asked)}")
            items += page["items"]
            if page["next"] is None:
                return items
            asked["cursor"] = page["next"]

    async def _ask(self, method: str, path: str, expected: int, **options: Any) -> Any:
        answer = await self.http.request(method, f"/v1{path}", **options)
        if answer.status_code != expected:
            raise StoryError(f"{self.who}: {method} {path} was answered {answer.status_code}: {answer.text[:2000]}")
        if answer.headers.get("content-type", "").startswith(NDJSON):
            return [msgspec.json.decode(line) for line in answer.content.splitlines()]
        return answer.json()


class Client(Caller):
    """An OAuth client that signs in with its secret (RFC 6749, section 4.4)."""

    def __init__(self, who: str, http: Any, client_id: str, secret: str) -> None:
        super().__init__(who, http)
        self.client_id = client_id
        self.secret = secret


async def sign_in(who: str, url: str, client_id: str, secret: str) -> Client:
    """A client with a token, found by the service's metadata (RFC 8414); close its `http` in the end."""
    http = AsyncOAuth2Client(
        client_id,
        secret,
        base_url=url,
        timeout=_SECONDS,
        trust_env=False,
        headers={"accept-language": "en"},
    )
    metadata = await http.request("GET", "/.well-known/oauth-authorization-server", withhold_token=True)
    await http.fetch_token(metadata.json()["token_endpoint"], grant_type="client_credentials")
    return Client(who, http, client_id, secret)


def visitor(who: str, url: str, headers: Mapping[str, str]) -> Caller:
    """Somebody without a client of their own, with a token in the `headers`."""
    return Caller(who, httpx.AsyncClient(base_url=url, headers=headers, timeout=_SECONDS, trust_env=False))
