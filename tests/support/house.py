"""The whole service in the test's own process, on a real database: API, intake, worker and an issuer."""

import asyncio
import socket
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import AsyncExitStack, asynccontextmanager, contextmanager
from pathlib import Path
from typing import Any
from uuid import UUID

import httpx
import msgspec
import uvicorn
from granian.constants import Interfaces
from granian.server.embed import Server as GranianServer

from peil import bootstrap
from peil.app import create_app, open_parts
from peil.demo.issuer import DemoIssuer
from peil.embedded import Cluster
from peil.parts import Parts
from peil.server import Together, open_intake, open_worker
from peil.settings import Settings
from peil.worker import Worker
from support.receiving import Receiver

PUBLIC_URL = "http://peil.test"


_AS_LONG_AS_TESTS = 6 * 3600
"""Seconds: the people and clients of a session's employers are asked until its end."""


class Persona:
    """Somebody who calls: a client with a base URL and a token."""

    def __init__(self, http: httpx.AsyncClient, token: str | None, employer_id: str | None = None) -> None:
        self.http = http
        self.token = token
        self.employer_id = employer_id

    async def request(self, method: str, path: str, **options: Any) -> httpx.Response:
        headers = dict(options.pop("headers", {}))
        if self.token is not None:
            headers.setdefault("authorization", f"Bearer {self.token}")
        return await self.http.request(method, f"/v1{path}", headers=headers, **options)

    async def get(self, path: str, **options: Any) -> httpx.Response:
        return await self.request("GET", path, **options)

    async def post(self, path: str, body: Any = None, **options: Any) -> httpx.Response:
        return await self.request("POST", path, **({"json": body} if body is not None else {}), **options)

    async def patch(self, path: str, body: Any, etag: str | None = None) -> httpx.Response:
        headers = {"content-type": "application/merge-patch+json"} | ({"if-match": etag} if etag else {})
        return await self.request("PATCH", path, content=msgspec.json.encode(body), headers=headers)

    async def delete(self, path: str, etag: str | None = None) -> httpx.Response:
        return await self.request("DELETE", path, headers={"if-match": etag} if etag else {})

    async def must(self, answer: Any, status: int = 201) -> Any:
        """The body of an answer that has to succeed."""
        response = await answer
        assert response.status_code == status, f"{response.status_code}: {response.text}"
        return response.json() if response.content else None


class House:
    """One running service."""

    def __init__(
        self,
        settings: Settings,
        parts: Parts,
        application: Any,
        worker: Worker,
        issuer: DemoIssuer,
        receiver_url: str,
    ) -> None:
        self.settings = settings
        self.parts = parts
        self.application = application
        self.worker = worker
        self.issuer = issuer
        self.http = httpx.AsyncClient(transport=httpx.ASGITransport(app=application), base_url=PUBLIC_URL)
        self.anonymous = Persona(self.http, None)
        self.receiver_url = receiver_url
        """Where somebody agrees to be sent events, whoever asks."""

    async def work(self) -> None:
        """Lets the worker do everything that is due now."""
        for _ in range(20):
            if not await self.worker.do_due():
                return
        raise AssertionError("the worker finds no end")

    async def sign_in(self, client_id: str, secret: str, scope: str | None = None, resource: str | None = None) -> str:
        """An access token by client credentials; `resource` as a path of this service."""
        form = {"grant_type": "client_credentials"} | ({"scope": scope} if scope else {})
        form |= {"resource": f"{PUBLIC_URL}/v1{resource}"} if resource else {}
        response = await self.http.post("/oauth/token", data=form, auth=(client_id, secret))
        assert response.status_code == 200, response.text
        return str(response.json()["access_token"])

    def lasting(self, token: str) -> str:
        """The same token of ours, good for as long as tests may take."""
        keys = self.parts.token_keys
        read = keys.verify(token)
        return keys._sign(read.client_id, read.employer, read.scope.split(), _AS_LONG_AS_TESTS, {"sub": str(read.sub)})

    async def operator(self) -> Persona:
        """The operator, who creates employers."""
        created = await bootstrap.create_operator(self.settings.database_url_api, "test operator")
        return Persona(self.http, await self.sign_in(str(created.client_id), str(created.client_secret)))

    async def vendor(self, name: str = "Voorbeeld HR Software") -> "Vendor":
        """A new vendor with a client of its own."""
        operator = await self.operator()
        vendor = await operator.must(operator.post("/vendors", {"name": name}))
        client = await operator.must(operator.post(f"/vendors/{vendor['vendorId']}/clients", {"name": name}))
        return Vendor(self, vendor["vendorId"], client["clientId"], client["clientSecret"])

    async def employer(self, name: str = "Voorbeeld BV", *, sandbox: bool = True, **issuer: Any) -> "Employer":
        """A new employer with its issuer registered (and so said of it), and personas by role."""
        operator = await self.operator()
        created = await operator.must(operator.post("/employers", {"name": name, "sandbox": sandbox}))
        employer = Employer(self, operator, UUID(created["employerId"]))
        administrator = await employer.client("administrator")
        await administrator.must(
            administrator.post(
                "/issuers",
                {
                    "issuer": self.issuer.url,
                    "audience": str(employer.employer_id),
                    "jwksUrl": self.issuer.jwks_url,
                    "identityClaim": "sub",
                    "directoryAttribute": "externalId",
                    "roleClaim": "groups",
                    "roleMapping": {
                        "HR": "hr",
                        "OR": "works_council",
                        "Board": "board",
                        "Ambassador": "ambassador",
                    },
                }
                | issuer,
            )
        )
        return employer


