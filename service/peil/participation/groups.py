"""Reporting groups: who shares one key, so that no key, list or row stands for fewer than k_N people."""

from collections.abc import Sequence
from uuid import UUID

from peil.errors import Conflict, Finding, Invalid
from peil.structs import Value


class OwnPeople(Value, frozen=True, kw_only=True):
    """A unit and how many invited people belong to it directly."""

    unit_id: UUID
    parent_id: UUID | None
    invited: int


class ReportingGroup(Value, frozen=True, kw_only=True):
    """The unit the group stands at, the units whose own people are in it (by id), and how many they are."""

    unit_id: UUID
    units: list[UUID]
    invited: int


def form_groups(units: Sequence[OwnPeople], k_n: int) -> list[ReportingGroup]:
    """Reporting groups by unit id; every invited person is in exactly one, and each has at least `k_n`.

    Bottom-up: a unit's own people and those its children handed up form its group, or are handed up
    themselves. What is left at the root joins the smallest group, of equal ones that with the smallest unit
    id. Raises Conflict `too-few-invited` if all together are fewer than `k_n`; Invalid `not-a-tree`.
    """
    groups: dict[UUID, ReportingGroup] = {}
    handed_up: dict[UUID | None, list[OwnPeople]] = {}
    for unit in _bottom_up(units):
        members = handed_up.pop(unit.unit_id, [])
        if unit.invited:
            members.append(unit)
        if sum(member.invited for member in members) >= k_n:
            groups[unit.unit_id] = _group(unit.unit_id, members)
        else:
            handed_up.setdefault(unit.parent_id, []).extend(members)
    if not groups:
        raise Conflict("too-few-invited", least=k_n)
    remainder = handed_up.get(None, [])
    if remainder:
        smallest = min(groups.values(), key=lambda group: (group.invited, group.unit_id))
        joined = [unit for unit in units if unit.unit_id in smallest.units]
        groups[smallest.unit_id] = _group(smallest.unit_id, [*joined, *remainder])
    return sorted(groups.values(), key=lambda group: group.unit_id)


def _group(unit_id: UUID, members: Sequence[OwnPeople]) -> ReportingGroup:
    return ReportingGroup(
        unit_id=unit_id,
        units=sorted(member.unit_id for member in members),
        invited=sum(member.invited for member in members),
    )


def _bottom_up(units: Sequence[OwnPeople]) -> list[OwnPeople]:
    """Children before their parents. A loop, not a recursion: a tree can be ten thousand deep."""
    children: dict[UUID | None, list[OwnPeople]] = {}
    for unit in units:
        children.setdefault(unit.parent_id, []).append(unit)
    downward = list(children.get(None, []))
    roots = len(downward)
    for unit in downward:
        # The list grows while it is read; a unit given twice would let it grow without end.
        downward += children.pop(unit.unit_id, [])
    if roots != 1 or len(downward) != len(units) or len({unit.unit_id for unit in units}) != len(units):
        raise Invalid(Finding("/units", "not-a-tree"))
    return downward[::-1]
