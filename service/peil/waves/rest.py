"""Waves over REST."""

from uuid import UUID

from peil.operation import Call
from peil.paging import Page, PageQuery
from peil.patching import Patch
from peil.rest import Reply, Router
from peil.waves import operations
from peil.waves.model import Wave, WaveNew

waves = Router("Waves")


@waves.post("/waves", ruled=True)
async def plan_wave(call: Call, body: WaveNew) -> Reply[Wave]:
    wave = await operations.plan_wave(call, body)
    return Reply(wave, location=f"/waves/{wave.wave_id}")


@waves.get("/waves")
async def list_waves(call: Call, query: PageQuery) -> Page[Wave]:
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


@waves.post("/waves/{waveId}/cancel", status=202)
async def cancel_wave(call: Call, wave_id: UUID) -> Wave:
    return await operations.cancel_wave(call, wave_id)
