"""What may be told of participation while a wave is open: a band, and only once enough people have answered since."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from peil.participation.model import Band, TakenFigure

LEAST_INVITED = 30
"""Of fewer people nothing is told before the release."""


def figures_to_take(counted: Sequence[tuple[UUID, int, int]], taken: Mapping[UUID, int], k_n: int) -> list[TakenFigure]:
    """The figures that may move. `counted`: unit, invited, answered; `taken`: answered when it last moved.

    A band that moved at each answer would tell when that one came in, and of whom who had just left the room.
    """
    return [
        TakenFigure(unit_id=unit_id, invited=invited, answered=answered, band=band_of(answered, invited))
        for unit_id, invited, answered in counted
        if answered - taken.get(unit_id, 0) >= k_n
    ]


def band_of(answered: int, invited: int) -> Band:
    """The band in which the rate lies, exactly."""
    if 100 * answered < 30 * invited:
        return "below-30"
    if 100 * answered < 50 * invited:
        return "30-to-50"
    return "50-to-70" if 100 * answered < 70 * invited else "70-or-more"
