"""Whoever acts for the synthetic employer, its clock, and the worker's jobs that wait for it."""

import asyncio
import time
from collections.abc import Awaitable, Callable
from datetime import datetime
from uuid import UUID

from peil import clock
from peil.access import table
from peil.actor import Actor, Reach
from peil.checks.anonymity.site import Site
from peil.checks.model import CheckError
from peil.employers.model import ClockAdvance
from peil.employers.operations import advance_test_clock
from peil.ids import NONE
from peil.operation import Call

_PATIENCE = 60.0


def call_of(site: Site, employer_id: UUID) -> Call:
    """The check itself, which may do everything at its employer."""
    return Call(actor_of(employer_id, dict.fromkeys(table.SCOPES, Reach.EMPLOYER)), site.parts)


def actor_of(employer_id: UUID | None, reaches: dict[str, Reach], person_id: UUID | None = None) -> Actor:
    """The check itself, as a client that no table knows, or one of its people."""
    return Actor(
        kind="client" if person_id is None else "person",
        id=person_id or NONE,
        employer_id=employer_id,
        sandbox=employer_id is not None,
        language="en",
        reaches=reaches,
        person_id=person_id,
        units=frozenset(),
        managed=frozenset(),
        roles=frozenset({"hr"} if person_id is None else {"employee"}),
    )


async def advance(site: Site, employer_id: UUID, to: datetime) -> None:
    """Moves the employer's clock."""
    await advance_test_clock(call_of(site, employer_id), employer_id, ClockAdvance(to=to))


def is_in(site: Site, wave_id: UUID, state: str) -> Callable[[], Awaitable[bool]]:
    """Whether the wave is in this state by now."""

    async def is_there() -> bool:
        return bool(await site.owner.fetchval(_SELECT_WAVE_STATE, wave_id) == state)

    return is_there


def has_published(site: Site, wave_id: UUID) -> Callable[[], Awaitable[bool]]:
    """Whether the wave's comments are released by now."""

    async def is_there() -> bool:
        return bool(await site.owner.fetchval(_SELECT_MODERATION_STATE, wave_id) == "released")

    return is_there


async def work(site: Site, employer_id: UUID, is_there: Callable[[], Awaitable[bool]]) -> None:
    """Does the employer's jobs, or waits for the worker that runs, until nothing is due. Raises CheckError."""
    deadline = time.monotonic() + _PATIENCE
    while time.monotonic() < deadline:
        await site.worker.do_due(only=employer_id)
        waiting = await site.owner.fetch(_SELECT_WAITING, employer_id, clock.now())
        if not waiting and await is_there():
            return
        await asyncio.sleep(0.05)
    failed = ", ".join(f"{row['kind']} ({row['failure']})" for row in waiting) or "nothing is due"
    raise CheckError(f"the worker did not come to an end within {_PATIENCE:.0f} s: {failed}")


_SELECT_WAVE_STATE = """-- select_synthetic_state
select state
from peil.wave
where wave_id = $1
"""

_SELECT_MODERATION_STATE = """-- select_synthetic_moderation
select state
from comment.moderation
where wave_id = $1
"""

_SELECT_WAITING = """-- select_synthetic_due
select
  due.kind,
  due.failure
from peil.due as due
join peil.employer as employer on employer.employer_id = due.employer_id
where
  due.employer_id = $1
  and due.at <= coalesce(employer.clock_at, $2)
order by
  due.kind,
  due.subject
"""
