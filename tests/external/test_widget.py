"""The example of an intranet page, as it stands in the docs, in a real Chromium from another origin."""

import os
import re
from pathlib import Path

import pytest

from cases.measuring import play_round
from cases.programme import play_wave
from cases.showing import public_client
from support.browsing import TOP, open_street, violations
from support.house import House
from support.personas import cast_of

pytestmark = [pytest.mark.external, pytest.mark.needs("chromium")]

PAGE = TOP / "docs" / "examples" / "intranet.html"


async def test_the_page_of_the_docs_shows_the_team(house: House) -> None:
    """With fetch and a widget token alone, in under 60 lines: figures, light, trend, next step and support routes.

    axe-core finds nothing on it, light or dark, large or small.
    """
    async with open_street(house) as street:
        cast = await cast_of(await house.employer("Intranet BV"))
        route = {"kind": "confidential-adviser", "name": "Noor de Wit", "contact": "020 555 01 23"}
        await cast.hr.must(cast.hr.post("/support-routes", route))
        await play_round(cast, kind="baseline")
        await play_round(cast)
        await play_wave(cast, "pulse", share=0.6, unitIds=[cast.units["field"]])
        client = await public_client(cast, street.intranet)
        street.show("/team", PAGE.read_text().replace("CLIENT_ID", client))
        street.server.person = cast.employer.person("employee")
        shown, found = {}, []
        looks = {"desktop": (900, "light"), "small": (320, "light"), "dark": (900, "dark")}
        for name, (width, scheme) in looks.items():
            size = {"width": width, "height": 700}
            async with street.visitor(locale="nl-NL", viewport=size, color_scheme=scheme) as context:
                page = await context.new_page()
                await page.goto(f"{street.intranet}/team")
                await page.wait_for_selector("h1")
                shown[name] = await page.locator("main").inner_text()
                wide = await page.evaluate("document.documentElement.scrollWidth")
                found += [f"{name}: {one}" for one in await violations(page)]
                if folder := os.environ.get("PEIL_PICTURES"):
                    await page.screenshot(path=Path(folder) / f"widget-{name}.png", full_page=True)

                assert wide <= width

    assert [] == found
    assert len(PAGE.read_text().splitlines()) < 60
    assert 1 == len(set(shown.values()))
    assert re.search(r"Verloop: \d+ \w+ \d{4}: \d+( → \d+ \w+ \d{4}: \d+){2}\. ", shown["desktop"])
    # The light once, and of each subject what changed.
    assert 1 == shown["desktop"].count("Grijs: ")
    for told in ("Ons team: field", "van 100", "Minder dan 70 %", "Trend = signaal", "Nu te doen", "Noor de Wit"):
        assert told in shown["desktop"]


@pytest.mark.parametrize(
    ("client", "signs_in", "status", "said"),
    [
        ("nobody", True, 400, None),
        (None, True, 400, None),
        (None, False, 404, "Meld u eerst aan op het intranet."),
    ],
    ids=["a client that is not there", "a token that is none", "nobody signed in"],
)
async def test_the_page_says_why_it_shows_nothing(
    house: House, client: str | None, signs_in: bool, status: int, said: str | None
) -> None:
    """The first mistakes of whoever builds it in: what the service says of them stands on the page, never nothing."""
    async with open_street(house) as street:
        cast = await cast_of(await house.employer("Intranet BV"))
        known = await public_client(cast, street.intranet)
        street.show("/team", PAGE.read_text().replace("CLIENT_ID", client or known))
        if signs_in:
            street.show("/my-peil-token", "no-token")
        async with street.visitor(refused=status, locale="nl-NL") as context:
            page = await context.new_page()
            async with page.expect_response(lambda answer: answer.status == status) as refused:
                await page.goto(f"{street.intranet}/team")
            answer = {} if said else await (await refused.value).json()
            told = said or answer.get("error_description", answer["error"])
            await page.wait_for_function("document.querySelector('#team').textContent !== 'Even geduld…'")
            shown = await page.locator("main").inner_text()

    assert told
    assert told == shown
