"""Gathers the plan of action with what it refers to: the same actions and figures as every other read."""

from collections.abc import Iterable, Mapping, Sequence
from itertools import islice
from uuid import UUID

import msgspec

from peil.actions import queries, rules
from peil.actions.checks import checks_of
from peil.actions.exports.model import (
    ActionExport,
    ActionExportQuery,
    ExportedAction,
    ExportedCheck,
    ExportedMetric,
    ExportedOwner,
)
from peil.actions.exports.queries import select_names
from peil.actions.model import Action, ActionMetric, ProgressCheck, StoredAction
from peil.actions.operations import seen_actions, standings_of
from peil.aggregates.model import NOTICE, Standing
from peil.aggregates.operations import find_released
from peil.directory.operations import names_of, units_in_reach
from peil.exported import validate_separator
from peil.operation import Transaction, operation
from peil.risks.model import Risk
from peil.risks.operations import register_of
from peil.toolkit.operations import titles_of

_FIRST = 3
"""Progress checks of which the day is told before it comes: those at 30, 60 and 90 days."""


@operation("actions:read")
async def export_actions(tx: Transaction, query: ActionExportQuery) -> ActionExport:
    """The plan of action in one piece: a workbook, CSV with a line per action, JSON, or NDJSON with a line per action.

    `Accept` chooses. What is for everyone and for the caller's units, with the names of units, risks, owners and waves,
    and with every progress check. Figures are those of releases; one that is protected has none. Texts in CSV that
    would begin a formula have an apostrophe in front.
    """
    validate_separator(query.separator, tx.call.media_type)
    seen = await units_in_reach(tx)
    stored = await queries.select_actions(
        tx, tx.employer_id, seen, campaign_id=query.campaign, unit_id=query.unit, state=query.state
    )
    actions = await seen_actions(tx, stored)
    checks = await checks_of(tx, [action.action_id for action in actions], seen)
    told = await _told(tx, stored, actions)
    by_action: dict[UUID, list[ProgressCheck]] = {action.action_id: [] for action in actions}
    for check in checks:
        by_action[check.action_id].append(check)
    return ActionExport(
        on=tx.now.date(),
        actions=[_exported(action, by_action[action.action_id], told) for action in actions],
        notice=NOTICE[tx.call.language],
    )


class _Told(msgspec.Struct, frozen=True, kw_only=True):
    """What the things are called that the actions refer to, and why a metric has no value."""

    names: Mapping[UUID, str]
    people: Mapping[UUID, str]
    blocks: Mapping[tuple[UUID, str], str]
    standings: Mapping[UUID, Standing]
    risks: Mapping[UUID, Risk]
    measures: Mapping[str, str]
    categories: Mapping[str, str]


async def _told(tx: Transaction, stored: Sequence[StoredAction], actions: Sequence[Action]) -> _Told:
    language = tx.call.language
    metrics = {action.action_id: action.metric for action in actions if action.metric is not None}
    measured = [one for one in stored if one.action_id in metrics]
    standings = await standings_of(tx, [one.metric for one in measured if one.metric is not None])
    return _Told(
        names=await select_names(tx, tx.employer_id, _ids(actions)),
        people=await names_of(tx, {one.owner.person_id for one in actions if one.owner.person_id is not None}),
        blocks=await _blocks(tx, metrics.values()),
        standings={one.action_id: standing for one, standing in zip(measured, standings, strict=True)},
        risks=await register_of(tx),
        measures=await titles_of(tx, "measure", language),
        categories=await titles_of(tx, "risk", language),
    )


def _ids(actions: Iterable[Action]) -> set[UUID]:
    """Units, campaigns and waves to be named."""
    found: set[UUID | None] = set()
    for action in actions:
        found |= {action.unit_id, action.campaign_id}
        if action.metric is not None:
            found |= {action.metric.unit_id, action.metric.wave_id, action.metric.current.wave_id}
    return {one for one in found if one is not None}


async def _blocks(tx: Transaction, metrics: Iterable[ActionMetric]) -> dict[tuple[UUID, str], str]:
    """What the blocks of metrics are called in the wave in which they began."""
    titles = {}
    for wave_id, block in sorted({(metric.wave_id, metric.block) for metric in metrics}):
        with tx.under("aggregates:read"):
            titles[wave_id, block] = (await find_released(tx, wave_id)).title(block, tx.call.language)
    return titles


def _exported(action: Action, checks: Sequence[ProgressCheck], told: _Told) -> ExportedAction:
    risk = None if action.risk_id is None else told.risks.get(action.risk_id)
    owner = action.owner
    return ExportedAction(
        action_id=action.action_id,
        title=action.title,
        description=action.description,
        level=action.level,
        measure=action.measure,
        measure_title=None if action.measure is None else told.measures.get(action.measure),
        unit_id=action.unit_id,
        unit=None if action.unit_id is None else told.names[action.unit_id],
        owner=ExportedOwner(
            person_id=owner.person_id,
            role=owner.role,
            name=None if owner.person_id is None else told.people.get(owner.person_id),
        ),
        starts_on=action.starts_on,
        deadline=action.deadline,
        campaign_id=action.campaign_id,
        campaign=None if action.campaign_id is None else told.names[action.campaign_id],
        risk_id=action.risk_id,
        risk=risk,
        risk_category=None if risk is None else told.categories.get(risk.category),
        state=action.state,
        history=action.history,
        metric=None if action.metric is None else _metric(action.action_id, action.metric, told),
        checks=_checks(action, checks),
    )


def _metric(action_id: UUID, metric: ActionMetric, told: _Told) -> ExportedMetric:
    return ExportedMetric(
        block=metric.block,
        title=told.blocks[metric.wave_id, metric.block],
        unit_id=metric.unit_id,
        unit=told.names[metric.unit_id],
        wave_id=metric.wave_id,
        wave=told.names[metric.wave_id],
        start_value=metric.start_value,
        target=metric.target,
        current=metric.current,
        current_wave=told.names[metric.current.wave_id],
        current_standing=told.standings[action_id],
    )


def _checks(action: Action, checks: Sequence[ProgressCheck]) -> list[ExportedCheck]:
    """Those that were made, and of an action that goes on the first ones that are still to come."""
    made = [_check(check) for check in checks]
    if action.state in rules.OVER:
        return made
    kinds = {check.kind for check in checks}
    coming = [
        ExportedCheck(kind=kind, due_on=day, state="planned", reading=None, result=None, note=None, completed_on=None)
        for kind, day in islice(rules.check_dates(action.starts_on), _FIRST)
        if kind not in kinds
    ]
    return sorted(made + coming, key=lambda check: check.due_on)


def _check(check: ProgressCheck) -> ExportedCheck:
    return ExportedCheck(
        kind=check.kind,
        due_on=check.due_on,
        state=check.state,
        reading=check.reading,
        result=check.result,
        note=check.note,
        completed_on=check.completed_on,
    )
