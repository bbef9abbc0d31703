"""Instruments: drafts change, published versions never do."""

import asyncio
import logging
from typing import Any

import pytest

from anonymity.asking import owner
from cases.examples import INSTRUMENT
from cases.measuring import bring_to, wave_new
from support.apis import Api, Speak
from support.house import House
from support.personas import Cast, add_crowd

COMMENT = {
    "kind": "comment",
    "key": "words",
    "version": 1,
    "text": {"nl": "Verder nog iets?", "en": "Anything else?"},
    "sensitive": False,
    "repeatable": True,
}


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


async def test_a_draft_says_what_its_translation_lacks(speak: Speak, cast: Cast) -> None:
    """It is kept, it cannot be published, and a translator who has written it all can publish it."""
    api = speak(cast.hr)
    whole, half = INSTRUMENT["title"], {"nl": "Proef"}

    kept = (await api.create_instrument(INSTRUMENT | {"title": half})).must()
    early = await api.publish_instrument(kept["instrumentId"])
    tried = await api.validate_instrument(INSTRUMENT | {"title": half})
    done = (await api.update_instrument(kept["instrumentId"], {"title": whole}, if_match="*")).must()

    assert [{"language": "nl", "missing": []}, {"language": "en", "missing": ["/title"]}] == kept["completeness"]
    assert ("instrument-incomplete", [("/title", "text-missing")]) == (early.code, early.findings)
    assert [("/title", "text-missing")] == tried.findings
    assert [[], []] == [one["missing"] for one in done["completeness"]]
    assert "ok" == (await api.publish_instrument(kept["instrumentId"])).word


async def test_a_language_is_one_by_its_canonical_name(speak: Speak, cast: Cast) -> None:
    """What is no language, and what has another name, is refused of a draft too; any other will do."""
    odd = {"nl": "Proef", "xx": "?", "de-at": "?"}

    outcome = await speak(cast.hr).create_instrument(INSTRUMENT | {"languages": list(odd), "title": odd})
    frisian = await speak(cast.hr).create_instrument(
        INSTRUMENT | {"languages": ["nl", "en", "fy", "zh-Hant-TW"], "title": INSTRUMENT["title"] | {"fy": "Proef"}}
    )

    found = [("/languages/1", "not-a-language"), ("/languages/2", "language-not-canonical")]
    assert found == [one for one in outcome.findings if one[0].startswith("/languages")]
    assert "draft" == frisian.must()["state"]


async def test_a_wave_asks_in_the_languages_that_are_complete(speak: Speak, cast: Cast) -> None:
    """A published version has no other, so the wave's languages are among its own."""
    outcome = await speak(cast.hr).plan_wave(await wave_new(cast, languages=["nl", "fy"]))

    assert ("refused", [("/languages/1", "language-not-in-instrument")]) == (outcome.word, outcome.findings)


async def test_a_draft_is_tried_out(speak: Speak, cast: Cast) -> None:
    """What would be counted: 4 of 5 is 75, and an item that is left out leaves out its block."""
    created = await draft(speak(cast.hr), "tried")

    tried = (
        await speak(cast.hr).try_out_instrument(created["instrumentId"], {"answers": {"rest": 4, "pause": None}})
    ).must()

    assert (created["contentHash"], ["rest"]) == (tried["contentHash"], tried["answered"])
    assert [("rest", 75.0, []), ("pause", None, ["pause"])] == [
        (one["key"], one["score"], one["leftOutBy"]) for one in tried["blocks"]
    ]


async def test_a_try_out_refuses_what_the_intake_refuses(speak: Speak, cast: Cast) -> None:
    """The same findings at the same places."""
    await add_crowd(cast.hr, field=10)
    wave_id = await bring_to(cast, "open")
    instrument_id = (await speak(cast.hr).get_wave(wave_id)).must()["instrumentId"]
    keys = [item["key"] for item in (await speak(cast.hr).get_instrument(instrument_id)).must()["items"]]
    answers = {keys[0]: 6, keys[1]: "often", "nothing": 1}

    tried = await speak(cast.hr).try_out_instrument(instrument_id, {"answers": answers})
    anybody = cast.house.anonymous
    sent = await anybody.post(f"/waves/{wave_id}/responses", {"code": "0" * 20, "answers": answers})

    assert 400 == sent.status_code
    assert [(one["pointer"], one["code"]) for one in sent.json()["errors"]] == tried.findings != []


async def test_a_try_out_leaves_nothing_behind(
    speak: Speak, cast: Cast, house: House, caplog: pytest.LogCaptureFixture
) -> None:
    """No row in any table, of what was right and of what was refused, and not a word in the log."""
    told = "nobody-else-says-this"
    id_ = (await speak(cast.hr).create_instrument(INSTRUMENT | {"items": [*INSTRUMENT["items"], COMMENT]})).must()[
        "instrumentId"
    ]
    async with owner(house) as connection:
        before = await rows_of(connection)

        with caplog.at_level(logging.DEBUG):
            good = await speak(cast.hr).try_out_instrument(id_, {"answers": {"words": told, "rest": 2}})
            bad = await speak(cast.hr).try_out_instrument(id_, {"answers": {"rest": told}})

        after = await rows_of(connection)

    assert ("ok", "refused") == (good.word, bad.word)
    assert before == after
    assert "peil.instrument" in before
    assert told not in caplog.text


async def rows_of(connection: Any) -> dict[str, int]:
    """How many rows each of our tables has."""
    tables = await connection.fetch(
        "select oid::regclass::text as name from pg_catalog.pg_class where relkind = 'r'"
        " and relnamespace::regnamespace::text in ('peil', 'participation', 'intake', 'release')"
    )
    return {one["name"]: await connection.fetchval(f"select count(*) from {one['name']}") for one in tables}


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
