"""What can be done with the agenda of a campaign."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from peil.audit import record, record_each
from peil.campaigns import agenda_queries, agenda_rules, queries
from peil.campaigns.agenda_model import Activity, ActivityNew
from peil.campaigns.operations import get_campaign
from peil.directory.operations import own_units, standing_unit_ids, units_in_reach
from peil.directory.rules import check_own_units, concerns
from peil.errors import NotFound
from peil.ids import NONE, ordered_id
from peil.operation import Transaction, operation
from peil.outbox import publish, publish_each
from peil.paging import ChangedPageQuery, Page, page
from peil.patching import Patch
from peil.toolkit.operations import entries_of


@operation("activities:write", creates=True)
async def create_activity(tx: Transaction, campaign_id: UUID, new: ActivityNew) -> Activity:
    """Puts something on the agenda; a manager does so for the own units."""
    await _check(tx, campaign_id, new, None)
    return await get_activity.within(tx, await keep_activity(tx, campaign_id, new))


@operation("activities:read")
async def get_activity(tx: Transaction, activity_id: UUID) -> Activity:
    """An item of the agenda."""
    found = await agenda_queries.select_activity(tx, tx.employer_id, activity_id)
    if found is None or not concerns(found.unit_ids, await units_in_reach(tx)):
        raise NotFound
    return found


@operation("activities:read")
async def list_activities(tx: Transaction, campaign_id: UUID, query: ChangedPageQuery) -> Page[Activity]:
    """The agenda of a campaign by day, as far as it is for everyone or for the caller's units."""
    await get_campaign.within(tx, campaign_id)
    bound = (tx.employer_id, campaign_id, "activities", query.modified_after)
    after = tx.parts.cursors.open(query.cursor, tuple[date, UUID], *bound) if query.cursor else (date.min, NONE)
    found = await agenda_queries.select_activities(
        tx, tx.employer_id, campaign_id, after, await units_in_reach(tx), query.modified_after, query.limit + 1
    )
    return page(found, query.limit, lambda item: tx.parts.cursors.seal((item.on, item.activity_id), *bound))


@operation("activities:write")
async def update_activity(tx: Transaction, activity_id: UUID, patch: Patch[ActivityNew]) -> Activity:
    """Changes an item of the agenda."""
    current = await _locked(tx, activity_id)
    tx.must_match(current)
    new = patch.apply(current)
    await _check(tx, current.campaign_id, new, current)
    await agenda_queries.update_activity(tx, tx.employer_id, activity_id, new, tx.now)
    await record(tx, f"activities/{activity_id}")
    await publish(tx, "activity.updated", f"activities/{activity_id}")
    return await get_activity.within(tx, activity_id)


@operation("activities:write")
async def delete_activity(tx: Transaction, activity_id: UUID) -> None:
    """Takes something off the agenda."""
    tx.must_match(await _locked(tx, activity_id))
    await agenda_queries.delete_activity(tx, tx.employer_id, activity_id)
    await record(tx, f"activities/{activity_id}")
    await publish(tx, "activity.deleted", f"activities/{activity_id}")


async def keep_activity(tx: Transaction, campaign_id: UUID, new: ActivityNew) -> UUID:
    """Writes an item that was checked, with its audit row and event; its id."""
    activity_id = ordered_id()
    await agenda_queries.insert_activity(tx, tx.employer_id, activity_id, campaign_id, new, tx.now)
    await record(tx, f"activities/{activity_id}")
    await publish(tx, "activity.created", f"activities/{activity_id}")
    return activity_id


async def keep_activities(tx: Transaction, campaign_id: UUID, new: Sequence[ActivityNew]) -> None:
    """Writes items that were checked with their audit rows and events, with as few statements as one of them."""
    written = [(ordered_id(), one) for one in new]
    await agenda_queries.insert_activities(tx, tx.employer_id, campaign_id, written, tx.now)
    subjects = [f"activities/{activity_id}" for activity_id, _ in written]
    await record_each(tx, subjects)
    await publish_each(tx, "activity.created", subjects)


async def agenda_of(tx: Transaction, campaign_id: UUID) -> list[Activity]:
    """The whole agenda for another operation, by day."""
    return await agenda_queries.select_activities(tx, tx.employer_id, campaign_id, (date.min, NONE), None, None, None)


async def agenda_between(tx: Transaction, first: date, last: date) -> list[Activity]:
    """What all campaigns have on these days, for another operation, by day."""
    return await agenda_queries.select_activities_between(tx, tx.employer_id, first, last)


async def zones_of_agendas(tx: Transaction) -> dict[UUID, str]:
    """In which time zone each campaign has its agenda, for another operation."""
    return await queries.select_zones(tx, tx.employer_id)


async def _check(tx: Transaction, campaign_id: UUID, new: ActivityNew, before: Activity | None) -> None:
    """Raises NotFound, Denied, Invalid; a unit that was closed and a day that the week left may stay as `before`."""
    campaign = await get_campaign.within(tx, campaign_id)
    check_own_units(new.unit_ids, await own_units(tx))
    kinds = await entries_of(tx, "activity")
    unit_ids = await standing_unit_ids(tx) if new.unit_ids else set()
    kept = set() if before is None or before.unit_ids is None else set(before.unit_ids)
    is_moved = before is None or before.on != new.on
    agenda_rules.check_activity(new, campaign, kinds.keys(), unit_ids | kept, is_moved=is_moved)


async def _locked(tx: Transaction, activity_id: UUID) -> Activity:
    """An activity to change, by somebody who may. Raises NotFound, Denied."""
    current = await agenda_queries.lock_activity(tx, tx.employer_id, activity_id)
    if current is None or not concerns(current.unit_ids, await units_in_reach(tx)):
        raise NotFound
    check_own_units(current.unit_ids, await own_units(tx))
    return current
