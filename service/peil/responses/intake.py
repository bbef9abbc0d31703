"""The intake: a small ASGI application of its own that knows answers and never persons.

It writes no audit row and no event, opens no span, counts nothing by employer or wave and logs no request.
"""

import time
from hashlib import sha256
from typing import Any
from uuid import UUID

import msgspec
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey

from peil import base64url, health, problems
from peil.answering import pages
from peil.blind_signatures import read_public_key, verify
from peil.database import Database
from peil.decoding import decoder_for
from peil.edge import Answer, Edge, Send
from peil.errors import Denied, Invalid, NotFound
from peil.etag import etag_of
from peil.http_problem import Headers
from peil.instruments import rules
from peil.instruments.model import Questionnaire as Choices
from peil.key_manifest import KeyManifest
from peil.parameters import decode_path, decode_query
from peil.participation.codes import hash_code
from peil.responses import queries
from peil.responses.model import OpenWave, Questionnaire, Receipt, ResponseNew
from peil.responses.rules import token_findings
from peil.responses.sealing import Sealer
from peil.responses.writer import Writer, require_open
from peil.rest import JSON, PREFIX, Endpoint, NoQuery, endpoint_of
from peil.routing import Route
from peil.structs import encode

_FRESH = 2.0
# Four comments of 2,000 characters, each written as two escapes of six bytes, and 200 other answers fit.
_MAX_BODY = 131_072
# Anybody may ask and answer: there is no credential that a foreign page could abuse.
_ANY_ORIGIN = (b"access-control-allow-origin", b"*")
_JSON: Headers = [(b"content-type", JSON.encode())]
_decode_response = decoder_for(ResponseNew).decode


async def submit_response(wave_id: UUID, body: ResponseNew) -> Receipt:
    """Takes one set of answers with the code that allows it. Only the first counts; a retry is told so."""
    raise RuntimeError(f"described here, done by Intake ({wave_id}, {type(body).__name__})")


async def get_questionnaire(wave_id: UUID) -> Questionnaire:
    """What a wave asks; needs no sign-in."""
    raise RuntimeError(f"described here, done by Intake ({wave_id})")


async def get_key_manifest(wave_id: UUID) -> KeyManifest:
    """The keys of a wave in blind mode, the same bytes for ever; their SHA-256 is told wherever it is announced."""
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
    endpoint_of(get_key_manifest, "GET", "/waves/{waveId}/manifest", 200, "Responses", on_intake=True, conflicts=False),
)


class _Known:
    """A wave with everything that can be made of it once."""

    __slots__ = ("choices", "etag", "keys", "questionnaire", "read_at", "sealer", "wave")

    def __init__(self, wave: OpenWave) -> None:
        self.wave = wave
        self.read_at = time.monotonic()
        self.choices: Choices = rules.questionnaire(wave.questionnaire)
        self.sealer = Sealer(wave.public_key, rules.largest_response(wave.questionnaire))
        self.questionnaire = encode(_questionnaire(wave))
        self.etag = etag_of(self.questionnaire)
        self.keys: dict[UUID, RSAPublicKey] = {}


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
        page = pages.PAGES.get(path)
        if page is not None:
            await _send_known(scope, send, page.body, page.etag, pages.headers_of(page))
            return
        wave_id = decode_path(scope["peil.path"]["waveId"], UUID)
        if path.endswith("/manifest"):
            await self._send_manifest(scope, send, wave_id)
            return
        wave = await self._wave(wave_id)
        if scope["method"] == "POST":
            status, receipt = await self._submit(wave, scope["peil.body"])
            await _send(send, status, encode(receipt))
        else:
            if wave.wave.state not in ("ready", "open"):
                require_open(wave.wave.state)
            await _send_known(scope, send, wave.questionnaire, wave.etag)

    async def _send_manifest(self, scope: Any, send: Send, wave_id: UUID) -> None:
        async with self._database.transaction(None) as rows:
            manifest = await queries.select_manifest(rows, wave_id)
        if manifest is None:
            raise NotFound
        await _send_known(scope, send, manifest, etag_of(manifest))

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
        # The body is judged first, so that a bad body gets the same answer whatever the token's state.
        response = _decode_response(body)
        wave = known.wave
        findings = [*token_findings(wave.mode, response), *rules.validate_answers(known.choices, response.answers)]
        if findings:
            raise Invalid(*findings)
        plain = msgspec.json.encode(rules.sealable(known.choices, response.answers))

        def seal(key_id: UUID) -> bytes:
            return known.sealer.seal(plain, context_of(wave.employer_id, wave.wave_id, key_id))

        token_hash, key_id = await self._redeem(known, response)
        outcome = await self._writer.submit(wave.employer_id, wave.wave_id, token_hash, key_id, seal)
        if outcome == "unknown":
            raise Denied("unknown-answer-token")
        return (201 if outcome == "recorded" else 200), Receipt(result=outcome)

    async def _redeem(self, known: _Known, response: ResponseNew) -> tuple[bytes, UUID | None]:
        """The hash of the token, and the group where the token itself says it. Raises Denied for no token of ours."""
        if response.code is not None:
            return hash_code(response.code), None
        if response.key_id is None or response.message is None or response.signature is None:
            raise RuntimeError("the findings said that it is complete")
        message, signature = base64url.decode(response.message), base64url.decode(response.signature)
        key = await self._public_key(known, response.key_id)
        if key is None or not verify(key, message, signature):
            raise Denied("unknown-answer-token")
        return sha256(message).digest(), response.key_id

    async def _public_key(self, known: _Known, key_id: UUID) -> RSAPublicKey | None:
        key = known.keys.get(key_id)
        if key is None:
            wave = known.wave
            async with self._database.transaction(wave.employer_id) as rows:
                found = await queries.select_public_key(rows, wave.employer_id, wave.wave_id, key_id)
            if found is None:
                return None
            key = known.keys[key_id] = read_public_key(found)
        return key


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
        + [*health.ROUTES, *pages.ROUTES],
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
    return pages.is_page(path) or (
        path.startswith(f"{PREFIX}/waves/") and path.endswith(("/responses", "/questionnaire", "/manifest"))
    )


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
        comment_notice=wave.comment_notice,
    )


async def _send_known(scope: Any, send: Send, body: bytes, etag: str, headers: Headers | None = None) -> None:
    """Answers with the body, or with 304 where the caller has it; `headers`: instead of those of JSON."""
    said = [*_JSON, (b"etag", etag.encode())] if headers is None else headers
    seen = next((value for name, value in scope["headers"] if name == b"if-none-match"), b"")
    if etag.encode() in seen:
        await _send(send, 304, b"", said)
    else:
        await _send(send, 200, body, said)


async def _send(send: Send, status: int, body: bytes, said: Headers = _JSON) -> None:
    headers = [*said, (b"content-length", str(len(body)).encode()), _ANY_ORIGIN]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})
