"""What can be done with waves; the worker does what takes long (`opening.py`)."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import TypeVar
from uuid import UUID

import msgspec

from peil.audit import record
from peil.campaigns.operations import find_campaign
from peil.directory.operations import standing_unit_ids, units_in_reach
from peil.directory.rules import concerns
from peil.employers.operations import gates_before, newest_policy
from peil.errors import Conflict, Finding, NotFound
from peil.ids import NONE, silent_id
from peil.instruments.operations import find_instrument, find_instruments, find_shipped
from peil.instruments.permissions import licence_gates
from peil.operation import Transaction, operation
from peil.outbox import publish
from peil.paging import ChangedPageQuery, Page, page
from peil.patching import Patch
from peil.schedule import due
from peil.waves import queries, rules
from peil.waves.budget import asked_elsewhere, check_fatigue
from peil.waves.model import Excluded, SnapshotUnit, Wave, WaveExtension, WaveMode, WaveNew, WaveState
from peil.waves.series_model import WaveSeriesNew

Plan = TypeVar("Plan", WaveNew, WaveSeriesNew)

_BEGINNING = datetime(1, 1, 1, tzinfo=UTC)


@operation("waves:write", creates=True)
async def plan_wave(tx: Transaction, new: WaveNew) -> Wave:
    """Plans a wave under the newest policy."""
    return await get_wave.within(tx, await keep_wave(tx, await check_new(tx, new)))


@operation("waves:read")
async def get_wave(tx: Transaction, wave_id: UUID) -> Wave:
    """A wave."""
    wave = await queries.select_wave(tx, tx.employer_id, wave_id)
    if wave is None or not concerns(wave.unit_ids, await units_in_reach(tx)):
        raise NotFound
    return wave


@operation("waves:read")
async def list_waves(tx: Transaction, query: ChangedPageQuery) -> Page[Wave]:
    """The employer's waves in the order in which they open."""
    bound = (tx.employer_id, "waves", query.modified_after)
    after = tx.parts.cursors.open(query.cursor, tuple[datetime, UUID], *bound) if query.cursor else (_BEGINNING, NONE)
    found = await queries.select_waves(
        tx, tx.employer_id, after, await units_in_reach(tx), query.modified_after, query.limit + 1
    )
    return page(found, query.limit, lambda wave: tx.parts.cursors.seal((wave.opens_at, wave.wave_id), *bound))


@operation("waves:read")
async def list_waves_by_campaign_id(tx: Transaction, campaign_ids: list[UUID]) -> Sequence[list[Wave]]:
    """The waves of each of these campaigns, for the loaders of GraphQL."""
    found = await waves_of(tx, campaign_ids, await units_in_reach(tx))
    return [[wave for wave in found if wave.campaign_id == campaign_id] for campaign_id in campaign_ids]


@operation("waves:write")
async def update_wave(tx: Transaction, wave_id: UUID, patch: Patch[WaveNew]) -> Wave:
    """Changes a planned wave; it then falls under the newest policy."""
    wave = await _locked(tx, wave_id)
    tx.must_match(wave)
    rules.require_state(wave, "planned")
    new = await with_instrument(tx, patch.apply(wave))
    known = await known_to(tx, new, wave)
    rules.check_plan(new, known, tx.now, wave)
    await check_fatigue(tx, [(new, known.instrument)], instead_of=wave_id)
    policy = await newest_policy(tx)
    await queries.update_plan(tx, tx.employer_id, wave_id, new, policy.version, tx.now)
    await record(tx, f"waves/{wave_id}")
    await publish(tx, "wave.updated", f"waves/{wave_id}", "planned")
    return await get_wave.within(tx, wave_id)


@operation("waves:write")
async def open_wave(tx: Transaction, wave_id: UUID) -> Wave:
    """Opens a wave if every gate is passed: the worker freezes the population and makes the key.

    Answers count from `opensAt`, or at once where that has passed. The newest policy holds, whatever was the newest
    when the wave was planned.
    """
    wave = await _locked(tx, wave_id)
    rules.require_state(wave, "planned")
    if wave.closes_at <= tx.now:
        raise Conflict("window-over")
    policy = await newest_policy(tx)
    findings = await gates_of(tx, msgspec.structs.replace(wave, policy_version=policy.version))
    if findings:
        raise Conflict("gates-closed", *findings)
    await queries.update_opening(tx, tx.employer_id, wave_id, policy.version, tx.now)
    await due(tx, "create_keys" if wave.mode == "blind" else "freeze_wave", wave_id, at=tx.now)
    await record(tx, f"waves/{wave_id}")
    await publish(tx, "wave.opening", f"waves/{wave_id}", "opening")
    return await get_wave.within(tx, wave_id)


