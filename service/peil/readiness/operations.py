"""What can be read of a campaign as a whole."""

from uuid import UUID

from peil.actions.checks import checks_of
from peil.actions.operations import actions_of
from peil.actor import Reach
from peil.campaigns.activities import agenda_of
from peil.campaigns.agenda_model import Activity, Communication
from peil.campaigns.agenda_rules import communication_of
from peil.campaigns.communications import communications_of
from peil.campaigns.model import Campaign
from peil.campaigns.operations import get_campaign
from peil.consents.operations import council_stance
from peil.directory.operations import known_people, units_in_reach, units_on
from peil.directory.rules import concerns
from peil.employers.operations import standing_preconditions
from peil.operation import Transaction, operation
from peil.readiness import rules, timeline
from peil.readiness.model import Readiness, Timeline
from peil.support_routes.operations import standing_routes
from peil.toolkit.operations import entries_of
from peil.waves.budget import asking_too_much
from peil.waves.model import Wave
from peil.waves.operations import waves_of


@operation("readiness:read")
async def get_readiness(tx: Transaction, campaign_id: UUID) -> Readiness:
    """What the campaign still lacks and what to do; for a manager what is about the own units."""
    return await readiness_of(tx, await get_campaign.within(tx, campaign_id))


@operation("campaigns:read")
async def get_timeline(tx: Transaction, campaign_id: UUID) -> Timeline:
    """The campaign in the order of its days: what was, what is due and what is to come.

    What the caller may not read is left out.
    """
    campaign, today = await get_campaign.within(tx, campaign_id), tx.now.date()
    actions = rules.of_reach(await actions_of(tx, campaign_id), await acts_in_reach(tx))
    dated = timeline.Dated(
        campaign=campaign,
        waves=await _waves(tx, campaign_id),
        agenda=await _agenda(tx, campaign_id),
        communications=await _communications(tx, campaign),
        actions=actions,
        checks=await checks_of(tx, [action.action_id for action in actions]),
    )
    return Timeline(campaign_id=campaign_id, today=today, entries=timeline.entries(dated, today, tx.call.language))


async def readiness_of(tx: Transaction, campaign: Campaign) -> Readiness:
    """The same of a campaign that is known, for another operation."""
    found = rules.findings(await _facts(tx, campaign))
    seen, acts = await units_in_reach(tx), await acts_in_reach(tx)
    return Readiness(
        campaign_id=campaign.campaign_id,
        findings=[rules.told(one, tx.call.language) for one in found if rules.is_seen(one, seen, acts)],
    )


async def acts_in_reach(tx: Transaction) -> list[UUID | None] | None:
    """The units whose actions the caller may see, None among them for those of everyone; None: all."""
    if "actions:read" not in tx.actor.reaches:
        return []
    with tx.under("actions:read"):
        seen = await units_in_reach(tx)
    return None if seen is None else [None, *seen]


async def _waves(tx: Transaction, campaign_id: UUID) -> list[Wave]:
    if "waves:read" not in tx.actor.reaches:
        return []
    with tx.under("waves:read"):
        return await waves_of(tx, [campaign_id], await units_in_reach(tx))


async def _agenda(tx: Transaction, campaign_id: UUID) -> list[Activity]:
    if "activities:read" not in tx.actor.reaches:
        return []
    with tx.under("activities:read"):
        seen = await units_in_reach(tx)
    return [activity for activity in await agenda_of(tx, campaign_id) if concerns(activity.unit_ids, seen)]


async def _communications(tx: Transaction, campaign: Campaign) -> list[Communication]:
    reach = tx.actor.reaches.get("communications:read")
    told = [] if reach is None else await communications_of(tx, campaign.campaign_id)
    return [
        communication_of(item, campaign)
        for item in told
        if item.state == "sent" or (reach is not None and reach >= Reach.EMPLOYER)
    ]


async def _facts(tx: Transaction, campaign: Campaign) -> rules.Facts:
    campaign_id, today = campaign.campaign_id, tx.now.date()
    actions = await actions_of(tx, campaign_id)
    waves = await waves_of(tx, [campaign_id])
    return rules.Facts(
        campaign=campaign,
        waves=waves,
        too_much=await asking_too_much(tx, [wave for wave in waves if wave.state == "planned"]),
        agenda=await agenda_of(tx, campaign_id),
        activities=await entries_of(tx, "activity"),
        plan=await communications_of(tx, campaign_id),
        communications=await entries_of(tx, "communication"),
        actions=actions,
        checks=await checks_of(tx, [action.action_id for action in actions]),
        routes=await standing_routes(tx),
        preconditions={one.kind for one in await standing_preconditions(tx)},
        council=await council_stance(tx),
        team_units=await known_people(tx, [member.person_id for member in campaign.core_team]),
        units=[rules.UnitFact(unit.unit_id, unit.parent_id, unit.name) for unit in await units_on(tx, today)],
        today=today,
    )
