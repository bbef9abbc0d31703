"""The attacker fails on every tree while all rules are on, and gets through as soon as one is off."""

import pytest

from adversary import attacks, counts, twins
from adversary.attacks import Attack
from adversary.faults import RULES, Rule
from adversary.told import people_of, told
from adversary.waves import waves

# The attacks that know the rules as they are; the others know those of a fault.
ATTACKS: list[Attack] = [
    attacks.sums_of_a_class,
    attacks.sums_of_all_classes,
    attacks.comments,
    attacks.groups,
    attacks.otherwise,
    counts.few,
    counts.spread,
    twins.shuffled,
    twins.other_values,
    twins.protected_alike,
]


def test_every_attack_fails_on_every_tree() -> None:
    """Whatever is tried on 96 waves of all kinds of trees."""
    found = [
        f"wave {number}: {result}"
        for number, wave in enumerate(waves(seed=7, count=96))
        for content in [wave.release()]
        for attack in ATTACKS
        for result in attack(wave, content)
    ]

    assert [] == found


def test_the_attacker_knows_over_whom_a_figure_is() -> None:
    """Each figure is of as many people as there are in the groups it takes it to be of: it is not led astray."""
    figures = [
        (one.n, sum(people[kind] for kind in one.over))
        for wave in waves(seed=7, count=60)
        for people in [people_of(wave)]
        for one in told(wave, wave.release())
    ]

    assert len(figures) > 1_000
    assert all(said == known for said, known in figures)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.says.replace(" ", "-"))
def test_an_attack_succeeds_without_a_rule(rule: Rule, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of 60 waves at least one gives away what the rule is there for."""
    rule.plant(monkeypatch)

    assert any(any(rule.attack(wave, wave.release())) for wave in waves(seed=7, count=60, scorings=rule.scorings))
