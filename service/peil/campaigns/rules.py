"""Decisions about campaigns: the dates that follow from the week, and what a plan must fit."""

from collections.abc import Collection, Iterator, Mapping
from datetime import date, timedelta
from uuid import UUID

import msgspec

from peil.campaigns.model import (
    BlockMetric,
    Campaign,
    CampaignCopy,
    CampaignDates,
    CampaignNew,
    ChangeCriterion,
    Phase,
    PhaseKind,
    ScoreCriterion,
    StoredCampaign,
)
from peil.errors import Finding, Invalid, repeated_items, unknown_items
from peil.instruments.model import Instrument
from peil.instruments.rules import scored_blocks
from peil.zones import ZONES

PREPARATION = timedelta(weeks=8)
SHORTEST_PREPARATION = timedelta(weeks=6)
CHECKS: Mapping[PhaseKind, timedelta] = {
    "check-30-days": timedelta(days=30),
    "check-60-days": timedelta(days=60),
    "check-90-days": timedelta(days=90),
}
_BASELINE_FROM, _BASELINE_TO = timedelta(weeks=5), timedelta(days=17)
_EVALUATION = timedelta(days=7)
_LONGEST_WEEK = timedelta(days=6)
_LONGEST_PREPARATION = timedelta(days=366)


class Known(msgspec.Struct, frozen=True, kw_only=True):
    """What a plan may refer to."""

    instruments: Mapping[UUID, Instrument]
    goals: Collection[str]
    kpis: Collection[str]
    themes: Collection[str]
    people: Collection[UUID]
    risks: Collection[UUID]


def blocks_of(plan: Campaign | CampaignNew) -> list[BlockMetric | ScoreCriterion | ChangeCriterion]:
    """Everything in a plan that is measured by a block."""
    metrics = [goal.metric for goal in plan.goals]
    return [
        one for one in (*metrics, *plan.criteria) if isinstance(one, BlockMetric | ScoreCriterion | ChangeCriterion)
    ]


def week_of(year: int) -> tuple[date, date]:
    """Monday to Friday of the ISO week whose Monday falls on 10-16 November."""
    tenth = date(year, 11, 10)
    monday = tenth + timedelta(days=-tenth.weekday() % 7)
    return monday, monday + timedelta(days=4)


def week(plan: CampaignNew | StoredCampaign) -> tuple[date, date]:
    """First and last day of the week: as chosen, else as the year has it."""
    monday, friday = week_of(plan.year)
    begins = plan.week_from or monday
    return begins, plan.week_to or (friday if plan.week_from is None else begins + timedelta(days=4))


def phases(plan: CampaignNew | StoredCampaign) -> list[Phase]:
    """Every part of the edition with its first and last day: chosen dates, and what follows from the week."""
    begins, ends = week(plan)
    day, chosen = timedelta(days=1), plan.dates
    told = [
        Phase(kind="preparation", from_=chosen.preparation_from or begins - PREPARATION, to=begins - day),
        Phase(
            kind="baseline",
            from_=chosen.baseline_from or begins - _BASELINE_FROM,
            to=chosen.baseline_to or begins - _BASELINE_TO,
        ),
        Phase(kind="week", from_=begins, to=ends),
        Phase(kind="evaluation", from_=ends + day, to=chosen.evaluation_by or ends + _EVALUATION),
    ]
    return told + [Phase(kind=kind, from_=ends + after, to=ends + after) for kind, after in CHECKS.items()]


def campaign_of(stored: StoredCampaign) -> Campaign:
    """A campaign as callers see it."""
    begins, ends = week(stored)
    return Campaign(**msgspec.structs.asdict(stored) | {"week_from": begins, "week_to": ends}, phases=phases(stored))


def check_campaign(plan: CampaignNew, known: Known) -> None:
    """Everything that must fit before a campaign is kept. Raises Invalid with all findings."""
    findings = campaign_findings(plan, known)
    if findings:
        raise Invalid(*findings)


def campaign_findings(plan: CampaignNew, known: Known) -> list[Finding]:
    """Everything of a plan that does not fit."""
    findings = [
        *date_findings(plan),
        *unknown_items(plan.themes, known.themes, "/themes", "unknown-theme"),
        *repeated_items(plan.themes, "/themes"),
        *_goal_findings(plan, known),
        *_criterion_findings(plan, known),
        *unknown_items(_team(plan), known.people, "/coreTeam", "unknown-person", "/personId"),
        *repeated_items(_team(plan), "/coreTeam"),
    ]
    if plan.sponsor_id is not None and plan.sponsor_id not in known.people:
        findings.append(Finding("/sponsorId", "unknown-person"))
    return findings


def date_findings(plan: CampaignNew) -> Iterator[Finding]:
    """What is wrong with the days of a plan, at whichever employer."""
    if plan.zone not in ZONES:
        yield Finding("/zone", "unknown-zone")
    # A week that begins on the last days of a year ends in the next one.
    years = {"/weekFrom": (plan.year,), "/weekTo": (plan.year, plan.year + 1)}
    chosen = {"/weekFrom": plan.week_from, "/weekTo": plan.week_to}
    strange = [pointer for pointer, day in chosen.items() if day is not None and day.year not in years[pointer]]
    if strange:
        # Nothing can be computed from a day that is out of all bounds.
        yield from (Finding(pointer, "week-in-another-year", {"year": plan.year}) for pointer in strange)
        return
    begins, ends = week(plan)
    if ends < begins:
        yield Finding("/weekTo", "ends-before-start")
    elif ends - begins > _LONGEST_WEEK:
        yield Finding("/weekTo", "week-too-long", {"days": _LONGEST_WEEK.days + 1})
    else:
        yield from _phase_findings(plan)


