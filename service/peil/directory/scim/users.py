"""What SCIM does to people: creates, changes and ends them by the rules of the directory."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date
from uuid import UUID

from msgspec.structs import asdict, replace
from scim2_models import InvalidValueException

from peil.audit import record
from peil.directory import operations, people_rules, writing
from peil.directory.model import Period, PersonChange, Unit
from peil.directory.scim import events, group_queries, user_queries
from peil.directory.scim.departments import department_of, unit_of, unit_to_make
from peil.directory.scim.mapping import refused, said_user
from peil.directory.scim.model import SaidUser, UnitRef, UserRow, UserState
from peil.directory.scim.resources import ENTERPRISE, UserResource
from peil.directory.scim.returning import check_same, free_name, known_as, person_of, select_same
from peil.directory.scim.session import Session
from peil.errors import Finding
from peil.ids import silent_id
from peil.outbox import publish

_DEPARTMENT = f"{ENTERPRISE}:department"


async def load_users(session: Session, rows: Sequence[UserRow]) -> list[UserState]:
    """These people with their memberships and groups."""
    if not rows:
        return []
    tx = session.tx
    periods = await operations.periods_of(tx, [person_of(row) for row in rows])
    groups: dict[UUID, list[UnitRef]] = defaultdict(list)
    ids = [row.person_id for row in rows]
    for one in await group_queries.select_members(tx, tx.employer_id, None, ids):
        groups[one.person_id].append(one)
    return [UserState(row=row, periods=periods[row.person_id], groups=groups[row.person_id]) for row in rows]


async def users_of(session: Session, ids: Sequence[UUID]) -> dict[UUID, UserState]:
    """Of these people those there are, by id."""
    rows = await user_queries.select_users(
        session.tx, session.tx.employer_id, session.today, ids, None, None, 0, len(ids)
    )
    return {state.row.person_id: state for state in await load_users(session, rows)}


async def create_user(session: Session, user: UserResource) -> UserState:
    """Creates a person; or goes on with one whom only the HR system knows, or who was deleted and is not erased yet.

    Whoever has another id of the provisioning system is another person, also with the user name of one who left.

    Raises UniquenessException, InvalidValueException.
    """
    tx = session.tx
    person_id = silent_id()
    said = said_user(user, user.external_id or str(person_id), session.note, active=True)
    said = replace(said, said_active=said.active)
    same = await select_same(session, said)
    known = known_as(same, said)
    await free_name(session, same, said, known)
    [before] = await load_users(session, [known]) if known is not None else [None]
    if before is not None:
        said = replace(
            said,
            external_id=before.row.external_id,
            display_name=said.display_name or before.row.display_name,
            email=said.email or before.row.email,
            language=said.language or before.row.language,
            employment_type=said.employment_type or before.row.employment_type,
            absent=before.row.absent if said.said_absent is None else said.absent,
        )
    elif any(row.external_id == said.external_id for row in same):
        # It is the id of somebody else there, who was here before or whom the HR system made.
        said = replace(said, external_id=str(person_id))
    state = await _write(session, before, said, person_id)
    await record(tx, f"people/{state.row.person_id}", event=events.of_user(before, state))
    await publish(tx, "person.updated" if before else "person.created", f"people/{state.row.person_id}")
    return state


async def update_user(session: Session, before: UserState, user: UserResource) -> UserState:
    """Makes a person what the user says. Raises UniquenessException, InvalidValueException, ConflictException."""
    tx, row = session.tx, before.row
    # Nobody comes back by being renamed: only who is said to be active is brought back.
    said = said_user(user, row.external_id, session.note, active=row.active)
    check_same(session, row, said)
    if said.user_name != row.user_name:
        await free_name(session, await select_same(session, said), said, row)
    state = await _write(session, before, said, row.person_id)
    await record(tx, f"people/{row.person_id}", event=events.of_user(before, state))
    await publish(tx, "person.updated", f"people/{row.person_id}")
    return state


async def delete_user(session: Session, before: UserState) -> None:
    """Ends a person's memberships, and has what names the person erased when the term is over.

    Raises ConflictException.
    """
    tx, row = session.tx, before.row
    unplaced = is_placed(session, before.periods)
    await session.check_going(row, "active", leaves=row.active, unplaced=unplaced)
    change = change_of(session, before, None, [], await session.units(), active=False)
    if change.is_any:
        await writing.write_people(tx, [change], session.connection.erase_inactive_after)
    await group_queries.delete_members(tx, tx.employer_id, None, [row.person_id])
    gone = replace(
        row,
        # Of whom SCIM has said nothing it was shown the HR system's id.
        scim_id=row.scim_id if row.provisioned else row.external_id,
        left_on=session.today if row.active else row.left_on,
        unplaced_on=session.today if unplaced else row.unplaced_on,
        created_at=row.created_at or tx.now,
        modified_at=tx.now,
        deleted_at=tx.now,
    )
    await user_queries.upsert_user(tx, tx.employer_id, gone)
    await writing.plan_erasure(tx, row.person_id, session.connection.erase_after)
    await record(tx, f"people/{row.person_id}", event="delete_scim_user")
    await publish(tx, "person.updated", f"people/{row.person_id}")


async def _write(session: Session, before: UserState | None, said: SaidUser, person_id: UUID) -> UserState:
    tx = session.tx
    await _check_manager(session, said, before.row if before else None)
    said = replace(said, manages=managed_by(before) if before and said.active else [])
    units = await _units_for(session, said)
    unit = await _unit_of(session, before, said, units) if said.active else None
    unplaced = before is not None and unit is None and is_placed(session, before.periods)
    if before is not None:
        leaves = before.row.active and not said.active
        attribute = "active" if leaves else _DEPARTMENT
        await session.check_going(before.row, attribute, leaves=leaves, unplaced=unplaced)
    change = _change(session, before, replace(said, unit_external_id=unit), person_id, units)
    if change.is_any:
        await writing.write_people(tx, [change], session.connection.erase_inactive_after)
    after = _row_after(session, before.row if before else None, said, change, unplaced=unplaced)
    await user_queries.upsert_user(tx, tx.employer_id, after)
    return UserState(row=after, periods=_periods(before, change), groups=before.groups if before else [])


def _row_after(
    session: Session, row: UserRow | None, said: SaidUser, change: PersonChange, *, unplaced: bool
) -> UserRow:
    """What is kept after a change; `row`: what was before it."""
    last_unplaced = row.unplaced_on if row else None
    return UserRow(
        **asdict(change.after),
        provisioned=True,
        scim_id=said.scim_id,
        said_active=said.said_active,
        said_absent=said.said_absent,
        department=said.department,
        cost_center=said.cost_center,
        manager_id=said.manager_id,
        came_on=row.came_on if row else session.today,
        left_on=None if said.active else _left_on(session, row),
        unplaced_on=session.today if unplaced else last_unplaced,
        created_at=(row and row.created_at) or session.tx.now,
        modified_at=session.tx.now,
        deleted_at=None,
    )


def _left_on(session: Session, row: UserRow | None) -> date | None:
    """The day SCIM switched off somebody who is not active; None: another system did."""
    return session.today if row is None or row.active else row.left_on


def _change(
    session: Session, before: UserState | None, said: SaidUser, person_id: UUID, units: Mapping[str, Unit]
) -> PersonChange:
    findings = people_rules.person_findings(said, units, session.today, needs_unit=False)
    if findings:
        raise refused(*findings)
    stored = person_of(before.row) if before else None
    periods = before.periods if before else []
    change = people_rules.person_change(stored, periods, said, person_id, units, session.today)
    if stored is None or said.active:
        return change
    # A day that HR has said holds again for who is switched on before it.
    return replace(change, after=replace(change.after, leaves_on=stored.leaves_on))


def _periods(before: UserState | None, change: PersonChange) -> list[Period]:
    kept = [one for one in before.periods if one not in change.gone] if before else []
    return sorted((*kept, *change.added), key=lambda one: (one.role, one.valid_from, one.unit_id))


async def _check_manager(session: Session, said: SaidUser, row: UserRow | None) -> None:
    if said.manager_id is None or (row is not None and row.manager_id == said.manager_id):
        return
    if not await users_of(session, [said.manager_id]):
        raise refused(Finding("/managerId", "unknown-person"))


async def _units_for(session: Session, said: SaidUser) -> dict[str, Unit]:
    """The units that stand; a department that is none yet is made, where the tree comes from departments."""
    department = department_of(said) if session.connection.tree == "department" and said.active else None
    if department is not None and unit_of(await session.units(), department) is None:
        top = await session.top()
        await session.write_units([unit_to_make(await session.known_units(), department, top)])
    return await session.units()


async def _unit_of(session: Session, before: UserState | None, said: SaidUser, units: Mapping[str, Unit]) -> str | None:
    """The external id of the unit of the main job: by department, by the last group, or as it was."""
    if session.connection.tree == "department":
        department = department_of(said)
        return None if department is None else unit_of(units, department)
    if before is None:
        return None
    standing = [one.external_id for one in before.groups if one.stands]
    if standing:
        return standing[-1]
    members = [one for one in before.periods if one.role == "member"]
    if not before.row.active and members:
        # Whoever comes back comes back to where they were.
        return next((name for name, unit in units.items() if unit.unit_id == members[-1].unit_id), None)
    return unit_now(session, before, units)


def managed_by(state: UserState) -> list[str]:
    """External ids of the units that a person manages, now or later, or until leaving on a day to come."""
    lasting = {None, state.row.leaves_on}
    return [one.unit_external_id for one in state.periods if one.role == "manager" and one.valid_to in lasting]


def is_placed(session: Session, periods: Sequence[Period]) -> bool:
    """Whether somebody is in a unit, today or else later."""
    return people_rules.unit_on([one for one in periods if one.role == "member"], session.today) is not None


def unit_now(session: Session, state: UserState, units: Mapping[str, Unit]) -> str | None:
    """The external id of the unit of the main job, today or else to come; None: none."""
    current = people_rules.unit_on([one for one in state.periods if one.role == "member"], session.today)
    return next((name for name, unit in units.items() if unit.unit_id == current), None)


def change_of(
    session: Session,
    state: UserState,
    unit: str | None,
    manages: Sequence[str],
    units: Mapping[str, Unit],
    *,
    active: bool = True,
) -> PersonChange:
    """What has to be written for a person to be in this unit (None: in none) and to manage these."""
    row = state.row
    new = SaidUser(
        external_id=row.external_id,
        user_name=row.user_name,
        display_name=row.display_name,
        email=row.email,
        language=row.language,
        employment_type=row.employment_type,
        absent=row.absent,
        active=active,
        unit_external_id=unit,
        manages=list(manages),
    )
    return _change(session, state, new, row.person_id, units)


def check_known(wanted: Sequence[UUID], known: Mapping[UUID, UserState]) -> None:
    """Raises InvalidValueException for members that are nobody."""
    if any(one not in known for one in wanted):
        raise InvalidValueException(detail="members: there is no such user.")
