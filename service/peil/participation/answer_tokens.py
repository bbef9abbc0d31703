"""What a person can do to take part: see the own waves, and get one answer token for each."""

import asyncio
from datetime import UTC, datetime
from hashlib import sha256
from uuid import UUID

from peil import base64url
from peil.errors import Busy, Conflict, Finding, Invalid, NotFound
from peil.ids import NONE
from peil.instruments.model import Instrument
from peil.instruments.operations import find_instruments
from peil.instruments.rules import asks_comments
from peil.keys.blind_signatures import BlindSignatureError, BlindSigner
from peil.keys.issuing_keys import IssuingKeys
from peil.keys.key_files import KeyStoreError
from peil.notice import Told, inline_notice, notice_of
from peil.operation import Transaction, operation
from peil.paging import Page, PageQuery, page
from peil.participation import ledger_queries
from peil.participation.model import (
    AnswerToken,
    AnswerTokenRequest,
    InvitedTo,
    LedgerLine,
    MyWave,
    NoticeLine,
    OwnGroup,
)
from peil.waves.model import label_of
from peil.waves.operations import find_wave

_BEGINNING = datetime(1, 1, 1, tzinfo=UTC)


# Whoever fetches a token asks for these moments before, so that a span would tell when that was.
@operation("answer-tokens:read", traced=False)
async def list_my_waves(tx: Transaction, query: PageQuery) -> Page[MyWave]:
    """The waves to which the caller is invited and that are not over, in the order in which they open."""
    person_id = tx.person_id
    bound = (tx.employer_id, "my-waves", person_id)
    after = tx.parts.cursors.open(query.cursor, tuple[datetime, UUID], *bound) if query.cursor else (_BEGINNING, NONE)
    found = await ledger_queries.select_invited_to(tx, tx.employer_id, person_id, after, query.limit + 1)
    instruments = await find_instruments(tx, {wave.instrument_id for wave in found})
    seen = [_seen(tx, wave, instruments[wave.instrument_id]) for wave in found]
    return page(seen, query.limit, lambda wave: tx.parts.cursors.seal((wave.opens_at, wave.wave_id), *bound))


@operation("answer-tokens:write", traced=False)
async def issue_answer_token(tx: Transaction, wave_id: UUID, request: AnswerTokenRequest) -> AnswerToken:
    """Signs the caller's blinded message, once per wave; the same message again gets the same signature.

    Nothing is recorded but that it was done, and on which day: no audit row, no event, no span.
    """
    person_id = tx.person_id
    line = await ledger_queries.select_line(tx, tx.employer_id, wave_id, person_id)
    wave = await find_wave(tx, wave_id)
    if line is None or wave is None:
        raise NotFound
    if wave.mode != "blind":
        raise Conflict("no-answer-tokens", mode=wave.mode)
    if request.key_id != line.key_id:
        raise NotFound
    if wave.state == "unrecoverable":
        raise Conflict("wave-unrecoverable")
    if wave.state not in ("ready", "open") or wave.closes_at <= tx.now:
        raise Conflict("wave-closed")
    blinded = base64url.decode(request.blinded_message)
    digest = sha256(blinded).digest()
    _require_free(line, digest)
    # In a thread: a signature takes a few milliseconds, in which the others go on being served. Nothing is locked
    # meanwhile; a second signature for another message never leaves.
    signature = await asyncio.to_thread(_sign, tx.parts.issuing, wave_id, line.key_id, blinded)
    if line.blinded_digest is None:
        await _enter(tx, wave_id, person_id, digest)
    return AnswerToken(blind_signature=base64url.encode(signature))


async def _enter(tx: Transaction, wave_id: UUID, person_id: UUID, digest: bytes) -> None:
    """Notes the token in the ledger. Who had it noted meanwhile has it written anew: a lock alone would be a mark."""
    line = await ledger_queries.lock_line(tx, tx.employer_id, wave_id, person_id)
    if line is None:
        raise NotFound
    _require_free(line, digest)
    await ledger_queries.update_issued(tx, tx.employer_id, wave_id, person_id, line.key_id, tx.now.date(), digest)


def _require_free(line: LedgerLine, digest: bytes) -> None:
    """One message only is ever signed for a person, and that one as often as it is asked for. Raises Conflict."""
    if line.blinded_digest not in (None, digest):
        raise Conflict("answer-token-issued")


def _sign(keys: IssuingKeys, wave_id: UUID, key_id: UUID, blinded: bytes) -> bytes:
    try:
        return BlindSigner(keys.read(wave_id, key_id)).sign(blinded)
    except BlindSignatureError:
        raise Invalid(Finding("/blindedMessage", "not-blinded")) from None
    except KeyStoreError:
        # Gone because the wave is just being closed, or lost: either way somebody can try again later.
        raise Busy from None


def _seen(tx: Transaction, wave: InvitedTo, instrument: Instrument) -> MyWave:
    settings, vendor = tx.parts.settings, tx.actor.inline_form_by
    told = Told(asks_comments(instrument), wave.manifest_sha256, (wave.unit_name, wave.invited))
    language = "nl" if tx.call.language == "nl" else "en"
    return MyWave(
        wave_id=wave.wave_id,
        name=wave.name,
        kind=wave.kind,
        state=wave.state,
        mode=wave.mode,
        label=label_of(wave.mode),
        languages=wave.languages,
        estimated_minutes=instrument.estimated_minutes,
        opens_at=wave.opens_at,
        closes_at=wave.closes_at,
        zone=wave.zone,
        reporting_group=OwnGroup(unit_id=wave.unit_id, unit_name=wave.unit_name, invited=wave.invited),
        key_id=wave.key_id if wave.public_key is not None else None,
        public_key=None if wave.public_key is None else base64url.encode(wave.public_key),
        manifest_sha256=wave.manifest_sha256,
        token_issued=None if wave.mode != "blind" else wave.issued_on is not None,
        intake_url=settings.intake_url or settings.public_url,
        inline_form_by=vendor,
        notice=[NoticeLine(code=line.code, text=line.text[language]) for line in notice_of(wave.mode, told)],
        inline_notice=None if vendor is None else inline_notice(vendor),
    )
