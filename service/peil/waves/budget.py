"""What can be done with the fatigue budget, and what every plan is checked against: all that is asked besides."""

from collections.abc import Sequence
from datetime import timedelta
from uuid import UUID

from peil.audit import record
from peil.directory.operations import units_on
from peil.instruments.model import Instrument
from peil.instruments.operations import find_instruments
from peil.operation import Transaction, operation
from peil.outbox import publish
from peil.patching import Patch
from peil.waves import fatigue, repeating, series_queries
from peil.waves.model import Wave, WaveNew
from peil.waves.series_model import AskedWave, FatigueBudget, FatigueBudgetNew


@operation("waves:read")
async def get_fatigue_budget(tx: Transaction) -> FatigueBudget:
    """How much a person may be asked in a period, over all campaigns and series."""
    return await _budget(tx)


@operation("waves:write")
async def update_fatigue_budget(tx: Transaction, patch: Patch[FatigueBudgetNew]) -> FatigueBudget:
    """Changes the budget for what is planned from now on; what was planned stays."""
    await series_queries.lock_plans(tx, tx.employer_id)
    current = await _budget(tx)
    tx.must_match(current)
    await series_queries.upsert_budget(tx, tx.employer_id, patch.apply(current))
    await record(tx, "fatigue-budget")
    await publish(tx, "fatigue-budget.updated", "fatigue-budget")
    return await _budget(tx)


async def check_fatigue(
    tx: Transaction, plans: Sequence[tuple[WaveNew, Instrument | None]], instead_of: UUID | None = None
) -> None:
    """Refuses plans by which somebody would be asked too much; `instead_of`: the wave they change.

    Nobody else plans until the transaction ends. Raises Conflict `fatigue-budget`.
    """
    await series_queries.lock_plans(tx, tx.employer_id)
    budget = await _budget(tx)
    plan = [_asking(new, instrument) for new, instrument in plans]
    others = await _near(tx, plan, budget)
    fatigue.check_budget(plan, [one for one in others if one.wave_id != instead_of], await _parents(tx), budget)


async def asked_elsewhere(
    tx: Transaction, new: WaveNew, instrument: Instrument | None, instead_of: UUID | None
) -> list[repeating.Elsewhere]:
    """What the other waves ask that are of the same campaign or ask any of the same people, `instead_of` left out.

    Only where either may be asked once, this or that. Nobody else plans until the transaction ends.
    """
    await series_queries.lock_plans(tx, tx.employer_id)
    freely = instrument is None or all(item.repeatable for item in instrument.items)
    others = await series_queries.select_asked(tx, tx.employer_id, instead_of, freely=freely)
    waves = repeating.meeting(new, others, await _parents(tx))
    instruments = await find_instruments(tx, {wave.instrument_id for wave in waves})
    return [repeating.Elsewhere(wave, instruments[wave.instrument_id]) for wave in waves]


async def asking_too_much(tx: Transaction, waves: Sequence[Wave]) -> set[UUID]:
    """Which of these waves have a part in more than the budget, as it is by now."""
    budget = await _budget(tx)
    instruments = await find_instruments(tx, {wave.instrument_id for wave in waves})
    plan = [_asking(wave, instruments[wave.instrument_id], wave.wave_id) for wave in waves]
    if not plan:
        return set()
    own = {wave.wave_id for wave in waves}
    others = [one for one in await _near(tx, plan, budget) if one.wave_id not in own]
    colliding = fatigue.collisions(plan, others, await _parents(tx), budget)
    return {one.wave_id for one in colliding if one.wave_id in own}


async def _near(tx: Transaction, plan: Sequence[fatigue.Asking], budget: FatigueBudget) -> list[fatigue.Asking]:
    """What is asked so near to a plan in time that it can matter."""
    moments, length = [asking.opens_at for asking in plan], timedelta(days=budget.days)
    waves = await series_queries.select_asking(tx, tx.employer_id, min(moments) - length, max(moments) + length)
    instruments = await find_instruments(tx, {wave.instrument_id for wave in waves})
    return [_asking(wave, instruments[wave.instrument_id], wave.wave_id) for wave in waves]


def _asking(
    one: WaveNew | Wave | AskedWave, instrument: Instrument | None, wave_id: UUID | None = None
) -> fatigue.Asking:
    """A wave as the budget counts it; `wave_id` None: it is only being planned."""
    return fatigue.Asking(
        wave_id=wave_id,
        opens_at=one.opens_at,
        items=len(instrument.items) if instrument else 0,
        unit_ids=one.unit_ids,
        types=one.employment_types,
    )


async def _parents(tx: Transaction) -> dict[UUID, UUID | None]:
    return {unit.unit_id: unit.parent_id for unit in await units_on(tx, tx.now.date())}


async def _budget(tx: Transaction) -> FatigueBudget:
    default = FatigueBudgetNew()
    return await series_queries.select_budget(tx, tx.employer_id) or FatigueBudget(
        waves=default.waves, items=default.items, days=default.days
    )
