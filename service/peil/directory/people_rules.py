"""Decisions about people: one unit per person on a day, and user names that are one person's only."""

import re
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, time
from uuid import UUID

import msgspec
from msgspec.structs import replace

from peil.directory.model import (
    Membership,
    MembershipRole,
    Period,
    Person,
    PersonChange,
    PersonNew,
    SeenPerson,
    StoredPerson,
    Unit,
    UserName,
)
from peil.errors import Finding

# What erasure leaves as the external id: a name beside it would tell whose the deeds in the audit trail were.
_ERASED = re.compile(r"erased-[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")


class KnownPeople(msgspec.Struct, frozen=True, kw_only=True):
    """What an import of people has to know of the directory."""

    people: dict[str, StoredPerson]
    """Of those who are imported, by external id."""
    periods: dict[UUID, list[Period]]
    """Their memberships, by day in each role."""
    user_names: list[UserName]
    """Those that are asked for."""
    units: dict[str, Unit]
    """Units without an end, by external id."""


def person_findings(
    new: PersonNew, units: Mapping[str, Unit], today: date, *, needs_unit: bool = True
) -> list[Finding]:
    """What is wrong with `new`; `units` are those without an end by external id.

    `needs_unit`: False where somebody may be active before it is known where.
    """
    if _ERASED.fullmatch(new.external_id):
        return [Finding("/externalId", "erased-person")]
    if not new.active:
        return _leaving_findings(new, units, today)
    findings = []
    if new.unit_external_id is None and needs_unit:
        findings.append(Finding("/unitExternalId", "unit-required"))
    if new.unit_external_id is not None:
        findings += _unit_findings("/unitExternalId", new.unit_external_id, new, units, today)
    seen: set[str] = set()
    for index, external_id in enumerate(new.manages):
        if external_id in seen:
            findings.append(Finding(f"/manages/{index}", "duplicate-item"))
        seen.add(external_id)
        findings += _unit_findings(f"/manages/{index}", external_id, new, units, today)
    return findings


def _leaving_findings(new: PersonNew, units: Mapping[str, Unit], today: date) -> list[Finding]:
    """Until a day that is to come one is somewhere; what else the line says of units does not count."""
    if not leaves_later(new, today) or new.unit_external_id is None:
        return []
    unit = units.get(new.unit_external_id)
    if unit is None:
        return [Finding("/unitExternalId", "unknown-unit")]
    if new.from_ is not None and new.from_ <= unit.valid_from:
        return [Finding("/from", "leaves-before-unit", {"from": unit.valid_from.isoformat()})]
    return []


def placement_findings(new: PersonNew, before: StoredPerson | None, today: date) -> list[Finding]:
    """Whoever is new and is to leave on a day to come has to be in a unit until then."""
    is_somewhere = before is not None or new.unit_external_id is not None
    return [] if is_somewhere or not leaves_later(new, today) else [Finding("/unitExternalId", "unit-required")]


def leaves_later(new: PersonNew, today: date) -> bool:
    """Whether it says that somebody leaves, and not yet."""
    return not new.active and new.from_ is not None and new.from_ > today


def leaving_day(before: StoredPerson | None, new: PersonNew, today: date) -> date | None:
    """The day to come on which a person is to leave after `new`; None: there is none.

    With `from` a day that was said before is moved or taken back, without it stands.
    """
    if leaves_later(new, today):
        return new.from_
    return before.leaves_on if before is not None and new.active and new.from_ is None else None


def start_of(day: date) -> datetime:
    """When a day begins, by the employer's clock."""
    return datetime.combine(day, time(), UTC)


def _unit_findings(
    pointer: str, external_id: str, new: PersonNew, units: Mapping[str, Unit], today: date
) -> list[Finding]:
    unit = units.get(external_id)
    if unit is None:
        return [Finding(pointer, "unknown-unit")]
    if new.from_ is not None and max(new.from_, today) < unit.valid_from:
        return [Finding(pointer, "unit-starts-later", {"from": unit.valid_from.isoformat()})]
    return []


