"""What may be asked once: which other waves can ask somebody whom a plan asks."""

from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import pytest

from peil.waves.model import WaveNew
from peil.waves.repeating import meeting
from peil.waves.series_model import AskedWave

START = datetime(2026, 11, 2, 8, tzinfo=UTC)
ROOT, SALES, FIELD, CARE, WEEK, OTHER = (UUID(int=number) for number in range(1, 7))
TREE = {ROOT: None, SALES: ROOT, FIELD: SALES, CARE: ROOT}


def do_meet(plan: dict[str, Any], other: dict[str, Any]) -> bool:
    """Whether a plan and a wave are of one campaign or can ask the same person."""
    new = WaveNew(
        name="Nieuw",
        kind="pulse",
        instrument_id=UUID(int=7),
        mode="split",
        languages=["nl"],
        opens_at=START,
        closes_at=START,
        **plan,
    )
    nobody_in_particular = {"campaign_id": None, "unit_ids": None, "employment_types": None}
    wave = AskedWave(
        wave_id=UUID(int=8),
        name="Eerder",
        opens_at=START,
        instrument_id=UUID(int=9),
        **nobody_in_particular | other,
    )
    return [wave] == meeting(new, [wave], TREE)


@pytest.mark.parametrize(
    ("plan", "other", "expected"),
    [
        ({}, {}, True),
        ({}, {"unit_ids": [CARE]}, True),
        ({"unit_ids": [FIELD]}, {"unit_ids": [CARE, SALES]}, True),
        ({"unit_ids": [SALES]}, {"unit_ids": [FIELD]}, True),
        ({"unit_ids": [SALES]}, {"unit_ids": [CARE]}, False),
        ({"employment_types": ["temp"]}, {"employment_types": ["temp", "fixed"]}, True),
        ({"employment_types": ["temp"]}, {"employment_types": ["fixed"]}, False),
        ({"employment_types": ["temp"], "unit_ids": [SALES]}, {"unit_ids": [CARE]}, False),
    ],
)
def test_waves_meet_where_they_can_ask_the_same_person(
    plan: dict[str, Any], other: dict[str, Any], expected: bool
) -> None:
    """One unit lies in the other, whichever is the higher, and a kind of employment is asked by both."""
    assert expected == do_meet(plan, other)


@pytest.mark.parametrize(("campaign", "expected"), [(WEEK, True), (OTHER, False), (None, False)])
def test_waves_of_one_campaign_meet_whomever_they_ask(campaign: UUID | None, expected: bool) -> None:
    """People change units while a campaign lasts; and two waves of no campaign are not of the same one."""
    assert expected == do_meet(
        {"campaign_id": campaign, "unit_ids": [SALES]},
        {"campaign_id": None if campaign is None else WEEK, "unit_ids": [CARE]},
    )
