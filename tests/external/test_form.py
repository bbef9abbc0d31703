"""An employee answers a wave in a real Chromium, from a page of the employer's intranet on another origin."""

import asyncio
import csv
import io
import json
from collections.abc import AsyncIterator
from typing import Any, NamedTuple

import pytest
from playwright.async_api import BrowserContext, Frame, Page, Request, Route

from cases.measuring import advance, codes_of
from support.answering import wave_of
from support.browsing import Street, answered_in, open_street, violations
from support.house import House
from support.personas import Cast, add_crowd, add_people, cast_of
from support.questions import open_survey

pytestmark = [pytest.mark.external, pytest.mark.needs("chromium")]

ANSWERS = {"workload": 4, "energy": 8, "light": "amber", "pause": "yes", "place": None, "idea": "Minder <b>overleg</b>"}
ROUTES = [
    {"kind": "confidential-adviser", "name": "Noor de Wit", "contact": "020 555 01 23"},
    {
        "kind": "complaints-procedure",
        "name": "Klachtenregeling",
        "contact": "https://intranet.example/klachten",
        "explanation": {"nl": "Ook voor wie wordt ingeleend.", "en": "For agency workers too."},
    },
]
NARROW = {"width": 320, "height": 640}


class Asked(NamedTuple):
    """A street, and an open wave in blind mode of an employer whose intranet stands in it."""

    street: Street
    cast: Cast
    wave_id: str


@pytest.fixture(scope="module")
async def street(house: House) -> AsyncIterator[Street]:
    async with open_street(house) as opened:
        yield opened


@pytest.fixture(scope="module")
async def asked(house: House, street: Street) -> Asked:
    """The employees of `field` and `root` may answer; the employer names whom people can turn to."""
    cast = await cast_of(await house.employer("Browser BV", origins=[street.intranet, street.abroad]))
    await add_crowd(cast.hr, root=12, field=14)
    names = [f"root-{width}-{theme}" for width in (320, 1024) for theme in ("light", "dark")]
    await add_people(cast.hr, [{"externalId": name, "unitExternalId": "root"} for name in names])
    for route in ROUTES:
        await cast.hr.must(cast.hr.post("/support-routes", route))
    return Asked(street, cast, await open_survey(cast))


async def choose(frame: Frame) -> None:
    """Answers every question with the mouse."""
    await frame.get_by_label("Mee eens (4 van 5)", exact=True).check()
    await frame.get_by_label("8 van 11").check()
    await frame.get_by_label("Oranje").check()
    await frame.get_by_label("Ja", exact=True).check()
    await frame.locator("fieldset", has_text="Waar werkt u het meest?").get_by_label("Liever geen antwoord").check()
    await frame.get_by_role("textbox", name="Wat zou helpen?").fill(str(ANSWERS["idea"]))


async def handout_codes_of(cast: Cast, wave_id: str) -> list[str]:
    """Draws the codes that are handed out."""
    response = await cast.hr.post(f"/waves/{wave_id}/handout-codes")
    assert 200 == response.status_code, response.text
    return [line["code"] for line in csv.DictReader(io.StringIO(response.text))]


async def begin(frame: Frame) -> None:
    """From the notice to the first question."""
    await frame.get_by_role("button", name="Begin").click()
    await frame.wait_for_selector("fieldset")


async def send(frame: Frame) -> str:
    """Sends; what the form says then."""
    await frame.get_by_role("button", name="Verstuur").click()
    await frame.get_by_role("heading", name="Dank u wel").wait_for()
    return await frame.locator("main").inner_text()


def sent_by(context: BrowserContext) -> list[Request]:
    """The answers that go to the intake, as the network sees them."""
    found: list[Request] = []
    context.on("request", lambda one: found.append(one) if one.url.endswith("/responses") else None)
    return found


def answers_in(request: Request) -> Any:
    return json.loads(request.post_data or "")["answers"]


async def test_an_employee_answers_with_the_mouse(asked: Asked, house: House) -> None:
    """From the notice to thanks; what was chosen is sent once, and nothing that says who sent it."""
    street, before = asked.street, await answered_in(house, asked.wave_id)
    async with street.visitor(locale="nl-NL") as context:
        sent = sent_by(context)
        _, frame = await street.enter(context, asked.cast.employer.person("field-0"))
        notice = await frame.locator("main").inner_text()
        await begin(frame)
        asked_with = await frame.locator("form").inner_text()
        await choose(frame)
        thanks = await send(frame)
        headers = await sent[0].all_headers()

    for told in ("vrijwillig", "Anoniem", "field", "niet intrekken", "live beide aanroepen volgt", "Noor"):
        assert told in notice
    assert "© Peil, 2026" in asked_with
    assert "verzegeld" in thanks
    assert [ANSWERS] == [answers_in(one) for one in sent]
    assert set() == {"authorization", "cookie", "referer", "traceparent"} & headers.keys()
    assert before + 1 == await answered_in(house, asked.wave_id)


