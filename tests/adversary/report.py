"""What the attacker got on random waves, as `docs/disclosure.md` tells it."""

from collections.abc import Iterator

from adversary.rules import ATTACKS, RULES, gets_through
from adversary.told import told
from adversary.waves import waves

SEED = 7


def lines(count: int, faulty: int) -> Iterator[str]:
    """First what all attacks got on `count` waves, then the table: of `faulty` waves, with one rule off at a time."""
    figures, found = 0, list[str]()
    for number, wave in enumerate(waves(SEED, count)):
        content = wave.release()
        figures += sum(1 for _ in told(wave, content))
        found += [f"wave {number}: {result}" for attack in ATTACKS for result in attack(wave, content)]
    yield f"{count:,} waves with {figures:,} figures: {len(found) or 'nothing'} found"
    yield from found
    yield ""
    yield f"| rule that is off | in how many of {faulty} waves it gets through | what it then has |"
    yield "|---|---:|---|"
    for rule in RULES:
        yield f"| {rule.off} | {gets_through(rule, faulty, SEED)} | {rule.has} |"
