"""SQL of which campaign a vendor made from which template."""

from uuid import UUID

from peil.database import Rows

_SELECT = """-- select_vendor_campaign
select campaign_id
from peil.vendor_campaign
where
  employer_id = $1
  and vendor_id = $2
  and template_key = $3
  and year = $4
"""


async def select_vendor_campaign(
    rows: Rows, employer_id: UUID, vendor_id: UUID, template_key: str, year: int
) -> UUID | None:
    """The campaign that a vendor made for a year from a template; None: it made none."""
    return await rows.one(UUID, _SELECT, employer_id, vendor_id, template_key, year)


_INSERT = """-- insert_vendor_campaign
insert into peil.vendor_campaign (employer_id, vendor_id, template_key, year, campaign_id)
values ($1, $2, $3, $4, $5)
"""


async def insert_vendor_campaign(
    rows: Rows, employer_id: UUID, vendor_id: UUID, template_key: str, year: int, campaign_id: UUID
) -> None:
    await rows.execute(_INSERT, employer_id, vendor_id, template_key, year, campaign_id)
