"""Somebody who answers: what this person sent, what was told, and what the release may therefore count."""

import random
from collections.abc import Mapping
from typing import Any, Literal, get_args

from crash.line import Reply
from peil.checks.anonymity.canary import ITEMS

Answers = Mapping[str, int]
Habit = Literal["plain", "loses", "returns", "races", "greedy", "forges", "silent"]
"""plain: answers once. loses: hangs up before the reply, and retries. returns: sends other answers afterwards.
races: sends twice at the same time, the same answers or others. greedy: races, and asks for two tokens before.
forges: sends what is no token, and a body that is none. silent: has a token and never answers."""

_WEIGHTS = (50, 15, 8, 10, 5, 2, 10)


class Person:
    """`unit` is a name; `token` is what goes beside the answers, of which the intake keeps `token_hash`."""

    def __init__(self, external_id: str, unit: str, chance: random.Random) -> None:
        self.external_id = external_id
        self.unit = unit
        self.habit: Habit = chance.choices(get_args(Habit), _WEIGHTS)[0]
        self.answers = made_up(chance)
        self.others = made_up(chance) if self.habit == "returns" or chance.random() < 0.5 else self.answers
        self.token: Mapping[str, Any] | None = None
        self.token_hash: bytes | None = None
        self.sent: list[Answers] = []
        """Every set of answers that was sent with the token."""
        self.may_count: list[Answers] = []
        """Of which one must be counted; empty: there was no 2xx."""
        self.is_recorded = False
        """Whether there was a 201."""
        self.is_unsure = False
        """Whether something may have been recorded without a 2xx that said so."""
        self.is_refused = False
        """Whether the wave was closed when this person came."""
        self.asked_for: set[bytes | None] = {None}
        """What the ledger may hold of this person: digests of blinded messages, None for no token."""
        self.signatures: set[str] = set()
        """The blind signatures that were received."""
        self.complaints: list[str] = []

    def hear_issued(self, digest: bytes, reply: Reply) -> None:
        """What the service said to a request for an answer token."""
        if reply.status == 200:
            self.signatures.add(reply.body["blindSignature"])
            self.asked_for = {digest}
        elif reply.status == 409 and reply.body["code"] in ("answer-token-issued", "wave-closed"):
            self.is_refused |= reply.body["code"] == "wave-closed"
            if reply.doubted and not self.signatures:
                self.asked_for.add(digest)
        else:
            self.complaints.append(f"{reply} for an answer token")
        if len(self.signatures) > 1:
            self.complaints.append("two answer tokens")

    def hear(self, answers: Answers, reply: Reply) -> None:
        """What the intake said to these answers. Only the first counts, and only to the first it says 201."""
        if reply.status == 201:
            if self.is_recorded or answers not in (self.may_count or self.sent):
                self.complaints.append(f"{reply} for answers that were not the first")
            self.is_recorded = True
            self.may_count = [answers]
        elif reply.status == 200:
            self.may_count = self.may_count or list(self.sent)
        elif reply.status == 409 and reply.body["code"] == "wave-closed":
            self.is_refused = True
            self.is_unsure |= reply.doubted
        else:
            self.complaints.append(f"{reply} for answers")


def made_up(chance: random.Random) -> Answers:
    return {key: chance.randint(1, 5) for key in ITEMS}
