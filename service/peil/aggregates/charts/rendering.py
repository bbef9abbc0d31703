"""From a chart to bytes: its Vega-Lite spec, an SVG or a PNG, each with its title and all it says in words."""

import re
from collections.abc import Iterator
from hashlib import sha256
from html import escape
from importlib.metadata import version
from struct import pack, unpack
from zlib import compress, crc32, decompress

from peil.aggregates.charts.model import Chart
from peil.http.etag import etag_of
from peil.rest import PNG, SVG, VEGALITE
from peil.structs import encode

_VERSION = "6.4"
_IDS = re.compile(r'(?<=id=")(?:gradient|clip|image)_?\d+(?=")')
_SIGNATURE = 8


def render(chart: Chart, media_type: str, scale: int) -> bytes:
    """The chart in this media type; pure, and slow: an SVG takes some tenths of a second, the first one seconds.

    Deterministic: equal specs give equal bytes, whatever was drawn before. Nothing is fetched from anywhere.
    """
    if media_type == VEGALITE:
        return encode(chart.spec)
    svg = _svg(chart)
    if media_type == SVG:
        return svg.encode()
    # Imported where the first picture is drawn, and not at start: it is large.
    import vl_convert

    return _with_words(vl_convert.svg_to_png(svg, scale=scale), chart)


def etag_of_chart(chart: Chart, media_type: str, scale: int) -> str:
    """The strong ETag of what `render` will give; it hashes all that goes into it, and the renderer's version."""
    pixels = scale if media_type == PNG else 1
    return etag_of(encode([chart, media_type, pixels, version("vl-convert-python")]))


def _svg(chart: Chart) -> str:
    import vl_convert

    drawn = vl_convert.vegalite_to_svg(chart.spec, vl_version=_VERSION, allowed_base_urls=[])
    mark = sha256(encode(chart.spec)).hexdigest()[:12]
    # The renderer counts up over all it ever drew, and two pictures may stand in one page.
    for place, name in enumerate(dict.fromkeys(_IDS.findall(drawn))):
        drawn = re.sub(rf"(?<=[\"#]){name}(?=[\")])", f"p{mark}-{place}", drawn)
    head, _, rest = drawn.partition(">")
    head = head.replace(' aria-hidden="true"', "")
    names = f'role="img" aria-labelledby="t{mark} d{mark}" xml:lang="{chart.language}" lang="{chart.language}"'
    title, description = escape(chart.title), escape(chart.description)
    return f'{head} {names}><title id="t{mark}">{title}</title><desc id="d{mark}">{description}</desc>{rest}'


def _with_words(png: bytes, chart: Chart) -> bytes:
    """With international text chunks for title and description (PNG, third edition, section 11.3.3.4).

    The pixels are packed again: the renderer does it in a hurry, and four times the bytes come of it.
    """
    texts = {"Title": chart.title, "Description": chart.description}
    words = [_chunk(b"iTXt", _text(key, text, chart.language)) for key, text in texts.items()]
    pixels = b"".join(data for kind, data in _chunks(png) if kind == b"IDAT")
    packed = _chunk(b"IDAT", compress(decompress(pixels)))
    others = [_chunk(kind, data) for kind, data in _chunks(png) if kind not in (b"IDAT", b"IEND")]
    return b"".join([png[:_SIGNATURE], *others, *words, packed, _chunk(b"IEND", b"")])


def _chunks(png: bytes) -> Iterator[tuple[bytes, bytes]]:
    at = _SIGNATURE
    while at < len(png):
        (length,) = unpack(">I", png[at : at + 4])
        yield png[at + 4 : at + 8], png[at + 8 : at + 8 + length]
        at += 12 + length


def _text(key: str, text: str, language: str) -> bytes:
    return key.encode() + b"\0\0\0" + language.encode() + b"\0\0" + text.encode()


def _chunk(kind: bytes, data: bytes) -> bytes:
    return pack(">I", len(data)) + kind + data + pack(">I", crc32(kind + data))
