"""SQL of vendors and of the employers that let them act."""

from datetime import datetime
from uuid import UUID

from peil.database import Rows
from peil.employers.vendors.model import Vendor, VendorLink

_INSERT_VENDOR = """-- insert_vendor
insert into peil.vendor (vendor_id, name, state, created_at, modified_at, position)
values ($1, $2, 'active', $3, $3, 0)
"""


async def insert_vendor(rows: Rows, vendor_id: UUID, name: str, at: datetime) -> None:
    await rows.execute(_INSERT_VENDOR, vendor_id, name, at)


_SELECT_VENDORS = """-- select_vendors
select
  vendor_id,
  name,
  state,
  created_at
from peil.vendor
where
  vendor_id > $1
  and ($2::uuid is null or vendor_id = $2)
  and ($3::timestamptz is null or modified_at > $3)
order by vendor_id
limit $4
"""


async def select_vendors(
    rows: Rows, after: UUID, only: UUID | None, since: datetime | None, limit: int
) -> list[Vendor]:
    """Vendors after id `after`; `only` one of them, or all where it is None; `since` as in `select_links`."""
    return await rows.many(Vendor, _SELECT_VENDORS, after, only, since, limit)


_SELECT_VENDOR = """-- select_vendor
select
  vendor_id,
  name,
  state,
  created_at
from peil.vendor
where vendor_id = $1
"""


async def select_vendor(rows: Rows, vendor_id: UUID) -> Vendor | None:
    return await rows.one(Vendor, _SELECT_VENDOR, vendor_id)


_LOCK_VENDOR = """-- lock_vendor
select state
from peil.vendor
where vendor_id = $1
for share
"""


async def lock_vendor(rows: Rows, vendor_id: UUID) -> str | None:
    """Its state, which nobody changes until the transaction ends; None: there is no such vendor.

    Take it before an employer's lock: whoever revokes a vendor comes by its employers afterwards.
    """
    state: str | None = await rows.value(_LOCK_VENDOR, vendor_id)
    return state


_REVOKE_VENDOR = """-- revoke_vendor
update peil.vendor
set
  state = 'revoked',
  modified_at = $2
where
  vendor_id = $1
  and state = 'active'
"""


async def revoke_vendor(rows: Rows, vendor_id: UUID, at: datetime) -> bool:
    """False where that was done before."""
    return await rows.execute(_REVOKE_VENDOR, vendor_id, at) > 0


_UPSERT_LINK = """-- upsert_vendor_link
insert into peil.vendor_link (employer_id, vendor_id, state, created_at, confirmed_at, modified_at)
values ($1, $2, $3::text, $4::timestamptz, case when $3::text = 'active' then $4::timestamptz end, $4)
on conflict (employer_id, vendor_id)
do update set
  state = excluded.state,
  created_at = excluded.created_at,
  confirmed_at = excluded.confirmed_at,
  ended_at = null,
  modified_at = excluded.modified_at
where peil.vendor_link.state = 'ended'
"""


async def upsert_link(rows: Rows, employer_id: UUID, vendor_id: UUID, state: str, at: datetime) -> bool:
    """False where there is one that has not ended."""
    return await rows.execute(_UPSERT_LINK, employer_id, vendor_id, state, at) > 0


_CONFIRM_LINK = """-- confirm_vendor_link
update peil.vendor_link
set
  state = 'active',
  confirmed_at = $3,
  modified_at = $3
where
  employer_id = $1
  and vendor_id = $2
  and state = 'waiting'
"""


async def confirm_link(rows: Rows, employer_id: UUID, vendor_id: UUID, at: datetime) -> bool:
    """False where it does not wait for that."""
    return await rows.execute(_CONFIRM_LINK, employer_id, vendor_id, at) > 0


_END_LINK = """-- end_vendor_link
update peil.vendor_link
set
  state = 'ended',
  ended_at = $3,
  modified_at = $3
where
  employer_id = $1
  and vendor_id = $2
  and state <> 'ended'
"""


async def end_link(rows: Rows, employer_id: UUID, vendor_id: UUID, at: datetime) -> bool:
    """False where it has ended before."""
    return await rows.execute(_END_LINK, employer_id, vendor_id, at) > 0


_REVOKE_MADE = """-- revoke_clients_made_by_vendor
update peil.client
set
  state = 'revoked',
  modified_at = $3
where
  employer_id = $1
  and vendor_id = $2
  and state = 'active'
"""


async def revoke_clients_made(rows: Rows, employer_id: UUID, vendor_id: UUID, at: datetime) -> None:
    """Those that the vendor made for the employer: they do not come back with another link."""
    await rows.execute(_REVOKE_MADE, employer_id, vendor_id, at)


_END_SECRETS_MADE = """-- end_scim_secrets_made_by_vendor
update peil.scim_secret
set
  expires_at = $3,
  modified_at = $3
where
  employer_id = $1
  and made_by = $2
  and expires_at > $3
"""


async def end_scim_secrets_made(rows: Rows, employer_id: UUID, vendor_id: UUID, at: datetime) -> None:
    """Those of SCIM connections that the vendor made: from `at` on they prove nothing."""
    await rows.execute(_END_SECRETS_MADE, employer_id, vendor_id, at)


