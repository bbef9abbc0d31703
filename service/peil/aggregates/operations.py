"""What can be read of a release. A figure is the same for everybody who may see it."""

import asyncio
from collections.abc import Hashable
from datetime import datetime
from uuid import UUID

import msgspec

from peil.actor import Reach
from peil.aggregates import queries
from peil.aggregates.model import (
    Aggregate,
    AggregateQuery,
    Release,
    Shelved,
    StoredAggregate,
    StoredBlock,
    StoredScores,
)
from peil.aggregates.shelf import Label, WaveShelf
from peil.aggregates.statistics.shrinkage import shrunken
from peil.aggregates.telling import Estimates, tell_unit, with_bounds
from peil.aggregates.unit_pages import UnitPage
from peil.directory.operations import standing_unit_ids
from peil.errors import Conflict, Finding, NotFound
from peil.http.etag import etag_of
from peil.operation import Call, Transaction, employer_of, operation
from peil.paging import ChangedPageQuery, Page, PageQuery, page
from peil.releases.cells_model import PublishedResponse
from peil.structs import Value, encode

_PLAIN = AggregateQuery()


@operation("aggregates:read")
async def get_aggregate(tx: Transaction, wave_id: UUID, unit_id: UUID, query: AggregateQuery) -> Shelved:
    """What the release of a wave says about one unit, block by block and item by item."""
    wave = await find_released(tx, wave_id)
    await require_unit(tx, wave, unit_id)
    return (await _shelved(tx, wave_id, wave, [unit_id], query))[0]


@get_aggregate.from_shelf
def find_aggregate(call: Call, reach: Reach, wave_id: UUID, unit_id: UUID, query: AggregateQuery) -> Shelved | None:
    """The same from memory, with the same check of reach; None where it was not read before."""
    wave = find_shelved(call, wave_id)
    if wave is None or not wave.sees(call.actor, reach, unit_id):
        return None
    return call.parts.shelf.find_ready(label_of(call, wave_id, (unit_id, query)))


@operation("aggregates:read")
async def list_aggregates(tx: Transaction, wave_id: UUID, query: PageQuery) -> Page[Shelved]:
    """What the release says about every unit the caller may see, in the order of the tree."""
    wave = await find_released(tx, wave_id)
    asked = _page(tx.call, wave_id, wave, query)
    return asked.of(await _shelved(tx, wave_id, wave, asked.units(tx.reach, wave.order)))


@list_aggregates.from_shelf
def find_aggregates(call: Call, reach: Reach, wave_id: UUID, query: PageQuery) -> Page[Shelved] | None:
    """The same from memory, with the same check of reach; None where one of them was not read before."""
    wave = find_shelved(call, wave_id)
    if wave is None:
        return None
    asked = _page(call, wave_id, wave, query)
    chosen = asked.units(reach, wave.order)
    found = [call.parts.shelf.find_ready(label_of(call, wave_id, (unit_id, _PLAIN))) for unit_id in chosen]
    ready = [one for one in found if one is not None]
    return asked.of(ready) if len(ready) == len(chosen) else None


@operation("disclosure:read")
async def get_release(tx: Transaction, wave_id: UUID) -> Release:
    """The release of a wave: when, under which thresholds, what was published, chained to the one before."""
    return await read_release(tx, wave_id)


@operation("disclosure:read")
async def list_releases(tx: Transaction, query: ChangedPageQuery) -> Page[Release]:
    """The employer's releases in the order of their chain."""
    bound = (tx.employer_id, "releases", query.modified_after)
    after = tx.parts.cursors.open(query.cursor, int, *bound) if query.cursor else 0
    found = await queries.select_releases(tx, tx.employer_id, after, query.modified_after, query.limit + 1)
    return page(found, query.limit, lambda item: tx.parts.cursors.seal(item.position, *bound))


def _page(call: Call, wave_id: UUID, wave: WaveShelf, query: PageQuery) -> UnitPage:
    return UnitPage(call, wave, query, (call.actor.employer_id, wave_id, "aggregates"))


async def is_released_since(tx: Transaction, since: datetime) -> bool:
    """Whether there is a release from after a moment, for another operation."""
    return bool(await queries.select_releases(tx, tx.employer_id, 0, since, 1))


async def read_release(tx: Transaction, wave_id: UUID) -> Release:
    """The release of a wave, for another operation. Raises NotFound, Conflict `not-released`."""
    found = await queries.select_release(tx, tx.employer_id, wave_id)
    if found is None:
        await _refuse(tx, wave_id)
        raise NotFound
    return found


async def read_top(tx: Transaction, wave_id: UUID) -> Aggregate:
    """What a release says about the top unit, which is above everybody: for another operation, whoever asks."""
    [top] = await read_units(tx, wave_id, (await find_released(tx, wave_id)).order[:1])
    return top


