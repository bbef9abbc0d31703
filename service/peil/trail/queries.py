"""SQL of the audit trail."""

from uuid import UUID

from peil.database import Rows
from peil.trail.model import AuditEntry, AuditExportQuery, AuditQuery

_AUDIT_COLUMNS = """
select
  audit_id,
  employer_id,
  position,
  at,
  actor_kind,
  actor_id,
  event,
  subject,
  encode(hash, 'hex') as hash
from peil.audit"""

_ASKED = """
  and ($4::timestamptz is null or at >= $4)
  and ($5::timestamptz is null or at < $5)
  and ($6::uuid is null or actor_id = $6)
  and ($7::text is null or event = $7)
  and ($8::text is null or subject = $8 or starts_with(subject, $8 || '/'))"""

_SELECT_AUDIT = f"""-- select_audit{_AUDIT_COLUMNS}
where
  employer_id = $1
  and position > $2{_ASKED}
order by position
limit $3
"""


async def select_audit(
    rows: Rows, employer_id: UUID, after: int, limit: int, asked: AuditQuery | AuditExportQuery
) -> list[AuditEntry]:
    """Chained entries of an employer after place `after`."""
    return await rows.many(AuditEntry, _SELECT_AUDIT, employer_id, after, limit, *_filters(asked))


_SELECT_OWN_AUDIT = f"""-- select_own_audit{_AUDIT_COLUMNS}
where
  actor_id = $1
  and actor_kind = 'operator'
  and position is not null
  and audit_id > $2{_ASKED}
order by audit_id
limit $3
"""


async def select_own_audit(
    rows: Rows, actor_id: UUID, after: UUID, limit: int, asked: AuditQuery | AuditExportQuery
) -> list[AuditEntry]:
    """Chained entries of whichever employer that this client of the operator made, after the id `after`."""
    return await rows.many(AuditEntry, _SELECT_OWN_AUDIT, actor_id, after, limit, *_filters(asked))


def _filters(asked: AuditQuery | AuditExportQuery) -> tuple[object, ...]:
    return asked.from_, asked.to, asked.actor, asked.event, asked.resource
