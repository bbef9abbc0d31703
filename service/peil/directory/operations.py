"""What can be done with units and people one by one, and what waves read of them."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import date
from uuid import UUID

from peil.actor import Reach
from peil.audit import record
from peil.directory import membership_queries, people_queries, people_rules, queries, rules, writing
from peil.directory.model import (
    MemberOf,
    Owner,
    OwnerNew,
    Period,
    Person,
    PersonNew,
    PersonQuery,
    SeenPerson,
    StoredPerson,
    Unit,
    UnitNew,
    UnitNode,
    UnitQuery,
)
from peil.errors import Conflict, NotFound
from peil.ids import silent_id
from peil.operation import Transaction, operation
from peil.outbox import publish
from peil.paging import Page, page
from peil.patching import Patch


@operation("directory:write", creates=True)
async def create_unit(tx: Transaction, new: UnitNew) -> Unit:
    """Creates a unit; one that was deleted begins again, with the id it had."""
    await queries.lock_directory(tx, tx.employer_id)
    known = await units_by_name(tx)
    current = known.get(new.external_id)
    if current is not None and current.valid_to is None:
        raise Conflict("external-id-taken")
    unit = await _write_unit(tx, known, new)
    await record(tx, f"units/{unit.unit_id}")
    await publish(tx, "unit.created", f"units/{unit.unit_id}")
    return unit


@operation("directory:read")
async def list_units(tx: Transaction, query: UnitQuery) -> Page[Unit]:
    """The units of a day, by external id: a manager's own subtrees, an employee's own unit.

    With `modifiedAfter` those that were written since, also units that have ended.
    """
    bound = (tx.employer_id, "units", query.on, query.modified_after)
    after = tx.parts.cursors.open(query.cursor, str, *bound) if query.cursor else ""
    found = await queries.select_unit_page(
        tx,
        tx.employer_id,
        query.on or (tx.now.date() if query.modified_after is None else None),
        await _seen_units(tx),
        after,
        query.modified_after,
        query.limit + 1,
    )
    return page(found, query.limit, lambda unit: tx.parts.cursors.seal(unit.external_id, *bound))


@operation("directory:read")
async def get_unit(tx: Transaction, unit_id: UUID) -> Unit:
    """One unit, also one that is still to begin."""
    return await _unit(tx, unit_id)


@operation("directory:write")
async def update_unit(tx: Transaction, unit_id: UUID, patch: Patch[UnitNew]) -> Unit:
    """Renames a unit or hangs it under another one."""
    await queries.lock_directory(tx, tx.employer_id)
    current = await _unit(tx, unit_id)
    tx.must_match(current)
    new = patch.apply(current)
    rules.check_external_id(current.external_id, new.external_id)
    unit = await _write_unit(tx, await units_by_name(tx), new)
    await record(tx, f"units/{unit_id}")
    await publish(tx, "unit.updated", f"units/{unit_id}")
    return unit


@operation("directory:write")
async def delete_unit(tx: Transaction, unit_id: UUID) -> None:
    """Closes a unit as of today; refused while it has units under it or people in it, now or later."""
    await queries.lock_directory(tx, tx.employer_id)
    tx.must_match(await _unit(tx, unit_id))
    today = tx.now.date()
    rules.check_unit_empty(
        await queries.select_has_children(tx, tx.employer_id, unit_id),
        await queries.select_has_members(tx, tx.employer_id, unit_id, today),
    )
    await queries.close_unit(tx, tx.employer_id, unit_id, tx.now)
    await record(tx, f"units/{unit_id}")
    await publish(tx, "unit.deleted", f"units/{unit_id}")


@operation("directory:write", creates=True)
async def create_person(tx: Transaction, new: PersonNew) -> Person:
    """Creates a person in one unit."""
    await queries.lock_directory(tx, tx.employer_id)
    person_id = await _write_person(tx, None, new)
    await record(tx, f"people/{person_id}")
    await publish(tx, "person.created", f"people/{person_id}")
    return await _person(tx, person_id)


@operation("directory:read")
async def list_people(tx: Transaction, query: PersonQuery) -> Page[Person]:
    """People by external id: of a manager the people of the own subtrees, of an employee only that one."""
    bound = (tx.employer_id, "people", query.doubled, query.modified_after)
    after = tx.parts.cursors.open(query.cursor, str, *bound) if query.cursor else ""
    found = await people_queries.select_person_page(
        tx,
        tx.employer_id,
        tx.now.date(),
        await _units_of_people(tx),
        tx.actor.person_id,
        after,
        await _doubled(tx) if query.doubled else None,
        query.modified_after,
        query.limit + 1,
    )
    periods = await periods_of(tx, found)
    people = [people_rules.person_on(stored, periods[stored.person_id], tx.now.date()) for stored in found]
    return page(people, query.limit, lambda person: tx.parts.cursors.seal(person.external_id, *bound))


@operation("directory:read")
async def get_person(tx: Transaction, person_id: UUID) -> Person:
    """One person."""
    return await _person(tx, person_id)


@operation("directory:write")
async def update_person(tx: Transaction, person_id: UUID, patch: Patch[PersonNew]) -> Person:
    """Moves a person, ends or begins the work here, or changes how the person is called."""
    await queries.lock_directory(tx, tx.employer_id)
    current = await _person(tx, person_id)
    tx.must_match(current)
    new = patch.apply(current)
    rules.check_external_id(current.external_id, new.external_id)
    await _write_person(tx, await _stored_person(tx, person_id), new)
    await record(tx, f"people/{person_id}")
    await publish(tx, "person.updated", f"people/{person_id}")
    return await _person(tx, person_id)


async def units_on(tx: Transaction, on: date) -> list[UnitNode]:
    """The units of a day in one tree, by id. The parents are today's."""
    return await queries.select_units_on(tx, tx.employer_id, on)


