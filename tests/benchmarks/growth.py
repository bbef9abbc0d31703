"""How cost grows: submitting and reading with more responses and more employers there, and closing a larger wave."""

import statistics
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Literal, NamedTuple
from uuid import UUID

import asyncpg
import msgspec

from benchmarks import close
from benchmarks.copies import copied, copy_employer
from benchmarks.crowd import Crowd, gather
from benchmarks.parts import serving_part
from benchmarks.report import Pair
from benchmarks.stage import Stage, open_stage, write_bodies
from benchmarks.submit import run_pgbench
from benchmarks.wrk import send, write_lines
from peil import bootstrap
from peil.embedded import Cluster
from support.house import House

What = Literal["submit", "read", "close"]
_RESPONSES = (10_000, 100_000, 1_000_000, 10_000_000)
_CLOSED = (10_000, 100_000, 1_000_000)
_EMPLOYERS = (1, 100, 10_000)
_CLIENTS = 16
_UNITS = 11
_SPREAD = 10
"""Over so many of the employers requests are spread, or over all where there are fewer."""
_MOST_PER_SECOND = 4000
"""As many responses are made for a run as could be sent in it."""
_LIVE = "/health/live -"
_AT_ONCE = 1_000_000
_FILL = """
insert into intake.sealed (employer_id, wave_id, key_id, token_hash, envelope)
select $1, $2, $3, token_hash, substring(decode(repeat(encode(token_hash, 'hex'), $6 / 32 + 1), 'hex') for $6)
from (
  select sha256(int8send(number)) as token_hash
  from generate_series($4::bigint, $5::bigint) as number
  order by 1
) as drawn
"""


class Point(msgspec.Struct, frozen=True, kw_only=True):
    """What was measured with so many responses or employers there; of a close, in the wave that is closed."""

    path: What
    over: Literal["responses", "employers"]
    number: int
    pairs: list[Pair]
    """Per second, beside work that knows nothing of how many there are: it tells how busy the machine was."""

    @property
    def ratio(self) -> float:
        return statistics.median(pair.ours / pair.bare for pair in self.pairs)


class Growth(msgspec.Struct, frozen=True, kw_only=True):
    """All points in the order in which they were measured, and the machine they were measured on."""

    surroundings: dict[str, str]
    points: list[Point]


class Sizes(NamedTuple):
    """What is measured: with so many responses there, in the wave that is closed, and employers."""

    responses: Sequence[int]
    closed: Sequence[int]
    employers: Sequence[int]
    seconds: int
    """Of each run."""


def sizes_up_to(responses: int, employers: int, seconds: int) -> Sizes:
    """Those of the picture, as far as they go."""
    return Sizes(
        responses=[number for number in _RESPONSES if number <= responses],
        closed=[number for number in _CLOSED if number <= responses],
        employers=[number for number in _EMPLOYERS if number <= employers],
        seconds=seconds,
    )


class _Ground(NamedTuple):
    """An employer with a released wave and an open one, a client that reads, and where everything is."""

    cluster: Cluster
    house: House
    crowd: Crowd
    stage: Stage
    released: UUID
    client: tuple[UUID, str]
    directory: Path

    @property
    def url(self) -> str:
        return self.cluster.url("postgres", bootstrap.DATABASE)


async def measure(cluster: Cluster, house: House, directory: Path, sizes: Sizes, repeats: int) -> AsyncIterator[Point]:
    """Every point of these sizes, in rising order, as soon as it is there: all of them take half an hour."""
    url = cluster.url("postgres", bootstrap.DATABASE)
    for number in sizes.closed:
        crowd = await gather(house, url, _UNITS)
        finding, released = await close.measure(house, url, crowd, number, directory)
        yield Point(path="close", over="responses", number=number, pairs=finding.pairs)
    ground = await _prepare(cluster, house, crowd, released, directory)
    there = 0
    for number in sizes.responses:
        await _fill(ground, there, number)
        there = number
        for point in await _points(ground, "responses", number, 1, sizes.seconds, repeats):
            yield point
    await _empty(ground)
    there = 1
    for number in sizes.employers:
        await copy_employer(url, crowd.employer.employer_id, there, number - 1)
        there = number
        for point in await _points(ground, "employers", number, number, sizes.seconds, repeats):
            yield point


async def _prepare(cluster: Cluster, house: House, crowd: Crowd, released: UUID, directory: Path) -> _Ground:
    employer = crowd.employer
    stage = await open_stage(house, cluster.url("postgres", bootstrap.DATABASE), employer)
    administrator = await employer.client("administrator")
    path = f"/employers/{employer.employer_id}/clients"
    made = await administrator.must(administrator.post(path, {"name": "reader", "roles": ["hr"]}))
    client = UUID(made["clientId"]), made["clientSecret"]
    return _Ground(cluster, house, crowd, stage, released, client, directory)


