"""Answers a wave in blind mode from a program: what the form does in a browser, for tests and terminals."""

import json
import os
import secrets
from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path
from typing import Any
from uuid import UUID

import httpx
import msgspec
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey

from peil import base64url
from peil.answering.intake import OVER, AnswerError, AnswerToken, Intake, call
from peil.answering.words import WORDS
from peil.keys.blind_signatures import blind, finalize, prepare, read_public_key


class Blinding(msgspec.Struct, frozen=True, kw_only=True):
    """A message that was blinded, as it is kept until its token is spent; each in base64url."""

    message: str
    inverse: str
    blinded_message: str


class Respondent:
    """Somebody with an own access token. `folder` keeps what must not be lost before it is spent.

    Several people may use one folder: what is kept has the key and the person in its name. `language`: in which it
    refuses (`nl`, `en`). `transport`: how requests go; None: over the network. Every deed has a connection of its own,
    so that none which carried the access token carries an answer.
    """

    def __init__(
        self,
        api_url: str,
        access_token: str,
        folder: Path,
        language: str = "en",
        transport: httpx.AsyncBaseTransport | None = None,
    ) -> None:
        self._api_url = api_url
        self._headers = {"authorization": f"Bearer {access_token}"}
        self._folder = folder
        self._person = _person_of(access_token)
        self._language = language
        self._transport = transport

    async def list_waves(self) -> list[dict[str, Any]]:
        """The waves to which this person is invited. Raises AnswerError."""
        url = f"{self._api_url}/v1/me/waves?limit=200"
        return list(json.loads(await self._call("GET", url))["items"])

    async def get_questionnaire(self, wave: Mapping[str, Any]) -> dict[str, Any]:
        """What a wave asks; asked without the access token. Raises AnswerError."""
        return await self._intake(wave).get_questionnaire()

    async def obtain_token(self, wave: Mapping[str, Any], manifest_sha256: str | None = None) -> AnswerToken:
        """This person's token for a wave in blind mode; the same again for what is kept of an earlier try.

        `manifest_sha256`: of the list of keys as the invitation announced it, which counts for more than what the API
        says; None: nothing was announced. Raises AnswerError where the list is another, where the key is not in it,
        or where another message was signed.
        """
        key = await self._announced_key(wave, manifest_sha256 or wave["manifestSha256"])
        blinding = self._kept(wave["keyId"]) or self._keep(wave["keyId"], key)
        request = {"keyId": wave["keyId"], "blindedMessage": blinding.blinded_message}
        url = f"{self._api_url}/v1/waves/{wave['waveId']}/answer-tokens"
        signed = json.loads(await self._call("POST", url, json=request))
        message, inverse = base64url.decode(blinding.message), base64url.decode(blinding.inverse)
        signature = finalize(key, message, base64url.decode(signed["blindSignature"]), inverse)
        return AnswerToken(wave["keyId"], blinding.message, base64url.encode(signature))

    async def submit(
        self,
        wave: Mapping[str, Any],
        token: AnswerToken,
        answers: Mapping[str, Any],
        content_hash: str | None = None,
    ) -> str:
        """`recorded` or `already-recorded`; what was kept is then gone, as it is when the wave is over.

        `content_hash`: of the questionnaire that is answered; None: not said. Raises AnswerError.
        """
        try:
            result = await self._intake(wave).submit(token, answers, content_hash)
        except AnswerError as error:
            if error.code in OVER:
                self._forget(token)
            raise
        self._forget(token)
        return result

    async def _call(self, method: str, url: str, **options: Any) -> bytes:
        return await call(self._transport, method, url, self._language, headers=self._headers, **options)

    def _intake(self, wave: Mapping[str, Any]) -> Intake:
        return Intake(wave["intakeUrl"], UUID(wave["waveId"]), self._language, self._transport)

    async def _announced_key(self, wave: Mapping[str, Any], manifest_sha256: str) -> RSAPublicKey:
        manifest = await self._intake(wave).get_manifest()
        if sha256(manifest).hexdigest() != manifest_sha256:
            raise AnswerError(WORDS[self._language]["wrong-manifest"])
        spki = base64url.decode(wave["publicKey"])
        entry = (wave["keyId"], sha256(spki).hexdigest())
        if entry not in {(key["keyId"], key["publicKeySha256"]) for key in json.loads(manifest)["keys"]}:
            raise AnswerError(WORDS[self._language]["wrong-key"])
        return read_public_key(spki)

    def _path(self, key_id: str) -> Path:
        return self._folder / f"answer-token-{UUID(key_id)}-{self._person}.json"

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

    def _forget(self, token: AnswerToken) -> None:
        self._path(token.key_id).unlink(missing_ok=True)


def _person_of(access_token: str) -> str:
    """What tells the people of one machine apart: the subject of a JWT, the same in the next one; else the token."""
    try:
        subject = json.loads(base64url.decode(access_token.split(".")[1]))["sub"]
    except (IndexError, KeyError, TypeError, ValueError):
        subject = access_token
    return sha256(str(subject).encode()).hexdigest()[:16]
