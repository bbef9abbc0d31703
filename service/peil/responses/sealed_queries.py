"""SQL of the sealed answers as the worker sees them: all of a wave at once."""

from collections.abc import Awaitable, Callable
from uuid import UUID

from peil.database import Rows
from peil.responses.model import SealedCount

# For a statement that touches every row of a wave, of which there may be ten million.
_EVERY_ROW_SECONDS = 3600

_COPY_SEALED = """-- copy_sealed
select
  key_id,
  envelope
from intake.sealed
where
  employer_id = $1
  and wave_id = $2
"""


async def copy_sealed(rows: Rows, employer_id: UUID, wave_id: UUID, take: Callable[[bytes], Awaitable[None]]) -> None:
    """Gives `take` reporting group and envelope of every response, in no order that means anything.

    In COPY's binary format, cut between rows; see `sealed_rows`.
    """
    await rows.connection.copy_from_query(
        _COPY_SEALED, employer_id, wave_id, output=take, format="binary", timeout=_EVERY_ROW_SECONDS
    )


_COUNT_SEALED = """-- count_sealed
select
  key_id,
  count(*)::integer as count
from intake.sealed
where
  employer_id = $1
  and wave_id = $2
group by key_id
order by key_id
"""


async def count_sealed(rows: Rows, employer_id: UUID, wave_id: UUID) -> list[SealedCount]:
    return await rows.many(SealedCount, _COUNT_SEALED, employer_id, wave_id)


_DELETE_SEALED = """-- delete_sealed
delete from intake.sealed
where
  employer_id = $1
  and wave_id = $2
"""


async def delete_sealed(rows: Rows, employer_id: UUID, wave_id: UUID) -> None:
    await rows.connection.execute(_DELETE_SEALED, employer_id, wave_id, timeout=_EVERY_ROW_SECONDS)