@operation("waves:write")
async def close_wave(tx: Transaction, wave_id: UUID) -> Wave:
    """Closes an open wave before its time; the worker counts and publishes, and then nothing can be added."""
    wave = await _locked(tx, wave_id)
    rules.require_state(wave, "open")
    end = max(tx.now, wave.opens_at + rules.TICK)
    await queries.update_closes_at(tx, tx.employer_id, wave_id, end, tx.now)
    await due(tx, "close_wave", wave_id, at=tx.now)
    await record(tx, f"waves/{wave_id}")
    return await get_wave.within(tx, wave_id)


@operation("waves:write")
async def extend_wave(tx: Transaction, wave_id: UUID, extension: WaveExtension) -> Wave:
    """Gives people more time to answer; what they were told before changes with it.

    The intake follows in a moment: what is sent at the very end of the old window may still be refused.
    """
    wave = await _locked(tx, wave_id)
    rules.check_extension(wave, extension.closes_at, tx.now)
    await queries.update_closes_at(tx, tx.employer_id, wave_id, extension.closes_at, tx.now)
    await due(tx, "extend_wave", wave_id, at=tx.now)
    await record(tx, f"waves/{wave_id}")
    await publish(tx, "wave.extended", f"waves/{wave_id}", wave.state)
    return await get_wave.within(tx, wave_id)


@operation("waves:write")
async def cancel_wave(tx: Transaction, wave_id: UUID) -> Wave:
    """Cancels a wave that is not released: what was sent in is destroyed and nothing is ever released.

    The worker does it in a moment; what is sent in until then is destroyed as well.
    """
    wave = await _locked(tx, wave_id)
    rules.require_state(wave, "planned", "opening", "ready", "open", "closing", "unrecoverable")
    await discard(tx, wave_id)
    return await get_wave.within(tx, wave_id)


async def check_new(tx: Transaction, new: WaveNew) -> WaveNew:
    """All that a wave has to pass before it is planned; the plan with what it asks. Raises Invalid, Conflict."""
    new = await with_instrument(tx, new)
    known = await known_to(tx, new)
    rules.check_plan(new, known, tx.now)
    await check_fatigue(tx, [(new, known.instrument)])
    return new


async def with_instrument(tx: Transaction, new: Plan) -> Plan:
    """A plan with the questionnaire that it asks where it names none and is of a pulse."""
    if new.instrument_id is not None or new.kind != "pulse":
        return new
    return msgspec.structs.replace(new, instrument_id=await find_shipped(tx, rules.PULSE))


async def keep_wave(tx: Transaction, new: WaveNew, series_id: UUID | None = None) -> UUID:
    """Writes a plan that was checked, under the newest policy; the id of the wave."""
    wave_id = silent_id()
    policy = await newest_policy(tx)
    await queries.insert_wave(tx, tx.employer_id, wave_id, new, policy.version, series_id, tx.now)
    if new.mode == "blind" and series_id is None:
        # Those of a series would lie about for months: they are made when each of its waves opens.
        await due(tx, "create_keys", wave_id, at=tx.now)
    await record(tx, f"waves/{wave_id}")
    await publish(tx, "wave.planned", f"waves/{wave_id}", "planned")
    return wave_id


async def discard(tx: Transaction, wave_id: UUID) -> None:
    """Cancels a wave that is held; the worker destroys what was sent in."""
    await queries.update_state(tx, tx.employer_id, wave_id, "cancelled", None, tx.now)
    await due(tx, "discard_wave", wave_id, at=tx.now)
    await record(tx, f"waves/{wave_id}")
    await publish(tx, "wave.cancelled", f"waves/{wave_id}", "cancelled")


async def waves_of(tx: Transaction, campaign_ids: Sequence[UUID], asked: list[UUID] | None = None) -> list[Wave]:
    """The waves of these campaigns in the order in which they open; `asked`: that ask one of these units."""
    return await queries.select_waves_of_campaigns(tx, tx.employer_id, campaign_ids, asked)


async def gates_of(tx: Transaction, wave: Wave) -> list[Finding]:
    """What is missing at this moment before the wave may open: a consent can be withdrawn until it is open."""
    gates = await gates_before(tx, wave.policy_version, wave.mode, wave.languages)
    return [*gates, *await licence_gates(tx, wave.instrument_id)]


async def find_wave(tx: Transaction, wave_id: UUID) -> Wave | None:
    """A wave for another operation; None where there is none."""
    return await queries.select_wave(tx, tx.employer_id, wave_id)


async def is_wave_changed(tx: Transaction, wave_id: UUID, since: datetime) -> bool:
    """Whether a wave was written after a moment, for another operation."""
    return await queries.is_wave_changed(tx, tx.employer_id, wave_id, since)


