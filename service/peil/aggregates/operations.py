"""What can be read of a release. A figure is the same for everybody who may see it."""

from itertools import islice
from uuid import UUID

from peil.actor import Reach
from peil.aggregates import queries
from peil.aggregates.model import NOTICE, Aggregate, BlockAggregate, Release, Shelved, StoredAggregate
from peil.aggregates.shelf import WaveShelf
from peil.errors import Conflict, NotFound
from peil.http.etag import etag_of
from peil.operation import Call, Transaction, operation
from peil.paging import Page, PageQuery, page
from peil.releases.cells_model import PublishedResponse
from peil.structs import encode


@operation("aggregates:read")
async def get_aggregate(tx: Transaction, wave_id: UUID, unit_id: UUID) -> Shelved:
    """What the release of a wave says about one unit."""
    wave = await find_released(tx, wave_id)
    if not wave.sees(tx.actor, tx.reach, unit_id):
        raise NotFound
    return (await _shelved(tx, wave_id, wave, [unit_id]))[0]


@get_aggregate.from_shelf
def find_aggregate(call: Call, reach: Reach, wave_id: UUID, unit_id: UUID) -> Shelved | None:
    """The same from memory, with the same check of reach; None where it was not read before."""
    if call.actor.employer_id is None:
        return None
    wave = call.parts.shelf.find(call.actor.employer_id, wave_id)
    ready = None if wave is None else wave.ready.get((unit_id, call.language))
    return ready if wave is not None and ready is not None and wave.sees(call.actor, reach, unit_id) else None


@operation("aggregates:read")
async def list_aggregates(tx: Transaction, wave_id: UUID, query: PageQuery) -> Page[Shelved]:
    """What the release says about every unit the caller may see, in the order of the tree."""
    wave = await find_released(tx, wave_id)
    chosen = _chosen(tx.call, tx.reach, wave_id, wave, query)
    return _page(tx.call, wave_id, wave, query, await _shelved(tx, wave_id, wave, chosen))


@list_aggregates.from_shelf
def find_aggregates(call: Call, reach: Reach, wave_id: UUID, query: PageQuery) -> Page[Shelved] | None:
    """The same from memory, with the same check of reach; None where one of them was not read before."""
    if call.actor.employer_id is None:
        return None
    wave = call.parts.shelf.find(call.actor.employer_id, wave_id)
    if wave is None:
        return None
    chosen = _chosen(call, reach, wave_id, wave, query)
    ready = [wave.ready[unit_id, call.language] for unit_id in chosen if (unit_id, call.language) in wave.ready]
    return _page(call, wave_id, wave, query, ready) if len(ready) == len(chosen) else None


@operation("audit:read")
async def get_release(tx: Transaction, wave_id: UUID) -> Release:
    """The release of a wave: when, under which thresholds, what was published, chained to the one before."""
    found = await queries.select_release(tx, tx.employer_id, wave_id)
    if found is None:
        await _refuse(tx, wave_id)
        raise NotFound
    return found


@operation("audit:read")
async def list_releases(tx: Transaction, query: PageQuery) -> Page[Release]:
    """The employer's releases in the order of their chain."""
    bound = (tx.employer_id, "releases")
    after = tx.parts.cursors.open(query.cursor, int, *bound) if query.cursor else 0
    found = await queries.select_releases(tx, tx.employer_id, after, query.limit + 1)
    return page(found, query.limit, lambda item: tx.parts.cursors.seal(item.position, *bound))


def _chosen(call: Call, reach: Reach, wave_id: UUID, wave: WaveShelf, query: PageQuery) -> list[UUID]:
    """The units of the page and, where there is one, the unit after."""
    bound = (call.actor.employer_id, wave_id, "aggregates")
    after = call.parts.cursors.open(query.cursor, int, *bound) if query.cursor else -1
    following = (unit_id for unit_id in wave.order[after + 1 :] if wave.sees(call.actor, reach, unit_id))
    return list(islice(following, query.limit + 1))


def _page(call: Call, wave_id: UUID, wave: WaveShelf, query: PageQuery, items: list[Shelved]) -> Page[Shelved]:
    bound = (call.actor.employer_id, wave_id, "aggregates")

    def cursor_of(item: Shelved) -> str:
        return call.parts.cursors.seal(wave.position(item.aggregate.unit_id), *bound)

    return page(items, query.limit, cursor_of)


async def read_top(tx: Transaction, wave_id: UUID) -> Aggregate:
    """What a release says about the top unit, which is above everybody: for another operation, whoever asks."""
    wave = await find_released(tx, wave_id)
    return (await _shelved(tx, wave_id, wave, wave.order[:1]))[0].aggregate


async def published_units(tx: Transaction, wave_id: UUID) -> list[StoredAggregate]:
    """The units of which a release has figures and which the caller may see, in the order of the tree.

    For another operation; the caller needs `aggregates:read`.
    """
    wave = await find_released(tx, wave_id)
    with tx.under("aggregates:read"):
        seen = [unit_id for unit_id in wave.order if wave.sees(tx.actor, tx.reach, unit_id)]
    stored = await queries.select_aggregates(tx, tx.employer_id, wave_id, seen)
    return [one for one in stored if isinstance(one.content.response, PublishedResponse)]


async def find_released(tx: Transaction, wave_id: UUID) -> WaveShelf:
    """A released wave on the shelf. Raises NotFound where there is no such wave, Conflict `not-released`."""
    known = tx.parts.shelf.find(tx.employer_id, wave_id)
    if known is not None:
        return known
    tree = await queries.select_tree(tx, tx.employer_id, wave_id)
    questionnaire = await queries.select_questionnaire(tx, tx.employer_id, wave_id)
    if not tree or questionnaire is None:
        await _refuse(tx, wave_id)
        raise NotFound
    return tx.parts.shelf.put(tx.employer_id, wave_id, WaveShelf(tree, questionnaire))


async def _refuse(tx: Transaction, wave_id: UUID) -> None:
    if await queries.select_wave_state(tx, tx.employer_id, wave_id) is not None:
        raise Conflict("not-released")


async def _shelved(tx: Transaction, wave_id: UUID, wave: WaveShelf, unit_ids: list[UUID]) -> list[Shelved]:
    language = tx.call.language
    missing = [unit_id for unit_id in unit_ids if (unit_id, language) not in wave.ready]
    if missing:
        for stored in await queries.select_aggregates(tx, tx.employer_id, wave_id, missing):
            wave.ready[stored.unit_id, language] = _shelve(wave_id, wave, stored, language)
    return [wave.ready[unit_id, language] for unit_id in unit_ids]


def _shelve(wave_id: UUID, wave: WaveShelf, stored: StoredAggregate, language: str) -> Shelved:
    # A norm is of a population: beside a team it would make a ranking of teams.
    norms = wave.norms if stored.parent_id is None else {}
    aggregate = Aggregate(
        wave_id=wave_id,
        unit_id=stored.unit_id,
        parent_id=stored.parent_id,
        name=stored.name,
        response=stored.content.response,
        blocks=[
            BlockAggregate(key=key, title=wave.title(key, language), cell=cell, norms=norms.get(key, []))
            for key, cell in wave.in_order(stored.content.blocks)
        ],
        notice=NOTICE[language],
    )
    body = encode(aggregate)
    return Shelved(aggregate, body, etag_of(body))
