"""Groups of units that no tree has: told if and only if they are unions of whole atoms.

An atom is the people of some reporting groups: of all those to which one published unit is the nearest above. So some
units, each with everything beneath it, are a union of whole atoms where every reporting group that shares an atom with
one of theirs is theirs too. A published unit always is one. An unpublished one is together with all others that count
in the same unit above, if nobody was invited to that one itself.

The decision uses where people were invited and which units are published, which anybody can check, and nothing else:
not even where somebody answered.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import NamedTuple
from uuid import UUID

from peil.aggregates.table_model import FigureKind
from peil.errors import Finding
from peil.releases.cells_model import Coverage
from peil.releases.model import Manifest

Homes = Mapping[UUID, UUID | None]


class Kind(NamedTuple):
    """A kind of figure, and the block or item that it is of; * is everybody who answered."""

    figures: FigureKind
    key: str


RESPONSE = Kind("response", "*")


class Counted(NamedTuple):
    """Where the people of a wave are counted.

    `parents` and `names` of all units, parents before their children; `reporting`: per unit with people where their
    reporting group stands; `invited`: people per such group.
    """

    parents: Mapping[UUID, UUID | None]
    names: Mapping[UUID, str]
    reporting: Mapping[UUID, UUID]
    invited: Mapping[UUID, int]

    def homes(self, published: Collection[UUID]) -> Homes:
        """Per unit the nearest of the published ones, at it or above; None: there is none."""
        among = set(published)
        found: dict[UUID | None, UUID | None] = {None: None}
        for unit_id, parent_id in self.parents.items():
            found[unit_id] = unit_id if unit_id in among else found[parent_id]
        return {unit_id: found[unit_id] for unit_id in self.parents}


class Group(NamedTuple):
    """Some units, none beneath another, each with itself and everything beneath it.

    `published`: the units with figures of each kind; `answered`: those whose atom of all respondents is not empty.
    """

    tops: Mapping[UUID, Collection[UUID]]
    counted: Counted
    published: Mapping[Kind, Sequence[UUID]]
    answered: Collection[UUID]

    @property
    def units(self) -> set[UUID]:
        """All that are in it."""
        return set().union(*self.tops.values())

    @property
    def invited(self) -> int | None:
        """How many were invited; None: some of its people report elsewhere, or some of others report here."""
        return _invited(self.counted, self.units)

    @property
    def coverage(self) -> Coverage:
        """Whose its figures are."""
        return "groups-beneath" if self.invited is None else "all"


def published_by(manifest: Manifest) -> dict[Kind, Sequence[UUID]]:
    """The units with figures of each kind that a release tells anything of."""
    return {
        RESPONSE: manifest.participation,
        **{Kind("mean", key): units for key, units in manifest.published.items()},
        **{Kind("bands", key): units for key, units in manifest.bands.items()},
        **{Kind("distribution", key): units for key, units in manifest.distributions.items()},
        **{Kind("sensitive", key): units for key, units in manifest.sensitive.items()},
    }


def atoms_of(group: Group) -> dict[Kind, set[UUID]]:
    """The atoms of each kind that a group is made of, by the units they stand at; without the kinds it cuts one of."""
    within = group.units
    # Many kinds are told of the same units.
    made: dict[tuple[UUID, ...], set[UUID] | None] = {}
    for published in map(tuple, group.published.values()):
        if published not in made:
            made[published] = _whole_atoms(group.counted, published, within)
    found = {kind: made[tuple(published)] for kind, published in group.published.items()}
    return {kind: atoms for kind, atoms in found.items() if atoms is not None}


def broken_by(unit_ids: Sequence[UUID], group: Group) -> Iterator[Finding]:
    """A finding for each of `unit_ids` that cuts an atom of all respondents, with the unit to name in its place.

    `not-a-union-of-atoms`; `protected-everywhere` where there is no such unit.
    """
    counted, homes, within = group.counted, group.counted.homes(group.published[RESPONSE]), group.units
    inside, outside = _counted_at(counted, homes, within)
    is_nobody, crossing = inside.isdisjoint(group.answered), _crossing(counted, within)
    for place, unit_id in enumerate(unit_ids):
        beneath, home = group.tops.get(unit_id, ()), homes.get(unit_id)
        if not beneath or home == unit_id:
            continue
        if home is None:
            yield Finding(f"/unitIds/{place}", "protected-everywhere", {"unit": counted.names[unit_id]})
            continue
        is_cut = any(homes[one] in outside for one in beneath if one in counted.invited)
        if is_nobody or is_cut or not crossing.isdisjoint(beneath):
            params: dict[str, str | int | float] = {"unit": counted.names[unit_id], "home": counted.names[home]}
            yield Finding(f"/unitIds/{place}", "not-a-union-of-atoms", params)


def _whole_atoms(counted: Counted, published: Collection[UUID], within: Collection[UUID]) -> set[UUID] | None:
    """The published units whose atoms the reporting groups within some units make up; None: they cut one."""
    inside, outside = _counted_at(counted, counted.homes(published), within)
    atoms = {home for home in inside if home is not None}
    return atoms if len(atoms) == len(inside) and atoms.isdisjoint(outside) else None


def _counted_at(counted: Counted, homes: Homes, within: Collection[UUID]) -> tuple[set[UUID | None], set[UUID | None]]:
    """At which units the reporting groups within some units are counted, and at which all others are."""
    inside = {homes[place] for place in counted.invited if place in within}
    outside = {homes[place] for place in counted.invited if place not in within}
    return inside, outside


def _crossing(counted: Counted, within: Collection[UUID]) -> set[UUID]:
    """The units whose people report across the border of some units, and those at which they do."""
    across = (pair for pair in counted.reporting.items() if (pair[0] in within) != (pair[1] in within))
    return {unit_id for pair in across for unit_id in pair}


def _invited(counted: Counted, within: Collection[UUID]) -> int | None:
    belonging = {unit_id for unit_id in counted.reporting if unit_id in within}
    reporting = {unit_id for unit_id, place in counted.reporting.items() if place in within}
    if belonging != reporting:
        return None
    return sum(people for place, people in counted.invited.items() if place in within)
