"""The shapes of a release: what enters disclosure control and can not be written down, and what leaves it.

Scores are on 0-100, higher is better after reversing. A *step* is the same on an item's own scale: 0 is the
worst answer, points - 1 the best, and 100 · step / (points - 1) its score. Sums of steps are whole numbers,
so everything until the last rounding is exact.
"""

from operator import add
from typing import Annotated, Literal, NamedTuple, NoReturn
from uuid import UUID

from msgspec import Meta

from peil.structs import Name, Sha256, Slug, Value

# Version of the method; it is part of every manifest, and a change of any published number raises it.
METHOD = "1"

Coverage = Literal["all", "groups-beneath"]
ResponseWarning = Literal["not-representative", "low-response"]


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

    def add(self, other: "RawCell") -> None:
        """Count the respondents of `other`, who are nobody counted here, as well."""
        self.n += other.n
        self.total += other.total
        self.squares += other.squares
        self.counts = list(map(add, self.counts, other.counts))

    def __repr__(self) -> str:
        raise TypeError("a raw cell is never written down")

    __str__ = __repr__

    def __format__(self, _spec: str) -> str:
        raise TypeError("a raw cell is never written down")

    def __reduce_ex__(self, _protocol: object) -> NoReturn:
        raise TypeError("a raw cell is never written down")


class Interval(Value, frozen=True, kw_only=True, gc=False):
    """95 %; on the scale 0-100."""

    low: float
    high: float


class ProtectedCell(Value, frozen=True, kw_only=True, gc=False, tag_field="status", tag="protected"):
    """No figure, to protect people. `reported_at`: the unit above that has figures; None: there is none."""

    reported_at: UUID | None


class PublishedResponse(Value, frozen=True, kw_only=True, gc=False, tag_field="status", tag="published"):
    """How many answered; `invited`, `rate` (per cent) None: only the groups beneath are covered."""

    respondents: int
    invited: int | None
    rate: float | None
    coverage: Coverage
    warnings: tuple[ResponseWarning, ...]


class PartialResponse(Value, frozen=True, kw_only=True, gc=False, tag_field="status", tag="partial"):
    """How many answered in `units` together: the highest published units beneath this one."""

    units: list[UUID]
    respondents: int
    invited: int | None
    rate: float | None
    warnings: tuple[ResponseWarning, ...]
    reported_at: UUID | None


class PublishedCell(Value, frozen=True, kw_only=True, gc=False, tag_field="status", tag="published"):
    """One block in one unit: `mean` is the mean of the protected `items`.

    `now` is the interval of this team at this moment, `climate` that of the climate it is a sample of; None:
    no pooled spread may be told, or (`now`) the number invited is not told or everybody answered.
    """

    n: int
    invited: int | None
    coverage: Coverage
    mean: float
    items: dict[Slug, float]
    now: Interval | None
    climate: Interval | None
    warnings: tuple[ResponseWarning, ...]


class PartialCell(Value, frozen=True, kw_only=True, gc=False, tag_field="status", tag="partial"):
    """One block over `units` together: the highest published units beneath this one, and nobody else."""

    units: list[UUID]
    n: int
    invited: int | None
    mean: float
    items: dict[Slug, float]
    now: Interval | None
    climate: Interval | None
    warnings: tuple[ResponseWarning, ...]
    reported_at: UUID | None


ResponseCell = PublishedResponse | PartialResponse | ProtectedCell
Cell = PublishedCell | PartialCell | ProtectedCell


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
    """The spread between people of one atom, pooled over the large atoms; `degrees` of freedom."""

    sd: float
    degrees: int


class BlockRelease(Value, frozen=True, kw_only=True):
    """A block in the whole wave: atoms in depth-first order; `spread` None: no atom is large enough."""

    key: Slug
    spread: PooledSd | None
    published: list[UUID]
    atoms: list[Atom]


class ResponseRelease(Value, frozen=True, kw_only=True):
    """Participation in the whole wave."""

    published: list[UUID]
    atoms: list[ResponseAtom]


class UnitRelease(Value, frozen=True, kw_only=True):
    """All that is said about one unit."""

    unit_id: UUID
    name: Name
    response: ResponseCell
    blocks: dict[Slug, Cell]


class ReleaseContent(Value, frozen=True, kw_only=True):
    """The numbers of one wave, all of them; units in depth-first order, siblings by id."""

    method: str
    thresholds: Thresholds
    tree: Sha256
    response: ResponseRelease
    blocks: list[BlockRelease]
    units: list[UnitRelease]


class Manifest(Value, frozen=True, kw_only=True):
    """What was released, in short; `hash` is over all other fields and chains to the `previous` release."""

    wave_id: UUID
    tree: Sha256
    thresholds: Thresholds
    method: str
    participation: list[UUID]
    published: dict[Slug, list[UUID]]
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


class CommentAtoms(NamedTuple):
    """The atoms of comments: the `units` that show some, and per reporting group's unit the one that shows its own.

    A group that is not in `homes` has none: what was written there is shown nowhere.
    """

    units: list[UUID]
    homes: dict[UUID, UUID]