async def units_in_reach(tx: Transaction) -> list[UUID] | None:
    """The units by which something concerns the caller, with those above them; None: everything does."""
    if tx.reach >= Reach.EMPLOYER:
        return None
    managed = tx.actor.managed if tx.reach is Reach.SUBTREE else frozenset()
    return sorted(rules.units_in_reach(await _parents(tx), tx.actor.units, managed))


async def own_units(tx: Transaction) -> set[UUID] | None:
    """The units for which the caller may decide: the subtrees that are managed; None: every unit."""
    return None if tx.reach >= Reach.EMPLOYER else rules.subtrees(await _parents(tx), tx.actor.managed)


async def standing_unit_ids(tx: Transaction) -> set[UUID]:
    """The units that are there today, for operations that refer to them."""
    return set(await _parents(tx))


async def _parents(tx: Transaction) -> dict[UUID, UUID | None]:
    return {unit.unit_id: unit.parent_id for unit in await units_on(tx, tx.now.date())}


async def known_people(tx: Transaction, person_ids: Collection[UUID]) -> dict[UUID, UUID | None]:
    """Of these people the active ones, each with the unit of the main job today (None: in none)."""
    if not person_ids:
        return {}
    found = await membership_queries.select_main_units(tx, tx.employer_id, person_ids, tx.now.date())
    return {place.person_id: place.unit_id for place in found}


async def known_owners(tx: Transaction, owner: OwnerNew | None, before: Owner | OwnerNew | None) -> set[UUID]:
    """The person of an owner where that one is there, and of who it was `before`, who may have left."""
    named = [] if owner is None or owner.person_id is None else [owner.person_id]
    stays = set() if before is None or before.person_id is None else {before.person_id}
    return stays.union(await known_people(tx, named))


async def names_of(tx: Transaction, person_ids: Collection[UUID]) -> dict[UUID, str]:
    """What those of these people are called whom the caller may see in the directory, for another operation."""
    if not person_ids or "directory:read" not in tx.actor.reaches:
        return {}
    with tx.under("directory:read"):
        seen = await _units_of_people(tx)
    found = await people_queries.select_person_page(
        tx, tx.employer_id, tx.now.date(), seen, tx.actor.person_id, "", list(person_ids), None, len(person_ids)
    )
    return {person.person_id: person.display_name for person in found if person.display_name is not None}


