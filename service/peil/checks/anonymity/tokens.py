"""What the synthetic people answer with: codes as a vendor delivers them, or answer tokens signed blindly."""

import secrets
from collections import defaultdict, deque
from collections.abc import Iterable, Mapping
from hashlib import sha256
from uuid import UUID

import msgspec

from peil import base64url
from peil.checks.model import CheckError
from peil.keys.blind_signatures import blind, finalize, prepare, read_public_key
from peil.operation import Call
from peil.paging import PageQuery
from peil.participation.answer_tokens import issue_answer_token, list_my_waves
from peil.participation.codes import hash_code
from peil.participation.model import AnswerTokenRequest
from peil.participation.operations import draw_codes, draw_handout_codes


class Token(msgspec.Struct, frozen=True, kw_only=True):
    """What stands beside the answers in a body, and the hash by which the database knows it."""

    body: Mapping[str, str]
    secrets: tuple[str, ...]
    """What of the body stands nowhere else, in every form in which it could be written down."""
    token_hash: bytes


async def draw(call: Call, wave_id: UUID) -> dict[str, Token]:
    """A code for everybody, by external id, in the order of the list that the vendor gets."""
    return {drawn.external_id: _of_code(drawn.code) for drawn in await draw_codes(call, wave_id)}


async def draw_handout(call: Call, wave_id: UUID, people: Iterable[str]) -> dict[str, Token]:
    """A code of the own group for everybody, by external id: handed out in the order of the printed list.

    A hat would mix them; so this is the worst case. Each unit is a group, named as the end of the external id says.
    """
    piles: defaultdict[str, deque[str]] = defaultdict(deque)
    for drawn in await draw_handout_codes(call, wave_id):
        piles[drawn.unit].append(drawn.code)
    return {external_id: _of_code(piles[external_id.partition(".")[2]].popleft()) for external_id in people}


def _of_code(code: str) -> Token:
    return Token(body={"code": code}, secrets=(code, code.replace("-", "")), token_hash=hash_code(code))


async def obtain(call: Call, wave_id: UUID, *, again: bool) -> Token:
    """An answer token for the person who calls, as a client gets one: blinded, signed, unblinded and verified.

    `again`: the client asks twice, as it does where the first reply was lost.
    """
    page = await list_my_waves(call, PageQuery())
    wave = next((wave for wave in page.items if wave.wave_id == wave_id), None)
    if wave is None or wave.key_id is None or wave.public_key is None:
        raise CheckError("a synthetic person sees no wave with a key")
    key, message = read_public_key(base64url.decode(wave.public_key)), prepare(secrets.token_bytes(32))
    blinded = blind(key, message)
    request = AnswerTokenRequest(key_id=wave.key_id, blinded_message=base64url.encode(blinded.message))
    if again:
        await issue_answer_token(call, wave_id, request)
    signed = base64url.decode((await issue_answer_token(call, wave_id, request)).blind_signature)
    signature = finalize(key, message, signed, blinded.inverse)
    sent = {"message": base64url.encode(message), "signature": base64url.encode(signature)}
    return Token(
        body={"keyId": str(wave.key_id), **sent},
        secrets=(*sent.values(), message.hex(), signature.hex()),
        token_hash=sha256(message).digest(),
    )
