"""What can be done with risks. Nothing is deleted: a register keeps what was, and `closed` ends a risk."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

import msgspec

from peil.audit import record
from peil.directory.operations import standing_unit_ids, units_in_reach
from peil.directory.rules import concerns
from peil.errors import NotFound
from peil.ids import NONE, ordered_id
from peil.operation import Transaction, operation
from peil.outbox import publish
from peil.paging import ChangedPageQuery, Page, page
from peil.patching import Patch
from peil.risks import queries, rules
from peil.risks.model import Risk, RiskNew
from peil.risks.queries import StoredRisk
from peil.toolkit.operations import are_entries_changed, entries_of


@operation("risks:write", creates=True)
async def create_risk(tx: Transaction, new: RiskNew) -> Risk:
    """Adds a risk to the register."""
    await _check(tx, new, [])
    risk_id = ordered_id()
    found = new.identified_on or tx.now.date()
    await queries.insert_risk(tx, tx.employer_id, risk_id, new, found, tx.now)
    await record(tx, f"risks/{risk_id}")
    await publish(tx, "risk.created", f"risks/{risk_id}", new.state)
    return await get_risk.within(tx, risk_id)


@operation("risks:read")
async def get_risk(tx: Transaction, risk_id: UUID) -> Risk:
    """A risk, if it is about the caller's units or about everybody."""
    stored = await queries.select_risk(tx, tx.employer_id, risk_id)
    if stored is None or not concerns(stored.unit_ids, await units_in_reach(tx)):
        raise NotFound
    return _seen(stored, await _statutory(tx))


@operation("risks:read")
async def list_risks(tx: Transaction, query: ChangedPageQuery) -> Page[Risk]:
    """The register in the order in which risks were added; of a manager or an employee what is about their units."""
    bound = (tx.employer_id, "risks", query.modified_after)
    after = tx.parts.cursors.open(query.cursor, UUID, *bound) if query.cursor else NONE
    since = await _since(tx, query.modified_after)
    found = await queries.select_risks(tx, tx.employer_id, after, await units_in_reach(tx), since, query.limit + 1)
    statutory = await _statutory(tx)
    risks = [_seen(stored, statutory) for stored in found]
    return page(risks, query.limit, lambda risk: tx.parts.cursors.seal(risk.risk_id, *bound))


@operation("risks:write")
async def update_risk(tx: Transaction, risk_id: UUID, patch: Patch[RiskNew]) -> Risk:
    """Changes a risk: rates it anew, moves it to another version of the RI&E, or closes it."""
    stored = await queries.lock_risk(tx, tx.employer_id, risk_id)
    if stored is None:
        raise NotFound
    current = _seen(stored, await _statutory(tx))
    tx.must_match(current)
    new = patch.apply(current)
    await _check(tx, new, current.unit_ids or [])
    await queries.update_risk(tx, tx.employer_id, risk_id, new, new.identified_on or tx.now.date(), tx.now)
    await record(tx, f"risks/{risk_id}")
    await publish(tx, "risk.updated", f"risks/{risk_id}", new.state)
    return await get_risk.within(tx, risk_id)


async def known_risks(tx: Transaction, risk_ids: Collection[UUID]) -> set[UUID]:
    """Those of these ids that are risks of the employer, for operations that refer to them."""
    return set(await queries.select_known_risks(tx, tx.employer_id, risk_ids))


async def register_of(tx: Transaction) -> dict[UUID, Risk]:
    """The risks that the caller may see by their ids, for another operation; none for who may see none."""
    if "risks:read" not in tx.actor.reaches:
        return {}
    with tx.under("risks:read"):
        found = await queries.select_risks(tx, tx.employer_id, NONE, await units_in_reach(tx), None, None)
    statutory = await _statutory(tx)
    return {stored.risk_id: _seen(stored, statutory) for stored in found}


async def _check(tx: Transaction, new: RiskNew, kept: list[UUID]) -> None:
    """Refuses what the rules refuse; a risk may stay about the units `kept`, also where one has ended."""
    categories = await entries_of(tx, "risk")
    unit_ids = await standing_unit_ids(tx) if new.unit_ids else set()
    rules.check_risk(new, categories, unit_ids | set(kept), tx.now.date())


async def _since(tx: Transaction, since: datetime | None) -> datetime | None:
    """None where all may read differently since: which categories are statutory, the catalogue says."""
    return None if since is not None and await are_entries_changed(tx, "risk", since) else since


async def _statutory(tx: Transaction) -> set[str]:
    """The keys of the categories that the law names."""
    return {key for key, entry in (await entries_of(tx, "risk")).items() if "statutory" in entry.marks}


def _seen(stored: StoredRisk, statutory: set[str]) -> Risk:
    return Risk(**msgspec.structs.asdict(stored), statutory=stored.category in statutory)
