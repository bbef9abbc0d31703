"""Wanting no messages: by the own sign-in or by the link of a message, and known to nobody else."""

import re
from urllib.parse import urlsplit

import httpx
import pytest

from cases.measuring import advance
from cases.writing import TEAM, employ, long_wave, write_to_people
from support.answering import obtain
from support.apis import Rest, Speak
from support.personas import Cast
from support.relay import Postbox

ONE_CLICK = {"List-Unsubscribe": "One-Click"}


async def link_in(cast: Cast, postbox: Postbox, to: str) -> str:
    """The path of the link in the header of somebody's invitation."""
    await employ(cast)
    await write_to_people(cast, reminderDays=[1])
    await long_wave(cast, "open")
    message = dict(postbox.taken)[to]
    postbox.taken.clear()
    return str(urlsplit(str(message["List-Unsubscribe"]).strip("<>")).path)


async def test_people_choose_for_themselves(speak: Speak, cast: Cast) -> None:
    """And change their mind; it stands in no audit trail and no feed."""
    person = speak(cast.employee)
    before = len(await _told(cast))
    chosen = [
        (await person.call(name)).must() for name in ("get_opt_out", "create_opt_out", "get_opt_out", "revoke_opt_out")
    ]

    assert [False, True, True, False] == [one["optedOut"] for one in chosen]
    assert before == len(await _told(cast))


@pytest.mark.parametrize("form", [{"data": ONE_CLICK}, {"files": {"List-Unsubscribe": (None, "One-Click")}}])
async def test_a_mail_program_opts_out_at_once(cast: Cast, postbox: Postbox, form: dict[str, dict[str, str]]) -> None:
    """By one POST without a sign-in (RFC 8058), in either kind of form; the next message does not come."""
    path = await link_in(cast, postbox, TEAM[0])
    answer = await cast.house.http.post(path, **form)  # type: ignore[arg-type]  # two kinds of form
    await advance(cast, days=1)

    assert (200, TEAM[1:]) == (answer.status_code, sorted(postbox.people))
    assert "set-cookie" not in answer.headers


async def test_opening_the_link_changes_nothing(cast: Cast, postbox: Postbox) -> None:
    """Mail scanners open every link; a person finds a button there, and another one to come back."""
    path = await link_in(cast, postbox, TEAM[0])
    shown = await cast.house.http.get(path, headers={"accept": "text/html", "accept-language": "nl"})
    person = Rest(cast.employer.person("field-0"))
    untouched = (await person.get_opt_out()).must()["optedOut"]
    pressed = await cast.house.http.post(_action(shown), data={})
    stopped = (await person.get_opt_out()).must()["optedOut"]
    await cast.house.http.post(_action(pressed), data={})

    assert (False, True, False) == (untouched, stopped, (await person.get_opt_out()).must()["optedOut"])
    assert "Stuur mij geen berichten meer" in shown.text
    assert "no-store" == shown.headers["cache-control"]


async def test_a_link_of_nobodys_making_opens_nothing(cast: Cast, postbox: Postbox) -> None:
    """Changed in one place, cut short or made up: 404, as for somebody who is not there."""
    path = await link_in(cast, postbox, TEAM[0])
    changed = path[:-4] + ("A" if path[-4] != "A" else "B") + path[-3:]
    answers = [
        await cast.house.http.post(one, data=ONE_CLICK)
        for one in (changed, path[:-8], "/opt-out/abc", "/opt-out/a%C3%A9")
    ]

    assert [404] * 4 == [one.status_code for one in answers]
    assert not (await Rest(cast.employer.person("field-0")).get_opt_out()).must()["optedOut"]


async def test_who_wants_no_messages_is_still_invited(cast: Cast, postbox: Postbox) -> None:
    """And can answer like everybody else."""
    await employ(cast)
    await write_to_people(cast)
    person = cast.employer.person("field-0")
    (await Rest(person).create_opt_out()).must()
    wave_id = await long_wave(cast, "open", mode="blind")

    assert TEAM[1:] == sorted(postbox.people)
    assert await obtain(person, wave_id)


async def test_no_role_sees_who_wants_no_messages(cast: Cast) -> None:
    """What HR and the vendor read of a person is the same as before."""
    path = "/people?limit=200"
    before = (await cast.hr.get(path)).content
    (await Rest(cast.employee).create_opt_out()).must()

    assert before == (await cast.hr.get(path)).content


async def _told(cast: Cast) -> list[str]:
    await cast.house.work()
    feed = await cast.vendor.must(cast.vendor.get("/events?limit=200"), 200)
    trail = (await Rest(cast.works_council).list_audit(limit=200)).must()["items"]
    return [event["id"] for event in feed["items"]] + [row["auditId"] for row in trail]


def _action(page: httpx.Response) -> str:
    found = re.search(r'action="([^"]+)"', page.text)
    assert found is not None, page.text
    return found[1]
