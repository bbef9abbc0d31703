"""Thresholds only rise, and a scoring that could prove something is refused."""

import msgspec
import pytest

from disclosure.orgs import FLOORS, block, item
from peil.errors import Invalid
from peil.releases.model import Bands, BlockScoring, Thresholds
from peil.releases.rules import validate_blocks, validate_thresholds


def codes(error: pytest.ExceptionInfo[Invalid]) -> list[tuple[str, str]]:
    return [(finding.pointer, finding.code) for finding in error.value.findings]


def test_the_floors_are_valid() -> None:
    """The defaults may be used as they are."""
    validate_thresholds(FLOORS)


@pytest.mark.parametrize(
    ("changed", "pointer", "code"),
    [
        ({"k_m": 6}, "/kM", "below-floor"),
        ({"k_n": 1}, "/kN", "below-floor"),
        ({"m": 1}, "/m", "below-floor"),
        ({"k_m": 11}, "/kM", "thresholds-not-rising"),
        ({"k_d3": 31}, "/kM", "thresholds-not-rising"),
        ({"m": 3}, "/m", "m-too-large"),
    ],
)
def test_unsafe_thresholds_are_refused(changed: dict[str, int], pointer: str, code: str) -> None:
    """Each breach is found where it is."""
    with pytest.raises(Invalid) as error:
        validate_thresholds(msgspec.structs.replace(FLOORS, **changed))

    assert codes(error) == [(pointer, code)]


def test_raised_thresholds_are_valid() -> None:
    """A works council that wants eight others may have them."""
    validate_thresholds(Thresholds(k_m=9, k_c=12, m=3))


UNBANDED = msgspec.structs.replace(item("a"), bands=Bands(unfavourable=2, neutral=0, favourable=2))
ONE_BAND = msgspec.structs.replace(item("a"), bands=Bands(unfavourable=0, neutral=3, favourable=2))


@pytest.mark.parametrize(
    ("blocks", "code"),
    [
        ([block()], "no-items"),
        ([block(item("a")), block(item("b"))], "duplicate-key"),
        ([block(item("a")), block(item("a"), key="energy")], "item-in-two-blocks"),
        ([block(item("a"), item("b", sensitive=True))], "sensitive-in-block"),
        ([block(UNBANDED)], "bands-incomplete"),
        ([block(ONE_BAND)], "bands-incomplete"),
    ],
)
def test_unsafe_blocks_are_refused(blocks: list[BlockScoring], code: str) -> None:
    """What shares an item is one block; what is sensitive stands alone; every answer is in a band."""
    with pytest.raises(Invalid) as error:
        validate_blocks(blocks)

    assert [code] == [found for _, found in codes(error)]
