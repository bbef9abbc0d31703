"""The figures of a group of units that no tree has; nothing of it is kept."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any, get_args
from uuid import UUID

from peil.aggregates import queries
from peil.aggregates.explanations import explain
from peil.aggregates.model import NOTICE
from peil.aggregates.operations import absent_units, find_released, read_release
from peil.aggregates.shelf import WaveShelf
from peil.aggregates.summing import Atoms, Union, add_up
from peil.aggregates.table_model import FigureKind, GroupAggregate, GroupQuery
from peil.aggregates.telling import cells_of, tell
from peil.aggregates.unions import Counted, Group, Kind, atoms_of, broken_by, published_by
from peil.errors import Finding, Invalid, repeated_items
from peil.operation import Transaction, operation
from peil.participation.operations import list_groups
from peil.waves.operations import list_snapshot

Whole = Mapping[Kind, Collection[UUID]]


@operation("aggregates:read")
async def get_group_aggregate(tx: Transaction, wave_id: UUID, asked: GroupQuery) -> GroupAggregate:
    """What a release says about some units together, each with everything beneath it.

    They may be of anywhere in the tree, and must be a union of whole atoms: each has figures of its own, or is there
    with all others that count in the same unit above. A kind of figure of which they cut an atom they do not have.
    """
    wave = await find_released(tx, wave_id)
    seen = {unit_id for unit_id in asked.unit_ids if wave.sees(tx.actor, tx.reach, unit_id)}
    group = await _group(tx, wave_id, wave, wave.tops(seen))
    findings = [
        *await _unseen(tx, wave, asked.unit_ids, seen),
        *repeated_items(asked.unit_ids, "/unitIds"),
        *broken_by(asked.unit_ids, group),
    ]
    if findings:
        raise Invalid(*findings)
    unit_ids, language = [*group.tops], tx.call.language
    [above] = await queries.select_aggregates(tx, tx.employer_id, wave_id, [wave.above_all(unit_ids)])
    spreads = {block.block: block.spread for block in await queries.select_blocks(tx, tx.employer_id, wave_id)}
    atoms = await _atoms(tx, wave_id, atoms_of(group))
    summed = add_up(Union(atoms, group.invited, group.coverage, above, spreads), wave.scorings)
    told = tell(wave.wording, summed, {}, {}, language)
    everybody_asked = wave.partly_asked.isdisjoint(unit_ids)
    return GroupAggregate(
        wave_id=wave_id,
        unit_ids=unit_ids,
        everybody_asked=everybody_asked,
        response=summed.response,
        blocks=told.blocks,
        choices=told.choices,
        sensitive=told.sensitive,
        explanations=explain(cells_of(summed), language, everybody_asked=everybody_asked),
        notice=NOTICE[language],
    )


async def _group(tx: Transaction, wave_id: UUID, wave: WaveShelf, tops: Sequence[UUID]) -> Group:
    """These units, and all that decides whether they are a union of whole atoms."""
    release = await read_release(tx, wave_id)
    snapshot, groups = await list_snapshot(tx, wave_id), await list_groups(tx, wave_id)
    return Group(
        tops={top: frozenset(wave.beneath(top)) for top in tops},
        counted=Counted(
            parents=wave.parents,
            names={unit.unit_id: unit.name for unit in snapshot},
            reporting={unit.unit_id: unit.group_unit_id for unit in snapshot if unit.group_unit_id is not None},
            invited={group.unit_id: group.invited for group in groups},
        ),
        published=published_by(release.manifest),
        answered=await queries.select_answered(tx, tx.employer_id, wave_id),
    )


async def _unseen(tx: Transaction, wave: WaveShelf, asked: Sequence[UUID], seen: Collection[UUID]) -> list[Finding]:
    """A finding for each unit that the caller does not see in this wave; one of today's that it lacks is told of."""
    missing = [(place, unit_id) for place, unit_id in enumerate(asked) if unit_id not in seen]
    if not missing:
        return []
    absent = await absent_units(tx, wave)
    return [
        Finding(f"/unitIds/{place}", "unit-not-in-wave" if unit_id in absent else "unknown-unit")
        for place, unit_id in missing
    ]


async def _atoms(tx: Transaction, wave_id: UUID, whole: Whole) -> Atoms:
    """The whole atoms of each kind of figure."""
    unit_ids = sorted(set().union(*whole.values()))
    found = await queries.select_atoms(tx, tx.employer_id, wave_id, unit_ids)
    atoms: dict[FigureKind, dict[str, list[Any]]] = {figures: {} for figures in get_args(FigureKind)}
    for kind, among in whole.items():
        at: list[Any] = [getattr(each.content, kind.figures).get(kind.key) for each in found if each.unit_id in among]
        atoms[kind.figures][kind.key] = [atom for atom in at if atom is not None]
    return Atoms(
        response=atoms["response"].get("*", []),
        means=atoms["mean"],
        bands=atoms["bands"],
        distributions=atoms["distribution"],
        sensitive=atoms["sensitive"],
    )
