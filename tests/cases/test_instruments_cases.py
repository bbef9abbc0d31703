"""Instruments: drafts change, published versions never do."""

import asyncio
from typing import Any

import pytest

from cases.examples import INSTRUMENT
from cases.measuring import bring_to, wave_new
from support.apis import Api, Speak
from support.personas import Cast, add_crowd


async def draft(api: Api, key: str) -> dict[str, Any]:
    """A draft of the example."""
    body: dict[str, Any] = (await api.create_instrument(INSTRUMENT | {"key": key})).must()
    return body


async def test_a_draft_is_kept_as_it_was_handed_in(speak: Speak, cast: Cast) -> None:
    """Version 1, with what Peil knows of it beside it, and both protocols show the same."""
    created = (await speak(cast.hr).create_instrument(INSTRUMENT)).must()

    seen = (await speak(cast.board).get_instrument(created["instrumentId"])).must()

    assert created == seen
    assert INSTRUMENT == {name: seen[name] for name in INSTRUMENT}
    assert (1, "draft", None, 1) == tuple(seen[one] for one in ("version", "state", "publishedAt", "estimatedMinutes"))


async def test_a_draft_changes(speak: Speak, cast: Cast) -> None:
    """Its hash with it, but for its key."""
    api = speak(cast.hr)
    created = await draft(api, "changing")
    id_ = created["instrumentId"]

    changed = (await api.update_instrument(id_, {"kind": "survey"}, if_match="*")).must()
    renamed = await api.update_instrument(id_, {"key": "another"}, if_match="*")

    assert "survey" == changed["kind"] == (await api.get_instrument(id_)).must()["kind"]
    assert created["contentHash"] != changed["contentHash"]
    assert [("/key", "key-is-fixed")] == renamed.findings


async def test_a_published_version_never_changes(speak: Speak, cast: Cast) -> None:
    """No change, no second publication, no deletion; the next version is a draft of the same key."""
    api = speak(cast.hr)
    id_ = (await draft(api, "fixed"))["instrumentId"]
    published = (await api.publish_instrument(id_)).must()

    refused = [
        await api.update_instrument(id_, {"kind": "survey"}, if_match="*"),
        await api.publish_instrument(id_),
        await api.delete_instrument(id_, if_match="*"),
    ]
    following = await draft(api, "fixed")

    assert [("refused", "instrument-published")] * 3 == [(one.word, one.code) for one in refused]
    assert published == (await api.get_instrument(id_)).must()
    assert ("published", 2, "draft") == (published["state"], following["version"], following["state"])


async def test_a_deleted_draft_is_gone(speak: Speak, cast: Cast) -> None:
    """And its version is free again."""
    api = speak(cast.hr)
    id_ = (await draft(api, "gone"))["instrumentId"]

    (await api.delete_instrument(id_, if_match="*")).must()

    assert "not-found" == (await api.get_instrument(id_)).word
    assert 1 == (await draft(api, "gone"))["version"]


async def test_only_published_instruments_are_asked(speak: Speak, cast: Cast) -> None:
    """A wave cannot be planned with a draft."""
    created = await draft(speak(cast.hr), "unready")

    outcome = await speak(cast.hr).plan_wave(await wave_new(cast, instrumentId=created["instrumentId"]))

    assert ("refused", "instrument-not-published") == (outcome.word, outcome.code)


async def test_a_questionnaire_is_tried_without_keeping_it(speak: Speak, cast: Cast) -> None:
    """It says what creating it would say, also to those who may only read."""
    good = (await speak(cast.works_council).validate_instrument(INSTRUMENT)).must()
    bad = INSTRUMENT | {"blocks": [_block("nothing")], "languages": ["nl"]}

    tried, created = (
        await speak(cast.works_council).validate_instrument(bad),
        await speak(cast.hr).create_instrument(bad),
    )

    assert "made-for-a-test" == good["key"]
    assert "refused" == tried.word == created.word
    assert [] != tried.findings == created.findings
    keys = [one["key"] for one in (await speak(cast.hr).list_instruments()).must()["items"]]
    assert "made-for-a-test" not in keys


async def test_an_employer_begins_with_the_shipped_instruments(speak: Speak, cast: Cast) -> None:
    """All published, version 1."""
    items = (await speak(cast.hr).list_instruments()).must()["items"]

    assert 6 == len(items)
    assert {(1, "published")} == {(one["version"], one["state"]) for one in items}


@pytest.mark.parametrize("raced", [True, False])
async def test_two_drafts_of_one_key_get_two_versions(speak: Speak, cast: Cast, raced: bool) -> None:
    """Also at the same moment: one is told to try again, or both have their own."""
    api = speak(cast.hr)
    wanted = INSTRUMENT | {"key": "raced"}
    if raced:
        outcomes = await asyncio.gather(*(api.create_instrument(wanted) for _ in range(2)))
    else:
        outcomes = [await api.create_instrument(wanted) for _ in range(2)]

    made = sorted(one.body["version"] for one in outcomes if one.word == "ok")
    assert made in ([1], [1, 2])
    assert {"version-taken"} >= {one.code for one in outcomes if one.word != "ok"}


async def test_an_employee_sees_what_is_being_asked(speak: Speak, cast: Cast) -> None:
    """No draft and no other questionnaire; a manager sees them all."""
    await add_crowd(cast.hr, field=10)
    await draft(speak(cast.hr), "hidden")
    before = (await speak(cast.employee).list_instruments()).must()["items"]
    wave_id = await bring_to(cast, "open")
    asked = (await speak(cast.hr).get_wave(wave_id)).must()["instrumentId"]

    during = (await speak(cast.employee).list_instruments()).must()["items"]
    everything = (await speak(cast.manager).list_instruments()).must()["items"]
    words = {
        one["instrumentId"]: (await speak(cast.employee).get_instrument(one["instrumentId"])).word for one in everything
    }

    assert ([], [asked], 7) == (before, [one["instrumentId"] for one in during], len(everything))
    assert [asked] == [id_ for id_, word in words.items() if word == "ok"]


def _block(item: str) -> dict[str, Any]:
    return {
        "key": "block",
        "title": {"nl": "Blok", "en": "Block"},
        "items": [item],
        "scoring": {"method": "mean", "orientation": "higher-is-better"},
    }