def user_name_findings(wanted: Sequence[PersonNew], names: Sequence[UserName]) -> list[list[Finding]]:
    """Who asks for a user name of somebody else, in whatever case; the first to ask gets it.

    `names` are those that are asked for; whoever is wanted says anew which it is to be.
    """
    said = {new.external_id for new in wanted}
    folded = {name.said: name.folded for name in names}
    holders = {name.folded: name.holder for name in names if name.holder is not None and name.holder not in said}
    return [
        [Finding("/userName", "user-name-taken")]
        if new.user_name is not None and holders.setdefault(folded[new.user_name], new.external_id) != new.external_id
        else []
        for new in wanted
    ]


def person_change(
    before: StoredPerson | None,
    periods: Sequence[Period],
    new: PersonNew,
    new_id: UUID,
    units: Mapping[str, Unit],
    today: date,
) -> PersonChange:
    """What `new`, without findings, changes; `new_id` is for somebody who was not there `before`."""
    person_id = before.person_id if before else new_id
    was_to_leave_on = before.leaves_on if before else None
    wanted = periods_after(person_id, periods, new, units, today, was_to_leave_on)
    leaves_on = leaving_day(before, new, today)
    # Who has left already, and is said to be in no unit, does not come back in order to leave.
    is_there = new.unit_external_id is not None or (before is not None and before.active)
    active = new.active or (leaves_later(new, today) and is_there)
    after = StoredPerson(
        person_id=person_id,
        external_id=new.external_id,
        user_name=new.user_name,
        display_name=new.display_name,
        email=new.email,
        language=new.language,
        employment_type=new.employment_type,
        absent=new.absent,
        active=active,
        leaves_on=leaves_on,
    )
    return PersonChange(
        before=before,
        after=after,
        gone=[period for period in periods if period not in wanted],
        added=[period for period in wanted if period not in periods],
        is_leaving_new=_is_leaving_new(before, after),
    )


def _is_leaving_new(before: StoredPerson | None, after: StoredPerson) -> bool:
    """Whether it was not said before that the person leaves or has left, or on this day."""
    was_active = before is not None and before.active
    if not after.active:
        return before is None or was_active
    return after.leaves_on is not None and (before is None or not was_active or before.leaves_on != after.leaves_on)


def periods_after(
    person_id: UUID,
    periods: Sequence[Period],
    new: PersonNew,
    units: Mapping[str, Unit],
    today: date,
    planned: date | None,
) -> list[Period]:
    """The memberships of a person after `new`, which has no findings; `periods` are by day in each role.

    `planned`: the day to come on which the person was to leave before; None: there was none.

    Without `from` only what differs from today changes, so that a move or a leaving planned for later stands. With it
    a leaving that was planned is taken back, or moved where this is another one. Without a unit there is none from
    then on.
    """
    day = new.from_ or today
    if planned is not None and new.from_ is not None:
        periods, planned = [replace(p, valid_to=None) if p.valid_to == planned else p for p in periods], None
    if leaves_later(new, today):
        if new.unit_external_id is not None:
            first = _start(person_id, units[new.unit_external_id], "member", None, today)
            members = _members_after(periods, first, None, today)
            periods = [*members, *(period for period in periods if period.role == "manager")]
        return _ended(periods, day)
    if not new.active:
        return _ended(periods, day)
    wanted = units[new.unit_external_id] if new.unit_external_id is not None else None
    start = None if wanted is None else _start(person_id, wanted, "member", new.from_, today)
    after = [*_members_after(periods, start, new.from_, today), *_managers_after(person_id, periods, new, units, today)]
    return after if planned is None else _ended(after, planned)


