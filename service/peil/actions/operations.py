"""What can be done with actions."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, time
from uuid import UUID

import msgspec

from peil.actions import queries, rules
from peil.actions.model import Action, ActionMetricNew, ActionNew, ActionQuery, StoredAction, StoredMetric
from peil.aggregates.metrics import find_start, is_seen, newest_readings, newest_standings
from peil.aggregates.model import Asked, Reading, Standing, Start
from peil.aggregates.operations import is_released_since
from peil.audit import record
from peil.campaigns.operations import find_campaign
from peil.directory.model import OwnerNew
from peil.directory.operations import known_owners, own_units, standing_unit_ids, units_in_reach
from peil.directory.rules import check_own_units, concerns
from peil.errors import Finding, NotFound
from peil.ids import NONE, ordered_id
from peil.operation import Transaction, operation, require
from peil.outbox import publish
from peil.paging import Page, page
from peil.patching import Patch
from peil.risks.operations import known_risks
from peil.schedule import due
from peil.toolkit.operations import entries_of


@operation("actions:write", creates=True)
async def create_action(tx: Transaction, new: ActionNew) -> Action:
    """Adds a measure to the plan of action; the worker asks after it at 30, 60 and 90 days and each quarter.

    A metric also needs `aggregates:read`.
    """
    rules.check_beginning(new)
    today = tx.now.date()
    action_id, starts_on = ordered_id(), new.starts_on or today
    if new.metric is not None:
        require(tx.actor, "aggregates:read")
    start = await _check(tx, new, starts_on, None)
    history = rules.history([], new.state, today)
    metric = rules.metric_of(new, start)
    await queries.insert_action(tx, tx.employer_id, action_id, new, starts_on, metric, history, tx.now)
    await follow(tx, action_id, rules.next_check(starts_on, 0, date.min))
    await record(tx, f"actions/{action_id}")
    await publish(tx, "action.created", f"actions/{action_id}", new.state)
    return await get_action.within(tx, action_id)


@operation("actions:read")
async def get_action(tx: Transaction, action_id: UUID) -> Action:
    """A measure of the plan of action, with what the newest release says of its metric."""
    stored = await queries.select_action(tx, tx.employer_id, action_id, await units_in_reach(tx))
    if stored is None:
        raise NotFound
    return (await seen_actions(tx, [stored]))[0]


@operation("actions:read")
async def list_actions(tx: Transaction, query: ActionQuery) -> Page[Action]:
    """The plan of action in the order in which it was made: what is for everyone and for the caller's units."""
    bound = (tx.employer_id, "actions", query.campaign, query.unit, query.state, query.modified_after)
    after = tx.parts.cursors.open(query.cursor, UUID, *bound) if query.cursor else NONE
    found = await queries.select_actions(
        tx,
        tx.employer_id,
        await units_in_reach(tx),
        campaign_id=query.campaign,
        unit_id=query.unit,
        state=query.state,
        since=await changed_since(tx, query.modified_after),
        after=after,
        limit=query.limit + 1,
    )
    actions = await seen_actions(tx, found)
    return page(actions, query.limit, lambda action: tx.parts.cursors.seal(action.action_id, *bound))


@operation("actions:read")
async def list_actions_by_campaign_id(tx: Transaction, campaign_ids: list[UUID]) -> Sequence[list[Action]]:
    """The actions of each of these campaigns, for the loaders of GraphQL."""
    found = await queries.select_actions_of_campaigns(tx, tx.employer_id, campaign_ids, await units_in_reach(tx))
    actions = await seen_actions(tx, found)
    return [[action for action in actions if action.campaign_id == campaign_id] for campaign_id in campaign_ids]


@operation("actions:write")
async def update_action(tx: Transaction, action_id: UUID, patch: Patch[ActionNew]) -> Action:
    """Changes a measure, such as its state; a new metric has a start value of its own.

    A metric that changes also needs `aggregates:read`.
    """
    stored = await queries.lock_action(tx, tx.employer_id, action_id)
    if stored is None or not concerns(rules.units_of(stored.unit_id), await units_in_reach(tx)):
        raise NotFound
    check_own_units(rules.units_of(stored.unit_id), await own_units(tx))
    tx.must_match((await seen_actions(tx, [stored]))[0])
    before = stored_plan(stored)
    new = patch.apply(before)
    rules.check_change(stored, new)
    if new.metric != before.metric:
        # Who cannot see the metric would take it away by sending back what was shown.
        require(tx.actor, "aggregates:read")
    starts_on = new.starts_on or stored.starts_on
    start = await _check(tx, new, starts_on, before)
    await queries.update_action(
        tx,
        tx.employer_id,
        action_id,
        new,
        starts_on,
        stored.metric if new.metric == before.metric else rules.metric_of(new, start),
        rules.history(stored.history, new.state, tx.now.date()),
        tx.now,
    )
    if new.state not in rules.OVER:
        await follow(tx, action_id, rules.next_check(starts_on, 0, date.min))
    await record(tx, f"actions/{action_id}")
    await publish(tx, "action.updated", f"actions/{action_id}", new.state)
    return await get_action.within(tx, action_id)


