"""The dates of an edition, and what a plan is refused for."""

from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from peil.campaigns import agenda_rules, rules
from peil.campaigns.agenda_model import ActivityNew, CommunicationNew
from peil.campaigns.model import (
    BlockMetric,
    CampaignCopy,
    CampaignDates,
    CampaignNew,
    ChangeCriterion,
    CoreMember,
    GoalNew,
    StoredCampaign,
)
from peil.directory.model import OwnerNew
from peil.directory.rules import check_own_units
from peil.errors import Denied, Invalid
from peil.instruments.model import Instrument, InstrumentContent
from peil.instruments.packs import list_shipped_packs
from peil.instruments.rules import content_hash

NOBODY = rules.Known(instruments={}, goals=(), kpis=(), themes=(), people=(), risks=())


def plan(**chosen: Any) -> CampaignNew:
    return CampaignNew(name="Week", **({"year": 2026} | chosen))


def stored(new: CampaignNew) -> StoredCampaign:
    own = {name: getattr(new, name) for name in CampaignNew.__struct_fields__}
    made = datetime(2026, 1, 1, tzinfo=UTC)
    return StoredCampaign(**own, campaign_id=uuid4(), copied_from_id=None, created_at=made)


def findings_of(new: CampaignNew, known: rules.Known = NOBODY) -> list[tuple[str, str]]:
    try:
        rules.check_campaign(new, known)
    except Invalid as refusal:
        return [(found.pointer, found.code) for found in refusal.findings]
    return []


def instrument(state: str = "published", *, sensitive: bool = False) -> Instrument:
    """A shipped questionnaire, as it is kept; `sensitive`: every item is, and so stands outside of blocks."""
    pack = next(one for one in list_shipped_packs() if one.key == "workload-recovery-focus")
    if sensitive:
        items = [msgspec.structs.replace(item, sensitive=True) for item in pack.items]
        pack = msgspec.structs.replace(pack, items=items, blocks=[])
    own: dict[str, Any] = {name: getattr(pack, name) for name in InstrumentContent.__struct_fields__}
    return Instrument(
        **own,
        instrument_id=uuid4(),
        version=1,
        state=state,  # type: ignore[arg-type]  # one of the two
        estimated_minutes=1,
        content_hash=content_hash(pack),
        completeness=[],
        published_at=None,
    )


@pytest.mark.parametrize(("year", "monday"), [(2014, 10), (2015, 16), (2024, 11), (2025, 10), (2026, 16), (2027, 15)])
def test_the_week_of_a_year(year: int, monday: int) -> None:
    """Monday to Friday of the week whose Monday falls on 10-16 November."""
    assert (date(year, 11, monday), date(year, 11, monday + 4)) == rules.week_of(year)


@given(st.integers(2000, 2100))
def test_every_year_has_a_week(year: int) -> None:
    """It begins on a Monday, and the parts of the edition come one after another."""
    monday, friday = rules.week_of(year)
    phases = rules.phases(plan(year=year))

    assert (0, 4, True) == (monday.weekday(), friday.weekday(), 10 <= monday.day <= 16)
    assert sorted(phases, key=lambda phase: phase.from_) == phases
    assert not findings_of(plan(year=year))


def test_phases_follow_from_the_week() -> None:
    """Eight weeks to prepare, the baseline before the week, a week to evaluate, and 30, 60 and 90 days."""
    phases = {phase.kind: (phase.from_, phase.to) for phase in rules.phases(plan())}

    assert {
        "preparation": (date(2026, 9, 21), date(2026, 11, 15)),
        "baseline": (date(2026, 10, 12), date(2026, 10, 30)),
        "week": (date(2026, 11, 16), date(2026, 11, 20)),
        "evaluation": (date(2026, 11, 21), date(2026, 11, 27)),
        "check-30-days": (date(2026, 12, 20),) * 2,
        "check-60-days": (date(2027, 1, 19),) * 2,
        "check-90-days": (date(2027, 2, 18),) * 2,
    } == phases


def test_a_chosen_week_may_be_shorter_and_moves_the_rest() -> None:
    """An edition of four days, a week later."""
    moved = plan(week_from=date(2026, 11, 24), week_to=date(2026, 11, 27))
    phases = {phase.kind: phase.from_ for phase in rules.phases(moved)}

    assert (date(2026, 9, 29), date(2026, 12, 27)) == (phases["preparation"], phases["check-30-days"])
    assert not findings_of(moved)


