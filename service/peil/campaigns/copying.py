"""The next edition, made from the one before."""

from uuid import UUID

import msgspec

from peil.campaigns import agenda_queries, agenda_rules, rules
from peil.campaigns.activities import agenda_of
from peil.campaigns.agenda_model import ActivityNew, CommunicationNew
from peil.campaigns.communications import communications_of
from peil.campaigns.model import Campaign, CampaignCopy
from peil.campaigns.operations import check_campaign, hold_campaign, keep_campaign
from peil.directory.operations import known_people
from peil.ids import ordered_id
from peil.operation import Transaction, operation


@operation("campaigns:write", creates=True)
async def copy_campaign(tx: Transaction, campaign_id: UUID, copy: CampaignCopy) -> Campaign:
    """Makes the next edition: aims, team, agenda and communication, moved to its week; waves are planned anew.

    Who has left is not in its team.
    """
    stored = await hold_campaign(tx, campaign_id)
    new = rules.next_edition(stored, copy, await known_people(tx, rules.people_of(stored)))
    await check_campaign(tx, new)
    made = await keep_campaign(tx, new, campaign_id)
    by = rules.shift(stored, copy.year)
    for activity in await agenda_of(tx, campaign_id):
        plan = msgspec.convert(activity, ActivityNew, from_attributes=True)
        moved = agenda_rules.shifted(plan, by)
        await agenda_queries.insert_activity(tx, tx.employer_id, ordered_id(), made.campaign_id, moved)
    for item in await communications_of(tx, campaign_id):
        told = agenda_rules.shifted_communication(msgspec.convert(item, CommunicationNew, from_attributes=True), by)
        await agenda_queries.insert_communication(tx, tx.employer_id, ordered_id(), made.campaign_id, told)
    return made
