"""The rules of disclosure control, one by one: how each is switched off, and which attack then gets through."""

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple, cast

import pytest
from msgspec.structs import replace

from adversary import attacks, counts, twins
from adversary.attacks import Attack
from adversary.waves import SCORINGS, Scorings
from disclosure.orgs import block, item
from disclosure.test_partition import Choose, hide_next_sibling, threshold_only
from peil.aggregates import unions
from peil.releases import blocks, choosing, control
from peil.releases.blocks import BlockFigures, release_block
from peil.releases.cells import bands_cells, block_cells, sensitive_cells
from peil.releases.cells_model import CountRange, ProtectedCell, PublishedBands, PublishedCell, PublishedSensitive
from peil.releases.choosing import Choice, Chooser
from peil.releases.joint import Table, count_parts, protect_table
from peil.releases.model import BlockScoring, ItemScoring, RawCell, Thresholds
from peil.releases.partition import Partition
from peil.releases.protection import least_and_most, tables_of
from peil.releases.ranges import protect_sensitive
from peil.releases.spread import Spread
from peil.releases.statistics import hundredths
from peil.releases.tree import Tree

Plant = Callable[[pytest.MonkeyPatch], None]
# The same question in two blocks.
SHARED: Scorings = [block(item("a"), item("b"), key="scale"), block(item("a"), key="question")]


class Rule(NamedTuple):
    """What holds, the fault in which it does not, and who finds out; `scorings`: of what is asked."""

    says: str
    plant: Plant
    attack: Attack
    scorings: Scorings = SCORINGS


def choose_by(usual: Choose) -> Plant:
    """Another way to choose which units are published."""

    def chosen(tree: Tree, own: Sequence[int], k: int, candidates: Any = None) -> Partition:
        published = usual(tree, own, k)
        if candidates is not None:
            published = [told and place in set(candidates) for place, told in enumerate(published)]
        homes = [-1] * len(tree)
        for place in range(len(tree)):
            homes[place] = place if published[place] else homes[tree.parents[place]] if place else -1
        return Partition(published, homes)

    def plant(patch: pytest.MonkeyPatch) -> None:
        patch.setattr(choosing, "choose", chosen)
        # An atom of one has no table in which two people answered otherwise.
        patch.setattr(blocks, "protect_table", _true_table)

    return plant


def _true_table(cells: Sequence[Sequence[int]], one: ItemScoring, _m: int) -> Table:
    return tuple(map(sum, zip(*(count_parts(cell, one) for cell in cells), strict=True)))


def group_left_out(patch: pytest.MonkeyPatch) -> None:
    """The last reporting group is not counted in its atom, if enough others are."""
    real = Chooser.atoms

    def atoms(self: Chooser, cells: Sequence[RawCell], choice: Choice) -> dict[int, RawCell]:
        *but_last, last = cells
        others = real(self, [*but_last, RawCell(len(last.counts))], choice)
        return {
            place: others[place] if place in others and others[place].n >= Thresholds().k_m else cell
            for place, cell in real(self, cells, choice).items()
        }

    patch.setattr(Chooser, "atoms", atoms)


def one_threshold(patch: pytest.MonkeyPatch) -> None:
    """What is enough for a mean is enough for everything."""
    real = Chooser.choose

    def chosen(self: Chooser, own: Sequence[int], _k: int, within: Choice | None = None) -> Choice:
        return real(self, own, Thresholds().k_m, within)

    patch.setattr(Chooser, "choose", chosen)


def classes_by_themselves(patch: pytest.MonkeyPatch) -> None:
    """Bands are told wherever there are enough people, whether or not the mean is."""
    real_choose, real_block = Chooser.choose, release_block

    def chosen(self: Chooser, own: Sequence[int], k: int, _within: Choice | None = None) -> Choice:
        return real_choose(self, own, k)

    def released(
        chooser: Chooser, tree: Tree, scoring: BlockScoring, cells: Sequence[RawCell], *rest: Any
    ) -> BlockFigures:
        def protected(_block: Any, _atoms: Any, bands: Choice, m: int) -> dict[int, list[Table]]:
            return {
                place: [
                    protect_table([counts], one, m)
                    for counts, one in zip(tables_of(cell, scoring), scoring.items, strict=True)
                ]
                for place, cell in chooser.atoms(cells, bands).items()
            }

        patch.setattr(blocks, "_protect_tables", protected)
        return real_block(chooser, tree, scoring, cells, *rest)

    patch.setattr(Chooser, "choose", chosen)
    patch.setattr(blocks, "_spread", lambda *_: None)
    patch.setattr(control, "release_block", released)


