"""Organisations, questionnaires and answers for the tests of disclosure control."""

from collections.abc import Iterator, Mapping, Sequence
from random import Random
from uuid import UUID

from peil.releases.cells_model import PublishedCell
from peil.releases.model import Bands, BlockScoring, ItemScoring, ReleaseContent, Thresholds, UnitSnapshot
from peil.releases.tree import Tree, create_tree

# Parents by place: unit i hangs under shape[i] < i; the root, place 0, has -1.
Shape = Sequence[int]


def unit_id(number: int) -> UUID:
    """Ids whose order is that of the numbers."""
    return UUID(int=number + 1)


def tree_of(shape: Shape) -> Tree:
    """A tree whose places need not be the numbers of the shape; see `in_places`."""
    return create_tree((unit_id(i), None if parent < 0 else unit_id(parent)) for i, parent in enumerate(shape))


def in_places(tree: Tree, own: Sequence[int]) -> list[int]:
    """Numbers per unit of a shape, in the order of the tree."""
    return [own[unit.int - 1] for unit in tree.ids]


def random_shape(random: Random, size: int) -> list[int]:
    return [-1, *(random.randrange(i) for i in range(1, size))]


def with_managers(random: Random, shape: Shape, most: int = 14) -> list[int]:
    """People per unit: one to three in every unit that has children, a team in the others."""
    parents = set(shape)
    return [random.randint(1, 3) if i in parents else random.choice([0, *range(3, most)]) for i in range(len(shape))]


def item(key: str = "a", points: int = 5, *, reverse: bool = False, sensitive: bool = False) -> ItemScoring:
    """A scale whose middle answer, if it has one, is the only neutral one."""
    half, middle = divmod(points, 2)
    bands = Bands(unfavourable=half, neutral=middle, favourable=half)
    return ItemScoring(key=key, points=points, reverse=reverse, sensitive=sensitive, bands=bands)


def block(*items: ItemScoring, key: str = "workload") -> BlockScoring:
    return BlockScoring(key=key, items=list(items))


def snapshot(shape: Shape, groups: Mapping[int, int] | None = None) -> list[UnitSnapshot]:
    """Every unit reports to itself, or where `groups` says."""
    return [
        UnitSnapshot(
            unit_id=unit_id(i),
            parent_id=None if parent < 0 else unit_id(parent),
            name=f"Unit {i}",
            reporting_group=unit_id((groups or {}).get(i, i)),
        )
        for i, parent in enumerate(shape)
    ]


def invited(numbers: Sequence[int]) -> dict[UUID, int]:
    return {unit_id(i): people for i, people in enumerate(numbers)}


def answers(
    random: Random, own: Sequence[int], blocks: Sequence[BlockScoring], skipping: float = 0.0
) -> list[tuple[UUID, dict[str, int | None]]]:
    """As many people per unit as `own` says; each skips an item with probability `skipping`."""
    return [
        (
            unit_id(i),
            {
                scored.key: None if random.random() < skipping else random.randint(1, scored.points)
                for scoring in blocks
                for scored in scoring.items
            },
        )
        for i, people in enumerate(own)
        for _ in range(people)
    ]


def uniform(unit: int, people: int, **given: int | None) -> list[tuple[UUID, dict[str, int | None]]]:
    """People of one unit who all answer the same."""
    return [(unit_id(unit), dict(given)) for _ in range(people)]


def published_cells(content: ReleaseContent, key: str = "workload") -> Iterator[tuple[UUID, PublishedCell]]:
    for unit in content.units:
        cell = unit.blocks[key]
        if isinstance(cell, PublishedCell):
            yield unit.unit_id, cell


FLOORS = Thresholds()
