"""Codes, answer tokens and participation over REST."""

from uuid import UUID

from peil.operation import Call
from peil.paging import Page, PageQuery
from peil.participation import answer_tokens, operations
from peil.participation.model import AnswerToken, AnswerTokenRequest, DrawnCode, MyWave, Participation
from peil.rest import CSV, NDJSON, Lines, Router

participation = Router("Participation")


@participation.post("/waves/{waveId}/codes", status=200, produces=NDJSON, result=DrawnCode)
async def draw_codes(call: Call, wave_id: UUID) -> Lines:
    return Lines(operations.as_lines(await operations.draw_codes(call, wave_id)))


@participation.get("/me/waves")
async def list_my_waves(call: Call, query: PageQuery) -> Page[MyWave]:
    return await answer_tokens.list_my_waves(call, query)


@participation.post("/waves/{waveId}/answer-tokens", status=200, ruled=True)
async def issue_answer_token(call: Call, wave_id: UUID, body: AnswerTokenRequest) -> AnswerToken:
    return await answer_tokens.issue_answer_token(call, wave_id, body)


@participation.post("/waves/{waveId}/handout-codes", status=200, produces=CSV, result=str)
async def draw_handout_codes(call: Call, wave_id: UUID) -> Lines:
    return Lines(operations.as_table(await operations.draw_handout_codes(call, wave_id)))


@participation.get("/waves/{waveId}/participation")
async def get_participation(call: Call, wave_id: UUID) -> Participation:
    return await operations.get_participation(call, wave_id)
