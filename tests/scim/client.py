"""A SCIM client of the tests: a provisioning system with its secret."""

from collections.abc import Mapping
from typing import Any

import httpx
import msgspec
from scim2_client.client import BaseSyncSCIMClient

from peil.directory.scim.endpoint import PREFIX, SCIM
from support.personas import Cast

CORE_USER = "urn:ietf:params:scim:schemas:core:2.0:User"
CORE_GROUP = "urn:ietf:params:scim:schemas:core:2.0:Group"
ENTERPRISE = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User"
OUR_USER = "urn:peil:params:scim:schemas:extension:1.0:User"
OUR_GROUP = "urn:peil:params:scim:schemas:extension:1.0:Group"
PATCH_OP = "urn:ietf:params:scim:api:messages:2.0:PatchOp"
BULK = "urn:ietf:params:scim:api:messages:2.0:BulkRequest"


class Provisioner:
    """Somebody who provisions over SCIM."""

    def __init__(self, http: httpx.AsyncClient, secret: str | None, connection: Mapping[str, Any]) -> None:
        self.http = http
        self.secret = secret
        self.connection = connection
        self.connection_id = connection.get("connectionId", "")

    async def request(self, method: str, path: str, body: Any = None, **headers: str) -> httpx.Response:
        sent = {"accept": SCIM, **{name.replace("_", "-"): value for name, value in headers.items()}}
        if self.secret is not None:
            sent["authorization"] = f"Bearer {self.secret}"
        if body is not None:
            sent.setdefault("content-type", SCIM)
        content = body if isinstance(body, bytes) or body is None else msgspec.json.encode(body)
        return await self.http.request(method, PREFIX + path, content=content, headers=sent)

    async def must(self, method: str, path: str, body: Any = None, **headers: str) -> Any:
        """The body of an answer that has to succeed."""
        response = await self.request(method, path, body, **headers)
        assert response.status_code < 300, f"{response.status_code}: {response.text}"
        return response.json() if response.content else None

    async def create_user(self, name: str, **more: Any) -> dict[str, Any]:
        body = {"schemas": [CORE_USER], "userName": name, "active": True, **more}
        made: dict[str, Any] = await self.must("POST", "/Users", body)
        return made

    async def create_group(self, name: str, *members: str, **more: Any) -> dict[str, Any]:
        body = {"schemas": [CORE_GROUP], "displayName": name, "members": [{"value": one} for one in members], **more}
        made: dict[str, Any] = await self.must("POST", "/Groups", body)
        return made

    async def patch(self, path: str, *operations: dict[str, Any], **headers: str) -> httpx.Response:
        return await self.request("PATCH", path, {"schemas": [PATCH_OP], "Operations": list(operations)}, **headers)


async def provisioner_of(cast: Cast, **settings: Any) -> Provisioner:
    """A provisioning system of the employer, with a new connection."""
    new = {"name": "Identity provider"} | settings
    made = await cast.administrator.must(cast.administrator.post("/scim-connections", new))
    return Provisioner(cast.house.http, made["secret"], made)


class CheckingClient(BaseSyncSCIMClient):
    """The client that scim2-tester speaks through, by httpx."""

    def __init__(self, http: httpx.Client) -> None:
        super().__init__()
        self.http = http

    def _stays_under_base_url(self, endpoint: str) -> bool:
        return self.http.build_request("GET", endpoint).url.path.startswith(PREFIX)

    def _parse_json(self, response: Any) -> Any:
        return response.json()

    def request(self, method: str, url: str, **kwargs: Any) -> Any:
        return self.http.request(method, url, **kwargs)


def outcome(response: httpx.Response) -> tuple[int, str | None]:
    """Status and scimType."""
    body = response.json() if response.content else {}
    return response.status_code, body.get("scimType")