async def follow(tx: Transaction, action_id: UUID, on: date) -> None:
    """Has the worker ask on this day how an action is doing."""
    await due(tx, "generate_progress_checks", action_id, at=midnight(on))


def midnight(on: date) -> datetime:
    """When a day begins by the clock of the worker."""
    return datetime.combine(on, time(), UTC)


async def changed_since(tx: Transaction, since: datetime | None) -> datetime | None:
    """The moment; None where all may read differently since: there is a newer release for metrics to go by."""
    return None if since is not None and await is_released_since(tx, since) else since


async def seen_actions(tx: Transaction, found: Sequence[StoredAction]) -> list[Action]:
    """Actions as callers see them: a metric is for who may see the figure it began with, and its newest one."""
    shown = [
        stored if await may_see(tx, stored.metric) else msgspec.structs.replace(stored, metric=None) for stored in found
    ]
    return await _with_readings(tx, shown)


async def may_see(tx: Transaction, metric: StoredMetric | None) -> bool:
    """Whether the caller may see where a metric began."""
    return metric is None or await is_seen(tx, metric.wave_id, metric.unit_id)


async def _with_readings(tx: Transaction, found: Sequence[StoredAction]) -> list[Action]:
    """One statement for all of their metrics."""
    readings = await readings_of(tx, [stored.metric for stored in found])
    today = tx.now.date()
    return [rules.action_of(stored, reading, today) for stored, reading in zip(found, readings, strict=True)]


async def readings_of(tx: Transaction, metrics: Sequence[StoredMetric | None]) -> list[Reading | None]:
    """What the newest releases say of these metrics, in their order; None where there is no metric."""
    found = iter(await newest_readings(tx, [_asked(metric) for metric in metrics if metric is not None]))
    return [None if metric is None else next(found) for metric in metrics]


async def standings_of(tx: Transaction, metrics: Sequence[StoredMetric]) -> list[Standing]:
    """Whether the newest releases tell a figure of these metrics, and if not why."""
    found = await newest_standings(tx, [_asked(metric) for metric in metrics])
    # Where a metric began is a release that has a figure, should no other have one.
    return [standing or "told" for standing in found]


def _asked(metric: StoredMetric) -> Asked:
    return Asked(unit_id=metric.unit_id, block=metric.block, fingerprint=metric.fingerprint)


async def actions_for(tx: Transaction, unit_ids: list[UUID]) -> list[Action]:
    """The whole plan of action for one of these units and for everyone, for another operation."""
    found = await queries.select_actions(tx, tx.employer_id, unit_ids)
    return await seen_actions(tx, found)


async def actions_of(tx: Transaction, campaign_id: UUID) -> list[Action]:
    """The actions of a campaign for another operation, whoever asks."""
    return await _with_readings(tx, await queries.select_actions_of_campaigns(tx, tx.employer_id, [campaign_id], None))


def stored_plan(stored: StoredAction) -> ActionNew:
    """What was asked for when an action was made: what a patch changes."""
    plan = {name: getattr(stored, name) for name in ActionNew.__struct_fields__}
    plan["owner"] = OwnerNew(person_id=stored.owner.person_id, role=stored.owner.role)
    metric = stored.metric
    asked = metric and ActionMetricNew(wave_id=metric.wave_id, block=metric.block, target=metric.target)
    return ActionNew(**plan | {"metric": asked})


async def _check(tx: Transaction, new: ActionNew, starts_on: date, before: ActionNew | None) -> Start | Finding | None:
    """Looks up what an action refers to, and tells where its metric begins. Raises Invalid, Denied.

    An owner who left, a unit that was closed and a metric may stay as they are: `before`, what it was.
    """
    check_own_units(rules.units_of(new.unit_id), await own_units(tx))
    unit_ids = await standing_unit_ids(tx)
    metric = None if before is not None and new.metric == before.metric else new.metric
    known = rules.Known(
        unit=new.unit_id is None or new.unit_id in unit_ids or (before is not None and new.unit_id == before.unit_id),
        people=await known_owners(tx, new.owner, None if before is None else before.owner),
        campaign=new.campaign_id is None or await find_campaign(tx, new.campaign_id) is not None,
        risk=new.risk_id is None or bool(await known_risks(tx, [new.risk_id])),
        measures=await entries_of(tx, "measure"),
        days=[] if before is None else [day for day in (before.starts_on, before.deadline) if day is not None],
        start=None if metric is None else await find_start(tx, metric.wave_id, metric.block, new.unit_id),
    )
    rules.check_action(new, known, starts_on, tx.now.date())
    return known.start
