"""What HR plans for the edition: its goal, team and message, its agenda and its communication, as bodies."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any, NamedTuple

from peil.demo.answers import ROOT
from peil.demo.setting import AMBASSADORS, HR_OFFICER, MANAGER, SPONSOR, Member

NAME = "Week van de Werkstress 2026"
YEAR = 2026
BLOCK = "openness"
PROTECTED_UNIT = f"{ROOT}-brazil"
"""Too few answered there in the baseline."""

RISK = {
    "title": "People do not dare to speak about work stress",
    "category": "unsafe-climate",
    "severity": 4,
    "likelihood": 3,
    "rieVersion": "RI&E 2026",
}
SUPPORT_ROUTES = {
    "confidential-adviser": ("Confidential adviser", "tel:+31000000001"),
    "reporting-route": ("Reporting route", "https://intranet.example/report"),
    "prevention-officer": ("Prevention officer", "mailto:prevention@osmi.example"),
    "occupational-physician": ("Occupational physician", "tel:+31000000002"),
}
"""All kinds but the complaints procedure, which HR forgets: readiness says so to the end."""


class Measure(NamedTuple):
    """An action, with what is said of it after 30 and after 60 days: the result and a note."""

    title: str
    level: str
    kind: str
    unit: str | None
    owner: Member
    deadline: date
    target: float
    progress: tuple[tuple[str, str], tuple[str, str]]


MEASURES = (
    Measure(
        title="Workload is a topic of every team meeting",
        level="organisation",
        kind="work-process",
        unit=None,
        owner=HR_OFFICER,
        deadline=date(2027, 3, 31),
        target=60,
        progress=(
            ("working", "On the agenda of most teams."),
            ("changed", "Now at the start of the meeting, not at its end."),
        ),
    ),
    Measure(
        title="Weekly check-in on workload and priorities",
        level="team",
        kind="task-division",
        unit=MANAGER.unit,
        owner=MANAGER,
        deadline=date(2027, 2, 26),
        target=62,
        progress=(("changed", "Moved from Friday to Monday."), ("working", "People say what can wait.")),
    ),
    Measure(
        title="Lunch without meetings",
        level="team",
        kind="breaks",
        unit=AMBASSADORS[0].unit,
        owner=AMBASSADORS[0],
        deadline=date(2027, 4, 30),
        target=60,
        progress=(("working", "Kept on most days."), ("changed", "Now also for meetings with other countries.")),
    ),
)


def plan(staff: Mapping[str, str], instrument_id: str, risk_id: str) -> dict[str, Any]:
    """What makes a name and a year a campaign."""
    block = {"instrumentId": instrument_id, "block": BLOCK}
    leave = {"instrumentId": instrument_id, "block": "leave"}
    return {
        "goals": [
            {
                "title": "People dare to speak about work stress",
                "goal": "healthy-culture",
                "kpi": "psychological-safety",
                "metric": {"kind": "block", **block},
                "target": 60,
                "riskId": risk_id,
            }
        ],
        "themes": ["psychological-safety"],
        "criteria": [
            {"kind": "participation", "atLeast": 70},
            {"kind": "change", **block, "atLeast": 5},
            {"kind": "change", **leave, "atLeast": 5},
        ],
        "coreTeam": [
            _member(staff, HR_OFFICER.key, "hr", "host"),
            _member(staff, MANAGER.key, "manager", "facilitator"),
            _member(staff, AMBASSADORS[0].key, "ambassador", "communication"),
            _member(staff, AMBASSADORS[1].key, "ambassador", None),
        ],
        "sponsorId": staff[SPONSOR.key],
        "coreMessage": {
            "why": _text("Wie zwijgt over werkstress, krijgt geen hulp.", "Who keeps silent gets no help."),
            "whatWeWant": _text("Dat erover praten gewoon wordt.", "That talking about it becomes normal."),
            "whatWeExpect": _text("Doe mee en zeg wat je nodig hebt.", "Take part, and say what you need."),
        },
    }


def _member(staff: Mapping[str, str], key: str, position: str, part: str | None) -> dict[str, Any]:
    return {"personId": staff[key], "position": position, "part": part}


def _text(nl: str, en: str) -> dict[str, str]:
    return {"nl": nl, "en": en}


def agenda(monday: date) -> list[dict[str, Any]]:
    """The week, with room for recovery, and the retro after it."""
    items = [
        ("kick-off", "Kick-off with the director", 0, "09:30", "10:00"),
        ("focus-block", "Focus block without meetings", 1, "09:00", "11:00"),
        ("breathing-break", "Breathing break", 1, "15:00", "15:10"),
        ("walking-meeting", "Walking meeting", 2, "12:30", "13:00"),
        ("workshop", "Workshop: how to ask a colleague", 3, "14:00", "15:30"),
        ("closing-check-in", "Closing check-in", 4, "15:00", "15:30"),
        ("retro", "Retro with the core team", 10, "10:00", "11:00"),
    ]
    return [
        {"kind": kind, "title": title, "on": _on(monday, days), "from": begins, "to": ends}
        for kind, title, days, begins, ends in items
    ]


def communications(monday: date, staff: Mapping[str, str]) -> list[dict[str, Any]]:
    """What is told before, in and after the week."""
    items = [
        ("invitation", "Invitation to the baseline and the week", "e-mail", -35),
        ("manager-letter", "Letter to managers: make room for it", "e-mail", -7),
        ("experience-story", "A colleague's story", "intranet", 2),
        ("shared-follow-up", "What came of it and what we do now", "intranet", 17),
    ]
    owner = {"personId": staff[HR_OFFICER.key]}
    return [
        {"kind": kind, "title": title, "channel": channel, "on": _on(monday, days), "owner": owner}
        for kind, title, channel, days in items
    ]


def actions(staff: Mapping[str, str], units: Mapping[str, str], wave_id: str) -> list[dict[str, Any]]:
    """Three measures, the second of which is the manager's own; each is measured by the block of the baseline."""
    return [
        {
            "title": measure.title,
            "level": measure.level,
            "measure": measure.kind,
            "unitId": None if measure.unit is None else units[measure.unit],
            "owner": {"personId": staff[measure.owner.key]},
            "deadline": measure.deadline.isoformat(),
            "metric": {"waveId": wave_id, "block": BLOCK, "target": measure.target},
        }
        for measure in MEASURES
    ]


def _on(monday: date, days: int) -> str:
    return (monday + timedelta(days=days)).isoformat()
