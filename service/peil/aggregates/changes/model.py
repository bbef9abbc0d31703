"""What stands beside a change: what to bear in mind, and how far the two waves asked the same people."""

from typing import Annotated, Literal

from msgspec import Meta

from peil.structs import Value

NoteCode = Annotated[
    Literal["waves-independent", "no-cause", "not-representative", "low-response", "too-few-for-a-claim"],
    Meta(title="NoteCode"),
]


class Note(Value, frozen=True, kw_only=True, gc=False):
    """Something to bear in mind with a figure: a code for programs, a sentence for people."""

    code: NoteCode
    text: str


class Drift(Value, frozen=True, kw_only=True, gc=False):
    """How the population of a unit differs between two waves, without texts."""

    before: Annotated[int, Meta(description="People invited in the earlier wave.")]
    after: Annotated[int, Meta(description="People invited in the later wave.")]
    added: Annotated[
        int, Meta(description="Units beneath it with figures in the later wave, which the earlier tree did not have.")
    ]
    removed: Annotated[
        int, Meta(description="Units beneath it with figures in the earlier wave, which the later tree does not have.")
    ]


class PopulationChange(Drift, frozen=True, kw_only=True, gc=False):
    """How the population of a unit differs between two waves, as far as their releases show it."""

    text: str


class ItemEffect(Value, frozen=True, kw_only=True, gc=False):
    """How the answers to one item changed, without its text."""

    key: str
    before: Annotated[int, Meta(description="Answers in the earlier wave.")]
    after: Annotated[int, Meta(description="Answers in the later wave.")]
    hedges_g: Annotated[
        float | None,
        Meta(
            description="Hedges g: the change of the mean in standard deviations, corrected for small groups, upwards "
            "is better; null: in neither wave did any two answers differ."
        ),
    ]
    superiority: Annotated[
        float,
        Meta(
            description="The chance that somebody of the later wave answered better than somebody of the earlier one."
        ),
    ]
    cliffs_delta: Annotated[float, Meta(description="Cliff's delta: the same from -1 to 1.")]
    p: Annotated[
        float,
        Meta(
            description="Two-sided, of a permutation test of the difference of the means: not corrected for how many "
            "items there are."
        ),
    ]
    seed: Annotated[
        int | None,
        Meta(description="What 10,000 permutations were drawn from; null: every permutation was counted."),
    ]


class ItemChange(ItemEffect, frozen=True, kw_only=True, gc=False):
    """How the answers to one item changed, by how they are spread in both waves.

    Answers are equal steps; of a scale of more than five points, the five parts in which it is told are.
    """

    title: str
