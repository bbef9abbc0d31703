"""What is done with clients whoever owns them: an employer, a vendor or the operator."""

from datetime import timedelta
from uuid import UUID

import msgspec

from peil import clock
from peil.access.clients import queries, rules, secret_queries
from peil.access.clients.model import (
    Client,
    ClientChange,
    ClientCreated,
    ClientSecretCreated,
    ClientSecretNew,
)
from peil.access.clients.queries import Owner
from peil.access.operations import insecure, origins_at
from peil.access.secret import create_secret, is_ending_without, require_room
from peil.errors import Conflict, Invalid, NotFound
from peil.ids import NONE, ordered_id
from peil.operation import Transaction
from peil.paging import ChangedPageQuery, Page, page


async def insert(
    tx: Transaction, owner: Owner, said: ClientChange, roles: list[str], *, public: bool
) -> tuple[UUID, str | None]:
    """A new client's id and its secret; None where it has keys, or is public."""
    client_id = ordered_id()
    await queries.insert_client(tx, client_id, owner, said, roles, clock.now(), public=public)
    if public or said.keys:
        return client_id, None
    _, secret = await _insert_secret(tx, owner, client_id)
    return client_id, secret


async def find(tx: Transaction, owner_id: UUID | None, client_id: UUID) -> Client:
    """A client of an employer's or a vendor's own; `owner_id` None: of the operator's.

    Which other vendors an employer works with is none of a vendor's business. Raises NotFound, also to a vendor for
    what another one made.
    """
    found = await queries.select_client(tx, owner_id, client_id, clock.now(), tx.actor.vendor_id)
    if found is None:
        raise NotFound
    return found


async def find_to_change(tx: Transaction, owner_id: UUID | None, client_id: UUID) -> Client:
    """The same, held until the transaction ends. Raises NotFound."""
    if not await queries.lock_client(tx, owner_id, client_id):
        raise NotFound
    return await find(tx, owner_id, client_id)


async def list_of(tx: Transaction, owner_id: UUID, query: ChangedPageQuery) -> Page[Client]:
    """The clients of an employer, or a vendor's own; to a vendor none that another one made."""
    bound = (owner_id, "clients", query.modified_after)
    after = tx.parts.cursors.open(query.cursor, UUID, *bound) if query.cursor else NONE
    since, seer = query.modified_after, tx.actor.vendor_id
    found = await queries.select_clients(tx, owner_id, after, clock.now(), since, query.limit + 1, seer)
    return page(found, query.limit, lambda item: tx.parts.cursors.seal(item.client_id, *bound))


async def change(tx: Transaction, owner_id: UUID, client: Client, said: ClientChange) -> None:
    """Raises Invalid, Conflict `client-has-secret` and `client-needs-key`."""
    findings = [*rules.common_findings(said, public=client.public), *insecure(tx, origins_at(said.origins))]
    if findings:
        raise Invalid(*findings)
    if client.secrets and said.keys:
        raise Conflict("client-has-secret")
    if client.keys and not said.keys:
        raise Conflict("client-needs-key")
    await queries.update_client(tx, owner_id, client.client_id, said, clock.now())


async def add_secret(
    tx: Transaction, owner: Owner, owner_id: UUID | None, client: Client, new: ClientSecretNew
) -> ClientSecretCreated:
    """A further secret. Raises Conflict `client-has-no-secret` and `secrets-overlap`."""
    if client.public or client.keys:
        raise Conflict("client-has-no-secret")
    require_room(client.secrets)
    now = clock.now()
    await secret_queries.expire_secrets(tx, owner_id, client.client_id, now + timedelta(seconds=new.overlap), now)
    secret_id, secret = await _insert_secret(tx, owner, client.client_id)
    secrets = (await find(tx, owner_id, client.client_id)).secrets
    made = next(one for one in secrets if one.secret_id == secret_id)
    return ClientSecretCreated(**msgspec.structs.asdict(made), client_secret=secret)


async def end_secret(tx: Transaction, owner_id: UUID | None, client: Client, secret_id: UUID) -> None:
    """Ends one of two secrets at once. Raises NotFound, Conflict `last-secret`."""
    is_rest_ending = is_ending_without(client.secrets, secret_id)
    await secret_queries.end_secret(tx, owner_id, client.client_id, secret_id, clock.now())
    if is_rest_ending:
        await secret_queries.keep_secrets(tx, owner_id, client.client_id, clock.now())


def require_active(client: Client) -> None:
    """Raises Conflict `client-revoked`."""
    if client.state == "revoked":
        raise Conflict("client-revoked")


def shown(client: Client, secret: str | None) -> ClientCreated:
    """A new client with what is shown of it once."""
    return ClientCreated(**msgspec.structs.asdict(client), client_secret=secret)


async def _insert_secret(tx: Transaction, owner: Owner, client_id: UUID) -> tuple[UUID, str]:
    secret_id, secret = ordered_id(), create_secret()
    await secret_queries.insert_secret(tx, owner, client_id, secret_id, secret.digest, clock.now())
    return secret_id, secret.text
