"""Which light is on, which of several counts, and what a team is told to do next."""

from datetime import date
from typing import Any
from uuid import UUID

import pytest

from aggregates.releases import PROTECTED, partial, published
from demo.edition import action as planned_action
from peil.actions.model import CheckState, ProgressCheck
from peil.aggregates.changes.model import (
    ChangeCell,
    ChangeInterval,
    ComparedChange,
    IncomparableChange,
    Measured,
    ProtectedChange,
    WithheldChange,
)
from peil.releases.cells_model import Cell, PartialResponse
from peil.widgets.model import Light, LightCode, WidgetAction
from peil.widgets.rules import first_protected, is_silent, light_of, next_step, standing_actions, worst
from peil.widgets.texts import reason

ORDER: tuple[LightCode, ...] = (
    "clear-decline",
    "possible-decline",
    "clear-improvement",
    "possible-improvement",
    "small-difference",
    "no-clear-difference",
    "cannot-be-told",
    "nothing-to-compare",
    "protected",
)
PUBLISHED = published()


def compared(difference: float, label: Any) -> ComparedChange:
    """A change of so many points that is called this; None: no spread is told."""
    side = Measured(n=40, invited=None, mean=50, warnings=())
    return ComparedChange(
        before=side,
        after=side,
        difference=difference,
        interval=None if label is None else ChangeInterval(low=-1, high=1),
        standardised=None,
        p=None,
        q=None,
        label=label,
        minimal_detectable_change=5,
        bound=False,
        warnings=(),
        units=None,
    )


def light(code: LightCode) -> Light:
    return Light(colour="grey", code=code, since=None, text="")


def action(title: str, check: date | None) -> WidgetAction:
    return WidgetAction(
        action_id=UUID(int=1),
        title=title,
        state="active",
        unit_id=None,
        owner_role=None,
        deadline=date(2026, 12, 1),
        next_check_on=check,
    )


@pytest.mark.parametrize(
    ("cell", "change", "colour", "code"),
    [
        (PUBLISHED, compared(-4, "clear-signal"), "red", "clear-decline"),
        (PUBLISHED, compared(4, "clear-signal"), "green", "clear-improvement"),
        (PUBLISHED, compared(-5, "possible-signal"), "amber", "possible-decline"),
        (PUBLISHED, compared(5, "possible-signal"), "green", "possible-improvement"),
        (PUBLISHED, compared(-4.99, "possible-signal"), "grey", "small-difference"),
        (PUBLISHED, compared(0.3, "possible-signal"), "grey", "small-difference"),
        (PUBLISHED, compared(-40, "no-clear-difference"), "grey", "no-clear-difference"),
        (PUBLISHED, compared(-40, None), "grey", "cannot-be-told"),
        (PUBLISHED, WithheldChange(reason="not-representative"), "grey", "cannot-be-told"),
        (PUBLISHED, IncomparableChange(reason="items-differ"), "grey", "nothing-to-compare"),
        (PUBLISHED, None, "grey", "nothing-to-compare"),
        (PUBLISHED, ProtectedChange(reported_at=None), "grey", "protected"),
        (PROTECTED, None, "grey", "protected"),
        (PROTECTED, compared(-4, "clear-signal"), "grey", "protected"),
        (partial("field"), compared(-4, "clear-signal"), "red", "clear-decline"),
    ],
)
def test_a_light_says_what_the_change_says(cell: Cell, change: ChangeCell | None, colour: str, code: str) -> None:
    """Colour by how sure it is and which way, from five points on; and nothing of what is protected."""
    told = light_of(cell, change, None, "en")

    assert (colour, code) == (told.colour, told.code)
    assert told.text.lower().startswith(colour)


@pytest.mark.parametrize(
    ("change", "since_previous", "since", "code"),
    [
        (None, compared(-4, "clear-signal"), "previous", "clear-decline"),
        (IncomparableChange(reason="items-differ"), compared(5, "possible-signal"), "previous", "possible-improvement"),
        (None, WithheldChange(reason="not-representative"), "previous", "cannot-be-told"),
        (None, IncomparableChange(reason="items-differ"), None, "nothing-to-compare"),
        (None, None, None, "nothing-to-compare"),
        (compared(4, "no-clear-difference"), compared(-9, "clear-signal"), "baseline", "no-clear-difference"),
        (WithheldChange(reason="not-representative"), compared(-9, "clear-signal"), "baseline", "cannot-be-told"),
        (ProtectedChange(reported_at=None), compared(-9, "clear-signal"), "baseline", "protected"),
    ],
)
def test_without_a_baseline_the_wave_before_decides(
    change: ChangeCell | None, since_previous: ChangeCell | None, since: str | None, code: str
) -> None:
    """A series of pulses without a baseline has lights too, and each says what it compares with."""
    told = light_of(PUBLISHED, change, since_previous, "en")

    assert (since, code) == (told.since, told.code)


