"""Protection moves the figures of small teams as little as the design wants, and as the docs tell."""

import pytest

from demo.promises import page_of
from disclosure.bias import SHARES, bias

PAGE = page_of("disclosure.md")


def test_bias_stays_within_its_yardstick() -> None:
    """Of an item 80 % favourable in teams of 7 to 15 the top keeps its mean within 0.5 and the share within 1.5."""
    found = bias(7, 15, 80)

    assert 0.5 > abs(found.of_mean)
    assert 1.5 > abs(found.of_share)


@pytest.mark.parametrize(("low", "high"), [(7, 15), (8, 12), (7, 7)])
def test_the_docs_tell_it_by_the_size_of_teams(low: int, high: int) -> None:
    """A line of the table, of an item 80 % favourable."""
    found = bias(low, high, 80)
    sizes = f"{low} to {high}" if low < high else f"{low} each"
    mean = f"{found.mean:.1f} | {found.told_mean:.1f} | {found.of_mean:+.2f}"
    share = f"{found.share:.1f} | {found.told_share:.1f} | {found.of_share:+.2f}"

    assert f"| {sizes} | {mean} | {share} |" in PAGE


@pytest.mark.parametrize("favourable", SHARES)
def test_the_docs_tell_it_by_how_alike_people_answer(favourable: int) -> None:
    """A line of the table, of teams of 7 to 15."""
    found = bias(7, 15, favourable)

    assert f"| {favourable} % | {found.of_mean:+.2f} | {found.of_share:+.2f} |" in PAGE
