"""Statistics beside a figure: how sure a share is, and what those who did not answer could make of it."""

from typing import Annotated

from msgspec import Meta

from peil.releases.cells_model import Interval
from peil.structs import Value

Rate = Annotated[
    float | None,
    Meta(
        description="Per cent of those invited who answered all of the block; null: no figure, or it is not told how "
        "many were invited."
    ),
]


class Share(Value, frozen=True, kw_only=True, gc=False):
    """How many per cent of the answers are in the favourable band."""

    percent: Annotated[float, Meta(description="Of those who answered.")]
    interval: Annotated[
        Interval | None,
        Meta(
            description="95 %, in per cent, of this team now; null: the number invited is not told, or everybody "
            "answered."
        ),
    ]


class Bounds(Value, frozen=True, kw_only=True, gc=False):
    """Between what and what a figure would lie if everybody invited had answered, whatever the others had said."""

    low: float
    high: float
