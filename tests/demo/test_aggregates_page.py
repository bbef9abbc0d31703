"""What `docs/aggregates.md` shows of the demo is what the service answers and draws: the page, run as it stands."""

import re
from pathlib import Path

import pytest

from demo.promises import broken, overlooked, page_of
from demo.running import SOURCE, Served

PAGE = page_of("aggregates.md")
PICTURES = SOURCE.parent / "docs" / "images" / "aggregates"


def test_no_fence_is_overlooked() -> None:
    """Every fence of the page is a command or the output of one."""
    assert 0 == overlooked(PAGE)


@pytest.mark.usefixtures("replies")
def test_the_page_can_be_followed(served: Served, tmp_path: Path) -> None:
    """Each command prints what the page promises, and each picture is the one that the page shows."""
    untrue = broken(served, PAGE, before=f"cd '{tmp_path}'")
    drawn = sorted(tmp_path.iterdir())
    differing = [picture.name for picture in drawn if picture.read_bytes() != (PICTURES / picture.name).read_bytes()]

    assert "" == untrue
    assert [] == differing
    assert len(re.findall(r"^draw ", PAGE, re.MULTILINE)) == len(drawn)
