"""What should have happened by now and has not: migrations, jobs, closes, the order of events, archiving."""

from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import Any

import asyncpg

from peil import migrations
from peil.checks.model import Line, WaveKeys, judge

PATIENCE = 600.0
"""Seconds by which anything may be late before it is told."""


async def look_at_migrations(owner: Any) -> Line:
    """Whether the database has the present schema; the other lines need it."""
    try:
        waiting = await migrations.pending(owner)
    except (asyncpg.PostgresError, migrations.MigrationError) as error:
        waiting = [f"cannot be told: {error}"]
    return judge("migrations", "migrations that are not applied", waiting, "run `peil migrate`")


async def look_at_work(owner: Any, now: datetime) -> list[Line]:
    """One line each; an employer's clock decides where it has one of its own."""

    async def late(sql: str) -> list[str]:
        return [str(row["found"]) for row in await owner.fetch(sql, now, PATIENCE)]

    return [
        judge(
            "jobs-failing",
            "jobs that failed and will be tried again",
            [str(row["found"]) for row in await owner.fetch(_FAILING)],
            "look for the job's name in the worker's log; it names where, never what",
        ),
        judge("jobs-late", "jobs that are due since long", await late(_LATE_JOBS), "start the worker, or another one"),
        judge(
            "closes-late",
            "waves whose window is over and which are neither released nor unrecoverable",
            await late(_LATE_CLOSES),
            "start the worker; until then answers are refused, none is lost",
        ),
        judge(
            "unrecoverable",
            "waves whose answers cannot be read because their key is lost",
            [str(row["found"]) for row in await owner.fetch(_UNRECOVERABLE)],
            "restore the key: the worker goes on by itself; if there is none, tell the people and cancel the wave",
            verdict="warning",
        ),
        judge(
            "intake-waits",
            "waves that take no answer because the worker has not looked at this database yet",
            [str(row["found"]) for row in await owner.fetch(_ELSEWHERE)],
            "start the worker; where it runs, its log says with which wave it does not succeed",
        ),
        judge(
            "secrets-ending",
            "SCIM connections and clients whose last secret ends within 30 days",
            [str(row["found"]) for row in await owner.fetch(_ENDING, now)],
            "have an administrator make the next one: from then on the other side is refused",
            verdict="warning",
        ),
        *await _look_at_events(owner, late),
        judge(
            "archive",
            "archiving of the write-ahead log",
            [str(row["found"]) for row in await owner.fetch(_ARCHIVE)],
            "mend archive_command: a restore would end before this",
        ),
    ]


async def _look_at_events(owner: Any, late: Callable[[str], Awaitable[list[str]]]) -> list[Line]:
    """Whether what happened is told, in the feed and to endpoints."""
    return [
        judge("events-late", "events without their place in the feed", await late(_LATE_EVENTS), "start the worker"),
        judge(
            "deliveries-late",
            "events that nobody pushes although their time has come",
            await late(_LATE_DELIVERIES),
            "start the worker; where it runs, its log says with which endpoint it does not succeed",
        ),
        judge(
            "webhooks-failing",
            "endpoints that are disabled because they took nothing, or are on the way to it",
            [str(row["found"]) for row in await owner.fetch(_FAILING_WEBHOOKS)],
            "tell its owner; once the receiver is mended it is activated again over the API",
            verdict="warning",
        ),
    ]


async def waves_with_keys(owner: Any, now: datetime) -> list[WaveKeys]:
    """Every wave of every employer, as far as its key is concerned."""
    return [WaveKeys(**dict(row)) for row in await owner.fetch(_SELECT_KEYS, now)]


_FAILING = """-- failing_jobs
select kind || ' of ' || subject || ' failed ' || attempts || ' times: ' || coalesce(failure, 'unknown') as found
from peil.due
where attempts > 0
order by found
"""

_LATE_JOBS = """-- late_jobs
select due.kind || ' of ' || due.subject || ', due since ' || due.at as found
from peil.due as due
join peil.employer as employer on employer.employer_id = due.employer_id
where due.at < coalesce(employer.clock_at, $1::timestamptz) - make_interval(secs => $2)
order by found
"""

_LATE_CLOSES = """-- late_closes
select 'wave ' || wave.wave_id || ' is ' || wave.state || ', was to close at ' || wave.closes_at as found
from peil.wave as wave
join peil.employer as employer on employer.employer_id = wave.employer_id
where
  wave.state in ('opening', 'ready', 'open', 'closing')
  and wave.closes_at < coalesce(employer.clock_at, $1::timestamptz) - make_interval(secs => $2)
order by found
"""

_UNRECOVERABLE = """-- unrecoverable_waves
select 'wave ' || wave_id || ', to close at ' || closes_at || ': ' || coalesce(failure, 'unknown') as found
from peil.wave
where state = 'unrecoverable'
order by found
"""

