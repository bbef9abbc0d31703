"""The shapes of a release: what enters disclosure control and can not be written down, and what leaves it.

Scores are on 0-100, higher is better after reversing. A *step* is the same on an item's own scale: 0 is the
worst answer, points - 1 the best, and 100 · step / (points - 1) its score. Sums of steps are whole numbers,
so everything until the last rounding is exact.
"""

from collections.abc import Sequence
from typing import Annotated, Literal, NamedTuple, NoReturn
from uuid import UUID

from msgspec import UNSET, Meta, UnsetType

from peil.releases.cells_model import (
    BandsCell,
    Cell,
    CountRange,
    DistributionCell,
    ResponseCell,
    SensitiveCell,
)
from peil.structs import Name, Sha256, Slug, Value

# Version of the method; it is part of every manifest, and a change of any published number raises it.
METHOD = "2"

People = Annotated[int, Meta(ge=1, le=100_000)]


class Thresholds(Value, frozen=True, kw_only=True):
    """The least number of people per kind of figure; frozen per wave. The defaults are the floors."""

    k_m: People = 7
    k_c: People = 10
    k_d3: People = 15
    k_d5: People = 30
    k_s: People = 30
    k_pmo: People = 15
    k_abs: People = 30
    k_n: People = 7
    m: People = 2


class Bands(Value, frozen=True, kw_only=True):
    """How many answers of an item are in each band, from the worst answer to the best, after reversing."""

    unfavourable: int
    neutral: int
    favourable: int


class ItemScoring(Value, frozen=True, kw_only=True):
    """How an answer 1 … points is scored; `reverse`: 1 is the best answer; `sensitive`: never a mean."""

    key: Slug
    points: int
    reverse: bool
    sensitive: bool
    bands: Bands


class ChoiceScoring(Value, frozen=True, kw_only=True):
    """An item whose answers 1 … options have no order and no score."""

    key: Slug
    options: int
    sensitive: bool


class BlockScoring(Value, frozen=True, kw_only=True):
    """Items with one base: only who answered all of them counts for any."""

    key: Slug
    items: list[ItemScoring]


class UnitSnapshot(Value, frozen=True, kw_only=True):
    """A unit on the day the wave opened.

    `reporting_group` is the unit at which the group of its own people stands; None: it has no people of its
    own.
    """

    unit_id: UUID
    parent_id: UUID | None
    name: Name
    reporting_group: UUID | None


class RawCell:
    """Unprotected counts of one group or atom for one block.

    It is no Struct, has no fields a serialiser could find, and refuses pickle, copy, print and format: a
    count that has not passed disclosure control can reach no answer, log or trace by accident.

    `n` respondents; `counts` per item (one after another) and step; `total` and `squares` are the sums of the
    respondents' block scores and of their squares, in the block's grain (`protection.Grain`).
    """

    __slots__ = ("counts", "n", "squares", "total")

    def __init__(self, width: int) -> None:
        self.n = 0
        self.counts = [0] * width
        self.total = 0
        self.squares = 0

    def __repr__(self) -> str:
        raise TypeError("a raw cell is never written down")

    __str__ = __repr__

    def __format__(self, _spec: str) -> str:
        raise TypeError("a raw cell is never written down")

    def __reduce_ex__(self, _protocol: object) -> NoReturn:
        raise TypeError("a raw cell is never written down")


def total_of(cells: Sequence[RawCell]) -> RawCell:
    """The respondents of all `cells`, no one of whom is in two of them; of one cell it is that cell itself."""
    [first, *others] = cells
    if not others:
        return first
    total = RawCell(0)
    total.n = sum(cell.n for cell in cells)
    total.total = sum(cell.total for cell in cells)
    total.squares = sum(cell.squares for cell in cells)
    total.counts = [sum(column) for column in zip(*(cell.counts for cell in cells), strict=True)]
    return total


class ResponseAtom(Value, frozen=True, kw_only=True, gc=False):
    """Respondents in `unit_id` who are in no published unit beneath it."""

    unit_id: UUID
    respondents: int


class Atom(Value, frozen=True, kw_only=True, gc=False):
    """The protected statistics of a block for those in `unit_id` who are in no published unit beneath it.

    `steps` is the protected sum of steps per item: whatever is published of the block is a sum of these.
    """

    unit_id: UUID
    n: int
    steps: dict[Slug, int]


class PooledSd(Value, frozen=True, kw_only=True, gc=False):
    """The spread between people of one atom, pooled over those of which distributions are told; `degrees` of freedom.

    `bound`: it is at most so large. Told where no atom of means is one of distributions by itself: the mean of the
    spreads of the items, as their distributions show them, which the spread of their mean never passes.
    """

    sd: float
    degrees: int
    bound: bool


class TableAtom(Value, frozen=True, kw_only=True, gc=False):
    """The protected counts of those in `unit_id` who are in no published unit beneath it, per item."""

    unit_id: UUID
    n: int
    counts: dict[Slug, tuple[int, ...]]


class Tables(Value, frozen=True, kw_only=True):
    """Counted answers in the whole wave: `published` units and atoms in depth-first order."""

    published: list[UUID]
    atoms: list[TableAtom]


