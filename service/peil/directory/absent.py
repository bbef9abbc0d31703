"""What a full import does not name: people leave and units end, unless that is more than a tenth and not confirmed."""

from collections.abc import Collection, Mapping, Sequence
from uuid import UUID

from peil.directory import operations, people_queries, people_rules, queries, rules
from peil.directory.model import PersonChange, PersonNew, Unit, UnitNew
from peil.errors import Finding
from peil.operation import Transaction


def check(gone: Sequence[object], standing: int, confirmed: int | None) -> None:
    """Raises Conflict `too-many-disappear`."""
    if gone:
        rules.check_disappearing(len(gone), standing, confirmed)


async def people(tx: Transaction, named: Collection[str]) -> tuple[list[PersonChange], int]:
    """How everybody who is active and not named leaves today, and how many are active."""
    active = await people_queries.select_active(tx, tx.employer_id, tx.now.date())
    leavers = [person for person in active if person.external_id not in named]
    periods = await operations.periods_of(tx, leavers)
    return [
        people_rules.person_change(
            person,
            periods[person.person_id],
            PersonNew(
                external_id=person.external_id,
                user_name=person.user_name,
                display_name=person.display_name,
                email=person.email,
                language=person.language,
                employment_type=person.employment_type,
                absent=person.absent,
                active=False,
            ),
            person.person_id,
            {},
            tx.now.date(),
        )
        for person in leavers
    ], len(active)


def units(known: Mapping[str, Unit], named: Collection[str]) -> list[Unit]:
    """The units that stand and are not named."""
    return [unit for name, unit in known.items() if unit.valid_to is None and name not in named]


async def members(tx: Transaction, gone: Sequence[Unit]) -> set[UUID]:
    """Those of these units that somebody is in, today or later."""
    if not gone:
        return set()
    return set(await queries.select_inhabited(tx, tx.employer_id, [one.unit_id for one in gone], tx.now.date()))


def check_units(gone: Sequence[Unit], wanted: Sequence[UnitNew], inhabited: Collection[UUID]) -> None:
    """A unit ends when nothing that stays hangs under it and nobody is in it. Raises Conflict `directory-conflict`."""
    above = {new.parent_external_id for new in wanted}
    rules.check(
        [
            Finding("", "absent-unit-needed", {"unit": unit.external_id})
            for unit in gone
            if unit.external_id in above or unit.unit_id in inhabited
        ][:100]
    )


async def close_units(tx: Transaction, gone: Sequence[Unit]) -> None:
    """Ends these as of today."""
    for unit in gone:
        await queries.close_unit(tx, tx.employer_id, unit.unit_id, tx.now)
