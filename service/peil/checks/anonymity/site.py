"""The deployment as the check reaches it: its database by role, the real intake, the real jobs of the worker."""

import secrets
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from typing import Any

import asyncpg
import httpx
import msgspec
from joserfc.jwk import RSAKey

from peil import clock, settings
from peil.access.authentication import Authentication
from peil.access.issuers.keys import IssuerKeys
from peil.access.tokens import TokenKeys
from peil.aggregates.charts.drawings import Drawings
from peil.aggregates.shelf import Shelf
from peil.checks.model import CheckError
from peil.database import Database
from peil.jobs.closing import reclose, reclose_elsewhere
from peil.jobs.table import JOBS
from peil.jobs.watching import watch_keys
from peil.keys.issuing_keys import IssuingDirectory, IssuingKeys
from peil.keys.keystore import KeyDirectory, KeyStore
from peil.keys.signing_keys import SigningKey
from peil.outbound import Outbound
from peil.paging import Cursors
from peil.parts import Parts
from peil.server import open_intake
from peil.settings import Settings
from peil.worker import Worker, WorkerParts

Wrap = Callable[[Any, str], Any]
"""Puts something around the intake's application, given the owner's URL; so the check proves itself."""

_ALSO_NEEDED = ("database_url_owner", "database_url_api", "database_url_moderator")
_ONE_AT_A_TIME = 0x7065696C_6373  # "peilcs" in ASCII


class Site(msgspec.Struct, frozen=True, kw_only=True):
    """What the check works with; `owner` is a connection that sees every employer's rows."""

    settings: Settings
    owner: Any
    parts: Parts
    worker: Worker
    keys: KeyStore
    intake: httpx.AsyncClient
    intake_is_ours: bool
    """False: the intake runs elsewhere, so that its log and its spans are not in this process."""


@asynccontextmanager
async def open_site(chosen: Settings, intake_url: str | None = None, wrap: Wrap | None = None) -> AsyncIterator[Site]:
    """Connects as every part; the intake is started here unless `intake_url` says where it runs.

    The worker is not started: it does only what the check asks for, beside the one that runs, if any. Raises
    SettingsError, CheckError where another check is under way.
    """
    settings.check(chosen, {"intake", "worker"})
    missing = [name for name in _ALSO_NEEDED if not getattr(chosen, name)]
    if missing or chosen.keys is None:
        names = ", ".join(f"{settings.PREFIX}{name.upper()}" for name in [*missing, *(() if chosen.keys else ["keys"])])
        raise settings.SettingsError(f"the check needs {names}")
    async with AsyncExitStack() as stack:
        owner = await asyncpg.connect(chosen.database_url_owner)
        stack.push_async_callback(owner.close)
        if not await owner.fetchval("select pg_try_advisory_lock($1)", _ONE_AT_A_TIME):
            raise CheckError("another check of this deployment is under way")
        parts = await stack.enter_async_context(_parts(chosen, IssuingDirectory(chosen.keys)))
        database = await stack.enter_async_context(_database(chosen.database_url_worker, "peil-check"))
        keys, issuing = KeyDirectory(chosen.keys), IssuingDirectory(chosen.keys)
        worker = WorkerParts(settings=chosen, database=database, keys=keys, issuing=issuing, outbound=parts.outbound)
        yield Site(
            settings=chosen,
            owner=owner,
            parts=parts,
            worker=Worker(worker, JOBS, reclose, reclose_elsewhere, watch_keys),
            keys=keys,
            intake=await stack.enter_async_context(await _line(stack, chosen, intake_url, wrap)),
            intake_is_ours=intake_url is None,
        )


async def _line(stack: AsyncExitStack, chosen: Settings, url: str | None, wrap: Wrap | None) -> httpx.AsyncClient:
    """How to reach the intake: over the network, or in this process."""
    if url is not None:
        return httpx.AsyncClient(base_url=url, timeout=30, trust_env=False)
    application = await stack.enter_async_context(open_intake(chosen))
    wrapped = wrap(application, chosen.database_url_owner) if wrap else application
    return httpx.AsyncClient(transport=httpx.ASGITransport(app=wrapped), base_url="http://intake")


@asynccontextmanager
async def _database(url: str, name: str) -> AsyncIterator[Database]:
    database = Database(url, size=2, name=name)
    await database.open()
    try:
        await database.require_guarded()
        yield database
    finally:
        await database.close()


@asynccontextmanager
async def _parts(chosen: Settings, issuing: IssuingKeys) -> AsyncIterator[Parts]:
    """The parts of an API that signs nothing and is asked by nobody else: no key of the deployment is used."""
    outbound = Outbound(allow_loopback=False)
    key = SigningKey(RSAKey.generate_key(2048, {"use": "sig", "alg": "RS256"}, auto_kid=True), clock.now())
    token_keys = TokenKeys(lambda _: [key], "")
    async with (
        _database(chosen.database_url_api, "peil-check") as database,
        _database(chosen.database_url_moderator, "peil-check") as moderation,
    ):
        try:
            yield Parts(
                settings=chosen,
                database=database,
                moderation=moderation,
                authentication=Authentication(database, token_keys, IssuerKeys(outbound)),
                token_keys=token_keys,
                outbound=outbound,
                issuing=issuing,
                cursors=Cursors(secrets.token_bytes(32)),
                shelf=Shelf(),
                drawings=Drawings(),
            )
        finally:
            await outbound.close()
