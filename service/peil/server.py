"""Runs the parts: API, intake and worker, each alone or all in one process."""

import asyncio
import contextlib
import logging
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from typing import Any

import uvicorn

from peil import settings, telemetry
from peil.app import create_app, open_parts
from peil.database import Database
from peil.jobs.table import JOBS
from peil.keystore import KeyDirectory
from peil.responses.intake import create_intake, is_intake_path
from peil.responses.writer import Writer
from peil.settings import Settings
from peil.worker import Worker, WorkerParts

Application = Any


class Together:
    """The API and the intake behind one address; the intake's requests never enter the API."""

    def __init__(self, api: Application, intake: Application) -> None:
        self._api = api
        self._intake = intake

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        is_intake = scope["type"] == "http" and is_intake_path(scope["path"])
        await (self._intake if is_intake else self._api)(scope, receive, send)


@asynccontextmanager
async def open_intake(chosen: Settings) -> AsyncIterator[Application]:
    """The intake with its own pool and role; what it accepted is written before it ends."""
    settings.check(chosen, {"intake"})
    database = Database(chosen.database_url_intake, size=4, name="peil-intake")
    await database.open()
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
    database = Database(chosen.database_url_worker, size=4, name="peil-worker")
    await database.open()
    try:
        yield Worker(WorkerParts(settings=chosen, database=database, keys=KeyDirectory(chosen.keys)), JOBS)
    finally:
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
        intake = await stack.enter_async_context(open_intake(chosen))
        worker = await stack.enter_async_context(open_worker(chosen))
        task = asyncio.create_task(worker.run())
        try:
            yield Together(api, intake)
        finally:
            task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await task


async def serve(chosen: Settings, part: str) -> None:
    """Serves until told to stop (SIGTERM, SIGINT); requests under way are finished first."""
    _start_telemetry(chosen, part)
    async with open_application(chosen, part) as application:
        await server_for(application, chosen.host, chosen.port, chosen.log_level).serve()
    telemetry.stop()


async def work(chosen: Settings) -> None:
    """Works until cancelled."""
    _start_telemetry(chosen, "worker")
    async with open_worker(chosen) as worker:
        await worker.run()


def server_for(application: Application, host: str, port: int, log_level: str = "warning") -> uvicorn.Server:
    """An HTTP server for an application; it writes no access log, which would name who asked what when."""
    return uvicorn.Server(
        uvicorn.Config(
            application,
            host=host,
            port=port,
            loop="uvloop",
            http="httptools",
            lifespan="off",
            access_log=False,
            log_level=log_level,
            server_header=False,
            date_header=True,
            ws="none",
            timeout_graceful_shutdown=30,
        )
    )


def _start_telemetry(chosen: Settings, part: str) -> None:
    logging.basicConfig(level=chosen.log_level.upper(), format="%(levelname)s %(name)s %(message)s")
    if chosen.otlp_endpoint and part != "intake":
        from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter

        telemetry.start(OTLPSpanExporter(endpoint=chosen.otlp_endpoint), part=part)
