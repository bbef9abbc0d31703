"""What can be done with the communication plan of a campaign."""

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

from peil.actor import Reach
from peil.audit import record, record_each
from peil.campaigns import agenda_queries, agenda_rules, queries
from peil.campaigns.agenda_model import Communication, CommunicationNew, StoredCommunication
from peil.campaigns.operations import get_campaign
from peil.directory.operations import known_owners
from peil.errors import NotFound
from peil.ids import NONE, ordered_id
from peil.operation import Transaction, operation
from peil.outbox import publish, publish_each
from peil.paging import ChangedPageQuery, Page, page
from peil.patching import Patch
from peil.toolkit.operations import entries_of


@operation("communications:write", creates=True)
async def create_communication(tx: Transaction, campaign_id: UUID, new: CommunicationNew) -> Communication:
    """Adds an item to the communication plan."""
    await _check(tx, campaign_id, new, None)
    return await get_communication.within(tx, await keep_communication(tx, campaign_id, new))


@operation("communications:read")
async def get_communication(tx: Transaction, communication_id: UUID) -> Communication:
    """An item of the communication plan; managers and employees see what was sent."""
    found = await agenda_queries.select_communication(tx, tx.employer_id, communication_id)
    if found is None or (_sees_sent_only(tx) and found.state != "sent"):
        raise NotFound
    return await _seen(tx, found)


@operation("communications:read")
async def list_communications(tx: Transaction, campaign_id: UUID, query: ChangedPageQuery) -> Page[Communication]:
    """The communication plan of a campaign by day; managers and employees see what was sent."""
    campaign = await get_campaign.within(tx, campaign_id)
    bound = (tx.employer_id, campaign_id, "communications", query.modified_after)
    after = tx.parts.cursors.open(query.cursor, tuple[date, UUID], *bound) if query.cursor else (date.min, NONE)
    found = await agenda_queries.select_communications(
        tx,
        tx.employer_id,
        campaign_id,
        after,
        only_sent=_sees_sent_only(tx),
        since=await _since(tx, campaign_id, query.modified_after),
        limit=query.limit + 1,
    )
    return page(
        [agenda_rules.communication_of(stored, campaign) for stored in found],
        query.limit,
        lambda item: tx.parts.cursors.seal((item.on, item.communication_id), *bound),
    )


@operation("communications:write")
async def update_communication(
    tx: Transaction, communication_id: UUID, patch: Patch[CommunicationNew]
) -> Communication:
    """Changes an item of the communication plan, such as that it was sent."""
    current = await _locked(tx, communication_id)
    new = patch.apply(current)
    await _check(tx, current.campaign_id, new, current)
    await agenda_queries.update_communication(tx, tx.employer_id, communication_id, new, tx.now)
    await record(tx, f"communications/{communication_id}")
    await publish(tx, "communication.updated", f"communications/{communication_id}", new.state)
    return await get_communication.within(tx, communication_id)


@operation("communications:write")
async def delete_communication(tx: Transaction, communication_id: UUID) -> None:
    """Removes an item of the communication plan."""
    await _locked(tx, communication_id)
    await agenda_queries.delete_communication(tx, tx.employer_id, communication_id)
    await record(tx, f"communications/{communication_id}")
    await publish(tx, "communication.deleted", f"communications/{communication_id}")


async def keep_communication(tx: Transaction, campaign_id: UUID, new: CommunicationNew) -> UUID:
    """Writes an item that was checked, with its audit row and event; its id."""
    communication_id = ordered_id()
    await agenda_queries.insert_communication(tx, tx.employer_id, communication_id, campaign_id, new, tx.now)
    await record(tx, f"communications/{communication_id}")
    await publish(tx, "communication.created", f"communications/{communication_id}", new.state)
    return communication_id


async def keep_communications(tx: Transaction, campaign_id: UUID, new: Sequence[CommunicationNew]) -> None:
    """Writes planned items that were checked with their audit rows and events, with as few statements as one."""
    written = [(ordered_id(), one) for one in new]
    await agenda_queries.insert_communications(tx, tx.employer_id, campaign_id, written, tx.now)
    subjects = [f"communications/{communication_id}" for communication_id, _ in written]
    await record_each(tx, subjects)
    await publish_each(tx, "communication.created", subjects, "planned")


async def communications_of(tx: Transaction, campaign_id: UUID) -> list[StoredCommunication]:
    """The whole communication plan for another operation, by day."""
    return await agenda_queries.select_communications(
        tx, tx.employer_id, campaign_id, (date.min, NONE), only_sent=False, since=None, limit=None
    )


async def _since(tx: Transaction, campaign_id: UUID, since: datetime | None) -> datetime | None:
    """None where everything may read differently since: whether it is before or after the week, the campaign says."""
    is_moved = since is not None and await queries.is_campaign_changed(tx, tx.employer_id, campaign_id, since)
    return None if is_moved else since


def _sees_sent_only(tx: Transaction) -> bool:
    return tx.reach < Reach.EMPLOYER


async def _seen(tx: Transaction, stored: StoredCommunication) -> Communication:
    return agenda_rules.communication_of(stored, await get_campaign.within(tx, stored.campaign_id))


async def _check(tx: Transaction, campaign_id: UUID, new: CommunicationNew, before: Communication | None) -> None:
    """Raises NotFound, Invalid; an owner who has left and a day that the week left may stay as `before`."""
    campaign = await get_campaign.within(tx, campaign_id)
    kinds = await entries_of(tx, "communication")
    people = await known_owners(tx, new.owner, None if before is None else before.owner)
    is_moved = before is None or before.on != new.on
    agenda_rules.check_communication(new, campaign, kinds.keys(), people, is_moved=is_moved)


async def _locked(tx: Transaction, communication_id: UUID) -> Communication:
    stored = await agenda_queries.lock_communication(tx, tx.employer_id, communication_id)
    if stored is None:
        raise NotFound
    current = await _seen(tx, stored)
    tx.must_match(current)
    return current
