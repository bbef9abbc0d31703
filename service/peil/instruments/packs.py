"""Reads the questionnaires that come with Peil, so that an employer can start without writing one."""

from functools import cache
from importlib.resources import files

import msgspec

from peil.instruments.model import InstrumentNew


@cache
def list_shipped_packs() -> tuple[InstrumentNew, ...]:
    """All shipped questionnaires, own wording under CC0-1.0 in Dutch and English, by key."""
    folder = files(__package__) / "shipped"
    packs = [msgspec.json.decode(file.read_bytes(), type=InstrumentNew) for file in folder.iterdir()]
    return tuple(sorted(packs, key=lambda pack: pack.key))
