"""A release as an archive to verify without the service, and the report as a page to file: the same bytes each time."""

import re
from collections.abc import Iterable, Iterator, Sequence
from io import BytesIO
from pathlib import Path
from typing import NamedTuple
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from peil.disclosure import verify_release
from peil.disclosure.model import Answers, BlockPoints, DisclosureReport, ItemPoints, ReportTable, Scoring
from peil.disclosure.report_texts import README, TITLE
from peil.releases.model import BlockScoring, ChoiceScoring
from peil.structs import encode

VERIFIER = Path(verify_release.__file__)
_NUMBER = re.compile(r"[\d.,]+|–")
_MARKUP = re.compile(r"[\\`*_\[\]<>#|~!&]")
# The first moment that an archive can tell; its own would make every download another one.
_MOMENT = (1980, 1, 1, 0, 0, 0)


class Bundle(NamedTuple):
    """What a bundle holds: all that was hashed, as it was, and how the items are scored, which the figures must fit.

    `chain`: the manifests from the first release to this one.
    """

    chain: Sequence[bytes]
    content: bytes
    tree: bytes
    scoring: Scoring


def as_archive(bundle: Bundle) -> bytes:
    """The bundle as a ZIP archive; what was hashed is in it byte for byte."""
    files = {
        "README.txt": README.encode(),
        "chain.ndjson": b"".join(manifest + b"\n" for manifest in bundle.chain),
        "content.json": bundle.content,
        "scoring.json": encode(bundle.scoring),
        "tree.json": bundle.tree,
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
    """The report as Markdown (CommonMark with GitHub's tables), in which no name makes anything but text."""
    parts = [f"# {_plain(TITLE[language].format(name=report.name))}\n"]
    for section in report.sections:
        parts += [f"## {section.title}\n", "\n".join(f"- {_plain(line)}" for line in section.lines) + "\n"]
        if section.table is not None:
            parts.append("\n".join(_table(section.table)) + "\n")
    return "\n".join(parts).encode()


def _table(table: ReportTable) -> Iterator[str]:
    """A line per row; what is a number in every row stands right."""
    aligned = ["---:" if all(map(_NUMBER.fullmatch, cells)) else "---" for cells in zip(*table.rows, strict=True)]
    for cells in (table.columns, aligned, *table.rows):
        yield f"| {' | '.join(cell if cells is aligned else _plain(cell) for cell in cells)} |"


def _plain(text: str) -> str:
    return _MARKUP.sub(r"\\\g<0>", " ".join(text.split()))


def scoring_of(counted: Iterable[BlockScoring | ChoiceScoring]) -> Scoring:
    """How many answers there are to what a release tells, and of a scored item how many points are in each band."""
    told = Scoring(blocks=[], choices=[], sensitive=[])
    for scoring in counted:
        if isinstance(scoring, ChoiceScoring):
            to = told.sensitive if scoring.sensitive else told.choices
            to.append(Answers(key=scoring.key, answers=scoring.options))
        elif scoring.items[0].sensitive:
            told.sensitive.extend(Answers(key=item.key, answers=item.points) for item in scoring.items)
        else:
            items = [ItemPoints(key=item.key, points=item.points, bands=item.bands) for item in scoring.items]
            told.blocks.append(BlockPoints(key=scoring.key, items=items))
    return told
