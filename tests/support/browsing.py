"""A real Chromium before the running service: an intranet's page on an origin of its own, the API and the intake."""

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import asyncpg
import msgspec
from playwright.async_api import Browser, BrowserContext, ConsoleMessage, Frame, Page, async_playwright

from peil.app import create_app
from peil.server import open_intake
from support.house import House, Persona, serving

TOP = Path(__file__).parents[2]
CHROMIUM = "/usr/bin/chromium"
AXE = TOP / "node_modules" / "axe-core" / "axe.min.js"
EXAMPLE = TOP / "docs" / "examples" / "pulse.html"


def _place(said: ConsoleMessage) -> str:
    return f"{said.text} ({said.location['url']})"


class Intranet:
    """The employer's own server: pages by path, and the token of whoever is signed in there."""

    def __init__(self) -> None:
        # Browsers ask for it by themselves, and say aloud where there is none.
        self.pages: dict[str, str] = {"/favicon.ico": ""}
        self.person: Persona | None = None

    async def __call__(self, scope: Any, _: Any, send: Any) -> None:
        if scope["type"] != "http":
            return
        body, media_type = self.pages.get(scope["path"]), b"text/html"
        if scope["path"] == "/my-peil-token" and self.person is not None:
            body, media_type = self.person.token, b"text/plain"
        headers = [(b"content-type", media_type)]
        await send({"type": "http.response.start", "status": 404 if body is None else 200, "headers": headers})
        await send({"type": "http.response.body", "body": (body or "").encode()})


class Street:
    """Three origins and a browser; `abroad` is the intranet under a host of another site than the intake's."""

    def __init__(self, browser: Browser, intranet: Intranet, urls: tuple[str, str, str]) -> None:
        self.browser = browser
        self.server = intranet
        self.intranet, self.api, self.intake = urls
        self.abroad = f"http://localhost:{urlsplit(self.intranet).port}"
        self.show("/", EXAMPLE.read_text())

    def show(self, path: str, html: str) -> None:
        """Puts a page on the intranet, with the addresses of this street."""
        html = html.replace("https://answers.example", self.intake)
        self.server.pages[path] = html.replace("https://peil.example", self.api)

    @asynccontextmanager
    async def visitor(self, refused: int | None = None, **options: Any) -> AsyncIterator[BrowserContext]:
        """A browser of somebody's own; an error that a page throws or a console message of one fails the test.

        `refused`: the status of refusals that belong to the test, which a browser says aloud; None: there are none.
        """
        context = await self.browser.new_context(**options)
        context.set_default_timeout(10_000)
        wrong: list[str] = []
        context.on("weberror", lambda found: wrong.append(str(found.error)))
        expected = f"status of {refused} "
        context.on(
            "console",
            lambda said: wrong.append(_place(said)) if said.type == "error" and expected not in said.text else None,
        )
        try:
            yield context
        finally:
            await context.close()
        assert [] == wrong, wrong

    async def enter(self, context: BrowserContext, person: Persona, url: str = "") -> tuple[Page, Frame]:
        """Opens the intranet's page as this person; the page, and the form's frame once it is there."""
        self.server.person = person
        page = await context.new_page()
        await page.goto(url or self.intranet)
        return page, await self.form_in(page)

    async def form_in(self, page: Page) -> Frame:
        """The form's frame of a page, with its first screen drawn."""
        handle = await page.wait_for_selector("iframe")
        frame = None if handle is None else await handle.content_frame()
        if frame is None:
            raise AssertionError("the frame has no document")
        await frame.wait_for_selector("h1")
        return frame


@asynccontextmanager
async def open_street(house: House) -> AsyncIterator[Street]:
    """The service on three ports, and Debian's Chromium."""
    async with AsyncExitStack() as stack:
        intranet = Intranet()
        page_url = await stack.enter_async_context(serving(intranet))
        intake_url = await stack.enter_async_context(
            serving(await stack.enter_async_context(open_intake(house.settings)))
        )
        settings = msgspec.structs.replace(house.settings, intake_url=intake_url)
        api_url = await stack.enter_async_context(
            serving(create_app(msgspec.structs.replace(house.parts, settings=settings)))
        )
        playwright = await stack.enter_async_context(async_playwright())
        browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        try:
            yield Street(browser, intranet, (page_url, api_url, intake_url))
        finally:
            await browser.close()


async def violations(where: Frame | Page) -> list[str]:
    """What axe-core finds against WCAG 2.2 A and AA and its best practices."""
    await where.evaluate(AXE.read_text())
    found = await where.evaluate("async () => (await axe.run(document)).violations")
    return [f"{one['id']}: {node['html'][:120]}" for one in found for node in one["nodes"]]


async def answered_in(house: House, wave_id: str) -> int:
    """How many sealed responses a wave has, as the owner of the database sees it."""
    connection = await asyncpg.connect(house.settings.database_url_owner)
    try:
        return int(await connection.fetchval("select count(*) from intake.sealed where wave_id = $1", wave_id))
    finally:
        await connection.close()
