"""What `docs/anonymity.md` says of the demo is what its commands show: the page, run from top to bottom."""

import pytest

from demo.promises import broken, is_kept, overlooked, page_of
from demo.running import Served

PAGE = page_of("anonymity.md")


def test_a_broken_promise_is_noticed() -> None:
    """Another line, a line too many, a line too few."""
    assert is_kept("a\n…\nd…\n", "a\nb\nc\nd and more\n")
    assert not is_kept("a\n", "b\n")
    assert not is_kept("a\n", "a\nb\n")
    assert not is_kept("a\nb…\n", "a\n")
    assert not is_kept("", "a\n")


def test_no_fence_is_overlooked() -> None:
    """Every fence of the page is a command or the output of one."""
    assert 0 == overlooked(PAGE)


@pytest.mark.usefixtures("replies")
def test_the_page_can_be_followed(served: Served) -> None:
    """All commands in one shell, in order, none of which fails; each prints what the page promises."""
    assert "" == broken(served, PAGE)