async def _points(
    ground: _Ground, over: Literal["responses", "employers"], number: int, employers: int, seconds: int, repeats: int
) -> list[Point]:
    """Submitting and reading as things stand, spread over some of the employers."""
    chosen = sorted({place * employers // _SPREAD for place in range(_SPREAD)})
    submitted = await _submit(ground, chosen, seconds, repeats)
    read = await _read(ground, chosen, seconds, repeats)
    found: dict[What, list[Pair]] = {"submit": submitted, "read": read}
    return [Point(path=path, over=over, number=number, pairs=pairs) for path, pairs in found.items()]


async def _submit(ground: _Ground, employers: list[int], seconds: int, repeats: int) -> list[Pair]:
    """Beside pgbench with a token and a row, in a table of its own."""
    pairs = []
    async with serving_part(ground.house, "intake") as url:
        for turn in range(-1, repeats):
            long = seconds if turn >= 0 else 2
            with _bodies(ground, employers, long * _MOST_PER_SECOND) as bodies:
                ours = await send(url, "load.lua", bodies, clients=_CLIENTS, seconds=long)
            # The first is to warm up: waves, keys and connections.
            if turn >= 0:
                bare = await run_pgbench(ground.cluster, _CLIENTS, seconds, ground.stage.envelope)
                pairs.append(Pair(ours=ours.per_second, bare=bare))
    return pairs


@contextmanager
def _bodies(ground: _Ground, employers: list[int], number: int) -> Iterator[Path]:
    """A file of bodies for the open waves of these employers in turn, each with its path."""
    written = ground.directory / "growth.jsonl"
    write_bodies(ground.stage, number, written)
    ids = {str(key_id): {place: str(copied(key_id, place)) for place in employers} for key_id in ground.stage.keys}
    paths = {place: f"/v1/waves/{copied(UUID(ground.stage.wave_id), place)}/responses" for place in employers}
    bodies = ground.directory / "growth.bodies"
    with written.open() as lines, bodies.open("w") as file:
        for count, line in enumerate(lines):
            place = employers[count % len(employers)]
            key_id = msgspec.json.decode(line, type=_Keyed).key_id
            file.write(f"{paths[place]} {line.replace(key_id, ids[key_id][place])}")
    written.unlink()
    try:
        yield bodies
    finally:
        bodies.unlink()


class _Keyed(msgspec.Struct, rename="camel"):
    key_id: str


async def _read(ground: _Ground, employers: list[int], seconds: int, repeats: int) -> list[Pair]:
    """Beside the page that says whether the API lives, of the same processes."""
    client_id, secret = ground.client
    pairs = []
    async with serving_part(ground.house, "api") as url:
        tokens = [await ground.house.sign_in(str(copied(client_id, place)), secret) for place in employers]
        paths = [
            f"/v1/waves/{copied(ground.released, place)}/aggregates/{copied(unit_id, place)}"
            for place in employers
            for unit_id in ground.crowd.units
        ]
        owners = [token for token in tokens for _ in ground.crowd.units]
        lines = [f"{path} {token}" for path, token in zip(paths, owners, strict=True)]
        asked, live = write_lines(ground.directory / "asked", lines), write_lines(ground.directory / "live", [_LIVE])
        # Everything is read once before, by every process.
        await send(url, "own.lua", asked, 0, clients=_CLIENTS, seconds=3)
        for turn in range(repeats):
            ours = await send(url, "own.lua", asked, turn, clients=_CLIENTS, seconds=seconds)
            bare = await send(url, "own.lua", live, turn, clients=_CLIENTS, seconds=seconds)
            pairs.append(Pair(ours=ours.per_second, bare=bare.per_second))
    return pairs


async def _fill(ground: _Ground, there: int, number: int) -> None:
    """Responses to the open wave up to so many, by nobody: of the size of real ones, and none that opens."""
    connection = await asyncpg.connect(ground.url, command_timeout=None)
    key_id = next(iter(ground.stage.keys))
    wave_id, employer_id = UUID(ground.stage.wave_id), ground.crowd.employer.employer_id
    try:
        for start in range(there, number, _AT_ONCE):
            end = min(start + _AT_ONCE, number) - 1
            await connection.execute(_FILL, employer_id, wave_id, key_id, start, end, ground.stage.envelope)
        await connection.execute("vacuum analyze intake.sealed")
        await connection.execute("checkpoint")
    finally:
        await connection.close()


async def _empty(ground: _Ground) -> None:
    connection = await asyncpg.connect(ground.url)
    try:
        await connection.execute("truncate intake.sealed")
    finally:
        await connection.close()


def write(points: list[Point], surroundings: dict[str, str], file: Path) -> None:
    """For the picture: `python -m pages` draws it."""
    file.parent.mkdir(parents=True, exist_ok=True)
    growth = Growth(surroundings=surroundings, points=points)
    file.write_bytes(msgspec.json.format(msgspec.json.encode(growth), indent=2) + b"\n")


def told(point: Point) -> str:
    """A point as a line."""
    ours = statistics.median(pair.ours for pair in point.pairs)
    return f"{point.path:<7} {point.number:>10,} {point.over:<9} {ours:>10,.0f} /s, ratio {point.ratio:.3f}"
