"""Two walls keep employers apart, and each of them does it alone: row-level security, and what the application asks.

The one is taken down by switching row-level security off in a database of its own. The other by an application that
takes whoever asks for somebody of the other employer, in every scope and with the widest reach; what the database is
told stays as the token says.
"""

import asyncio
import random
from collections.abc import AsyncIterator, Iterator
from contextlib import AsyncExitStack, asynccontextmanager, contextmanager
from contextvars import ContextVar
from typing import Any, NamedTuple
from uuid import UUID, uuid4

import httpx
import msgspec
import pytest

from anonymity.asking import owner
from contract.seeds import Seeded
from isolation.conftest import tables
from isolation.sweeping import (
    OPERATIONS,
    Pair,
    Request,
    ask,
    ask_graphql_for_all,
    digest_of,
    foreign_id,
    ids_of,
    no_id,
    request_of,
    speaker,
    sweep,
    sweep_graphql,
    told,
)
from peil.access import table
from peil.access.authentication import Presented
from peil.actor import Actor, Reach
from peil.aggregates.shelf import Shelf
from peil.database import Database
from peil.paging import Cursors
from support.apis import ENDPOINTS, FIELDS
from support.house import House, Persona

# Nobody's things but the operator's: a new employer is not yet anybody's.
UNCONFINED = {"create_employer"}
SWITCH = """
select 'alter table ' || oid::regclass || ' %s row level security'
from pg_catalog.pg_class
where
  relnamespace::regnamespace::text in ('peil', 'participation', 'intake', 'comment', 'release')
  and relkind in ('r', 'p')
"""

_asking: ContextVar[Actor | None] = ContextVar("_asking", default=None)
"""Who has the token, where the application takes its bearer for somebody else; None: it knows."""


class Mistaken(NamedTuple):
    """For whom a blind application takes those who ask."""

    employer_id: UUID
    person_id: UUID
    vendor_id: UUID | None = None
    """Of whom asks for a vendor itself, and is taken for somebody of this one; None: nobody is."""


@asynccontextmanager
async def without_row_security(house: House) -> AsyncIterator[None]:
    """Whatever a query asks for, the database gives."""
    async with owner(house) as connection:
        await _switch(connection, "disable")
        try:
            yield
        finally:
            await _switch(connection, "enable")


async def _switch(connection: Any, what: str) -> None:
    for row in await connection.fetch(SWITCH % what):
        await connection.execute(row[0])


@contextmanager
def without_application_checks(house: House, token: str, mistaken: Mistaken) -> Iterator[None]:
    """Whoever brings this token may do everything and is taken for somebody of another employer.

    What the process remembers of releases stands on the application's side of the walls, so it remembers nothing.
    """
    authentication = house.parts.authentication
    knows, begins = authentication.actor, Database.transaction

    async def actor(presented: Presented) -> Actor:
        known = await knows(presented)
        if presented.authorization != f"Bearer {token}":
            return known
        _asking.set(known)
        return msgspec.structs.replace(
            known,
            employer_id=mistaken.employer_id,
            person_id=known.person_id and mistaken.person_id,
            vendor_id=mistaken.vendor_id or known.vendor_id,
            reaches=dict.fromkeys(table.SCOPES, Reach.VENDOR if mistaken.vendor_id else Reach.EMPLOYER),
        )

    def transaction(self: Database, employer_id: UUID | None, *, vendor_id: UUID | None = None, **more: Any) -> Any:
        asking = _asking.get()
        if asking is not None and employer_id == mistaken.employer_id:
            employer_id, vendor_id = asking.employer_id, asking.vendor_id
        return begins(self, employer_id, vendor_id=vendor_id, **more)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(authentication, "actor", actor)
        patch.setattr(Database, "transaction", transaction)
        # An employer's cursor is never another's; what it is sealed over would tell the two apart here.
        patch.setattr(Cursors, "seal", lambda *_: "cursor")
        patch.setattr(Shelf, "find", lambda *_: None)
        patch.setattr(Shelf, "find_ready", lambda *_: None)
        yield


def all_in(name: str, seeded: Seeded, mistaken: Mistaken) -> Request:
    """A good request of the employer whom the caller is taken for; where that is nobody, with nothing for each id."""
    asked = request_of(name, seeded)
    is_nobody = mistaken.employer_id != seeded.employer.employer_id
    for place in OPERATIONS[name]:
        nothing = str(mistaken.employer_id) if place.name == "employerId" else no_id(place)
        asked = asked.put(place, nothing if is_nobody else foreign_id(name, place, seeded))
    return asked


async def of_the_blind(pair: Pair, name: str, mistaken: Mistaken, token: str | None = None) -> list[Any]:
    """What a caller of mine, or whoever has this token, is answered by an application that takes them for these."""
    asked = all_in(name, pair.theirs, mistaken)
    who = speaker(name, pair.mine, pair.house.http) if token is None else Persona(pair.house.http, token)
    with without_application_checks(pair.house, str(who.token), mistaken):
        answers = [told(await ask(who, asked))]
        if name in FIELDS:
            answers.append(told(await ask_graphql_for_all(Persona(pair.graphql, who.token), asked)))
    return answers


def them(pair: Pair) -> Mistaken:
    return Mistaken(pair.theirs.employer.employer_id, UUID(pair.theirs.known["person"][0]))


