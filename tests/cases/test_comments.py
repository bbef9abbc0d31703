"""Comments from questionnaire to release: who reads what when, in what order, and what never comes out."""

import pytest

from anonymity.asking import owner
from cases.commenting import WRITTEN, Told, ask, awaiting, moderate, say, tell
from cases.measuring import advance, codes_of, wave_new
from peil.instruments.model import COMMENT_LENGTH
from support.apis import Rest, Speak
from support.personas import Cast


@pytest.fixture
async def told(cast: Cast) -> Told:
    return await tell(cast, WRITTEN)


async def test_moderated_and_released(speak: Speak, cast: Cast) -> None:
    """The adviser reads, decides and ends; then the others read it all at once, scrubbed and in one order."""
    told = await tell(cast, WRITTEN | {"root-3": "Zoe van der woude luistert niet."})
    adviser, hr = speak(cast.confidential_adviser), speak(cast.hr)
    found = (await adviser.list_awaiting_comments(told.wave_id)).must()["items"]
    by_text = {one["text"]: one["commentId"] for one in found}
    decisions = [
        {"commentId": by_text["Meer rust op dinsdag."], "decision": "release"},
        {"commentId": by_text["De agenda is vol."], "decision": "redact", "text": "De […] is vol."},
        {"commentId": by_text["Bel mij op [nummer]."], "decision": "withhold"},
    ]

    standing = (await adviser.decide_comments(told.wave_id, {"decisions": decisions})).must()
    early = await adviser.end_comment_moderation(told.wave_id)
    last = [{"commentId": by_text["[naam] luistert niet."], "decision": "release"}]
    (await adviser.decide_comments(told.wave_id, {"decisions": last})).must()
    before = await hr.list_comments(told.wave_id)
    ended = (await adviser.end_comment_moderation(told.wave_id)).must()
    await cast.house.work()
    after = (await hr.list_comments(told.wave_id)).must()["items"]

    assert (1, "awaiting") == (standing["undecided"], standing["state"])
    assert "comments-undecided" == early.code
    assert "comments-not-released" == before.code
    assert "ended" == ended["state"]
    assert {"Meer rust op dinsdag.", "De […] is vol.", "[naam] luistert niet."} == {one["text"] for one in after}
    assert sorted(one["commentId"] for one in after) == [one["commentId"] for one in after]
    assert {"commentId", "unitId", "item", "text"} == set(after[0]) - {"__typename", "id", "etag"}


async def test_day_thirty(cast: Cast, told: Told) -> None:
    """What was decided is released, what was not is destroyed; nobody can make up for it afterwards."""
    adviser, hr = Rest(cast.confidential_adviser), Rest(cast.hr)
    found = {one["text"]: one["commentId"] for one in await awaiting(cast, told.wave_id)}
    decision = {"commentId": found["De agenda is vol."], "decision": "release"}
    (await adviser.decide_comments(told.wave_id, {"decisions": [decision]})).must()

    await advance(cast, days=29, hours=23)
    before = await hr.list_comments(told.wave_id)
    await advance(cast, hours=2)
    after = (await hr.list_comments(told.wave_id)).must()["items"]
    again = await adviser.decide_comments(told.wave_id, {"decisions": [decision]})

    assert "comments-not-released" == before.code
    assert ["De agenda is vol."] == [one["text"] for one in after]
    assert [] == await awaiting(cast, told.wave_id)
    assert "moderation-ended" == again.code


async def test_no_second_release(speak: Speak, cast: Cast, told: Told) -> None:
    """Once moderation has ended nothing is decided, ended or released again: never piece by piece."""
    [first, *_] = await awaiting(cast, told.wave_id)
    await moderate(cast, told.wave_id)
    adviser = speak(cast.confidential_adviser)
    manifest = (await adviser.get_comment_release(told.wave_id)).must()

    decided = await adviser.decide_comments(
        told.wave_id, {"decisions": [{"commentId": first["commentId"], "decision": "withhold"}]}
    )
    ended = await adviser.end_comment_moderation(told.wave_id)
    await advance(cast, days=31)

    assert ["moderation-ended", "moderation-ended"] == [decided.code, ended.code]
    assert manifest == (await adviser.get_comment_release(told.wave_id)).must()
    assert 3 == len(manifest["comments"])