class RangeAtom(Value, frozen=True, kw_only=True, gc=False):
    """The counts of a sensitive item of those in `unit_id` who are in no published unit beneath it."""

    unit_id: UUID
    n: int
    counts: tuple[CountRange, ...]


class SensitiveRelease(Value, frozen=True, kw_only=True):
    """A sensitive item in the whole wave."""

    key: Slug
    published: list[UUID]
    atoms: list[RangeAtom]


class ChoiceRelease(Value, frozen=True, kw_only=True):
    """A single-choice item in the whole wave."""

    key: Slug
    distributions: Tables


class BlockRelease(Value, frozen=True, kw_only=True):
    """A block in the whole wave: atoms in depth-first order; `spread` None: nowhere is a distribution told.

    `bands` and `distributions` are those of its items, in fewer and larger atoms.
    """

    key: Slug
    spread: PooledSd | None
    published: list[UUID]
    atoms: list[Atom]
    bands: Tables
    distributions: Tables


class ResponseRelease(Value, frozen=True, kw_only=True):
    """Participation in the whole wave."""

    published: list[UUID]
    atoms: list[ResponseAtom]


class UnitScores(Value, frozen=True, kw_only=True):
    """What is said about one unit but for its items: participation, and a cell per block."""

    unit_id: UUID
    name: Name
    response: ResponseCell
    blocks: dict[Slug, Cell]


class UnitRelease(UnitScores, frozen=True, kw_only=True):
    """All that is said about one unit: a cell per block, and per item of each kind of figure that it has."""

    bands: dict[Slug, BandsCell]
    distributions: dict[Slug, DistributionCell]
    sensitive: dict[Slug, SensitiveCell]


class ReleaseContent(Value, frozen=True, kw_only=True):
    """The numbers of one wave, all of them; units in depth-first order, siblings by id."""

    method: str
    thresholds: Thresholds
    tree: Sha256
    response: ResponseRelease
    comments: Annotated[
        ResponseRelease | UnsetType,
        Meta(description="Where comments are shown, of how many who answered; absent: none were asked, or told here."),
    ] = UNSET
    blocks: list[BlockRelease]
    choices: list[ChoiceRelease]
    sensitive: list[SensitiveRelease]
    units: list[UnitRelease]


class Manifest(Value, frozen=True, kw_only=True):
    """What was released, in short; `hash` is over all other fields and chains to the `previous` release.

    Which units are published: in `published` and `bands` per block, in `distributions` per block or choice, in
    `sensitive` per item.
    """

    wave_id: UUID
    policy_version: Annotated[
        int | UnsetType, Meta(description="Of the employer's policy, as the wave keeps it; absent in older releases.")
    ] = UNSET
    code_version: Annotated[
        str | UnsetType, Meta(description="Of Peil, which made the release; absent in older releases.")
    ] = UNSET
    tree: Sha256
    thresholds: Thresholds
    method: str
    participation: list[UUID]
    published: dict[Slug, list[UUID]]
    bands: dict[Slug, list[UUID]]
    distributions: dict[Slug, list[UUID]]
    sensitive: dict[Slug, list[UUID]]
    comments: Annotated[
        list[UUID] | UnsetType | None,
        Meta(description="Which units show comments; null: none were asked. Absent in older releases."),
    ] = UNSET
    statistics: Sha256
    previous: Sha256 | None
    hash: Sha256


class Place(Value, frozen=True, kw_only=True):
    """Where a unit stands in the snapshot; `whole`: everybody of it and beneath it was asked."""

    unit_id: UUID
    parent_id: UUID | None
    name: str
    position: int
    whole: bool


class UnitAtoms(Value, frozen=True, kw_only=True, omit_defaults=True):
    """The atoms that stand at one unit: by kind of figure, and by the block or item, or * for all respondents."""

    response: dict[str, ResponseAtom] = {}
    mean: dict[Slug, Atom] = {}
    bands: dict[Slug, TableAtom] = {}
    distribution: dict[Slug, TableAtom] = {}
    sensitive: dict[Slug, RangeAtom] = {}
    comments: dict[str, ResponseAtom] = {}


class WrittenRelease(NamedTuple):
    """The numbers of one wave, the same and the organisation as they are hashed, and the hash of the numbers."""

    content: ReleaseContent
    written: bytes
    hash: str
    tree: bytes


class WrittenPart(NamedTuple):
    """A part of a release, byte for byte as it was hashed; the manifest with its hash."""

    part: Literal["manifest", "content", "tree"]
    written: bytes


class CommentAtoms(NamedTuple):
    """The atoms of comments, at the units that show some, and per reporting group's unit the one that shows its own.

    A group that is not in `homes` has none: what was written there is shown nowhere. `published`: the units with atoms,
    and those that are sums of some.
    """

    published: list[UUID]
    atoms: list[ResponseAtom]
    homes: dict[UUID, UUID]

    @property
    def units(self) -> list[UUID]:
        """The units that show comments."""
        return [atom.unit_id for atom in self.atoms]