_REVOKE_OWN = """-- revoke_clients_of_vendor
update peil.client
set
  state = 'revoked',
  modified_at = $2
where
  employer_id is null
  and vendor_id = $1
  and state = 'active'
"""


async def revoke_own_clients(rows: Rows, vendor_id: UUID, at: datetime) -> None:
    await rows.execute(_REVOKE_OWN, vendor_id, at)


_LOCK_EMPLOYER = """-- lock_employer_of_vendors
select employer_id
from peil.employer
where employer_id = $1
for no key update
"""


async def lock_employer(rows: Rows, employer_id: UUID) -> None:
    """Lets one change of the employer's links happen at a time, so that each sees those before it."""
    await rows.execute(_LOCK_EMPLOYER, employer_id)


_UPDATE_SEERS = """-- update_vendors_of_employer
update peil.employer
set
  vendor_ids = array(
    select vendor_id
    from peil.vendor_link
    where
      employer_id = $1
      and state = 'active'
    order by vendor_id
  )
where employer_id = $1
"""


async def update_seers(rows: Rows, employer_id: UUID) -> None:
    """Lets the vendors with an active link see that the employer is there, and no others; it is locked before."""
    await rows.execute(_UPDATE_SEERS, employer_id)


# What a vendor is told of the employer: nothing until the employer lets it act, and of ids only its own.
_LINKS = """
  link.employer_id,
  case when not $3 or link.state = 'active' then employer.name end as employer_name,
  case when employer.vendor_id = link.vendor_id and (not $3 or link.state = 'active') then employer.external_id end
    as external_id,
  link.vendor_id,
  vendor.name as vendor_name,
  link.state,
  link.created_at,
  link.confirmed_at,
  link.ended_at
from peil.vendor_link as link
left join peil.employer as employer on employer.employer_id = link.employer_id
inner join peil.vendor as vendor on vendor.vendor_id = link.vendor_id"""

_SELECT_LINK = f"""-- select_vendor_link
select{_LINKS}
where
  link.employer_id = $1
  and link.vendor_id = $2
"""


async def select_link(rows: Rows, employer_id: UUID, vendor_id: UUID, *, to_vendor: bool) -> VendorLink | None:
    """`to_vendor`: as the vendor may see it."""
    return await rows.one(VendorLink, _SELECT_LINK, employer_id, vendor_id, to_vendor)


_SELECT_LINKS = f"""-- select_vendor_links
select{_LINKS}
where
  link.employer_id = $1
  and link.vendor_id > $2
  and (not $3 or link.vendor_id = $5)
  and ($6::timestamptz is null or link.modified_at > $6)
order by link.vendor_id
limit $4
"""


async def select_links(
    rows: Rows, employer_id: UUID, after: UUID, only: UUID | None, since: datetime | None, limit: int
) -> list[VendorLink]:
    """The links of an employer to vendors after id `after`; `only`: to this vendor, as it may see that.

    `since`: only what was written after this moment, None: whenever.
    """
    return await rows.many(VendorLink, _SELECT_LINKS, employer_id, after, only is not None, limit, only, since)


_SELECT_EMPLOYERS_OF = f"""-- select_vendor_employers
select{_LINKS}
where
  link.vendor_id = $1
  and link.employer_id > $2
  and ($5::timestamptz is null or link.modified_at > $5)
order by link.employer_id
limit $4
"""


async def select_employers_of(
    rows: Rows, vendor_id: UUID, after: UUID, since: datetime | None, limit: int, *, to_vendor: bool
) -> list[VendorLink]:
    """The links of a vendor to employers after id `after`; `since` as in `select_links`."""
    return await rows.many(VendorLink, _SELECT_EMPLOYERS_OF, vendor_id, after, to_vendor, limit, since)


_SELECT_ACTIVE = """-- select_active_employers
select employer_id
from peil.vendor_link
where
  vendor_id = $1
  and employer_id > $2
  and state = 'active'
order by employer_id
limit $3
"""


async def select_active_employers(rows: Rows, vendor_id: UUID, after: UUID, limit: int) -> list[UUID]:
    """Employers that let a vendor act, after id `after`."""
    return await rows.many(UUID, _SELECT_ACTIVE, vendor_id, after, limit)


_SELECT_AMONG = """-- select_active_among
select employer_id
from peil.vendor_link
where
  vendor_id = $1
  and employer_id = any($2::uuid[])
  and state = 'active'
order by employer_id
"""


async def select_active_among(rows: Rows, vendor_id: UUID, employer_ids: list[UUID]) -> list[UUID]:
    """Those of these employers that let a vendor act."""
    return await rows.many(UUID, _SELECT_AMONG, vendor_id, employer_ids)


_LOCK_LINK = """-- lock_active_link
select true
from peil.vendor_link
where
  employer_id = $1
  and vendor_id = $2
  and state = 'active'
for no key update
"""


async def lock_active_link(rows: Rows, employer_id: UUID, vendor_id: UUID) -> bool:
    """Whether the employer lets the vendor act; that stays so until the transaction ends."""
    return await rows.value(_LOCK_LINK, employer_id, vendor_id) is not None
