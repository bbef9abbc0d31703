"""What the operator does for an employer that can do it no more, on the machine that holds the database."""

from uuid import UUID

from peil import clock
from peil.access.clients import keeping
from peil.access.clients.model import ClientChange, ClientCreated
from peil.access.clients.queries import Owner
from peil.access.issuers import queries as issuer_queries
from peil.access.issuers.model import Registration
from peil.access.issuers.queries import StoredIssuer
from peil.access.operations import enter
from peil.audit import record
from peil.errors import NotFound
from peil.operation import Transaction
from peil.outbox import publish


async def create_administrator(tx: Transaction, employer_id: UUID, name: str) -> ClientCreated:
    """A client for an administrator who has none that works; the employer's trail and feed tell of it.

    Raises NotFound.
    """
    await enter(tx, employer_id)
    owner = Owner(employer_id, None)
    client_id, secret = await keeping.insert(tx, owner, ClientChange(name=name), ["administrator"], public=False)
    await record(tx, f"clients/{client_id}", employer_id=employer_id)
    await publish(tx, "client.created", f"clients/{client_id}", "active", employer_id=employer_id)
    return keeping.shown(await keeping.find(tx, employer_id, client_id), secret)


async def list_registrations(tx: Transaction, issuer: str) -> list[Registration]:
    """Which employers' people an issuer signs in."""
    return [_registration(one) for one in await issuer_queries.select_active_issuers(tx, issuer)]


async def release_issuer(tx: Transaction, employer_id: UUID, issuer_id: UUID) -> Registration:
    """Takes an issuer from an employer that registered what is another one's, so that this one can.

    Its people are not signed in any more within a minute; the employer's trail and feed tell of it. Raises NotFound.
    """
    await enter(tx, employer_id)
    found = await issuer_queries.select_active_issuer(tx, employer_id, issuer_id)
    if found is None or not await issuer_queries.revoke_issuer(tx, employer_id, issuer_id, clock.now()):
        raise NotFound
    await record(tx, f"issuers/{issuer_id}", employer_id=employer_id)
    await publish(tx, "issuer.revoked", f"issuers/{issuer_id}", "revoked", employer_id=employer_id)
    return _registration(found)


def _registration(found: StoredIssuer) -> Registration:
    return Registration(
        employer_id=found.employer_id,
        issuer_id=found.issuer_id,
        issuer=found.issuer,
        audience=found.audience,
        tenant=found.tenant,
    )
