"""An edition as the service might tell it: what the picture is made of, for its tests."""

from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

from msgspec.structs import replace

from peil.actions.model import Action, ActionMetric, ProgressCheck
from peil.aggregates.changes.model import (
    BlockChange,
    Change,
    ChangeCell,
    ChangeInterval,
    ComparedChange,
    IncomparableChange,
    Measured,
    ProtectedChange,
)
from peil.aggregates.model import NOTICE, Aggregate, BlockAggregate, Reading
from peil.campaigns.model import BlockMetric, Campaign, CampaignDates, Goal
from peil.demo.programme import BLOCK
from peil.demo.told import Ended, LeftOpen, Measurement, Told
from peil.directory.model import Owner
from peil.readiness.model import (
    EvaluatedCriterion,
    EvaluatedGoal,
    EvaluatedWave,
    Evaluation,
    Readiness,
    ReadinessFinding,
    Timeline,
    TimelineEntry,
)
from peil.releases.cells_model import (
    Cell,
    Interval,
    PartialCell,
    PartialResponse,
    ProtectedCell,
    PublishedCell,
    PublishedResponse,
    ResponseCell,
    ResponseWarning,
)

ROOT, NORTH, SOUTH, HARBOUR, QUAY, WHARF = (UUID(int=number) for number in range(1, 7))
CAMPAIGN, BASELINE, POST, OWNER, ACTION = (UUID(int=number) for number in range(90, 95))
BEGAN, TODAY = date(2026, 9, 21), date(2027, 2, 18)
NAMES = {ROOT: "Works", NORTH: "North", SOUTH: "South", HARBOUR: "Harbour, North"}

Cells = tuple[ResponseCell, Cell]


def published(mean: float, n: int, invited: int) -> Cells:
    """A unit with figures; fewer than 70 % has its warning."""
    rate = round(100 * n / invited, 2)
    warnings: tuple[ResponseWarning, ...] = ("low-response",) if rate < 70 else ()
    around = Interval(low=mean - 5, high=mean + 5)
    return (
        PublishedResponse(respondents=n, invited=invited, rate=rate, coverage="all", warnings=warnings),
        PublishedCell(
            n=n, invited=invited, coverage="all", mean=mean, items={}, now=around, climate=around, warnings=warnings
        ),
    )


def protected(at: UUID | None) -> Cells:
    return ProtectedCell(reported_at=at), ProtectedCell(reported_at=at)


def partial(mean: float, n: int, units: list[UUID], at: UUID) -> Cells:
    return (
        PartialResponse(units=units, respondents=n, invited=None, rate=None, warnings=(), reported_at=at),
        PartialCell(
            units=units,
            n=n,
            invited=None,
            mean=mean,
            items={},
            now=None,
            climate=None,
            warnings=(),
            reported_at=at,
        ),
    )


def aggregate(unit_id: UUID, name: str, parent: UUID | None, cells: Cells) -> Aggregate:
    response, cell = cells
    return Aggregate(
        wave_id=UUID(int=99),
        unit_id=unit_id,
        parent_id=parent,
        name=name,
        everybody_asked=True,
        response=response,
        blocks=[
            BlockAggregate(
                key=BLOCK, title="Openness", cell=cell, rate=None, estimate=None, bounds=None, items=[], norms=[]
            )
        ],
        choices=[],
        sensitive=[],
        explanations=[],
        notice=NOTICE["en"],
    )


def units(north: Cells, south: Cells) -> list[Aggregate]:
    return [
        aggregate(ROOT, "Works", None, published(50, 139, 200)),
        aggregate(NORTH, "North", ROOT, north),
        aggregate(HARBOUR, "Harbour, North", NORTH, published(40, 8, 10)),
        aggregate(QUAY, "Quay, North", NORTH, protected(ROOT)),
        aggregate(WHARF, "Wharf, North", NORTH, protected(ROOT)),
        aggregate(SOUTH, "South", ROOT, south),
    ]


def compared(difference: float, **changed: Any) -> ComparedChange:
    """A difference from 50 in its interval, ten points to either side."""
    side = Measured(n=139, invited=200, mean=50.0, warnings=())
    told: dict[str, Any] = {
        "before": side,
        "after": replace(side, mean=50 + difference),
        "difference": difference,
        "interval": ChangeInterval(low=difference - 10, high=difference + 10),
        "standardised": None,
        "p": None,
        "q": None,
        "label": "no-clear-difference",
        "minimal_detectable_change": 16.0,
        "bound": False,
        "warnings": (),
        "units": None,
    }
    return ComparedChange(**told | changed)


