"""What the campaigns of a vendor's employers lack, all in one list."""

from uuid import UUID

import msgspec

from peil import clock
from peil.access import table
from peil.actor import Actor
from peil.campaigns.operations import running_campaigns
from peil.employers.vendors.operations import active_employers, hold_vendor
from peil.ids import NONE
from peil.operation import Transaction, operation
from peil.paging import Page, PageQuery, mapped, page
from peil.readiness.model import EmployerFindings
from peil.readiness.operations import readiness_of

_ACTS_AS = frozenset({"vendor_integration"})


@operation("vendor-findings:read")
async def list_vendor_findings(tx: Transaction, vendor_id: UUID, query: PageQuery) -> Page[EmployerFindings]:
    """What the campaigns that are not over still lack, for each employer that lets the vendor act.

    Each employer is looked at by itself, behind its own wall: the longer the page, the longer it takes.
    """
    await hold_vendor(tx, vendor_id)
    bound = (vendor_id, "findings")
    after = tx.parts.cursors.open(query.cursor, UUID, *bound) if query.cursor else NONE
    employers = await active_employers(tx, vendor_id, after, query.limit + 1)
    shown = page(employers, query.limit, lambda employer_id: tx.parts.cursors.seal(employer_id, *bound))
    vendor, found = tx.actor, {}
    for employer_id in shown.items:
        # Its own time, also after one with a test clock.
        tx.now = clock.now()
        await tx.enter(employer_id)
        tx.act_for(_acting(vendor, employer_id), "readiness:read")
        found[employer_id] = await _findings(tx, employer_id)
    return mapped(shown, found.__getitem__)


async def _findings(tx: Transaction, employer_id: UUID) -> EmployerFindings:
    campaigns = await running_campaigns(tx)
    return EmployerFindings(
        employer_id=employer_id, campaigns=[await readiness_of(tx, campaign) for campaign in campaigns]
    )


def _acting(vendor: Actor, employer_id: UUID) -> Actor:
    """The vendor as it would read there with a token for this employer."""
    reaches = {scope: reach for scope, reach in table.reaches(_ACTS_AS).items() if scope.endswith(":read")}
    return msgspec.structs.replace(vendor, employer_id=employer_id, reaches=reaches, roles=_ACTS_AS)
