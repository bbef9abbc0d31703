"""Messages that Peil sends itself, through a real relay: to whom, when, and never twice."""

import asyncio
import logging

import pytest

from cases.measuring import advance, answer_all, codes_of
from cases.writing import PAGE, TEAM, advance_clock, employ, long_wave, write_to_people
from support.apis import Rest
from support.personas import Cast, add_people
from support.relay import Postbox


async def test_everybody_is_invited_when_the_wave_opens(cast: Cast, postbox: Postbox) -> None:
    """Not before; once each, with the page and nothing that tells who reads it."""
    await employ(cast)
    await write_to_people(cast)
    wave_id = await long_wave(cast, "ready")
    before = postbox.people
    await advance(cast, hours=2)

    assert ([], TEAM) == (before, sorted(postbox.people))
    text = postbox.taken[0][1].get_content()
    assert f"{PAGE}#wave={wave_id}\r\n" in text
    assert "field-" not in text


async def test_an_employer_that_has_set_nothing_writes_to_nobody(cast: Cast, postbox: Postbox) -> None:
    """Nor is anybody's address kept for later."""
    await employ(cast)
    wave_id = await long_wave(cast, "released")

    listed = (await Rest(cast.hr).list_messages(wave_id)).must()["items"]
    assert ([], []) == (postbox.people, listed)


async def test_a_reminder_comes_on_its_day(cast: Cast, postbox: Postbox) -> None:
    """At the hour of the opening, to everybody where codes are delivered; one after the close never."""
    await employ(cast)
    await write_to_people(cast, reminderDays=[9, 2])
    await long_wave(cast, "open")
    postbox.taken.clear()
    await advance(cast, days=1)
    early = postbox.people
    await advance(cast, days=1)

    assert ([], TEAM) == (early, sorted(postbox.people))
    assert "Herinnering: Puls" == postbox.taken[0][1]["Subject"]
    postbox.taken.clear()
    await advance(cast, days=10)
    assert {"Bedankt: Puls"} == {message["Subject"] for _, message in postbox.taken}


async def test_everybody_is_thanked_whether_they_answered_or_not(cast: Cast, postbox: Postbox) -> None:
    """When there are outcomes; by then the ledger of invited people is gone, and soon the list for this as well."""
    await employ(cast)
    await write_to_people(cast)
    wave_id = await long_wave(cast, "ready")
    codes = await codes_of(cast, wave_id)
    await advance(cast, hours=2)
    await answer_all(cast, wave_id, codes[:9])
    postbox.taken.clear()
    await advance(cast, days=5)

    assert TEAM == sorted(postbox.people)
    assert 0 == await _kept(cast)


@pytest.mark.parametrize("is_closed", [False, True], ids=["open", "closing"])
async def test_people_of_a_cancelled_wave_are_told(cast: Cast, postbox: Postbox, is_closed: bool) -> None:
    """If they had been invited, also where the wave had closed and was not counted; what they sent is destroyed."""
    await employ(cast)
    await write_to_people(cast)
    wave_id = await long_wave(cast, "open")
    if is_closed:
        (await Rest(cast.hr).close_wave(wave_id)).must()
        await cast.house.worker.do_due({"close_wave"})
    postbox.taken.clear()
    (await Rest(cast.hr).cancel_wave(wave_id)).must()
    await cast.house.work()

    assert TEAM == sorted(postbox.people)
    assert "vernietigd" in postbox.taken[0][1].get_content()


async def test_nobody_is_told_of_a_wave_that_never_began(cast: Cast, postbox: Postbox) -> None:
    """Whoever was not invited need not be sent away."""
    await employ(cast)
    await write_to_people(cast)
    wave_id = await long_wave(cast, "ready")
    (await Rest(cast.hr).cancel_wave(wave_id)).must()
    await cast.house.work()
    await advance(cast, days=1)

    assert [] == postbox.people


async def test_one_address_that_is_not_there_stops_nobody(cast: Cast, postbox: Postbox) -> None:
    """Nor does one that is put off; who has no address is passed over."""
    await employ(cast)
    await write_to_people(cast)
    postbox.unknown, postbox.busy = {TEAM[3]}, {TEAM[5]}
    await long_wave(cast, "open")

    assert sorted({*TEAM} - {TEAM[3], TEAM[5]}) == sorted(postbox.people)


