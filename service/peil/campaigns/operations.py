"""What can be done with campaigns."""

from uuid import UUID

from peil.audit import record
from peil.campaigns import queries, rules
from peil.campaigns.model import Campaign, CampaignNew, StoredCampaign
from peil.directory.operations import known_people
from peil.errors import NotFound
from peil.ids import NONE, ordered_id
from peil.instruments.operations import find_instruments
from peil.operation import Transaction, operation
from peil.outbox import publish
from peil.paging import ChangedPageQuery, Page, page
from peil.patching import Patch
from peil.risks.operations import known_risks
from peil.toolkit.operations import entries_of

_MANY = 10_000


@operation("campaigns:write", creates=True)
async def create_campaign(tx: Transaction, new: CampaignNew) -> Campaign:
    """Creates a campaign; its phases follow from the week."""
    await check_campaign(tx, new)
    return await keep_campaign(tx, new, None)


@operation("campaigns:read")
async def get_campaign(tx: Transaction, campaign_id: UUID) -> Campaign:
    """A campaign."""
    found = await find_campaign(tx, campaign_id)
    if found is None:
        raise NotFound
    return found


@operation("campaigns:read")
async def list_campaigns(tx: Transaction, query: ChangedPageQuery) -> Page[Campaign]:
    """The employer's campaigns in the order in which they were created."""
    bound = (tx.employer_id, "campaigns", query.modified_after)
    after = tx.parts.cursors.open(query.cursor, UUID, *bound) if query.cursor else NONE
    found = await queries.select_campaigns(tx, tx.employer_id, after, query.modified_after, query.limit + 1)
    campaigns = [rules.campaign_of(stored) for stored in found]
    return page(campaigns, query.limit, lambda campaign: tx.parts.cursors.seal(campaign.campaign_id, *bound))


@operation("campaigns:write")
async def update_campaign(tx: Transaction, campaign_id: UUID, patch: Patch[CampaignNew]) -> Campaign:
    """Changes a campaign; dates that nobody chose move with the week."""
    stored = await hold_campaign(tx, campaign_id)
    tx.must_match(rules.campaign_of(stored))
    new = patch.apply(stored)
    await check_campaign(tx, new, stored)
    await queries.update_campaign(tx, tx.employer_id, campaign_id, new, tx.now)
    await record(tx, f"campaigns/{campaign_id}")
    await publish(tx, "campaign.updated", f"campaigns/{campaign_id}")
    return await get_campaign.within(tx, campaign_id)


async def find_campaign(tx: Transaction, campaign_id: UUID) -> Campaign | None:
    """A campaign for another operation; None where there is none."""
    stored = await queries.select_campaign(tx, tx.employer_id, campaign_id)
    return None if stored is None else rules.campaign_of(stored)


async def running_campaigns(tx: Transaction) -> list[Campaign]:
    """The campaigns that are not over, in the order in which they were created, for another operation."""
    stored = await queries.select_campaigns(tx, tx.employer_id, NONE, None, _MANY)
    today = tx.now.date()
    campaigns = [rules.campaign_of(one) for one in stored]
    return [one for one in campaigns if any(phase.to >= today for phase in one.phases)]


async def check_campaign(tx: Transaction, plan: CampaignNew, before: StoredCampaign | None = None) -> None:
    """Looks up everything that a plan refers to. Raises Invalid with all findings.

    Who has left may stay in the team where the plan had them `before`.
    """
    known = rules.Known(
        instruments=await find_instruments(tx, [one.instrument_id for one in rules.blocks_of(plan)]),
        goals=(await entries_of(tx, "goal")).keys(),
        kpis=(await entries_of(tx, "kpi")).keys(),
        themes=(await entries_of(tx, "theme")).keys(),
        people={*await known_people(tx, rules.people_of(plan)), *(rules.people_of(before) if before else ())},
        risks=await known_risks(tx, [goal.risk_id for goal in plan.goals if goal.risk_id]),
    )
    rules.check_campaign(plan, known)


async def keep_campaign(tx: Transaction, new: CampaignNew, copied_from_id: UUID | None) -> Campaign:
    """Writes a plan that was checked, with its audit row and event."""
    campaign_id = ordered_id()
    await queries.insert_campaign(tx, tx.employer_id, campaign_id, new, copied_from_id, tx.now)
    await record(tx, f"campaigns/{campaign_id}")
    await publish(tx, "campaign.created", f"campaigns/{campaign_id}")
    return await get_campaign.within(tx, campaign_id)


async def hold_campaign(tx: Transaction, campaign_id: UUID) -> StoredCampaign:
    """A campaign that nobody else changes until the transaction ends. Raises NotFound."""
    stored = await queries.lock_campaign(tx, tx.employer_id, campaign_id)
    if stored is None:
        raise NotFound
    return stored
