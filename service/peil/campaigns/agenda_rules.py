"""Decisions about the agenda and the communication plan."""

from collections.abc import Collection, Iterator
from datetime import date, timedelta
from uuid import UUID

import msgspec

from peil.campaigns import rules
from peil.campaigns.agenda_model import ActivityNew, Communication, CommunicationNew, Stage, StoredCommunication
from peil.campaigns.model import Campaign, CampaignNew
from peil.directory.rules import owner_findings, unit_findings
from peil.errors import Finding, Invalid

_AFTERWARDS = timedelta(days=366)

Days = tuple[date, date]
"""The first and the last of them."""


def check_activity(
    new: ActivityNew,
    campaign: Campaign,
    kinds: Collection[str],
    unit_ids: Collection[UUID],
    *,
    is_moved: bool = True,
) -> None:
    """An activity has a kind of the catalogue, a time and units that exist. Raises Invalid with all findings."""
    findings = [*activity_findings(new, days_of(campaign) if is_moved else None, kinds)]
    findings += unit_findings(new.unit_ids, unit_ids)
    if findings:
        raise Invalid(*findings)


def activity_findings(new: ActivityNew, days: Days | None, kinds: Collection[str]) -> Iterator[Finding]:
    """What is wrong with an activity but its units; `days` None: it stays on its day."""
    yield from item_findings(new, days, kinds)
    if new.to <= new.from_:
        yield Finding("/to", "ends-before-start")


def check_communication(
    new: CommunicationNew,
    campaign: Campaign,
    kinds: Collection[str],
    people: Collection[UUID],
    *,
    is_moved: bool = True,
) -> None:
    """An item has a kind of the catalogue, a day and an owner who is there. Raises Invalid with all findings."""
    findings = [*item_findings(new, days_of(campaign) if is_moved else None, kinds)]
    if new.owner is not None:
        findings += owner_findings(new.owner, people)
    if findings:
        raise Invalid(*findings)


def item_findings(new: ActivityNew | CommunicationNew, days: Days | None, kinds: Collection[str]) -> Iterator[Finding]:
    """An item has a kind of the catalogue and one of these days; `days` None: it stays on its day."""
    if new.kind not in kinds:
        yield Finding("/kind", "unknown-kind")
    if days is not None and not days[0] <= new.on <= days[1]:
        yield Finding("/on", "outside-campaign", {"from": days[0].isoformat(), "to": days[1].isoformat()})


def days_of(plan: Campaign | CampaignNew) -> Days:
    """On which days something of a campaign can be: from its preparation until a year after its week."""
    return rules.phases(plan)[0].from_, rules.week(plan)[1] + _AFTERWARDS


def communication_of(stored: StoredCommunication, campaign: Campaign) -> Communication:
    """An item as callers see it."""
    return Communication(**msgspec.structs.asdict(stored), stage=stage(stored.on, campaign))


def stage(on: date, campaign: Campaign) -> Stage:
    """Whether a day is before, in or after the week."""
    if on < campaign.week_from:
        return "before"
    return "during" if on <= campaign.week_to else "after"


def shifted(new: ActivityNew, by: timedelta, unit_ids: Collection[UUID]) -> ActivityNew | None:
    """The same activity in the next edition, for those of its units that are still there; None: none of them is."""
    kept = None if new.unit_ids is None else [unit_id for unit_id in new.unit_ids if unit_id in unit_ids]
    return None if kept == [] else msgspec.structs.replace(new, on=new.on + by, attended=None, unit_ids=kept)


def shifted_communication(new: CommunicationNew, by: timedelta, people: Collection[UUID]) -> CommunicationNew:
    """The same item in the next edition, still to be told, by its owner if among the `people` who are still there."""
    gone = new.owner is not None and new.owner.person_id is not None and new.owner.person_id not in people
    owner = None if gone else new.owner
    return msgspec.structs.replace(new, on=new.on + by, state="planned", reach=None, owner=owner)
