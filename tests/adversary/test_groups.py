"""Groups of units that no tree has, kind of figure by kind: what they add to what a release tells is nothing."""

from collections.abc import Iterator
from itertools import combinations

import pytest

from adversary.algebra import derivable
from adversary.told import Class, beneath, people_of, told
from adversary.waves import Wave, waves
from disclosure.orgs import FLOORS
from peil.aggregates import unions
from peil.aggregates.table_model import FigureKind
from peil.releases.model import ReleaseContent

_CLASSES: dict[FigureKind, tuple[Class, int]] = {
    "mean": ("M", FLOORS.k_m),
    "bands": ("D3", FLOORS.k_d3),
    "distribution": ("D5", FLOORS.k_d5),
}


def asked(wave: Wave, content: ReleaseContent) -> Iterator[unions.Group]:
    """All groups of one or two units that are told, with the kinds of figures of each block."""
    under = beneath(wave)
    invited = {group: people for group, people in wave.invited.items() if people}
    counted = unions.Counted(
        parents={unit.unit_id: unit.parent_id for unit in wave.units},
        names={unit.unit_id: unit.name for unit in wave.units},
        reporting={one.unit_id: one.reporting_group for one in wave.units if one.reporting_group in invited},
        invited=invited,
    )
    published = {unions.RESPONSE: content.response.published}
    for block in content.blocks:
        published[unions.Kind("mean", block.key)] = block.published
        published[unions.Kind("bands", block.key)] = block.bands.published
        published[unions.Kind("distribution", block.key)] = block.distributions.published
    answered = [atom.unit_id for atom in content.response.atoms]
    for size in (1, 2):
        for units in combinations(under, size):
            group = unions.Group({unit: under[unit] for unit in units}, counted, published, answered)
            apart = all(one not in under[other] for one in units for other in units if one != other)
            if apart and not [*unions.broken_by(units, group)]:
                yield group


def sums_of_a_kind(wave: Wave, content: ReleaseContent) -> Iterator[str]:
    """Adding and subtracting the figures of one kind of all units and all such groups."""
    people, figures, groups = people_of(wave), list(told(wave, content)), list(asked(wave, content))
    made = [(group.units, unions.atoms_of(group)) for group in groups]
    for block in content.blocks:
        items = set(block.atoms[0].steps) if block.atoms else set()
        for kind, (figures_of, k) in _CLASSES.items():
            sums = {one.over for one in figures if one.figures == figures_of and one.key in items}
            sums |= {
                frozenset(one for one in people if one.group in units and items <= one.answered)
                for units, whole in made
                if items and unions.Kind(kind, block.key) in whole
            }
            least = derivable([*sums], people, k)
            if least is not None:
                yield f"{kind} of {block.key}: a figure of {least}"


def test_groups_of_a_kind_of_figure_are_of_whole_atoms() -> None:
    """On waves of all kinds of trees nothing smaller than k follows from groups; many are told."""
    found: list[str] = []
    number = 0
    for wave in waves(seed=11, count=96):
        content = wave.release()
        found += sums_of_a_kind(wave, content)
        published = set(content.response.published)
        number += sum(not published.issuperset(group.tops) for group in asked(wave, content))

    assert [] == found
    assert number > 20


def test_a_group_that_has_every_kind_of_figure_gives_some_away(monkeypatch: pytest.MonkeyPatch) -> None:
    """The attack is not blind: where only the response decides, a few are singled out."""
    monkeypatch.setattr(unions, "atoms_of", lambda group: {kind: set() for kind in group.published})

    assert any(any(sums_of_a_kind(wave, wave.release())) for wave in waves(seed=11, count=96))
