"""SQL of series, of the fatigue budget, and of what counts against it."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from peil.database import Rows
from peil.waves.series_model import (
    AskedWave,
    FatigueBudget,
    FatigueBudgetNew,
    StoredSeries,
    WaveOfSeries,
    WaveSeriesNew,
)

_INSERT = """-- insert_wave_series
insert into peil.wave_series (employer_id, series_id, plan, created_at, modified_at)
values ($1, $2, $3, $4, $4)
"""


async def insert_series(rows: Rows, employer_id: UUID, series_id: UUID, plan: WaveSeriesNew, at: datetime) -> None:
    await rows.execute(_INSERT, employer_id, series_id, plan, at)


_COLUMNS = """
  series_id,
  plan,
  cancelled_at,
  created_at"""

_SELECT = f"""-- select_wave_series
select{_COLUMNS}
from peil.wave_series
where
  employer_id = $1
  and series_id = $2
"""


async def select_series(rows: Rows, employer_id: UUID, series_id: UUID) -> StoredSeries | None:
    return await rows.one(StoredSeries, _SELECT, employer_id, series_id)


_LOCK = f"""-- lock_wave_series
select{_COLUMNS}
from peil.wave_series
where
  employer_id = $1
  and series_id = $2
for no key update
"""


async def lock_series(rows: Rows, employer_id: UUID, series_id: UUID) -> StoredSeries | None:
    """A series that nobody else changes until the transaction ends."""
    return await rows.one(StoredSeries, _LOCK, employer_id, series_id)


# How its waves are, a series tells as well.
_CHANGED = """(
    $5::timestamptz is null
    or series_id = any(
      array(
        select changed.series_id
        from peil.wave_series as changed
        where
          changed.employer_id = $1
          and changed.modified_at > $5
        union all
        select wave.series_id
        from peil.wave as wave
        where
          wave.employer_id = $1
          and wave.modified_at > $5
      )
    )
  )"""

_SELECT_MANY = f"""-- select_wave_series_page
select{_COLUMNS}
from peil.wave_series
where
  employer_id = $1
  and (created_at, series_id) > ($2, $3)
  and ($4::text[] is null or plan -> 'unitIds' = 'null' or plan -> 'unitIds' ?| $4)
  and {_CHANGED}
order by
  created_at,
  series_id
limit $6
"""


async def select_series_page(
    rows: Rows,
    employer_id: UUID,
    after: tuple[datetime, UUID],
    asked: list[UUID] | None,
    since: datetime | None,
    limit: int,
) -> list[StoredSeries]:
    """Series planned after `after`, in that order; `asked`: only those that ask one of these units, None: all.

    `since`: only those that were written after this moment, or one of their waves was; None: whenever.
    """
    units = None if asked is None else [str(unit_id) for unit_id in asked]
    return await rows.many(StoredSeries, _SELECT_MANY, employer_id, *after, units, since, limit)


_SELECT_WAVES = """-- select_waves_of_series
select
  series_id,
  wave_id,
  opens_at,
  closes_at,
  state
from peil.wave
where
  employer_id = $1
  and series_id = any($2::uuid[])
order by
  opens_at,
  wave_id
"""


async def select_waves(rows: Rows, employer_id: UUID, series_ids: Sequence[UUID]) -> list[WaveOfSeries]:
    """The waves of these series in the order in which they open."""
    return await rows.many(WaveOfSeries, _SELECT_WAVES, employer_id, list(series_ids))


_CANCEL = """-- cancel_wave_series
update peil.wave_series
set
  cancelled_at = $3,
  modified_at = $3
where
  employer_id = $1
  and series_id = $2
"""


async def update_cancelled(rows: Rows, employer_id: UUID, series_id: UUID, at: datetime) -> None:
    await rows.execute(_CANCEL, employer_id, series_id, at)


_LOCK_PLANS = """-- lock_plans
select pg_advisory_xact_lock(hashtextextended('plans' || $1::text, 0))
"""


async def lock_plans(rows: Rows, employer_id: UUID) -> None:
    """Lets one plan at a time be judged and written, until the transaction ends."""
    await rows.value(_LOCK_PLANS, str(employer_id))


_ASKED = """
  wave_id,
  campaign_id,
  name,
  opens_at,
  instrument_id,
  unit_ids,
  employment_types"""

_SELECT_ASKING = f"""-- select_asking
select{_ASKED}
from peil.wave
where
  employer_id = $1
  and opens_at > $2
  and opens_at < $3
  and state <> 'cancelled'
order by
  opens_at,
  wave_id
"""


async def select_asking(rows: Rows, employer_id: UUID, after: datetime, before: datetime) -> list[AskedWave]:
    """Whom the waves that open between these moments ask, and what; not those that were cancelled."""
    return await rows.many(AskedWave, _SELECT_ASKING, employer_id, after, before)


# $3: the plan asks nothing that may be asked once, so that only waves matter that do.
_SELECT_ASKED = f"""-- select_asked
select{_ASKED}
from peil.wave as wave
join peil.instrument as instrument using (employer_id, instrument_id)
where
  employer_id = $1
  and wave_id is distinct from $2
  and wave.state <> 'cancelled'
  and (not $3 or instrument.content -> 'items' @> '[{{"repeatable": false}}]')
order by
  opens_at,
  wave_id
"""


async def select_asked(rows: Rows, employer_id: UUID, besides: UUID | None, *, freely: bool) -> list[AskedWave]:
    """Whom the other waves ask, and what, whenever that is; not those that were cancelled.

    `freely`: only those that ask something which may be asked once.
    """
    return await rows.many(AskedWave, _SELECT_ASKED, employer_id, besides, freely)


_SELECT_BUDGET = """-- select_fatigue_budget
select
  waves,
  items,
  days
from peil.fatigue_budget
where employer_id = $1
"""


async def select_budget(rows: Rows, employer_id: UUID) -> FatigueBudget | None:
    return await rows.one(FatigueBudget, _SELECT_BUDGET, employer_id)


_UPSERT_BUDGET = """-- upsert_fatigue_budget
insert into peil.fatigue_budget (employer_id, waves, items, days)
values ($1, $2, $3, $4)
on conflict (employer_id)
do update set
  waves = excluded.waves,
  items = excluded.items,
  days = excluded.days
"""


async def upsert_budget(rows: Rows, employer_id: UUID, new: FatigueBudgetNew) -> None:
    await rows.execute(_UPSERT_BUDGET, employer_id, new.waves, new.items, new.days)
