"""SQL of instruments."""

from datetime import datetime
from uuid import UUID

import msgspec

from peil.database import Rows
from peil.instruments.model import InstrumentContent, InstrumentState


class StoredInstrument(msgspec.Struct, frozen=True, kw_only=True):
    """An instrument as it is stored."""

    instrument_id: UUID
    version: int
    state: InstrumentState
    content: InstrumentContent
    content_hash: str
    published_at: datetime | None


_COLUMNS = """
  instrument_id,
  version,
  state,
  content,
  content_hash,
  published_at"""

_INSERT = """-- insert_instrument
insert into peil.instrument (
  employer_id, instrument_id, key, version, state, content, content_hash, created_at, modified_at, published_at
)
values ($1, $2, $3, $4, $5, $6, $7, $8, $8, $9)
"""


async def insert_instrument(rows: Rows, employer_id: UUID, stored: StoredInstrument, at: datetime) -> None:
    await rows.execute(
        _INSERT,
        employer_id,
        stored.instrument_id,
        stored.content.key,
        stored.version,
        stored.state,
        stored.content,
        stored.content_hash,
        at,
        stored.published_at,
    )


_SELECT_NEWEST = f"""-- select_newest
select{_COLUMNS}
from peil.instrument
where
  employer_id = $1
  and key = $2
order by version desc
limit 1
"""


async def select_newest(rows: Rows, employer_id: UUID, key: str) -> StoredInstrument | None:
    """The newest version of this key, published or not."""
    return await rows.one(StoredInstrument, _SELECT_NEWEST, employer_id, key)


_SELECT_FIRST = """-- select_first
select instrument_id
from peil.instrument
where
  employer_id = $1
  and key = $2
  and version = 1
  and state = 'published'
"""


async def select_first(rows: Rows, employer_id: UUID, key: str) -> UUID | None:
    """The first version of this key, if it is published."""
    return await rows.one(UUID, _SELECT_FIRST, employer_id, key)


_ASKED = """exists (
    select 1
    from peil.wave as wave
    where
      wave.employer_id = instrument.employer_id
      and wave.instrument_id = instrument.instrument_id
      and wave.state in ('ready', 'open')
  )"""

_SELECT = f"""-- select_instrument
select{_COLUMNS}
from peil.instrument as instrument
where
  employer_id = $1
  and instrument_id = $2
  and (not $3 or {_ASKED})
"""


async def select_instrument(
    rows: Rows, employer_id: UUID, instrument_id: UUID, *, only_asked: bool = False
) -> StoredInstrument | None:
    """One version; `only_asked`: where a frozen or open wave asks it."""
    return await rows.one(StoredInstrument, _SELECT, employer_id, instrument_id, only_asked)


_LOCK = f"""-- lock_instrument
select{_COLUMNS}
from peil.instrument
where
  employer_id = $1
  and instrument_id = $2
for update
"""


async def lock_instrument(rows: Rows, employer_id: UUID, instrument_id: UUID) -> StoredInstrument | None:
    return await rows.one(StoredInstrument, _LOCK, employer_id, instrument_id)


_SELECT_MANY = f"""-- select_instruments
select{_COLUMNS}
from peil.instrument as instrument
where
  employer_id = $1
  and instrument_id > $2
  and (not $4 or {_ASKED})
  and ($5::timestamptz is null or modified_at > $5)
order by instrument_id
limit $3
"""


async def select_instruments(
    rows: Rows, employer_id: UUID, after: UUID, limit: int, *, only_asked: bool, since: datetime | None
) -> list[StoredInstrument]:
    """Those after an id; `only_asked`: those that a frozen or open wave asks.

    `since`: only those that were written after this moment, None: whenever.
    """
    return await rows.many(StoredInstrument, _SELECT_MANY, employer_id, after, limit, only_asked, since)


_SELECT_BY_ID = f"""-- select_instruments_by_id
select{_COLUMNS}
from peil.instrument as instrument
where
  employer_id = $1
  and instrument_id = any($2::uuid[])
  and (not $3 or {_ASKED})
order by instrument_id
"""


async def select_instruments_by_id(
    rows: Rows, employer_id: UUID, instrument_ids: list[UUID], *, only_asked: bool
) -> list[StoredInstrument]:
    """Those of these ids; `only_asked`: those that a frozen or open wave asks."""
    return await rows.many(StoredInstrument, _SELECT_BY_ID, employer_id, instrument_ids, only_asked)


_REPLACED = """exists (
    select 1
    from peil.instrument as later
    where
      later.employer_id = instrument.employer_id
      and later.key = instrument.key
      and later.state = 'published'
      and later.version > instrument.version
  )"""

_SELECT_PUBLISHED = f"""-- select_published
select{_COLUMNS}
from peil.instrument as instrument
where
  employer_id = $1
  and key = any($2::text[])
  and state = 'published'
  and not {_REPLACED}
order by key
"""


async def select_published(rows: Rows, employer_id: UUID, keys: list[str]) -> list[StoredInstrument]:
    """The newest published version of each of these keys."""
    return await rows.many(StoredInstrument, _SELECT_PUBLISHED, employer_id, keys)


_UPDATE_CONTENT = """-- update_instrument_content
update peil.instrument
set
  content = $3,
  content_hash = $4,
  modified_at = $5
where
  employer_id = $1
  and instrument_id = $2
"""


async def update_content(
    rows: Rows, employer_id: UUID, instrument_id: UUID, content: InstrumentContent, content_hash: str, at: datetime
) -> None:
    await rows.execute(_UPDATE_CONTENT, employer_id, instrument_id, content, content_hash, at)


_PUBLISH = """-- publish_instrument
update peil.instrument
set
  state = 'published',
  published_at = $3,
  modified_at = $3
where
  employer_id = $1
  and instrument_id = $2
"""


async def publish_instrument(rows: Rows, employer_id: UUID, instrument_id: UUID, at: datetime) -> None:
    await rows.execute(_PUBLISH, employer_id, instrument_id, at)


_DELETE = """-- delete_instrument
delete from peil.instrument
where
  employer_id = $1
  and instrument_id = $2
"""


async def delete_instrument(rows: Rows, employer_id: UUID, instrument_id: UUID) -> None:
    await rows.execute(_DELETE, employer_id, instrument_id)
