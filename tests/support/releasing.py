"""A release of responses that are all there."""

from collections.abc import Iterable, Mapping, Sequence
from uuid import UUID

from peil.releases.control import WaveCount
from peil.releases.counting import Answers
from peil.releases.model import BlockScoring, ReleaseContent, Thresholds, UnitSnapshot


def release(
    units: Sequence[UnitSnapshot],
    invited: Mapping[UUID, int],
    responses: Iterable[tuple[UUID, Answers]],
    blocks: Sequence[BlockScoring],
    thresholds: Thresholds,
) -> ReleaseContent:
    """What is said of these responses, each with the unit its reporting group stands at."""
    count = WaveCount(units, invited, blocks, thresholds)
    count.add(responses)
    return count.release()