@pytest.mark.parametrize(
    ("chosen", "expected"),
    [
        ({"zone": "Europe/Atlantis"}, [("/zone", "unknown-zone")]),
        ({"week_from": date(2027, 11, 15)}, [("/weekFrom", "week-in-another-year")]),
        ({"week_from": date(2026, 11, 16), "week_to": date(2026, 11, 13)}, [("/weekTo", "ends-before-start")]),
        ({"week_from": date(2026, 11, 16), "week_to": date(2026, 11, 23)}, [("/weekTo", "week-too-long")]),
        (
            {"dates": CampaignDates(preparation_from=date(2026, 11, 1))},
            [("/dates/preparationFrom", "phase-out-of-order")],
        ),
        (
            {"dates": CampaignDates(baseline_from=date(2026, 9, 20))},
            [("/dates/baselineFrom", "phase-out-of-order")],
        ),
        (
            {"dates": CampaignDates(preparation_from=date(2026, 10, 2), baseline_from=date(2026, 10, 1))},
            [("/dates/preparationFrom", "phase-out-of-order")],
        ),
        ({"dates": CampaignDates(baseline_from=date(2026, 10, 31))}, [("/dates/baselineFrom", "phase-out-of-order")]),
        ({"dates": CampaignDates(baseline_to=date(2026, 11, 16))}, [("/dates/baselineTo", "phase-out-of-order")]),
        (
            {"dates": CampaignDates(baseline_from=date(2026, 11, 10), baseline_to=date(2026, 11, 9))},
            [("/dates/baselineTo", "phase-out-of-order")],
        ),
        (
            {"dates": CampaignDates(evaluation_by=date(2026, 11, 20))},
            [("/dates/evaluationBy", "phase-out-of-order")],
        ),
        (
            {"dates": CampaignDates(evaluation_by=date(2026, 12, 31))},
            [("/dates/evaluationBy", "phase-out-of-order")],
        ),
    ],
)
def test_dates_that_do_not_fit(chosen: dict[str, Any], expected: list[tuple[str, str]]) -> None:
    """Each is told where it stands."""
    assert expected == findings_of(plan(**chosen))


def test_a_date_that_was_chosen_is_told_with_the_one_it_clashes_with() -> None:
    """Nobody is sent to a date that they did not send, nor told their own."""
    with pytest.raises(Invalid) as refused:
        rules.check_campaign(plan(dates=CampaignDates(baseline_from=date(2026, 10, 31))), NOBODY)

    assert [{"other": "baseline", "on": "2026-10-30"}] == [one.params for one in refused.value.findings]


def test_everything_that_is_unknown_is_told_at_once() -> None:
    """Themes, goals, their metric and risk, criteria, people: all in one refusal."""
    nothing = uuid4()
    metric = BlockMetric(instrument_id=nothing, block="x")
    wrong = plan(
        themes=["astrology", "astrology"],
        goals=[GoalNew(title="G", goal="fame", kpi="likes", metric=metric, target=1, risk_id=nothing)],
        criteria=[ChangeCriterion(instrument_id=nothing, block="x", at_least=1)],
        core_team=[CoreMember(person_id=nothing, position="hr", part=None)],
        sponsor_id=nothing,
    )

    assert {
        ("/themes/0", "unknown-theme"),
        ("/themes/1", "unknown-theme"),
        ("/themes/1", "duplicate-item"),
        ("/goals/0/goal", "unknown-goal"),
        ("/goals/0/kpi", "unknown-kpi"),
        ("/goals/0/riskId", "unknown-risk"),
        ("/goals/0/metric/instrumentId", "unknown-instrument"),
        ("/criteria/0/instrumentId", "unknown-instrument"),
        ("/coreTeam/0/personId", "unknown-person"),
        ("/sponsorId", "unknown-person"),
    } == set(findings_of(wrong))


@pytest.mark.parametrize(
    ("asked", "block", "expected"),
    [
        (instrument(), "workload", []),
        (instrument(), "astrology", [("/goals/0/metric/block", "unknown-block")]),
        (instrument(sensitive=True), "workload-doable", [("/goals/0/metric/block", "unknown-block")]),
        (instrument("draft"), "workload", [("/goals/0/metric/instrumentId", "unpublished-instrument")]),
    ],
    ids=["there", "not-there", "sensitive", "draft"],
)
def test_a_goal_is_measured_by_a_block_that_has_a_mean(
    asked: Instrument, block: str, expected: list[tuple[str, str]]
) -> None:
    """A sensitive item never has one, and what a draft will measure nobody knows yet."""
    metric = BlockMetric(instrument_id=asked.instrument_id, block=block)
    goal = GoalNew(title="G", goal="g", kpi="k", metric=metric, target=1)
    known = rules.Known(
        instruments={asked.instrument_id: asked}, goals=["g"], kpis=["k"], themes=(), people=(), risks=()
    )

    assert expected == findings_of(plan(goals=[goal]), known)


