"""Opens a wave: freezes the population, forms the reporting groups, makes the key, admits it to the intake."""

from uuid import UUID

from peil.directory.operations import lock_directory, members_on, units_on
from peil.employers.operations import get_thresholds
from peil.errors import Conflict
from peil.instruments.operations import find_instrument
from peil.operation import Transaction
from peil.participation.operations import invite
from peil.participation.population import Node, Population, freeze_population
from peil.responses.operations import admit_wave, let_begin
from peil.schedule import due
from peil.waves.model import SnapshotUnit, Wave
from peil.waves.operations import enter_state, gates_of, hold_wave, reject_opening
from peil.waves.operations import freeze_wave as freeze
from peil.worker import WorkerParts


async def freeze_wave(tx: Transaction, parts: WorkerParts, wave_id: UUID) -> None:
    """From `opening` to `ready` or `open`; back to `planned` where the directory does not allow it.

    The key is on disk before anything of this is committed.
    """
    wave = await hold_wave(tx, wave_id)
    if wave.state != "opening":
        return
    try:
        await _require_gates(tx, wave)
        population = await _population(tx, wave)
    except Conflict as refusal:
        await reject_opening(tx, wave_id, refusal.code)
        return
    instrument = await find_instrument(tx, wave.instrument_id)
    if instrument is None:
        raise RuntimeError("a wave refers to an instrument that exists")
    public_key = parts.keys.create(wave_id)
    state = await freeze(
        tx,
        wave,
        [
            SnapshotUnit(
                unit_id=unit.unit_id,
                parent_id=unit.parent_id,
                name=unit.name,
                position=unit.position,
                group_unit_id=unit.group_unit_id,
            )
            for unit in population.units
        ],
        population.invited,
    )
    await invite(tx, wave_id, population)
    await admit_wave(tx, wave, instrument, public_key, state)


async def begin_wave(tx: Transaction, _: WorkerParts, wave_id: UUID) -> None:
    """From `ready` to `open` when the window begins; a gate that closed meanwhile cancels the wave."""
    wave = await hold_wave(tx, wave_id)
    if wave.state != "ready":
        return
    try:
        await _require_gates(tx, wave)
    except Conflict as refusal:
        await enter_state(tx, wave_id, "cancelled", refusal.code)
        await due(tx, "discard_wave", wave_id, at=tx.now)
        return
    await let_begin(tx, wave_id)
    await enter_state(tx, wave_id, "open")


async def _require_gates(tx: Transaction, wave: Wave) -> None:
    # A consent can be withdrawn until the wave is open.
    if await gates_of(tx, wave):
        raise Conflict("gates-closed")


async def _population(tx: Transaction, wave: Wave) -> Population:
    # Nobody moves while we look: what is read below is one state of the directory.
    await lock_directory(tx)
    today = tx.now.date()
    policy = await get_thresholds(tx, wave.policy_version)
    return freeze_population(
        [Node(unit_id=unit.unit_id, parent_id=unit.parent_id, name=unit.name) for unit in await units_on(tx, today)],
        [(member.person_id, member.unit_id) for member in await members_on(tx, today)],
        wave.unit_ids,
        policy.thresholds.k_n,
    )
