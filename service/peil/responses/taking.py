"""Takes responses: what a wave asks, whether a token is one of its own, and one sealed row for each.

It writes no audit row and no event, opens no span, counts nothing by employer or wave and logs no request.
"""

import time
from collections import OrderedDict
from hashlib import sha256
from uuid import UUID

import msgspec
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey

from peil import base64url, clock
from peil.database import Database
from peil.errors import Denied, Invalid, NotFound
from peil.http.etag import etag_of
from peil.instruments import rules
from peil.instruments.model import Questionnaire as Choices
from peil.keys.blind_signatures import read_public_key, verify
from peil.notice import Told, comment_notice, notice_of
from peil.participation.codes import hash_code
from peil.participation.redeeming import find_public_key
from peil.responses import queries
from peil.responses.model import OpenWave, Questionnaire, Receipt, ResponseNew
from peil.responses.rules import token_findings, version_findings
from peil.responses.sealing import Sealer, context_of
from peil.responses.writer import Writer, require_open
from peil.structs import encode
from peil.waves.model import label_of

_FRESH = 2.0
_KEPT = 4096


class KnownWave:
    """A wave with everything that can be made of it once."""

    __slots__ = (
        "choices",
        "content_hash",
        "etag",
        "keys",
        "questionnaire",
        "read_at",
        "sealer",
        "state",
        "state_read_at",
        "wave",
    )

    def __init__(self, wave: OpenWave) -> None:
        self.wave = wave
        self.read_at = time.monotonic()
        self.choices: Choices = rules.questionnaire(wave.questionnaire)
        self.sealer = Sealer(wave.public_key, rules.largest_response(wave.questionnaire))
        self.content_hash = rules.content_hash(wave.questionnaire)
        self.questionnaire = encode(_questionnaire(wave, self.content_hash))
        self.etag = etag_of(self.questionnaire)
        self.keys: dict[UUID, RSAPublicKey] = {}
        self.state: str | None = wave.state
        """As whoever brings no token of it is told; None: the wave is gone."""
        self.state_read_at = -_FRESH


class Intake:
    """What the endpoints of the intake work with; one for a process."""

    def __init__(self, database: Database, writer: Writer) -> None:
        self.database = database
        self._writer = writer
        self._known: OrderedDict[UUID, KnownWave] = OrderedDict()

    async def submit(self, wave_id: UUID, response: ResponseNew) -> Receipt:
        """Seals the answers and writes them with the hash of their token. Raises Invalid, Denied, Conflict, Busy."""
        known = await self._wave(wave_id)
        wave = known.wave
        # The body is judged first, so that a bad body gets the same answer whatever the token's state.
        findings = [
            *token_findings(wave.mode, response),
            *version_findings(known.content_hash, response),
            *rules.validate_answers(known.choices, response.answers),
        ]
        if findings:
            raise Invalid(*findings)
        plain = msgspec.json.encode(rules.sealable(known.choices, response.answers))

        def seal(key_id: UUID) -> bytes:
            return known.sealer.seal(plain, context_of(wave.employer_id, wave.wave_id, key_id))

        token_hash, key_id = await self._redeem(known, response)
        outcome = await self._writer.submit(wave.employer_id, wave.wave_id, token_hash, key_id, seal)
        if outcome == "unknown":
            raise Denied("unknown-answer-token")
        return Receipt(result=outcome)

    async def questionnaire(self, wave_id: UUID) -> tuple[bytes, str]:
        """What a wave asks as JSON, and its ETag. Raises NotFound, Conflict."""
        known = await self._wave(wave_id)
        if known.wave.state != "ready":
            require_open(known.wave.state)
        return known.questionnaire, known.etag

    async def manifest(self, wave_id: UUID) -> bytes:
        """The manifest of a wave's keys. Raises NotFound."""
        async with self.database.transaction(None) as rows:
            manifest = await queries.select_manifest(rows, wave_id)
        if manifest is None:
            raise NotFound
        return manifest

    async def _wave(self, wave_id: UUID) -> KnownWave:
        known = self._known.get(wave_id)
        if known is not None:
            if time.monotonic() - known.read_at <= _FRESH:
                return known
            # Who comes while it is read again takes it as it was.
            known.read_at = time.monotonic()
        async with self.database.transaction(None) as rows:
            found = await queries.select_open_wave(rows, wave_id)
        if found is None:
            raise NotFound
        if known is None or known.wave.state != found.state:
            known = self._known[wave_id] = KnownWave(found)
        self._known.move_to_end(wave_id)
        if len(self._known) > _KEPT:
            self._known.popitem(last=False)
        return known

    async def _redeem(self, known: KnownWave, response: ResponseNew) -> tuple[bytes, UUID | None]:
        """The hash of the token, and the group where the token itself says it.

        Raises Denied for no token of ours, and Conflict where the wave takes no answers: nobody then learns from it
        which tokens were good until it was over.
        """
        if response.code is not None:
            return hash_code(response.code), None
        if response.key_id is None or response.message is None or response.signature is None:
            raise RuntimeError("the findings said that it is complete")
        message, signature = base64url.decode(response.message), base64url.decode(response.signature)
        key = await self._public_key(known, response.key_id)
        if key is None or not verify(key, message, signature):
            require_open(await self._state(known))
            raise Denied("unknown-answer-token")
        return sha256(message).digest(), response.key_id

    async def _state(self, known: KnownWave) -> str | None:
        if time.monotonic() - known.state_read_at > _FRESH:
            known.state_read_at = time.monotonic()
            async with self.database.transaction(None) as rows:
                known.state = await queries.select_state(rows, known.wave.wave_id, clock.now())
        return known.state

    async def _public_key(self, known: KnownWave, key_id: UUID) -> RSAPublicKey | None:
        key = known.keys.get(key_id)
        if key is None:
            wave = known.wave
            async with self.database.transaction(wave.employer_id) as rows:
                found = await find_public_key(rows, wave.employer_id, wave.wave_id, key_id)
            if found is None:
                return None
            key = known.keys[key_id] = read_public_key(found)
        return key


def _questionnaire(wave: OpenWave, content_hash: str) -> Questionnaire:
    content = wave.questionnaire
    asks_comments = rules.asks_comments(content)
    return Questionnaire(
        wave_id=wave.wave_id,
        state="ready" if wave.state == "ready" else "open",
        mode=wave.mode,
        label=label_of(wave.mode),
        languages=list(content.languages),
        title=content.title,
        items=list(content.items),
        attribution=content.licence.attribution,
        content_hash=content_hash,
        notice=notice_of(wave.mode, Told(asks_comments, wave.manifest_sha256)),
        comment_notice=comment_notice() if asks_comments else None,
        support_routes=wave.support_routes,
    )
