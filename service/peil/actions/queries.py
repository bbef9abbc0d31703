"""SQL of actions and progress checks."""

from collections.abc import Collection
from datetime import date, datetime
from uuid import UUID

from peil.actions.model import (
    ActionNew,
    ActionState,
    CheckKind,
    CheckResult,
    StateSince,
    StoredAction,
    StoredCheck,
    StoredMetric,
)
from peil.aggregates.model import Reading
from peil.database import Rows
from peil.ids import NONE

_INSERT = """-- insert_action
insert into peil.action (
  employer_id, action_id, title, description, level, measure, unit_id, owner, deadline, campaign_id, risk_id, state,
  starts_on, metric, history, created_at
)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)
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
  history = $15
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
) -> None:
    await rows.execute(_UPDATE, employer_id, action_id, *_values(new), starts_on, metric, history)


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
order by action_id
limit $7
"""


async def select_actions(
    rows: Rows,
    employer_id: UUID,
    seen: list[UUID] | None,
    *,
    campaign_id: UUID | None = None,
    unit_id: UUID | None = None,
    state: ActionState | None = None,
    after: UUID = NONE,
    limit: int | None = None,
) -> list[StoredAction]:
    """Those of one campaign, for one unit, in one state (None: all); `seen` as in `select_action`."""
    return await rows.many(StoredAction, _SELECT_MANY, employer_id, after, seen, campaign_id, unit_id, state, limit)


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


_INSERT_CHECK = """-- insert_progress_check
insert into peil.progress_check (employer_id, progress_check_id, action_id, number, kind, due_on)
values ($1, $2, $3, $4, $5, $6)
"""


async def insert_check(
    rows: Rows, employer_id: UUID, check_id: UUID, action_id: UUID, number: int, kind: CheckKind, due_on: date
) -> None:
    await rows.execute(_INSERT_CHECK, employer_id, check_id, action_id, number, kind, due_on)


_COMPLETE_CHECK = """-- complete_progress_check
update peil.progress_check
set
  result = $3,
  note = $4,
  reading = $5,
  completed_on = $6
where
  employer_id = $1
  and progress_check_id = $2
"""


async def complete_check(
    rows: Rows,
    employer_id: UUID,
    check_id: UUID,
    result: CheckResult,
    note: str | None,
    reading: Reading | None,
    on: date,
) -> None:
    await rows.execute(_COMPLETE_CHECK, employer_id, check_id, result, note, reading, on)


_CHECK = """
select
  progress_check.progress_check_id,
  progress_check.action_id,
  progress_check.number,
  progress_check.kind,
  progress_check.due_on,
  progress_check.reading,
  progress_check.result,
  progress_check.note,
  progress_check.completed_on,
  action.unit_id,
  action.state as action_state,
  action.metric
from peil.progress_check as progress_check
join peil.action as action on
  action.employer_id = progress_check.employer_id
  and action.action_id = progress_check.action_id"""

_SEEN_CHECK = "and ($3::uuid[] is null or action.unit_id is null or action.unit_id = any($3))"

_SELECT_CHECK = f"""-- select_progress_check{_CHECK}
where
  progress_check.employer_id = $1
  and progress_check.progress_check_id = $2
  {_SEEN_CHECK}
"""


async def select_check(
    rows: Rows, employer_id: UUID, check_id: UUID, seen: list[UUID] | None = None
) -> StoredCheck | None:
    """A progress check of an action that is seen as in `select_action`."""
    return await rows.one(StoredCheck, _SELECT_CHECK, employer_id, check_id, seen)


_LOCK_CHECK = f"""-- lock_progress_check{_CHECK}
where
  progress_check.employer_id = $1
  and progress_check.progress_check_id = $2
for no key update of progress_check
"""


async def lock_check(rows: Rows, employer_id: UUID, check_id: UUID) -> StoredCheck | None:
    """A progress check that nobody else completes until the transaction ends."""
    return await rows.one(StoredCheck, _LOCK_CHECK, employer_id, check_id)


_SELECT_CHECKS = f"""-- select_progress_checks{_CHECK}
where
  progress_check.employer_id = $1
  and ($2::uuid[] is null or progress_check.action_id = any($2))
  {_SEEN_CHECK}
  and ($4::boolean is null or (progress_check.completed_on is null and action.state in ('planned', 'active')) = $4)
  and ($5::uuid is null or action.campaign_id = $5)
  and (progress_check.due_on, progress_check.progress_check_id) > ($6, $7)
order by
  progress_check.due_on,
  progress_check.progress_check_id
limit $8
"""


async def select_checks(
    rows: Rows,
    employer_id: UUID,
    action_ids: Collection[UUID] | None,
    seen: list[UUID] | None,
    *,
    is_open: bool | None = None,
    campaign_id: UUID | None = None,
    after: tuple[date, UUID] = (date.min, NONE),
    limit: int | None = None,
) -> list[StoredCheck]:
    """By day, those of these actions (None: of all), of one campaign (None: of any), done or not; all without limit."""
    wanted = None if action_ids is None else list(action_ids)
    return await rows.many(StoredCheck, _SELECT_CHECKS, employer_id, wanted, seen, is_open, campaign_id, *after, limit)


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
