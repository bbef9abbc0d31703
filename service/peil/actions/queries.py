"""SQL of actions."""

from collections.abc import Collection
from datetime import date, datetime
from uuid import UUID

from peil.actions.model import (
    ActionNew,
    ActionState,
    StateSince,
    StoredAction,
    StoredMetric,
)
from peil.database import Rows
from peil.ids import NONE

_INSERT = """-- insert_action
insert into peil.action (
  employer_id, action_id, title, description, level, measure, unit_id, owner, deadline, campaign_id, risk_id, state,
  starts_on, metric, history, created_at, modified_at
)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $16)
"""


async def insert_action(
    rows: Rows,
    employer_id: UUID,
    action_id: UUID,
    new: ActionNew,
    starts_on: date,
    metric: StoredMetric | None,
    history: list[StateSince],
    at: datetime,
) -> None:
    await rows.execute(_INSERT, employer_id, action_id, *_values(new), starts_on, metric, history, at)


_UPDATE = """-- update_action
update peil.action
set
  title = $3,
  description = $4,
  level = $5,
  measure = $6,
  unit_id = $7,
  owner = $8,
  deadline = $9,
  campaign_id = $10,
  risk_id = $11,
  state = $12,
  starts_on = $13,
  metric = $14,
  history = $15,
  modified_at = $16
where
  employer_id = $1
  and action_id = $2
"""


async def update_action(
    rows: Rows,
    employer_id: UUID,
    action_id: UUID,
    new: ActionNew,
    starts_on: date,
    metric: StoredMetric | None,
    history: list[StateSince],
    at: datetime,
) -> None:
    await rows.execute(_UPDATE, employer_id, action_id, *_values(new), starts_on, metric, history, at)


_COLUMNS = """
  action_id,
  title,
  description,
  level,
  measure,
  unit_id,
  owner,
  starts_on,
  deadline,
  campaign_id,
  risk_id,
  metric,
  state,
  history,
  (
    select coalesce(max(progress_check.number), 0)
    from peil.progress_check as progress_check
    where
      progress_check.employer_id = action.employer_id
      and progress_check.action_id = action.action_id
  ) as last_check,
  created_at"""

# What is for everyone is seen by everybody; $3: units whose actions are seen besides, null for all.
_SEEN = "and ($3::uuid[] is null or unit_id is null or unit_id = any($3))"

_SELECT = f"""-- select_action
select{_COLUMNS}
from peil.action as action
where
  employer_id = $1
  and action_id = $2
  {_SEEN}
"""


async def select_action(
    rows: Rows, employer_id: UUID, action_id: UUID, seen: list[UUID] | None = None
) -> StoredAction | None:
    """An action that is for everyone or for one of the units `seen`; None: for whomever."""
    return await rows.one(StoredAction, _SELECT, employer_id, action_id, seen)


_LOCK = f"""-- lock_action
select{_COLUMNS}
from peil.action as action
where
  employer_id = $1
  and action_id = $2
for no key update
"""


async def lock_action(rows: Rows, employer_id: UUID, action_id: UUID) -> StoredAction | None:
    """An action that nobody else changes until the transaction ends."""
    return await rows.one(StoredAction, _LOCK, employer_id, action_id)


# When the next check is, an action tells as well.
_CHANGED = """(
    $7::timestamptz is null
    or action_id = any(
      array(
        select changed.action_id
        from peil.action as changed
        where
          changed.employer_id = $1
          and changed.modified_at > $7
        union all
        select progress_check.action_id
        from peil.progress_check as progress_check
        where
          progress_check.employer_id = $1
          and progress_check.modified_at > $7
      )
    )
  )"""

_SELECT_MANY = f"""-- select_actions
select{_COLUMNS}
from peil.action as action
where
  employer_id = $1
  and action_id > $2
  {_SEEN}
  and ($4::uuid is null or campaign_id = $4)
  and ($5::uuid is null or unit_id = $5)
  and ($6::text is null or state = $6)
  and {_CHANGED}
order by action_id
limit $8
"""


async def select_actions(
    rows: Rows,
    employer_id: UUID,
    seen: list[UUID] | None,
    *,
    campaign_id: UUID | None = None,
    unit_id: UUID | None = None,
    state: ActionState | None = None,
    since: datetime | None = None,
    after: UUID = NONE,
    limit: int | None = None,
) -> list[StoredAction]:
    """Those of one campaign, for one unit, in one state (None: all); `seen` as in `select_action`.

    `since`: only those that were written after this moment, or one of their checks was; None: whenever.
    """
    return await rows.many(
        StoredAction, _SELECT_MANY, employer_id, after, seen, campaign_id, unit_id, state, since, limit
    )


_SELECT_OF_CAMPAIGNS = f"""-- select_actions_of_campaigns
select{_COLUMNS}
from peil.action as action
where
  employer_id = $1
  and campaign_id = any($2::uuid[])
  {_SEEN}
order by action_id
"""


async def select_actions_of_campaigns(
    rows: Rows, employer_id: UUID, campaign_ids: Collection[UUID], seen: list[UUID] | None
) -> list[StoredAction]:
    return await rows.many(StoredAction, _SELECT_OF_CAMPAIGNS, employer_id, list(campaign_ids), seen)


def _values(new: ActionNew) -> tuple[object, ...]:
    return (
        new.title,
        new.description,
        new.level,
        new.measure,
        new.unit_id,
        new.owner,
        new.deadline,
        new.campaign_id,
        new.risk_id,
        new.state,
    )
