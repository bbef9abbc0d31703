"""SQL of activities and communications."""

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

from peil.campaigns.agenda_model import Activity, ActivityNew, CommunicationNew, StoredCommunication
from peil.database import Rows

Place = tuple[date, UUID]
"""Where an item stands in its list: its day, and its id among those of the day."""

_INSERT_ACTIVITY = """-- insert_activity
insert into peil.activity (
  employer_id, activity_id, campaign_id, kind, title, day, begins, ends, unit_ids, variant, host, attended,
  modified_at
)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)
"""


async def insert_activity(
    rows: Rows, employer_id: UUID, activity_id: UUID, campaign_id: UUID, new: ActivityNew, at: datetime
) -> None:
    await rows.execute(_INSERT_ACTIVITY, employer_id, activity_id, campaign_id, *_activity_values(new), at)


async def insert_activities(
    rows: Rows, employer_id: UUID, campaign_id: UUID, new: Sequence[tuple[UUID, ActivityNew]], at: datetime
) -> None:
    """Several with their ids, in one round trip."""
    await rows.execute_each(
        _INSERT_ACTIVITY, [(employer_id, one_id, campaign_id, *_activity_values(one), at) for one_id, one in new]
    )


_UPDATE_ACTIVITY = """-- update_activity
update peil.activity
set
  kind = $3,
  title = $4,
  day = $5,
  begins = $6,
  ends = $7,
  unit_ids = $8,
  variant = $9,
  host = $10,
  attended = $11,
  modified_at = $12
where
  employer_id = $1
  and activity_id = $2
"""


async def update_activity(rows: Rows, employer_id: UUID, activity_id: UUID, new: ActivityNew, at: datetime) -> None:
    await rows.execute(_UPDATE_ACTIVITY, employer_id, activity_id, *_activity_values(new), at)


_DELETE_ACTIVITY = """-- delete_activity
delete from peil.activity
where
  employer_id = $1
  and activity_id = $2
"""


async def delete_activity(rows: Rows, employer_id: UUID, activity_id: UUID) -> None:
    await rows.execute(_DELETE_ACTIVITY, employer_id, activity_id)


_ACTIVITY = """
  activity_id,
  campaign_id,
  kind,
  title,
  day as "on",
  begins as from_,
  ends as "to",
  unit_ids,
  variant,
  host,
  attended"""

_SELECT_ACTIVITY = f"""-- select_activity
select{_ACTIVITY}
from peil.activity
where
  employer_id = $1
  and activity_id = $2
"""


async def select_activity(rows: Rows, employer_id: UUID, activity_id: UUID) -> Activity | None:
    return await rows.one(Activity, _SELECT_ACTIVITY, employer_id, activity_id)


_LOCK_ACTIVITY = f"""-- lock_activity
select{_ACTIVITY}
from peil.activity
where
  employer_id = $1
  and activity_id = $2
for update
"""


async def lock_activity(rows: Rows, employer_id: UUID, activity_id: UUID) -> Activity | None:
    """An activity that nobody else changes until the transaction ends."""
    return await rows.one(Activity, _LOCK_ACTIVITY, employer_id, activity_id)


_SELECT_ACTIVITIES = f"""-- select_activities
select{_ACTIVITY}
from peil.activity
where
  employer_id = $1
  and campaign_id = $2
  and (day, activity_id) > ($3, $4)
  and ($5::uuid[] is null or unit_ids is null or unit_ids && $5)
  and ($6::timestamptz is null or modified_at > $6)
order by
  day,
  activity_id
limit $7
"""


async def select_activities(
    rows: Rows,
    employer_id: UUID,
    campaign_id: UUID,
    after: Place,
    seen: list[UUID] | None,
    since: datetime | None,
    limit: int | None,
) -> list[Activity]:
    """By day; `seen`: only what is for one of these units or for everyone, None: all; `limit` None: no end.

    `since`: only what was written after this moment, None: whenever.
    """
    return await rows.many(Activity, _SELECT_ACTIVITIES, employer_id, campaign_id, *after, seen, since, limit)


_SELECT_BETWEEN = f"""-- select_activities_between
select{_ACTIVITY}
from peil.activity
where
  employer_id = $1
  and day between $2 and $3
order by
  day,
  begins,
  activity_id
"""


