"""What can be done with series; each of their waves is opened, closed and read like any other."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import UTC, datetime
from uuid import UUID

import msgspec

from peil.audit import record
from peil.directory.operations import units_in_reach
from peil.directory.rules import concerns
from peil.errors import Conflict, Finding, Invalid, NotFound
from peil.ids import NONE, silent_id
from peil.operation import Transaction, operation
from peil.outbox import publish
from peil.paging import ChangedPageQuery, Page, page
from peil.waves import cadence, repeating, rules, series_queries
from peil.waves.budget import check_fatigue
from peil.waves.model import WaveNew
from peil.waves.operations import discard, hold_wave, keep_wave, known_to, with_instrument
from peil.waves.series_model import SeriesPreview, SeriesWave, StoredSeries, WaveSeries, WaveSeriesNew

_BEGINNING = datetime(1, 1, 1, tzinfo=UTC)
# Which member of a series the members of its waves come from.
_POINTERS = {"/zone": "/zone", "/closesAt": "/to"}


@operation("waves:write", creates=True)
async def plan_wave_series(tx: Transaction, new: WaveSeriesNew) -> WaveSeries:
    """Plans a wave for each day of a cadence, all of them or none."""
    new = await with_instrument(tx, new)
    waves = _waves(new, await preview_wave_series.within(tx, new))
    series_id = silent_id()
    await series_queries.insert_series(tx, tx.employer_id, series_id, new, tx.now)
    for wave in waves:
        await keep_wave(tx, wave, series_id)
    await record(tx, f"wave-series/{series_id}")
    await publish(tx, "wave-series.planned", f"wave-series/{series_id}", "planned")
    return await get_wave_series.within(tx, series_id)


@operation("waves:write")
async def preview_wave_series(tx: Transaction, new: WaveSeriesNew) -> SeriesPreview:
    """The days on which a series would be held, and those that are skipped; plans nothing.

    What would be refused is refused here with the same findings.
    """
    new = await with_instrument(tx, new)
    findings = cadence.plan_findings(new, tx.now.date())
    # Days are counted out only where they come to an end.
    preview = SeriesPreview(dates=[], skipped=[]) if findings else cadence.preview_of(new, tx.call.language)
    findings += [] if findings else cadence.date_findings(preview)
    await _check_waves(tx, new, _waves(new, preview), findings)
    return preview


@operation("waves:read")
async def get_wave_series(tx: Transaction, series_id: UUID) -> WaveSeries:
    """A series with its waves."""
    stored = await series_queries.select_series(tx, tx.employer_id, series_id)
    if stored is None or not concerns(stored.plan.unit_ids, await units_in_reach(tx)):
        raise NotFound
    return (await _with_waves(tx, [stored]))[0]


@operation("waves:read")
async def list_wave_series(tx: Transaction, query: ChangedPageQuery) -> Page[WaveSeries]:
    """The employer's series in the order in which they were planned."""
    bound = (tx.employer_id, "wave-series", query.modified_after)
    after = tx.parts.cursors.open(query.cursor, tuple[datetime, UUID], *bound) if query.cursor else (_BEGINNING, NONE)
    found = await series_queries.select_series_page(
        tx, tx.employer_id, after, await units_in_reach(tx), query.modified_after, query.limit + 1
    )
    series = await _with_waves(tx, found)
    return page(series, query.limit, lambda one: tx.parts.cursors.seal((one.created_at, one.series_id), *bound))


@operation("waves:write")
async def cancel_wave_series(tx: Transaction, series_id: UUID) -> WaveSeries:
    """Cancels the waves of a series that are not open yet; an open one goes on, and what was released stays."""
    stored = await series_queries.lock_series(tx, tx.employer_id, series_id)
    if stored is None:
        raise NotFound
    if stored.cancelled_at is not None:
        raise Conflict("series-cancelled")
    for one in await series_queries.select_waves(tx, tx.employer_id, [series_id]):
        wave = await hold_wave(tx, one.wave_id)
        if wave.state in ("planned", "opening", "ready"):
            await discard(tx, wave.wave_id)
    await series_queries.update_cancelled(tx, tx.employer_id, series_id, tx.now)
    await record(tx, f"wave-series/{series_id}")
    await publish(tx, "wave-series.cancelled", f"wave-series/{series_id}", "cancelled")
    return await get_wave_series.within(tx, series_id)


async def _check_waves(tx: Transaction, new: WaveSeriesNew, waves: Sequence[WaveNew], findings: list[Finding]) -> None:
    """Judges every wave as if it were planned alone, and all together. Raises Invalid, Conflict."""
    trial = _wave(new, 1, tx.now, tx.now)
    known = await known_to(tx, trial)
    findings += rules.reference_findings(trial, known)
    if known.instrument is not None and len(waves) > 1:
        findings += repeating.series_findings(known.instrument)
    wrong = (one for wave in waves for one in rules.window_findings(wave, tx.now))
    # What is wrong with the window of each wave is said once, where the plan has it.
    findings += {one.code: msgspec.structs.replace(one, pointer=_POINTERS[one.pointer]) for one in wrong}.values()
    if findings:
        raise Invalid(*findings)
    rules.check_available(waves[0], known)
    await check_fatigue(tx, [(wave, known.instrument) for wave in waves])


def _waves(new: WaveSeriesNew, preview: SeriesPreview) -> list[WaveNew]:
    return [_wave(new, number, one.opens_at, one.closes_at) for number, one in enumerate(preview.dates, 1)]


def _wave(new: WaveSeriesNew, number: int, opens_at: datetime, closes_at: datetime) -> WaveNew:
    return WaveNew(
        campaign_id=new.campaign_id,
        name=f"{new.name[:190]} {number}",
        kind=new.kind,
        instrument_id=new.instrument_id,
        mode=new.mode,
        languages=new.languages,
        opens_at=opens_at,
        closes_at=closes_at,
        zone=new.zone,
        unit_ids=new.unit_ids,
        employment_types=new.employment_types,
    )


async def _with_waves(tx: Transaction, found: Sequence[StoredSeries]) -> list[WaveSeries]:
    waves: dict[UUID, list[SeriesWave]] = defaultdict(list)
    for one in await series_queries.select_waves(tx, tx.employer_id, [stored.series_id for stored in found]):
        told = SeriesWave(wave_id=one.wave_id, opens_at=one.opens_at, closes_at=one.closes_at, state=one.state)
        waves[one.series_id].append(told)
    return [
        WaveSeries(
            **{name: getattr(stored.plan, name) for name in WaveSeriesNew.__struct_fields__},
            series_id=stored.series_id,
            waves=waves[stored.series_id],
            cancelled_at=stored.cancelled_at,
            created_at=stored.created_at,
        )
        for stored in found
    ]
