"""SQL of the audit trail."""

from uuid import UUID

from peil.database import Rows
from peil.trail.model import AuditEntry

_SELECT_AUDIT = """-- select_audit
select
  audit_id,
  position,
  at,
  actor_kind,
  actor_id,
  event,
  subject,
  encode(hash, 'hex') as hash
from peil.audit
where
  employer_id = $1
  and position > $2
order by position
limit $3
"""


async def select_audit(rows: Rows, employer_id: UUID, after: int, limit: int) -> list[AuditEntry]:
    """Chained entries after place `after`."""
    return await rows.many(AuditEntry, _SELECT_AUDIT, employer_id, after, limit)