def change(unit_id: UUID, name: str, parent: UUID | None, cell: ChangeCell) -> Change:
    leave = BlockChange(
        key="leave",
        title="How easy is leave?",
        text="Not comparable: the questions differ.",
        notes=[],
        cell=IncomparableChange(reason="items-differ"),
        items=[],
    )
    said = f"The sentence of {name}."
    openness = BlockChange(key=BLOCK, title="Openness", text=said, notes=[], cell=cell, items=[])
    return Change(
        wave_id=POST,
        against=BASELINE,
        unit_id=unit_id,
        parent_id=parent,
        name=name,
        population=None,
        blocks=[leave, openness],
        notes=[],
        agenda=None,
        notice=NOTICE["en"],
    )


def changes() -> list[Change]:
    """Every kind of cell once; Quay and Wharf have no figure in any wave."""
    return [
        change(ROOT, "Works", None, compared(-1.0)),
        change(NORTH, "North", ROOT, IncomparableChange(reason="units-differ")),
        change(HARBOUR, "Harbour, North", NORTH, compared(18.6, label="clear-signal")),
        change(QUAY, "Quay, North", NORTH, ProtectedChange(reported_at=ROOT)),
        change(WHARF, "Wharf, North", NORTH, ProtectedChange(reported_at=ROOT)),
        change(SOUTH, "South", ROOT, ProtectedChange(reported_at=ROOT)),
    ]


def measurements() -> list[Measurement]:
    """North is partial in the first wave, South is protected in the second."""
    first = units(partial(40, 8, [HARBOUR], ROOT), published(61.24, 31, 40))
    second = units(published(45, 20, 25), protected(ROOT))
    return [
        Measurement(year=2014, title="Baseline (answers of 2014)", wave_id="a", aggregates=first, synthetic=61),
        Measurement(
            year=2016, title="Post-measurement (answers of 2016)", wave_id="b", aggregates=second, synthetic=62
        ),
    ]


def finding(code: str, title: str, mistake: Any = None) -> ReadinessFinding:
    return ReadinessFinding(
        code=code,
        mistake=mistake,
        mistake_title=mistake and f"Words of {mistake}",
        severity="high",
        title=title,
        advice=f"Advice on {code}.",
        resource=f"/campaigns/{CAMPAIGN}",
        unit_id=None,
    )


NO_GOAL = finding("no-goal", "The campaign has no goal.", "M2")
NO_ROUTE = finding("no-route", "No route is known.")
OVERDUE = finding("overdue", "A check was not done.", "M6")


def campaign() -> Campaign:
    return Campaign(
        campaign_id=CAMPAIGN,
        name="Week 2026",
        year=2026,
        week_from=date(2026, 11, 16),
        week_to=date(2026, 11, 20),
        provisional=False,
        zone="Europe/Amsterdam",
        dates=CampaignDates(),
        phases=[],
        goals=[
            Goal(
                title="Speak up",
                goal="healthy-culture",
                kpi="psychological-safety",
                metric=BlockMetric(instrument_id=UUID(int=80), block=BLOCK),
                target=60,
                risk_id=None,
            )
        ],
        themes=[],
        criteria=[],
        core_team=[],
        sponsor_id=None,
        core_message=None,
        copied_from_id=None,
        created_at=datetime(2026, 9, 21, tzinfo=UTC),
    )


def evaluation() -> Evaluation:
    def criterion(kind: Any, block: str | None, verdict: Any, text: str) -> EvaluatedCriterion:
        told = {"title": f"What {kind} wants", "text": text}
        return EvaluatedCriterion(
            kind=kind, block=block, at_least=5.0, value=None, minimal_detectable_change=None, verdict=verdict, **told
        )

    def wave(wave_id: UUID, kind: Any, name: str, respondents: int | None) -> EvaluatedWave:
        rate = None if respondents is None else respondents / 20
        return EvaluatedWave(wave_id=wave_id, kind=kind, name=name, respondents=respondents, invited=2000, rate=rate)

    return Evaluation(
        campaign_id=CAMPAIGN,
        due_on=date(2026, 11, 27),
        waves=[wave(BASELINE, "baseline", "First wave", 1390), wave(POST, "post", "Second wave", None)],
        changes=changes()[0].blocks,
        goals=[
            EvaluatedGoal(
                title="Speak up",
                kpi="psychological-safety",
                baseline=53.79,
                current=52.79,
                target=60,
                verdict="not-met",
                text="Goal sentence.",
            )
        ],
        criteria=[
            criterion("participation", None, "met", "Participation sentence."),
            criterion("change", BLOCK, "not-met", "Change sentence."),
            criterion("score", "leave", "not-measurable", "Score sentence."),
        ],
        actions=None,
        notice=NOTICE["en"],
    )


