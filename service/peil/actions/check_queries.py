"""SQL of progress checks."""

from collections.abc import Collection
from datetime import date, datetime
from uuid import UUID

from peil.actions.model import CheckKind, CheckResult, StoredCheck
from peil.aggregates.model import Reading
from peil.database import Rows
from peil.ids import NONE

_INSERT = """-- insert_progress_check
insert into peil.progress_check (employer_id, progress_check_id, action_id, number, kind, due_on, modified_at)
values ($1, $2, $3, $4, $5, $6, $7)
"""


async def insert_check(
    rows: Rows,
    employer_id: UUID,
    check_id: UUID,
    action_id: UUID,
    number: int,
    kind: CheckKind,
    due_on: date,
    at: datetime,
) -> None:
    await rows.execute(_INSERT, employer_id, check_id, action_id, number, kind, due_on, at)


_COMPLETE = """-- complete_progress_check
update peil.progress_check
set
  result = $3,
  note = $4,
  reading = $5,
  completed_on = $6,
  modified_at = $7
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
    at: datetime,
) -> None:
    await rows.execute(_COMPLETE, employer_id, check_id, result, note, reading, on, at)


_MARK_OVERDUE = """-- mark_progress_check_overdue
update peil.progress_check
set modified_at = $3
where
  employer_id = $1
  and progress_check_id = $2
"""


async def mark_overdue(rows: Rows, employer_id: UUID, check_id: UUID, at: datetime) -> None:
    """Writes nothing but that it reads differently from now on: that it is late, its day says."""
    await rows.execute(_MARK_OVERDUE, employer_id, check_id, at)


_COLUMNS = """
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

_SEEN = "and ($3::uuid[] is null or action.unit_id is null or action.unit_id = any($3))"

_SELECT = f"""-- select_progress_check{_COLUMNS}
where
  progress_check.employer_id = $1
  and progress_check.progress_check_id = $2
  {_SEEN}
"""


async def select_check(
    rows: Rows, employer_id: UUID, check_id: UUID, seen: list[UUID] | None = None
) -> StoredCheck | None:
    """A progress check of an action that is seen as in `select_action`."""
    return await rows.one(StoredCheck, _SELECT, employer_id, check_id, seen)


_LOCK = f"""-- lock_progress_check{_COLUMNS}
where
  progress_check.employer_id = $1
  and progress_check.progress_check_id = $2
for no key update of progress_check
"""


async def lock_check(rows: Rows, employer_id: UUID, check_id: UUID) -> StoredCheck | None:
    """A progress check that nobody else completes until the transaction ends."""
    return await rows.one(StoredCheck, _LOCK, employer_id, check_id)


# What became of its action, and what measures that, a check tells as well.
_CHANGED = """(
    $8::timestamptz is null
    or progress_check.progress_check_id = any(
      array(
        select changed.progress_check_id
        from peil.progress_check as changed
        where
          changed.employer_id = $1
          and changed.modified_at > $8
        union all
        select asked.progress_check_id
        from peil.action as followed
        join peil.progress_check as asked on
          asked.employer_id = followed.employer_id
          and asked.action_id = followed.action_id
        where
          followed.employer_id = $1
          and followed.modified_at > $8
      )
    )
  )"""

_SELECT_MANY = f"""-- select_progress_checks{_COLUMNS}
where
  progress_check.employer_id = $1
  and ($2::uuid[] is null or progress_check.action_id = any($2))
  {_SEEN}
  and ($4::boolean is null or (progress_check.completed_on is null and action.state in ('planned', 'active')) = $4)
  and ($5::uuid is null or action.campaign_id = $5)
  and (progress_check.due_on, progress_check.progress_check_id) > ($6, $7)
  and {_CHANGED}
order by
  progress_check.due_on,
  progress_check.progress_check_id
limit $9
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
    since: datetime | None = None,
    limit: int | None = None,
) -> list[StoredCheck]:
    """By day, those of these actions (None: of all), of one campaign (None: of any), done or not; all without limit.

    `since`: only those that were written after this moment, or their action was; None: whenever.
    """
    wanted = None if action_ids is None else list(action_ids)
    return await rows.many(
        StoredCheck, _SELECT_MANY, employer_id, wanted, seen, is_open, campaign_id, *after, since, limit
    )
