"""The rules of disclosure control, one by one: how each is switched off, and which attack then gets through."""

from typing import NamedTuple

import pytest

from adversary import asked, attacks, counts, faults, twins
from adversary.attacks import Attack
from adversary.faults import Plant
from adversary.waves import SCORINGS, Scorings, waves
from disclosure.orgs import block, item
from disclosure.test_partition import hide_next_sibling, threshold_only

# The same question in two blocks.
SHARED: Scorings = [block(item("a"), item("b"), key="scale"), block(item("a"), key="question")]

ATTACKS: list[Attack] = [
    attacks.sums_of_a_class,
    attacks.sums_of_all_classes,
    attacks.comments,
    attacks.groups,
    attacks.otherwise,
    asked.chosen,
    asked.choices,
    asked.skipped,
    asked.while_open,
    counts.few,
    counts.spread,
    twins.shuffled,
    twins.other_values,
    twins.protected_alike,
]
"""Those that know the rules as they are; the others know those of a fault."""


class Rule(NamedTuple):
    """What is switched off, and what the attack then has, as the docs say it; `scorings`: of what is asked."""

    off: str
    has: str
    plant: Plant
    attack: Attack
    scorings: Scorings = SCORINGS


ONE, ALIKE = "a figure of one person", "what nearly all of an atom answered"
RULES = [
    Rule(
        "the rest of a published unit is nobody or at least *k* (instead: hide small groups)",
        ONE,
        faults.choose_by(threshold_only),
        attacks.sums_of_a_class,
    ),
    Rule(
        "the same (instead: hide the next sibling too)",
        ONE,
        faults.choose_by(hide_next_sibling),
        attacks.sums_of_a_class,
    ),
    Rule(
        "an atom is told as a whole (instead: without one of its groups)",
        "that an exchange of answers within it shows",
        faults.group_left_out,
        twins.shuffled,
    ),
    Rule("each class has its own *k*", "bands of seven", faults.one_threshold, attacks.sums_of_a_class),
    Rule("so have choices", "choices of seven", faults.choices_of_few, asked.choices),
    Rule("comments have their own *k*", "comments of seven", faults.one_threshold, attacks.comments),
    Rule(
        "a coarser class publishes only what the finer does",
        "a figure of three",
        faults.classes_by_themselves,
        attacks.sums_of_all_classes,
    ),
    Rule(
        "no question is in two blocks",
        "a figure of one who skipped another question",
        faults.question_in_two_blocks,
        attacks.sums_of_all_classes,
        SHARED,
    ),
    Rule(
        "a scale has no score of those who skipped one of its questions",
        "what one of them answered to the others",
        faults.prorated,
        asked.skipped,
    ),
    Rule("means are capped", ALIKE, faults.no_cap, attacks.otherwise_exactly),
    Rule("atoms are capped, then added up", ALIKE, faults.cap_after_adding, attacks.otherwise_by_units),
    Rule("bands are protected jointly with the means inside", ALIKE, faults.tables_by_themselves, attacks.otherwise),
    Rule("choices are capped", "what nearly all of an atom chose", faults.no_cap_of_choices, asked.chosen),
    Rule("the spread is protected", ALIKE, faults.true_spread, counts.spread),
    Rule("few of a sensitive question are a range", "that somebody gave an answer", faults.exact_counts, counts.few),
    Rule(
        "totals of a sensitive question add up ranges", "that somebody gave an answer", faults.exact_totals, counts.few
    ),
    Rule(
        "what is refused does not depend on answers",
        "that nearly all are in one band",
        faults.refuse_by_values,
        twins.other_values,
    ),
    Rule("there is one reason", "in which unit nobody answered", faults.two_reasons, twins.protected_alike),
    Rule("groups are unions of whole atoms", ONE, faults.any_group, attacks.groups),
    Rule(
        "while a wave is open, too, the rest of a unit is nobody or enough (instead: hide small groups)",
        "participation of one",
        faults.large_groups_only,
        asked.while_open,
    ),
    Rule(
        "while a wave is open nothing is told of fewer than 30 invited",
        "participation of seven",
        faults.few_invited,
        asked.while_open,
    ),
]


def gets_through(rule: Rule, count: int, seed: int = 7) -> int:
    """In how many of so many waves the attack on a rule succeeds while it is switched off."""
    with pytest.MonkeyPatch.context() as patch:
        rule.plant(patch)
        return sum(any(rule.attack(wave, wave.release())) for wave in waves(seed, count, rule.scorings))
