"""The same campaign at many employers of a vendor: each is entered by itself, and gets all of it or nothing."""

from collections import Counter
from collections.abc import Sequence
from functools import partial
from uuid import UUID

import msgspec

from peil import problems
from peil.access import table
from peil.actor import Actor
from peil.campaigns import rules, template_queries, template_rules
from peil.campaigns.activities import keep_activities
from peil.campaigns.communications import keep_communications
from peil.campaigns.operations import keep_campaign
from peil.campaigns.template_model import EmployerCampaign, Outcome, VendorCampaigns, VendorCampaignsNew
from peil.campaigns.template_rules import Plan
from peil.employers.vendors.operations import active_among, active_employers, enter_for, hold_vendor
from peil.errors import Finding
from peil.ids import NONE
from peil.instruments.operations import find_published
from peil.operation import Stages, Transaction, staged
from peil.toolkit.operations import keys_of

_ACTS_AS = frozenset({"vendor_integration"})
# What a whole campaign takes; of its other rights there the vendor needs none.
_RESOURCES = ("campaigns", "activities", "communications")


class _Chosen(msgspec.Struct, frozen=True):
    """At which employers; those among them that let the vendor act, and the cursor of the next ones."""

    employer_ids: Sequence[UUID]
    active: frozenset[UUID]
    next: str | None


@staged("vendor-campaigns:write")
async def create_vendor_campaigns(stages: Stages, vendor_id: UUID, new: VendorCampaignsNew) -> VendorCampaigns:
    """Creates a campaign from a template at many employers, and says what came of it at each.

    Each employer gets the whole of it or nothing, and one that refuses stops no other. A template key and a year make
    one campaign an employer: whoever repeats the request, also after an answer that never came, adds what is missing.
    There the vendor acts as `vendor_integration`, for campaigns, activities and communications alone.
    """
    chosen = await stages.do(partial(_choose, vendor_id=vendor_id, new=new))
    told = []
    for employer_id in chosen.employer_ids:
        if employer_id in chosen.active:
            create = partial(_create_at, vendor_id=vendor_id, employer_id=employer_id, new=new)
            told.append(await stages.do(create))
        else:
            told.append(_told(employer_id, "not-found"))
    outcomes = Counter(one.outcome for one in told)
    return VendorCampaigns(
        dry_run=new.dry_run,
        created=outcomes["created"],
        existing=outcomes["existing"],
        refused=outcomes["refused"],
        not_found=outcomes["not-found"],
        employers=told,
        next=chosen.next,
    )


async def _choose(tx: Transaction, vendor_id: UUID, new: VendorCampaignsNew) -> _Chosen:
    """Raises NotFound for another vendor, and Invalid for what would be refused everywhere."""
    await hold_vendor(tx, vendor_id)
    template_rules.check_request(new)
    if new.employer_ids is not None:
        active = await active_among(tx, vendor_id, new.employer_ids)
        return _Chosen(new.employer_ids, frozenset(active), None)
    bound = (vendor_id, "campaigns")
    after = tx.parts.cursors.open(new.cursor, UUID, *bound, at="/cursor") if new.cursor else NONE
    found = await active_employers(tx, vendor_id, after, new.limit + 1)
    shown = found[: new.limit]
    is_last = len(found) == len(shown)
    return _Chosen(shown, frozenset(shown), None if is_last else tx.parts.cursors.seal(shown[-1], *bound))


async def _create_at(tx: Transaction, vendor_id: UUID, employer_id: UUID, new: VendorCampaignsNew) -> EmployerCampaign:
    """What comes of it at one employer; under the lock of its link the same request does not come in between."""
    if not await enter_for(tx, vendor_id, employer_id):
        return _told(employer_id, "not-found")
    tx.act_for(_acting(tx.actor, employer_id), "campaigns:write")
    named = (employer_id, vendor_id, new.template.key, new.year)
    made = await template_queries.select_vendor_campaign(tx, *named)
    if made is not None:
        return _told(employer_id, "existing", made)
    plan, findings = await _plan(tx, new)
    if findings:
        errors = [problems.finding(found, tx.call.language) for found in findings]
        return EmployerCampaign(employer_id=employer_id, outcome="refused", campaign_id=None, errors=errors)
    if new.dry_run:
        return _told(employer_id, "created")
    campaign_id = await _keep(tx, plan)
    await template_queries.insert_vendor_campaign(tx, *named, campaign_id)
    return _told(employer_id, "created", campaign_id)


async def _plan(tx: Transaction, new: VendorCampaignsNew) -> tuple[Plan, list[Finding]]:
    """What the template comes to at the employer that was entered, and what of it does not fit there."""
    instruments = await find_published(tx, template_rules.instruments_of(new.template))
    keys = await keys_of(tx)
    known = rules.Known(
        instruments={one.instrument_id: one for one in instruments.values()},
        goals=keys["goal"],
        kpis=keys["kpi"],
        themes=keys["theme"],
        people=(),
        risks=(),
    )
    plan = template_rules.plan_of(new, {key: one.instrument_id for key, one in instruments.items()})
    return plan, template_rules.findings_at(plan, known, keys["activity"], keys["communication"])


async def _keep(tx: Transaction, plan: Plan) -> UUID:
    campaign_id = (await keep_campaign(tx, plan.campaign, None)).campaign_id
    with tx.under("activities:write"):
        await keep_activities(tx, campaign_id, plan.activities)
    with tx.under("communications:write"):
        await keep_communications(tx, campaign_id, plan.communications)
    return campaign_id


def _told(employer_id: UUID, outcome: Outcome, campaign_id: UUID | None = None) -> EmployerCampaign:
    return EmployerCampaign(employer_id=employer_id, outcome=outcome, campaign_id=campaign_id, errors=[])


def _acting(vendor: Actor, employer_id: UUID) -> Actor:
    """The vendor as it would write campaigns there with a token for this employer."""
    reaches = {
        scope: reach for scope, reach in table.reaches(_ACTS_AS).items() if scope.partition(":")[0] in _RESOURCES
    }
    return msgspec.structs.replace(vendor, employer_id=employer_id, reaches=reaches, roles=_ACTS_AS)