def _members_after(periods: Sequence[Period], start: Period | None, said: date | None, today: date) -> list[Period]:
    """The memberships with `start` (None: with none), from the day that was `said`, else where today's is another."""
    members = [period for period in periods if period.role == "member"]
    if start is None:
        return _ended(members, said or today)
    if said is None and start.unit_id == unit_on(members, today):
        return members
    return _placed(members, start, start.valid_from, today)


def _managers_after(
    person_id: UUID, periods: Sequence[Period], new: PersonNew, units: Mapping[str, Unit], today: date
) -> list[Period]:
    """What a person manages after `new`."""
    known: dict[UUID, list[Period]] = {}
    for period in periods:
        if period.role == "manager":
            known.setdefault(period.unit_id, []).append(period)
    starts = [_start(person_id, units[name], "manager", new.from_, today) for name in new.manages]
    managers = [_placed(known.pop(start.unit_id, []), start, start.valid_from, today) for start in starts]
    managers += [_placed(former, None, new.from_ or today, today) for former in known.values()]
    return [period for placed in managers for period in placed]


def unit_on(members: Sequence[Period], today: date) -> UUID | None:
    """The unit of the main job today, or else the first one to come."""
    lasting = (period for period in members if period.valid_to is None or period.valid_to > today)
    return next((period.unit_id for period in lasting), None)


def _start(person_id: UUID, unit: Unit, role: MembershipRole, day: date | None, today: date) -> Period:
    # Who is placed in a unit of the future without a day starts with the unit.
    return Period(
        person_id=person_id,
        unit_id=unit.unit_id,
        unit_external_id=unit.external_id,
        role=role,
        valid_from=day or max(today, unit.valid_from),
        valid_to=None,
    )


def _placed(periods: Sequence[Period], start: Period | None, day: date, today: date) -> list[Period]:
    """`periods`, one at a time, with `start` from `day` on (None: with nothing from then on).

    They stay as they are where that holds already, from `day` until today or `day`, whichever is later.
    """
    until = max(day, today)
    there = [p for p in periods if p.valid_from <= until and (p.valid_to is None or p.valid_to > day)]
    if start is None:
        return _ended(periods, day) if there else list(periods)
    if len(there) == 1 and there[0].unit_id == start.unit_id and _covers(there[0], day, until):
        return list(periods)
    kept = _ended(periods, day)
    if kept and kept[-1].unit_id == start.unit_id and kept[-1].valid_to == day:
        return [*kept[:-1], replace(kept[-1], valid_to=None)]
    return [*kept, start]


def _covers(period: Period, first: date, last: date) -> bool:
    return period.valid_from <= first and (period.valid_to is None or period.valid_to > last)


def _ended(periods: Sequence[Period], day: date) -> list[Period]:
    """`periods` as they are before `day`, and nothing from then on."""
    return [
        p if p.valid_to is not None and p.valid_to <= day else replace(p, valid_to=day)
        for p in periods
        if p.valid_from < day
    ]


def person_on(stored: SeenPerson, periods: Sequence[Period], today: date) -> Person:
    """A person as seen today; `periods` are in order of their first day."""
    lasting = [period for period in periods if period.valid_to is None or period.valid_to > today]
    unit = next((period for period in lasting if period.role == "member"), None)
    managed = [p.unit_external_id for p in lasting if p.role == "manager" and p.valid_from <= today]
    return Person(
        person_id=stored.person_id,
        external_id=stored.external_id,
        user_name=stored.user_name,
        display_name=stored.display_name,
        email=stored.email,
        language=stored.language,
        employment_type=stored.employment_type,
        absent=stored.absent,
        active=stored.active,
        leaves_on=stored.leaves_on if stored.active else None,
        unit_id=unit.unit_id if unit else None,
        unit_external_id=unit.unit_external_id if unit else None,
        manages=sorted(managed),
        memberships=[
            Membership(
                role=period.role,
                unit_id=period.unit_id,
                unit_external_id=period.unit_external_id,
                from_=period.valid_from,
                to=period.valid_to,
            )
            for period in lasting
        ],
        modified_at=stored.modified_at,
    )