async def test_releases_are_chained(cast: Cast, told: Told) -> None:
    """The second wave's comment release names the first one's hash, and its figures."""
    await moderate(cast, told.wave_id)
    first = (await Rest(cast.hr).get_comment_release(told.wave_id)).must()
    hr = Rest(cast.hr)
    wave = await wave_new(cast, instrumentId=(await hr.get_wave(told.wave_id)).must()["instrumentId"])
    second_id = (await hr.plan_wave(wave)).must()["waveId"]
    (await hr.open_wave(second_id)).must()
    await cast.house.work()
    codes = await codes_of(cast, second_id)
    await advance(cast, hours=2)
    for code in codes:
        await say(cast, second_id, code, "Hetzelfde als toen." if code == codes[0] else None)
    await advance(cast, days=1)
    fresh = await awaiting(cast, second_id)
    await moderate(cast, second_id)
    second = (await hr.get_comment_release(second_id)).must()
    release = (await hr.get_release(second_id)).must()

    assert first["previous"] is None
    assert first["hash"] == second["previous"]
    assert release["manifest"]["hash"] == second["figures"]
    assert 1 == len(fresh)


async def test_withdrawn(speak: Speak, cast: Cast, told: Told) -> None:
    """The moderator takes a released comment away for good; nobody else can, and it was there only once."""
    await moderate(cast, told.wave_id)
    adviser, hr = speak(cast.confidential_adviser), speak(cast.hr)
    shown = (await hr.list_comments(told.wave_id)).must()["items"]
    refused = await hr.withdraw_comment(told.wave_id, shown[0]["commentId"])

    (await adviser.withdraw_comment(told.wave_id, shown[0]["commentId"])).must()
    left = (await hr.list_comments(told.wave_id)).must()["items"]
    again = await adviser.withdraw_comment(told.wave_id, shown[0]["commentId"])

    assert "denied" == refused.code
    assert [one["commentId"] for one in shown[1:]] == [one["commentId"] for one in left]
    assert "not-found" == again.code


async def test_kept_two_years(cast: Cast, told: Told) -> None:
    """Released comments are deleted after 24 months by the employer's clock; the manifest stays."""
    await moderate(cast, told.wave_id)
    hr = Rest(cast.hr)

    await advance(cast, days=729)
    late = (await hr.list_comments(told.wave_id)).must()["items"]
    await advance(cast, days=2)
    over = (await hr.list_comments(told.wave_id)).must()["items"]

    assert 3 == len(late)
    assert [] == over
    assert 3 == len((await hr.get_comment_release(told.wave_id)).must()["comments"])


async def test_who_reads_where(speak: Speak, cast: Cast, told: Told) -> None:
    """A comment of `care`, too small, is shown at the top; everybody reads it at their own units and above."""
    await moderate(cast, told.wave_id)
    units = cast.units
    seen = {
        name: {one["unitId"] for one in (await speak(cast.in_role(name)).list_comments(told.wave_id)).must()["items"]}
        for name in ("hr", "manager", "employee", "works_council")
    }
    shown = (await speak(cast.hr).list_comments(told.wave_id)).must()["items"]
    where = {one["text"]: one["unitId"] for one in shown}
    elsewhere = await Rest(cast.employee).list_comments(told.wave_id, unit=units["care"])
    of_unit = (await speak(cast.manager).list_comments(told.wave_id, unit=units["field"])).must()["items"]

    assert units["root"] == where["Bel mij op [nummer]."]
    assert {units["root"], units["sales"], units["field"]} == seen["hr"] == seen["works_council"] == seen["manager"]
    assert {units["root"], units["sales"], units["field"]} == seen["employee"]
    assert "not-found" == elsewhere.code
    assert ["Meer rust op dinsdag."] == [one["text"] for one in of_unit]


async def test_another_employers_moderator(speak: Speak, told: Told, stranger: Cast) -> None:
    """Moderates nothing here: what awaits, decisions, the end and a withdrawal are all not found."""
    adviser = speak(stranger.confidential_adviser)
    [first, *_] = await awaiting(told.cast, told.wave_id)
    decision = {"decisions": [{"commentId": first["commentId"], "decision": "withhold"}]}

    outcomes = [
        await adviser.get_comment_moderation(told.wave_id),
        await adviser.list_awaiting_comments(told.wave_id),
        await adviser.decide_comments(told.wave_id, decision),
        await adviser.end_comment_moderation(told.wave_id),
        await adviser.withdraw_comment(told.wave_id, first["commentId"]),
        await adviser.list_comments(told.wave_id),
    ]

    assert ["not-found"] * 6 == [outcome.code for outcome in outcomes]
    assert 3 == (await Rest(told.cast.confidential_adviser).get_comment_moderation(told.wave_id)).must()["undecided"]


