"""Reminders in blind mode: to those without an answer token, unless that would point at somebody."""

from cases.measuring import advance
from cases.writing import PAGE, TEAM, advance_clock, employ, long_wave, write_to_people
from support.answering import obtain
from support.apis import Rest
from support.personas import Cast
from support.relay import Postbox


async def take_tokens(cast: Cast, wave_id: str, number: int) -> list[str]:
    """The first so many get a token; the addresses of all others."""
    for email in TEAM[:number]:
        await obtain(cast.employer.person(email.partition("@")[0]), wave_id)
    return TEAM[number:]


async def reminded(cast: Cast, postbox: Postbox, **by: float) -> list[str]:
    """Who is written to meanwhile."""
    postbox.taken.clear()
    await advance(cast, **by)
    return sorted(postbox.people)


async def test_who_has_a_token_is_not_reminded(cast: Cast, postbox: Postbox) -> None:
    """Where at least k_N of the group are left; the last reminder goes to everybody."""
    await employ(cast)
    await write_to_people(cast, reminderDays=[1, 2])
    wave_id = await long_wave(cast, "open", mode="blind")
    left = await take_tokens(cast, wave_id, 3)

    first, last = [await reminded(cast, postbox, days=1) for _ in range(2)]

    assert (left, TEAM) == (first, last)


async def test_where_few_are_left_everybody_is_reminded(cast: Cast, postbox: Postbox) -> None:
    """Six of ten: fewer than k_N, so a reminder says nothing of anybody."""
    await employ(cast)
    await write_to_people(cast, reminderDays=[1, 2])
    wave_id = await long_wave(cast, "open", mode="blind")
    await take_tokens(cast, wave_id, 4)

    assert TEAM == await reminded(cast, postbox, days=1)


async def test_who_is_left_when_it_goes_out_decides(cast: Cast, postbox: Postbox) -> None:
    """Seven were left when the reminder was due; when the relay is back there are five, who would stand out."""
    await employ(cast)
    await write_to_people(cast, reminderDays=[1, 2])
    wave_id = await long_wave(cast, "open", mode="blind")
    await take_tokens(cast, wave_id, 3)
    await advance_clock(cast, days=1)
    await cast.house.worker.do_due(["publish_message"])
    for email in TEAM[3:5]:
        await obtain(cast.employer.person(email.partition("@")[0]), wave_id)

    assert TEAM == await reminded(cast, postbox, seconds=1)


async def test_few_who_can_be_reached_are_few(cast: Cast, postbox: Postbox) -> None:
    """Seven have no token, but one of them wants no messages: the six others would stand out."""
    await employ(cast)
    await write_to_people(cast, reminderDays=[1, 2])
    wave_id = await long_wave(cast, "open", mode="blind")
    await take_tokens(cast, wave_id, 3)
    (await Rest(cast.employer.person("field-9")).create_opt_out()).must()

    assert TEAM[:9] == await reminded(cast, postbox, days=1)


async def test_the_link_names_the_manifest(cast: Cast, postbox: Postbox) -> None:
    """The page behind it refuses every other."""
    await employ(cast)
    await write_to_people(cast)
    wave_id = await long_wave(cast, "open", mode="blind")

    wave = (await Rest(cast.hr).get_wave(wave_id)).must()
    assert f"{PAGE}#wave={wave_id}&manifest={wave['manifestSha256']}\r\n" in postbox.taken[0][1].get_content()


async def test_nobody_learns_who_was_reminded(cast: Cast, postbox: Postbox) -> None:
    """Nor how many: what the API, the feed and the audit trail say is the same whoever has a token."""
    await employ(cast)
    await write_to_people(cast, reminderDays=[1, 2])
    seen = []
    for number in (0, 2):
        wave_id = await long_wave(cast, "open", mode="blind")
        await take_tokens(cast, wave_id, number)
        await advance(cast, days=3)
        seen.append(await _told(cast, wave_id))
        (await Rest(cast.hr).close_wave(wave_id)).must()
        await cast.house.work()
        postbox.taken.clear()

    assert seen[0] == seen[1]
    assert 3 == len(seen[0][0])


async def _told(cast: Cast, wave_id: str) -> tuple[list[tuple[str, str]], list[str], int]:
    """What is told of a wave's messages: kinds and audiences, events, and rows of the audit trail."""
    listed = (await Rest(cast.hr).list_messages(wave_id)).must()["items"]
    ids = {message["messageId"] for message in listed}
    feed = await cast.vendor.must(cast.vendor.get("/events?limit=200"), 200)
    events = [event["type"] for event in feed["items"] if event["subject"].removeprefix("messages/") in ids]
    trail = (await Rest(cast.works_council).list_audit(limit=200)).must()["items"]
    rows = [row for row in trail if row["subject"].removeprefix("messages/") in ids]
    return [(message["kind"], message["audience"]) for message in listed], events, len(rows)
