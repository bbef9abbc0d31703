"""Whatever is killed while people are provisioned: every acknowledged push is there, whole, and nothing else is."""

import asyncio
import random
import sys
from collections.abc import Sequence

import pytest

from crash.conftest import SEED, Site, supervised
from crash.pushing import IN_BULK, Provisioning, unaccounted
from crash.sabotage import Saboteur, Victim
from crash.waiting import until
from peil.checks.audit import check_audit
from support.house import Employer

SINGLY = 200
BULKS = 10
VICTIMS: Sequence[Victim] = ["api", "api", "api", "worker", "worker", "database", "database"]

_PEOPLE = """
select
  person.person_id,
  person.user_name,
  person.display_name,
  person.active,
  scim.deleted_at is not null as deleted
from peil.person as person
left join peil.scim_user as scim using (employer_id, person_id)
where person.employer_id = $1
"""

_TRAIL = """
select
  subject,
  count(*) filter (where source = 'audit') as audit,
  count(*) filter (where source = 'event') as events,
  count(*) filter (where what like '%person.created') as made
from (
  select subject, 'audit' as source, event as what from peil.audit where employer_id = $1
  union all
  select subject, 'event', type from peil.event where employer_id = $1
) as told
where subject like 'people/%'
group by subject
"""

_WAITING = """
select 1
from peil.audit
where employer_id = $1 and position is null
union all
select 1
from peil.event
where employer_id = $1 and position is null
"""


@pytest.fixture
async def employer(site: Site) -> Employer:
    """An employer without anybody."""
    return await site.house.employer()


async def haunt(saboteur: Saboteur, pushing: Provisioning, chance: random.Random) -> None:
    """Kills each when a random number of people are done."""
    points = sorted(chance.sample(range(5, SINGLY + BULKS - 5), len(VICTIMS)))
    for point, victim in zip(points, chance.sample(VICTIMS, len(VICTIMS)), strict=True):
        await pushing.until_done(point)
        await saboteur.strike(victim)


async def test_pushes_while_everything_is_killed(site: Site, employer: Employer) -> None:
    """Creations, changes and deletions one by one, and bulk requests, which are done whole or not at all."""
    chance = random.Random(SEED)
    administrator = await employer.client("administrator")
    made = await administrator.must(administrator.post("/scim-connections", {"name": "pushes"}))
    pushing, saboteur = Provisioning(site, made["secret"], chance), Saboteur(site, chance)

    async def is_told() -> bool:
        return not await site.fetch(_WAITING, employer.employer_id)

    try:
        async with supervised(site.api, site.worker):
            async with asyncio.TaskGroup() as tasks:
                tasks.create_task(pushing.push(SINGLY, BULKS))
                tasks.create_task(haunt(saboteur, pushing, chance))
            await until(is_told)
    finally:
        pushing.leave()
    people = await site.fetch(_PEOPLE, employer.employer_id)
    trail = await site.fetch(_TRAIL, employer.employer_id)
    chains = await check_audit(site.house.settings)
    doubts = sum(user.doubts for user in pushing.users)
    sys.stdout.write(f"CRASH_SEED={SEED}: {len(people)} people, {doubts} doubts, killed: {dict(saboteur.struck)}\n")

    assert [] == pushing.complaints
    assert [] == list(unaccounted(pushing.users, people, trail))
    assert SINGLY + BULKS * IN_BULK == len(people)
    assert [[]] == [line.found for line in chains if str(employer.employer_id) in line.looked_at]
    assert doubts > 0
    assert {"api": 3, "worker": 2, "database": 2} == saboteur.struck