def test_the_next_edition_keeps_weekdays_and_those_who_stayed() -> None:
    """Chosen days move by whole weeks; who has left is not in the team; the dates are provisional."""
    here, gone = uuid4(), uuid4()
    before = stored(
        plan(
            week_from=date(2026, 11, 17),
            week_to=date(2026, 11, 20),
            dates=CampaignDates(preparation_from=date(2026, 9, 1)),
            core_team=[CoreMember(person_id=one, position="hr", part=None) for one in (here, gone)],
            sponsor_id=gone,
        )
    )
    copied = rules.next_edition(before, CampaignCopy(year=2027), {here})

    assert (date(2027, 11, 16), date(2027, 11, 19)) == (copied.week_from, copied.week_to)
    assert date(2027, 8, 31) == copied.dates.preparation_from
    assert ([here], None, True, "Week") == (
        [member.person_id for member in copied.core_team],
        copied.sponsor_id,
        copied.provisional,
        copied.name,
    )


def activity(**chosen: Any) -> ActivityNew:
    least: dict[str, Any] = {"kind": "walk", "title": "W", "on": date(2026, 11, 16), "from_": "09:00", "to": "10:00"}
    return ActivityNew(**least | chosen)


def refusal(check: Any, *given: Any) -> set[tuple[str, str]]:
    with pytest.raises(Invalid) as refused:
        check(*given)
    return {(found.pointer, found.code) for found in refused.value.findings}


def test_an_activity_that_does_not_fit() -> None:
    """Its kind, its day, its time and its units are all told."""
    campaign = rules.campaign_of(stored(plan()))
    wrong = activity(on=date(2026, 9, 20), to="09:00", unit_ids=[uuid4()])

    assert {
        ("/kind", "unknown-kind"),
        ("/on", "outside-campaign"),
        ("/to", "ends-before-start"),
        ("/unitIds/0", "unknown-unit"),
    } == refusal(agenda_rules.check_activity, wrong, campaign, (), ())


def test_an_item_of_communication_that_does_not_fit() -> None:
    """Its kind, its day and its owner."""
    campaign = rules.campaign_of(stored(plan()))
    wrong = CommunicationNew(
        kind="rumour", title="R", channel="corridor", on=date(2028, 1, 1), owner=OwnerNew(person_id=uuid4())
    )

    assert {
        ("/kind", "unknown-kind"),
        ("/on", "outside-campaign"),
        ("/owner/personId", "unknown-person"),
    } == refusal(agenda_rules.check_communication, wrong, campaign, (), ())


@pytest.mark.parametrize(("days", "expected"), [(-1, "before"), (0, "during"), (4, "during"), (5, "after")])
def test_the_stage_of_an_item(days: int, expected: str) -> None:
    """By its day."""
    campaign = rules.campaign_of(stored(plan()))

    assert expected == agenda_rules.stage(date(2026, 11, 16) + timedelta(days=days), campaign)


def test_who_does_not_reach_everybody_plans_for_the_own_units() -> None:
    """Not for another unit, and not for everyone."""
    own, other = uuid4(), uuid4()
    check_own_units([own], {own})
    check_own_units(None, None)
    refused: list[list[UUID] | None] = [None, [other], [own, other]]
    for unit_ids in refused:
        with pytest.raises(Denied, match="not-your-units"):
            check_own_units(unit_ids, {own})


@pytest.mark.parametrize(
    ("begins", "year"),
    [(date(2030, 12, 31), 2000), (date(2030, 12, 31), 2029), (date(2030, 1, 1), 2031), (date(2026, 6, 15), 2027)],
)
def test_an_edition_at_any_time_of_the_year_can_be_copied(begins: date, year: int) -> None:
    """It stays on its weekday, near its day, and within its year."""
    copied = rules.next_edition(stored(plan(year=begins.year, week_from=begins)), CampaignCopy(year=year), ())

    assert copied.week_from is not None
    assert (begins.weekday(), year) == (copied.week_from.weekday(), copied.week_from.year)
    assert abs((copied.week_from - begins.replace(year=year)).days) <= 7
    assert not findings_of(copied)
