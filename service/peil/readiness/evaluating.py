"""What became of a campaign, read from its releases."""

from collections import Counter
from collections.abc import Sequence
from uuid import UUID

import msgspec

from peil.actions.operations import actions_of
from peil.aggregates.changes.model import BlockChange, ChangeCell, ChangeQuery
from peil.aggregates.changes.operations import find_change
from peil.aggregates.metrics import find_block
from peil.aggregates.model import NOTICE, Aggregate
from peil.aggregates.operations import read_top
from peil.campaigns.model import BlockMetric, Campaign, ChangeCriterion, Criterion, Goal, ParticipationCriterion
from peil.campaigns.operations import get_campaign
from peil.campaigns.rules import blocks_of
from peil.instruments.operations import find_instruments
from peil.instruments.rules import block_fingerprint, scored_blocks
from peil.operation import Transaction, operation
from peil.readiness.evaluation import Measured, judge_criterion, judge_goal, measured_change, measured_rate
from peil.readiness.model import ActionsByState, EvaluatedCriterion, EvaluatedGoal, EvaluatedWave, Evaluation
from peil.readiness.operations import acts_in_reach
from peil.readiness.rules import of_reach
from peil.releases.cells_model import ProtectedCell, PublishedCell
from peil.waves.model import Wave, WaveKind
from peil.waves.operations import waves_of


class Measurement(msgspec.Struct, frozen=True, kw_only=True):
    """A released wave, with what it says of the whole organisation."""

    wave: Wave
    top: Aggregate


class Edition(msgspec.Struct, frozen=True, kw_only=True):
    """The released waves of a campaign as they opened, and the items of the blocks that it is judged by."""

    measurements: Sequence[Measurement]
    fingerprints: dict[tuple[UUID, str], str]
    titles: dict[tuple[UUID, str], dict[str, str]]
    changes: list[BlockChange] | None
    """Post-measurement against baseline; None: one of the two is missing."""

    def newest(self, *kinds: WaveKind) -> Measurement | None:
        """The newest released wave of one of these kinds."""
        return next((one for one in reversed(self.measurements) if one.wave.kind in kinds), None)


@operation("campaigns:read")
async def get_evaluation(tx: Transaction, campaign_id: UUID) -> Evaluation:
    """What became of the campaign: participation, change, goals and success criteria, in the whole organisation.

    It also needs `aggregates:read`.
    """
    campaign = await get_campaign.within(tx, campaign_id)
    # Also where there is no figure yet, so that the same caller is not let in today and refused tomorrow.
    with tx.under("aggregates:read"):
        edition = await _edition(tx, campaign)
    return Evaluation(
        campaign_id=campaign_id,
        due_on=next(phase.to for phase in campaign.phases if phase.kind == "evaluation"),
        waves=[_wave(measurement) for measurement in edition.measurements],
        changes=edition.changes or [],
        goals=[await _goal(tx, edition, goal) for goal in campaign.goals],
        criteria=[await _criterion(tx, edition, criterion) for criterion in campaign.criteria],
        actions=await _actions(tx, campaign_id) if "actions:read" in tx.actor.reaches else None,
        notice=NOTICE[tx.call.language],
    )


async def _edition(tx: Transaction, campaign: Campaign) -> Edition:
    """From the waves that asked everybody: the same ones, whoever asks for the verdict."""
    waves = await waves_of(tx, [campaign.campaign_id])
    released = [wave for wave in waves if wave.state == "released"]
    read = [Measurement(wave=wave, top=await read_top(tx, wave.wave_id)) for wave in released]
    found = [one for one in read if one.wave.unit_ids is None or one.top.unit_id in one.wave.unit_ids]
    instruments = await find_instruments(tx, [block.instrument_id for block in blocks_of(campaign)])
    blocks = {
        (instrument_id, block.key): block
        for instrument_id, instrument in instruments.items()
        for block in scored_blocks(instrument)
    }
    edition = Edition(
        measurements=found,
        fingerprints={place: block_fingerprint(block) for place, block in blocks.items()},
        titles={place: block.title for place, block in blocks.items()},
        changes=None,
    )
    return msgspec.structs.replace(edition, changes=await _changes(tx, edition))


