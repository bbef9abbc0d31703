"""The second act: HR makes a name and a year a campaign, and the works council decides about the measuring."""

from collections.abc import Iterable
from datetime import date
from typing import Any

import msgspec

from peil.campaigns.model import Campaign, Phase, PhaseKind
from peil.demo import answers, programme
from peil.demo.answers import YEARS, Year
from peil.demo.cast import Caller
from peil.demo.setting import Employer, Tell
from peil.readiness.model import Readiness

_DOCUMENT = "0" * 64  # stands for the SHA-256 of the document that the council or the employer keeps


class Prepared(msgspec.Struct, frozen=True, kw_only=True):
    """What HR has once the campaign is planned."""

    campaign: Campaign
    before: Readiness
    """What was missing when there was a name and a year."""
    risk_id: str
    instruments: dict[Year, str]
    communications: dict[str, str]
    """Ids of what is told, by its kind."""

    def phase(self, kind: PhaseKind) -> Phase:
        """A part of the edition, with the dates that the service computed."""
        return next(phase for phase in self.campaign.phases if phase.kind == kind)


async def create_campaign(employer: Employer, tell: Tell) -> tuple[Campaign, Readiness]:
    """A name and a year, and what is missing then."""
    new = {"name": programme.NAME, "year": programme.YEAR}
    made = msgspec.convert(await employer.hr.post("/campaigns", new), Campaign)
    tell("HR", "creates a campaign", f"its week: {_days(made.week_from, made.week_to)}")
    before = await read_readiness(employer.hr, made)
    tell("HR", "asks what is missing", f"{len(before.findings)} findings")
    return made, before


async def read_readiness(caller: Caller, campaign: Campaign) -> Readiness:
    """What the campaign lacks now, as far as it concerns the caller."""
    return msgspec.convert(await caller.get(f"/campaigns/{campaign.campaign_id}/readiness"), Readiness)


async def plan_campaign(employer: Employer, campaign: Campaign, before: Readiness, tell: Tell) -> Prepared:
    """Goal, criteria, team and message; agenda and communication."""
    hr, path = employer.hr, f"/campaigns/{campaign.campaign_id}"
    for kind, (name, contact) in programme.SUPPORT_ROUTES.items():
        await hr.post("/support-routes", {"kind": kind, "name": name, "contact": contact})
    tell("HR", "records where one can turn to", f"{len(programme.SUPPORT_ROUTES)} support routes")
    risk = await hr.post("/risks", programme.RISK)
    tell("HR", "enters a psychosocial risk of the RI&E", f"“{risk['title']}”")
    instruments = {year: await _publish(hr, year) for year in YEARS}
    tell("HR", "publishes the questions of both surveys", "2 instruments")
    plan = programme.plan(employer.staff, instruments[2014], risk["riskId"])
    planned = msgspec.convert(await hr.patch(path, plan), Campaign)
    tell("HR", "plans goal, criteria, team, message", f"“{planned.goals[0].title}”")
    agenda = programme.agenda(campaign.week_from)
    for item in agenda:
        await hr.post(f"{path}/activities", item)
    tell("HR", "plans kick-off, breaks, workshop, retro", f"{len(agenda)} activities")
    told = {
        item["kind"]: (await hr.post(f"{path}/communications", item))["communicationId"]
        for item in programme.communications(campaign.week_from, employer.staff)
    }
    tell("HR", "plans what is told, before and after", f"{len(told)} items")
    return Prepared(
        campaign=planned, before=before, risk_id=risk["riskId"], instruments=instruments, communications=told
    )


async def _publish(hr: Caller, year: Year) -> str:
    instrument = await hr.post("/instruments", msgspec.to_builtins(answers.instrument(year)))
    await hr.post(f"/instruments/{instrument['instrumentId']}/publish", expected=200)
    return str(instrument["instrumentId"])


async def try_to_open(employer: Employer, wave_id: str, tell: Tell) -> None:
    """A wave does not open before the works council, the DPIA and the notice are there."""
    refusal = await employer.hr.post(f"/waves/{wave_id}/open", expected=409)
    missing = dict.fromkeys(error["code"].removesuffix("-missing") for error in refusal["errors"])
    tell("HR", "tries to open the baseline", f"refused, missing: {', '.join(missing)}")


async def request_consent(employer: Employer, modes: Iterable[str], answer_by: date, tell: Tell) -> list[str]:
    """Puts the thresholds and each way of asking before the works council; the ids of the requests."""
    [policy] = await employer.hr.get_all("/policies")
    request = {
        "policyVersion": policy["version"],
        "documentSha256": _DOCUMENT,
        "answerBy": answer_by.isoformat(),
    }
    made = [await employer.hr.post("/consent-requests", request | {"mode": mode}) for mode in modes]
    tell("HR", "requests the works council's consent", f"by {answer_by:%-d %B %Y}")
    return [one["consentRequestId"] for one in made]


async def pass_gates(employer: Employer, request_ids: Iterable[str], today: date, tell: Tell) -> None:
    """The works council decides; HR records the rest."""
    [policy] = await employer.council.get_all("/policies")
    tell("works council", "reads the thresholds", f"no figure below {policy['thresholds']['kM']} people")
    for request_id in request_ids:
        path = f"/consent-requests/{request_id}/decide"
        decided = await employer.council.post(path, {"decision": "consent"}, expected=200)
        tell("works council", f"decides on asking in mode {decided['mode']}", decided["state"])
    document: dict[str, Any] = {"decidedOn": today.isoformat(), "documentSha256": _DOCUMENT}
    await employer.hr.post("/preconditions", {"kind": "dpia", **document})
    await employer.hr.post("/preconditions", {"kind": "participant-notice", "languages": ["nl", "en"], **document})
    tell("HR", "records the DPIA and the participant notice", "the gates are open")


def _days(first: date, last: date) -> str:
    return f"{first:%-d} to {last:%-d %B %Y}"
