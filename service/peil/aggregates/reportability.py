"""Which units would have figures: told before a wave opens, so that nobody is surprised after it."""

from collections.abc import Mapping
from typing import Literal
from uuid import UUID

from msgspec import structs

from peil.aggregates.reportability_model import (
    FigureClass,
    Reportability,
    ReportabilityQuery,
    ReportableUnit,
    SharedGroup,
    WavePreview,
    WavePreviewNew,
)
from peil.employers.model import Policy
from peil.employers.operations import get_thresholds, newest_policy
from peil.instruments.model import CommentItem, Instrument, ScorableItem, SingleChoiceItem
from peil.instruments.operations import find_instrument
from peil.instruments.rules import scored_blocks
from peil.operation import Transaction, operation
from peil.participation.operations import draw_population, list_groups
from peil.participation.population import Population
from peil.releases.cells_model import PartialResponse, ProtectedCell, PublishedResponse
from peil.releases.expectation import Expected, Figures, expect
from peil.releases.population import snapshot_of
from peil.waves.model import SnapshotUnit, Wave
from peil.waves.operations import check_new, get_wave, list_snapshot

_STATUS: Mapping[type, Literal["published", "partial", "protected"]] = {
    PublishedResponse: "published",
    PartialResponse: "partial",
    ProtectedCell: "protected",
}


@operation("reportability:read")
async def get_reportability(tx: Transaction, wave_id: UUID, query: ReportabilityQuery) -> Reportability:
    """Which units would have figures if so many answered, what the others roll up to, and who shares a group.

    Counts only, by the same choice as a release. Before a wave opens it goes by the directory of today.
    """
    wave = await get_wave.within(tx, wave_id)
    units, invited = await _population(tx, wave)
    policy = await get_thresholds(tx, wave.policy_version)
    shown = await _shown(tx, wave.instrument_id, policy, units, invited, query.rate)
    return Reportability(**structs.asdict(shown), wave_id=wave_id, frozen=wave.invited is not None)


# Who may plan may read the directory; of others, who only read what waves there are, no plan tells how many people
# of which kind there are.
@operation("waves:write")
async def preview_wave(tx: Transaction, new: WavePreviewNew) -> WavePreview:
    """The same for a wave that is not planned yet, from the directory of today; plans nothing.

    What would be refused is refused here with the same findings.
    """
    plan = await check_new(tx, new)
    policy = await newest_policy(tx)
    drawn = await draw_population(tx, plan, policy.version)
    return await _shown(tx, plan.instrument_id, policy, drawn.units, _invited(drawn), new.rate)


async def _shown(
    tx: Transaction,
    instrument_id: UUID | None,
    policy: Policy,
    units: list[SnapshotUnit],
    invited: Mapping[UUID, int],
    rate: int,
) -> WavePreview:
    order, classes = expect(snapshot_of(units), invited, rate, policy.thresholds)
    names = {unit.unit_id: unit.name for unit in units}
    instrument = None if instrument_id is None else await find_instrument(tx, instrument_id)
    keys = {} if instrument is None else _keys(instrument)
    return WavePreview(
        rate=rate,
        invited=sum(invited.values()),
        groups=[
            SharedGroup(
                unit_id=unit_id,
                name=names[unit_id],
                unit_ids=[unit.unit_id for unit in units if unit.group_unit_id == unit_id],
                invited=invited[unit_id],
            )
            for unit_id in order
            if unit_id in invited
        ],
        classes=[_class(name, found, keys[name], order, names) for name, found in classes.items() if keys.get(name)],
    )


async def _population(tx: Transaction, wave: Wave) -> tuple[list[SnapshotUnit], dict[UUID, int]]:
    """The units of the wave, and how many are invited per reporting group."""
    if wave.invited is None:
        drawn = await draw_population(tx, wave, wave.policy_version)
        return drawn.units, _invited(drawn)
    groups = await list_groups(tx, wave.wave_id)
    return await list_snapshot(tx, wave.wave_id), {group.unit_id: group.invited for group in groups}


def _invited(drawn: Population) -> dict[UUID, int]:
    return {unit_id: len(people) for unit_id, people in drawn.groups.items()}


def _keys(instrument: Instrument) -> dict[Figures, list[str]]:
    """Which blocks or items each class is about."""
    open_items = [item for item in instrument.items if not item.sensitive]
    scored = [item.key for item in open_items if isinstance(item, ScorableItem)]
    return {
        "mean": [block.key for block in scored_blocks(instrument) if not any(item.sensitive for item in block.items)],
        "comments": [item.key for item in open_items if isinstance(item, CommentItem)],
        "bands": scored,
        "distribution": scored,
        "choice": [item.key for item in open_items if isinstance(item, SingleChoiceItem)],
        "sensitive": [item.key for item in instrument.items if item.sensitive and not isinstance(item, CommentItem)],
    }


def _class(name: Figures, found: Expected, keys: list[str], order: list[UUID], names: dict[UUID, str]) -> FigureClass:
    return FigureClass(
        figures=name,
        least=found.least,
        keys=keys,
        units=[
            ReportableUnit(
                unit_id=unit_id,
                name=names[unit_id],
                status=_STATUS[type(cell)],
                reported_at=getattr(cell, "reported_at", None),
            )
            for unit_id, cell in zip(order, found.cells, strict=True)
        ],
    )
