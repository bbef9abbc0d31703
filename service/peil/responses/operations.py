"""The worker's side of the intake: admit a wave, fence it, read what was sealed, destroy it."""

from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime
from hashlib import sha256
from uuid import UUID

from peil.database import Rows
from peil.instruments.model import Instrument, InstrumentContent
from peil.operation import Transaction
from peil.responses import queries, sealed_queries
from peil.responses.model import AdmittedWave, Fault, OpenWave, Server
from peil.support_routes.operations import standing_support_routes
from peil.waves.model import Wave


async def admit_wave(
    tx: Transaction, wave: Wave, instrument: Instrument, public_key: bytes, manifest: bytes | None, state: str
) -> None:
    """Tells the intake of a wave; it takes answers only in state `open`. `manifest` is None without keys."""
    content = {name: getattr(instrument, name) for name in InstrumentContent.__struct_fields__}
    await queries.insert_open_wave(
        tx,
        OpenWave(
            wave_id=wave.wave_id,
            employer_id=tx.employer_id,
            state=state,
            mode=wave.mode,
            public_key=public_key,
            questionnaire=InstrumentContent(**content),
            closes_at=None if tx.actor.sandbox else wave.closes_at,
            support_routes=await standing_support_routes(tx),
            manifest_sha256=None if manifest is None else sha256(manifest).hexdigest(),
        ),
        manifest,
    )


async def let_begin(tx: Transaction, wave_id: UUID) -> None:
    """The intake takes answers from now on."""
    await queries.update_open_wave(tx, tx.employer_id, wave_id, "open")


async def move_window_end(tx: Transaction, wave_id: UUID, closes_at: datetime) -> None:
    """The intake takes answers until then; in a sandbox, whose clock it does not know, until it is told."""
    await queries.update_window_end(tx, tx.employer_id, wave_id, None if tx.actor.sandbox else closes_at)


async def count_sealed(tx: Transaction, wave_id: UUID) -> dict[UUID, int]:
    """How many responses there are by reporting group; groups without any are left out."""
    return {group.key_id: group.count for group in await sealed_queries.count_sealed(tx, tx.employer_id, wave_id)}


async def fence(tx: Transaction, wave_id: UUID, state: str) -> None:
    """Waits for answers under way, and takes none once this transaction has committed."""
    await queries.raise_fence(tx, wave_id)
    await queries.update_open_wave(tx, tx.employer_id, wave_id, state)


async def copy_sealed(tx: Transaction, wave_id: UUID, take: Callable[[bytes], Awaitable[None]]) -> None:
    """Gives `take` every sealed response of a wave, some at a time, as `sealed_rows` reads them."""
    await sealed_queries.copy_sealed(tx, tx.employer_id, wave_id, take)


async def find_open_wave(tx: Transaction, wave_id: UUID) -> OpenWave | None:
    """A wave as the intake knows it; None where it was never admitted."""
    return await queries.select_open_wave(tx, wave_id)


async def find_admitted(tx: Transaction, wave_id: UUID) -> AdmittedWave | None:
    """A wave as far as its keys are concerned; None where it was never admitted."""
    return await queries.select_admitted_wave(tx, tx.employer_id, wave_id)


async def list_admitted(rows: Rows) -> list[AdmittedWave]:
    """Every wave of every employer that is not over, for the worker."""
    return await queries.select_admitted_waves(rows)


async def note_fault(tx: Transaction, wave_id: UUID, fault: Fault | None) -> None:
    """Remembers what is wrong with the keys of a wave; None: nothing."""
    await queries.update_fault(tx, tx.employer_id, wave_id, fault)


async def destroy_sealed(tx: Transaction, wave_id: UUID, state: str) -> None:
    """Deletes every sealed response of a wave and leaves it `closed` or `cancelled`."""
    await sealed_queries.delete_sealed(tx, tx.employer_id, wave_id)
    await queries.update_open_wave(tx, tx.employer_id, wave_id, state)


async def current_server(rows: Rows) -> Server:
    """The database server that answers: a standby that took over is another one, and so is a restored database."""
    return await queries.select_server(rows)


async def admit_server(rows: Rows, server: Server, without: Sequence[UUID]) -> None:
    """Every wave takes answers on this database server, and on no other; those in `without` where they did before."""
    await queries.update_servers(rows, server, without)


async def is_elsewhere(rows: Rows) -> bool:
    """Whether there is a wave for which the present database server was not admitted."""
    return await queries.select_elsewhere(rows)
