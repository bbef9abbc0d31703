"""Decisions about templates: the campaign that one gives at an employer, and what does not fit there or anywhere."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date, timedelta
from typing import NamedTuple
from uuid import UUID

from msgspec.structs import asdict

from peil.campaigns import agenda_rules, rules
from peil.campaigns.agenda_model import ActivityNew, CommunicationNew
from peil.campaigns.model import (
    BlockMetric,
    CampaignDates,
    CampaignNew,
    ChangeCriterion,
    Criterion,
    GoalNew,
    MetricSource,
    ScoreCriterion,
)
from peil.campaigns.template_model import (
    CampaignTemplate,
    TemplateBlockMetric,
    TemplateChangeCriterion,
    TemplateCriterion,
    TemplateMetric,
    TemplateScoreCriterion,
    VendorCampaignsNew,
)
from peil.directory.model import OwnerNew
from peil.errors import Finding, Invalid, repeated_items
from peil.ids import NONE

# Members of a campaign that stand beside the template: with the year it would be another one.
_BESIDE = ("/weekFrom", "/weekTo", "/zone")


class Plan(NamedTuple):
    """What a template comes to at one employer."""

    campaign: CampaignNew
    activities: list[ActivityNew]
    communications: list[CommunicationNew]


def instruments_of(template: CampaignTemplate) -> set[str]:
    """The keys of the questionnaires by which a template measures."""
    measured = TemplateBlockMetric | TemplateScoreCriterion | TemplateChangeCriterion
    sources = [*(goal.metric for goal in template.goals), *template.criteria]
    return {one.instrument for one in sources if isinstance(one, measured)}


def plan_of(new: VendorCampaignsNew, instruments: Mapping[str, UUID]) -> Plan:
    """What it comes to where there are these questionnaires, by key; of another one the id is none."""
    template, begins = new.template, _first_day(new)
    campaign = CampaignNew(
        name=template.name,
        year=new.year,
        week_from=new.week_from,
        week_to=new.week_to,
        provisional=new.provisional,
        zone=new.zone,
        dates=CampaignDates(
            **{name: None if day is None else _on(begins, day) for name, day in asdict(template.dates).items()}
        ),
        goals=[
            GoalNew(
                title=goal.title,
                goal=goal.goal,
                kpi=goal.kpi,
                metric=_metric(goal.metric, instruments),
                target=goal.target,
            )
            for goal in template.goals
        ],
        themes=template.themes,
        criteria=[_criterion(one, instruments) for one in template.criteria],
        core_message=template.core_message,
    )
    return Plan(campaign, _agenda(template, begins), _communications(template, begins))


def check_request(new: VendorCampaignsNew) -> None:
    """What would be wrong at every employer alike. Raises Invalid with all findings."""
    findings = [*_choice_findings(new)]
    plan = plan_of(new, {})
    found = [*rules.date_findings(plan.campaign), *repeated_items(plan.campaign.themes, "/themes")]
    if not any(one.code == "week-in-another-year" for one in found):
        found += _agenda_findings(plan, None, None)
    findings += _told(found)
    if findings:
        raise Invalid(*findings)


def findings_at(
    plan: Plan, known: rules.Known, activities: Collection[str], communications: Collection[str]
) -> list[Finding]:
    """What does not fit at one employer, which has these kinds of items in its catalogue."""
    return _told([*rules.campaign_findings(plan.campaign, known), *_agenda_findings(plan, activities, communications)])


def _choice_findings(new: VendorCampaignsNew) -> Iterator[Finding]:
    if (new.employer_ids is not None) == new.all:
        yield Finding("/employerIds", "some-or-all")
    if new.cursor is not None and not new.all:
        yield Finding("/cursor", "cursor")
    yield from repeated_items(new.employer_ids or (), "/employerIds")


def _agenda_findings(
    plan: Plan, activities: Collection[str] | None, communications: Collection[str] | None
) -> Iterator[Finding]:
    """Kinds None: whatever an employer may have."""
    days = agenda_rules.days_of(plan.campaign)
    for place, activity in enumerate(plan.activities):
        found = agenda_rules.activity_findings(activity, days, [activity.kind] if activities is None else activities)
        yield from _under(f"/activities/{place}", found)
    for place, item in enumerate(plan.communications):
        kinds = [item.kind] if communications is None else communications
        yield from _under(f"/communications/{place}", agenda_rules.item_findings(item, days, kinds))


def _under(at: str, found: Iterator[Finding]) -> Iterator[Finding]:
    for one in found:
        pointer = "/day" if one.pointer == "/on" else one.pointer
        yield Finding(at + pointer, one.code, one.params)


def _told(found: Sequence[Finding]) -> list[Finding]:
    """The findings at their places in the request."""
    return [Finding(_pointer(one.pointer), one.code, one.params) for one in found]


def _pointer(pointer: str) -> str:
    if pointer in _BESIDE:
        return pointer
    return "/template" + (pointer.removesuffix("Id") if pointer.endswith("/instrumentId") else pointer)


def _first_day(new: VendorCampaignsNew) -> date:
    """The day from which the template counts; one in another year is refused, and nothing is counted from it."""
    is_of_year = new.week_from is not None and new.week_from.year == new.year
    return new.week_from if new.week_from is not None and is_of_year else rules.week_of(new.year)[0]


def _on(begins: date, day: int) -> date:
    return begins + timedelta(days=day)


def _metric(metric: TemplateMetric, instruments: Mapping[str, UUID]) -> MetricSource:
    if isinstance(metric, TemplateBlockMetric):
        return BlockMetric(instrument_id=instruments.get(metric.instrument, NONE), block=metric.block)
    return metric


def _criterion(criterion: TemplateCriterion, instruments: Mapping[str, UUID]) -> Criterion:
    if isinstance(criterion, TemplateScoreCriterion | TemplateChangeCriterion):
        kind = ScoreCriterion if isinstance(criterion, TemplateScoreCriterion) else ChangeCriterion
        instrument_id = instruments.get(criterion.instrument, NONE)
        return kind(instrument_id=instrument_id, block=criterion.block, at_least=criterion.at_least)
    return criterion


def _agenda(template: CampaignTemplate, begins: date) -> list[ActivityNew]:
    return [
        ActivityNew(
            kind=one.kind,
            title=one.title,
            on=_on(begins, one.day),
            from_=one.from_,
            to=one.to,
            variant=one.variant,
            host=one.host,
        )
        for one in template.activities
    ]


def _communications(template: CampaignTemplate, begins: date) -> list[CommunicationNew]:
    return [
        CommunicationNew(
            kind=one.kind,
            title=one.title,
            channel=one.channel,
            on=_on(begins, one.day),
            owner=None if one.owner_role is None else OwnerNew(role=one.owner_role),
        )
        for one in template.communications
    ]
