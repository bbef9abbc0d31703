"""A release as an archive to verify without the service, and the report as a page to file: the same bytes each time."""

import re
from collections.abc import Mapping, Sequence
from io import BytesIO
from pathlib import Path
from typing import NamedTuple
from uuid import UUID
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from peil.disclosure import verify_release
from peil.disclosure.model import DisclosureReport
from peil.disclosure.report_texts import README, TITLE
from peil.instruments.model import InstrumentContent
from peil.instruments.rules import bands, scored_blocks
from peil.releases.model import Manifest, ReleaseContent, UnitSnapshot
from peil.structs import encode

VERIFIER = Path(verify_release.__file__)
_MARKUP = re.compile(r"[\\`*_\[\]<>#|~!&]")
# The first moment that an archive can tell; its own would make every download another one.
_MOMENT = (1980, 1, 1, 0, 0, 0)


class Bundle(NamedTuple):
    """What a bundle holds: all that was hashed, and how the items are scored, which the figures must fit."""

    chain: list[Manifest]
    content: ReleaseContent
    units: Sequence[UnitSnapshot]
    invited: Mapping[UUID, int]
    questionnaire: InstrumentContent


def as_archive(bundle: Bundle) -> bytes:
    """The bundle as a ZIP archive; what was hashed is in it byte for byte."""
    files = {
        "README.txt": README.encode(),
        "chain.ndjson": b"".join(encode(manifest) + b"\n" for manifest in bundle.chain),
        "content.json": encode(bundle.content),
        "scoring.json": encode(scorings(bundle)),
        "tree.json": encode((bundle.units, sorted(bundle.invited.items()))),
        VERIFIER.name: VERIFIER.read_bytes(),
    }
    stream = BytesIO()
    with ZipFile(stream, "w", ZIP_DEFLATED) as archive:
        for name, body in sorted(files.items()):
            entry = ZipInfo(name, _MOMENT)
            entry.compress_type = ZIP_DEFLATED
            entry.create_system = 3
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, body)
    return stream.getvalue()


def as_page(report: DisclosureReport, language: str) -> bytes:
    """The report as Markdown (CommonMark), in which no name makes anything but text."""
    parts = [f"# {_plain(TITLE[language].format(name=report.name))}\n"]
    for section in report.sections:
        parts += [f"## {section.title}\n", "\n".join(f"- {_plain(line)}" for line in section.lines) + "\n"]
    return "\n".join(parts).encode()


def _plain(text: str) -> str:
    return _MARKUP.sub(r"\\\g<0>", " ".join(text.split()))


def scorings(bundle: Bundle) -> list[dict[str, object]]:
    """Per released block its items: how many points each has, and how many of them are in each band."""
    released = {block.key for block in bundle.content.blocks}
    return [
        {
            "key": block.key,
            "items": [{"key": item.key, "points": item.points, "bands": _bands(item.points)} for item in block.items],
        }
        for block in scored_blocks(bundle.questionnaire)
        if block.key in released
    ]


def _bands(points: int) -> dict[str, int]:
    found = bands(points, reverse=False)
    return {name: found.count(name) for name in ("unfavourable", "neutral", "favourable")}
