"""Codes over REST."""

from uuid import UUID

from peil.operation import Call
from peil.participation import operations
from peil.participation.model import DrawnCode
from peil.rest import NDJSON, Lines, Router

participation = Router("Participation")


@participation.post("/waves/{waveId}/codes", status=200, produces=NDJSON, result=DrawnCode)
async def draw_codes(call: Call, wave_id: UUID) -> Lines:
    return Lines(operations.as_lines(await operations.draw_codes(call, wave_id)))
