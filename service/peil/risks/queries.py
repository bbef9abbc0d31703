"""SQL of the register of risks."""

from collections.abc import Collection
from datetime import date, datetime
from uuid import UUID

import msgspec

from peil.database import Rows
from peil.risks.model import RiskNew, RiskState


class StoredRisk(msgspec.Struct, frozen=True, kw_only=True):
    """A risk as it is stored; whether it is statutory, the catalogue knows."""

    risk_id: UUID
    title: str
    category: str
    description: str | None
    severity: int
    likelihood: int
    unit_ids: list[UUID] | None
    state: RiskState
    rie_version: str | None
    identified_on: date
    created_at: datetime


_INSERT = """-- insert_risk
insert into peil.risk (
  employer_id, risk_id, title, category, description, severity, likelihood, unit_ids, state, rie_version,
  identified_on, created_at, modified_at
)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $12)
"""


async def insert_risk(rows: Rows, employer_id: UUID, risk_id: UUID, new: RiskNew, found: date, at: datetime) -> None:
    """Adds a risk that was identified on the day `found`."""
    await rows.execute(_INSERT, employer_id, risk_id, *_values(new), found, at)


_UPDATE = """-- update_risk
update peil.risk
set
  title = $3,
  category = $4,
  description = $5,
  severity = $6,
  likelihood = $7,
  unit_ids = $8,
  state = $9,
  rie_version = $10,
  identified_on = $11,
  modified_at = $12
where
  employer_id = $1
  and risk_id = $2
"""


async def update_risk(rows: Rows, employer_id: UUID, risk_id: UUID, new: RiskNew, found: date, at: datetime) -> None:
    """Writes a risk that was identified on the day `found`."""
    await rows.execute(_UPDATE, employer_id, risk_id, *_values(new), found, at)


_COLUMNS = """
  risk_id,
  title,
  category,
  description,
  severity,
  likelihood,
  unit_ids,
  state,
  rie_version,
  identified_on,
  created_at"""

_SELECT = f"""-- select_risk
select{_COLUMNS}
from peil.risk
where
  employer_id = $1
  and risk_id = $2
"""


async def select_risk(rows: Rows, employer_id: UUID, risk_id: UUID) -> StoredRisk | None:
    return await rows.one(StoredRisk, _SELECT, employer_id, risk_id)


_LOCK = f"""-- lock_risk
select{_COLUMNS}
from peil.risk
where
  employer_id = $1
  and risk_id = $2
for update
"""


async def lock_risk(rows: Rows, employer_id: UUID, risk_id: UUID) -> StoredRisk | None:
    """A risk that nobody else changes until the transaction ends."""
    return await rows.one(StoredRisk, _LOCK, employer_id, risk_id)


_SELECT_MANY = f"""-- select_risks
select{_COLUMNS}
from peil.risk
where
  employer_id = $1
  and risk_id > $2
  and ($3::uuid[] is null or unit_ids is null or unit_ids && $3)
  and ($4::timestamptz is null or modified_at > $4)
order by risk_id
limit $5
"""


async def select_risks(
    rows: Rows,
    employer_id: UUID,
    after: UUID,
    about: list[UUID] | None,
    since: datetime | None,
    limit: int | None,
) -> list[StoredRisk]:
    """Risks after an id; `about`: only those about one of these units or everybody, None: all; `limit` None: all.

    `since`: only those that were written after this moment, None: whenever.
    """
    return await rows.many(StoredRisk, _SELECT_MANY, employer_id, after, about, since, limit)


_SELECT_KNOWN = """-- select_known_risks
select risk_id
from peil.risk
where
  employer_id = $1
  and risk_id = any($2::uuid[])
order by risk_id
"""


async def select_known_risks(rows: Rows, employer_id: UUID, risk_ids: Collection[UUID]) -> list[UUID]:
    """Those of these ids that the employer has."""
    return await rows.many(UUID, _SELECT_KNOWN, employer_id, list(risk_ids))


def _values(new: RiskNew) -> tuple[object, ...]:
    return (
        new.title,
        new.category,
        new.description,
        new.severity,
        new.likelihood,
        new.unit_ids,
        new.state,
        new.rie_version,
    )
