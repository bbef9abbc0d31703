"""SQL of what becomes of those who left: who is to be erased when, and that it is done."""

from datetime import date, datetime
from uuid import UUID

from peil.database import Rows

_BEGIN_TERMS = """-- begin_terms
update peil.person
set erase_at = $2
where
  employer_id = $1
  and not active
  and erase_at is null
  and external_id <> 'erased-' || person_id::text
"""


async def begin_terms(rows: Rows, employer_id: UUID, at: datetime) -> None:
    """Has those erased at `at` who left before that was kept."""
    await rows.execute(_BEGIN_TERMS, employer_id, at)


_ERASE_PEOPLE = """-- erase_people
update peil.person
set
  external_id = 'erased-' || person_id::text,
  user_name = null,
  display_name = null,
  email = null,
  language = null,
  employment_type = null,
  absent = false,
  leaves_on = null,
  switched_off = false,
  modified_at = $2,
  erase_at = null
where
  employer_id = $1
  and person_id = any(
    array(
      select person_id
      from peil.person
      where
        employer_id = $1
        and erase_at <= $2
        and not active
      order by erase_at, person_id
      limit $3
    )
  )
returning person_id
"""


async def erase_people(rows: Rows, employer_id: UUID, at: datetime, limit: int) -> list[UUID]:
    """Leaves nothing but the opaque id of those whose term is over; who they are."""
    return sorted(await rows.many(UUID, _ERASE_PEOPLE, employer_id, at, limit))


_SELECT_NEXT_ERASURE = """-- select_next_erasure
select min(erase_at)
from peil.person
where
  employer_id = $1
  and not active
"""


async def select_next_erasure(rows: Rows, employer_id: UUID) -> datetime | None:
    """When the next term is over; None: nobody is to be erased."""
    found: datetime | None = await rows.value(_SELECT_NEXT_ERASURE, employer_id)
    return found


_PLAN_ERASURE = """-- plan_erasure
update peil.person
set erase_at = $3
where
  employer_id = $1
  and person_id = $2
  and not active
"""


async def plan_erasure(rows: Rows, employer_id: UUID, person_id: UUID, at: datetime) -> None:
    """Has somebody who is not active erased at another moment."""
    await rows.execute(_PLAN_ERASURE, employer_id, person_id, at)


_TOUCH_LEFT = """-- touch_left
update peil.person
set modified_at = $3
where
  employer_id = $1
  and person_id = $2
  and not active
  and not switched_off
  and leaves_on <= $4
  and erase_at is not null
"""


async def touch_left(rows: Rows, employer_id: UUID, person_id: UUID, at: datetime) -> bool:
    """Marks somebody as changed who has left on a day said before, and is not erased yet; whether there is one."""
    return await rows.execute(_TOUCH_LEFT, employer_id, person_id, at, at.date()) > 0


_SELECT_LEAVING_DAY = """-- select_leaving_day
select leaves_on
from peil.person
where
  employer_id = $1
  and person_id = $2
  and not active
  and not switched_off
  and leaves_on > $3
"""


async def select_leaving_day(rows: Rows, employer_id: UUID, person_id: UUID, on: date) -> date | None:
    """The day after `on` on which somebody leaves who is active until then; None: there is none."""
    found: date | None = await rows.value(_SELECT_LEAVING_DAY, employer_id, person_id, on)
    return found
