"""What can be done with a vendor's own clients: made by the operator first, then by the vendor itself."""

from uuid import UUID

from peil import clock
from peil.access import table
from peil.access.clients import keeping, queries, rules
from peil.access.clients.model import (
    Client,
    ClientChange,
    ClientCreated,
    ClientSecretCreated,
    ClientSecretNew,
    VendorClientNew,
)
from peil.access.clients.queries import Owner
from peil.audit import record
from peil.employers.vendors.links import require_active
from peil.employers.vendors.operations import hold_vendor
from peil.errors import Invalid
from peil.operation import Transaction, operation
from peil.paging import ChangedPageQuery, Page
from peil.patching import Patch


@operation("vendor-clients:write", creates=True, secret=True)
async def create_vendor_client(tx: Transaction, vendor_id: UUID, new: VendorClientNew) -> ClientCreated:
    """Creates a client of a vendor's own; the reply shows its secret, this once.

    One with keys of its own proves itself by those and gets no secret. Raises Conflict `vendor-revoked`.
    """
    await hold_vendor(tx, vendor_id)
    await require_active(tx, vendor_id)
    said = ClientChange(name=new.name, keys=new.keys, dpop_bound=new.dpop_bound)
    findings = list(rules.common_findings(said, public=False))
    if findings:
        raise Invalid(*findings)
    client_id, secret = await keeping.insert(tx, Owner(None, vendor_id), said, [table.VENDOR], public=False)
    return keeping.shown(await _changed(tx, vendor_id, client_id), secret)


@operation("vendor-clients:read")
async def get_vendor_client(tx: Transaction, vendor_id: UUID, client_id: UUID) -> Client:
    """A client of a vendor's own, without its secrets."""
    await hold_vendor(tx, vendor_id)
    return await keeping.find(tx, vendor_id, client_id)


@operation("vendor-clients:read")
async def list_vendor_clients(tx: Transaction, vendor_id: UUID, query: ChangedPageQuery) -> Page[Client]:
    """A vendor's own clients."""
    await hold_vendor(tx, vendor_id)
    return await keeping.list_of(tx, vendor_id, query)


@operation("vendor-clients:write")
async def update_vendor_client(
    tx: Transaction, vendor_id: UUID, client_id: UUID, patch: Patch[VendorClientNew]
) -> Client:
    """Changes the name or the keys of a client of a vendor's own, or whether its tokens have to be bound to a key.

    Raises Conflict `client-revoked`, `client-has-secret` and `client-needs-key`: by which of the two it proves itself
    is settled when it is made.
    """
    client = await _find_to_change(tx, vendor_id, client_id)
    tx.must_match(client)
    keeping.require_active(client)
    said = patch.apply(client)
    changed = ClientChange(name=said.name, keys=said.keys, dpop_bound=said.dpop_bound)
    await keeping.change(tx, vendor_id, client, changed)
    return await _changed(tx, vendor_id, client_id)


@operation("vendor-clients:write")
async def revoke_vendor_client(tx: Transaction, vendor_id: UUID, client_id: UUID) -> Client:
    """Takes the right to tokens from a client of a vendor's own; those it has stop working within a minute."""
    keeping.require_active(await _find_to_change(tx, vendor_id, client_id))
    await queries.revoke_client(tx, vendor_id, client_id, clock.now())
    return await _changed(tx, vendor_id, client_id)


@operation("vendor-clients:write", creates=True, secret=True)
async def create_vendor_client_secret(
    tx: Transaction, vendor_id: UUID, client_id: UUID, new: ClientSecretNew
) -> ClientSecretCreated:
    """Gives a client of a vendor's own a further secret, shown this once; the one before works until the overlap ends.

    Raises Conflict `client-revoked`, `client-has-no-secret`, and `secrets-overlap` while two work already.
    """
    client = await _find_to_change(tx, vendor_id, client_id)
    keeping.require_active(client)
    made = await keeping.add_secret(tx, Owner(None, vendor_id), vendor_id, client, new)
    await _changed(tx, vendor_id, client_id)
    return made


@operation("vendor-clients:write")
async def revoke_vendor_client_secret(tx: Transaction, vendor_id: UUID, client_id: UUID, secret_id: UUID) -> Client:
    """Ends a secret of a client of a vendor's own at once, such as one that somebody saw.

    Raises Conflict `client-revoked`, and `last-secret`: make the next one first, or revoke the client.
    """
    client = await _find_to_change(tx, vendor_id, client_id)
    keeping.require_active(client)
    await keeping.end_secret(tx, vendor_id, client, secret_id)
    return await _changed(tx, vendor_id, client_id)


async def _find_to_change(tx: Transaction, vendor_id: UUID, client_id: UUID) -> Client:
    await hold_vendor(tx, vendor_id)
    return await keeping.find_to_change(tx, vendor_id, client_id)


async def _changed(tx: Transaction, vendor_id: UUID, client_id: UUID) -> Client:
    await record(tx, f"clients/{client_id}", vendor_id=vendor_id)
    tx.changed.append(tx.parts.authentication.forget)
    return await keeping.find(tx, vendor_id, client_id)
