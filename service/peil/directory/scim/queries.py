"""SQL of SCIM connections and their findings."""

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

from peil.active import ACTIVE
from peil.database import Rows
from peil.directory.scim.model import (
    ConnectionState,
    ScimConnection,
    ScimConnectionNew,
    ScimFinding,
    ScimStanding,
)

_INSERT_CONNECTION = """-- insert_scim_connection
insert into peil.scim_connection (
  employer_id,
  connection_id,
  name,
  groups,
  group_prefix,
  group_names,
  tree,
  erase_after,
  erase_inactive_after,
  state,
  created_at,
  modified_at,
  made_by
)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $11, $12)
"""


async def insert_connection(
    rows: Rows,
    employer_id: UUID,
    connection_id: UUID,
    new: ScimConnectionNew,
    state: ConnectionState,
    at: datetime,
    made_by: UUID | None,
) -> None:
    """`made_by`: the vendor that makes it; None: none does."""
    await rows.execute(_INSERT_CONNECTION, employer_id, connection_id, *_said(new), state, at, made_by)


_UPDATE_CONNECTION = """-- update_scim_connection
update peil.scim_connection
set
  name = $3,
  groups = $4,
  group_prefix = $5,
  group_names = $6,
  tree = $7,
  erase_after = $8,
  erase_inactive_after = $9,
  modified_at = $10
where
  employer_id = $1
  and connection_id = $2
"""


async def update_connection(
    rows: Rows, employer_id: UUID, connection_id: UUID, new: ScimConnectionNew, at: datetime
) -> None:
    await rows.execute(_UPDATE_CONNECTION, employer_id, connection_id, *_said(new), at)


def _said(new: ScimConnectionNew) -> tuple[object, ...]:
    return new.name, new.groups, new.group_prefix, new.group_names, new.tree, new.erase_after, new.erase_inactive_after


_CONNECTION_COLUMNS = """
  connection.connection_id,
  connection.name,
  connection.groups,
  connection.group_prefix,
  connection.group_names,
  connection.tree,
  connection.erase_after,
  connection.erase_inactive_after,
  connection.state,
  (
    select
      coalesce(
        jsonb_agg(
          jsonb_build_object(
            'secretId', secret.secret_id, 'createdAt', secret.created_at, 'expiresAt', secret.expires_at
          ) order by secret.secret_id
        ),
        '[]'
      )
    from peil.scim_secret as secret
    where
      secret.employer_id = connection.employer_id
      and secret.connection_id = connection.connection_id
      and secret.expires_at > $3
  ) as secrets,
  connection.confirmed_removals,
  connection.confirmed_on,
  connection.created_at"""

_SELECT_CONNECTION = f"""-- select_scim_connection
select{_CONNECTION_COLUMNS}
from peil.scim_connection as connection
where
  connection.employer_id = $1
  and connection.connection_id = $2
  and ($4::uuid is null or connection.made_by is null or connection.made_by = $4)
"""


async def select_connection(
    rows: Rows, employer_id: UUID, connection_id: UUID, at: datetime, seer: UUID | None
) -> ScimConnection | None:
    """`seer`: as this vendor may see it, which is not told of another one; None: as anybody else."""
    return await rows.one(ScimConnection, _SELECT_CONNECTION, employer_id, connection_id, at, seer)


_LOCK_CONNECTION = """-- lock_scim_connection
select made_by
from peil.scim_connection
where
  employer_id = $1
  and connection_id = $2
for update
"""


async def lock_connection(rows: Rows, employer_id: UUID, connection_id: UUID) -> UUID | None:
    """Holds it until the transaction ends; the vendor that made it, None where none did, or there is none."""
    found: UUID | None = await rows.value(_LOCK_CONNECTION, employer_id, connection_id)
    return found


# A secret that is over is told no longer, and nobody writes that.
_CHANGED = """(
    $4::timestamptz is null
    or connection.modified_at > $4
    or exists (
      select
      from peil.scim_secret as written
      where
        written.employer_id = connection.employer_id
        and written.connection_id = connection.connection_id
        and (written.modified_at > $4 or written.expires_at > $4 and written.expires_at <= $3)
    )
  )"""

_SELECT_CONNECTIONS = f"""-- select_scim_connections
select{_CONNECTION_COLUMNS}
from peil.scim_connection as connection
where
  connection.employer_id = $1
  and connection.connection_id > $2
  and {_CHANGED}
  and ($6::uuid is null or connection.made_by is null or connection.made_by = $6)
order by connection.connection_id
limit $5
"""


