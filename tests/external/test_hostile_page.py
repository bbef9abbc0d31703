"""A page around the form that listens to everything it can learns no answer and no answer token."""

import json
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from playwright.async_api import Page

from support.browsing import EXAMPLE, Street, answered_in, open_street
from support.house import House
from support.personas import Cast, add_crowd, cast_of
from support.questions import open_survey

pytestmark = [pytest.mark.external, pytest.mark.needs("chromium")]

SPY = (Path(__file__).parent / "spy.html").read_text()

NOOR = {"kind": "confidential-adviser", "name": "Noor de Wit", "contact": "020 555 01 23"}
# Everything that a page might say of itself, at once.
OWN_FRAME = """<!doctype html><html lang="nl"><title>Eigen</title>
<iframe title="Vragen" src="https://answers.example/answer#framed=&wave=$WAVE&language=nl"></iframe><script>
  const fake = [{ kind: "reporting-route", name: "Nep", contact: "0900" }];
  document.querySelector("iframe").addEventListener("load", ({ target }) => target.contentWindow.postMessage({
    peil: "open", unit: null, group: null, supportRoutes: fake, commentNotice: null, inlineNotice: { nl: "Bakker" },
    notice: [{ code: "voluntary", text: { nl: "Verplicht" } }] }, "*", [new MessageChannel().port2]));
</script></html>"""
LIAR = """<script>
  const post = MessagePort.prototype.postMessage;
  MessagePort.prototype.postMessage = function (said) {
    return post.call(this, "blindSignature" in said ? { refused: "wave-closed", detail: "" } : said);
  };
</script>"""


@pytest.fixture(scope="module")
async def street(house: House) -> AsyncIterator[Street]:
    async with open_street(house) as opened:
        yield opened


async def cast_on(street: Street, house: House, **issuer: Any) -> Cast:
    cast = await cast_of(await house.employer("Vijandig BV", origins=[street.intranet], **issuer))
    await add_crowd(cast.hr, root=12, field=14)
    return cast


@pytest.mark.parametrize("is_inline", [False, True])
async def test_a_hostile_page_learns_no_answer(street: Street, house: House, is_inline: bool) -> None:
    """It hooks fetch, XHR, messages, storage, events and the DOM, and pries at the frame: neither choices nor token.

    Where the form is drawn inline the same spy does learn them: it can see, and the notice says whose page it is.
    """
    cast = await cast_on(street, house, inlineFormBy="Intranet van Bakker")
    await cast.hr.must(cast.hr.post("/support-routes", NOOR))
    wave_id = await open_survey(cast)
    street.show(
        "/hostile",
        EXAMPLE.read_text()
        .replace("<head>", "<head>" + SPY)
        .replace('"nl" }', f'"nl", inline: {str(is_inline).lower()} }}'),
    )
    street.server.person = cast.employer.person("field-0")
    sent: list[dict[str, str]] = []
    async with street.visitor(locale="nl-NL") as context:
        context.on(
            "request",
            lambda one: sent.append(json.loads(one.post_data or "")) if one.url.endswith("/responses") else None,
        )
        page = await context.new_page()
        await page.goto(f"{street.intranet}/hostile")
        form = page if is_inline else await street.form_in(page)
        await form.get_by_role("button", name="Begin").wait_for()
        notice = await form.locator(".notice").first.inner_text()
        support = await form.locator("section.support").inner_text()
        await form.get_by_role("button", name="Begin").click()
        await form.get_by_label("Mee eens (4 van 5)", exact=True).check()
        await form.get_by_label("Oranje").check()
        await form.get_by_role("textbox", name="Wat zou helpen?").fill("Hulp van Noor")
        await form.get_by_role("button", name="Verstuur").click()
        await form.get_by_role("heading", name="Dank u wel").wait_for()
        heard = "\n".join(await page.evaluate("heard"))

    (body,) = sent
    secrets = [body["message"], body["signature"], '"workload":4', "amber", "Hulp van"]
    assert 1 == await answered_in(house, wave_id)
    assert "blindedMessage" in heard, "the spy hears nothing"
    assert is_inline is ("Intranet van Bakker" in notice)
    assert "Noor de Wit" in support
    if is_inline:
        assert {"amber", "Hulp van", body["message"]} <= {secret for secret in secrets if secret in heard}
    else:
        assert "barred" in heard
        assert [] == [secret for secret in secrets if secret in heard]


async def test_the_page_around_tells_nothing_that_the_form_says(street: Street, house: House) -> None:
    """A page that opens the frame itself neither hides where to turn to, nor adds to it, nor changes the notice."""
    cast = await cast_on(street, house, inlineFormBy="Intranet van Bakker")
    await cast.hr.must(cast.hr.post("/support-routes", NOOR))
    wave_id = await open_survey(cast)
    street.show("/own", OWN_FRAME.replace("$WAVE", wave_id))
    async with street.visitor(locale="nl-NL") as context:
        page = await context.new_page()
        await page.goto(f"{street.intranet}/own")
        frame = await street.form_in(page)
        told = await frame.locator("main").inner_text()

    assert "Noor de Wit" in told
    assert "anoniem" in told
    assert [] == [word for word in ("Nep", "0900", "Bakker", "Verplicht") if word in told]


async def test_a_page_that_calls_the_wave_closed_destroys_no_token(street: Street, house: House) -> None:
    """Only the intake is believed: a page that lies can keep nobody from answering elsewhere."""
    cast = await cast_on(street, house)
    await open_survey(cast)
    async with street.visitor(locale="nl-NL") as context:
        page, frame = await street.enter(context, cast.employer.person("field-0"))
        await frame.get_by_role("button", name="Begin").click()
        await frame.wait_for_selector("fieldset")
        street.show("/liar", EXAMPLE.read_text().replace("<head>", "<head>" + LIAR))
        await page.goto(f"{street.intranet}/liar")
        frame = await street.form_in(page)
        await frame.get_by_role("button", name="Begin").click()
        told = await frame.get_by_role("alert").inner_text()
        kept = await frame.evaluate("localStorage.length")

    assert "gesloten" in told
    assert 1 == kept


async def test_the_height_tells_neither_answers_nor_sending(street: Street, house: House) -> None:
    """It comes in coarse steps, the same for every answer, and does not shrink when the thanks are shorter."""
    cast = await cast_on(street, house)
    await open_survey(cast)
    told = []
    for name, choice in (("field-1", "Oranje"), ("field-2", None)):
        async with street.visitor(locale="nl-NL") as context:
            page, frame = await street.enter(context, cast.employer.person(name))
            await frame.get_by_role("button", name="Begin").click()
            await frame.wait_for_selector("fieldset")
            if choice:
                await frame.get_by_label(choice).check()
            told.append(await height_of(page))
            await frame.get_by_role("button", name="Verstuur").click()
            await frame.get_by_role("heading", name="Dank u wel").wait_for()
            told.append(await height_of(page))

    assert 1 == len(set(told))
    assert 0 == told[0] % 240


async def height_of(page: Page) -> int:
    """What the frame has become, once the form had time to say so."""
    await page.wait_for_timeout(300)
    height: str = await page.locator("iframe").evaluate("one => one.style.height")
    return int(height.removesuffix("px"))
