"""What `docs/charts.md` shows is what the service draws of the demo, by the script that stands beside the pictures."""

import re
from pathlib import Path
from struct import unpack
from zlib import decompress

import pytest

from demo.promises import page_of
from demo.running import SOURCE, Served, in_bash

PAGE = page_of("charts.md")
PICTURES = SOURCE.parent / "docs" / "images" / "charts"


def told_by(picture: Path) -> bytes | list[tuple[bytes, bytes]]:
    """The bytes of an SVG; of a PNG its chunks, the pixels unpacked: how they are packed depends on the machine."""
    read = picture.read_bytes()
    if picture.suffix == ".svg":
        return read
    chunks, at = [], 8
    while at < len(read):
        length, kind = unpack(">I4s", read[at : at + 8])
        held = read[at + 8 : at + 8 + length]
        chunks.append((kind, decompress(held) if kind == b"IDAT" else held))
        at += 12 + length
    return chunks


@pytest.mark.usefixtures("replies")
def test_every_picture_is_the_one_that_is_drawn(served: Served, tmp_path: Path) -> None:
    """To the byte, and none is missing on the page."""
    folder = tmp_path / "docs" / "images" / "charts"
    folder.mkdir(parents=True)
    in_bash(served, f"set -e\ncd '{tmp_path}'\n. '{PICTURES}/draw'")
    drawn = sorted(one.name for one in folder.iterdir())

    assert sorted(one.name for one in PICTURES.iterdir() if one.name != "draw") == drawn
    assert [] == [name for name in drawn if told_by(folder / name) != told_by(PICTURES / name)]
    assert set(re.findall(r"\(images/charts/(\S+)\)", PAGE)) >= {name for name in drawn if name.endswith(".svg")}