async def test_an_employee_answers_with_the_keyboard_alone(asked: Asked) -> None:
    """Tab, space, arrows and Enter reach and do everything; the focus is always visible."""
    street = asked.street
    async with street.visitor(locale="nl-NL") as context:
        sent = sent_by(context)
        page, frame = await street.enter(context, asked.cast.employer.person("field-1"))
        await tab_to(page, frame, "button", "Begin")
        await page.keyboard.press("Enter")
        await frame.wait_for_selector("fieldset")
        await tab_to(page, frame, "input", "workload")
        for key in ("Space", "ArrowRight", "ArrowRight", "ArrowRight"):
            await page.keyboard.press(key)
        await tab_to(page, frame, "input", "light")
        for key in ("Space", "ArrowRight"):
            await page.keyboard.press(key)
        await tab_to(page, frame, "textarea", "")
        await page.keyboard.type("Rust")
        await tab_to(page, frame, "button", "Verstuur")
        await page.keyboard.press("Enter")
        await frame.get_by_role("heading", name="Dank u wel").wait_for()

    assert [{"workload": 4, "light": "amber", "idea": "Rust"}] == [answers_in(one) for one in sent]


async def tab_to(page: Page, frame: Frame, tag: str, name: str) -> None:
    """Presses Tab until this control has the focus, and sees that the focus shows."""
    for _ in range(40):
        await page.keyboard.press("Tab")
        seen = await frame.evaluate(
            """() => {
              const one = document.activeElement;
              const shown = one.closest(".choice") ?? one;
              return [one.localName, one.name || (one.localName === "button" ? one.textContent : ""),
                getComputedStyle(shown).outlineStyle];
            }"""
        )
        if seen[:2] == [tag, name]:
            assert "solid" == seen[2]
            return
    raise AssertionError(f"Tab never reaches {tag} {name}")


async def test_a_reload_in_the_middle_keeps_the_token_and_no_answer(asked: Asked, house: House) -> None:
    """What was chosen is gone, by design; the token is there, and the person answers after all."""
    street, before = asked.street, await answered_in(house, asked.wave_id)
    async with street.visitor(locale="nl-NL") as context:
        page, frame = await street.enter(context, asked.cast.employer.person("field-2"))
        await begin(frame)
        await choose(frame)
        kept = await frame.evaluate("JSON.stringify({...localStorage, ...sessionStorage})")
        await page.reload()
        frame = await street.form_in(page)
        await begin(frame)
        chosen = await frame.locator("input:checked").count()
        await choose(frame)
        await send(frame)
        left = await frame.evaluate("localStorage.length + sessionStorage.length")

    assert "overleg" not in kept
    assert (0, 0, before + 1) == (chosen, left, await answered_in(house, asked.wave_id))


async def test_a_browser_that_keeps_nothing_says_so_first(asked: Asked) -> None:
    """A private window keeps nothing for a frame of another site: whoever begins knows not to reload."""
    street, person = asked.street, asked.cast.employer.person("field-6")
    async with street.visitor(locale="nl-NL") as context:
        _, frame = await street.enter(context, person, street.abroad)
        told = await frame.locator(".warning").inner_text()
        await begin(frame)
        await choose(frame)
        await send(frame)

    assert "bewaart niets" in told


async def test_what_is_kept_goes_when_the_wave_is_closed(house: House, street: Street) -> None:
    """Whether somebody sends too late or only opens the link again: the token can open nothing any more."""
    cast = await cast_of(await house.employer("Voorbij BV", origins=[street.intranet]))
    await add_crowd(cast.hr, root=12)
    wave_id = await open_survey(cast)
    async with street.visitor(refused=409) as sender, street.visitor(refused=409) as opener:
        frames = []
        for number, context in enumerate((sender, opener)):
            _, frame = await street.enter(context, cast.employer.person(f"root-{number}"))
            await begin(frame)
            frames.append(frame)
        before = [await frame.evaluate("localStorage.length") for frame in frames]
        await cast.hr.must(cast.hr.post(f"/waves/{wave_id}/close"), 202)
        await house.work()
        await asyncio.sleep(2.5)  # the intake looks at a wave every two seconds
        await frames[0].get_by_role("button", name="Verstuur").click()
        told = await frames[0].get_by_role("alert").inner_text()
        again = await opener.new_page()
        await again.goto(f"{street.intake}/answer#wave={wave_id}")
        await again.get_by_role("alert").wait_for()
        after = [await frame.evaluate("localStorage.length") for frame in (frames[0], again)]

    assert "gesloten" in told
    assert ([1, 1], [0, 0]) == (before, after)


