"""Freezes who is invited and where they report, from the directory as it stands."""

from collections import defaultdict
from collections.abc import Sequence
from uuid import UUID

import msgspec

from peil.errors import Conflict, Finding
from peil.participation.groups import OwnPeople, form_groups
from peil.structs import Value


class Node(Value, frozen=True, kw_only=True):
    """A unit of the organisation tree."""

    unit_id: UUID
    parent_id: UUID | None
    name: str


class PlacedUnit(Value, frozen=True, kw_only=True):
    """A unit in depth-first order, siblings by name, with the unit at which its own people report."""

    unit_id: UUID
    parent_id: UUID | None
    name: str
    position: int
    group_unit_id: UUID | None


class Population(msgspec.Struct, frozen=True, kw_only=True):
    """Everybody invited: the units, per reporting group (by the unit it stands at) the people."""

    units: list[PlacedUnit]
    groups: dict[UUID, list[UUID]]

    @property
    def invited(self) -> int:
        return sum(len(people) for people in self.groups.values())


def freeze_population(
    units: Sequence[Node],
    members: Sequence[tuple[UUID, UUID]],
    asked: Sequence[UUID] | None,
    k_n: int,
) -> Population:
    """The population of a wave. `members`: (person, unit); `asked`: units whose subtrees are asked, None: all.

    Raises Conflict `no-units`, `two-units` (people in more than one unit, as findings by person) and
    `too-few-invited`.
    """
    ordered = _depth_first(units)
    if not ordered:
        raise Conflict("no-units")
    in_scope = _subtrees(ordered, asked)
    people: dict[UUID, list[UUID]] = defaultdict(list)
    for person_id, unit_id in members:
        if unit_id in in_scope:
            people[unit_id].append(person_id)
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
            PlacedUnit(
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
    )


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
        raise Conflict(
            "two-units", *[Finding(f"/people/{person_id}", "two-units") for person_id in sorted(twice)[:100]]
        )
