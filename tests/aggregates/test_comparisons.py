"""What a process keeps of comparisons: never more bytes than there may be, and what was asked last for longest."""

from uuid import UUID

import pytest

from aggregates.releases import IDS, TREE, published, release
from peil.aggregates.changes.comparison import compare
from peil.aggregates.changes.comparisons import Comparison, Comparisons
from peil.aggregates.changes.model import ItemEffect

EMPLOYER, OTHER, WAVE = UUID(int=1), UUID(int=2), UUID(int=3)
UNITS = compare(release(dict.fromkeys(TREE, published(40))), release(dict.fromkeys(TREE, published(60))))
EFFECT = ItemEffect(
    key="pace",
    n_before=40,
    n_after=41,
    mean_before=50.0,
    mean_after=51.2,
    difference=1.2,
    hedges_g=0.1,
    superiority=0.6,
    cliffs_delta=0.2,
    minimal_detectable_change=14.2,
    p=0.3,
    seed=2**31 - 1,
)
SIZE = Comparison(UUID(int=9), UNITS).bytes


def against(number: int) -> Comparison:
    return Comparison(UUID(int=number), UNITS)


def found(kept: Comparisons) -> list[int]:
    """Against which waves there is a comparison, without asking as anybody does."""
    return [against.int for _, _, against in kept._kept]


def test_a_unit_comes_out_as_it_went_in() -> None:
    """To the last digit of every number."""
    kept = against(9)

    assert UNITS == [kept.unit(unit.unit_id) for unit in UNITS]


def test_there_are_never_more_bytes_than_there_may_be() -> None:
    """What nobody asked for longest goes first, and what was asked again stays."""
    kept = Comparisons(most_bytes=2 * SIZE)
    kept.keep(EMPLOYER, WAVE, against(1))
    kept.keep(EMPLOYER, WAVE, against(2))
    kept.find(EMPLOYER, WAVE, UUID(int=1))
    kept.keep(EMPLOYER, WAVE, against(3))

    assert [1, 3] == found(kept)


def test_items_count_as_well() -> None:
    """They come later, unit by unit, and take room then."""
    kept = Comparisons(most_bytes=2 * SIZE)
    kept.keep(EMPLOYER, WAVE, against(1))
    last = kept.keep(EMPLOYER, WAVE, against(2))

    last.keep_items(IDS["root"], {"load": [EFFECT]})
    kept.make_room()

    assert [2] == found(kept)
    assert ({"load": [EFFECT]}, None) == (last.items(IDS["root"]), last.items(IDS["care"]))


def test_what_is_larger_than_all_room_is_told_and_not_kept() -> None:
    """A comparison of a very large organisation is made again rather than kept beyond the bound."""
    kept = Comparisons(most_bytes=SIZE - 1)

    made = kept.keep(EMPLOYER, WAVE, against(1))

    assert UNITS[0] == made.unit(UNITS[0].unit_id)
    assert [] == found(kept)


@pytest.mark.parametrize(("employer", "wave"), [(OTHER, WAVE), (EMPLOYER, OTHER)])
def test_a_comparison_is_of_one_employers_wave(employer: UUID, wave: UUID) -> None:
    """Nobody finds one of another employer, or of another wave."""
    kept = Comparisons()
    kept.keep(EMPLOYER, WAVE, against(1))

    assert kept.find(employer, wave, UUID(int=1)) is None