async def test_two_colleagues_share_a_browser(asked: Asked, house: House) -> None:
    """The token that one of them left behind is not used up by the other."""
    street, before = asked.street, await answered_in(house, asked.wave_id)
    first, second = (asked.cast.employer.person(name) for name in ("field-3", "field-4"))
    async with street.visitor(locale="nl-NL") as context:
        _, frame = await street.enter(context, first)
        await begin(frame)
        for person in (second, first):
            _, frame = await street.enter(context, person)
            await begin(frame)
            await choose(frame)
            await send(frame)

    assert before + 2 == await answered_in(house, asked.wave_id)


async def test_the_token_goes_to_another_device(asked: Asked, house: House) -> None:
    """By a link or its QR code; where it was issued and is not, the page says so and takes the link."""
    street, before = asked.street, await answered_in(house, asked.wave_id)
    person = asked.cast.employer.person("field-5")
    async with street.visitor(locale="nl-NL") as context:
        _, frame = await street.enter(context, person)
        await begin(frame)
        await frame.get_by_text("Verder op een ander apparaat").click()
        link = await frame.get_by_label("Koppeling met uw antwoordbewijs").input_value()
        await frame.get_by_role("img", name="De koppeling als QR-code").wait_for()
    async with street.visitor(locale="nl-NL") as context:
        _, frame = await street.enter(context, person)
        await frame.get_by_role("button", name="Begin").click()
        lost = await frame.get_by_role("alert").first.inner_text()
        await frame.get_by_label("Koppeling van uw andere apparaat").fill("https://elders.example/#token=x")
        await frame.get_by_role("button", name="Gebruik dit antwoordbewijs").click()
        wrong = await frame.locator("#paste-error").inner_text()
        phone = await context.new_page()
        await phone.goto(link)
        await phone.get_by_role("button", name="Begin").click()
        await choose(phone.main_frame)
        await send(phone.main_frame)
        address = phone.url

    assert "is er geen nieuw" in lost
    assert "geen koppeling" in wrong
    assert "token" not in address
    assert before + 1 == await answered_in(house, asked.wave_id)


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 1024])
async def test_the_form_is_accessible(asked: Asked, theme: Any, width: int) -> None:
    """axe-core finds nothing on any screen, light or dark, small or large, and nothing is wider than the screen."""
    street, person = asked.street, asked.cast.employer.person(f"root-{width}-{theme}")
    size = {"width": width, "height": 800}
    async with street.visitor(locale="nl-NL", color_scheme=theme, viewport=size, reduced_motion="reduce") as context:
        page, frame = await street.enter(context, person)
        found, wide = [], []
        for step in ("notice", "questions", "answered", "carry"):
            if step == "questions":
                await frame.get_by_role("button", name="Begin").click()
                await frame.wait_for_selector("fieldset, [role=alert]")
            if step == "answered":
                await choose(frame)
            if step == "carry":
                await frame.get_by_text("Verder op een ander apparaat").click()
                await frame.get_by_role("img", name="De koppeling als QR-code").wait_for()
            found += [f"{step} {one}" for one in await violations(frame)]
            wide.append(await frame.evaluate("document.documentElement.scrollWidth - innerWidth"))
        await page.wait_for_timeout(100)

    assert [] == found
    assert 0 >= max(wide)


async def test_axe_finds_what_is_wrong(asked: Asked) -> None:
    """A control without a name, planted in the form, is found."""
    street = asked.street
    async with street.visitor(locale="nl-NL") as context:
        _, frame = await street.enter(context, asked.cast.employer.person("root-0"))
        await frame.evaluate("document.querySelector('main').append(document.createElement('input'))")
        found = await violations(frame)

    assert any("label" in one for one in found)


