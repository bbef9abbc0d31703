"""Counts a wave: its envelopes are opened some at a time and become counts and comments."""

import asyncio
from collections import deque
from collections.abc import Collection, Sequence
from typing import Literal, NamedTuple

from peil.comments.model import Written
from peil.instruments.rules import asks_comments, questionnaire
from peil.jobs.unsealing import CORES, Asked, Comment, Open, Opened, opening
from peil.operation import Transaction
from peil.participation.model import Group
from peil.releases.control import WaveCount
from peil.releases.model import Thresholds, UnitSnapshot
from peil.releases.scorings import scorings_of
from peil.responses.model import OpenWave
from peil.responses.operations import copy_sealed, count_sealed

# So many pieces of so many bytes are being opened at a time: no core waits for the next, and memory holds few.
_AHEAD = 2 * CORES
_PIECE_BYTES = 1 << 21

Failure = Literal["answers-surplus", "answers-unreadable"]


class Counted(NamedTuple):
    """What the envelopes of a wave held: counts, and comments, each by itself."""

    counts: WaveCount
    comments: list[Written]
    failure: Failure | None
    """What was left out, the graver where it is both; None: nothing was."""


async def count_wave(
    tx: Transaction,
    secret_key: bytes,
    admitted: OpenWave,
    units: Sequence[UnitSnapshot],
    groups: Sequence[Group],
    thresholds: Thresholds,
) -> Counted:
    """Opens every envelope of a wave that is closed. What was in them is in memory for a moment, and nowhere else.

    Where a group has sent more than it has people, something wrote there that is not the intake, or a restored
    database let somebody answer twice. Nobody can tell which answers are the people's, so none of that group counts;
    to pick some would be to make a figure up. It is decided by how many there are, before one is opened.
    """
    invited = {group.unit_id: group.invited for group in groups}
    scorings, questions = scorings_of(admitted.questionnaire), questionnaire(admitted.questionnaire)
    # In a thread: where one process does everything, the others go on being served.
    count = await asyncio.to_thread(
        WaveCount, units, invited, scorings, thresholds, asks_comments=asks_comments(admitted.questionnaire)
    )
    asked = Asked(admitted.employer_id, admitted.wave_id, [group.key_id for group in groups], questions, count.counter)
    # By how many were invited: the openers begin while the server counts how many have sent something.
    async with opening(secret_key, asked, sum(invited.values())) as open_:
        sent = await count_sealed(tx, admitted.wave_id)
        surplus = {group.key_id.bytes for group in groups if sent.get(group.key_id, 0) > group.invited}
        reading = _Reading(open_, surplus, count)
        await copy_sealed(tx, admitted.wave_id, reading.take)
        await reading.finish()
    comments = [Written(groups[comment.place].unit_id, comment.item, comment.text) for comment in reading.comments]
    unreadable: Failure | None = "answers-unreadable" if reading.has_failed else None
    return Counted(count, comments, "answers-surplus" if surplus else unreadable)


class _Reading:
    """Puts sealed responses together into pieces, has them opened, and adds up what was in them."""

    def __init__(self, open_: Open, left_closed: Collection[bytes], count: WaveCount) -> None:
        self._open, self._left_closed, self._count = open_, left_closed, count
        self._piece = bytearray()
        self._waiting: deque[asyncio.Future[Opened]] = deque()
        self.comments: list[Comment] = []
        self.has_failed = False

    async def take(self, rows: bytes) -> None:
        """Some whole rows; waits while enough are being opened."""
        self._piece += rows
        if len(self._piece) >= _PIECE_BYTES:
            self._send()
            if len(self._waiting) > _AHEAD:
                self._add(await self._waiting.popleft())

    async def finish(self) -> None:
        """There are no more."""
        self._send()
        while self._waiting:
            self._add(await self._waiting.popleft())

    def _send(self) -> None:
        self._waiting.append(asyncio.ensure_future(self._open(bytes(self._piece), self._left_closed)))
        self._piece.clear()

    def _add(self, opened: Opened) -> None:
        self._count.add(opened.counts)
        self.comments += opened.comments
        self.has_failed |= opened.has_failed