def action(**changed: Any) -> Action:
    told: dict[str, Any] = {
        "action_id": ACTION,
        "title": "Weekly check-in",
        "description": None,
        "level": "team",
        "measure": None,
        "unit_id": SOUTH,
        "owner": Owner(person_id=OWNER, role=None),
        "starts_on": date(2026, 11, 20),
        "deadline": date(2027, 2, 26),
        "campaign_id": CAMPAIGN,
        "risk_id": None,
        "metric": ActionMetric(
            wave_id=BASELINE,
            block=BLOCK,
            unit_id=SOUTH,
            start_value=55.04,
            target=62,
            current=Reading(wave_id=POST, value=57.4),
        ),
        "state": "active",
        "history": [],
        "next_check_on": date(2027, 5, 20),
        "created_at": datetime(2026, 11, 1, tzinfo=UTC),
    }
    return Action(**told | changed)


def checks() -> list[ProgressCheck]:
    """The first is done, the second overdue, the third due."""

    def check(number: int, kind: Any, state: Any, result: Any = None, note: str | None = None) -> ProgressCheck:
        return ProgressCheck(
            progress_check_id=UUID(int=100 + number),
            action_id=ACTION,
            kind=kind,
            due_on=TODAY,
            state=state,
            reading=None,
            result=result,
            note=note,
            completed_on=None,
        )

    return [
        check(1, "30-days", "done", "not-working", "Nobody came."),
        check(2, "60-days", "overdue"),
        check(3, "90-days", "due"),
    ]


def timeline() -> Timeline:
    def entry(on: date, kind: Any, title: str, state: Any) -> TimelineEntry:
        return TimelineEntry(from_=on, to=on, kind=kind, title=title, state=state, resource="/actions/1")

    return Timeline(
        campaign_id=CAMPAIGN,
        today=TODAY,
        entries=[
            entry(date(2026, 11, 16), "activity", "Kick-off", "past"),
            entry(date(2027, 1, 19), "progress-check", "Forgotten", "overdue"),
            entry(TODAY, "progress-check", "Weekly check-in", "now"),
            entry(date(2027, 2, 26), "deadline", "Weekly check-in", "to-come"),
        ],
    )


def edition() -> Told:
    return Told(
        campaign=campaign(),
        readiness=Readiness(campaign_id=CAMPAIGN, findings=[NO_ROUTE, OVERDUE]),
        measurements=measurements(),
        changes=changes(),
        evaluation=evaluation(),
        timeline=timeline(),
        actions=[action()],
        checks=checks(),
        owners={OWNER: "manager South"},
    )


def team() -> Told:
    """What the manager of Harbour reads: that unit and the top one."""
    whole, own = edition(), (ROOT, HARBOUR)
    mine = action(title="Harbour breaks", unit_id=HARBOUR, metric=None)
    return replace(
        whole,
        readiness=Readiness(campaign_id=CAMPAIGN, findings=[OVERDUE]),
        measurements=[
            replace(one, aggregates=[unit for unit in one.aggregates if unit.unit_id in own])
            for one in whole.measurements
        ],
        changes=[one for one in whole.changes if one.unit_id in own],
        actions=[mine],
        owners={},
    )


def ended(hr: Any = None, vendor: Any = None) -> Ended:
    return Ended(
        edition=edition(),
        before=Readiness(campaign_id=CAMPAIGN, findings=[NO_GOAL, NO_ROUTE]),
        began_on=BEGAN,
        team=team(),
        team_name="Harbour, North",
        left_open=LeftOpen(wave_id="c", person="nobody", unit="North"),
        employer_id="e",
        hr=hr,
        vendor=vendor,
        council=hr,
    )
