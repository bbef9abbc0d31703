"""What can be done with vendors, and what a vendor sees over all its employers."""

from uuid import UUID

from peil import clock
from peil.actor import Reach
from peil.audit import record
from peil.employers.vendors import queries
from peil.employers.vendors.links import end_links_of
from peil.employers.vendors.model import Vendor, VendorLink, VendorNew
from peil.errors import Conflict, NotFound
from peil.ids import NONE, ordered_id
from peil.operation import Transaction, operation
from peil.paging import ChangedPageQuery, Page, page


@operation("vendors:write", creates=True)
async def create_vendor(tx: Transaction, new: VendorNew) -> Vendor:
    """Creates a vendor; its first client is made for it, and it goes on by itself."""
    vendor_id = ordered_id()
    await queries.insert_vendor(tx, vendor_id, new.name, clock.now())
    await record(tx, f"vendors/{vendor_id}", vendor_id=vendor_id)
    return await hold_vendor(tx, vendor_id)


@operation("vendors:read")
async def get_vendor(tx: Transaction, vendor_id: UUID) -> Vendor:
    """A vendor: oneself, or any for the operator."""
    return await hold_vendor(tx, vendor_id)


@operation("vendors:read")
async def list_vendors(tx: Transaction, query: ChangedPageQuery) -> Page[Vendor]:
    """The operator's vendors; a vendor sees itself only."""
    only = None if tx.reach is Reach.SERVICE else tx.actor.vendor_id or NONE
    bound = ("vendors", query.modified_after)
    after = tx.parts.cursors.open(query.cursor, UUID, *bound) if query.cursor else NONE
    found = await queries.select_vendors(tx, after, only, query.modified_after, query.limit + 1)
    return page(found, query.limit, lambda item: tx.parts.cursors.seal(item.vendor_id, *bound))


@operation("vendors:write")
async def revoke_vendor(tx: Transaction, vendor_id: UUID) -> Vendor:
    """Ends a vendor with all its links; its tokens stop working within a minute. Employers and their data stay."""
    await hold_vendor(tx, vendor_id)
    if not await queries.revoke_vendor(tx, vendor_id, clock.now()):
        raise Conflict("vendor-revoked")
    await record(tx, f"vendors/{vendor_id}", vendor_id=vendor_id)
    await end_links_of(tx, vendor_id)
    return await hold_vendor(tx, vendor_id)


@operation("vendors:read")
async def list_vendor_employers(tx: Transaction, vendor_id: UUID, query: ChangedPageQuery) -> Page[VendorLink]:
    """The employers for which a vendor acts, will when they confirm that, or did."""
    await hold_vendor(tx, vendor_id)
    bound = (vendor_id, "employers", query.modified_after)
    after = tx.parts.cursors.open(query.cursor, UUID, *bound) if query.cursor else NONE
    is_vendor = tx.reach is Reach.VENDOR
    found = await queries.select_employers_of(
        tx, vendor_id, after, query.modified_after, query.limit + 1, to_vendor=is_vendor
    )
    return page(found, query.limit, lambda item: tx.parts.cursors.seal(item.employer_id, *bound))


async def hold_vendor(tx: Transaction, vendor_id: UUID) -> Vendor:
    """A vendor that the caller may see: another one does not exist for a vendor. Raises NotFound."""
    is_own = tx.reach is Reach.SERVICE or tx.actor.vendor_id == vendor_id
    found = await queries.select_vendor(tx, vendor_id) if is_own else None
    if found is None:
        raise NotFound
    return found


async def active_employers(tx: Transaction, vendor_id: UUID, after: UUID, limit: int) -> list[UUID]:
    """Employers that let this vendor act, after id `after`, for another operation."""
    return await queries.select_active_employers(tx, vendor_id, after, limit)


async def active_among(tx: Transaction, vendor_id: UUID, employer_ids: list[UUID]) -> list[UUID]:
    """Those of these employers that let this vendor act, for another operation."""
    return await queries.select_active_among(tx, vendor_id, employer_ids)


async def enter_for(tx: Transaction, vendor_id: UUID, employer_id: UUID) -> bool:
    """Goes on in an employer that lets this vendor act, for another operation; False where it does not.

    Until the transaction ends the link does not, and nobody else of the vendor enters this way.
    """
    await tx.enter(employer_id)
    return await queries.lock_active_link(tx, employer_id, vendor_id)
