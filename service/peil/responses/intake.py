"""The intake: a small ASGI application of its own that knows answers and never persons.

It writes no audit row and no event, opens no span, counts nothing by employer or wave and logs no request.
"""

import time
from typing import Any
from uuid import UUID

import msgspec

from peil import health, problems
from peil.database import Database
from peil.decoding import decoder_for
from peil.edge import Answer, Edge, Send
from peil.errors import Denied, Invalid, NotFound
from peil.etag import etag_of
from peil.instruments import rules
from peil.instruments.model import Questionnaire as Choices
from peil.parameters import decode_path, decode_query
from peil.participation.codes import hash_code
from peil.responses import queries
from peil.responses.model import OpenWave, Questionnaire, Receipt, ResponseNew
from peil.responses.sealing import Sealer
from peil.responses.writer import Writer, require_open
from peil.rest import JSON, PREFIX, Endpoint, NoQuery, endpoint_of
from peil.routing import Route
from peil.structs import encode

_FRESH = 2.0
_MAX_BODY = 65_536
# Anybody may ask and answer: there is no credential that a foreign page could abuse.
_ANY_ORIGIN = (b"access-control-allow-origin", b"*")
_decode_response = decoder_for(ResponseNew).decode


async def submit_response(wave_id: UUID, body: ResponseNew) -> Receipt:
    """Takes one set of answers with the code that allows it. Only the first counts; a retry is told so."""
    raise RuntimeError(f"described here, done by Intake ({wave_id}, {type(body).__name__})")


async def get_questionnaire(wave_id: UUID) -> Questionnaire:
    """What a wave asks; needs no sign-in."""
    raise RuntimeError(f"described here, done by Intake ({wave_id})")


ENDPOINTS: tuple[Endpoint, ...] = (
    endpoint_of(
        submit_response,
        "POST",
        "/waves/{waveId}/responses",
        201,
        "Responses",
        max_body=_MAX_BODY,
        on_intake=True,
        ruled=True,
        repeat_status=200,
    ),
    endpoint_of(get_questionnaire, "GET", "/waves/{waveId}/questionnaire", 200, "Responses", on_intake=True),
)


class _Known:
    """A wave with everything that can be made of it once."""

    __slots__ = ("choices", "etag", "questionnaire", "read_at", "sealer", "wave")

    def __init__(self, wave: OpenWave) -> None:
        self.wave = wave
        self.read_at = time.monotonic()
        self.choices: Choices = rules.questionnaire(wave.questionnaire)
        self.sealer = Sealer(wave.public_key, rules.largest_response(wave.questionnaire))
        self.questionnaire = encode(_questionnaire(wave))
        self.etag = etag_of(self.questionnaire)


class Intake:
    """The ASGI application behind its edge."""

    def __init__(self, database: Database, writer: Writer) -> None:
        self._database = database
        self._writer = writer
        self._known: dict[UUID, _Known] = {}

    async def __call__(self, scope: Any, _: Any, send: Send) -> None:
        if scope["type"] != "http":
            return
        decode_query(scope["query_string"], NoQuery)
        path = scope["peil.route"].path_template
        if path.startswith(health.PREFIX):
            status, body = await health.tell(path, self._database)
            await _send(send, status, body)
            return
        wave = await self._wave(decode_path(scope["peil.path"]["waveId"], UUID))
        if scope["method"] == "POST":
            status, receipt = await self._submit(wave, scope["peil.body"])
            await _send(send, status, encode(receipt))
        else:
            if wave.wave.state not in ("ready", "open"):
                require_open(wave.wave.state)
            await _send_questionnaire(scope, send, wave)

    async def _wave(self, wave_id: UUID) -> _Known:
        known = self._known.get(wave_id)
        if known is None or time.monotonic() - known.read_at > _FRESH:
            async with self._database.transaction(None) as rows:
                found = await queries.select_open_wave(rows, wave_id)
            if found is None:
                raise NotFound
            if known is not None and known.wave.state == found.state:
                known.read_at = time.monotonic()
            else:
                known = self._known[wave_id] = _Known(found)
        return known

    async def _submit(self, known: _Known, body: bytes) -> tuple[int, Receipt]:
        # The body is judged first, so that a bad body gets the same answer whatever the code's state.
        response = _decode_response(body)
        findings = rules.validate_answers(known.choices, response.answers)
        if findings:
            raise Invalid(*findings)
        plain = msgspec.json.encode(rules.codes_of(known.choices, response.answers))
        wave = known.wave

        def seal(key_id: UUID) -> bytes:
            return known.sealer.seal(plain, context_of(wave.employer_id, wave.wave_id, key_id))

        outcome = await self._writer.submit(wave.employer_id, wave.wave_id, hash_code(response.code), seal)
        if outcome == "unknown":
            raise Denied("unknown-answer-token")
        return (201 if outcome == "recorded" else 200), Receipt(result=outcome)


def context_of(employer_id: UUID, wave_id: UUID, key_id: UUID) -> bytes:
    """What a sealed response is bound to: it opens nowhere else."""
    return employer_id.bytes + wave_id.bytes + key_id.bytes


def create_intake(database: Database, writer: Writer) -> Edge:
    """The intake as an ASGI application."""
    return Edge(
        Intake(database, writer),
        [
            Route(
                method=endpoint.method,
                path_template=endpoint.template,
                consumes=() if endpoint.consumes is None else (endpoint.consumes,),
                produces=(JSON,),
                max_body=endpoint.max_body,
            )
            for endpoint in ENDPOINTS
        ]
        + list(health.ROUTES),
        _refusal,
        preflight=_preflight,
    )


def _refusal(scope: Any, error: Exception) -> Answer:
    status, headers, body = problems.render(scope, error)
    return status, [*headers, _ANY_ORIGIN], body


async def _preflight(_: Any, allow: str) -> Answer:
    """Lets a page of any origin send answers (Fetch standard, CORS-preflight): no credential goes with them."""
    allowed = [(b"access-control-allow-methods", allow.encode()), (b"access-control-allow-headers", b"content-type")]
    return 204, [_ANY_ORIGIN, *allowed, (b"access-control-max-age", b"86400")], b""


def is_intake_path(path: str) -> bool:
    """Whether a path is the intake's, where it shares a process with the API."""
    return path.startswith(f"{PREFIX}/waves/") and path.endswith(("/responses", "/questionnaire"))


def _questionnaire(wave: OpenWave) -> Questionnaire:
    content = wave.questionnaire
    return Questionnaire(
        wave_id=wave.wave_id,
        state="ready" if wave.state == "ready" else "open",
        mode=wave.mode,
        label="confidential" if wave.mode == "split" else "anonymous",
        languages=list(content.languages),
        title=content.title,
        items=list(content.items),
    )


async def _send_questionnaire(scope: Any, send: Send, known: _Known) -> None:
    seen = next((value for name, value in scope["headers"] if name == b"if-none-match"), b"")
    if known.etag.encode() in seen:
        await _send(send, 304, b"", known.etag)
    else:
        await _send(send, 200, known.questionnaire, known.etag)


async def _send(send: Send, status: int, body: bytes, etag: str | None = None) -> None:
    headers = [(b"content-type", JSON.encode()), (b"content-length", str(len(body)).encode())]
    if etag is not None:
        headers.append((b"etag", etag.encode()))
    headers.append(_ANY_ORIGIN)
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})
