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
