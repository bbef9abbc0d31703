"""A release of responses that are all there."""

from collections.abc import Iterable, Mapping, Sequence
from uuid import UUID

from peil.releases.control import WaveCount
from peil.releases.counting import Answers
from peil.releases.model import BlockScoring, ChoiceScoring, ReleaseContent, Thresholds, UnitSnapshot


def release(
    units: Sequence[UnitSnapshot],
    invited: Mapping[UUID, int],
    responses: Iterable[tuple[UUID, Answers]],
    scorings: Sequence[BlockScoring | ChoiceScoring],
    thresholds: Thresholds,
) -> ReleaseContent:
    """What is said of these responses, each with the unit its reporting group stands at."""
    count = WaveCount(units, invited, scorings, thresholds)
    count.add(responses)
    return count.release()
