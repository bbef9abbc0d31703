"""What is planned when, and whom a reminder may leave out."""

from datetime import UTC, datetime
from typing import Any
from uuid import UUID, uuid4

import msgspec
import pytest

from peil.messages.model import Left
from peil.messages.rules import NOTHING_SET, is_farewell_due, is_wanted, plan, targeted_groups
from peil.waves.model import Wave

WAVE = Wave(
    wave_id=uuid4(),
    campaign_id=None,
    name="Puls",
    kind="pulse",
    instrument_id=uuid4(),
    mode="blind",
    languages=["nl"],
    opens_at=datetime(2026, 10, 23, 7, 0, tzinfo=UTC),
    closes_at=datetime(2026, 10, 30, 8, 0, tzinfo=UTC),
    zone="Europe/Amsterdam",
    unit_ids=None,
    series_id=None,
    employment_types=None,
    excluded=None,
    policy_version=1,
    state="ready",
    invited=12,
    codes_drawn=False,
    keys="present",
    manifest_sha256=None,
    failure=None,
    created_at=datetime(2026, 10, 1, tzinfo=UTC),
)


def planned(sent_by: Any = "peil", days: list[int] | None = None, **changed: Any) -> list[tuple[str, str]]:
    settings = msgspec.structs.replace(NOTHING_SET, reminder_days=[5, 2, 7, 20] if days is None else days)
    found = plan(msgspec.structs.replace(WAVE, **changed), settings, sent_by)
    return [(kind, audience) for kind, audience, _ in found]


def test_a_reminder_comes_at_the_hour_of_the_opening() -> None:
    """By the clock on the wall, also when it was put back meanwhile; what falls after the close falls away."""
    settings = msgspec.structs.replace(NOTHING_SET, reminder_days=[5, 2, 7, 20])

    moments = [at.astimezone(UTC) for _, _, at in plan(WAVE, settings, "peil")]

    assert [datetime(2026, 10, day, hour, tzinfo=UTC) for day, hour in ((23, 7), (25, 8), (28, 8))] == moments


def test_the_last_reminder_goes_to_everybody() -> None:
    """The others go to those without an answer token."""
    assert [
        ("invitation", "everybody"),
        ("reminder", "without-token"),
        ("reminder", "everybody"),
    ] == planned()


@pytest.mark.parametrize(("mode", "sent_by"), [("split", "peil"), ("blind", "vendor"), ("split", "vendor")])
def test_nobody_is_left_out(mode: str, sent_by: str) -> None:
    """Where codes are delivered, or somebody else delivers the message."""
    assert {"everybody"} == {audience for _, audience in planned(sent_by, mode=mode)}


def test_on_paper_there_are_no_reminders() -> None:
    """An invitation there is."""
    assert [("invitation", "everybody")] == planned(mode="handout")


def test_a_group_is_targeted_only_where_enough_are_left() -> None:
    """k_N or more."""
    groups = [UUID(int=number) for number in range(3)]
    left = [Left(key_id=group, people=people) for group, people in zip(groups, (6, 7, 40), strict=True)]

    assert groups[1:] == targeted_groups(left, 7)


def test_what_makes_no_sense_any_more_is_not_sent() -> None:
    """A reminder is for an open wave, thanks for one with outcomes."""
    states = ("planned", "ready", "open", "closing", "released", "cancelled", "unrecoverable")
    wanted = {kind: [state for state in states if is_wanted(kind, state)] for kind in ("invitation", "thanks")}  # type: ignore[arg-type]  # literals

    assert {"invitation": ["open"], "thanks": ["released"]} == wanted


def test_nobody_is_thanked_for_nothing() -> None:
    """Neither where the employer wants no thanks, nor where nobody was written to."""
    assert not is_farewell_due("thanks", NOTHING_SET, [], WAVE.opens_at)
