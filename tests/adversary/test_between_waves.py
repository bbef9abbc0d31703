"""Two waves and a re-organisation between: what is told of both together is of no fewer than what is told of each."""

import pytest

from adversary.between_faults import ATTACKS_ON_TWO, RULES_OF_TWO, RuleOfTwo, gets_through
from adversary.reorganised import changes, twice
from peil.aggregates.changes.model import ComparedChange


def test_every_attack_fails_on_every_pair() -> None:
    """Of 60 organisations of all kinds; and there is something to attack: changes of units, and of some beneath."""
    pairs = [*twice(seed=7, count=60)]
    compared = [
        cell
        for pair in pairs
        for unit in changes(pair)
        for cell in unit.cells.values()
        if isinstance(cell, ComparedChange)
    ]

    assert [] == [result for attack in ATTACKS_ON_TWO for pair in pairs for result in attack(pair)]
    assert sum(cell.units is None for cell in compared) > 500
    assert sum(cell.units is not None for cell in compared) > 100


@pytest.mark.parametrize("rule", RULES_OF_TWO, ids=lambda rule: rule.plant.__name__)
def test_an_attack_succeeds_without_a_rule(rule: RuleOfTwo) -> None:
    """Of 60 pairs at least one gives away what the rule is there for."""
    assert gets_through(rule, 60)
