"""Decisions about units: one root, no cycles, and no unit that is there before the one above it."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import Literal
from uuid import UUID

from peil.directory.model import OwnerNew, Unit, UnitNew
from peil.errors import Conflict, Denied, Finding, repeated_items, unknown_items


def check(findings: Sequence[Finding]) -> None:
    """Raises Conflict `directory-conflict` if anything was found."""
    if findings:
        raise Conflict("directory-conflict", *findings)


ALWAYS_MAY_LEAVE = 3
"""So many may disappear whatever the size: a tenth of a small employer is nobody."""


def check_disappearing(gone: int, standing: int, confirmed: int | None) -> None:
    """More than a tenth does not disappear unless somebody has said that as many may.

    `gone`: how many would be, of the `standing`. Raises Conflict `too-many-disappear`.
    """
    if gone > max(ALWAYS_MAY_LEAVE, standing // 10, confirmed or 0):
        raise Conflict("too-many-disappear", gone=gone, standing=standing)


def check_external_id(current: str, wanted: str) -> None:
    """The HR system's id is for ever. Raises Conflict."""
    if wanted != current:
        check([Finding("/externalId", "immutable")])


def check_unit_empty(has_children: bool, has_members: bool) -> None:
    """A unit ends when nothing hangs under it and nobody is in it, now or later. Raises Conflict."""
    findings = []
    if has_children:
        findings.append(Finding("", "unit-has-children"))
    if has_members:
        findings.append(Finding("", "unit-has-members"))
    check(findings)


def tree_findings(known: Mapping[str, Unit], wanted: Sequence[UnitNew], today: date) -> list[list[Finding]]:
    """What is wrong with each of `wanted` (each external id once) in the tree that comes out.

    `known` are all units by external id; one with an end is closed, and a wanted one begins anew.
    """
    standing = {external_id: unit for external_id, unit in known.items() if unit.valid_to is None}
    parents = {external_id: unit.parent_external_id for external_id, unit in standing.items()}
    starts = {external_id: unit.valid_from for external_id, unit in standing.items()}
    for new in wanted:
        parents[new.external_id] = new.parent_external_id
        starts[new.external_id] = new.valid_from or starts.get(new.external_id, today)
    root = _root(standing, wanted, parents)
    cyclic = _cyclic(parents, (new.external_id for new in wanted))
    return [
        [
            *_parent_findings(new, root, parents, cyclic),
            *_start_findings(new, standing.get(new.external_id), starts, today),
        ]
        for new in wanted
    ]


def _root(standing: Mapping[str, Unit], wanted: Sequence[UnitNew], parents: Mapping[str, str | None]) -> str | None:
    """The root that stays: the one there is, if it is not moved, or else the first wanted one."""
    there_is = [external_id for external_id, unit in standing.items() if unit.parent_external_id is None]
    roots = (*there_is, *(new.external_id for new in wanted))
    return next((external_id for external_id in roots if parents[external_id] is None), None)


def _cyclic(parents: Mapping[str, str | None], starts: Iterable[str]) -> set[str]:
    """Which units lie on a cycle that can be reached from `starts`; each unit is visited once."""
    done: set[str] = set()
    cyclic: set[str] = set()
    for start in starts:
        path: dict[str, None] = {}
        node: str | None = start
        while node is not None and node not in done and node not in path:
            path[node] = None
            node = parents.get(node)
        if node in path:
            nodes = list(path)
            cyclic.update(nodes[nodes.index(node) :])
        done.update(path)
    return cyclic


def _parent_findings(
    new: UnitNew, root: str | None, parents: Mapping[str, str | None], cyclic: set[str]
) -> list[Finding]:
    parent, place = new.parent_external_id, "/parentExternalId"
    if parent is None:
        return [] if new.external_id == root else [Finding(place, "second-root", {"root": str(root)})]
    if parent == new.external_id:
        return [Finding(place, "own-parent")]
    if parent not in parents:
        return [Finding(place, "unknown-unit")]
    if new.external_id in cyclic:
        return [Finding(place, "unit-cycle")]
    return []


