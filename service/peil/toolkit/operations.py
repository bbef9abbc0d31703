"""What can be done with the catalogue: shipped entries stay as they are, an employer's own can be changed.

Nothing is deleted: campaigns and risks refer to entries by their keys.
"""

from datetime import datetime
from uuid import UUID

from peil.audit import record
from peil.errors import Conflict, NotFound
from peil.ids import ordered_id
from peil.operation import Transaction, operation
from peil.outbox import publish
from peil.paging import Page, page
from peil.patching import Patch
from peil.toolkit import catalogue, queries, rules
from peil.toolkit.model import CatalogueEntry, CatalogueEntryNew, EntryKind, EntryQuery

_BEGINNING = ("", "")


@operation("toolkit:write", creates=True)
async def create_catalogue_entry(tx: Transaction, new: CatalogueEntryNew) -> CatalogueEntry:
    """Adds an entry to the employer's catalogue."""
    rules.check_new(new, catalogue.list_shipped())
    entry_id = ordered_id()
    await queries.insert_catalogue_entry(tx, tx.employer_id, entry_id, new, tx.now)
    await record(tx, f"catalogue-entries/{entry_id}")
    await publish(tx, "catalogue-entry.created", f"catalogue-entries/{entry_id}")
    return await get_catalogue_entry.within(tx, entry_id)


@operation("toolkit:read")
async def get_catalogue_entry(tx: Transaction, catalogue_entry_id: UUID) -> CatalogueEntry:
    """An entry of the catalogue, shipped or own."""
    shipped = catalogue.shipped_by_id().get(catalogue_entry_id)
    found = shipped or await queries.select_catalogue_entry(tx, tx.employer_id, catalogue_entry_id)
    if found is None:
        raise NotFound
    return found


@operation("toolkit:read")
async def list_catalogue_entries(tx: Transaction, query: EntryQuery) -> Page[CatalogueEntry]:
    """The catalogue by kind and key: what comes with Peil and what the employer added, in one list.

    With `modifiedAfter` only of the employer's own: what comes with Peil changes with its version.
    """
    since = query.modified_after
    bound = (tx.employer_id, "catalogue-entries", query.kind, since)
    after = tx.parts.cursors.open(query.cursor, tuple[str, str], *bound) if query.cursor else _BEGINNING
    own = await queries.select_catalogue_entries(tx, tx.employer_id, query.kind, after, since, query.limit + 1)
    known = _shipped(query.kind) if since is None else []
    shipped = [entry for entry in known if rules.place_of(entry) > after]
    found = rules.joined(shipped, own)[: query.limit + 1]
    return page(found, query.limit, lambda entry: tx.parts.cursors.seal(rules.place_of(entry), *bound))


@operation("toolkit:write")
async def update_catalogue_entry(
    tx: Transaction, catalogue_entry_id: UUID, patch: Patch[CatalogueEntryNew]
) -> CatalogueEntry:
    """Changes an entry of the employer's own, all but its kind and its key."""
    current = await _locked(tx, catalogue_entry_id)
    new = patch.apply(current)
    rules.check_changed(current, new)
    await queries.update_catalogue_entry(tx, tx.employer_id, catalogue_entry_id, new, tx.now)
    await record(tx, f"catalogue-entries/{catalogue_entry_id}")
    await publish(tx, "catalogue-entry.updated", f"catalogue-entries/{catalogue_entry_id}")
    return await get_catalogue_entry.within(tx, catalogue_entry_id)


async def entries_of(tx: Transaction, kind: EntryKind) -> dict[str, CatalogueEntry]:
    """All entries of a kind by key, shipped and own, for operations that refer to them."""
    own = await queries.select_catalogue_entries(tx, tx.employer_id, kind, _BEGINNING, None, None)
    return {entry.key: entry for entry in rules.joined(_shipped(kind), own)}


async def keys_of(tx: Transaction) -> dict[EntryKind, set[str]]:
    """The keys of all entries by kind, shipped and own, for operations that refer to several kinds."""
    own = await queries.select_catalogue_entries(tx, tx.employer_id, None, _BEGINNING, None, None)
    keys: dict[EntryKind, set[str]] = {kind: set() for kind in rules.MARKS_OF}
    for entry in rules.joined(_shipped(None), own):
        keys[entry.kind].add(entry.key)
    return keys


async def are_entries_changed(tx: Transaction, kind: EntryKind, since: datetime) -> bool:
    """Whether the employer made or changed an entry of a kind after a moment, for another operation."""
    return bool(await queries.select_catalogue_entries(tx, tx.employer_id, kind, _BEGINNING, since, 1))


async def titles_of(tx: Transaction, kind: EntryKind, language: str) -> dict[str, str]:
    """What the entries of a kind are called, by key, in `language` if they have it."""
    entries = await entries_of(tx, kind)
    return {key: entry.title.get(language) or next(iter(entry.title.values())) for key, entry in entries.items()}


def _shipped(kind: EntryKind | None) -> list[CatalogueEntry]:
    return [entry for entry in catalogue.list_shipped() if kind in (None, entry.kind)]


async def _locked(tx: Transaction, entry_id: UUID) -> CatalogueEntry:
    shipped = catalogue.shipped_by_id().get(entry_id)
    current = shipped or await queries.lock_catalogue_entry(tx, tx.employer_id, entry_id)
    if current is None:
        raise NotFound
    tx.must_match(current)
    if current.shipped:
        raise Conflict("entry-shipped")
    return current
