"""Closes a wave: fence, count in memory, publish and destroy in one transaction, destroy the key later."""

import asyncio
from collections.abc import Callable, Coroutine
from datetime import timedelta
from typing import Any, Literal
from uuid import UUID

from peil import actor
from peil.actor import Reach
from peil.comments.keeping import await_moderation
from peil.employers.operations import get_thresholds
from peil.instruments.rules import asks_comments
from peil.jobs.counting import count_wave
from peil.jobs.watching import lose_key, read_key
from peil.keys.key_files import KeyDamagedError, KeyMissingError
from peil.messages.delivering import plan_farewell
from peil.messages.model import MessageKind
from peil.operation import Transaction, time_of
from peil.outbox import publish
from peil.participation.operations import forget_invited, list_groups
from peil.releases.control import WaveCount
from peil.releases.manifests import write_release
from peil.releases.model import Place, WrittenRelease
from peil.releases.operations import publish_release
from peil.releases.population import snapshot_of
from peil.responses.model import AdmittedWave
from peil.responses.operations import (
    admit_server,
    current_server,
    destroy_sealed,
    fence,
    find_admitted,
    find_open_wave,
    is_elsewhere,
    list_admitted,
    note_fault,
)
from peil.schedule import due
from peil.waves.model import SnapshotUnit, Wave
from peil.waves.operations import enter_state, hold_wave, list_snapshot, mark_keys
from peil.waves.rules import TICK
from peil.worker import WorkerParts, report


async def close_wave(tx: Transaction, parts: WorkerParts, wave_id: UUID) -> None:
    """From `open` to `closing`: once this has committed, no answer is added and the count can begin.

    A wave whose key is lost closes as well. The key store remembers it first, so that no restore of the database can
    take it back.
    """
    wave = await hold_wave(tx, wave_id)
    admitted = await find_admitted(tx, wave_id)
    if admitted is None or admitted.state == "closing" or wave.state not in ("open", "ready", "unrecoverable"):
        return
    if wave.closes_at > tx.now + TICK and not parts.keys.is_closed(wave_id):
        # It was extended since this was put on the list.
        await due(tx, "close_wave", wave_id, at=wave.closes_at)
        return
    await fence(tx, wave_id, "closing")
    # In threads: there are files to sync, and others must not wait for the disk.
    await asyncio.to_thread(parts.keys.close, wave_id)
    # Nobody is issued an answer token any more.
    await asyncio.to_thread(parts.issuing.destroy, wave_id)
    await note_fault(tx, wave_id, None)
    await enter_state(tx, wave_id, "closing")
    await due(tx, "release_wave", wave_id, at=tx.now)


async def release_wave(tx: Transaction, parts: WorkerParts, wave_id: UUID) -> None:
    """From `closing` to `released`: the release is written and the answers deleted, or neither.

    What was counted once is released for good; where a restored database holds other answers, the wave is cancelled.
    """
    wave = await hold_wave(tx, wave_id)
    if wave.state != "closing":
        return
    admitted, asked = await find_admitted(tx, wave_id), await find_open_wave(tx, wave_id)
    if admitted is None or asked is None:
        raise RuntimeError("a wave that closes was admitted")
    try:
        secret_key = read_key(parts.keys, admitted)
    except KeyMissingError:
        await lose_key(tx, wave, "key-missing")
        return
    except KeyDamagedError:
        await lose_key(tx, wave, "key-damaged")
        return
    snapshot = await list_snapshot(tx, wave_id)
    groups = await list_groups(tx, wave_id)
    policy = await get_thresholds(tx, wave.policy_version)
    counted = await count_wave(tx, secret_key, asked, snapshot_of(snapshot), groups, policy.thresholds)
    # Settled before was a close that a crash undid, or a database that was restored since. That one may lack answers,
    # and two releases tell what one person said: then nothing is forgotten before the two are known to be the same.
    is_first = not await asyncio.to_thread(parts.keys.is_settled, wave_id)
    forgetting = (lambda: _forget(tx, parts, wave_id, "closed", "thanks")) if is_first else None
    release = await _controlled(counted.counts, forgetting)
    if not await asyncio.to_thread(parts.keys.settle, wave_id, release.hash):
        if is_first:
            raise RuntimeError("somebody else has released the wave meanwhile")
        await enter_state(tx, wave_id, "cancelled", "released-before")
        await discard_wave(tx, parts, wave_id)
        return
    if not is_first:
        await _forget(tx, parts, wave_id, "closed", "thanks")
    signed = await publish_release(
        tx, wave_id, wave.policy_version, release, _places(snapshot, wave), asked.questionnaire
    )
    if asks_comments(asked.questionnaire):
        atoms = await asyncio.to_thread(counted.counts.comment_atoms)
        threshold, hash_ = policy.thresholds.k_c, bytes.fromhex(signed.hash)
        await await_moderation(tx, wave_id, counted.comments, atoms, threshold, hash_)
    await mark_keys(tx, wave_id, "pending")
    await enter_state(tx, wave_id, "released", counted.failure)
    await publish(tx, "release.published", f"releases/{wave_id}", signed.hash)
    await due(tx, "destroy_key", wave_id, at=tx.now + timedelta(seconds=parts.settings.key_grace))


