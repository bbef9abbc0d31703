"""Items that may be asked once: no other wave asks them of the same people, and no baseline asks them at all."""

from typing import Any

import pytest

from cases.examples import INSTRUMENT
from cases.measuring import ask_freely, bring_to, series_new, wave_new
from cases.programme import create_campaign
from peil.waves.series_queries import select_asked
from support.apis import Rest, Speak
from support.personas import Cast

ASKED = [("/instrumentId", "item-asked-by-wave")]


async def _instrument(cast: Cast, key: str, **changed: Any) -> str:
    """A published questionnaire that may ask for a break once only; its id."""
    items = [one | {"repeatable": one["key"] != "pause"} for one in INSTRUMENT["items"]]
    new = INSTRUMENT | {"key": key, "items": items} | changed
    instrument_id: str = (await Rest(cast.hr).create_instrument(new)).must()["instrumentId"]
    (await Rest(cast.hr).publish_instrument(instrument_id)).must()
    return instrument_id


async def test_an_item_is_asked_of_the_same_people_once(speak: Speak, cast: Cast) -> None:
    """Not again by another questionnaire that has it; the finding names the wave that asks it."""
    hr, asked = speak(cast.hr), await _instrument(cast, "asked")
    first = (await hr.plan_wave(await wave_new(cast, name="De eerste", instrumentId=asked))).must()
    again = await _instrument(cast, "again", kind="survey")

    refused = await hr.plan_wave(await wave_new(cast, kind="survey", instrumentId=again), language="en")

    told = f"and the wave `De eerste` ({first['waveId']}) asks it already"
    assert ("invalid-input", ASKED) == (refused.code, refused.findings)
    assert told in str(refused.body)


async def test_it_is_enough_that_the_other_questionnaire_says_so(speak: Speak, cast: Cast) -> None:
    """Equal key and version are the same question, and one of the two may not be repeated."""
    hr, asked = speak(cast.hr), await _instrument(cast, "asked")
    (await hr.plan_wave(await wave_new(cast, instrumentId=asked))).must()
    freely = await _instrument(cast, "freely", items=INSTRUMENT["items"])

    assert ASKED == (await hr.plan_wave(await wave_new(cast, instrumentId=freely))).findings


@pytest.mark.parametrize(("unit", "expected"), [("field", ASKED), ("care", [])])
async def test_other_people_may_be_asked_it(
    speak: Speak, cast: Cast, unit: str, expected: list[tuple[str, str]]
) -> None:
    """People of another unit may, those of a unit beneath may not."""
    hr, asked = speak(cast.hr), await _instrument(cast, "asked")
    (await hr.plan_wave(await wave_new(cast, instrumentId=asked, unitIds=[cast.units["sales"]]))).must()

    other = await hr.plan_wave(await wave_new(cast, instrumentId=asked, unitIds=[cast.units[unit]]))

    assert expected == other.findings


async def test_a_campaign_asks_it_once(speak: Speak, cast: Cast) -> None:
    """Of whichever units: people change theirs while a campaign lasts."""
    hr, asked, campaign = speak(cast.hr), await _instrument(cast, "asked"), await create_campaign(cast)
    plan = await wave_new(cast, instrumentId=asked, campaignId=campaign, unitIds=[cast.units["sales"]])
    (await hr.plan_wave(plan)).must()

    assert ASKED == (await hr.plan_wave(plan | {"unitIds": [cast.units["care"]]})).findings


async def test_a_wave_does_not_stand_in_its_own_way(speak: Speak, cast: Cast) -> None:
    """It can be changed, and what was cancelled asks nobody."""
    hr, asked = speak(cast.hr), await _instrument(cast, "asked")
    await ask_freely(cast)
    await bring_to(cast, "cancelled", hr, instrumentId=asked)
    wave_id = await bring_to(cast, "planned", hr, instrumentId=asked)

    assert "ok" == (await hr.update_wave(wave_id, {"name": "Anders"}, if_match="*")).word


async def test_a_series_meets_the_waves_there_are(speak: Speak, cast: Cast) -> None:
    """Also one that is only previewed."""
    hr, asked = speak(cast.hr), await _instrument(cast, "asked")
    (await hr.plan_wave(await wave_new(cast, instrumentId=asked))).must()

    assert ASKED == (await hr.preview_wave_series(await series_new(cast, instrumentId=asked, count=1))).findings


@pytest.mark.parametrize("kind", ["baseline", "post"])
async def test_no_baseline_asks_what_may_be_asked_once(speak: Speak, cast: Cast, kind: str) -> None:
    """It is asked again as post-measurement: said when the first of the two is planned, not months later."""
    hr, asked = speak(cast.hr), await _instrument(cast, "asked")

    refused = await hr.plan_wave(await wave_new(cast, kind=kind, instrumentId=asked))

    assert [("/instrumentId", "once-in-pair")] == refused.findings


async def test_a_plan_that_asks_freely_reads_few_waves(cast: Cast) -> None:
    """While nobody else can plan, of all the waves there ever were only those that ask something once."""
    hr, asked = Rest(cast.hr), await _instrument(cast, "asked")
    await ask_freely(cast)
    freely = await _instrument(cast, "freely", items=INSTRUMENT["items"])
    once, often = [
        (await hr.plan_wave(await wave_new(cast, instrumentId=one, unitIds=[cast.units[unit]]))).must()["waveId"]
        for one, unit in ((asked, "sales"), (freely, "care"))
    ]

    async with cast.house.parts.database.transaction(cast.employer.employer_id) as rows:
        read = [
            {str(wave.wave_id) for wave in await select_asked(rows, cast.employer.employer_id, None, freely=one)}
            for one in (True, False)
        ]

    assert [{once}, {once, often}] == read
