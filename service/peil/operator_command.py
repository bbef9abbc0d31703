"""`peil operator`: what whoever runs the service does on the machine that holds the database, and over no API."""

import asyncio
import sys
from collections.abc import Awaitable, Callable
from typing import Any
from uuid import UUID

import msgspec

from peil import bootstrap, problems, settings
from peil.access import operator_rescues
from peil.access.clients import operator_clients
from peil.access.clients.model import ClientSecretNew
from peil.errors import PeilError
from peil.operation import Transaction
from peil.structs import encode

Deed = Callable[[Transaction], Awaitable[Any]]


def create(name: str) -> int:
    """Makes a client, and prints its secret this once."""
    return _run("create_operator_client", lambda tx: operator_clients.create_operator_client(tx, name))


def list_clients() -> int:
    """Prints the clients, without their secrets."""
    return _run("list_operator_clients", operator_clients.list_operator_clients)


def rotate(client_id: UUID, overlap: int) -> int:
    """Makes a further secret, and prints it this once. 1: there is no such client, or two secrets work already."""
    new = ClientSecretNew(overlap=overlap)
    return _run("rotate_operator_client", lambda tx: operator_clients.rotate_operator_client(tx, client_id, new))


def revoke(client_id: UUID, secret_id: UUID | None) -> int:
    """Ends a client, or one of its two secrets. 1: there is none, or it is ended already, or the last secret."""
    return _run("revoke_operator_client", lambda tx: operator_clients.revoke_operator_client(tx, client_id, secret_id))


def create_administrator(employer_id: UUID, name: str) -> int:
    """Makes an administrator's client, and prints its secret this once. 1: there is no such employer."""
    return _run("create_administrator", lambda tx: operator_rescues.create_administrator(tx, employer_id, name))


def list_registrations(issuer: str) -> int:
    """Prints which employers' people an issuer signs in."""
    return _run("list_registrations", lambda tx: operator_rescues.list_registrations(tx, issuer))


def release_issuer(employer_id: UUID, issuer_id: UUID) -> int:
    """Takes an issuer from an employer. 1: it has none of that id, or not any more."""
    return _run("release_issuer", lambda tx: operator_rescues.release_issuer(tx, employer_id, issuer_id))


def _run(name: str, deed: Deed) -> int:
    try:
        made = asyncio.run(_do(settings.read().database_url_api, name, deed))
    except PeilError as error:
        sys.stderr.write(f"{error.code}: {problems.problem(error, 'en', '').detail}\n")
        return 1
    sys.stdout.write(msgspec.json.format(encode(made)).decode() + "\n")
    return 0


async def _do(url: str, name: str, deed: Deed) -> Any:
    async with bootstrap.operating(url, name) as tx:
        return await deed(tx)
