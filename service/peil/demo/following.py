"""What follows a measurement: actions with their progress checks, and telling people what came of it."""

import asyncio
import time
from datetime import date
from typing import Any

from peil.campaigns.model import PhaseKind
from peil.demo import programme
from peil.demo.cast import Caller, StoryError
from peil.demo.measuring import at
from peil.demo.preparing import Prepared
from peil.demo.setting import MANAGER, PATIENCE, Employer, Tell, deadline, require
from peil.demo.told import Measurement

_CHECKS: tuple[PhaseKind, ...] = ("check-30-days", "check-60-days", "check-90-days")


async def create_actions(
    employer: Employer, manager: Caller, prepared: Prepared, baseline: Measurement, tell: Tell
) -> list[dict[str, Any]]:
    """The plan of action: HR's, and that of the manager for the own team; one is refused."""
    linked = {
        "campaignId": str(prepared.campaign.campaign_id),
        "riskId": prepared.risk_id,
        "startsOn": prepared.campaign.week_to.isoformat(),
    }
    made = []
    plans = [plan | linked for plan in programme.actions(employer.staff, employer.units, baseline.wave_id)]
    for plan in plans:
        caller = _who_follows(plan, employer, manager)
        made.append(await caller.post("/actions", plan))
        who = "manager" if caller is manager else "HR"
        tell(who, f"plans “{plan['title']}”", f"{programme.BLOCK} is {made[-1]['metric']['startValue']:.1f}")
    await _try_protected(employer, plans[-1], tell)
    return made


async def _try_protected(employer: Employer, plan: dict[str, Any], tell: Tell) -> None:
    """An action cannot be measured by a unit that has no figure."""
    hidden = plan | {"unitId": employer.units[programme.PROTECTED_UNIT]}
    refusal = await employer.hr.post("/actions", hidden, expected=400)
    [error] = refusal["errors"]
    require(error["code"] == "unit-protected", "the action was refused for another reason")
    tell("HR", "tries to measure an action by Brazil", f"refused: {error['detail']}")


def _who_follows(action: dict[str, Any], employer: Employer, manager: Caller) -> Caller:
    """A manager sees to the own team's actions, HR to all others."""
    return manager if action["unitId"] == employer.units[MANAGER.unit] else employer.hr


async def play_week(
    employer: Employer, manager: Caller, prepared: Prepared, actions: list[dict[str, Any]], tell: Tell
) -> None:
    """The week itself: people were invited and are told a story, and the actions begin on its last day."""
    campaign = prepared.campaign
    await employer.go_on(at(campaign.week_from, 9), "the week begins", tell)
    for kind in ("invitation", "manager-letter"):
        await _mark_sent(employer, prepared, kind)
    tell("HR", "marks what was told before the week", "sent")
    await employer.go_on(at(campaign.week_to, 16), "the closing check-in", tell)
    await _mark_sent(employer, prepared, "experience-story")
    for action in actions:
        caller = _who_follows(action, employer, manager)
        await caller.patch(f"/actions/{action['actionId']}", {"state": "active"})
    tell("HR, manager", "start what they planned", f"{len(actions)} active")


async def share_outcomes(employer: Employer, prepared: Prepared, tell: Tell) -> None:
    """On the day that the plan says, the outcomes are told to all."""
    shared = await employer.hr.get(f"/communications/{prepared.communications['shared-follow-up']}")
    await employer.go_on(at(date.fromisoformat(shared["on"]), 12), "the outcomes are to be shared", tell)
    await _mark_sent(employer, prepared, "shared-follow-up")
    tell("HR", f"marks “{shared['title']}”", "sent")


async def _mark_sent(employer: Employer, prepared: Prepared, kind: str) -> None:
    await employer.hr.patch(f"/communications/{prepared.communications[kind]}", {"state": "sent"})


async def follow_up(
    employer: Employer, manager: Caller, prepared: Prepared, actions: list[dict[str, Any]], tell: Tell
) -> None:
    """The clock goes to each progress check; those of 30 and 60 days are done, that of 90 days is left due."""
    for place, kind in enumerate(_CHECKS):
        days = kind.removeprefix("check-").replace("-", " ")
        await employer.go_on(at(prepared.phase(kind).from_, 9), f"{days} after the week", tell)
        due = await _wait_for_checks(employer.hr, len(actions))
        tell("worker", "asks after every action", f"{len(due)} progress checks due")
        if kind != _CHECKS[-1]:
            await _complete(employer, manager, actions, due, place)
            tell("HR, manager", "say how it goes, with a note", f"{len(due)} done")


async def _complete(
    employer: Employer, manager: Caller, actions: list[dict[str, Any]], due: list[dict[str, Any]], place: int
) -> None:
    """Each progress check by whoever sees to the action; `place`: the first or the second one."""
    by_action = {check["actionId"]: check["progressCheckId"] for check in due}
    for action, measure in zip(actions, programme.MEASURES, strict=True):
        result, note = measure.progress[place]
        path = f"/progress-checks/{by_action[action['actionId']]}/complete"
        caller = _who_follows(action, employer, manager)
        await caller.post(path, {"result": result, "note": note}, expected=200)


async def _wait_for_checks(hr: Caller, number: int) -> list[dict[str, Any]]:
    """The open progress checks once the worker has made as many."""
    latest = deadline()
    while time.monotonic() < latest:
        due = await hr.get_all("/progress-checks", open="true")
        if len(due) == number:
            return due
        await asyncio.sleep(0.05)
    raise StoryError(f"the worker did not make {number} progress checks within {PATIENCE:.0f} s")