async def _controlled(counts: WaveCount, forgetting: Callable[[], Coroutine[Any, Any, None]] | None) -> WrittenRelease:
    """What disclosure control lets through; meanwhile the server deletes what was counted, on another core."""

    def control() -> WrittenRelease:
        return write_release(counts.release(), counts.tree())

    if forgetting is None:
        return await asyncio.to_thread(control)
    beside = asyncio.ensure_future(forgetting())
    try:
        return await asyncio.to_thread(control)
    finally:
        # Also where it failed: nothing is rolled back while a statement is under way.
        await beside


async def _forget(
    tx: Transaction, parts: WorkerParts, wave_id: UUID, end: Literal["closed", "cancelled"], farewell: MessageKind
) -> None:
    """Deletes the answers and who was invited, who hears of it once more."""
    await destroy_sealed(tx, wave_id, end)
    await plan_farewell(tx, parts.settings, wave_id, farewell)
    await forget_invited(tx, wave_id)


async def destroy_key(tx: Transaction, parts: WorkerParts, wave_id: UUID) -> None:
    """Destroys the key of a released or cancelled wave once the grace is over."""
    await asyncio.to_thread(parts.keys.destroy, wave_id)
    await mark_keys(tx, wave_id, "destroyed")
    await publish(tx, "wave.keys-destroyed", f"waves/{wave_id}")


async def discard_wave(tx: Transaction, parts: WorkerParts, wave_id: UUID) -> None:
    """Destroys what a cancelled wave held; nothing of it is ever released."""
    wave = await hold_wave(tx, wave_id)
    if wave.state != "cancelled":
        return
    await fence(tx, wave_id, "cancelled")
    await _forget(tx, parts, wave_id, "cancelled", "cancellation")
    await asyncio.to_thread(parts.issuing.destroy, wave_id)
    await asyncio.to_thread(parts.keys.cancel, wave_id)
    # Also where the wave does not know of it: a freeze that was rolled back leaves its key behind.
    await destroy_key(tx, parts, wave_id)


async def reclose(parts: WorkerParts) -> None:
    """Ends again what the key store knows to be over and a restored database not; then the intake may begin.

    What was closed is closed, and what was cancelled is cancelled, with its answers destroyed once more. Otherwise a
    further answer would be taken, and a second release would differ from the first by one person. A wave with which
    that does not succeed takes nothing; the others do.
    """
    async with parts.database.transaction(None, service=True) as rows:
        server = await current_server(rows)
        admitted = await list_admitted(rows)
    failed = []
    for wave in admitted:
        try:
            await _end_again(parts, wave)
        except Exception as error:
            report(f"ending wave {wave.wave_id} again", error)
            failed.append(wave.wave_id)
    # Where another server has taken over meanwhile this is not the one that answers, and nothing is taken on it.
    async with parts.database.transaction(None, service=True) as rows:
        await admit_server(rows, server, failed)


async def reclose_elsewhere(parts: WorkerParts) -> None:
    """Does it again where the database is another one than it was done on, which no connection may have noticed."""
    async with parts.database.transaction(None, service=True) as rows:
        is_needed = await is_elsewhere(rows)
    if is_needed:
        await reclose(parts)


async def _end_again(parts: WorkerParts, wave: AdmittedWave) -> None:
    cancelled = await asyncio.to_thread(parts.keys.is_cancelled, wave.wave_id)
    if cancelled or (wave.state != "closing" and await asyncio.to_thread(parts.keys.is_closed, wave.wave_id)):
        # `sandbox` only says that there may be a clock to ask for.
        worker = actor.worker(wave.employer_id, sandbox=True)
        async with parts.database.transaction(wave.employer_id) as rows:
            deed = "cancel_wave" if cancelled else "close_wave"
            tx = Transaction(rows, worker, deed, Reach.EMPLOYER, await time_of(rows, worker))
            await (_cancel_again if cancelled else close_wave)(tx, parts, wave.wave_id)


async def _cancel_again(tx: Transaction, parts: WorkerParts, wave_id: UUID) -> None:
    wave = await hold_wave(tx, wave_id)
    if wave.state not in ("cancelled", "released"):
        await enter_state(tx, wave_id, "cancelled", "closed-before")
        await discard_wave(tx, parts, wave_id)


def _places(snapshot: list[SnapshotUnit], wave: Wave) -> list[Place]:
    """Where the units stand, and of which of them everybody was asked: those asked, and all beneath them.

    Where only some kinds of employment are asked, everybody was asked of none.
    """
    whole: set[UUID] = set()
    for unit in snapshot if wave.employment_types is None else ():
        if wave.unit_ids is None or unit.unit_id in wave.unit_ids or unit.parent_id in whole:
            whole.add(unit.unit_id)
    return [
        Place(
            unit_id=unit.unit_id,
            parent_id=unit.parent_id,
            name=unit.name,
            position=unit.position,
            whole=unit.unit_id in whole,
        )
        for unit in snapshot
    ]