def _start_findings(new: UnitNew, current: Unit | None, starts: Mapping[str, date], today: date) -> list[Finding]:
    # Only today and later count: HR systems often know an older start for a unit than for the one above it.
    start = max(starts[new.external_id], today)
    above = starts.get(new.parent_external_id) if new.parent_external_id else None
    if above is not None and start < above:
        return [Finding("/validFrom", "starts-before-parent", {"from": above.isoformat()})]
    if current is not None and start > max(current.valid_from, today):
        return [Finding("/validFrom", "starts-later", {"from": current.valid_from.isoformat()})]
    return []


def unit_after(current: Unit | None, new: UnitNew, ids: Mapping[str, UUID], now: datetime) -> Unit:
    """The unit that `new`, without findings, asks for; `ids` has that of the unit and of the one above."""
    known_start = current.valid_from if current is not None and current.valid_to is None else now.date()
    return Unit(
        unit_id=ids[new.external_id],
        external_id=new.external_id,
        name=new.name,
        parent_id=None if new.parent_external_id is None else ids[new.parent_external_id],
        parent_external_id=new.parent_external_id,
        valid_from=new.valid_from or known_start,
        valid_to=None,
        modified_at=now,
    )


def unit_outcome(current: Unit | None, new: UnitNew) -> Literal["created", "updated", "unchanged"]:
    """What `new` does to the unit that has its external id; one with an end begins anew."""
    if current is None or current.valid_to is not None:
        return "created"
    same = (new.name, new.parent_external_id) == (current.name, current.parent_external_id)
    return "unchanged" if same and new.valid_from in (None, current.valid_from) else "updated"


def subtrees(parents: Mapping[UUID, UUID | None], tops: frozenset[UUID]) -> set[UUID]:
    """These units and everything beneath them. `parents`: the tree as it stands."""
    return {unit_id for unit_id in parents if not tops.isdisjoint(path_up(parents, unit_id))}


def units_in_reach(parents: Mapping[UUID, UUID | None], own: frozenset[UUID], managed: frozenset[UUID]) -> set[UUID]:
    """Own units, managed subtrees, and the ancestors of both. `parents`: the tree as it stands."""
    return {above for unit_id in subtrees(parents, managed) | own for above in path_up(parents, unit_id)}


def path_up(parents: Mapping[UUID, UUID | None], unit_id: UUID | None) -> Iterator[UUID]:
    """A unit and those above it, up to the top."""
    while unit_id is not None:
        yield unit_id
        unit_id = parents.get(unit_id)


def concerns(unit_ids: Collection[UUID] | None, seen: Collection[UUID] | None) -> bool:
    """Whether something for these units (None: for everyone) is for one of those `seen`; None: of all."""
    return seen is None or unit_ids is None or not set(seen).isdisjoint(unit_ids)


def check_own_units(unit_ids: Collection[UUID] | None, own: Collection[UUID] | None) -> None:
    """Who does not reach the whole employer plans for the own units only. Raises Denied `not-your-units`.

    `own`: the units that are one's own; None: all are.
    """
    if own is not None and (unit_ids is None or not set(own).issuperset(unit_ids)):
        raise Denied("not-your-units")


def unit_findings(unit_ids: Sequence[UUID] | None, known: Collection[UUID]) -> list[Finding]:
    """Units that something is for (None: for everyone) are there, each named once."""
    given = unit_ids or ()
    return [*unknown_items(given, known, "/unitIds", "unknown-unit"), *repeated_items(given, "/unitIds")]


def owner_findings(owner: OwnerNew, people: Collection[UUID]) -> list[Finding]:
    """An owner is a person who is there, or a role: one of the two."""
    if (owner.person_id is None) == (owner.role is None):
        return [Finding("/owner", "one-owner")]
    if owner.person_id is not None and owner.person_id not in people:
        return [Finding("/owner/personId", "unknown-person")]
    return []
