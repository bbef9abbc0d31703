"""What is in the intake and cannot be the people's is left out, and the wave says so; the others are counted."""

from typing import Any, NamedTuple
from uuid import UUID, uuid4

import msgspec
import pytest

from anonymity.asking import owner
from cases.measuring import advance, answer_all, bring_to, codes_of
from peil.responses.sealing import Sealer, context_of
from support.apis import Rest
from support.personas import Cast, add_crowd


class Group(NamedTuple):
    """A reporting group: the key under which it answers, and how many people it has."""

    key_id: UUID
    invited: int


class Wave(NamedTuple):
    """An open wave in which everybody in `field` and `sales` has answered."""

    wave_id: UUID
    groups: dict[str, Group]


@pytest.fixture
async def wave(cast: Cast) -> Wave:
    await add_crowd(cast.hr, field=14, sales=12)
    wave_id = await bring_to(cast, "open")
    await answer_all(cast, wave_id, await codes_of(cast, wave_id))
    async with owner(cast.house) as connection:
        found = await connection.fetch(_GROUPS, UUID(wave_id))
    return Wave(UUID(wave_id), {row["name"]: Group(row["key_id"], row["invited"]) for row in found})


_GROUPS = """
select unit.name, reporting_group.key_id, reporting_group.invited
from participation.reporting_group
join peil.wave_unit as unit using (employer_id, wave_id, unit_id)
where wave_id = $1
"""


async def put(cast: Cast, wave: Wave, key_id: UUID, content: Any = None) -> None:
    """Puts a row there that no code allowed, past the intake; sealed rightly, as whoever reads the public key can."""
    employer_id = cast.employer.employer_id
    async with owner(cast.house) as connection:
        public_key = await connection.fetchval(
            "select public_key from intake.open_wave where wave_id = $1", wave.wave_id
        )
        plain = content if isinstance(content, bytes) else msgspec.json.encode(content or {})
        envelope = Sealer(public_key, 9000).seal(plain, context_of(employer_id, wave.wave_id, key_id))
        await connection.execute(_PUT, employer_id, wave.wave_id, key_id, uuid4().bytes * 2, envelope)


_PUT = """
insert into intake.sealed (employer_id, wave_id, key_id, token_hash, envelope)
values ($1, $2, $3, $4, $5)
"""


async def take_one(cast: Cast, wave: Wave, key_id: UUID) -> None:
    """Somebody of the group has not answered after all."""
    async with owner(cast.house) as connection:
        await connection.execute(_TAKE_ONE, wave.wave_id, key_id)


_TAKE_ONE = """
delete from intake.sealed
where (employer_id, wave_id, token_hash) in (
  select employer_id, wave_id, token_hash from intake.sealed where wave_id = $1 and key_id = $2 limit 1
)
"""


async def end(cast: Cast, wave: Wave) -> tuple[str, str | None, dict[str, Any]]:
    """Closes the wave: its state, its failure, and what is said of participation by unit."""
    await advance(cast, days=2)
    hr = Rest(cast.hr)
    shown, page = (await hr.get_wave(str(wave.wave_id))).must(), (await hr.list_aggregates(str(wave.wave_id))).must()
    return shown["state"], shown["failure"], {one["name"]: one["response"] for one in page["items"]}


async def test_a_group_that_sent_more_than_it_has_people(cast: Cast, wave: Wave) -> None:
    """None of it is counted, since nobody can tell whose are whose; the others are, and everybody invited stays so."""
    invited = sum(group.invited for group in wave.groups.values())
    await put(cast, wave, wave.groups["field"].key_id)
    state, failure, told = await end(cast, wave)

    assert ("released", "answers-surplus") == (state, failure)
    assert invited - wave.groups["field"].invited == told["root"]["respondents"]
    assert invited == told["root"]["invited"]


async def test_as_many_as_there_are_people_are_counted(cast: Cast, wave: Wave) -> None:
    """A group of which everybody has answered is whole."""
    state, failure, told = await end(cast, wave)

    assert ("released", None) == (state, failure)
    assert told["root"]["respondents"] == told["root"]["invited"]


@pytest.mark.parametrize(
    "content",
    [
        b"no json",
        b'"text"',
        {"no-such-item": 3},
        {"workload-doable": 6},
        {"workload-doable": "written where a number belongs"},
        {"workload-doable": 2**70},
    ],
    ids=["not-json", "no-object", "unknown-item", "out-of-range", "text-for-a-number", "huge"],
)
async def test_what_the_intake_would_have_refused(cast: Cast, wave: Wave, content: Any) -> None:
    """Sealed rightly and yet nothing the intake took: it is left out, and keeps nobody from being counted."""
    await take_one(cast, wave, wave.groups["field"].key_id)
    await put(cast, wave, wave.groups["field"].key_id, content)
    state, failure, told = await end(cast, wave)

    assert ("released", "answers-unreadable") == (state, failure)
    assert told["root"]["respondents"] == told["root"]["invited"] - 1


async def test_a_row_of_a_group_that_is_none(cast: Cast, wave: Wave) -> None:
    """The key it names is no key of the wave."""
    await put(cast, wave, uuid4())
    state, failure, told = await end(cast, wave)

    assert ("released", "answers-unreadable") == (state, failure)
    assert told["root"]["respondents"] == told["root"]["invited"]