class Vendor:
    """A vendor and its own client."""

    def __init__(self, house: House, vendor_id: str, client_id: str, secret: str) -> None:
        self.house = house
        self.vendor_id = vendor_id
        self.client = client_id, secret

    async def over_all(self) -> Persona:
        """With a token that only reads, over all its employers."""
        return await self._with(None)

    async def itself(self) -> Persona:
        """With a token for what is the vendor's own."""
        return await self._with(f"/vendors/{self.vendor_id}")

    async def at(self, employer_id: str) -> Persona:
        """With a token for one employer, which has to let it act."""
        return await self._with(f"/employers/{employer_id}", employer_id)

    async def _with(self, resource: str | None, employer_id: str | None = None) -> Persona:
        token = await self.house.sign_in(*self.client, resource=resource)
        return Persona(self.house.http, self.house.lasting(token), employer_id)


class Employer:
    """An employer and the people and clients who act for it."""

    def __init__(self, house: House, operator: Persona, employer_id: UUID) -> None:
        self.house = house
        self.operator = operator
        self.employer_id = employer_id
        self._clients: dict[str, Persona] = {}

    async def client(self, role: str) -> Persona:
        """A client of the employer in one role; the same one each time."""
        if role not in self._clients:
            maker = self.operator if role == "administrator" else await self.client("administrator")
            created = await maker.must(
                maker.post(f"/employers/{self.employer_id}/clients", {"name": role, "roles": [role]})
            )
            token = await self.house.sign_in(created["clientId"], created["clientSecret"])
            self._clients[role] = Persona(self.house.http, self.house.lasting(token), str(self.employer_id))
        return self._clients[role]

    def person(self, external_id: str, *groups: str) -> Persona:
        """Somebody of the directory, signed in through the employer's issuer, for as long as tests may take."""
        ends = int(time.time()) + _AS_LONG_AS_TESTS
        token = self.house.issuer.token(external_id, aud=str(self.employer_id), groups=list(groups), exp=ends)
        return Persona(self.house.http, token, str(self.employer_id))


@asynccontextmanager
async def open_house(cluster: Cluster, database: str, keys: Path, issuer: DemoIssuer) -> AsyncIterator[House]:
    """A service on a migrated database."""
    settings = bootstrap.cluster_settings(
        cluster, keys, database=database, environment="test", public_url=PUBLIC_URL, key_grace=3600
    )
    async with AsyncExitStack() as stack:
        parts = await stack.enter_async_context(open_parts(settings))
        intake = await stack.enter_async_context(open_intake(settings))
        worker = await stack.enter_async_context(open_worker(settings))
        receiver_url = await stack.enter_async_context(serving(Receiver()))
        house = House(settings, parts, Together(create_app(parts), intake), worker, issuer, receiver_url)
        yield house
        await house.http.aclose()


@asynccontextmanager
async def serving(application: Any) -> AsyncIterator[str]:
    """An application on a free loopback port; its URL."""
    with free_socket() as listener:
        server = uvicorn.Server(uvicorn.Config(application, log_level="warning", lifespan="off", ws="none"))
        task = asyncio.create_task(server.serve(sockets=[listener]))
        while not server.started:  # noqa: ASYNC110  # uvicorn has no event for it
            await asyncio.sleep(0.01)
        try:
            yield f"http://127.0.0.1:{listener.getsockname()[1]}"
        finally:
            server.should_exit = True
            await task


@asynccontextmanager
async def serving_granian(application: Any) -> AsyncIterator[str]:
    """The same by Granian, in this process."""
    with free_socket() as listener:
        port: int = listener.getsockname()[1]
    server = GranianServer(application, port=port, interface=Interfaces.ASGINL, websockets=False, log_enabled=False)
    task = asyncio.create_task(server.serve())
    while not await _accepts(port):  # noqa: ASYNC110  # Granian has no event for it either
        await asyncio.sleep(0.01)
    try:
        yield f"http://127.0.0.1:{port}"
    finally:
        server.stop()  # type: ignore[no-untyped-call]  # Granian's embedded server is not typed
        await task


async def _accepts(port: int) -> bool:
    try:
        _, writer = await asyncio.open_connection("127.0.0.1", port)
    except OSError:
        return False
    writer.close()
    return True


@contextmanager
def free_socket() -> Iterator[socket.socket]:
    """A loopback socket on a port of the system's choice."""
    # With the protocol said, asyncio sends each part at once; else every answer waits 40 ms for an acknowledgement.
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP) as listener:
        listener.bind(("127.0.0.1", 0))
        yield listener
