"""Protection moves the figures of small teams as little as the design wants, and as the docs tell."""

from demo.promises import page_of
from disclosure.bias import bias, lines

PAGE = page_of("disclosure.md")


def test_bias_stays_within_its_yardstick() -> None:
    """Of an item 80 % favourable in teams of 7 to 15 the top keeps its mean within 0.5 and the share within 1.5."""
    found = bias(7, 15, 80)

    assert 0.5 > abs(found.of_mean)
    assert 1.5 > abs(found.of_share)


def test_the_docs_tell_it() -> None:
    """Every line of the tables, by the size of teams and by how alike people answer."""
    assert [] == [line for line in lines() if f"{line}\n" not in PAGE]
