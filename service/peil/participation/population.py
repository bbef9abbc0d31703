"""Freezes who is invited and where they report, from the directory as it stands."""

from collections import defaultdict
from collections.abc import Sequence
from uuid import UUID

import msgspec

from peil.directory.model import MemberOf
from peil.errors import Conflict
from peil.participation.groups import OwnPeople, form_groups
from peil.structs import Value
from peil.waves.model import Excluded, SnapshotUnit


class Node(Value, frozen=True, kw_only=True):
    """A unit of the organisation tree."""

    unit_id: UUID
    parent_id: UUID | None
    name: str


class Population(msgspec.Struct, frozen=True, kw_only=True):
    """Everybody invited: the units depth-first, per reporting group (by the unit it stands at) the people."""

    units: list[SnapshotUnit]
    groups: dict[UUID, list[UUID]]
    excluded: Excluded

    @property
    def invited(self) -> int:
        return sum(len(people) for people in self.groups.values())


def freeze_population(
    units: Sequence[Node],
    members: Sequence[MemberOf],
    asked: Sequence[UUID] | None,
    types: Sequence[str] | None,
    k_n: int,
) -> Population:
    """The population of a wave. `asked`: units whose subtrees are asked; `types`: of employment. None: all.

    Raises Conflict `no-units`, `two-units` (how many people are in more than one unit) and `too-few-invited`.
    """
    ordered = _depth_first(units)
    if not ordered:
        raise Conflict("no-units")
    in_scope = _subtrees(ordered, asked)
    people: dict[UUID, list[UUID]] = defaultdict(list)
    invited, absent, other = leave_out(members, types)
    for member in invited:
        if member.unit_id in in_scope:
            people[member.unit_id].append(member.person_id)
    _refuse_doubles(people)
    kept = _with_ancestors(ordered, in_scope)
    groups = form_groups(
        [
            OwnPeople(unit_id=unit.unit_id, parent_id=unit.parent_id, invited=len(people.get(unit.unit_id, ())))
            for unit in kept
        ],
        k_n,
    )
    reports_at = {unit_id: group.unit_id for group in groups for unit_id in group.units}
    return Population(
        units=[
            SnapshotUnit(
                unit_id=unit.unit_id,
                parent_id=unit.parent_id,
                name=unit.name,
                position=position,
                group_unit_id=reports_at.get(unit.unit_id),
            )
            for position, unit in enumerate(kept)
        ],
        groups={
            group.unit_id: sorted(person for unit_id in group.units for person in people[unit_id]) for group in groups
        },
        excluded=tell_excluded(absent, other, asked, k_n),
    )


def leave_out(members: Sequence[MemberOf], types: Sequence[str] | None) -> tuple[list[MemberOf], int, int]:
    """Who is asked of these people; then how many are away for long, and how many more are of other `types`."""
    present = [member for member in members if not member.absent]
    asked = [member for member in present if types is None or member.employment_type in types]
    return asked, len(members) - len(present), len(present) - len(asked)


def tell_excluded(absent: int, other: int, asked: Sequence[UUID] | None, k_n: int) -> Excluded:
    """How many were left out, where that gives nobody away.

    One to k_N - 1 people are too few to count. Of a wave that asks some units only nothing is told: from two such
    waves the number of one team would follow. Who is away is counted whatever the kind of employment, so that two
    waves of different kinds tell nothing either.
    """
    if asked is not None:
        return Excluded(absent=None, employment_type=None)
    return Excluded(absent=_told(absent, k_n), employment_type=_told(other, k_n))


def _told(count: int, k_n: int) -> int | None:
    return count if count == 0 or count >= k_n else None


def _depth_first(units: Sequence[Node]) -> list[Node]:
    children: dict[UUID | None, list[Node]] = defaultdict(list)
    known = {unit.unit_id for unit in units}
    for unit in units:
        children[unit.parent_id if unit.parent_id in known else None].append(unit)
    for siblings in children.values():
        siblings.sort(key=lambda unit: (unit.name, unit.unit_id), reverse=True)
    ordered: list[Node] = []
    waiting = list(children[None])
    while waiting:
        unit = waiting.pop()
        ordered.append(unit)
        waiting.extend(children[unit.unit_id])
    return ordered


def _subtrees(ordered: Sequence[Node], asked: Sequence[UUID] | None) -> set[UUID]:
    if asked is None:
        return {unit.unit_id for unit in ordered}
    inside = set(asked)
    for unit in ordered:
        if unit.parent_id in inside:
            inside.add(unit.unit_id)
    return inside & {unit.unit_id for unit in ordered}


def _with_ancestors(ordered: Sequence[Node], inside: set[UUID]) -> list[Node]:
    kept = set(inside)
    for unit in reversed(ordered):
        if unit.unit_id in kept and unit.parent_id is not None:
            kept.add(unit.parent_id)
    return [unit for unit in ordered if unit.unit_id in kept]


def _refuse_doubles(people: dict[UUID, list[UUID]]) -> None:
    seen: set[UUID] = set()
    twice: set[UUID] = set()
    for members in people.values():
        for person_id in members:
            (twice if person_id in seen else seen).add(person_id)
    if twice:
        # A number: who reads this need not be somebody who may read the directory.
        raise Conflict("two-units", count=len(twice))