async def _changes(tx: Transaction, edition: Edition) -> list[BlockChange] | None:
    post, baseline = edition.newest("post"), edition.newest("baseline")
    if post is None or baseline is None or baseline.wave.opens_at >= post.wave.opens_at:
        return None
    wanted = ChangeQuery(against=baseline.wave.wave_id)
    return (await find_change(tx, post.wave.wave_id, post.top.unit_id, wanted)).blocks


async def _goal(tx: Transaction, edition: Edition, goal: Goal) -> EvaluatedGoal:
    language = tx.call.language
    if not isinstance(goal.metric, BlockMetric):
        measured = edition.newest(goal.metric.wave_kind)
        rate = measured_rate(None if measured is None else measured.top.response, "no-wave")
        return judge_goal(goal, Measured(None, None), rate, language)
    baseline = await _mean(tx, edition, edition.newest("baseline"), goal.metric, "no-baseline")
    newest = edition.newest("pulse", "post", "survey", "traffic-light")
    current = await _mean(tx, edition, newest, goal.metric, "no-post-measurement")
    return judge_goal(goal, baseline, current, language)


async def _criterion(tx: Transaction, edition: Edition, criterion: Criterion) -> EvaluatedCriterion:
    post = edition.newest("post")
    if isinstance(criterion, ParticipationCriterion):
        measured = measured_rate(None if post is None else post.top.response, "no-post-measurement")
    elif isinstance(criterion, ChangeCriterion):
        measured = measured_change(await _change(tx, edition, criterion))
    else:
        asked = BlockMetric(instrument_id=criterion.instrument_id, block=criterion.block)
        measured = await _mean(tx, edition, post, asked, "no-post-measurement")
    return judge_criterion(criterion, _title(edition, criterion, tx.call.language), measured, tx.call.language)


def _title(edition: Edition, criterion: Criterion, language: str) -> str:
    """What the block of a criterion is called; nothing where it has none."""
    if isinstance(criterion, ParticipationCriterion):
        return ""
    texts = edition.titles[criterion.instrument_id, criterion.block]
    return texts.get(language) or next(iter(texts.values()))


async def _change(tx: Transaction, edition: Edition, criterion: ChangeCriterion) -> ChangeCell | str:
    """The change of a block, or the reason why there is none."""
    post = edition.newest("post")
    if edition.changes is None or post is None:
        return "no-baseline" if edition.newest("baseline") is None else "no-post-measurement"
    block = await find_block(tx, post.wave.wave_id, criterion.block)
    if block is None:
        return "not-asked"
    if block != edition.fingerprints[criterion.instrument_id, criterion.block]:
        return "other-items"
    return next(one.cell for one in edition.changes if one.key == criterion.block)


async def _mean(
    tx: Transaction, edition: Edition, measurement: Measurement | None, asked: BlockMetric, otherwise: str
) -> Measured:
    """The mean of a block in the whole organisation; `otherwise`: the reason where there is no such wave."""
    if measurement is None:
        return Measured(None, otherwise)
    block = await find_block(tx, measurement.wave.wave_id, asked.block)
    if block is None:
        return Measured(None, "not-asked")
    if block != edition.fingerprints[asked.instrument_id, asked.block]:
        return Measured(None, "other-items")
    cell = next(one.cell for one in measurement.top.blocks if one.key == asked.block)
    if not isinstance(cell, PublishedCell):
        return Measured(None, "protected")
    return Measured(None, "not-representative") if "not-representative" in cell.warnings else Measured(cell.mean, None)


def _wave(measurement: Measurement) -> EvaluatedWave:
    wave, response = measurement.wave, measurement.top.response
    told = None if isinstance(response, ProtectedCell) else response
    return EvaluatedWave(
        wave_id=wave.wave_id,
        kind=wave.kind,
        name=wave.name,
        respondents=None if told is None else told.respondents,
        invited=None if told is None else told.invited,
        rate=None if told is None else told.rate,
    )


async def _actions(tx: Transaction, campaign_id: UUID) -> ActionsByState:
    seen = of_reach(await actions_of(tx, campaign_id), await acts_in_reach(tx))
    states = Counter(action.state for action in seen)
    return ActionsByState(
        planned=states["planned"], active=states["active"], done=states["done"], stopped=states["stopped"]
    )