async def given_away(pair: Pair, theirs: Mistaken, token: str | None = None) -> set[str]:
    """Operations that answer a blind application otherwise where the others are than where nobody is."""
    nobody = Mistaken(uuid4(), uuid4(), theirs.vendor_id and uuid4())
    return {
        name
        for name in OPERATIONS.keys() - UNCONFINED
        if await of_the_blind(pair, name, theirs, token) != await of_the_blind(pair, name, nobody, token)
    }


async def rows_of(pair: Pair, whose: Seeded) -> dict[str, str]:
    async with owner(pair.house) as connection:
        return await digest_of(connection, await tables(connection), whose.employer.employer_id)


async def shown_of_theirs(pair: Pair) -> set[str]:
    """Ids of the other employer's in anything that mine can read with ids of their own."""
    async with owner(pair.house) as connection:
        names = await tables(connection)
        mine, theirs = [await ids_of(connection, names, one.employer.employer_id) for one in (pair.mine, pair.theirs)]
    reading = [name for name in OPERATIONS if ENDPOINTS[name].method == "GET"]
    answers = [await ask(speaker(name, pair.mine, pair.house.http), request_of(name, pair.mine)) for name in reading]
    return {one for one in theirs - mine for answer in answers if one.encode() in answer.content}


async def crowd(pair: Pair, chance: random.Random) -> dict[str, set[str]]:
    """Four hundred requests of both at once over one pool, of which a third is given up somewhere.

    By the token that asked, the names of the employers whose support routes were seen.
    """
    seen: dict[str, set[str]] = {pair.mine.usual: set(), pair.theirs.usual: set()}

    async def act(token: str, place: int) -> None:
        persona = Persona(pair.house.http, token)
        if place % 4 < 2:
            await persona.post("/support-routes", {"kind": "reporting-route", "name": _mark(token), "contact": "x"})
        answer: httpx.Response = await persona.get("/support-routes?limit=200")
        seen[token] |= {one["name"] for one in answer.json()["items"] if one["name"].startswith("of-")}

    async def give_up(task: asyncio.Task[None]) -> None:
        await asyncio.sleep(chance.uniform(0, 1.5))
        task.cancel()

    tokens = (pair.mine.usual, pair.theirs.usual)
    tasks = [asyncio.create_task(act(tokens[place % 2], place)) for place in range(400)]
    quitters = [asyncio.create_task(give_up(task)) for task in chance.sample(tasks, 133)]
    ends = await asyncio.gather(*tasks, *quitters, return_exceptions=True)
    assert {asyncio.CancelledError} == {type(end) for end in ends if end is not None}
    return seen


def _mark(token: str) -> str:
    return f"of-{token[-8:]}"


async def test_both_walls(pair: Pair) -> None:
    """As it is served: each sees the own routes, also among those who give up half-way."""
    seen = await crowd(pair, random.Random(1))

    assert {token: {_mark(token)} for token in seen} == seen


async def test_row_security_alone(pair: Pair) -> None:
    """An application that mistakes everybody for the other employer's finds and changes nothing of theirs.

    No operation answers it otherwise than where there is no such employer at all.
    """
    before = await rows_of(pair, pair.theirs)

    assert set() == await given_away(pair, them(pair))
    assert before == await rows_of(pair, pair.theirs)


async def test_row_security_alone_in_a_crowd(pair: Pair) -> None:
    """Over one pool with the other employer's own people, and a third that gives up, it sees nothing of theirs."""
    with without_application_checks(pair.house, pair.mine.usual, them(pair)):
        seen = await crowd(pair, random.Random(2))

    assert {pair.mine.usual: set(), pair.theirs.usual: {_mark(pair.theirs.usual)}} == seen


async def test_the_application_alone(pair: Pair) -> None:
    """Without row-level security a foreign id is still one of nothing, and no list shows what is another's."""
    before = await rows_of(pair, pair.theirs)
    async with without_row_security(pair.house):
        found = [*await sweep(pair), *await sweep_graphql(pair)]
        shown = await shown_of_theirs(pair)

    assert ([], set()) == (found, shown)
    assert before == await rows_of(pair, pair.theirs)


async def test_the_application_alone_in_a_crowd(pair: Pair) -> None:
    """Nor does it mix up who asks, among those who give up half-way."""
    async with without_row_security(pair.house):
        seen = await crowd(pair, random.Random(3))

    assert {token: {_mark(token)} for token in seen} == seen


async def test_without_either_wall_everything_is_open(pair: Pair) -> None:
    """Else the tests above would show nothing: nearly every operation gives something away, and rows are changed."""
    before = await rows_of(pair, pair.theirs)
    async with AsyncExitStack() as stack:
        await stack.enter_async_context(without_row_security(pair.house))
        open_ = await given_away(pair, them(pair))
        stack.enter_context(without_application_checks(pair.house, pair.mine.usual, them(pair)))
        seen = await crowd(pair, random.Random(4))
    after = await rows_of(pair, pair.theirs)

    # Of a vendor's own no employer has anything; test_vendor_walls takes down theirs.
    of_employers = {name for name in OPERATIONS if not ENDPOINTS[name].path.startswith("/vendors")}
    assert len(of_employers & set(open_)) > 0.9 * len(of_employers)
    assert _mark(pair.theirs.usual) in seen[pair.mine.usual]
    assert len([name for name in before if before[name] != after[name]]) > 20
