"""SQL of the entries that employers add to the catalogue."""

from datetime import datetime
from uuid import UUID

from peil.database import Rows
from peil.toolkit.model import CatalogueEntry, CatalogueEntryNew, EntryKind

_INSERT = """-- insert_catalogue_entry
insert into peil.catalogue_entry (
  employer_id, catalogue_entry_id, kind, key, title, description, marks, modified_at
)
values ($1, $2, $3, $4, $5, $6, $7, $8)
"""


async def insert_catalogue_entry(
    rows: Rows, employer_id: UUID, entry_id: UUID, new: CatalogueEntryNew, at: datetime
) -> None:
    await rows.execute(_INSERT, employer_id, entry_id, new.kind, new.key, new.title, new.description, new.marks, at)


_UPDATE = """-- update_catalogue_entry
update peil.catalogue_entry
set
  title = $3,
  description = $4,
  marks = $5,
  modified_at = $6
where
  employer_id = $1
  and catalogue_entry_id = $2
"""


async def update_catalogue_entry(
    rows: Rows, employer_id: UUID, entry_id: UUID, new: CatalogueEntryNew, at: datetime
) -> None:
    """Writes all but kind and key, which stay."""
    await rows.execute(_UPDATE, employer_id, entry_id, new.title, new.description, new.marks, at)


_COLUMNS = """
  catalogue_entry_id,
  kind,
  key,
  title,
  description,
  marks,
  false as shipped"""

_SELECT = f"""-- select_catalogue_entry
select{_COLUMNS}
from peil.catalogue_entry
where
  employer_id = $1
  and catalogue_entry_id = $2
"""


async def select_catalogue_entry(rows: Rows, employer_id: UUID, entry_id: UUID) -> CatalogueEntry | None:
    return await rows.one(CatalogueEntry, _SELECT, employer_id, entry_id)


_LOCK = f"""-- lock_catalogue_entry
select{_COLUMNS}
from peil.catalogue_entry
where
  employer_id = $1
  and catalogue_entry_id = $2
for update
"""


async def lock_catalogue_entry(rows: Rows, employer_id: UUID, entry_id: UUID) -> CatalogueEntry | None:
    """An own entry that nobody else changes until the transaction ends."""
    return await rows.one(CatalogueEntry, _LOCK, employer_id, entry_id)


_SELECT_MANY = f"""-- select_catalogue_entries
select{_COLUMNS}
from peil.catalogue_entry
where
  employer_id = $1
  and ($2::text is null or kind = $2)
  and (kind, key) > ($3, $4)
  and ($5::timestamptz is null or modified_at > $5)
order by
  kind,
  key
limit $6
"""


async def select_catalogue_entries(
    rows: Rows,
    employer_id: UUID,
    kind: EntryKind | None,
    after: tuple[str, str],
    since: datetime | None,
    limit: int | None,
) -> list[CatalogueEntry]:
    """Own entries of a kind (None: of all) after a kind and key; `limit` None: all of them.

    `since`: only those that were written after this moment, None: whenever.
    """
    return await rows.many(CatalogueEntry, _SELECT_MANY, employer_id, kind, *after, since, limit)