async def members_on(tx: Transaction, on: date, unit_ids: Sequence[UUID] | None = None) -> list[MemberOf]:
    """The active people of these units (None: of all) on a day, by person."""
    return await membership_queries.select_members_on(tx, tx.employer_id, on, unit_ids)


async def list_names(tx: Transaction) -> list[str]:
    """What everybody in the directory is called, also those who left, for scrubbing."""
    return await people_queries.select_names(tx, tx.employer_id)


async def lock_directory(tx: Transaction) -> None:
    """Holds off changes of the directory until the end of this transaction, so that reads agree."""
    await queries.lock_directory(tx, tx.employer_id)


async def periods_of(tx: Transaction, people: Sequence[StoredPerson]) -> dict[UUID, list[Period]]:
    """All memberships of these people; an empty list for who has none."""
    periods: dict[UUID, list[Period]] = defaultdict(list)
    person_ids = [person.person_id for person in people]
    for period in await membership_queries.select_periods(tx, tx.employer_id, person_ids):
        periods[period.person_id].append(period)
    return periods


async def units_by_name(tx: Transaction) -> dict[str, Unit]:
    """All units there ever were, by external id."""
    return {unit.external_id: unit for unit in await queries.select_units(tx, tx.employer_id)}


async def _unit(tx: Transaction, unit_id: UUID) -> Unit:
    unit = await queries.select_unit(tx, tx.employer_id, unit_id)
    seen = await _seen_units(tx)
    if unit is None or (seen is not None and unit_id not in seen):
        raise NotFound
    return unit


async def _write_unit(tx: Transaction, known: Mapping[str, Unit], new: UnitNew) -> Unit:
    (findings,) = rules.tree_findings(known, [new], tx.now.date())
    rules.check(findings)
    (unit,) = await writing.write_units(tx, known, [new])
    return unit


async def _write_person(tx: Transaction, before: StoredPerson | None, new: PersonNew) -> UUID:
    named = [*new.manages, *([new.unit_external_id] if new.unit_external_id else [])]
    found = await queries.select_named_units(tx, tx.employer_id, named)
    units = {unit.external_id: unit for unit in found}
    today = tx.now.date()
    periods = (await periods_of(tx, [before]))[before.person_id] if before else []
    findings = people_rules.person_findings(new, units, today)
    rules.check([*findings, *people_rules.placement_findings(new, before, today)])
    change = people_rules.person_change(before, periods, new, silent_id(), units, today)
    await writing.write_people(tx, [change])
    return change.after.person_id


async def _doubled(tx: Transaction) -> list[UUID]:
    """Active people who belong to two units today, which no operation allows: a database was changed by hand."""
    return await membership_queries.select_doubled_on(tx, tx.employer_id, tx.now.date())


async def _stored_person(tx: Transaction, person_id: UUID) -> SeenPerson:
    stored = await people_queries.select_person(
        tx, tx.employer_id, tx.now.date(), await _units_of_people(tx), tx.actor.person_id, person_id
    )
    if stored is None:
        raise NotFound
    return stored


async def _person(tx: Transaction, person_id: UUID) -> Person:
    stored = await _stored_person(tx, person_id)
    return people_rules.person_on(stored, (await periods_of(tx, [stored]))[person_id], tx.now.date())


async def _seen_units(tx: Transaction) -> list[UUID] | None:
    """The units that the caller may see; None: all."""
    if tx.reach >= Reach.EMPLOYER:
        return None
    return [*tx.actor.units, *(await _managed(tx))]


async def _units_of_people(tx: Transaction) -> list[UUID] | None:
    """The units whose people the caller may see, beside being seen as a person of the own; None: all."""
    return None if tx.reach >= Reach.EMPLOYER else await _managed(tx)


async def _managed(tx: Transaction) -> list[UUID]:
    if tx.reach < Reach.SUBTREE:
        return []
    return await queries.select_subtrees(tx, tx.employer_id, list(tx.actor.managed))
