"""Thousands of deliveries that wait for one endpoint cost a batch no more than a few do, and none is overlooked."""

from collections.abc import AsyncIterator
from datetime import timedelta
from statistics import median

import pytest

from peil import actor, clock
from peil.actor import Reach
from peil.operation import Transaction
from peil.webhooks import sending, sending_queries
from peil.webhooks.sending_model import Batch, Sent
from webhooks.conftest import Told

_EVENTS = """
insert into peil.event (employer_id, event_id, at, type, subject, state, position)
select $1, gen_random_uuid(), $2, 'wave.planned', 'waves/' || number % 1000, 'planned', 1000000 + number
from generate_series($3::integer, $4::integer) as number
"""
_DELIVERIES = """
insert into peil.delivery (
  employer_id, endpoint_id, event_id, subject, position, state, attempts, created_at, next_at
)
select employer_id, $2, event_id, subject, position, 'waiting', 0, $3, $4
from peil.event
where employer_id = $1 and position > 1000000
on conflict do nothing
"""
_READ = """
select seq_tup_read + coalesce(idx_tup_fetch, 0)
from pg_stat_xact_user_tables
where schemaname = 'peil' and relname = 'delivery'
"""
_IN_ORDER = (
    "plan_cache_mode = force_custom_plan",
    "enable_seqscan = off",
    "enable_bitmapscan = off",
    "enable_sort = off",
)
"""Reads by indexes alone: what the server believes of tables that all tests fill is not what is tried here."""


@pytest.fixture
async def queue(told: Told) -> AsyncIterator[Told]:
    """An employer whose deliveries wait in their thousands for one endpoint, and are gone after the test."""
    yield told
    for table in ("delivery_attempt", "delivery", "due"):
        await told.owner.execute(f"delete from peil.{table} where employer_id = $1", told.employer_id)


async def fill(told: Told, first: int, last: int) -> None:
    """Deliveries that may go since long, of events with these numbers, each thousand about the same thousand things."""
    at = await told.clock() - timedelta(hours=1)
    await told.owner.execute(_EVENTS, told.employer_id, at, first, last)
    await told.owner.execute(_DELIVERIES, told.employer_id, told.hook.endpoint_id, clock.now(), at)
    await told.owner.execute("analyze peil.delivery, peil.event")


async def send_batch(told: Told) -> tuple[Batch | None, int]:
    """What one batch takes in hand, has delivered and records, and how many rows of deliveries were read for it."""
    read = 0
    batch: Batch | None = None
    for is_claim in (True, False):
        async with told.house.worker.parts.database.transaction(told.employer_id) as rows:
            for setting in _IN_ORDER:
                await rows.connection.execute(f"set local {setting}")
            before = await rows.value(_READ)
            worker = actor.worker(told.employer_id, sandbox=True)
            tx = Transaction(rows, worker, "test", Reach.EMPLOYER, await told.clock())
            if is_claim:
                batch = await sending.claim(tx, told.hook.endpoint_id)
            elif batch is not None:
                sent = [
                    Sent(delivery=one, outcome="delivered", status=204, milliseconds=1, retry_after=None)
                    for one in batch.claimed
                ]
                await sending.settle(tx, batch, sent)
            read += await rows.value(_READ) - before
    return batch, read


async def test_a_batch_reads_no_more_where_more_waits(queue: Told) -> None:
    """Twenty times as many that wait for a receiver that takes all: about the same rows are read, by the indexes."""
    await fill(queue, 1, 1000)
    few = [await send_batch(queue) for _ in range(8)]
    await fill(queue, 1001, 20_000)
    many = [await send_batch(queue) for _ in range(8)]

    assert [8] * 16 == [len(batch.claimed) for batch, _ in (*few, *many) if batch is not None]
    assert median(read for _, read in many) < 3 * median(read for _, read in few)


async def test_one_behind_many_that_are_postponed_goes_at_once(queue: Told) -> None:
    """What waits for its next attempt, however much of it, stops nothing that is about something else."""
    await fill(queue, 1, 601)
    later = await queue.clock() + timedelta(days=1)
    await queue.owner.execute(
        "update peil.delivery set next_at = $2 where employer_id = $1 and position <= 1000600", queue.employer_id, later
    )

    batch, _ = await send_batch(queue)
    async with queue.house.worker.parts.database.transaction(queue.employer_id) as rows:
        at = queue.employer_id, queue.hook.endpoint_id, await queue.clock()
        upcoming = await sending_queries.select_next(rows, *at, sending.LEASE)

    assert batch is not None
    assert ["waves/601"] == [one.subject for one in batch.claimed]
    assert later == upcoming


async def test_of_one_thing_the_oldest_goes_first_also_behind_many(queue: Told) -> None:
    """Its next ones wait behind it, wherever they stand; the last is about it as well."""
    await fill(queue, 1, 1000)
    await queue.owner.execute(
        "update peil.delivery set subject = 'waves/0' where employer_id = $1 and position <= 1000998", queue.employer_id
    )

    batch, _ = await send_batch(queue)

    assert batch is not None
    assert [1_000_001, 1_000_999] == [one.position for one in batch.claimed]
