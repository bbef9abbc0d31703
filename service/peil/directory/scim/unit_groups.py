"""What SCIM does to units: creates, renames, moves and ends them, and says who belongs to them."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import UTC, datetime, time
from uuid import UUID

from msgspec.structs import asdict, replace
from scim2_models import ConflictException, InvalidValueException, MutabilityException, UniquenessException

from peil import schedule
from peil.audit import record
from peil.directory import queries, rules, writing
from peil.directory.model import Unit, UnitNew
from peil.directory.scim import events, group_queries, user_queries
from peil.directory.scim.mapping import refused, said_group
from peil.directory.scim.model import GroupRow, GroupState, SaidGroup, ScimConnection, UserState
from peil.directory.scim.resources import GroupResource
from peil.directory.scim.session import Session
from peil.directory.scim.users import change_of, check_known, is_placed, managed_by, unit_now, users_of
from peil.errors import Finding
from peil.ids import ordered_id
from peil.outbox import publish


async def load_groups(session: Session, rows: Sequence[GroupRow]) -> list[GroupState]:
    """These units with who SCIM has put in them."""
    members: dict[UUID, list[UUID]] = defaultdict(list)
    ids = [row.unit_id for row in rows]
    for one in await group_queries.select_members(session.tx, session.tx.employer_id, ids, None) if ids else ():
        members[one.unit_id].append(one.person_id)
    return [GroupState(row=row, members=members[row.unit_id]) for row in rows]


def is_unit(connection: ScimConnection, name: str) -> bool:
    """Whether a group of this name is a unit."""
    match connection.groups:
        case "all":
            return True
        case "prefix":
            return name.startswith(connection.group_prefix or "")
        case "named":
            return name in connection.group_names
        case "none":
            return False


async def create_group(session: Session, group: GroupResource) -> GroupState:
    """Creates a unit, or goes on with the one that the HR system made. Raises InvalidValueException,
    UniquenessException."""
    said = said_group(group, group.external_id or str(ordered_id()))
    _check_is_unit(session, said.name)
    if session.connection.tree == "import":
        row = await _imported(session, said)
    else:
        row = await _created(session, said)
    await _change_manager(session, row, None)
    state = await _change_members(session, GroupState(row=row, members=[]), said.members)
    await record(session.tx, f"units/{row.unit_id}", event="create_scim_group")
    await publish(session.tx, "unit.created", f"units/{row.unit_id}")
    return state


async def update_group(session: Session, before: GroupState, group: GroupResource) -> GroupState:
    """Makes a unit what the group says. Raises InvalidValueException."""
    said, row = said_group(group, before.row.external_id), before.row
    if session.connection.tree == "import":
        _note_kept(session, row, said)
        row = await _keep(session, row, replace(said, valid_from=row.said_from, valid_to=row.said_to))
    else:
        _check_is_unit(session, said.name)
        row = await _written(session, replace(said, external_id=row.external_id), row)
    await _change_manager(session, row, before.row.manager_id)
    state = await _change_members(session, replace(before, row=row), said.members)
    for event in events.of_group(before, state):
        await record(session.tx, f"units/{row.unit_id}", event=event)
    await publish(session.tx, "unit.updated", f"units/{row.unit_id}")
    return state


async def delete_group(session: Session, before: GroupState) -> None:
    """Closes a unit as of today, whose people are in none then.

    Raises ConflictException while units hang under it or people are in it whom SCIM did not put there, and
    MutabilityException where the import decides which units there are.
    """
    tx, unit_id = session.tx, before.row.unit_id
    if session.connection.tree == "import":
        session.note("kept-by-import", "", f"units/{unit_id}")
        raise MutabilityException(detail="The import of units decides which units there are; end it there.")
    await _change_members(session, before, [])
    has_children = await queries.select_has_children(tx, tx.employer_id, unit_id)
    if has_children or await queries.select_has_members(tx, tx.employer_id, unit_id, session.today):
        raise ConflictException(detail="Units hang under this one, or people are in it whom another system put there.")
    await queries.close_unit(tx, tx.employer_id, unit_id, tx.now)
    session.forget_units()
    await record(tx, f"units/{unit_id}", event="delete_scim_group")
    await publish(tx, "unit.deleted", f"units/{unit_id}")


def _check_is_unit(session: Session, name: str) -> None:
    if not is_unit(session.connection, name):
        session.note("group-is-no-unit", "displayName")
        raise InvalidValueException(detail="displayName: by the settings of this connection this group is no unit.")


async def _imported(session: Session, said: SaidGroup) -> GroupRow:
    """The unit of the HR system that a group is."""
    units = await session.units()
    named = [unit for unit in units.values() if unit.name == said.name]
    unit = units.get(said.external_id) or (named[0] if len(named) == 1 else None)
    if unit is None:
        session.note("unit-not-known", "displayName")
        raise InvalidValueException(
            detail="displayName: the import of units decides which units there are, and has none with this externalId "
            "or this name alone."
        )
    [row] = await group_queries.select_groups(session.tx, session.tx.employer_id, unit.unit_id)
    _note_kept(session, row, said)
    return await _keep(session, row, replace(said, valid_from=None, valid_to=None))


def _note_kept(session: Session, row: GroupRow, said: SaidGroup) -> None:
    if said.name != row.name:
        session.note("kept-by-import", "displayName", f"units/{row.unit_id}")
    if said.parent_id not in (None, row.parent_id):
        session.note("kept-by-import", "parent", f"units/{row.unit_id}")
    if said.valid_from not in (None, row.valid_from) or said.valid_to is not None:
        session.note("kept-by-import", "validFrom", f"units/{row.unit_id}")


async def _created(session: Session, said: SaidGroup) -> GroupRow:
    unit = (await session.units()).get(said.external_id)
    row = None
    if unit is not None:
        [row] = await group_queries.select_groups(session.tx, session.tx.employer_id, unit.unit_id)
        if row.provisioned:
            raise UniquenessException(detail="externalId: another group has it.")
    return await _written(session, said, row)


async def _written(session: Session, said: SaidGroup, row: GroupRow | None) -> GroupRow:
    """Writes the unit where something of it changes, and has it end when it is said to."""
    new = UnitNew(
        external_id=said.external_id,
        name=said.name,
        parent_external_id=await _above(session, said, row),
        valid_from=said.valid_from,
    )
    is_said_anew = row is None or row.said_to != said.valid_to
    if said.valid_to is not None and said.valid_to <= session.today and is_said_anew:
        raise InvalidValueException(detail="validTo: this day is over; delete the group.")
    if row is not None and rules.unit_outcome(row, new) == "unchanged":
        unit: Unit = row
    else:
        [unit] = await session.write_units([new])
    if said.valid_to is not None and is_said_anew:
        ends = datetime.combine(said.valid_to, time(), UTC)
        await schedule.due(session.tx, "end_unit", unit.unit_id, at=ends)
    return await _keep(session, unit, said, row)


async def _above(session: Session, said: SaidGroup, row: GroupRow | None) -> str | None:
    """The external id of the unit above; None: it is the top itself."""
    if said.parent_id is None:
        is_top = row is not None and row.parent_id is None
        return None if is_top else (await session.top()).external_id
    above = [name for name, unit in (await session.units()).items() if unit.unit_id == said.parent_id]
    if not above:
        raise refused(Finding("/parentExternalId", "unknown-unit"))
    return above[0]


async def _keep(session: Session, unit: Unit, said: SaidGroup, before: GroupRow | None = None) -> GroupRow:
    """Writes what SCIM says beside it."""
    known = before or (unit if isinstance(unit, GroupRow) else None)
    row = GroupRow(
        **{name: value for name, value in asdict(unit).items() if name in Unit.__struct_fields__},
        provisioned=True,
        scim_id=said.scim_id,
        manager_id=said.unit_manager_id,
        said_from=said.valid_from,
        said_to=said.valid_to,
        created_at=(known and known.created_at) or session.tx.now,
        said_at=session.tx.now,
    )
    await group_queries.upsert_group(session.tx, session.tx.employer_id, row)
    return row


async def _change_members(session: Session, group: GroupState, wanted: Sequence[UUID]) -> GroupState:
    """Takes people out and puts people in, each at the unit of the group that was said last."""
    tx, row = session.tx, group.row
    gone = [one for one in group.members if one not in set(wanted)]
    added = [one for one in wanted if one not in set(group.members)]
    if not gone and not added:
        return group
    people = await users_of(session, [*gone, *added])
    check_known(added, people)
    for state in (people[one] for one in added if not people[one].row.provisioned):
        said = replace(state.row, created_at=tx.now, modified_at=tx.now, scim_id=state.row.external_id)
        await user_queries.upsert_user(tx, tx.employer_id, said)
    await group_queries.delete_members(tx, tx.employer_id, row.unit_id, gone)
    await group_queries.insert_members(tx, tx.employer_id, row.unit_id, added)
    units = await session.units()
    changes, unplaced = [], []
    for state in (people[one] for one in (*gone, *added) if one in people):
        if state.row.active:
            unit = _last_group(state, row, is_in=state.row.person_id in added)
            if unit is None and is_placed(session, state.periods):
                await session.check_going(state.row, "members", leaves=False, unplaced=True)
                unplaced.append(state.row.person_id)
            elif state.row.unplaced_on == session.today:
                session.recount()
            changes.append(change_of(session, state, unit, managed_by(state), units))
        else:
            session.note("user-has-left", "members", f"people/{state.row.person_id}")
    await writing.write_people(tx, [change for change in changes if change.is_any])
    if unplaced:
        await user_queries.set_unplaced(tx, tx.employer_id, unplaced, session.today)
    for change in changes:
        event = events.of_membership(is_in=change.after.person_id in added)
        await record(tx, f"people/{change.after.person_id}", event=event)
    return GroupState(row=row, members=list(wanted))


def _last_group(state: UserState, row: GroupRow, *, is_in: bool) -> str | None:
    """The external id of the group that was said last of a person, who is now in this one or not."""
    if is_in:
        return row.external_id
    standing = [one.external_id for one in state.groups if one.stands and one.unit_id != row.unit_id]
    return standing[-1] if standing else None


async def _change_manager(session: Session, row: GroupRow, before: UUID | None) -> None:
    """Has the manager that SCIM said manage the unit, and the one it said before no longer."""
    if row.manager_id == before:
        return
    people = await users_of(session, [one for one in (before, row.manager_id) if one is not None])
    if row.manager_id is not None and row.manager_id not in people:
        raise refused(Finding("/unitManagerId", "unknown-person"))
    units, changes = await session.units(), []
    for state in people.values():
        if not state.row.active:
            session.note("user-has-left", "manager", f"people/{state.row.person_id}")
            continue
        manages = [one for one in managed_by(state) if one != row.external_id]
        if state.row.person_id == row.manager_id:
            manages.append(row.external_id)
        changes.append(change_of(session, state, unit_now(session, state, units), manages, units))
    await writing.write_people(session.tx, [change for change in changes if change.is_any])
    for change in changes:
        event = events.of_manager(is_one=change.after.person_id == row.manager_id)
        await record(session.tx, f"people/{change.after.person_id}", event=event)