async def test_a_relay_that_takes_nothing_is_asked_again(cast: Cast, postbox: Postbox) -> None:
    """Nobody is passed over meanwhile, and nobody is written to twice."""
    await employ(cast)
    await write_to_people(cast)
    postbox.forbids = True
    await long_wave(cast, "open")
    refused = postbox.people
    postbox.forbids = False
    await cast.house.work()

    assert ([], TEAM) == (refused, sorted(postbox.people))


@pytest.mark.parametrize("with_mail", [True, False])
async def test_nobody_is_written_to_twice_after_a_crash(cast: Cast, postbox: Postbox, *, with_mail: bool) -> None:
    """The relay dies in the middle, with a mail whose receipt it did not say: at most that one is lost."""
    await employ(cast)
    await write_to_people(cast)
    postbox.dies_after, postbox.dies_with_mail = 4, with_mail
    await long_wave(cast, "open")
    await cast.house.work()

    people = postbox.people
    assert len(people) == len(set(people)) == (10 if with_mail else 9)


async def test_the_worker_can_die_in_the_middle(cast: Cast, postbox: Postbox) -> None:
    """What it had handed over is not handed over again by the next."""
    await employ(cast)
    await write_to_people(cast)
    await long_wave(cast, "ready")
    await advance_clock(cast, hours=2)
    dying = asyncio.create_task(cast.house.work())
    while len(postbox.taken) < 4:  # noqa: ASYNC110  # the relay has no event for it
        await asyncio.sleep(0)
    dying.cancel()
    await asyncio.gather(dying, return_exceptions=True)
    await cast.house.work()

    people = postbox.people
    assert len(people) == len(set(people))
    assert len(people) >= 9


async def test_the_log_names_nobody(cast: Cast, postbox: Postbox, caplog: pytest.LogCaptureFixture) -> None:
    """Nor does it count: what stands in it is the same whether mail was taken, refused or put off."""
    await employ(cast)
    await write_to_people(cast)
    postbox.unknown, postbox.busy = {TEAM[3]}, {TEAM[5]}
    with caplog.at_level(logging.DEBUG, logger="peil"):
        await long_wave(cast, "open")

    said = [record.getMessage() for record in caplog.records if record.name.startswith(("peil", "aiosmtplib"))]
    assert ([], 8) == (said, len(postbox.taken))


async def test_no_wave_closes_late_for_a_slow_relay(cast: Cast, postbox: Postbox) -> None:
    """The relay answers nobody, and another job is done all the same."""
    await employ(cast)
    await write_to_people(cast)
    wave_id = await long_wave(cast, "ready")
    postbox.stalls.clear()
    await advance_clock(cast, hours=2)
    working = asyncio.create_task(cast.house.worker.run())
    await postbox.waiting.wait()
    (await Rest(cast.hr).close_wave(wave_id)).must()

    async with asyncio.timeout(5):
        while (await Rest(cast.hr).get_wave(wave_id)).must()["state"] != "released":  # noqa: ASYNC110  # no event
            await asyncio.sleep(0.05)
    working.cancel()
    await asyncio.gather(working, return_exceptions=True)
    assert [] == postbox.people


async def test_people_are_written_in_their_language(cast: Cast, postbox: Postbox) -> None:
    """A variety of it will do; without one of theirs it is the employer's."""
    languages = ["nl", "en", "en-GB", "pl", None]
    await add_people(
        cast.hr,
        [
            {"externalId": f"p{n}", "unitExternalId": "field", "email": f"p{n}@example.org", "language": language}
            for n, language in enumerate(languages)
        ],
    )
    await employ(cast)
    own = {"kind": "invitation", "language": "pl", "subject": "{wave}: zapraszamy", "opening": "Dzień dobry!"}
    await write_to_people(cast, texts=[own])
    await long_wave(cast, "open")
    subjects = {to: message["Subject"] for to, message in postbox.taken if to.startswith("p")}

    assert [
        "Doet u mee? Puls",
        "Will you take part? Puls",
        "Will you take part? Puls",
        "Puls: zapraszamy",
        "Doet u mee? Puls",
    ] == [subjects[f"p{n}@example.org"] for n in range(5)]


async def _kept(cast: Cast) -> int:
    """How many people are kept for a last message."""
    async with cast.house.worker.parts.database.transaction(cast.employer.employer_id) as rows:
        found: int = await rows.value(
            "select count(*) from participation.addressee where employer_id = $1", cast.employer.employer_id
        )
        return found
