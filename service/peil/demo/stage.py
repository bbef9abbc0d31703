"""Sets the demo up on this machine: PostgreSQL, API, intake, worker and an identity provider, all on loopback."""

import asyncio
import logging
import socket
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path
from typing import Any

import msgspec
import uvicorn

from peil import bootstrap
from peil.access.clients.model import ClientCreated
from peil.demo.issuer import DemoIssuer
from peil.embedded import Cluster
from peil.server import open_application, server_for
from peil.settings import Settings

HOST = "127.0.0.1"


class PortTaken(Exception):
    """Somebody else listens where the demo should."""


class Stage(msgspec.Struct, frozen=True, kw_only=True):
    """Everything that the demo started: where it serves, who signs people in, and the operator's client."""

    url: str
    intake_url: str
    directory: Path
    """Of the run: what is in it goes with it."""
    settings: Settings
    issuer: DemoIssuer
    operator: ClientCreated


@contextmanager
def listening(port: int) -> Iterator[socket.socket]:
    """A loopback socket on `port` (0: any that is free). Raises PortTaken."""
    with socket.socket() as listener:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listener.bind((HOST, port))
        except OSError as error:
            raise PortTaken(f"port {port} cannot be used ({error.strerror}): choose another with --port") from error
        yield listener


@asynccontextmanager
async def serving(application: Any, listener: socket.socket) -> AsyncIterator[None]:
    """Serves an application on a bound socket; requests under way are finished in the end."""
    server = _Server(server_for(application, *listener.getsockname()).config)
    task = asyncio.create_task(server.serve(sockets=[listener]))
    while not server.started and not task.done():  # noqa: ASYNC110  # uvicorn has no event for it
        await asyncio.sleep(0.01)
    try:
        yield
    finally:
        server.should_exit = True
        await task


@asynccontextmanager
async def open_stage(cluster: Cluster, listener: socket.socket) -> AsyncIterator[Stage]:
    """The whole service, in an empty database of a cluster that was started for it: the API on `listener`."""
    await bootstrap.prepare(cluster)
    directory = cluster.run_directory
    with listening(0) as intake_listener, listening(0) as issuer_listener, _logging(directory / "service.log"):
        # The keys live and go with the cluster's run directory, so that a run leaves nothing and finds nothing.
        settings = bootstrap.cluster_settings(
            cluster, directory / "keys", public_url=_url(listener), intake_url=_url(intake_listener)
        )
        issuer = DemoIssuer(_url(issuer_listener))
        async with (
            open_application(settings, "all") as application,
            serving(application, listener),
            serving(application, intake_listener),
            serving(issuer, issuer_listener),
        ):
            yield Stage(
                url=settings.public_url,
                intake_url=settings.intake_url,
                directory=directory,
                settings=settings,
                issuer=issuer,
                operator=await bootstrap.create_operator(settings.database_url_api, "demo operator"),
            )


@contextmanager
def _logging(file: Path) -> Iterator[None]:
    """Writes what the service logs to a file, as `peil serve` would; what is wrong is said on the terminal too."""
    kept, said = logging.FileHandler(file), logging.StreamHandler()
    said.setLevel(logging.WARNING)
    logging.basicConfig(level=logging.INFO, format="%(levelname)s %(name)s %(message)s", handlers=[kept, said])
    try:
        yield
    finally:
        kept.close()


def _url(listener: socket.socket) -> str:
    return f"http://{HOST}:{listener.getsockname()[1]}"


class _Server(uvicorn.Server):
    """Leaves signals to the demo, which stops several servers in their order."""

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield
