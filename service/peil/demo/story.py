"""The story of the demo: one edition of the week from preparation to the 90-day check, every step a call over HTTP."""

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from datetime import date, timedelta

from peil.demo import answers
from peil.demo.answers import YEARS, Year
from peil.demo.cast import Caller
from peil.demo.following import create_actions, follow_up, play_week, share_outcomes
from peil.demo.measuring import MODES, at, measure, plan_waves
from peil.demo.preparing import (
    Prepared,
    create_campaign,
    pass_gates,
    plan_campaign,
    request_consent,
    try_to_open,
)
from peil.demo.reading import look_elsewhere, read_as_employee, read_edition
from peil.demo.setting import (
    MANAGER,
    Employer,
    Tell,
    create_employer,
    external_id_of,
    import_directory,
    register_issuer,
    replace_people,
    signed_in,
)
from peil.demo.stage import Stage
from peil.demo.told import Ended, Measurement, Told
from peil.demo.visiting import leave_open, plan_survey

START = date(2026, 9, 21)
_COUNCIL_DECIDES = START + timedelta(weeks=2)


async def play_story(stage: Stage, tell: Tell) -> Ended:
    """Plays the edition. Raises StoryError where an answer is not what it should be."""
    rows = answers.list_rows()
    editions = {year: answers.edition(rows, year) for year in YEARS}
    async with AsyncExitStack() as stack:
        employer = await create_employer(stage, at(START, 9), tell, stack)
        await register_issuer(stage, employer, tell)
        employer = await import_directory(employer, editions[2014], tell)
        prepared, waves = await _prepare(employer, tell)
        survey = await plan_survey(employer, prepared, tell)
        manager = await stack.enter_async_context(_manager(stage, employer))
        baseline = await measure(stage, employer, waves[2014], editions[2014], tell)
        actions = await create_actions(employer, manager, prepared, baseline, tell)
        await play_week(employer, manager, prepared, actions, tell)
        await replace_people(employer, editions[2014], editions[2016], tell)
        post = await measure(stage, employer, waves[2016], editions[2016], tell)
        await share_outcomes(employer, prepared, tell)
        await follow_up(employer, manager, prepared, actions, tell)
        edition, team = await _read(employer, manager, prepared, [baseline, post], tell)
        await read_as_employee(stage, employer, post, editions[2016], tell)
        return Ended(
            edition=edition,
            before=prepared.before,
            began_on=START,
            team=team,
            team_name=team.changes[-1].name,
            left_open=await leave_open(stage, employer, survey, editions[2016], tell),
            employer_id=employer.employer_id,
            hr=employer.hr,
            vendor=employer.vendor,
            council=employer.council,
        )


@asynccontextmanager
async def _manager(stage: Stage, employer: Employer) -> AsyncIterator[Caller]:
    caller = signed_in(stage, employer, "manager", external_id_of(MANAGER))
    async with caller.http:
        yield caller


async def _prepare(employer: Employer, tell: Tell) -> tuple[Prepared, dict[Year, str]]:
    """From a name and a year to a baseline that may open."""
    campaign, before = await create_campaign(employer, tell)
    prepared = await plan_campaign(employer, campaign, before, tell)
    waves = await plan_waves(employer, prepared, tell)
    await try_to_open(employer, waves[2014], tell)
    request_ids = await request_consent(employer, MODES.values(), _COUNCIL_DECIDES, tell)
    await employer.go_on(at(_COUNCIL_DECIDES, 9), "the works council meets", tell)
    await pass_gates(employer, request_ids, _COUNCIL_DECIDES, tell)
    return prepared, waves


async def _read(
    employer: Employer, manager: Caller, prepared: Prepared, measurements: list[Measurement], tell: Tell
) -> tuple[Told, Told]:
    """What HR reads on the last day, and what the manager of one team reads of the same."""
    edition = await read_edition(employer.hr, prepared, measurements)
    tell("HR", "reads what came of the edition", f"{len(edition.changes)} units")
    team = await read_edition(manager, prepared, measurements)
    names = await look_elsewhere(manager, team, measurements[-1])
    tell("manager", "reads the same", f"sees {names} only")
    return edition, team
