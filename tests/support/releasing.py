"""A release of responses that are all there."""

from collections.abc import Iterable, Mapping, Sequence
from uuid import UUID

import numpy as np

from peil.instruments.rules import NOT_ANSWERED
from peil.releases.control import WaveCount
from peil.releases.model import BlockScoring, ChoiceScoring, ReleaseContent, Thresholds, UnitSnapshot

# By item key; None or absent: not answered, or "prefer not to say".
Answers = Mapping[str, int | None]


def release(
    units: Sequence[UnitSnapshot],
    invited: Mapping[UUID, int],
    responses: Iterable[tuple[UUID, Answers]],
    scorings: Sequence[BlockScoring | ChoiceScoring],
    thresholds: Thresholds,
) -> ReleaseContent:
    """What is said of these responses, each with the unit its reporting group stands at."""
    return count(units, invited, responses, scorings, thresholds).release()


def count(
    units: Sequence[UnitSnapshot],
    invited: Mapping[UUID, int],
    responses: Iterable[tuple[UUID, Answers]],
    scorings: Sequence[BlockScoring | ChoiceScoring],
    thresholds: Thresholds,
) -> WaveCount:
    """The same, before anything is said."""
    counted = WaveCount(units, invited, scorings, thresholds, asks_comments=True)
    place = {group: number for number, group in enumerate(invited)}
    given = list(responses)
    keys = [
        key
        for scoring in scorings
        for key in ([scoring.key] if isinstance(scoring, ChoiceScoring) else [item.key for item in scoring.items])
    ]
    places = np.array([place.get(group, len(place)) for group, _ in given], dtype=np.intp)
    codes = {key: np.array([_code(answers.get(key)) for _, answers in given], dtype=np.intp) for key in keys}
    counted.add(counted.counter.count(places, codes))
    return counted


def _code(answer: int | None) -> int:
    return NOT_ANSWERED if answer is None else answer
