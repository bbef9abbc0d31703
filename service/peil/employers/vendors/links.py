"""What can be done with the link between a vendor and an employer: asked for, confirmed, ended by either."""

from uuid import UUID

from peil import clock, schedule
from peil.actor import Reach
from peil.audit import record
from peil.employers import queries as employer_queries
from peil.employers.vendors import ending_queries, queries
from peil.employers.vendors.model import VendorLink, VendorLinkNew
from peil.errors import Conflict, Denied, Finding, Invalid, NotFound
from peil.ids import NONE
from peil.operation import Transaction, operation
from peil.outbox import publish, publish_of_endpoint
from peil.paging import ChangedPageQuery, Page, page

_MANY = 2_147_483_647


@operation("vendor-links:write", creates=True)
async def create_vendor_link(tx: Transaction, employer_id: UUID, new: VendorLinkNew) -> VendorLink:
    """Lets a vendor act for the employer: at once where an administrator says so, else when one confirms it.

    Raises Conflict `vendor-linked` where the two have a link that has not ended, and `vendor-revoked`.
    """
    await _enter(tx, employer_id)
    state = "active" if tx.is_administrator else "waiting"
    await require_active(tx, new.vendor_id)
    await queries.lock_employer(tx, employer_id)
    if not await queries.upsert_link(tx, employer_id, new.vendor_id, state, clock.now()):
        raise Conflict("vendor-linked")
    return await _changed(tx, employer_id, new.vendor_id, "created")


@operation("vendor-links:read")
async def get_vendor_link(tx: Transaction, employer_id: UUID, vendor_id: UUID) -> VendorLink:
    """Whether a vendor may act for the employer."""
    await _enter(tx, employer_id)
    return await _link(tx, employer_id, vendor_id)


@operation("vendor-links:read")
async def list_vendor_links(tx: Transaction, employer_id: UUID, query: ChangedPageQuery) -> Page[VendorLink]:
    """The vendors that may act for the employer, will when that is confirmed, or could."""
    await _enter(tx, employer_id)
    bound = (employer_id, "vendors", query.modified_after)
    after = tx.parts.cursors.open(query.cursor, UUID, *bound) if query.cursor else NONE
    only = tx.actor.vendor_id
    found = await queries.select_links(tx, employer_id, after, only, query.modified_after, query.limit + 1)
    return page(found, query.limit, lambda item: tx.parts.cursors.seal(item.vendor_id, *bound))


@operation("vendor-links:write")
async def confirm_vendor_link(tx: Transaction, employer_id: UUID, vendor_id: UUID) -> VendorLink:
    """Lets a vendor act that somebody else asked for; only an administrator may.

    Raises Conflict `vendor-link-not-waiting`.
    """
    tx.require_administrator()
    await _enter(tx, employer_id)
    await _link(tx, employer_id, vendor_id)
    # Whoever revokes the vendor meanwhile has ended the link, or waits and ends it afterwards.
    await queries.lock_vendor(tx, vendor_id)
    await queries.lock_employer(tx, employer_id)
    if not await queries.confirm_link(tx, employer_id, vendor_id, clock.now()):
        raise Conflict("vendor-link-not-waiting")
    return await _changed(tx, employer_id, vendor_id, "confirmed")


@operation("vendor-links:write")
async def revoke_vendor_link(tx: Transaction, employer_id: UUID, vendor_id: UUID) -> VendorLink:
    """Ends what a vendor may do for the employer, within a minute: also by clients and SCIM secrets that it made there.

    No more events go to it. An administrator, the vendor itself and the operator may. Raises Conflict
    `vendor-link-ended`.
    """
    await _hold(tx, employer_id)
    await _link(tx, employer_id, vendor_id)
    if not (tx.is_administrator or tx.reach is Reach.SERVICE or tx.actor.vendor_id == vendor_id):
        raise Denied
    if not await _end(tx, employer_id, vendor_id):
        raise Conflict("vendor-link-ended")
    return await _changed(tx, employer_id, vendor_id, "revoked")


