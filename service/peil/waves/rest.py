"""Waves over REST."""

from uuid import UUID

from peil.operation import Call
from peil.paging import ChangedPageQuery, Page
from peil.patching import Patch
from peil.rest import Reply, Router
from peil.waves import budget, operations, series
from peil.waves.model import Wave, WaveExtension, WaveNew
from peil.waves.series_model import FatigueBudget, FatigueBudgetNew, SeriesPreview, WaveSeries, WaveSeriesNew

waves = Router("Waves")


@waves.post("/waves", ruled=True)
async def plan_wave(call: Call, body: WaveNew) -> Reply[Wave]:
    wave = await operations.plan_wave(call, body)
    return Reply(wave, location=f"/waves/{wave.wave_id}")


@waves.get("/waves")
async def list_waves(call: Call, query: ChangedPageQuery) -> Page[Wave]:
    return await operations.list_waves(call, query)


@waves.get("/waves/{waveId}")
async def get_wave(call: Call, wave_id: UUID) -> Wave:
    return await operations.get_wave(call, wave_id)


@waves.patch("/waves/{waveId}", ruled=True)
async def update_wave(call: Call, wave_id: UUID, body: Patch[WaveNew]) -> Wave:
    return await operations.update_wave(call, wave_id, body)


@waves.post("/waves/{waveId}/open", status=202)
async def open_wave(call: Call, wave_id: UUID) -> Wave:
    return await operations.open_wave(call, wave_id)


@waves.post("/waves/{waveId}/close", status=202)
async def close_wave(call: Call, wave_id: UUID) -> Wave:
    return await operations.close_wave(call, wave_id)


@waves.post("/waves/{waveId}/extend", status=202, ruled=True)
async def extend_wave(call: Call, wave_id: UUID, body: WaveExtension) -> Wave:
    return await operations.extend_wave(call, wave_id, body)


@waves.post("/waves/{waveId}/cancel", status=202)
async def cancel_wave(call: Call, wave_id: UUID) -> Wave:
    return await operations.cancel_wave(call, wave_id)


@waves.post("/wave-series", ruled=True)
async def plan_wave_series(call: Call, body: WaveSeriesNew) -> Reply[WaveSeries]:
    planned = await series.plan_wave_series(call, body)
    return Reply(planned, location=f"/wave-series/{planned.series_id}")


@waves.post("/wave-series/preview", status=200, ruled=True)
async def preview_wave_series(call: Call, body: WaveSeriesNew) -> SeriesPreview:
    return await series.preview_wave_series(call, body)


@waves.get("/wave-series")
async def list_wave_series(call: Call, query: ChangedPageQuery) -> Page[WaveSeries]:
    return await series.list_wave_series(call, query)


@waves.get("/wave-series/{seriesId}")
async def get_wave_series(call: Call, series_id: UUID) -> WaveSeries:
    return await series.get_wave_series(call, series_id)


@waves.post("/wave-series/{seriesId}/cancel", status=202)
async def cancel_wave_series(call: Call, series_id: UUID) -> WaveSeries:
    return await series.cancel_wave_series(call, series_id)


@waves.get("/fatigue-budget")
async def get_fatigue_budget(call: Call) -> FatigueBudget:
    return await budget.get_fatigue_budget(call)


@waves.patch("/fatigue-budget", conflicts=False)
async def update_fatigue_budget(call: Call, body: Patch[FatigueBudgetNew]) -> FatigueBudget:
    return await budget.update_fatigue_budget(call, body)
