"""Opens a wave: makes its keys, freezes the population, forms the reporting groups, admits it to the intake."""

import asyncio
from collections.abc import Sequence
from hashlib import sha256
from uuid import UUID

from peil.directory.operations import lock_directory
from peil.errors import Conflict
from peil.ids import silent_id
from peil.instruments.operations import find_instrument
from peil.jobs.watching import lose_key
from peil.keys.blind_signatures import public_key_of
from peil.keys.issuing_keys import IssuingKeys
from peil.keys.key_manifest import manifest_of
from peil.messages.delivering import plan_messages
from peil.operation import Transaction
from peil.participation.model import IssuingKey
from peil.participation.operations import draw_population, invite
from peil.participation.population import Population
from peil.responses.model import UNREADABLE
from peil.responses.operations import admit_wave, find_admitted, let_begin
from peil.schedule import due
from peil.waves.model import Wave
from peil.waves.operations import enter_state, gates_of, hold_wave, reject_opening
from peil.waves.operations import freeze_wave as freeze
from peil.worker import WorkerParts

_KEYS_AT_A_TIME = 128


async def create_keys(tx: Transaction, parts: WorkerParts, wave_id: UUID) -> None:
    """Makes some of the keys that a wave in blind mode will need, so that its opening need not wait for them.

    As many as there would be groups today, some at a time: waves of other employers take turns with it.
    """
    wave = await hold_wave(tx, wave_id)
    if wave.state not in ("planned", "opening"):
        return
    try:
        wanted = len((await draw_population(tx, wave, wave.policy_version)).groups)
    except Conflict:
        # What is wrong with the directory the opening says.
        wanted = 0
    lacking = wanted - len(parts.issuing.list_keys(wave_id))
    if lacking > 0:
        await asyncio.to_thread(parts.issuing.create, wave_id, min(lacking, _KEYS_AT_A_TIME))
    if lacking > _KEYS_AT_A_TIME:
        await due(tx, "create_keys", wave_id, at=tx.now)
    elif wave.state == "opening":
        await due(tx, "freeze_wave", wave_id, at=tx.now)


async def freeze_wave(tx: Transaction, parts: WorkerParts, wave_id: UUID) -> None:
    """From `opening` to `ready` or `open`; back to `planned` where the directory does not allow it.

    The keys are on disk before anything of this is committed.
    """
    wave = await hold_wave(tx, wave_id)
    if wave.state != "opening":
        return
    if parts.keys.is_closed(wave_id):
        # A database from before the opening was restored. What was closed once is not asked again.
        await enter_state(tx, wave_id, "cancelled", "closed-before")
        await due(tx, "discard_wave", wave_id, at=tx.now)
        return
    try:
        await _require_gates(tx, wave)
        # Nobody moves while we look: what is read is one state of the directory.
        await lock_directory(tx)
        population = await draw_population(tx, wave, wave.policy_version)
    except Conflict as refusal:
        await reject_opening(tx, wave_id, refusal.code)
        return
    instrument = await find_instrument(tx, wave.instrument_id)
    if instrument is None:
        raise RuntimeError("a wave refers to an instrument that exists")
    public_key = parts.keys.create(wave_id)
    keys = await asyncio.to_thread(_group_keys, parts.issuing, wave, len(population.groups))
    manifest = _manifest(wave, keys, population)
    state = await freeze(
        tx,
        wave,
        population.units,
        population.invited,
        population.excluded,
        sha256(manifest).hexdigest() if manifest is not None else None,
    )
    await invite(tx, wave_id, population, keys)
    await admit_wave(tx, wave, instrument, public_key, manifest, state)
    await plan_messages(tx, parts.settings, wave)


async def begin_wave(tx: Transaction, _: WorkerParts, wave_id: UUID) -> None:
    """From `ready` to `open` when the window begins; a gate that closed meanwhile cancels the wave.

    Without the key that opens its answers it takes none, and is `unrecoverable` until the key is back.
    """
    wave = await hold_wave(tx, wave_id)
    if wave.state != "ready":
        return
    try:
        await _require_gates(tx, wave)
    except Conflict as refusal:
        await enter_state(tx, wave_id, "cancelled", refusal.code)
        await due(tx, "discard_wave", wave_id, at=tx.now)
        return
    admitted = await find_admitted(tx, wave_id)
    fault = None if admitted is None else admitted.fault
    if fault in UNREADABLE:
        await lose_key(tx, wave, fault)
        return
    await let_begin(tx, wave_id)
    await enter_state(tx, wave_id, "open", fault)


def _group_keys(issuing: IssuingKeys, wave: Wave, number: int) -> Sequence[IssuingKey]:
    """A key for each reporting group; most were made ahead. Other modes only need something to call a group by."""
    if wave.mode != "blind":
        return [IssuingKey(silent_id(), None) for _ in range(number)]
    made = issuing.list_keys(wave.wave_id)
    if len(made) < number:
        issuing.create(wave.wave_id, number - len(made))
        made = issuing.list_keys(wave.wave_id)
    return [IssuingKey(key_id, public_key_of(issuing.read(wave.wave_id, key_id))) for key_id in made[:number]]


def _manifest(wave: Wave, keys: Sequence[IssuingKey], population: Population) -> bytes | None:
    if wave.mode != "blind":
        return None
    invited = map(len, population.groups.values())
    return manifest_of(
        wave.wave_id, [(key.key_id, key.public_key or b"", number) for key, number in zip(keys, invited, strict=True)]
    )


async def _require_gates(tx: Transaction, wave: Wave) -> None:
    # A consent can be withdrawn until the wave is open.
    if await gates_of(tx, wave):
        raise Conflict("gates-closed")
