"""SQL of support routes."""

from uuid import UUID

from peil.database import Rows
from peil.support_routes.model import SupportRoute, SupportRouteNew

_INSERT = """-- insert_support_route
insert into peil.support_route (
  employer_id, support_route_id, kind, name, contact, explanation, valid_until
)
values ($1, $2, $3, $4, $5, $6, $7)
"""


async def insert_support_route(rows: Rows, employer_id: UUID, route_id: UUID, new: SupportRouteNew) -> None:
    await rows.execute(_INSERT, employer_id, route_id, *_values(new))


_UPDATE = """-- update_support_route
update peil.support_route
set
  kind = $3,
  name = $4,
  contact = $5,
  explanation = $6,
  valid_until = $7
where
  employer_id = $1
  and support_route_id = $2
"""


async def update_support_route(rows: Rows, employer_id: UUID, route_id: UUID, new: SupportRouteNew) -> None:
    await rows.execute(_UPDATE, employer_id, route_id, *_values(new))


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
order by support_route_id
limit $3
"""


async def select_support_routes(rows: Rows, employer_id: UUID, after: UUID, limit: int | None) -> list[SupportRoute]:
    """Those after an id; `limit` None: all."""
    return await rows.many(SupportRoute, _SELECT_MANY, employer_id, after, limit)


def _values(new: SupportRouteNew) -> tuple[object, ...]:
    return new.kind, new.name, new.contact, new.explanation, new.valid_until
