"""The next edition, made from the one before."""

from datetime import timedelta
from uuid import UUID

import msgspec

from peil.campaigns import agenda_rules, rules
from peil.campaigns.activities import agenda_of, keep_activities
from peil.campaigns.agenda_model import ActivityNew, CommunicationNew
from peil.campaigns.communications import communications_of, keep_communications
from peil.campaigns.model import Campaign, CampaignCopy
from peil.campaigns.operations import check_campaign, hold_campaign, keep_campaign
from peil.directory.operations import known_people, standing_unit_ids
from peil.operation import Transaction, operation


@operation("campaigns:write", creates=True)
async def copy_campaign(tx: Transaction, campaign_id: UUID, copy: CampaignCopy) -> Campaign:
    """Makes the next edition: aims, team, agenda and communication, moved to its week; waves are planned anew.

    People who have left and units that were closed are left out. It also needs `activities:write` and
    `communications:write`.
    """
    stored = await hold_campaign(tx, campaign_id)
    new = rules.next_edition(stored, copy, await known_people(tx, rules.people_of(stored)))
    await check_campaign(tx, new)
    made = await keep_campaign(tx, new, campaign_id)
    by = rules.shift(stored, copy.year)
    with tx.under("activities:write"):
        await _copy_agenda(tx, campaign_id, made.campaign_id, by)
    with tx.under("communications:write"):
        await _copy_communications(tx, campaign_id, made.campaign_id, by)
    return made


async def _copy_agenda(tx: Transaction, campaign_id: UUID, into: UUID, by: timedelta) -> None:
    unit_ids = await standing_unit_ids(tx)
    agenda = [
        agenda_rules.shifted(msgspec.convert(activity, ActivityNew, from_attributes=True), by, unit_ids)
        for activity in await agenda_of(tx, campaign_id)
    ]
    await keep_activities(tx, into, [moved for moved in agenda if moved is not None])


async def _copy_communications(tx: Transaction, campaign_id: UUID, into: UUID, by: timedelta) -> None:
    plan = await communications_of(tx, campaign_id)
    owners = [item.owner.person_id for item in plan if item.owner is not None and item.owner.person_id is not None]
    people = await known_people(tx, owners)
    told = [msgspec.convert(item, CommunicationNew, from_attributes=True) for item in plan]
    await keep_communications(tx, into, [agenda_rules.shifted_communication(item, by, people) for item in told])