async def select_connections(
    rows: Rows, employer_id: UUID, after: UUID, at: datetime, since: datetime | None, limit: int, seer: UUID | None
) -> list[ScimConnection]:
    """Those after an id, as they are at `at`, that this vendor (`seer`) may see; None: all.

    `since`: only what has changed after this moment, None: whenever.
    """
    return await rows.many(ScimConnection, _SELECT_CONNECTIONS, employer_id, after, at, since, limit, seer)


_SET_STATE = """-- set_scim_connection_state
update peil.scim_connection
set
  state = $4,
  modified_at = $5
where
  employer_id = $1
  and connection_id = $2
  and state = any($3::text[])
"""


async def set_state(
    rows: Rows,
    employer_id: UUID,
    connection_id: UUID,
    before: Sequence[ConnectionState],
    state: ConnectionState,
    at: datetime,
) -> bool:
    """False where it is in none of the states `before`."""
    return await rows.execute(_SET_STATE, employer_id, connection_id, list(before), state, at) > 0


_CONFIRM_REMOVALS = """-- confirm_scim_removals
update peil.scim_connection
set
  confirmed_removals = $3,
  confirmed_on = $4,
  modified_at = $5
where
  employer_id = $1
  and connection_id = $2
"""


async def confirm_removals(
    rows: Rows, employer_id: UUID, connection_id: UUID, people: int, on: date, at: datetime
) -> None:
    """`on`: by the employer's clock; `at`: in real time."""
    await rows.execute(_CONFIRM_REMOVALS, employer_id, connection_id, people, on, at)


_COUNT_FINDING = """-- count_scim_finding
insert into peil.scim_finding (employer_id, connection_id, code, attribute, times, subject, first_at, last_at)
values ($1, $2, $3, $4, $5, $6, $7, $7)
on conflict on constraint scim_finding_pkey
do update set
  times = peil.scim_finding.times + excluded.times,
  subject = excluded.subject,
  last_at = excluded.last_at
"""


async def count_findings(
    rows: Rows, employer_id: UUID, connection_id: UUID, found: Sequence[tuple[str, str, int, str | None]], at: datetime
) -> None:
    """Adds findings (code, attribute, how often, subject) to those there are, by code and attribute."""
    await rows.execute_each(_COUNT_FINDING, [(employer_id, connection_id, *one, at) for one in found])


_SELECT_FINDINGS = """-- select_scim_findings
select
  code,
  attribute,
  times,
  subject,
  first_at,
  last_at
from peil.scim_finding
where
  employer_id = $1
  and connection_id = $2
order by
  last_at desc,
  code,
  attribute
limit 500
"""


async def select_findings(rows: Rows, employer_id: UUID, connection_id: UUID) -> list[ScimFinding]:
    """The last 500."""
    return await rows.many(ScimFinding, _SELECT_FINDINGS, employer_id, connection_id)


_SELECT_STANDING = f"""-- select_scim_standing
select
  count(*) as people,
  count(*) filter (where not in_unit) as without_unit,
  count(*) filter (where groups > 1) as in_two_groups
from (
  select
    exists (
      select
      from peil.membership as membership
      where
        membership.employer_id = person.employer_id
        and membership.person_id = person.person_id
        and membership.role = 'member'
        and (membership.valid_to is null or membership.valid_to > $2)
    ) as in_unit,
    (
      select count(*)
      from peil.scim_member as member
      join peil.unit as unit on
        unit.employer_id = member.employer_id
        and unit.unit_id = member.unit_id
      where
        member.employer_id = person.employer_id
        and member.person_id = person.person_id
        and unit.valid_to is null
    ) as groups
  from peil.scim_user as scim
  join peil.person as person on
    person.employer_id = scim.employer_id
    and person.person_id = scim.person_id
  where
    scim.employer_id = $1
    and scim.deleted_at is null
    and {ACTIVE}
) as one
"""  # noqa: S608  # a constant


async def select_standing(rows: Rows, employer_id: UUID, on: date) -> ScimStanding:
    """How the active people that SCIM has said something of stand on a day."""
    found = await rows.one(ScimStanding, _SELECT_STANDING, employer_id, on)
    return found or ScimStanding(people=0, without_unit=0, in_two_groups=0)
