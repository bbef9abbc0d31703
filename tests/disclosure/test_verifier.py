"""The verifier of bundles on random releases: whatever disclosure control publishes, it finds right."""

from random import Random
from uuid import UUID

import pytest

from disclosure.orgs import FLOORS, answers, block, invited, item, random_shape, snapshot
from peil.disclosure.verify_release import verify
from peil.releases.manifests import manifest
from peil.releases.model import BlockScoring, ReleaseContent
from peil.releases.tree import create_tree
from peil.structs import encode
from support.releasing import release

BLOCKS = [block(item("a"), item("b", points=4, reverse=True), item("c", points=2)), block(item("d"), key="energy")]


def scored(blocks: list[BlockScoring]) -> bytes:
    """The scoring as a bundle has it."""
    return encode(
        [
            {"key": one.key, "items": [{"key": i.key, "points": i.points, "bands": i.bands} for i in one.items]}
            for one in blocks
        ]
    )


def played(seed: int) -> tuple[dict[str, bytes], ReleaseContent]:
    """The files of a bundle of one release: a random tree, some units handed up, some answers missing."""
    random = Random(seed)
    shape = random_shape(random, random.randint(2, 14))
    handed = {i: shape[i] for i in range(1, len(shape)) if random.random() < 0.2}
    groups = {i: i for i in range(len(shape))} | handed
    standing = sorted(set(groups.values()))
    people = {i: random.choice([7, 9, 12, 20, 45]) for i in standing}
    units = snapshot(shape, groups)
    numbers = {unit: count for unit, count in invited([people.get(i, 0) for i in range(len(shape))]).items() if count}
    coming = [random.randint(people.get(i, 0) // 2, people.get(i, 0)) for i in range(len(shape))]
    content = release(units, numbers, answers(random, coming, BLOCKS, skipping=0.05), BLOCKS, FLOORS)
    places = create_tree((unit.unit_id, unit.parent_id) for unit in units).places
    in_order = sorted(units, key=lambda unit: places[unit.unit_id])
    return {
        "chain.ndjson": encode(manifest(content, UUID(int=1), None)) + b"\n",
        "content.json": encode(content),
        "tree.json": encode((in_order, sorted(numbers.items()))),
        "scoring.json": scored(BLOCKS),
    }, content


@pytest.mark.parametrize("seed", range(60))
def test_what_is_released_verifies(seed: int) -> None:
    """Trees with partial and protected units, groups handed up, blocks that few answered, large atoms with a spread."""
    files, _ = played(seed)

    assert [] == list(verify(files))


def test_these_releases_have_every_kind_of_cell() -> None:
    """Published with and without a denominator, partial, protected, with an interval and without."""
    cells = [cell for seed in range(60) for unit in played(seed)[1].units for cell in unit.blocks.values()]

    kinds = {
        (type(cell).__name__, getattr(cell, "coverage", None), getattr(cell, "climate", None) is not None)
        for cell in cells
    }
    published = {
        ("PublishedCell", coverage, spread) for coverage in ("all", "groups-beneath") for spread in (True, False)
    }
    assert published | {("ProtectedCell", None, False), ("PartialCell", None, True)} <= kinds
