"""SQL that the intake runs to find the reporting group of a token or a code."""

from collections.abc import Sequence
from uuid import UUID

from peil.database import Rows
from peil.participation.model import KnownCode

_SELECT_PUBLIC_KEY = """-- select_public_key
select public_key
from participation.reporting_group
where
  employer_id = $1
  and wave_id = $2
  and key_id = $3
"""


async def select_public_key(rows: Rows, employer_id: UUID, wave_id: UUID, key_id: UUID) -> bytes | None:
    return await rows.one(bytes, _SELECT_PUBLIC_KEY, employer_id, wave_id, key_id)


_SELECT_CODES = """-- select_codes
select
  token_hash,
  key_id
from participation.code
where
  employer_id = $1
  and wave_id = $2
  and token_hash = any($3::bytea[])
order by token_hash
"""


async def select_codes(rows: Rows, employer_id: UUID, wave_id: UUID, hashes: Sequence[bytes]) -> list[KnownCode]:
    return await rows.many(KnownCode, _SELECT_CODES, employer_id, wave_id, hashes)
