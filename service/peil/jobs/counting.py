"""Counts a wave: its envelopes are opened some at a time, in a thread, and become counts and comments."""

import asyncio
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Literal, NamedTuple, cast
from uuid import UUID

import msgspec

from peil.comments.model import Written
from peil.instruments.model import Questionnaire
from peil.instruments.rules import is_sealable, questionnaire
from peil.operation import Transaction
from peil.participation.model import Group
from peil.releases.control import WaveCount
from peil.releases.counting import Answers
from peil.releases.model import Thresholds, UnitSnapshot
from peil.releases.scorings import scorings_of
from peil.responses.model import OpenWave, SealedRow
from peil.responses.operations import count_sealed, list_sealed
from peil.responses.sealing import Unsealer, UnsealingError, context_of

_decode_answers = msgspec.json.Decoder(dict[str, int | str]).decode

Failure = Literal["answers-surplus", "answers-unreadable"]


class Counted(NamedTuple):
    """What the envelopes of a wave held: counts, and comments, each by itself."""

    counts: WaveCount
    comments: list[Written]
    failure: Failure | None
    """What was left out, the graver where it is both; None: nothing was."""


async def count_wave(
    tx: Transaction,
    unsealer: Unsealer,
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
    homes = {group.key_id: group.unit_id for group in groups}
    invited = {group.unit_id: group.invited for group in groups}
    scorings = scorings_of(admitted.questionnaire)
    # In threads: where one process does everything, the others go on being served.
    count = await asyncio.to_thread(WaveCount, units, invited, scorings, thresholds)
    opening = _Opening(admitted, unsealer, homes)
    async for rows in list_sealed(tx, admitted.wave_id):
        await asyncio.to_thread(_count, count, opening, [row for row in rows if row.key_id not in surplus])
    unreadable: Failure | None = "answers-unreadable" if opening.has_failed else None
    return Counted(count, opening.comments, "answers-surplus" if surplus else unreadable)


def _count(count: WaveCount, opening: "_Opening", rows: Iterable[SealedRow]) -> None:
    count.add(opening.open(rows))


class _Home(NamedTuple):
    """Where the answers of a reporting group are counted, and what its envelopes are bound to."""

    unit_id: UUID
    context: bytes


class _Opening:
    """Opens the envelopes of one wave; `homes`: the unit of each reporting group by its key."""

    def __init__(self, admitted: OpenWave, unsealer: Unsealer, homes: Mapping[UUID, UUID]) -> None:
        self._unsealer = unsealer
        self._homes = {
            key_id: _Home(unit_id, context_of(admitted.employer_id, admitted.wave_id, key_id))
            for key_id, unit_id in homes.items()
        }
        self._questions: Questionnaire = questionnaire(admitted.questionnaire)
        self._written = [key for key, choices in self._questions.items() if choices.codes is None]
        self.comments: list[Written] = []
        self.has_failed = False

    def open(self, rows: Iterable[SealedRow]) -> Iterator[tuple[UUID, Answers]]:
        """The codes to count in each envelope, with the unit of its group; its comments are put aside."""
        for row in rows:
            home = self._homes.get(row.key_id)
            answers = None if home is None else self._read(row.envelope, home.context)
            if home is None or answers is None:
                # One bad row must not keep everybody's answers from being counted, for ever.
                self.has_failed = True
                continue
            for key in self._written:
                if key in answers:
                    self.comments.append(Written(home.unit_id, key, str(answers.pop(key))))
            yield home.unit_id, cast("dict[str, int]", answers)

    def _read(self, envelope: bytes, context: bytes) -> dict[str, int | str] | None:
        """What is in an envelope; None where it is damaged, or was put there by something that is not the intake."""
        try:
            answers = _decode_answers(self._unsealer.unseal(envelope, context))
        except (UnsealingError, msgspec.DecodeError):
            return None
        return answers if is_sealable(self._questions, answers) else None