async def test_the_form_speaks_dutch_english_and_the_languages_of_the_questions(asked: Asked) -> None:
    """Switching keeps what was chosen; Arabic questions run from right to left, between English words."""
    street = asked.street
    async with street.visitor(locale="nl-NL") as context:
        _, frame = await street.enter(context, asked.cast.employer.person("root-3"))
        await begin(frame)
        await frame.get_by_label("Ja", exact=True).check()
        await frame.get_by_label("Taal").select_option("en")
        english = await frame.locator("main").inner_text()
        kept = await frame.get_by_label("Yes", exact=True).is_checked()
        await frame.get_by_label("Language").select_option("ar")
        heading = frame.locator("h1")
        direction = await frame.locator("fieldset").first.evaluate("one => getComputedStyle(one).direction")
        arabic = await heading.inner_text()

    assert "Prefer not to say" in english
    assert "Did you take a break?" in english
    assert kept
    assert ("rtl", "كيف حال العمل والراحة؟") == (direction, arabic)


async def test_a_kiosk_keeps_nothing_and_starts_again(asked: Asked) -> None:
    """A minute after the last deed, with a warning before, and in the language of the place."""
    street = asked.street
    street.show("/kiosk", EXAMPLE_KIOSK)
    async with street.visitor(locale="nl-NL") as context:
        page = await context.new_page()
        await page.clock.install()
        street.server.person = asked.cast.employer.person("root-4")
        await page.goto(f"{street.intranet}/kiosk")
        frame = await street.form_in(page)
        await begin(frame)
        await frame.get_by_label("Ja", exact=True).check()
        stored = await frame.evaluate("localStorage.length + sessionStorage.length")
        await page.clock.run_for(50_000)
        warned = await frame.get_by_role("alert").first.inner_text()
        await frame.locator("label.language select").select_option("en")
        await page.clock.run_for(65_000)
        await frame.get_by_role("button", name="Begin").wait_for()
        spoken = await frame.locator(".screen").get_attribute("lang")

    assert 0 == stored
    assert "begint dit scherm opnieuw" in warned
    assert "nl" == spoken


async def test_a_late_reply_touches_nothing_of_the_next_sitting(house: House, street: Street) -> None:
    """The answer is recorded and the kiosk began anew meanwhile: who sits there now sees the notice, and may go on."""
    cast = await cast_of(await house.employer("Traag BV"))
    await add_crowd(cast.hr, root=12)
    wave_id = await open_survey(cast, "split")
    first, second, *_ = await codes_of(cast, wave_id)
    await advance(cast, hours=2)
    async with street.visitor(locale="nl-NL") as context:
        page = await context.new_page()
        await page.clock.install()
        late = asyncio.Event()

        async def hold(route: Route) -> None:
            answer = await route.fetch()
            await late.wait()
            await route.fulfill(response=answer)

        await context.route("**/responses", hold, times=1)
        await page.goto(f"{street.intake}/answer#wave={wave_id}&kiosk&language=nl")
        await begin_with(page, first)
        await page.get_by_role("button", name="Verstuur").click()
        await page.clock.run_for(61_000)
        await begin_with(page, second)
        await page.get_by_label("Ja", exact=True).check()
        async with page.expect_response("**/responses"):
            late.set()
        await page.wait_for_timeout(200)
        still = await page.get_by_label("Ja", exact=True).is_checked(timeout=1_000)
        await send(page.main_frame)

    assert (True, 2) == (still, await answered_in(house, wave_id))


async def begin_with(page: Page, code: str) -> None:
    """From the notice of a kiosk to the first question."""
    await page.get_by_label("Uw code").fill(code)
    await begin(page.main_frame)


async def test_a_kiosk_takes_one_answer_of_each_sign_in(asked: Asked, house: House) -> None:
    """A shared account has answered once it has; whoever signs in after that answers too."""
    street, before, told = asked.street, await answered_in(house, asked.wave_id), []
    street.show("/kiosk", EXAMPLE_KIOSK)
    async with street.visitor(refused=409, locale="nl-NL") as context:
        page = await context.new_page()
        await page.clock.install()
        for person in ("root-5", "root-6"):
            street.server.person = asked.cast.employer.person(person)
            await page.goto(f"{street.intranet}/kiosk")
            frame = await street.form_in(page)
            await begin(frame)
            await send(frame)
            await page.clock.run_for(20_000)
            await frame.get_by_role("button", name="Begin").click()
            told.append(await frame.get_by_role("alert").first.inner_text())

    assert [True, True] == ["al opgehaald" in one for one in told]
    assert before + 2 == await answered_in(house, asked.wave_id)


