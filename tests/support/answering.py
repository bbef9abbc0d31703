"""Answers in blind mode as a client does: blinds, has it signed with a sign-in, and redeems it without one."""

import secrets
from typing import Any, NamedTuple

import httpx

from peil import base64url
from peil.keys.blind_signatures import Blinded, blind, finalize, prepare, read_public_key
from support.house import Persona


class Token(NamedTuple):
    """An answer token: what is sent beside the answers."""

    key_id: str
    message: bytes
    signature: bytes

    def with_answers(self, answers: dict[str, Any]) -> dict[str, Any]:
        """The body of a response."""
        return {
            "keyId": self.key_id,
            "message": base64url.encode(self.message),
            "signature": base64url.encode(self.signature),
            "answers": answers,
        }


class Blinding(NamedTuple):
    """A message that is blinded and not signed yet."""

    wave: dict[str, Any]
    message: bytes
    blinded: Blinded

    @property
    def request(self) -> dict[str, Any]:
        return {"keyId": self.wave["keyId"], "blindedMessage": base64url.encode(self.blinded.message)}

    def unblind(self, answer: dict[str, Any]) -> Token:
        """The token that the service's answer makes."""
        key = read_public_key(base64url.decode(self.wave["publicKey"]))
        signed = base64url.decode(answer["blindSignature"])
        return Token(self.wave["keyId"], self.message, finalize(key, self.message, signed, self.blinded.inverse))


async def wave_of(person: Persona, wave_id: str) -> dict[str, Any]:
    """A wave as the person who is invited to it sees it."""
    page = await person.must(person.get("/me/waves"), 200)
    found: dict[str, Any] = next(wave for wave in page["items"] if wave["waveId"] == wave_id)
    return found


async def start(person: Persona, wave_id: str) -> Blinding:
    """Draws and blinds a message for the person's group."""
    wave = await wave_of(person, wave_id)
    message = prepare(secrets.token_bytes(32))
    return Blinding(wave, message, blind(read_public_key(base64url.decode(wave["publicKey"])), message))


async def request(person: Persona, wave_id: str, blinding: Blinding) -> httpx.Response:
    return await person.post(f"/waves/{wave_id}/answer-tokens", blinding.request)


async def obtain(person: Persona, wave_id: str) -> Token:
    """An answer token for the person."""
    blinding = await start(person, wave_id)
    return blinding.unblind(await person.must(request(person, wave_id, blinding), 200))


async def submit(anybody: Persona, wave_id: str, body: dict[str, Any]) -> httpx.Response:
    return await anybody.post(f"/waves/{wave_id}/responses", body)
