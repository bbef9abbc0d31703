"""Looks after the keys of waves that are under way: says on the wave that one is lost, and goes on once it is back."""

import asyncio
import logging

from nacl.public import PrivateKey

from peil import actor
from peil.actor import Reach
from peil.keys.issuing_keys import IssuingKeys
from peil.keys.key_files import KeyDamagedError, KeyMissingError, KeyStoreError
from peil.keys.key_manifest import key_ids_of
from peil.keys.keystore import KeyStore
from peil.operation import Transaction, time_of
from peil.responses.model import UNREADABLE, AdmittedWave, Fault
from peil.responses.operations import fence, find_admitted, let_begin, list_admitted, note_fault
from peil.schedule import due
from peil.waves.model import Wave
from peil.waves.operations import enter_state, hold_wave, report_failure
from peil.worker import WorkerParts, report

_log = logging.getLogger(__name__)


async def watch_keys(parts: WorkerParts) -> None:
    """Looks at the keys of every wave that is not over, of every employer; writes only where something has changed."""
    async with parts.database.transaction(None, service=True) as rows:
        admitted = await list_admitted(rows)
    for wave in admitted:
        try:
            await _watch(parts, wave)
        except Exception as error:
            # The others are looked at all the same.
            report(f"watching the keys of wave {wave.wave_id}", error)


def find_fault(keys: KeyStore, issuing: IssuingKeys, wave: AdmittedWave) -> Fault | None:
    """What is wrong with the keys of a wave; where the store cannot be used as it is, what was wrong before."""
    try:
        read_key(keys, wave)
        wanted = [] if wave.manifest is None or wave.state == "closing" else key_ids_of(wave.manifest)
        return None if set(wanted) <= set(issuing.list_keys(wave.wave_id)) else "issuing-keys-missing"
    except KeyMissingError:
        return "key-missing"
    except KeyDamagedError:
        return "key-damaged"
    except KeyStoreError as error:
        # Such as a wrong permission: the key is there, and the operator has to make the store usable.
        _log.error("%s", error)
        return wave.fault


def read_key(keys: KeyStore, wave: AdmittedWave) -> bytes:
    """The wave's secret key. Raises KeyMissingError, KeyDamagedError also where it is another wave's."""
    secret = keys.read(wave.wave_id)
    if bytes(PrivateKey(secret).public_key) != wave.public_key:
        raise KeyDamagedError(f"the key of wave {wave.wave_id} is another one's")
    return secret


async def lose_key(tx: Transaction, wave: Wave, fault: Fault) -> None:
    """Says that the answers of a wave cannot be read; one that is open takes none any more."""
    await note_fault(tx, wave.wave_id, fault)
    if wave.state != "closing":
        await fence(tx, wave.wave_id, "unrecoverable")
    await enter_state(tx, wave.wave_id, "unrecoverable", fault)


async def _watch(parts: WorkerParts, wave: AdmittedWave) -> None:
    # In a thread: there are files to read.
    if await asyncio.to_thread(find_fault, parts.keys, parts.issuing, wave) != wave.fault:
        # `sandbox` only says that there may be a clock to ask for.
        worker = actor.worker(wave.employer_id, sandbox=True)
        async with parts.database.transaction(wave.employer_id) as rows:
            tx = Transaction(rows, worker, "watch_keys", Reach.EMPLOYER, await time_of(rows, worker))
            await _turn(tx, parts, await hold_wave(tx, wave.wave_id))


async def _turn(tx: Transaction, parts: WorkerParts, wave: Wave) -> None:
    """Brings a wave that is held to where it belongs by its keys, looked at once more: it may have closed meanwhile."""
    admitted = await find_admitted(tx, wave.wave_id)
    if admitted is None or wave.state not in ("ready", "open", "unrecoverable"):
        return
    fault = find_fault(parts.keys, parts.issuing, admitted)
    if wave.state == "open" and fault in UNREADABLE:
        await lose_key(tx, wave, fault)
        return
    await note_fault(tx, wave.wave_id, fault)
    if wave.state != "unrecoverable" or fault in UNREADABLE:
        await report_failure(tx, wave, fault)
    elif admitted.state == "closing":
        await enter_state(tx, wave.wave_id, "closing")
        await due(tx, "release_wave", wave.wave_id, at=tx.now)
    else:
        await let_begin(tx, wave.wave_id)
        await enter_state(tx, wave.wave_id, "open", fault)