async def published_units(tx: Transaction, wave_id: UUID) -> list[StoredAggregate]:
    """The units of which a release has figures and which the caller may see, in the order of the tree.

    For another operation; the caller needs `aggregates:read`.
    """
    wave = await find_released(tx, wave_id)
    with tx.under("aggregates:read"):
        seen = [unit_id for unit_id in wave.order if wave.sees(tx.actor, tx.reach, unit_id)]
    stored = await queries.select_aggregates(tx, tx.employer_id, wave_id, seen)
    return [one for one in stored if isinstance(one.content.response, PublishedResponse)]


async def read_units(tx: Transaction, wave_id: UUID, unit_ids: list[UUID]) -> list[Aggregate]:
    """What a release says about these units, for another operation that knows who may see them."""
    wave = await find_released(tx, wave_id)
    return [
        msgspec.json.decode(shelved.body, type=Aggregate) for shelved in await _shelved(tx, wave_id, wave, unit_ids)
    ]


async def require_unit(tx: Transaction, wave: WaveShelf, unit_id: UUID, at: str = "/path/unitId") -> None:
    """Raises NotFound where the caller sees no such unit in this wave; it says so of one that it sees today."""
    if not wave.sees(tx.actor, tx.reach, unit_id):
        absent = unit_id in await absent_units(tx, wave)
        raise NotFound(*([Finding(at, "unit-not-in-wave")] if absent else []))


async def absent_units(tx: Transaction, wave: WaveShelf) -> set[UUID]:
    """The units of today that a wave does not have, because it asked before, of those that the caller knows."""
    absent = await standing_unit_ids(tx) - wave.parents.keys()
    return absent if tx.reach >= Reach.EMPLOYER else absent & (tx.actor.units | tx.actor.managed)


async def find_released(tx: Transaction, wave_id: UUID) -> WaveShelf:
    """A released wave on the shelf. Raises NotFound where there is no such wave, Conflict `not-released`,
    `wave-cancelled`.
    """
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
    state = await queries.select_wave_state(tx, tx.employer_id, wave_id)
    if state is not None:
        # One that is cancelled will never have a release.
        raise Conflict("wave-cancelled" if state == "cancelled" else "not-released")


def find_shelved(call: Call, wave_id: UUID) -> WaveShelf | None:
    """A released wave that this process has read, without a transaction; None: it has not, or there is none."""
    return None if call.actor.employer_id is None else call.parts.shelf.find(call.actor.employer_id, wave_id)


def label_of(call: Call, wave_id: UUID, told: Hashable) -> Label:
    """How a body is found again by somebody of the same employer with the same language."""
    return Label(employer_of(call.actor), wave_id, told, call.language)


def ready(unit_id: UUID, body: Value, following: str | None = None) -> Shelved:
    """A body as it is sent; `following`: the cursor of the next page."""
    written = encode(body)
    return Shelved(unit_id, written, etag_of(written), following)


async def find_estimates(tx: Transaction, wave_id: UUID, wave: WaveShelf) -> Estimates:
    """The shrunken estimates by block and unit: of all units at once, so that they are the same for every viewer."""
    # Whoever else reads the wave for the first time waits for them too.
    async with wave.estimating:
        if wave.estimates is None:
            units = await queries.select_scores(tx, tx.employer_id, wave_id)
            blocks = await queries.select_blocks(tx, tx.employer_id, wave_id)
            # In a thread: a large organisation takes a moment, and others go on being served.
            wave.estimates = await asyncio.to_thread(_estimates, units, blocks)
    return wave.estimates


def _estimates(units: list[StoredScores], blocks: list[StoredBlock]) -> Estimates:
    return {block.block: shrunken(units, block.block, block.spread) for block in blocks}


async def _shelved(
    tx: Transaction, wave_id: UUID, wave: WaveShelf, unit_ids: list[UUID], query: AggregateQuery = _PLAIN
) -> list[Shelved]:
    shelf, language = tx.parts.shelf, tx.call.language
    labels = {unit_id: label_of(tx.call, wave_id, (unit_id, query)) for unit_id in unit_ids}
    found = {unit_id: shelf.find_ready(label) for unit_id, label in labels.items()}
    missing = [unit_id for unit_id, one in found.items() if one is None]
    if missing:
        estimates = await find_estimates(tx, wave_id, wave)
        for stored in await queries.select_aggregates(tx, tx.employer_id, wave_id, missing):
            told = tell_unit(wave_id, wave.wording, wave.norms, estimates, stored, language)
            made = ready(stored.unit_id, with_bounds(told) if query.expand == "bounds" else told)
            found[stored.unit_id] = shelf.keep_ready(labels[stored.unit_id], made)
    return [one for one in found.values() if one is not None]
