"""What can be done with progress checks; the worker makes them when they are due."""

from collections.abc import Sequence
from datetime import date, timedelta
from uuid import UUID

import msgspec

from peil.actions import check_queries, queries, rules
from peil.actions.model import CheckCompletion, ProgressCheck, ProgressCheckQuery, StoredCheck
from peil.actions.operations import changed_since, follow, may_see, midnight, readings_of
from peil.audit import record
from peil.directory.operations import own_units, units_in_reach
from peil.directory.rules import check_own_units, concerns
from peil.errors import Conflict, NotFound
from peil.ids import NONE, ordered_id
from peil.operation import Transaction, operation
from peil.outbox import publish
from peil.paging import Page, page
from peil.schedule import due


@operation("actions:read")
async def get_progress_check(tx: Transaction, progress_check_id: UUID) -> ProgressCheck:
    """A progress check; until it is done with what the newest release says of the metric."""
    stored = await check_queries.select_check(tx, tx.employer_id, progress_check_id, await units_in_reach(tx))
    if stored is None:
        raise NotFound
    return (await _seen(tx, [stored]))[0]


@operation("actions:read")
async def list_progress_checks(tx: Transaction, query: ProgressCheckQuery) -> Page[ProgressCheck]:
    """Progress checks by day: due, overdue, done, or dropped with their action. The next one stands with its action."""
    bound = (tx.employer_id, "progress-checks", query.action, query.campaign, query.open, query.modified_after)
    after = tx.parts.cursors.open(query.cursor, tuple[date, UUID], *bound) if query.cursor else (date.min, NONE)
    wanted = None if query.action is None else [query.action]
    found = await check_queries.select_checks(
        tx,
        tx.employer_id,
        wanted,
        await units_in_reach(tx),
        is_open=query.open,
        campaign_id=query.campaign,
        after=after,
        since=await changed_since(tx, query.modified_after),
        limit=query.limit + 1,
    )
    checks = await _seen(tx, found)
    return page(checks, query.limit, lambda one: tx.parts.cursors.seal((one.due_on, one.progress_check_id), *bound))


@operation("actions:read")
async def list_progress_checks_by_action_id(tx: Transaction, action_ids: list[UUID]) -> Sequence[list[ProgressCheck]]:
    """The progress checks of each of these actions, for the loaders of GraphQL."""
    found = await checks_of(tx, action_ids, await units_in_reach(tx))
    return [[one for one in found if one.action_id == action_id] for action_id in action_ids]


@operation("actions:write")
async def complete_progress_check(
    tx: Transaction, progress_check_id: UUID, completion: CheckCompletion
) -> ProgressCheck:
    """Says whether the action works; what the metric says at this moment is kept with it."""
    stored = await check_queries.lock_check(tx, tx.employer_id, progress_check_id)
    if stored is None or not concerns(rules.units_of(stored.unit_id), await units_in_reach(tx)):
        raise NotFound
    check_own_units(rules.units_of(stored.unit_id), await own_units(tx))
    if stored.completed_on is not None:
        raise Conflict("progress-check-done")
    [reading] = await readings_of(tx, [stored.metric])
    await check_queries.complete_check(
        tx, tx.employer_id, progress_check_id, completion.result, completion.note, reading, tx.now.date(), tx.now
    )
    await record(tx, f"progress-checks/{progress_check_id}")
    await publish(tx, "progress-check.completed", f"progress-checks/{progress_check_id}", completion.result)
    return await get_progress_check.within(tx, progress_check_id)


async def checks_of(tx: Transaction, action_ids: Sequence[UUID], seen: list[UUID] | None = None) -> list[ProgressCheck]:
    """The progress checks of these actions, for another operation; `seen`: of units that are, None: of all."""
    found = await check_queries.select_checks(tx, tx.employer_id, action_ids, seen)
    return await _seen(tx, found)


async def generate_checks(tx: Transaction, action_id: UUID) -> None:
    """Makes every progress check of an action that is due by now, and has the worker come back for the next."""
    action = await queries.select_action(tx, tx.employer_id, action_id)
    if action is None or action.state in rules.OVER:
        return
    today = tx.now.date()
    known = await check_queries.select_checks(tx, tx.employer_id, [action_id], None)
    for number, kind, day in rules.checks_until(action.starts_on, {check.number for check in known}, today):
        check_id = ordered_id()
        await check_queries.insert_check(tx, tx.employer_id, check_id, action_id, number, kind, day, tx.now)
        await record(tx, f"progress-checks/{check_id}")
        await publish(tx, "progress-check.due", f"progress-checks/{check_id}", "due")
    for check in await check_queries.select_checks(tx, tx.employer_id, [action_id], None, is_open=True):
        # Also of an action that was taken up again, whose moment to say so may have passed.
        at = midnight(check.due_on + rules.GRACE + timedelta(days=1))
        await due(tx, "report_overdue_check", check.progress_check_id, at=at)
    last = max((check.number for check in known), default=0)
    await follow(tx, action_id, rules.next_check(action.starts_on, last, today))


async def report_overdue(tx: Transaction, progress_check_id: UUID) -> None:
    """Says in an event that a progress check was not done in time; of an action that is over nobody asks any more."""
    stored = await check_queries.select_check(tx, tx.employer_id, progress_check_id)
    if stored is not None and rules.check_state_on(stored, tx.now.date()) == "overdue":
        await check_queries.mark_overdue(tx, tx.employer_id, progress_check_id, tx.now)
        await publish(tx, "progress-check.overdue", f"progress-checks/{progress_check_id}", "overdue")


async def _seen(tx: Transaction, found: Sequence[StoredCheck]) -> list[ProgressCheck]:
    found = [
        stored if await may_see(tx, stored.metric) else msgspec.structs.replace(stored, metric=None, reading=None)
        for stored in found
    ]
    readings = await readings_of(tx, [stored.metric for stored in found])
    today = tx.now.date()
    return [rules.progress_check_of(stored, reading, today) for stored, reading in zip(found, readings, strict=True)]
