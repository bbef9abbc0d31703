"""Instruments as packs: those that come with Peil, and what goes in and out of a service."""

from functools import cache
from importlib.resources import files

import msgspec

from peil.errors import Finding
from peil.instruments import rules, validity
from peil.instruments.model import InstrumentContent, InstrumentNew, InstrumentPack


@cache
def list_shipped_packs() -> tuple[InstrumentNew, ...]:
    """All shipped questionnaires, own wording under CC0-1.0 in Dutch and English, by key."""
    folder = files(__package__) / "shipped"
    packs = [msgspec.json.decode(file.read_bytes(), type=InstrumentNew) for file in folder.iterdir()]
    return tuple(sorted(packs, key=lambda pack: pack.key))


def pack_of(content: InstrumentContent) -> InstrumentPack:
    """The pack of a questionnaire: importing it gives content of the same hash."""
    instrument = InstrumentNew(**{name: getattr(content, name) for name in InstrumentNew.__struct_fields__})
    return InstrumentPack(
        format="peil-instrument-pack/1", content_hash=rules.content_hash(instrument), instrument=instrument
    )


def pack_findings(pack: InstrumentPack) -> list[Finding]:
    """What keeps a pack from becoming a draft: it is not as it was exported, or no draft could be like this."""
    counted = rules.content_hash(pack.instrument)
    changed = [] if counted == pack.content_hash else [Finding("/contentHash", "pack-changed", {"hash": counted})]
    found = validity.validate_draft(pack.instrument)
    return [*changed, *(Finding(f"/instrument{one.pointer}", one.code, one.params) for one in found)]
