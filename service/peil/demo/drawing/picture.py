"""Draws what came of the demo's edition, for a terminal: as HR reads it, and as the manager of one team does.

It shows what the service said and nothing of its own making: no order by score, no colour for good or bad, no
cause of a difference.
"""

from collections.abc import Iterator, Sequence
from uuid import UUID

from rich.text import Text

from peil.demo.drawing.actions import draw_actions
from peil.demo.drawing.changes import block_change, draw_counts, draw_table, draw_whole
from peil.demo.drawing.due import draw_due, list_due
from peil.demo.drawing.lines import day, heading, wrapped
from peil.demo.drawing.readiness import draw_readiness
from peil.demo.drawing.verdicts import draw_verdicts, list_verdicts
from peil.demo.told import Ended, Measurement, Told
from peil.readiness.model import EvaluatedWave

_LEGEND = (
    "score: from 0 to 100, more is better: the mean of three questions, whether one would talk about mental "
    "health with coworkers and with the supervisor and expects no negative consequences. ● change in points in its "
    "─ 95 % interval around ┊, no change.",
    "rate: how many of the invited answered. ! fewer than 70 %: be careful. ‼ fewer than 50 %: not representative. "
    "No rate: some of the unit's people are counted above it.",
    "protected, in …: no figure in one of the two, to protect people, who are counted in the unit that is named.",
    "The answers are real; the invited who did not answer are synthetic: {synthetic}, among them the staff "
    "of the story. The campaign, its agenda and its actions are made up as well.",
    "Source: Mental Health in Tech Survey 2014 and 2016, Open Sourcing Mental Illness (https://osmihelp.org), "
    "CC BY-SA 4.0; reduced, recoded and translated. The two asked different people: the difference between "
    "them says nothing about any measure.",
)


def picture(ended: Ended, width: int) -> list[Text]:
    """The lines of the picture, `width` characters wide."""
    return [*_whole(ended, width), *_team(ended.team, ended.team_name, width), *_legend(ended.edition, width)]


def _whole(ended: Ended, width: int) -> Iterator[Text]:
    told = ended.edition
    campaign, today = told.campaign, told.timeline.today
    yield Text(f"{campaign.name} at {told.changes[0].name}", "bold")
    told_days = f"told from {day(ended.began_on)} to {day(today)}"
    yield from wrapped(f"Week of {day(campaign.week_from)}, {told_days}.", width)
    days = (ended.began_on, today)
    yield from draw_readiness(ended.before.findings, told.readiness.findings, days, width)
    yield from heading("What changed and what did not", width)
    yield Text(told.evaluation.notice, "italic")
    for wave in told.evaluation.waves:
        yield from wrapped(_participation(wave), width)
    yield from draw_whole(told.changes, width)
    yield Text()
    yield from draw_table(told.measurements, told.changes, width)
    yield from draw_counts(told.changes, width)
    yield from draw_verdicts(told.evaluation, width)
    yield from heading("Plan of action", width)
    yield from draw_actions(told.actions, told.checks, told.owners, _names(told), width)
    yield from draw_due(told.timeline, width)


def _participation(wave: EvaluatedWave) -> str:
    if wave.respondents is None or wave.invited is None or wave.rate is None:
        return f"{wave.name}: participation is protected."
    return f"{wave.name}: {wave.respondents:,} of {wave.invited:,} answered, {wave.rate:.1f} %."


def _names(told: Told) -> dict[UUID, str]:
    return {change.unit_id: change.name for change in told.changes}


def _team(told: Told, name: str, width: int) -> Iterator[Text]:
    """The same as one manager reads it: the verdicts on the whole, then the own units, actions and days."""
    yield from heading(f"The same for one team: what the manager of {name} sees", width)
    yield from wrapped(f"{told.campaign.name}, for the whole of {told.changes[0].name}:", width)
    yield from list_verdicts(told.evaluation, width)
    missing = [f"{one.title} {one.advice}" for one in told.readiness.findings]
    yield from wrapped(f"Readiness of the own units: {' '.join(missing) or 'no findings.'}", width)
    yield from draw_table(told.measurements, told.changes, width)
    yield from wrapped(f"{name}: {block_change(told.changes[-1]).text}", width)
    yield from draw_actions(told.actions, told.checks, told.owners, _names(told), width)
    yield Text("Due next", "bold")
    yield from list_due(told.timeline, width)


def _legend(told: Told, width: int) -> Iterator[Text]:
    yield Text()
    for paragraph in _LEGEND:
        yield from wrapped(paragraph.format(synthetic=_synthetic(told.measurements)), width, "dim")


def _synthetic(measurements: Sequence[Measurement]) -> str:
    return ", ".join(f"{one.synthetic:,} in the {one.title[0].lower()}{one.title[1:]}" for one in measurements)
