"""What is done with the operator's own clients, on the machine that holds the database: nobody can over the API."""

from uuid import UUID

from peil import clock
from peil.access.clients import keeping, queries
from peil.access.clients.model import Client, ClientChange, ClientCreated, ClientSecretCreated, ClientSecretNew
from peil.access.clients.queries import Owner
from peil.audit import record
from peil.ids import NONE
from peil.operation import Transaction

_OPERATOR = Owner(None, None)
_MOST = 10_000


async def create_operator_client(tx: Transaction, name: str) -> ClientCreated:
    """A new one, with its secret."""
    client_id, secret = await keeping.insert(tx, _OPERATOR, ClientChange(name=name), ["operator"], public=False)
    await record(tx, f"clients/{client_id}", vendor_id=NONE)
    return keeping.shown(await keeping.find(tx, None, client_id), secret)


async def list_operator_clients(tx: Transaction) -> list[Client]:
    """All of them, the oldest first; also those that are revoked."""
    return await queries.select_clients(tx, None, NONE, clock.now(), None, _MOST, None)


async def rotate_operator_client(tx: Transaction, client_id: UUID, new: ClientSecretNew) -> ClientSecretCreated:
    """A further secret; the one before it works until the overlap is over.

    Raises NotFound, Conflict `client-revoked`, and `secrets-overlap` while two work already.
    """
    made = await keeping.add_secret(tx, _OPERATOR, None, await _hold(tx, client_id), new)
    await record(tx, f"clients/{client_id}", vendor_id=NONE)
    return made


async def revoke_operator_client(tx: Transaction, client_id: UUID, secret_id: UUID | None) -> Client:
    """Takes the client's right to tokens, or ends that one of two secrets at once.

    The tokens that it has by it stop working within a minute. Raises NotFound, Conflict `client-revoked` and
    `last-secret`.
    """
    client = await _hold(tx, client_id)
    if secret_id is None:
        await queries.revoke_client(tx, None, client_id, clock.now())
    else:
        await keeping.end_secret(tx, None, client, secret_id)
    await record(tx, f"clients/{client_id}", vendor_id=NONE)
    return await keeping.find(tx, None, client_id)


async def _hold(tx: Transaction, client_id: UUID) -> Client:
    client = await keeping.find_to_change(tx, None, client_id)
    keeping.require_active(client)
    return client
