"""The people who take part, in a process of their own, as their devices would be.

`python -m peil.demo.crowd API INTAKE WAVE` reads a `Taking` a line, and tells in the end what was `Taken`.
"""

import secrets
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from hashlib import sha256
from http.client import HTTPConnection, HTTPException
from typing import Any
from urllib.parse import urlsplit

import msgspec

from peil import base64url
from peil.instruments.model import Answer
from peil.keys.blind_signatures import blind, finalize, prepare, read_public_key

AT_ONCE = 16


class Taking(msgspec.Struct, frozen=True, kw_only=True):
    """Somebody who takes part: by a code, or where there is none by the own sign-in, which never goes with answers."""

    sign_in: str
    code: str | None
    answers: dict[str, Answer]


class Taken(msgspec.Struct, frozen=True, kw_only=True):
    """How many answers were recorded; `again`: what the first one was told who sent the same twice."""

    recorded: int
    again: str


class RefusedError(Exception):
    """Somebody was told otherwise than should be; the message says what."""


class Device:
    """Where people take part, one after another: no connection that carried a sign-in ever carries an answer."""

    def __init__(self, api_url: str, intake_url: str, wave_id: str) -> None:
        self._at_work = HTTPConnection(urlsplit(api_url).netloc)
        self._as_nobody = HTTPConnection(urlsplit(intake_url).netloc)
        self._wave_id = wave_id
        self._announced: dict[str, dict[str, str]] = {}

    def let_take_part(self, people: Iterator[Taking]) -> list[dict[str, Any]]:
        """What those sent whom no other device let take part. Raises RefusedError."""
        sent = []
        for person in people:
            right = {"code": person.code} if person.code else self._answer_token(person.sign_in)
            sent.append(right | {"answers": person.answers})
            self.send(sent[-1], expected=201)
        return sent

    def send(self, response: dict[str, Any], *, expected: int) -> str:
        """`recorded` or `already-recorded`. Raises RefusedError."""
        path = f"/v1/waves/{self._wave_id}/responses"
        answer = _ask(self._as_nobody, "POST", path, response, expected=expected)
        return str(msgspec.json.decode(answer)["result"])

    def _answer_token(self, sign_in: str) -> dict[str, Any]:
        """An answer token as RFC 9474 makes it: the service signs what it cannot see. Raises RefusedError."""
        waves = msgspec.json.decode(_ask(self._at_work, "GET", "/v1/me/waves", sign_in=sign_in))["items"]
        wave = next((wave for wave in waves if wave["waveId"] == self._wave_id), None)
        if wave is None:
            raise RefusedError("somebody is not invited")
        spki = base64url.decode(wave["publicKey"])
        self._require_announced(wave, sha256(spki).hexdigest())
        key, message = read_public_key(spki), prepare(secrets.token_bytes(32))
        blinded = blind(key, message)
        asked = {"keyId": wave["keyId"], "blindedMessage": base64url.encode(blinded.message)}
        answer = _ask(self._at_work, "POST", f"/v1/waves/{self._wave_id}/answer-tokens", asked, sign_in=sign_in)
        signed = base64url.decode(msgspec.json.decode(answer)["blindSignature"])
        return {
            "keyId": wave["keyId"],
            "message": base64url.encode(message),
            "signature": base64url.encode(finalize(key, message, signed, blinded.inverse)),
        }

    def _require_announced(self, wave: dict[str, Any], digest: str) -> None:
        """Nobody takes a key that is not in the list of which everybody is told. Raises RefusedError."""
        told = wave["manifestSha256"]
        if told not in self._announced:
            manifest = _ask(self._as_nobody, "GET", f"/v1/waves/{self._wave_id}/manifest")
            if sha256(manifest).hexdigest() != told:
                raise RefusedError("the list of keys is another than was announced")
            keys = msgspec.json.decode(manifest)["keys"]
            self._announced[told] = {key["keyId"]: key["publicKeySha256"] for key in keys}
        if self._announced[told].get(wave["keyId"]) != digest:
            raise RefusedError("a key is not in the list that was announced")


def let_take_part(api_url: str, intake_url: str, wave_id: str, people: list[Taking]) -> Taken:
    """Everybody takes part, some at a time; then the first one sends the same again. Raises RefusedError."""
    devices = [Device(api_url, intake_url, wave_id) for _ in range(AT_ONCE)]
    waiting = iter(people)
    with ThreadPoolExecutor(AT_ONCE) as threads:
        sent = [one for some in threads.map(lambda device: device.let_take_part(waiting), devices) for one in some]
    return Taken(recorded=len(sent), again=devices[0].send(sent[0], expected=200))


def main(api_url: str, intake_url: str, wave_id: str) -> int:
    """0 where everybody was heard; 1 where somebody was not, with the reason on the output."""
    people = msgspec.json.Decoder(Taking).decode_lines(sys.stdin.buffer.read())
    try:
        taken = let_take_part(api_url, intake_url, wave_id, people)
    except (RefusedError, HTTPException, OSError) as error:
        sys.stdout.write(f"{str(error) or type(error).__name__}\n")
        return 1
    sys.stdout.buffer.write(msgspec.json.encode(taken))
    return 0


def _ask(
    connection: HTTPConnection,
    method: str,
    path: str,
    body: dict[str, Any] | None = None,
    *,
    sign_in: str | None = None,
    expected: int = 200,
) -> bytes:
    headers = {} if sign_in is None else {"authorization": f"Bearer {sign_in}"}
    if body is not None:
        headers["content-type"] = "application/json"
    connection.request(method, path, None if body is None else msgspec.json.encode(body), headers)
    answer = connection.getresponse()
    content = answer.read()
    if answer.status != expected:
        raise RefusedError(f"{method} {path} was answered {answer.status}: {content.decode()[:2000]}")
    return content


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
