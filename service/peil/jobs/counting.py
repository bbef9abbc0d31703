"""Counts a wave: its envelopes are opened some at a time and become counts and comments."""

import asyncio
import os
from collections import deque
from collections.abc import AsyncIterator, Collection, Iterator, Sequence
from typing import Literal, NamedTuple, cast
from uuid import UUID

from peil.comments.model import Written
from peil.instruments.rules import questionnaire
from peil.jobs.unsealing import Envelopes, Open, opening, read_answers
from peil.operation import Transaction
from peil.participation.model import Group
from peil.releases.control import WaveCount
from peil.releases.counting import Answers
from peil.releases.model import Thresholds, UnitSnapshot
from peil.releases.scorings import scorings_of
from peil.responses.model import OpenWave, SealedRow
from peil.responses.operations import count_sealed, list_sealed
from peil.responses.sealing import context_of

# So many batches are being opened at a time: no core waits for the next, and memory holds few.
_AHEAD = 2 * (os.cpu_count() or 1)

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
    sent = await count_sealed(tx, admitted.wave_id)
    surplus = {group.key_id for group in groups if sent.get(group.key_id, 0) > group.invited}
    invited = {group.unit_id: group.invited for group in groups}
    scorings, questions = scorings_of(admitted.questionnaire), questionnaire(admitted.questionnaire)
    # In threads: where one process does everything, the others go on being served.
    count = await asyncio.to_thread(WaveCount, units, invited, scorings, thresholds)
    sorting = _Sorting(admitted, groups, [key for key, choices in questions.items() if choices.codes is None])
    async with opening(secret_key, questions, sum(sent.values())) as open_:
        batches = sorting.address(list_sealed(tx, admitted.wave_id), surplus)
        async for batch, contents in _opened(batches, open_):
            await asyncio.to_thread(count.add, sorting.read(batch, contents))
    unreadable: Failure | None = "answers-unreadable" if sorting.has_failed else None
    return Counted(count, sorting.comments, "answers-surplus" if surplus else unreadable)


class _Home(NamedTuple):
    """Where the answers of a reporting group are counted, and what its envelopes are bound to."""

    unit_id: UUID
    context: bytes


class _Batch(NamedTuple):
    """Some envelopes, and where what is in each of them is counted."""

    homes: list[_Home]
    envelopes: Envelopes


async def _opened(batches: AsyncIterator[_Batch], open_: Open) -> AsyncIterator[tuple[_Batch, list[bytes | None]]]:
    """Each batch with what is in its envelopes, while the next ones are fetched and opened."""
    waiting: deque[tuple[_Batch, asyncio.Future[list[bytes | None]]]] = deque()
    async for batch in batches:
        waiting.append((batch, asyncio.ensure_future(open_(batch.envelopes))))
        if len(waiting) > _AHEAD:
            first, opened = waiting.popleft()
            yield first, await opened
    for batch, opened in waiting:
        yield batch, await opened


class _Sorting:
    """Says of the envelopes of one wave where they belong, and puts aside what was `written` to these items."""

    def __init__(self, admitted: OpenWave, groups: Sequence[Group], written: Sequence[str]) -> None:
        self._homes = {
            group.key_id: _Home(group.unit_id, context_of(admitted.employer_id, admitted.wave_id, group.key_id))
            for group in groups
        }
        self._written = written
        self.comments: list[Written] = []
        self.has_failed = False

    async def address(
        self, batches: AsyncIterator[list[SealedRow]], without: Collection[UUID]
    ) -> AsyncIterator[_Batch]:
        """The envelopes of all groups but those `without`."""
        async for rows in batches:
            homes, sealed = [], []
            for row in rows:
                home = self._homes.get(row.key_id)
                if home is None:
                    self.has_failed = True
                elif row.key_id not in without:
                    homes.append(home)
                    sealed.append(row.envelope)
            yield _Batch(homes, Envelopes(sealed, [home.context for home in homes]))

    def read(self, batch: _Batch, contents: Sequence[bytes | None]) -> Iterator[tuple[UUID, Answers]]:
        """The codes to count in each envelope, with the unit of its group; its comments are put aside."""
        for home, content in zip(batch.homes, contents, strict=True):
            if content is None:
                # One bad row must not keep everybody's answers from being counted, for ever.
                self.has_failed = True
                continue
            answers = read_answers(content)
            for key in self._written:
                if key in answers:
                    self.comments.append(Written(home.unit_id, key, str(answers.pop(key))))
            yield home.unit_id, cast("dict[str, int]", answers)
