"""Whom a finding is about: the same people, units beneath each other, and what counts as done."""

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from msgspec.structs import replace

from peil.consents.rules import stance
from readiness.facts import UNITS, WEEK, action, activity, entry, found, request, wave

DAY = timedelta(days=1)


def told(code: str, **chosen: Any) -> list[tuple[UUID | None, Any]]:
    """Of each finding the unit, and the number in it."""
    return [(one.unit_id, one.params["count"]) for one in found(code, **chosen)]


def test_a_day_is_full_for_those_whom_everything_is_for() -> None:
    """What is for a unit is for all beneath it; what is for another unit fills nobody's day here."""
    for_sales = [activity("sales"), activity("sales")]
    beside = [activity("care"), activity("field", on=WEEK[0] + DAY)]

    assert [] == told("full-agenda", agenda=[*for_sales, activity("field"), *beside])
    assert [(None, 4)] == told("full-agenda", agenda=[*for_sales, activity("field"), activity("field"), *beside])
    assert [(None, 4)] == told("full-agenda", agenda=[*for_sales, activity("field"), activity(), *beside])


def test_a_moment_of_recovery_fills_nobodys_day() -> None:
    """It is what a full day needs."""
    agenda = [*(activity() for _ in range(3)), activity(kind="break")]

    assert [] == told("full-agenda", agenda=agenda, activities={"break": entry("break", "recovery")})
    assert [(None, 4)] == told("full-agenda", agenda=agenda, activities={"break": entry("break")})


def bare(*agenda: Any) -> set[UUID | None]:
    return {one.unit_id for one in found("uneven-coverage", agenda=agenda)}


def test_bare_units_are_told_at_the_highest() -> None:
    """Beneath a unit for which there is something all are covered; beneath a bare one nobody is told again."""
    assert {UNITS["office"], UNITS["care"]} == bare(activity("field"))
    assert {UNITS["care"]} == bare(activity("sales"))
    assert {UNITS["office"], UNITS["day"]} == bare(activity("field"), activity("night"))


def test_nobody_is_bare_where_something_is_for_everyone_or_nothing_is_planned() -> None:
    """An empty agenda is another finding."""
    assert set() == bare(activity("field"), activity()) == bare(activity("root")) == bare()


@pytest.mark.parametrize("kind", ["baseline", "post"])
def test_a_wave_that_was_lost_is_no_measurement(kind: str) -> None:
    """Cancelled, or never to be counted; one that is planned will do."""
    code = {"baseline": "no-baseline", "post": "no-post-measurement"}[kind]
    states = ("planned", "open", "released", "cancelled", "unrecoverable")

    assert [0, 0, 0, 1, 1] == [len(found(code, waves=[wave(kind, state)])) for state in states]


def test_a_post_measurement_asks_what_the_baseline_asked() -> None:
    """The same version; one that was cancelled asks nothing, and where there is no baseline that is another finding."""
    baseline, post = wave("baseline", "released"), wave("post", "planned")
    same = replace(post, instrument_id=baseline.instrument_id)
    cancelled = replace(post, state="cancelled")

    numbers = [
        len(found("post-asks-otherwise", waves=waves))
        for waves in ([baseline, post], [baseline, same], [baseline, cancelled], [post])
    ]
    assert [1, 0, 0, 0] == numbers


def test_actions_are_many_for_the_same_people_only() -> None:
    """Six over two units are no finding; six for one unit, those for everyone among them, are one of that unit."""
    over_two = [*(action("sales") for _ in range(3)), *(action("care") for _ in range(3))]
    together = [*(action() for _ in range(4)), action("field"), action("field")]

    assert [] == told("many-actions", actions=over_two)
    assert [(UNITS["field"], 6)] == told("many-actions", actions=together)


def test_many_actions_are_told_at_the_highest_unit() -> None:
    """Those beneath it have at least as many; where everyone has too many no unit is told."""
    of_sales = [action("sales") for _ in range(6)]

    assert [(UNITS["sales"], 6)] == told("many-actions", actions=[*of_sales, action("field")])
    assert [(None, 6)] == told("many-actions", actions=[*(action() for _ in range(6)), action("field")])
    assert [(UNITS["sales"], 6), (UNITS["day"], 6)] == told(
        "many-actions", actions=[*of_sales, *(action("day") for _ in range(6))]
    )


def test_what_the_council_takes_back_is_told() -> None:
    """A consent takes the finding away, and its withdrawal is another one: the council was involved."""
    agreed = stance([request("split", "consented")], {"split"}, ())
    withdrawn = stance([request("split", "withdrawn")], (), {"split"})

    assert [] == found("works-council-withdrew", council=agreed)
    assert 1 == len(found("works-council-withdrew", council=withdrawn))
    assert [] == found("works-council-not-involved", council=withdrawn)


@pytest.mark.parametrize(
    ("asked", "agreed", "expected"),
    [
        ([("split", "refused"), ("handout", "withdrawn")], (), "refused"),
        ([("split", "requested"), ("handout", "withdrawn")], (), "asked"),
        ([("split", "refused"), ("handout", "consented")], {"handout"}, "refused"),
        ([("handout", "consented"), ("split", "refused")], {"handout"}, "refused"),
        ([("split", "requested"), ("handout", "consented")], {"handout"}, "agreed"),
        ([("split", "refused"), ("split", "requested"), ("handout", "consented")], {"handout"}, "agreed"),
        ([("split", "refused"), ("split", "consented"), ("handout", "consented")], {"split", "handout"}, "agreed"),
        ([("split", "refused"), ("handout", "requested")], (), "refused"),
        ([("split", "requested"), ("handout", "cancelled")], (), "asked"),
        ([("split", "withdrawn"), ("handout", "consented")], {"handout"}, "agreed"),
        ([("split", "cancelled"), ("handout", "withdrawn")], (), "withdrew"),
        ([("split", "cancelled")], (), "not-involved"),
    ],
)
def test_the_council_stands_on_each_mode(asked: Any, agreed: Any, expected: str) -> None:
    """A no to one mode counts beside a yes to another, until it is asked anew."""
    withdrawn = {mode for mode, state in asked if state == "withdrawn"}

    assert expected == stance([request(mode, state) for mode, state in asked], agreed, withdrawn)
