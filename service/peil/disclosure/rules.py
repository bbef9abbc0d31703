"""Counts of where figures are told: from the tree, what is published, and the atoms, all of which anybody can see."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import NamedTuple
from uuid import UUID

from peil.disclosure.model import FigureReport, ReportedKind, Seen
from peil.employers.model import Precondition
from peil.releases.model import Atom, RangeAtom, ResponseAtom, TableAtom

AnyAtom = ResponseAtom | Atom | TableAtom | RangeAtom


class Told(NamedTuple):
    """One kind of figure about one thing: the units that have it, and the people of each atom."""

    published: Collection[UUID]
    atoms: Sequence[int]


class Tree(NamedTuple):
    """The units of a wave, each after the one above it, and the invited people per reporting group's unit."""

    parents: Mapping[UUID, UUID | None]
    invited: Mapping[UUID, int]

    def seen(self, published: Collection[UUID]) -> Seen:
        """How near to their reporting group's unit people see a figure.

        By the number invited, which is told before anybody answers: that of respondents is protected where a unit is.
        """
        people = [0, 0, 0, 0]
        for unit_id, invited in self.invited.items():
            at: UUID | None = unit_id
            steps = 0
            while at is not None and at not in published:
                at = self.parents[at]
                steps += 1
            people[3 if at is None else min(steps, 2)] += invited
        return Seen(own=people[0], parent=people[1], higher=people[2], nowhere=people[3])

    def partial(self, published: Collection[UUID]) -> int:
        """How many units have no figure of their own and some beneath."""
        above: set[UUID] = set()
        for unit_id in published:
            at = self.parents[unit_id]
            while at is not None and at not in above:
                above.add(at)
                at = self.parents[at]
        return len(above.difference(published))


def people_of(atom: AnyAtom) -> int:
    """How many people are in an atom, of whatever kind of figure."""
    return atom.respondents if isinstance(atom, ResponseAtom) else atom.n


def figure_report(
    tree: Tree, figures: ReportedKind, key: str | None, title: str, least: int, told: Told
) -> FigureReport:
    """What is told of one thing, without anything that the figures themselves do not tell."""
    published = set(told.published)
    partial = tree.partial(published)
    return FigureReport(
        figures=figures,
        key=key,
        title=title,
        least=least,
        published=len(published),
        partial=partial,
        protected=len(tree.parents) - len(published) - partial,
        atoms=len(told.atoms),
        smallest=min(told.atoms, default=None),
        people=sum(told.atoms),
        seen=tree.seen(published),
    )


def recorded_for(recorded: Sequence[Precondition], policy_version: int, mode: str, opened: date) -> list[Precondition]:
    """What had been decided for a wave by the day on which it opened, also what was withdrawn since."""
    return [
        gate
        for gate in recorded
        if gate.decided_on <= opened
        and (gate.valid_until is None or gate.valid_until > opened)
        and (gate.withdrawn_at is None or gate.withdrawn_at.date() >= opened)
        and gate.policy_version in (None, policy_version)
        and gate.mode in (None, mode)
    ]
