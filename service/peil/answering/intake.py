"""What a program asks of the intake: over connections of their own, with nothing that names a person."""

import json
from collections.abc import Mapping
from typing import Any, NamedTuple
from uuid import UUID

import httpx

from peil.answering.words import WORDS

OVER = frozenset({"wave-closed", "wave-cancelled"})
"""What the service says of a wave that takes no answers any more."""


class AnswerError(Exception):
    """The service refused, or is not to be trusted; the reason is in words. `code` is the service's, None without."""

    def __init__(self, reason: str, code: str | None = None) -> None:
        super().__init__(reason)
        self.code = code


class AnswerToken(NamedTuple):
    """What is sent beside the answers in blind mode."""

    key_id: str
    message: str
    signature: str

    def as_sent(self) -> dict[str, str]:
        """The members of a response that hold it."""
        return {"keyId": self.key_id, "message": self.message, "signature": self.signature}


class Code(NamedTuple):
    """What is sent beside the answers in handout and split mode."""

    code: str

    def as_sent(self) -> dict[str, str]:
        """The member of a response that holds it."""
        return {"code": self.code}


class Intake:
    """One wave at the intake. `url`: without `/v1`; `language`: in which it refuses (`nl`, `en`).

    `transport`: how requests go; None: over the network.
    """

    def __init__(
        self, url: str, wave_id: UUID, language: str = "en", transport: httpx.AsyncBaseTransport | None = None
    ) -> None:
        self._url = f"{url}/v1/waves/{wave_id}"
        self._language = language
        self._transport = transport

    async def get_questionnaire(self) -> dict[str, Any]:
        """What the wave asks. Raises AnswerError."""
        return dict(json.loads(await self._call("GET", "questionnaire")))

    async def get_manifest(self) -> bytes:
        """The list of the wave's keys, byte by byte. Raises AnswerError."""
        return await self._call("GET", "manifest")

    async def submit(
        self, right: AnswerToken | Code, answers: Mapping[str, Any], content_hash: str | None = None
    ) -> str:
        """`recorded` or `already-recorded`. `content_hash`: which questionnaire is answered. Raises AnswerError."""
        body = {**right.as_sent(), "contentHash": content_hash, "answers": dict(answers)}
        return str(json.loads(await self._call("POST", "responses", json=body))["result"])

    async def _call(self, method: str, what: str, **options: Any) -> bytes:
        return await call(self._transport, method, f"{self._url}/{what}", self._language, **options)


async def call(
    transport: httpx.AsyncBaseTransport | None, method: str, url: str, language: str, **options: Any
) -> bytes:
    """The body of the answer to one request, over a connection of its own. Raises AnswerError in `language`."""
    try:
        async with httpx.AsyncClient(transport=transport, headers={"accept-language": language}) as http:
            answer = await http.request(method, url, **options)
    except httpx.HTTPError as error:
        raise AnswerError(f"{WORDS[language]['offline']} ({url}: {error})") from None
    if not answer.is_success:
        raise _refusal(answer)
    return answer.content


def _refusal(answer: httpx.Response) -> AnswerError:
    try:
        problem = answer.json()
        reason = " ".join([problem["detail"], *(finding["detail"] for finding in problem["errors"])])
        return AnswerError(reason, problem["code"])
    except (ValueError, KeyError, TypeError):
        # A proxy on the way may answer in a form of its own.
        return AnswerError(f"the service answered {answer.status_code}")