def question_in_two_blocks(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(control, "validate_blocks", lambda _blocks: None)


def _true_steps(tables: Sequence[Sequence[int]], _scoring: BlockScoring, _m: int) -> list[int]:
    return [sum(step * n for step, n in enumerate(counts)) for counts in tables]


def no_cap(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(blocks, "protect", _true_steps)


def cap_after_adding(patch: pytest.MonkeyPatch) -> None:
    """The mean of each unit is capped, and not those of the atoms inside."""
    real = block_cells

    def capped(cell: Any, scoring: BlockScoring) -> Any:
        if not isinstance(cell, PublishedCell):
            return cell
        told = {}
        for one in scoring.items:
            least, most = least_and_most(cell.n, one, Thresholds().m)
            top = cell.n * (one.points - 1)
            told[one.key] = min(max(cell.items[one.key], hundredths(100 * least, top)), hundredths(100 * most, top))
        return replace(cell, items=told)

    def cells(tree: Any, where: Any, scoring: BlockScoring, *rest: Any) -> list[Any]:
        return [capped(cell, scoring) for cell in real(tree, where, scoring, *rest)]

    patch.setattr(blocks, "protect", _true_steps)
    patch.setattr(blocks, "block_cells", cells)


def tables_by_themselves(patch: pytest.MonkeyPatch) -> None:
    """Bands are protected without the means that are told beside them."""

    def alone(cells: Sequence[Sequence[int]], one: ItemScoring, m: int) -> Table:
        return protect_table([[sum(column) for column in zip(*cells, strict=True)]], one, m)

    patch.setattr(blocks, "protect_table", alone)


def true_spread(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(blocks, "spread_of", lambda cell, *_: Spread(cell.n, cell.total, cell.squares))


def exact_counts(patch: pytest.MonkeyPatch) -> None:
    """A sensitive item is told like any other."""
    patch.setattr(
        control, "protect_sensitive", lambda counts, _m: tuple(CountRange(low=one, high=one) for one in counts)
    )


def exact_totals(patch: pytest.MonkeyPatch) -> None:
    """The counts of an atom are ranges, those of the whole are not."""
    real, real_cells = protect_sensitive, sensitive_cells
    seen: list[Sequence[int]] = []

    def protected(counts: Sequence[int], m: int) -> tuple[CountRange, ...]:
        seen.append(list(counts))
        return real(counts, m)

    def cells(*given: Any) -> list[Any]:
        made = real_cells(*given)
        if seen:
            exact = tuple(CountRange(low=one, high=one) for one in map(sum, zip(*seen, strict=True)))
            made[0] = replace(cast("PublishedSensitive", made[0]), counts=exact)
        seen.clear()
        return made

    patch.setattr(control, "protect_sensitive", protected)
    patch.setattr(control, "sensitive_cells", cells)


def refuse_by_values(patch: pytest.MonkeyPatch) -> None:
    """Where nearly all answered in one band, its bands are not told."""
    real = bands_cells

    def cells(*given: Any) -> list[Any]:
        return [
            ProtectedCell(reported_at=None)
            if isinstance(cell, PublishedBands) and max(cell.unfavourable, cell.neutral, cell.favourable) >= cell.n - 2
            else cell
            for cell in real(*given)
        ]

    patch.setattr(blocks, "bands_cells", cells)


def two_reasons(patch: pytest.MonkeyPatch) -> None:
    """A unit in which nobody answered says so."""
    real = Chooser.choose

    def chosen(self: Chooser, own: Sequence[int], k: int, within: Choice | None = None) -> Choice:
        made = real(self, own, k, within)
        spots = [
            ProtectedCell(reported_at=None) if isinstance(spot, ProtectedCell) and not people else spot
            for spot, people in zip(made.spots, own, strict=True)
        ]
        return made._replace(spots=spots)

    patch.setattr(Chooser, "choose", chosen)


def any_group(patch: pytest.MonkeyPatch) -> None:
    """Any units may be put together."""
    patch.setattr(unions, "broken_by", lambda _unit_ids, _group: iter(()))


RULES = [
    Rule("a published unit's rest is nobody or at least k", choose_by(threshold_only), attacks.sums_of_a_class),
    Rule("hiding the next sibling is not enough", choose_by(hide_next_sibling), attacks.sums_of_a_class),
    Rule("who of an atom answered what shows nowhere", group_left_out, twins.shuffled),
    Rule("bands, distributions and sensitive items have their own k", one_threshold, attacks.sums_of_a_class),
    Rule("comments have their own k", one_threshold, attacks.comments),
    Rule("a coarser class publishes only what the finer does", classes_by_themselves, attacks.sums_of_all_classes),
    Rule("blocks that share a question are one", question_in_two_blocks, attacks.sums_of_all_classes, SHARED),
    Rule("means are capped", no_cap, attacks.otherwise_exactly),
    Rule("atoms are capped, then added up", cap_after_adding, attacks.otherwise_by_units),
    Rule("bands are protected jointly with the means inside", tables_by_themselves, attacks.otherwise),
    Rule("the spread is protected too", true_spread, counts.spread),
    Rule("few and nearly all of a sensitive item are ranges", exact_counts, counts.few),
    Rule("totals of a sensitive item add up ranges", exact_totals, counts.few),
    Rule("what is refused does not depend on answers", refuse_by_values, twins.other_values),
    Rule("there is one reason", two_reasons, twins.protected_alike),
    Rule("groups are unions of whole atoms", any_group, attacks.groups),
]