def _phase_findings(plan: CampaignNew) -> Iterator[Finding]:
    """Preparation, baseline, week, evaluation and the first check come in this order."""
    first = {phase.kind: phase for phase in phases(plan)}
    begins, baseline, chosen = first["preparation"].from_, first["baseline"], plan.dates
    evaluated = first["evaluation"].to
    earliest = first["week"].from_ - _LONGEST_PREPARATION
    if begins < earliest:
        yield Finding("/dates/preparationFrom", "day-out-of-range", {"from": earliest.isoformat(), "to": "weekFrom"})
    # Of two dates that clash, one that was chosen is told.
    if begins > baseline.from_ and chosen.preparation_from is None:
        yield _out_of_order("baselineFrom", "preparation", begins)
    elif begins > baseline.from_:
        yield _out_of_order("preparationFrom", "baseline", baseline.from_)
    if baseline.from_ > baseline.to and chosen.baseline_to is None:
        yield _out_of_order("baselineFrom", "baseline", baseline.to)
    elif baseline.from_ > baseline.to:
        yield _out_of_order("baselineTo", "baseline", baseline.from_)
    if baseline.to >= first["week"].from_:
        yield _out_of_order("baselineTo", "week", first["week"].from_)
    if evaluated <= first["week"].to:
        yield _out_of_order("evaluationBy", "week", first["week"].to)
    if evaluated > first["check-30-days"].from_:
        yield _out_of_order("evaluationBy", "check-30-days", first["check-30-days"].from_)


def _out_of_order(name: str, other: PhaseKind, on: date) -> Finding:
    return Finding(f"/dates/{name}", "phase-out-of-order", {"other": other, "on": on.isoformat()})


def _goal_findings(plan: CampaignNew, known: Known) -> Iterator[Finding]:
    for place, goal in enumerate(plan.goals):
        at = f"/goals/{place}"
        if goal.goal not in known.goals:
            yield Finding(f"{at}/goal", "unknown-goal")
        if goal.kpi not in known.kpis:
            yield Finding(f"{at}/kpi", "unknown-kpi")
        if goal.risk_id is not None and goal.risk_id not in known.risks:
            yield Finding(f"{at}/riskId", "unknown-risk")
        if isinstance(goal.metric, BlockMetric):
            yield from _block_findings(goal.metric, known, f"{at}/metric")


def _criterion_findings(plan: CampaignNew, known: Known) -> Iterator[Finding]:
    for place, criterion in enumerate(plan.criteria):
        if isinstance(criterion, ScoreCriterion | ChangeCriterion):
            yield from _block_findings(criterion, known, f"/criteria/{place}")


def _block_findings(asked: BlockMetric | ScoreCriterion | ChangeCriterion, known: Known, at: str) -> Iterator[Finding]:
    instrument = known.instruments.get(asked.instrument_id)
    if instrument is None:
        yield Finding(f"{at}/instrumentId", "unknown-instrument")
    elif instrument.state != "published":
        yield Finding(f"{at}/instrumentId", "unpublished-instrument")
    elif asked.block not in _measured_blocks(instrument):
        yield Finding(f"{at}/block", "unknown-block")


def _measured_blocks(instrument: Instrument) -> set[str]:
    """Blocks that have a mean: a sensitive item never has one."""
    blocks = scored_blocks(instrument)
    return {block.key for block in blocks if not any(item.sensitive for item in block.items)}


def _team(plan: CampaignNew | StoredCampaign) -> list[UUID]:
    return [member.person_id for member in plan.core_team]


def next_edition(plan: StoredCampaign, copy: CampaignCopy, people: Collection[UUID]) -> CampaignNew:
    """The plan of the next edition: the same aims, its dates moved to its week, and of the team who are still there."""
    by = shift(plan, copy.year)
    moved = {name: day and day + by for name, day in msgspec.structs.asdict(plan.dates).items()}
    return msgspec.structs.replace(
        msgspec.convert(plan, CampaignNew, from_attributes=True),
        name=copy.name or plan.name,
        year=copy.year,
        provisional=True,
        week_from=plan.week_from and plan.week_from + by,
        week_to=plan.week_to and plan.week_to + by,
        dates=CampaignDates(**moved),
        core_team=[member for member in plan.core_team if member.person_id in people],
        sponsor_id=plan.sponsor_id if plan.sponsor_id in people else None,
    )


def shift(plan: StoredCampaign, year: int) -> timedelta:
    """By how much an edition moves to another year: whole weeks, so that a Monday stays one and June stays June."""
    by, begins = week_of(year)[0] - week_of(plan.year)[0], week(plan)[0]
    # At the turn of the year whole weeks can miss the year by some days.
    return by + timedelta(weeks=year - (begins + by).year)


def people_of(plan: CampaignNew | StoredCampaign) -> list[UUID]:
    """Everybody a plan names."""
    return _team(plan) + [one for one in (plan.sponsor_id,) if one]