async def test_a_wave_without_comments(cast: Cast) -> None:
    """Also where nobody wrote anything there is a moderation: an event tells nobody whether anybody did."""
    told = await tell(cast, {})
    async with owner(cast.house) as connection:
        events = await connection.fetch(
            "select type, state from peil.event where subject = $1", f"comments/{told.wave_id}"
        )

    await moderate(cast, told.wave_id)

    assert [("comments.awaiting", "awaiting")] == [(event["type"], event["state"]) for event in events]
    assert [] == (await Rest(cast.hr).list_comments(told.wave_id)).must()["items"]


async def test_none_were_asked(speak: Speak, standing: Cast) -> None:
    """Before a wave closes there is nothing to read or to moderate."""
    wave_id = (await Rest(standing.hr).plan_wave(await wave_new(standing))).must()["waveId"]

    assert "not-released" == (await speak(standing.hr).list_comments(wave_id)).code
    assert "not-found" == (await speak(standing.confidential_adviser).get_comment_moderation(wave_id)).code


HOSTILE = {
    "four-bytes": "\U0001f600" * COMMENT_LENGTH,
    "controls": "\x01" * (COMMENT_LENGTH - 1) + "x",
    "quotes": '"' * COMMENT_LENGTH,
    "turning": "\u202e" * (COMMENT_LENGTH - 1) + "x",
}


async def test_hostile_comments(cast: Cast) -> None:
    """The longest comments of any sign fit their envelope, whose size says nothing; NUL and 2,001 are refused."""
    wave_id, codes = await ask(cast, {"root": 14})
    people = [code for person, code in codes.items() if person.startswith("root-")]
    anybody = cast.house.anonymous
    path = f"/waves/{wave_id}/responses"
    nul = await anybody.post(path, {"code": people[0], "answers": {"words": "a\x00b"}})
    long = await anybody.post(path, {"code": people[0], "answers": {"words": "x" * (COMMENT_LENGTH + 1)}})
    for code, text in zip(people, [*HOSTILE.values(), *[None] * 20], strict=False):
        await say(cast, wave_id, code, text)
    async with owner(cast.house) as connection:
        sizes = await connection.fetch(
            "select distinct length(envelope) as size from intake.sealed where wave_id = $1", wave_id
        )

    await advance(cast, days=1)
    texts = {one["text"] for one in await awaiting(cast, wave_id)}

    assert [400, 400] == [nul.status_code, long.status_code]
    assert 1 == len(sizes)
    assert {HOSTILE["four-bytes"], "x", HOSTILE["quotes"]} == texts


async def test_the_questionnaire_says_it(cast: Cast) -> None:
    """At every comment that it is no report, and before that who reads it."""
    wave_id, _ = await ask(cast, {"root": 8})
    anybody = cast.house.anonymous

    asked = await anybody.must(anybody.get(f"/waves/{wave_id}/questionnaire"), 200)

    (line,) = [line["text"] for line in asked["notice"] if line["code"] == "comments"]
    assert {"nl", "en"} == set(asked["commentNotice"]) == set(line)
    assert "geen melding" in asked["commentNotice"]["nl"]
    assert "vertrouwenspersoon" in line["nl"]


async def test_where_comments_are_shown(speak: Speak, cast: Cast, told: Told) -> None:
    """Of each unit the caller may see: at itself, or where few answered at the unit above; never how many."""
    await moderate(cast, told.wave_id)
    units = cast.units
    pages = [(await speak(cast.hr).list_comment_places(told.wave_id, limit=2)).must()]
    while pages[-1]["next"] is not None:
        pages.append((await speak(cast.hr).list_comment_places(told.wave_id, limit=2, cursor=pages[-1]["next"])).must())
    places = {one["unitId"]: one for page in pages for one in page["items"]}
    mine = (await speak(cast.employee).list_comment_places(told.wave_id)).must()["items"]

    expected = {"root": ("root", True), "sales": ("sales", True), "field": ("field", False), "care": ("root", False)}
    assert len(units) == len(places) == sum(len(page["items"]) for page in pages)
    for name, (at, is_beneath) in expected.items():
        assert (units[at], is_beneath) == (places[units[name]]["shownAt"], places[units[name]]["shownBeneath"])
    assert [units[name] for name in ("root", "sales", "field")] == [one["unitId"] for one in mine]
    assert all(one == places[one["unitId"]] for one in mine)


async def test_places_wait_for_the_release(speak: Speak, cast: Cast, told: Told) -> None:
    """Like the comments themselves."""
    outcome = await speak(cast.hr).list_comment_places(told.wave_id)

    assert ("refused", "comments-not-released") == (outcome.word, outcome.code)