_ELSEWHERE = """-- waves_elsewhere
select
  'wave ' || wave_id || ' is ' || state || ' on a server that was started at '
    || coalesce(server_started_at::text, 'no known time') as found
from intake.open_wave
where
  state in ('ready', 'open', 'unrecoverable')
  and (server_started_at, place) is distinct from (
    pg_postmaster_start_time(),
    (
      select oid::text || '/' || 'intake.open_wave'::regclass::oid::text
      from pg_catalog.pg_database
      where datname = current_database()
    )
  )
order by found
"""

_ENDING = """-- ending_secrets
select 'connection ' || connection_id || ' of employer ' || employer_id || ' until ' || max(expires_at) as found
from peil.scim_secret
join peil.scim_connection using (employer_id, connection_id)
where state <> 'revoked'
group by employer_id, connection_id
having max(expires_at) between $1::timestamptz and $1::timestamptz + interval '30 days'
union all
select 'client ' || client.client_id || ' until ' || max(secret.expires_at)
from peil.client as client
join peil.client_secret as secret on secret.client_id = client.client_id
where client.state = 'active'
group by client.client_id
having
  count(*) = count(secret.expires_at)
  and max(secret.expires_at) between $1::timestamptz and $1::timestamptz + interval '30 days'
order by found
"""

_LATE_EVENTS = """-- late_events
select count(*) || ' events of employer ' || event.employer_id || ', the oldest of ' || min(event.at) as found
from peil.event as event
join peil.employer as employer on employer.employer_id = event.employer_id
where
  event.position is null
  and event.at < coalesce(employer.clock_at, $1::timestamptz) - make_interval(secs => $2)
group by event.employer_id
order by found
"""

# Of what is about one thing only the oldest that waits can be late; the others wait for it.
_LATE_DELIVERIES = """-- late_deliveries
select
  count(*) || ' events of employer ' || delivery.employer_id || ' for endpoint ' || delivery.endpoint_id
    || ', due since ' || min(delivery.next_at) as found
from peil.delivery as delivery
join peil.employer as employer on employer.employer_id = delivery.employer_id
join peil.webhook_endpoint as endpoint on
  endpoint.endpoint_id = delivery.endpoint_id
  and endpoint.state = 'active'
where
  delivery.state = 'waiting'
  and delivery.next_at < coalesce(employer.clock_at, $1::timestamptz) - make_interval(secs => $2)
  and not exists (
    select 1
    from peil.delivery as older
    where
      older.employer_id = delivery.employer_id
      and older.endpoint_id = delivery.endpoint_id
      and older.subject = delivery.subject
      and older.state = 'waiting'
      and older.position < delivery.position
  )
group by
  delivery.employer_id,
  delivery.endpoint_id
order by found
"""

_FAILING_WEBHOOKS = """-- failing_webhooks
select
  'endpoint ' || endpoint_id || ' of ' || coalesce('employer ' || employer_id, 'vendor ' || vendor_id)
    || ' is disabled since ' || disabled_at || ' (' || disabled_for || ')' as found
from peil.webhook_endpoint
where disabled_for in ('gone', 'failing')
union all
select
  'endpoint ' || endpoint.endpoint_id || ' of '
    || coalesce('employer ' || endpoint.employer_id, 'vendor ' || endpoint.vendor_id)
    || ' has not taken an event that was tried ' || max(delivery.attempts) || ' times'
from peil.webhook_endpoint as endpoint
join peil.delivery as delivery on
  delivery.endpoint_id = endpoint.endpoint_id
  and delivery.state = 'waiting'
  and delivery.attempts >= 5
where endpoint.state = 'active'
group by endpoint.endpoint_id
order by found
"""

_ARCHIVE = """-- failing_archive
select last_failed_wal || ' could not be archived at ' || last_failed_time as found
from pg_catalog.pg_stat_archiver
where last_failed_time > coalesce(last_archived_time, '-infinity')
"""

_SELECT_KEYS = """-- select_wave_keys
select
  wave.wave_id,
  wave.state,
  wave.keys,
  open_wave.state as admitted,
  open_wave.public_key,
  (
    select extract(epoch from coalesce(employer.clock_at, $1::timestamptz) - min(due.at))::float8
    from peil.due as due
    where
      due.employer_id = wave.employer_id
      and due.subject = wave.wave_id
      and due.kind in ('destroy_key', 'discard_wave')
  ) as late,
  coalesce(issuing.ids, '{}') as issuing_ids,
  coalesce(issuing.keys, '{}') as issuing_keys
from peil.wave as wave
join peil.employer as employer on employer.employer_id = wave.employer_id
left join intake.open_wave as open_wave on open_wave.wave_id = wave.wave_id
left join lateral (
  select
    array_agg(key_id order by key_id) as ids,
    array_agg(public_key order by key_id) as keys
  from participation.reporting_group
  where
    employer_id = wave.employer_id
    and wave_id = wave.wave_id
    and public_key is not null
    and open_wave.state in ('ready', 'open', 'unrecoverable')
) as issuing on true
order by wave.wave_id
"""