async def hold_wave(tx: Transaction, wave_id: UUID) -> Wave:
    """A wave that nobody else changes until the transaction ends. Raises NotFound."""
    return await _locked(tx, wave_id)


async def freeze_wave(
    tx: Transaction,
    wave: Wave,
    units: list[SnapshotUnit],
    invited: int,
    excluded: Excluded,
    manifest_sha256: str | None,
) -> WaveState:
    """Writes the snapshot and goes on to `ready`, or to `open` where the window has begun; tells which.

    `manifest_sha256` is of the keys' manifest, None where the mode has none; it is recorded for the works council.
    """
    await queries.insert_units(tx, tx.employer_id, wave.wave_id, units)
    state: WaveState = "open" if wave.opens_at <= tx.now else "ready"
    await queries.update_frozen(tx, tx.employer_id, wave.wave_id, state, invited, excluded, manifest_sha256, tx.now)
    if manifest_sha256 is not None:
        await record(tx, f"waves/{wave.wave_id}/manifests/{manifest_sha256}")
    await due(tx, "close_wave", wave.wave_id, at=wave.closes_at)
    if state == "ready":
        await due(tx, "begin_wave", wave.wave_id, at=wave.opens_at)
    await enter_state(tx, wave.wave_id, state)
    return state


async def reject_opening(tx: Transaction, wave_id: UUID, failure: str) -> None:
    """Puts a wave back to `planned` and says why it could not open."""
    await queries.update_state(tx, tx.employer_id, wave_id, "planned", failure, tx.now)
    await record(tx, f"waves/{wave_id}")
    await publish(tx, "wave.not-opened", f"waves/{wave_id}", "planned")


async def enter_state(tx: Transaction, wave_id: UUID, state: WaveState, failure: str | None = None) -> None:
    """Goes on to `state`, with its audit row and event; `failure` says why where it is not what was wanted."""
    await queries.update_state(tx, tx.employer_id, wave_id, state, failure, tx.now)
    if state == "open":
        await due(tx, "measure_participation", wave_id, at=tx.now + rules.DAY)
    await record(tx, f"waves/{wave_id}")
    event = {"open": "opened"}.get(state, state)
    await publish(tx, f"wave.{event}", f"waves/{wave_id}", state)


async def report_failure(tx: Transaction, wave: Wave, failure: str | None) -> None:
    """Says what is wrong with a wave that goes on; None: nothing is any more."""
    await queries.update_state(tx, tx.employer_id, wave.wave_id, wave.state, failure, tx.now)
    await record(tx, f"waves/{wave.wave_id}")
    await publish(tx, "wave.updated", f"waves/{wave.wave_id}", wave.state)


async def mark_keys(tx: Transaction, wave_id: UUID, keys: str) -> None:
    """Remembers what became of the unsealing key."""
    await queries.update_keys(tx, tx.employer_id, wave_id, keys, tx.now)


async def list_snapshot(tx: Transaction, wave_id: UUID) -> list[SnapshotUnit]:
    """The organisation tree as it stood when the wave opened, depth first."""
    return await queries.select_units(tx, tx.employer_id, wave_id)


async def lock_for_codes(tx: Transaction, wave_id: UUID, mode: WaveMode) -> None:
    """Holds a wave of this mode of which codes may be drawn now. Raises NotFound, Conflict."""
    rules.check_codes(await _locked(tx, wave_id), mode)


async def mark_codes_drawn(tx: Transaction, wave_id: UUID) -> None:
    """Remembers that the vendor has the codes."""
    await queries.update_codes_drawn(tx, tx.employer_id, wave_id, tx.now)


async def known_to(tx: Transaction, new: WaveNew, before: Wave | None = None) -> rules.Known:
    """Looks up what a plan refers to; `before`: the wave that is changed."""
    other = rules.counterpart_of(new.kind) if new.campaign_id else None
    waves = await waves_of(tx, [new.campaign_id]) if new.campaign_id and other else []
    asked = {one.instrument_id for one in waves if one.kind == other and one.state != "cancelled" and one != before}
    instrument = None if new.instrument_id is None else await find_instrument(tx, new.instrument_id)
    return rules.Known(
        instrument=instrument,
        unit_ids=await standing_unit_ids(tx) if new.unit_ids else set(),
        campaign=new.campaign_id is None or await find_campaign(tx, new.campaign_id) is not None,
        counterparts=(await find_instruments(tx, asked)).values(),
        elsewhere=await asked_elsewhere(tx, new, instrument, None if before is None else before.wave_id),
    )


async def _locked(tx: Transaction, wave_id: UUID) -> Wave:
    wave = await queries.lock_wave(tx, tx.employer_id, wave_id)
    if wave is None:
        raise NotFound
    return wave