async def select_activities_between(rows: Rows, employer_id: UUID, first: date, last: date) -> list[Activity]:
    """By day, the first and the last day included."""
    return await rows.many(Activity, _SELECT_BETWEEN, employer_id, first, last)


_INSERT_COMMUNICATION = """-- insert_communication
insert into peil.communication (
  employer_id, communication_id, campaign_id, kind, title, channel, day, owner, state, reach, modified_at
)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
"""


async def insert_communication(
    rows: Rows, employer_id: UUID, communication_id: UUID, campaign_id: UUID, new: CommunicationNew, at: datetime
) -> None:
    values = _communication_values(new)
    await rows.execute(_INSERT_COMMUNICATION, employer_id, communication_id, campaign_id, *values, at)


async def insert_communications(
    rows: Rows, employer_id: UUID, campaign_id: UUID, new: Sequence[tuple[UUID, CommunicationNew]], at: datetime
) -> None:
    """Several with their ids, in one round trip."""
    values = [(employer_id, one_id, campaign_id, *_communication_values(one), at) for one_id, one in new]
    await rows.execute_each(_INSERT_COMMUNICATION, values)


_UPDATE_COMMUNICATION = """-- update_communication
update peil.communication
set
  kind = $3,
  title = $4,
  channel = $5,
  day = $6,
  owner = $7,
  state = $8,
  reach = $9,
  modified_at = $10
where
  employer_id = $1
  and communication_id = $2
"""


async def update_communication(
    rows: Rows, employer_id: UUID, communication_id: UUID, new: CommunicationNew, at: datetime
) -> None:
    await rows.execute(_UPDATE_COMMUNICATION, employer_id, communication_id, *_communication_values(new), at)


_DELETE_COMMUNICATION = """-- delete_communication
delete from peil.communication
where
  employer_id = $1
  and communication_id = $2
"""


async def delete_communication(rows: Rows, employer_id: UUID, communication_id: UUID) -> None:
    await rows.execute(_DELETE_COMMUNICATION, employer_id, communication_id)


_COMMUNICATION = """
  communication_id,
  campaign_id,
  kind,
  title,
  channel,
  day as "on",
  owner,
  state,
  reach"""

_SELECT_COMMUNICATION = f"""-- select_communication
select{_COMMUNICATION}
from peil.communication
where
  employer_id = $1
  and communication_id = $2
"""


async def select_communication(rows: Rows, employer_id: UUID, communication_id: UUID) -> StoredCommunication | None:
    return await rows.one(StoredCommunication, _SELECT_COMMUNICATION, employer_id, communication_id)


_LOCK_COMMUNICATION = f"""-- lock_communication
select{_COMMUNICATION}
from peil.communication
where
  employer_id = $1
  and communication_id = $2
for update
"""


async def lock_communication(rows: Rows, employer_id: UUID, communication_id: UUID) -> StoredCommunication | None:
    """An item that nobody else changes until the transaction ends."""
    return await rows.one(StoredCommunication, _LOCK_COMMUNICATION, employer_id, communication_id)


_SELECT_COMMUNICATIONS = f"""-- select_communications
select{_COMMUNICATION}
from peil.communication
where
  employer_id = $1
  and campaign_id = $2
  and (day, communication_id) > ($3, $4)
  and (not $5 or state = 'sent')
  and ($6::timestamptz is null or modified_at > $6)
order by
  day,
  communication_id
limit $7
"""


async def select_communications(
    rows: Rows,
    employer_id: UUID,
    campaign_id: UUID,
    after: Place,
    *,
    only_sent: bool,
    since: datetime | None,
    limit: int | None,
) -> list[StoredCommunication]:
    """By day; `limit` None: no end; `since`: only what was written after this moment, None: whenever."""
    return await rows.many(
        StoredCommunication, _SELECT_COMMUNICATIONS, employer_id, campaign_id, *after, only_sent, since, limit
    )


def _activity_values(new: ActivityNew) -> tuple[object, ...]:
    return new.kind, new.title, new.on, new.from_, new.to, new.unit_ids, new.variant, new.host, new.attended


def _communication_values(new: CommunicationNew) -> tuple[object, ...]:
    return new.kind, new.title, new.channel, new.on, new.owner, new.state, new.reach
