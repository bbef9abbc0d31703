"""SQL of campaigns."""

from datetime import datetime
from uuid import UUID

import msgspec

from peil.campaigns.model import CampaignNew, StoredCampaign
from peil.database import Rows

_INSERT = """-- insert_campaign
insert into peil.campaign (
  employer_id, campaign_id, name, year, week_from, week_to, provisional, zone, dates, goals, themes, criteria,
  core_team, sponsor_id, core_message, copied_from_id, created_at, modified_at
)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $17)
"""


async def insert_campaign(
    rows: Rows, employer_id: UUID, campaign_id: UUID, new: CampaignNew, copied_from_id: UUID | None, at: datetime
) -> None:
    await rows.execute(_INSERT, employer_id, campaign_id, *_values(new), copied_from_id, at)


_UPDATE = """-- update_campaign
update peil.campaign
set
  name = $3,
  year = $4,
  week_from = $5,
  week_to = $6,
  provisional = $7,
  zone = $8,
  dates = $9,
  goals = $10,
  themes = $11,
  criteria = $12,
  core_team = $13,
  sponsor_id = $14,
  core_message = $15,
  modified_at = $16
where
  employer_id = $1
  and campaign_id = $2
"""


async def update_campaign(rows: Rows, employer_id: UUID, campaign_id: UUID, new: CampaignNew, at: datetime) -> None:
    await rows.execute(_UPDATE, employer_id, campaign_id, *_values(new), at)


_COLUMNS = """
  campaign_id,
  name,
  year,
  week_from,
  week_to,
  provisional,
  zone,
  dates,
  goals,
  themes,
  criteria,
  core_team,
  sponsor_id,
  core_message,
  copied_from_id,
  created_at"""

_SELECT = f"""-- select_campaign
select{_COLUMNS}
from peil.campaign
where
  employer_id = $1
  and campaign_id = $2
"""


async def select_campaign(rows: Rows, employer_id: UUID, campaign_id: UUID) -> StoredCampaign | None:
    return await rows.one(StoredCampaign, _SELECT, employer_id, campaign_id)


_LOCK = f"""-- lock_campaign
select{_COLUMNS}
from peil.campaign
where
  employer_id = $1
  and campaign_id = $2
for no key update
"""


async def lock_campaign(rows: Rows, employer_id: UUID, campaign_id: UUID) -> StoredCampaign | None:
    """A campaign that nobody else changes until the transaction ends."""
    return await rows.one(StoredCampaign, _LOCK, employer_id, campaign_id)


_SELECT_MANY = f"""-- select_campaigns
select{_COLUMNS}
from peil.campaign
where
  employer_id = $1
  and campaign_id > $2
  and ($3::timestamptz is null or modified_at > $3)
order by campaign_id
limit $4
"""


async def select_campaigns(
    rows: Rows, employer_id: UUID, after: UUID, since: datetime | None, limit: int
) -> list[StoredCampaign]:
    """Those after an id; `since`: only what was written after this moment, None: whenever."""
    return await rows.many(StoredCampaign, _SELECT_MANY, employer_id, after, since, limit)


_IS_CHANGED = """-- is_campaign_changed
select exists (
  select
  from peil.campaign
  where
    employer_id = $1
    and campaign_id = $2
    and modified_at > $3
)
"""


async def is_campaign_changed(rows: Rows, employer_id: UUID, campaign_id: UUID, since: datetime) -> bool:
    return bool(await rows.value(_IS_CHANGED, employer_id, campaign_id, since))


def _values(new: CampaignNew) -> tuple[object, ...]:
    return (
        new.name,
        new.year,
        new.week_from,
        new.week_to,
        new.provisional,
        new.zone,
        new.dates,
        new.goals,
        new.themes,
        new.criteria,
        new.core_team,
        new.sponsor_id,
        new.core_message,
    )


_SELECT_ZONES = """-- select_zones
select
  campaign_id,
  zone
from peil.campaign
where employer_id = $1
order by campaign_id
"""


class _Zone(msgspec.Struct, frozen=True):
    campaign_id: UUID
    zone: str


async def select_zones(rows: Rows, employer_id: UUID) -> dict[UUID, str]:
    """The time zone of each campaign."""
    found = await rows.many(_Zone, _SELECT_ZONES, employer_id)
    return {one.campaign_id: one.zone for one in found}