EXAMPLE_KIOSK = """<!doctype html><html lang="nl"><title>Kiosk</title><div id="pulse"></div><script type="module">
import { showForm } from "https://answers.example/peil.js";
const getToken = async () => (await fetch("/my-peil-token")).text();
const told = { api: "https://peil.example", getToken, language: "nl", kiosk: true };
await showForm(document.querySelector("#pulse"), told);
</script></html>"""


async def test_another_list_of_keys_than_was_announced_is_refused(asked: Asked) -> None:
    """In words, and before anything is blinded or signed: a key of one's own would give the person away."""
    street, person = asked.street, asked.cast.employer.person("field-7")
    asked_for: list[str] = []
    async with street.visitor(locale="nl-NL") as context:
        context.on("request", lambda one: asked_for.append(one.url.rsplit("/", 1)[-1]))
        await context.route("**/manifest", altered)
        _, frame = await street.enter(context, person)
        told = await frame.get_by_role("alert").inner_text()

    assert "een andere dan is aangekondigd" in told
    assert "answer-tokens" not in asked_for


async def test_the_invitation_says_which_list_of_keys_counts(asked: Asked) -> None:
    """Its link names the wave and the manifest, whatever the API says later."""
    street, person = asked.street, asked.cast.employer.person("field-9")
    told = []
    for manifest in ("0" * 64, (await wave_of(person, asked.wave_id))["manifestSha256"]):
        async with street.visitor(locale="nl-NL") as context:
            link = f"{street.intranet}/#wave={asked.wave_id}&manifest={manifest}"
            _, frame = await street.enter(context, person, link)
            told.append(await frame.locator("h1").inner_text())

    assert ["Er ging iets mis", "Hoe gaat het met werk en rust?"] == told


async def altered(route: Route) -> None:
    """The manifest with one person more in a group."""
    answer = await route.fetch()
    await route.fulfill(response=answer, body=(await answer.text()).replace('"invited":', '"invited":1'))


async def test_a_comment_says_that_it_is_no_report_channel(asked: Asked) -> None:
    """And where to turn to instead, and how much room is left."""
    street, person = asked.street, asked.cast.employer.person("field-8")
    async with street.visitor(locale="nl-NL", viewport=NARROW) as context:
        _, frame = await street.enter(context, person)
        await begin(frame)
        box = frame.get_by_role("textbox", name="Wat zou helpen?")
        described = await box.evaluate(
            "one => document.getElementById(one.getAttribute('aria-describedby')).textContent"
        )
        await box.fill("Rust")
        told = await frame.locator("fieldset", has=box).inner_text()
        await frame.get_by_label("Taal").select_option("en")
        english = await frame.locator("fieldset", has=frame.locator("textarea")).inner_text()
        found = await violations(frame)

    assert "geen melding" in described
    for route in ("Noor de Wit (vertrouwenspersoon): 020 555 01 23", "Klachtenregeling: https", "ingeleend"):
        assert route in told
    for route in ("not a report channel", "Noor de Wit (confidential adviser)", "agency workers"):
        assert route in english
    assert "Nog 1996 tekens" in told
    assert [] == found


@pytest.mark.parametrize("mode", ["split", "handout"])
async def test_a_code_is_answered_at_a_kiosk(house: House, street: Street, mode: str) -> None:
    """Without any sign-in: the code is asked for first, a wrong one in words, and after thanks the next one begins."""
    cast = await cast_of(await house.employer("Kiosk BV"))
    await add_crowd(cast.hr, root=12)
    await cast.hr.must(cast.hr.post("/support-routes", ROUTES[0]))
    wave_id = await open_survey(cast, mode)
    code, *_ = await (codes_of(cast, wave_id) if mode == "split" else handout_codes_of(cast, wave_id))
    await advance(cast, hours=2)
    async with street.visitor(locale="nl-NL", viewport=NARROW) as context:
        page = await context.new_page()
        await page.clock.install()
        await page.goto(f"{street.intake}/answer#wave={wave_id}&kiosk&language=nl")
        told = await page.locator("section.support").inner_text()
        await page.get_by_label("Uw code").fill("kort")
        await page.get_by_role("button", name="Begin").click()
        wrong = await page.locator("#code-error").inner_text()
        await page.get_by_label("Uw code").fill(code.lower())
        await page.get_by_role("button", name="Begin").click()
        await choose(page.main_frame)
        await send(page.main_frame)
        await page.clock.run_for(20_000)
        await page.get_by_label("Uw code").wait_for()
        left = await page.get_by_label("Uw code").input_value()

    assert "Noor de Wit" in told
    assert "geen hele code" in wrong
    assert ("", 1) == (left, await answered_in(house, wave_id))
