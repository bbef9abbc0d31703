"""Runs the parts: API, intake and worker, each alone or all in one process."""

import asyncio
import contextlib
import ctypes
import logging
import signal
import sys
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from typing import Any

import granian
import uvicorn
from granian.constants import Interfaces, Loops
from granian.log import LogLevels

from peil import settings, telemetry
from peil.app import create_app, open_parts
from peil.database import Database
from peil.jobs.closing import reclose, reclose_elsewhere
from peil.jobs.table import ABREAST, CHORES, JOBS, SLOW
from peil.jobs.watching import watch_keys
from peil.keys.issuing_keys import IssuingDirectory
from peil.keys.keystore import KeyDirectory
from peil.outbound import Outbound
from peil.responses.intake import create_intake, is_for_intake
from peil.responses.writer import Writer
from peil.settings import Settings
from peil.worker import Worker, WorkerParts

Application = Any

_PR_SET_PDEATHSIG = 1


class Together:
    """The API and the intake behind one address; the intake's requests never enter the API."""

    def __init__(self, api: Application, intake: Application) -> None:
        self._api = api
        self._intake = intake

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        is_intake = scope["type"] == "http" and is_for_intake(scope)
        await (self._intake if is_intake else self._api)(scope, receive, send)


@asynccontextmanager
async def open_intake(chosen: Settings) -> AsyncIterator[Application]:
    """The intake with its own pool and role; what it accepted is written before it ends."""
    settings.check(chosen, {"intake"})
    database = Database(chosen.database_url_intake, size=4, name="peil-intake")
    await database.open()
    await database.require_guarded()
    writer = Writer(database, bound=chosen.intake_queue)
    writer.start()
    try:
        yield create_intake(database, writer)
    finally:
        await writer.stop()
        await database.close()


@asynccontextmanager
async def open_worker(chosen: Settings) -> AsyncIterator[Worker]:
    """The worker with its own pool and role."""
    settings.check(chosen, {"worker"})
    if chosen.keys is None:
        raise settings.SettingsError("PEIL_KEYS is missing")
    database = Database(chosen.database_url_worker, size=6, name="peil-worker")
    await database.open()
    await database.require_guarded()
    outbound = Outbound(allow_loopback=chosen.allow_loopback)
    try:
        keys, issuing = KeyDirectory(chosen.keys), IssuingDirectory(chosen.keys)
        parts = WorkerParts(settings=chosen, database=database, keys=keys, issuing=issuing, outbound=outbound)
        worker = Worker(parts, JOBS, reclose, reclose_elsewhere, watch_keys, SLOW, ABREAST, CHORES)
        await worker.start()
        yield worker
    finally:
        await outbound.close()
        await database.close()


@asynccontextmanager
async def open_application(chosen: Settings, part: str) -> AsyncIterator[Application]:
    """The ASGI application of `all`, `api` or `intake`; `all` also runs the worker."""
    if part == "all":
        settings.check(chosen, {"api", "intake", "worker"})
    async with AsyncExitStack() as stack:
        if part == "intake":
            yield await stack.enter_async_context(open_intake(chosen))
            return
        parts = await stack.enter_async_context(open_parts(chosen))
        api = create_app(parts)
        if part == "api":
            yield api
            return
        # The worker first: after a restore it closes again what was closed, before the intake takes anything.
        worker = await stack.enter_async_context(open_worker(chosen))
        intake = await stack.enter_async_context(open_intake(chosen))
        task = asyncio.create_task(worker.run())
        try:
            yield Together(api, intake)
        finally:
            task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await task


class Served:
    """The application as an HTTP server starts and stops it (ASGI lifespan)."""

    def __init__(self, chosen: Settings) -> None:
        self._settings = chosen
        self._application: Application = None

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] != "lifespan":
            await self._application(scope, receive, send)
            return
        await receive()
        _start_telemetry(self._settings, self._settings.part)
        async with AsyncExitStack() as stack:
            try:
                opening = open_application(self._settings, self._settings.part)
                self._application = await stack.enter_async_context(opening)
            except Exception as error:
                # Said, and not only raised: a server that is told nothing takes it for an application without a
                # lifespan, and answers 500 to everybody for ever. Now it ends, and is started again by who watches it.
                await send({"type": "lifespan.startup.failed", "message": str(error)})
                raise
            await send({"type": "lifespan.startup.complete"})
            await receive()
        telemetry.stop()
        await send({"type": "lifespan.shutdown.complete"})


def application() -> Served:
    """What an HTTP server imports: the part that PEIL_PART names, set up by the environment."""
    chosen = settings.read()
    if chosen.server == "granian":
        _die_with_parent()
    return Served(chosen)


def _die_with_parent() -> None:
    # Granian serves in a child of its own, which would go on for ever where the parent is killed (prctl(2)).
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)


def serve(chosen: Settings) -> None:
    """Serves until SIGTERM or SIGINT; requests under way are finished and what was accepted is written first.

    No access log: it would name who asked what when. Raises SettingsError before anything is started.
    """
    settings.check(chosen, {"api", "intake", "worker"} if chosen.part == "all" else {chosen.part})
    if chosen.server == "uvicorn":
        uvicorn.run(
            "peil.server:application",
            factory=True,
            host=chosen.host,
            port=chosen.port,
            loop="uvloop",
            http="httptools",
            lifespan="on",
            ws="none",
            access_log=False,
            server_header=False,
            log_level=chosen.log_level,
            workers=chosen.processes,
            timeout_graceful_shutdown=30,
        )
        return
    granian.Granian(
        "peil.server:application",
        factory=True,
        address=chosen.host,
        port=chosen.port,
        interface=Interfaces.ASGI,
        loop=Loops.uvloop,
        websockets=False,
        workers=chosen.processes,
        backlog=1024,
        log_level=LogLevels(chosen.log_level),
    ).serve()


def server_for(application: Application, host: str, port: int) -> uvicorn.Server:
    """An HTTP server inside a process that does other things too, such as the demo."""
    return uvicorn.Server(
        uvicorn.Config(
            application,
            host=host,
            port=port,
            http="httptools",
            lifespan="off",
            ws="none",
            access_log=False,
            server_header=False,
            log_level="warning",
        )
    )


async def work(chosen: Settings) -> None:
    """Works until cancelled."""
    _start_telemetry(chosen, "worker")
    async with open_worker(chosen) as worker:
        await worker.run()


def _start_telemetry(chosen: Settings, part: str) -> None:
    logging.basicConfig(level=chosen.log_level.upper(), format="%(levelname)s %(name)s %(message)s")
    if chosen.otlp_endpoint and part != "intake":
        from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter

        telemetry.start(OTLPSpanExporter(endpoint=chosen.otlp_endpoint), part=part)
