"""The catalogue: what comes with Peil, what an employer adds, and both in one list."""

from typing import Any

import pytest

from support.apis import Api, Speak
from support.personas import Cast

WALK = {
    "kind": "activity",
    "key": "garden-walk",
    "title": {"nl": "Rondje tuin"},
    "description": {"nl": "Een kwartier naar buiten."},
    "marks": ["recovery"],
}


async def whole(api: Api, **query: Any) -> list[dict[str, Any]]:
    """All pages of the catalogue, one after another."""
    items, more = [], dict(query)
    while True:
        page = (await api.list_catalogue_entries(**more)).must()
        items += page["items"]
        if page["next"] is None:
            return items
        more["cursor"] = page["next"]


async def shipped(api: Api, kind: str, key: str) -> dict[str, Any]:
    return next(entry for entry in await whole(api, kind=kind) if entry["key"] == key)


async def test_an_employer_adds_an_entry(speak: Speak, cast: Cast) -> None:
    """It is found again, and says that it is not shipped."""
    created = (await speak(cast.hr).create_catalogue_entry(WALK)).must()

    seen = (await speak(cast.employee).get_catalogue_entry(created["catalogueEntryId"])).must()

    assert WALK | {"catalogueEntryId": created["catalogueEntryId"], "shipped": False} == created
    assert created == seen


async def test_own_entries_stand_among_the_shipped_ones(speak: Speak, cast: Cast) -> None:
    """One list by kind and key; pages of any size make it up, and each entry is there once."""
    hr = speak(cast.hr)
    for kind, key in (("activity", "a-first"), ("activity", "garden-walk"), ("theme", "zz-last")):
        (await hr.create_catalogue_entry({"kind": kind, "key": key, "title": {"en": key}})).must()
    entries = await whole(hr)
    places = [(one["kind"], one["key"]) for one in entries]

    assert sorted(set(places)) == places
    assert [("activity", "a-first"), ("theme", "zz-last")] == [places[0], places[-1]]
    assert ["a-first", "garden-walk", "zz-last"] == [one["key"] for one in entries if not one["shipped"]]
    assert [entries] * 2 == [await whole(hr, limit=limit) for limit in (7, 100)]


async def test_one_kind_can_be_asked_for(speak: Speak, cast: Cast) -> None:
    """Own and shipped entries of it; its cursor is good for that kind only."""
    hr = speak(cast.hr)
    for kind in ("goal", "kpi"):
        (await hr.create_catalogue_entry({"kind": kind, "key": f"own-{kind}", "title": {"nl": "Eigen"}})).must()

    goals = await whole(hr, kind="goal", limit=2)
    cursor = (await hr.list_catalogue_entries(kind="goal", limit=2)).must()["next"]
    elsewhere = await hr.list_catalogue_entries(kind="kpi", cursor=cursor)

    assert [one for one in await whole(hr) if one["kind"] == "goal"] == goals
    assert ["own-goal"] == [one["key"] for one in goals if not one["shipped"]]
    assert [("/query/cursor", "cursor")] == elsewhere.findings


async def test_the_shipped_ones_are_the_same_for_all(speak: Speak, standing: Cast, stranger: Cast) -> None:
    """Under the same ids; what an employer adds is that one's only."""
    mine, theirs = [[one for one in await whole(speak(cast.hr)) if one["shipped"]] for cast in (standing, stranger)]

    assert mine == theirs
    assert mine[0] == (await speak(standing.hr).get_catalogue_entry(theirs[0]["catalogueEntryId"])).must()


async def test_a_stranger_does_not_find_an_own_entry(speak: Speak, cast: Cast, stranger: Cast) -> None:
    """Nor can one be changed by another employer."""
    entry = (await speak(cast.hr).create_catalogue_entry(WALK)).must()
    hr = speak(stranger.hr)

    seen = await hr.get_catalogue_entry(entry["catalogueEntryId"])
    changed = await hr.update_catalogue_entry(entry["catalogueEntryId"], {"title": {"nl": "x"}}, if_match="*")

    assert ["not-found", "not-found"] == [seen.word, changed.word]


async def test_an_own_entry_is_changed(speak: Speak, cast: Cast) -> None:
    """Its texts by language and its marks; null takes the description away."""
    hr = speak(cast.hr)
    created = await hr.create_catalogue_entry(WALK)
    entry_id = created.must()["catalogueEntryId"]
    patch: dict[str, Any] = {"title": {"nl": "Rondje park"}, "description": None, "marks": []}

    changed = (await hr.update_catalogue_entry(entry_id, patch, if_match="*")).must()

    assert created.must() | patch == changed
    assert changed == (await hr.get_catalogue_entry(entry_id)).must()


