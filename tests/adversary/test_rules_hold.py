"""The attacker fails on every tree while all rules are on, and gets through as soon as one is off."""

import pytest

from adversary.rules import ATTACKS, RULES, Rule, gets_through
from adversary.told import people_of, told
from adversary.waves import waves


def test_every_attack_fails_on_every_tree() -> None:
    """Whatever is tried on 98 waves of all kinds of trees."""
    found = [
        f"wave {number}: {result}"
        for number, wave in enumerate(waves(seed=7, count=98))
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


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.plant.__name__)
def test_an_attack_succeeds_without_a_rule(rule: Rule) -> None:
    """Of 60 waves at least one gives away what the rule is there for."""
    assert gets_through(rule, 60)
