"""What can be done with permissions: recorded, read and revoked, and asked for before a wave opens."""

from uuid import UUID

from peil.audit import record
from peil.errors import Conflict, Finding, NotFound
from peil.ids import NONE, ordered_id
from peil.instruments import licensing_rules, permission_queries, queries
from peil.instruments.licensing_model import Permission, PermissionNew
from peil.instruments.operations import find_instrument, get_instrument
from peil.operation import Transaction, operation
from peil.outbox import publish
from peil.paging import ChangedPageQuery, Page, page


@operation("instruments:write", creates=True)
async def record_permission(tx: Transaction, instrument_id: UUID, new: PermissionNew) -> Permission:
    """Records what the holder of an instrument allows. It counts for this version alone."""
    if await queries.lock_instrument(tx, tx.employer_id, instrument_id) is None:
        raise NotFound
    licensing_rules.check_permission(new)
    permission_id = ordered_id()
    await permission_queries.insert_permission(tx, tx.employer_id, permission_id, instrument_id, new, tx.now)
    return await _recorded(tx, permission_id, "recorded")


@operation("instruments:read")
async def get_permission(tx: Transaction, permission_id: UUID) -> Permission:
    """A permission; an employee sees that of an instrument that is being asked."""
    permission = await _found(tx, permission_id)
    await get_instrument.within(tx, permission.instrument_id)
    return permission


@operation("instruments:read")
async def list_permissions(tx: Transaction, instrument_id: UUID, query: ChangedPageQuery) -> Page[Permission]:
    """The permissions of one version of an instrument, oldest first; those that were revoked are among them."""
    await get_instrument.within(tx, instrument_id)
    bound = (tx.employer_id, "permissions", instrument_id, query.modified_after)
    after = tx.parts.cursors.open(query.cursor, UUID, *bound) if query.cursor else NONE
    found = await permission_queries.select_permissions(
        tx, tx.employer_id, instrument_id, after, query.modified_after, query.limit + 1
    )
    return page(found, query.limit, lambda one: tx.parts.cursors.seal(one.permission_id, *bound))


@operation("instruments:write")
async def revoke_permission(tx: Transaction, permission_id: UUID) -> Permission:
    """Says that a permission holds no longer: no wave opens on it, and one that is open goes on."""
    permission = await permission_queries.lock_permission(tx, tx.employer_id, permission_id)
    if permission is None:
        raise NotFound
    if permission.revoked_at is not None:
        raise Conflict("permission-revoked")
    await permission_queries.revoke_permission(tx, tx.employer_id, permission_id, tx.now)
    return await _recorded(tx, permission_id, "revoked")


async def licence_gates(tx: Transaction, instrument_id: UUID) -> list[Finding]:
    """What keeps an instrument from being asked today: its terms are over, or no permission holds."""
    instrument = await find_instrument(tx, instrument_id)
    if instrument is None or instrument.terms is None:
        return []
    recorded = await permission_queries.select_permissions(tx, tx.employer_id, instrument_id, NONE, None, None)
    return licensing_rules.licence_findings(instrument, recorded, tx.now.date())


async def _recorded(tx: Transaction, permission_id: UUID, event: str) -> Permission:
    await record(tx, f"permissions/{permission_id}")
    await publish(tx, f"permission.{event}", f"permissions/{permission_id}")
    return await _found(tx, permission_id)


async def _found(tx: Transaction, permission_id: UUID) -> Permission:
    found = await permission_queries.select_permission(tx, tx.employer_id, permission_id)
    if found is None:
        raise NotFound
    return found