async def require_active(tx: Transaction, vendor_id: UUID) -> None:
    """Raises Invalid for a vendor that is none, Conflict `vendor-revoked`.

    Nobody revokes it until the transaction ends, so that no link of it stays that whoever does so has not seen.
    """
    state = await queries.lock_vendor(tx, vendor_id)
    if state is None:
        raise Invalid(Finding("/vendorId", "unknown-vendor"))
    if state == "revoked":
        raise Conflict("vendor-revoked")


async def is_linked(tx: Transaction, employer_id: UUID, vendor_id: UUID) -> bool:
    """Whether the vendor may act for the employer, for another operation."""
    found = await queries.select_link(tx, employer_id, vendor_id, to_vendor=False)
    return found is not None and found.state == "active"


async def end_links_of(tx: Transaction, vendor_id: UUID) -> None:
    """Ends all links of a vendor that is no more; each employer's audit trail says so."""
    for link in await queries.select_employers_of(tx, vendor_id, NONE, None, _MANY, to_vendor=False):
        await _hold(tx, link.employer_id)
        if await _end(tx, link.employer_id, vendor_id):
            await _changed(tx, link.employer_id, vendor_id, "revoked")
    await queries.revoke_own_clients(tx, vendor_id, clock.now())
    await ending_queries.disable_own_endpoint(tx, vendor_id, clock.now())
    tx.changed.append(tx.parts.authentication.forget)


async def _end(tx: Transaction, employer_id: UUID, vendor_id: UUID) -> bool:
    """Ends a link with all that the vendor knows the secret of; False where it has ended before."""
    now = clock.now()
    if not await queries.end_link(tx, employer_id, vendor_id, now):
        return False
    await queries.revoke_clients_made(tx, employer_id, vendor_id, now)
    await queries.end_scim_secrets_made(tx, employer_id, vendor_id, now)
    await _end_deliveries(tx, employer_id, vendor_id)
    return True


async def _end_deliveries(tx: Transaction, employer_id: UUID, vendor_id: UUID) -> None:
    for endpoint_id in await ending_queries.disable_endpoints_made(tx, employer_id, vendor_id, clock.now()):
        await publish_of_endpoint(
            tx, "webhook-endpoint.disabled", endpoint_id, vendor_id, "disabled", employer_id=employer_id
        )
    if await ending_queries.fail_deliveries(tx, employer_id, vendor_id):
        # That job knows for how long they are kept, and looks again each day.
        await schedule.due(tx, "forget_deliveries", at=tx.now, employer_id=employer_id)


async def _hold(tx: Transaction, employer_id: UUID) -> None:
    """Enters this employer, and changes its links alone until the transaction ends. Raises NotFound."""
    await _enter(tx, employer_id)
    await queries.lock_employer(tx, employer_id)


async def _enter(tx: Transaction, employer_id: UUID) -> None:
    """Goes on in this employer: the operator enters any, a vendor those with which it has a link. Raises NotFound."""
    if tx.reach is Reach.SERVICE:
        await tx.enter(employer_id)
        is_there = await employer_queries.select_employer(tx, employer_id) is not None
    elif tx.reach is Reach.VENDOR:
        vendor_id = tx.actor.vendor_id or NONE
        is_there = await queries.select_link(tx, employer_id, vendor_id, to_vendor=True) is not None
        await tx.enter(employer_id)
    else:
        is_there = employer_id == tx.actor.employer_id
    if not is_there:
        raise NotFound


async def _link(tx: Transaction, employer_id: UUID, vendor_id: UUID) -> VendorLink:
    # A vendor knows of no other vendor.
    is_vendor = tx.actor.vendor_id is not None
    is_foreign = is_vendor and vendor_id != tx.actor.vendor_id
    found = None if is_foreign else await queries.select_link(tx, employer_id, vendor_id, to_vendor=is_vendor)
    if found is None:
        raise NotFound
    return found


async def _changed(tx: Transaction, employer_id: UUID, vendor_id: UUID, what: str) -> VendorLink:
    await queries.update_seers(tx, employer_id)
    link = await _link(tx, employer_id, vendor_id)
    await record(tx, f"vendors/{vendor_id}", employer_id=employer_id)
    await publish(tx, f"vendor-link.{what}", f"vendors/{vendor_id}", link.state, employer_id=employer_id)
    tx.changed.append(tx.parts.authentication.forget)
    return link
