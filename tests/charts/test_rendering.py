"""From spec to bytes: offline, the same each time, with its words, and with nothing of anybody's in it but text."""

import json
import re
import subprocess
import sys
from struct import unpack
from xml.etree import ElementTree
from zlib import crc32

import pytest

from charts.figures import ABOUT, HOSTILE, PROTECTED, figure, paper
from peil.aggregates.charts.frame import size_of
from peil.aggregates.charts.heat import draw_heat
from peil.aggregates.charts.model import Chart
from peil.aggregates.charts.rendering import etag_of_chart, render
from peil.aggregates.charts.score import draw_scores
from peil.rest import PNG, SVG, VEGALITE

SVG_NAME = "{http://www.w3.org/2000/svg}"
# None of these can reach anything: no address, no resolver, no proxy.
_OFFLINE = """
import socket, sys, json
def refuse(*_): raise OSError("offline")
socket.socket.connect = refuse
import vl_convert
print(vl_convert.vegalite_to_svg(json.load(sys.stdin), vl_version="6.4", allowed_base_urls=[]))
"""


def chart_of(name: str = "Werkdruk", unit: str = "Zorg") -> Chart:
    return draw_scores(paper(), ABOUT._replace(unit=unit), [(name, figure(62.5, 56.3, 68.7)), ("Focus", PROTECTED)])


def chunks_of(png: bytes) -> list[tuple[bytes, bytes]]:
    found, at = [], 8
    while at < len(png):
        (length,) = unpack(">I", png[at : at + 4])
        kind, data = png[at + 4 : at + 8], png[at + 8 : at + 8 + length]
        assert crc32(kind + data) == unpack(">I", png[at + 8 + length : at + 12 + length])[0]
        found.append((kind, data))
        at += 12 + length
    return found


def test_an_svg_says_what_it_shows() -> None:
    """It is one image with a title and a description, in the language of its words, for who does not see it."""
    chart = chart_of()

    root = ElementTree.fromstring(render(chart, SVG, 1))  # noqa: S314  # of our own making

    title, description = root.find(f"{SVG_NAME}title"), root.find(f"{SVG_NAME}desc")
    assert title is not None
    assert description is not None
    assert (chart.title, chart.description) == (title.text, description.text)
    assert f"{title.get('id')} {description.get('id')}" == root.get("aria-labelledby")
    assert ("img", "nl") == (root.get("role"), root.get("lang"))
    assert root.get("aria-hidden") is None


def test_a_png_carries_its_words() -> None:
    """Title and description as international text, each chunk with its checksum; the pixels are as asked."""
    chart = chart_of("Werkdruk één")

    chunks = chunks_of(render(chart, PNG, 2))

    words = [data.split(b"\0", 5) for kind, data in chunks if kind == b"iTXt"]
    told = {part[0].decode(): part[-1].decode() for part in words}
    assert {"Title": chart.title, "Description": chart.description} == told
    wide, high = size_of(chart.spec)
    assert (2 * wide, 2 * high) == unpack(">II", chunks[0][1][:8])


def test_the_picture_is_as_large_as_was_reckoned() -> None:
    """What bounds a picture goes by the spec, so the renderer must not make it larger."""
    chart = draw_heat(paper(width=500), ABOUT, {"a": "Werkdruk"}, [("Zorg", {"a": figure(50)})] * 12, 0)

    root = ElementTree.fromstring(render(chart, SVG, 1))  # noqa: S314  # of our own making

    assert size_of(chart.spec) == (int(root.get("width", "")), int(root.get("height", "")))


def test_equal_specs_give_equal_bytes() -> None:
    """Whatever was drawn between: a strong ETag is a promise, and two pictures in one page share no id."""
    one, other = chart_of(), chart_of("Focus")

    drawn = [render(chart, SVG, 1) for chart in (one, other, one)]

    ids = [set(re.findall(rb'id="([^"]+)"', picture)) for picture in drawn]
    assert drawn[0] == drawn[2]
    assert len(ids[0]) >= 3
    assert set() == ids[0] & ids[1]


def test_the_etag_is_of_all_that_is_drawn() -> None:
    """Another spec, another medium or other pixels have another; the scale is nothing to an SVG."""
    chart = chart_of()

    tags = {etag_of_chart(*one) for one in [(chart, SVG, 1), (chart, PNG, 1), (chart, PNG, 2), (chart_of("x"), SVG, 1)]}

    assert 4 == len(tags)
    assert etag_of_chart(chart, SVG, 1) == etag_of_chart(chart, SVG, 3)


@pytest.mark.parametrize("where", ["unit", "name"])
def test_a_hostile_name_is_only_a_name(where: str) -> None:
    """No element comes of it, in the picture, in its words or in the spec."""
    chart = chart_of(**{where: HOSTILE})

    root = ElementTree.fromstring(render(chart, SVG, 1))  # noqa: S314  # of our own making

    names = {element.tag.removeprefix(SVG_NAME) for element in root.iter()}
    assert {"script", "foreignObject", "image", "a"}.isdisjoint(names)
    assert "</svg><script>" in "".join(root.itertext())
    assert HOSTILE in json.loads(render(chart, VEGALITE, 1))["description"]


def test_nothing_is_fetched() -> None:
    """A process that can reach nothing draws the same picture."""
    chart = chart_of()

    drawn = subprocess.run(
        [sys.executable, "-c", _OFFLINE], input=json.dumps(chart.spec), capture_output=True, text=True, check=True
    ).stdout

    texts = re.findall(r">([^<>]+)</text>", drawn)
    assert texts == re.findall(r">([^<>]+)</text>", render(chart, SVG, 1).decode())
    assert "62,5" in texts


def test_the_renderer_is_not_there_at_start() -> None:
    """It is large: who asks for no chart does not wait for it."""
    loaded = "import sys, peil.app; print('vl_convert' in sys.modules)"

    said = subprocess.run([sys.executable, "-c", loaded], capture_output=True, text=True, check=True).stdout

    assert "False" == said.strip()
