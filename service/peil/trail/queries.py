"""SQL of the audit trails: of employers, and of vendors and the operator."""

from uuid import UUID

from peil.database import Rows
from peil.trail.model import AuditEntry, AuditExportQuery, AuditQuery

Asked = AuditQuery | AuditExportQuery

_DEED = """
  position,
  at,
  actor_kind,
  actor_id,
  event,
  subject,
  encode(hash, 'hex') as hash"""

_OF_EMPLOYER = f"""
  audit_id,
  employer_id,
  null::uuid as vendor_id,{_DEED}
from peil.audit"""

_OF_VENDOR = f"""
  audit_id,
  null::uuid as employer_id,
  vendor_id,{_DEED}
from peil.vendor_audit"""

# Of a resource with what belongs to it: '0' is the character after '/'.
_ASKED = """
  and ($3::timestamptz is null or at >= $3)
  and ($4::timestamptz is null or at < $4)
  and ($5::uuid is null or actor_id = $5)
  and ($6::text is null or event = $6)
  and (
    $7::text is null
    or subject collate "C" = $7
    or (subject collate "C" >= $7 || '/' and subject collate "C" < $7 || '0')
  )"""

_SELECT_AUDIT = f"""-- select_audit
select{_OF_EMPLOYER}
where
  employer_id = $8
  and position > $1{_ASKED}
order by position
limit $2
"""


async def select_audit(rows: Rows, employer_id: UUID, after: int, limit: int, asked: Asked) -> list[AuditEntry]:
    """Chained entries of an employer after place `after`."""
    return await _select(rows, _SELECT_AUDIT, after, limit, *_filters(asked), employer_id)


_SELECT_VENDOR_AUDIT = f"""-- select_vendor_audit
select{_OF_VENDOR}
where
  vendor_id = $8
  and position > $1{_ASKED}
order by position
limit $2
"""


async def select_vendor_audit(rows: Rows, vendor_id: UUID, after: int, limit: int, asked: Asked) -> list[AuditEntry]:
    """Chained entries of a vendor after place `after`."""
    return await _select(rows, _SELECT_VENDOR_AUDIT, after, limit, *_filters(asked), vendor_id)


_SELECT_OPERATOR_AUDIT = f"""-- select_operator_audit
(
select{_OF_EMPLOYER}
where
  actor_kind = 'operator'
  and position is not null
  and audit_id > $1{_ASKED}
order by audit_id
limit $2
)
union all
(
select{_OF_VENDOR}
where
  (actor_kind = 'operator' or vendor_id = '00000000-0000-0000-0000-000000000000')
  and position is not null
  and audit_id > $1{_ASKED}
order by audit_id
limit $2
)
order by audit_id
limit $2
"""


async def select_operator_audit(rows: Rows, after: UUID, limit: int, asked: Asked) -> list[AuditEntry]:
    """Chained entries of what the operator did to whomever, and of its own matters, after the id `after`."""
    return await _select(rows, _SELECT_OPERATOR_AUDIT, after, limit, *_filters(asked))


async def _select(rows: Rows, sql: str, *arguments: object) -> list[AuditEntry]:
    # One plan for all filters would read a trail whole for a resource that it has three entries of.
    await rows.execute("set local plan_cache_mode = force_custom_plan")
    return await rows.many(AuditEntry, sql, *arguments)


def _filters(asked: Asked) -> tuple[object, ...]:
    return asked.from_, asked.to, asked.actor, asked.event, asked.resource
