"""SQL of support routes."""

from datetime import date, datetime
from uuid import UUID

from peil.database import Rows
from peil.support_routes.model import SupportRoute, SupportRouteNew

_INSERT = """-- insert_support_route
insert into peil.support_route (
  employer_id, support_route_id, kind, name, contact, explanation, valid_until, modified_at
)
values ($1, $2, $3, $4, $5, $6, $7, $8)
"""


async def insert_support_route(
    rows: Rows, employer_id: UUID, route_id: UUID, new: SupportRouteNew, at: datetime
) -> None:
    await rows.execute(_INSERT, employer_id, route_id, *_values(new), at)


_UPDATE = """-- update_support_route
update peil.support_route
set
  kind = $3,
  name = $4,
  contact = $5,
  explanation = $6,
  valid_until = $7,
  modified_at = $8
where
  employer_id = $1
  and support_route_id = $2
"""


async def update_support_route(
    rows: Rows, employer_id: UUID, route_id: UUID, new: SupportRouteNew, at: datetime
) -> None:
    await rows.execute(_UPDATE, employer_id, route_id, *_values(new), at)


_DELETE = """-- delete_support_route
delete from peil.support_route
where
  employer_id = $1
  and support_route_id = $2
"""


async def delete_support_route(rows: Rows, employer_id: UUID, route_id: UUID) -> None:
    await rows.execute(_DELETE, employer_id, route_id)


_COLUMNS = """
  support_route_id,
  kind,
  name,
  contact,
  explanation,
  valid_until"""

_SELECT = f"""-- select_support_route
select{_COLUMNS}
from peil.support_route
where
  employer_id = $1
  and support_route_id = $2
"""


async def select_support_route(rows: Rows, employer_id: UUID, route_id: UUID) -> SupportRoute | None:
    return await rows.one(SupportRoute, _SELECT, employer_id, route_id)


_LOCK = f"""-- lock_support_route
select{_COLUMNS}
from peil.support_route
where
  employer_id = $1
  and support_route_id = $2
for update
"""


async def lock_support_route(rows: Rows, employer_id: UUID, route_id: UUID) -> SupportRoute | None:
    """A support route that nobody else changes until the transaction ends."""
    return await rows.one(SupportRoute, _LOCK, employer_id, route_id)


_SELECT_MANY = f"""-- select_support_routes
select{_COLUMNS}
from peil.support_route
where
  employer_id = $1
  and support_route_id > $2
  and ($3::timestamptz is null or modified_at > $3)
order by support_route_id
limit $4
"""


async def select_support_routes(
    rows: Rows, employer_id: UUID, after: UUID, since: datetime | None, limit: int | None
) -> list[SupportRoute]:
    """Those after an id; `since`: only what was written after this moment, None: whenever; `limit` None: all."""
    return await rows.many(SupportRoute, _SELECT_MANY, employer_id, after, since, limit)


# What was deleted has no row; that it was, the audit trail says.
_ARE_CHANGED = """-- are_support_routes_changed
select
  exists (
    select
    from peil.support_route
    where
      employer_id = $1
      and (modified_at > $2 or valid_until > $3 and valid_until <= $4)
  )
  or exists (
    select
    from peil.audit
    where
      employer_id = $1
      and event = 'delete_support_route'
      and at > $2
  )
"""


async def are_support_routes_changed(
    rows: Rows, employer_id: UUID, since: datetime, since_day: date, today: date
) -> bool:
    """Whether any came, changed, ended or went after a moment: `since`, which was on `since_day`."""
    return bool(await rows.value(_ARE_CHANGED, employer_id, since, since_day, today))


def _values(new: SupportRouteNew) -> tuple[object, ...]:
    return new.kind, new.name, new.contact, new.explanation, new.valid_until