def test_a_light_names_what_it_compares_with() -> None:
    """In the words that are shown."""
    told = [light_of(PUBLISHED, None, compared(-4, "clear-signal"), language).text for language in ("nl", "en")]

    assert ["Rood: duidelijk lager dan de meting ervoor.", "Red: clearly lower than the wave before."] == told


def test_of_equal_lights_that_against_the_baseline_counts() -> None:
    """Whichever block comes first."""
    lights = [
        light_of(PUBLISHED, None, compared(-4, "clear-signal"), "nl"),
        light_of(PUBLISHED, compared(-4, "clear-signal"), None, "nl"),
    ]

    assert "Rood: duidelijk lager dan de nulmeting." == worst(lights, "nl").text == worst(lights[::-1], "nl").text


@pytest.mark.parametrize("place", range(len(ORDER)))
def test_what_gets_worse_is_not_outweighed(place: int) -> None:
    """Of the lights from here on the first counts, in whichever order the blocks come."""
    lights = [light(code) for code in ORDER[place:]]

    assert ORDER[place] == worst(lights, "en").code == worst(lights[::-1], "en").code


def test_without_blocks_there_is_nothing_to_compare() -> None:
    """As of a questionnaire that scores nothing."""
    assert "nothing-to-compare" == worst([], "en").code


CHANGES = {
    "clear-decline": compared(-4, "clear-signal"),
    "possible-decline": compared(-5, "possible-signal"),
    "small-difference": compared(-0.3, "possible-signal"),
    "clear-improvement": compared(4, "clear-signal"),
    "no-clear-difference": compared(4, "no-clear-difference"),
}
SOON, LATER = date(2026, 11, 1), date(2026, 11, 9)


@pytest.mark.parametrize(
    ("code", "is_without", "actions", "step", "on"),
    [
        (None, False, [action("a", SOON)], "wait-for-a-release", None),
        ("clear-decline", True, [], "talk-without-figures", None),
        ("clear-decline", False, [], "choose-an-action", None),
        ("possible-decline", False, [], "choose-an-action", None),
        ("small-difference", False, [], "talk-about-results", None),
        ("clear-decline", False, None, "talk-about-results", None),
        ("clear-decline", False, [action("a", LATER), action("b", SOON)], "check-an-action", SOON),
        ("clear-improvement", False, [action("a", LATER)], "check-an-action", LATER),
        ("clear-decline", False, [action("a", None)], "talk-about-results", None),
        ("no-clear-difference", False, [], "talk-about-results", None),
    ],
)
def test_there_is_one_next_step(code: Any, is_without: bool, actions: Any, step: str, on: date | None) -> None:
    """Nothing before there is a release, the conversation without figures, an action where it is needed, its check."""
    told = None if code is None else light_of(PUBLISHED, CHANGES[code], None, "en")
    found = next_step(told, is_without=is_without, actions=actions, language="en")

    assert (step, on) == (found.code, found.on)


def test_a_check_says_of_what() -> None:
    """By the title that people gave it, whatever is in it."""
    found = next_step(light("protected"), is_without=False, actions=[action("Minder {overleg}", SOON)], language="nl")

    assert "Bespreek of dit werkt: Minder {overleg}." == found.text


def test_a_unit_that_lacks_one_figure_is_not_said_to_have_none() -> None:
    """And a team that has some looks at those."""
    response = PartialResponse(units=[], respondents=40, invited=None, rate=None, warnings=(), reported_at=None)
    some: list[Cell] = [PUBLISHED, PROTECTED]
    none: list[Cell] = [PROTECTED, PROTECTED]
    every: list[Cell] = [PUBLISHED, partial("field")]

    assert (PROTECTED, PROTECTED, None) == tuple(first_protected(response, cells) for cells in (some, none, every))
    assert (False, True, False) == tuple(is_silent(cells) for cells in (some, none, every))
    assert reason("root", "en", is_silent=False).startswith("Not every subject has a figure here.")
    assert reason("root", "en", is_silent=True).startswith("There are no figures of this group here.")


def test_a_check_that_is_open_is_asked_for_now() -> None:
    """Not the next one, which may be months away; of two the older, and none that was answered or dropped."""
    planned = planned_action(next_check_on=SOON)

    def told(*checks: tuple[CheckState, date]) -> date | None:
        made = [
            ProgressCheck(
                progress_check_id=UUID(int=1),
                action_id=planned.action_id,
                kind="30-days",
                due_on=due_on,
                state=state,
                reading=None,
                result=None,
                note=None,
                completed_on=None,
            )
            for state, due_on in checks
        ]
        return standing_actions([planned], made)[0].next_check_on

    first, second = date(2026, 9, 1), date(2026, 10, 1)
    assert SOON == told() == told(("done", first), ("dropped", second))
    assert second == told(("done", first), ("due", second))
    assert first == told(("overdue", first), ("due", second))
