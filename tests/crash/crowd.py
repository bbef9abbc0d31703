"""A crowd that answers: takes tokens from the API and sends answers to the intake, over bad lines."""

import asyncio
import random
import secrets
from collections.abc import Sequence
from contextlib import suppress
from hashlib import sha256
from typing import Any
from uuid import UUID

import msgspec

from crash.conftest import Site
from crash.line import Line, Reply
from crash.person import Answers, Person
from peil import base64url
from peil.checks.anonymity.canary import ITEMS
from peil.keys.blind_signatures import blind, prepare, read_public_key
from peil.participation.codes import draw_code, hash_code
from support.answering import Blinding, Token
from support.house import Employer

CALLERS = 32
"""How many answer at the same time."""


class Crowd:
    """People who are invited to one wave, some dozens of whom answer at any moment."""

    def __init__(
        self, site: Site, employer: Employer, wave_id: UUID, people: Sequence[Person], chance: random.Random
    ) -> None:
        self.employer = employer
        self.wave_id = wave_id
        self.people = people
        self.done = 0
        """How many people have come to an end."""
        self._issuer = site.house.issuer
        self._chance = chance
        self.api, self.intake = Line(site.api_url, chance), Line(site.intake_url, chance)
        self._is_closed = asyncio.Event()
        self._keys: dict[str, asyncio.Task[Any]] = {}

    def leave(self) -> None:
        self.api.close()
        self.intake.close()

    async def obtain(self, people: Sequence[Person]) -> None:
        """These people get an answer token each."""
        await self._each(people, self._obtain)

    async def answer(self, people: Sequence[Person], seconds: float = 0) -> None:
        """These people answer as is their habit, those without a token get one first.

        They come over so many seconds, or until the first is refused because the wave is closed.
        """
        pause = 2 * seconds * CALLERS / len(people)

        async def take_part(person: Person) -> None:
            await self._obtain(person)
            await self._answer(person)
            self.done += 1
            if person.is_refused:
                self._is_closed.set()
            with suppress(TimeoutError):
                await asyncio.wait_for(self._is_closed.wait(), self._chance.uniform(0, pause))

        await self._each(people, take_part)

    async def until_done(self, number: int) -> None:
        """Waits until so many people have come to an end."""
        while self.done < number:  # noqa: ASYNC110 - dozens of callers count up, and one looks
            await asyncio.sleep(0.01)

    async def _each(self, people: Sequence[Person], deed: Any) -> None:
        waiting = list(people)

        async def call() -> None:
            while waiting:
                await deed(waiting.pop())

        async with asyncio.TaskGroup() as callers:
            for _ in range(CALLERS):
                callers.create_task(call())

    async def _obtain(self, person: Person) -> None:
        if person.token_hash is not None:
            return
        signed_in = self._issuer.token(person.external_id, aud=str(self.employer.employer_id), groups=[])
        wave = await self._wave(person.unit, signed_in)
        if wave is None:
            person.is_refused = True
            return
        blindings = [_blinding(wave) for _ in range(2 if person.habit == "greedy" else 1)]
        tokens = await asyncio.gather(*(self._issue(person, one, signed_in) for one in blindings))
        for token in filter(None, tokens):
            person.token = msgspec.json.decode(msgspec.json.encode(token.with_answers({})))
            person.token_hash = sha256(token.message).digest()
        if person.habit in ("loses", "greedy") and person.token is not None:
            # The same again, and then another.
            for again in (*blindings, _blinding(wave)):
                await self._issue(person, again, signed_in)

    async def _wave(self, unit: str, signed_in: str) -> Any:
        """The wave as the first of a unit who asks sees it: the key is that of all of them. None: it is over."""
        if unit not in self._keys:
            self._keys[unit] = asyncio.create_task(self.api.insist("/v1/me/waves", token=signed_in))
        reply: Reply = await self._keys[unit]
        return next((wave for wave in reply.body["items"] if wave["waveId"] == str(self.wave_id)), None)

    async def _issue(self, person: Person, blinding: Blinding, signed_in: str) -> Token | None:
        reply = await self.api.insist(
            f"/v1/waves/{self.wave_id}/answer-tokens",
            msgspec.json.encode(blinding.request),
            token=signed_in,
            loses=person.habit in ("loses", "greedy"),
        )
        person.hear_issued(sha256(blinding.blinded.message).digest(), reply)
        return blinding.unblind(reply.body) if reply.status == 200 else None

    async def _answer(self, person: Person) -> None:
        if person.token is None or person.habit == "silent":
            return
        if person.habit == "forges":
            await self._forge(person, person.token)
        elif person.habit in ("races", "greedy"):
            await asyncio.gather(self._send(person, person.answers), self._send(person, person.others))
        else:
            await self._send(person, person.answers)
            if person.habit == "returns":
                await self._send(person, person.others)

    async def _send(self, person: Person, answers: Answers) -> None:
        person.sent.append(answers)
        person.hear(answers, await self._submit(person, {**(person.token or {}), "answers": answers}))

    async def _forge(self, person: Person, token: Any) -> None:
        """Sends what only looks like a token, and a body that is none with a good one."""
        forged = {"message": base64url.encode(prepare(bytes(32)))} if "message" in token else {"code": draw_code()}
        for body, status in (
            ({**token, **forged, "answers": person.answers}, 403),
            ({**token, "answers": {ITEMS[0]: 9}}, 400),
        ):
            reply = await self._submit(person, body)
            if reply.status not in (status, 409):
                person.complaints.append(f"{reply} for a forgery")

    async def _submit(self, person: Person, body: Any) -> Reply:
        path = f"/v1/waves/{self.wave_id}/responses"
        return await self.intake.insist(path, msgspec.json.encode(body), loses=person.habit == "loses")


def with_code(person: Person, code: str) -> None:
    """The person has this code."""
    person.token = {"code": code}
    person.token_hash = hash_code(code)


def _blinding(wave: Any) -> Blinding:
    message = prepare(secrets.token_bytes(32))
    return Blinding(wave, message, blind(read_public_key(base64url.decode(wave["publicKey"])), message))
