"""Answers a wave in blind mode from a program: what the form does in a browser, for tests and terminals."""

import json
import os
import secrets
from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path
from typing import Any, NamedTuple
from uuid import UUID

import httpx
import msgspec
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey

from peil import base64url
from peil.blind_signatures import blind, finalize, prepare, read_public_key


class AnswerError(Exception):
    """The service refused, or is not to be trusted; the reason is in words."""


class Blinding(msgspec.Struct, frozen=True, kw_only=True):
    """A message that was blinded, as it is kept until its token is spent; each in base64url."""

    message: str
    inverse: str
    blinded_message: str


class AnswerToken(NamedTuple):
    """What is sent beside the answers."""

    key_id: str
    message: str
    signature: str


class Respondent:
    """Somebody with an own access token. `folder` keeps what must not be lost before it is spent.

    `transport`: how requests go; None: over the network. Every deed has a connection of its own, so that none which
    carried the access token carries an answer.
    """

    def __init__(
        self, api_url: str, access_token: str, folder: Path, transport: httpx.AsyncBaseTransport | None = None
    ) -> None:
        self._api_url = api_url
        self._headers = {"authorization": f"Bearer {access_token}"}
        self._folder = folder
        self._transport = transport

    async def list_waves(self) -> list[dict[str, Any]]:
        """The waves to which this person is invited. Raises AnswerError."""
        page = await self._ask("GET", f"{self._api_url}/v1/me/waves?limit=200", headers=self._headers)
        return list(page["items"])

    async def get_questionnaire(self, wave: Mapping[str, Any]) -> dict[str, Any]:
        """What a wave asks; asked without the access token. Raises AnswerError."""
        return dict(await self._ask("GET", f"{_at_intake(wave)}/questionnaire"))

    async def obtain_token(self, wave: Mapping[str, Any]) -> AnswerToken:
        """This person's token for a wave in blind mode; the same again for what is kept of an earlier try.

        Raises AnswerError where the key is not among those that were announced, or another message was signed.
        """
        key = await self._announced_key(wave)
        blinding = self._kept(wave["keyId"]) or self._keep(wave["keyId"], key)
        request = {"keyId": wave["keyId"], "blindedMessage": blinding.blinded_message}
        url = f"{self._api_url}/v1/waves/{wave['waveId']}/answer-tokens"
        signed = (await self._ask("POST", url, headers=self._headers, json=request))["blindSignature"]
        message = base64url.decode(blinding.message)
        signature = finalize(key, message, base64url.decode(signed), base64url.decode(blinding.inverse))
        return AnswerToken(wave["keyId"], blinding.message, base64url.encode(signature))

    async def submit(self, wave: Mapping[str, Any], token: AnswerToken, answers: Mapping[str, Any]) -> str:
        """`recorded` or `already-recorded`; what was kept is then gone. Raises AnswerError."""
        body = {
            "keyId": token.key_id,
            "message": token.message,
            "signature": token.signature,
            "answers": dict(answers),
        }
        receipt = await self._ask("POST", f"{_at_intake(wave)}/responses", json=body)
        self._path(token.key_id).unlink(missing_ok=True)
        return str(receipt["result"])

    async def _announced_key(self, wave: Mapping[str, Any]) -> RSAPublicKey:
        manifest = await self._bytes("GET", f"{_at_intake(wave)}/manifest")
        if sha256(manifest).hexdigest() != wave["manifestSha256"]:
            raise AnswerError("the list of keys is another than was announced")
        spki = base64url.decode(wave["publicKey"])
        entry = (wave["keyId"], sha256(spki).hexdigest())
        if entry not in {(key["keyId"], key["publicKeySha256"]) for key in json.loads(manifest)["keys"]}:
            raise AnswerError("the group's key is not in the announced list")
        return read_public_key(spki)

    def _path(self, key_id: str) -> Path:
        return self._folder / f"answer-token-{UUID(key_id)}.json"

    def _kept(self, key_id: str) -> Blinding | None:
        path = self._path(key_id)
        return msgspec.json.decode(path.read_bytes(), type=Blinding) if path.exists() else None

    def _keep(self, key_id: str, key: RSAPublicKey) -> Blinding:
        message = prepare(secrets.token_bytes(32))
        blinded = blind(key, message)
        blinding = Blinding(
            message=base64url.encode(message),
            inverse=base64url.encode(blinded.inverse),
            blinded_message=base64url.encode(blinded.message),
        )
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        descriptor = os.open(self._path(key_id), os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            file.write(msgspec.json.encode(blinding))
            file.flush()
            os.fsync(descriptor)
        return blinding

    async def _ask(self, method: str, url: str, **options: Any) -> Any:
        return json.loads(await self._bytes(method, url, **options))

    async def _bytes(self, method: str, url: str, **options: Any) -> bytes:
        try:
            async with httpx.AsyncClient(transport=self._transport) as http:
                answer = await http.request(method, url, **options)
        except httpx.HTTPError as error:
            raise AnswerError(f"no answer from {url}: {error}") from None
        if not answer.is_success:
            raise AnswerError(_reason(answer))
        return answer.content


def _at_intake(wave: Mapping[str, Any]) -> str:
    return f"{wave['intakeUrl']}/v1/waves/{wave['waveId']}"


def _reason(answer: httpx.Response) -> str:
    try:
        problem = answer.json()
    except ValueError:
        return f"the service answered {answer.status_code}"
    return " ".join([problem["detail"], *(finding["detail"] for finding in problem["errors"])])
