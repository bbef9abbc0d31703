"""What the attacker got on random waves, as `docs/disclosure.md` tells it."""

from collections.abc import Iterator

from adversary import between_faults, rules
from adversary.between_faults import ATTACKS_ON_TWO, RULES_OF_TWO
from adversary.reorganised import twice
from adversary.rules import ATTACKS, RULES
from adversary.told import told
from adversary.waves import waves

SEED = 7


def lines(count: int, faulty: int) -> Iterator[str]:
    """First what all attacks got on `count` waves, then the table: of `faulty` waves, with one rule off at a time.

    And of half as many pairs of waves with a re-organisation between.
    """
    figures, found = 0, list[str]()
    for number, wave in enumerate(waves(SEED, count)):
        content = wave.release()
        figures += sum(1 for _ in told(wave, content))
        found += [f"wave {number}: {result}" for attack in ATTACKS for result in attack(wave, content)]
    yield f"{count:,} waves with {figures:,} figures: {len(found) or 'nothing'} found"
    yield from found
    found = [
        f"pair {number}: {result}"
        for number, pair in enumerate(twice(SEED, count // 2))
        for attack in ATTACKS_ON_TWO
        for result in attack(pair)
    ]
    yield f"{count // 2:,} pairs of waves, re-organised in between: {len(found) or 'nothing'} found"
    yield from found
    yield ""
    yield f"| rule that is off | in how many of {faulty} waves it gets through | what it then has |"
    yield "|---|---:|---|"
    for rule in RULES:
        yield f"| {rule.off} | {rules.gets_through(rule, faulty, SEED)} | {rule.has} |"
    for rule_of_two in RULES_OF_TWO:
        through = between_faults.gets_through(rule_of_two, faulty, SEED)
        yield f"| {rule_of_two.off} | {through} | {rule_of_two.has} |"
