"""Reads the entries that come with Peil, and tells which id each has for every employer."""

from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from uuid import UUID, uuid5

import msgspec

from peil.toolkit.model import CatalogueEntry, CatalogueEntryNew

# Never changes: the ids of the shipped entries are made from it.
_NAMESPACE = UUID("5b0c1e0e-6a0f-4c53-9a55-0f6d2f7a1c88")


@cache
def list_shipped() -> tuple[CatalogueEntry, ...]:
    """All shipped entries, own wording under CC0-1.0 in Dutch and English, by kind and key."""
    text = (files(__package__) / "shipped" / "catalogue.json").read_bytes()
    entries = msgspec.json.decode(text, type=list[CatalogueEntryNew])
    return tuple(_shipped(new) for new in sorted(entries, key=lambda new: (new.kind, new.key)))


@cache
def shipped_by_id() -> Mapping[UUID, CatalogueEntry]:
    """The shipped entries by their ids."""
    return {entry.catalogue_entry_id: entry for entry in list_shipped()}


def _shipped(new: CatalogueEntryNew) -> CatalogueEntry:
    return CatalogueEntry(
        catalogue_entry_id=uuid5(_NAMESPACE, f"{new.kind}/{new.key}"),
        kind=new.kind,
        key=new.key,
        title=new.title,
        description=new.description,
        marks=new.marks,
        shipped=True,
    )