@pytest.mark.parametrize(("name", "value"), [("kind", "theme"), ("key", "other")])
async def test_kind_and_key_are_fixed(speak: Speak, cast: Cast, name: str, value: str) -> None:
    """Others refer to an entry by them."""
    hr = speak(cast.hr)
    entry = (await hr.create_catalogue_entry(WALK | {"marks": []})).must()

    outcome = await hr.update_catalogue_entry(entry["catalogueEntryId"], {name: value}, if_match="*")

    assert ("invalid-input", [(f"/{name}", "immutable")]) == (outcome.code, outcome.findings)
    assert entry == (await hr.get_catalogue_entry(entry["catalogueEntryId"])).must()


async def test_a_shipped_entry_never_changes(speak: Speak, standing: Cast) -> None:
    """Not even by who has seen it."""
    hr = speak(standing.hr)
    entry = await shipped(hr, "activity", "kick-off")

    outcome = await hr.update_catalogue_entry(entry["catalogueEntryId"], {"title": {"nl": "x"}}, if_match="*")

    assert ("refused", "entry-shipped") == (outcome.word, outcome.code)
    assert entry == await shipped(hr, "activity", "kick-off")


@pytest.mark.parametrize("key", ["kick-off", "garden-walk"])
async def test_a_key_is_there_once(speak: Speak, cast: Cast, key: str) -> None:
    """Neither a shipped one nor an own one can be used again for the same kind; for another kind it can."""
    hr = speak(cast.hr)
    (await hr.create_catalogue_entry(WALK)).must()

    again = await hr.create_catalogue_entry(WALK | {"key": key})
    elsewhere = await hr.create_catalogue_entry({"kind": "theme", "key": key, "title": {"nl": "Thema"}})

    assert ("refused", "key-taken") == (again.word, again.code)
    assert "ok" == elsewhere.word


@pytest.mark.parametrize(
    ("changed", "findings"),
    [
        ({"title": {"de": "Gartenrunde"}}, [("/title", "title-language")]),
        ({"marks": ["statutory"]}, [("/marks/0", "mark-not-of-kind")]),
        ({"kind": "theme"}, [("/marks/0", "mark-not-of-kind")]),
        ({"marks": ["recovery", "kick-off", "recovery"]}, [("/marks/2", "duplicate-item")]),
        (
            {"title": {"de": "x"}, "marks": ["team", "team"]},
            [
                ("/title", "title-language"),
                ("/marks/0", "mark-not-of-kind"),
                ("/marks/1", "mark-not-of-kind"),
                ("/marks/1", "duplicate-item"),
            ],
        ),
    ],
)
async def test_an_entry_that_cannot_be_is_refused(
    speak: Speak, standing: Cast, changed: dict[str, Any], findings: list[tuple[str, str]]
) -> None:
    """With every place and rule at once."""
    outcome = await speak(standing.hr).create_catalogue_entry(WALK | changed)

    assert ("invalid-input", findings) == (outcome.code, outcome.findings)


async def test_a_change_follows_the_same_rules(speak: Speak, cast: Cast) -> None:
    """A patch cannot bring in what could not be created."""
    hr = speak(cast.hr)
    entry = (await hr.create_catalogue_entry(WALK)).must()

    outcome = await hr.update_catalogue_entry(entry["catalogueEntryId"], {"marks": ["invitation"]}, if_match="*")

    assert [("/marks/0", "mark-not-of-kind")] == outcome.findings


async def test_changes_are_told(speak: Speak, cast: Cast) -> None:
    """An event and an audit row for each, about the entry."""
    hr = speak(cast.hr)
    entry_id = (await hr.create_catalogue_entry(WALK)).must()["catalogueEntryId"]
    (await hr.update_catalogue_entry(entry_id, {"marks": []}, if_match="*")).must()
    await cast.house.work()
    subject = f"catalogue-entries/{entry_id}"

    events = (await speak(cast.administrator).list_events(limit=100)).must()["items"]
    audit = (await hr.list_audit(limit=100)).must()["items"]

    assert ["nl.peil.catalogue-entry.created", "nl.peil.catalogue-entry.updated"] == [
        one["type"] for one in events if one["subject"] == subject
    ]
    assert ["create_catalogue_entry", "update_catalogue_entry"] == [
        one["event"] for one in audit if one["subject"] == subject
    ]
