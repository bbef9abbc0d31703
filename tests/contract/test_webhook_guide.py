"""The page on webhooks, tried: its receiver takes what is signed and nothing else, and its answers are whole."""

import asyncio
import json
import re
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest

from peil import clock
from peil.webhooks.signing import sign
from support.apis import Rest
from support.house import Employer, House, free_socket

_DOCS = Path(__file__).parents[2] / "docs"
_PROGRAM = _DOCS / "examples" / "webhook.py"
_PAGE = (_DOCS / "webhooks.md").read_text("utf-8")
_CONTRACT: dict[str, Any] = json.loads((_DOCS.parent / "openapi" / "openapi.json").read_text("utf-8"))
_EVENT = json.loads(_PAGE.partition("```http\n")[2].partition("```")[0].partition("\n\n")[2])


@asynccontextmanager
async def receiving(secrets: str, port: int) -> AsyncIterator[str]:
    """The program of the page, run as its first line says; its address."""
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, str(_PROGRAM), str(port)),
        env={"PEIL_HOST": "peil.test", "WEBHOOK_SECRETS": secrets, "PYTHONUNBUFFERED": "1"},
        stdout=asyncio.subprocess.DEVNULL,
        stderr=asyncio.subprocess.DEVNULL,
    )
    try:
        url = f"http://127.0.0.1:{port}"
        async with asyncio.timeout(10), httpx.AsyncClient() as http:
            while not await _is_up(http, url):  # noqa: ASYNC110  # a process has no event for it
                await asyncio.sleep(0.05)
        yield url
    finally:
        process.kill()
        await process.wait()


async def _is_up(http: httpx.AsyncClient, url: str) -> bool:
    try:
        await http.options(url)
    except httpx.TransportError:
        return False
    return True


async def send(url: str, secrets: list[str], event: Any, *, at: Any = None, altered: bool = False) -> int:
    """Posts an event as the worker does; `altered`: somebody on the way has changed it. Tells the status."""
    at, body = at or clock.now(), json.dumps(event).encode()
    headers = {
        "webhook-id": event["id"],
        "webhook-timestamp": str(int(at.timestamp())),
        "webhook-signature": sign(secrets, event["id"], at, body),
    }
    async with httpx.AsyncClient() as http:
        return (await http.post(url, content=body + b" " * altered, headers=headers)).status_code


async def test_the_receiver_of_the_page(house: House, employer: Employer) -> None:
    """It agrees to Peil, takes what is signed by any of its secrets, and nothing that is not, is old or was changed."""
    administrator = Rest(await employer.client("administrator"))
    with free_socket() as listener:
        port = listener.getsockname()[1]
    made = (await administrator.create_webhook_endpoint({"url": f"http://127.0.0.1:{port}/"})).must()
    new = (await administrator.create_webhook_secret(made["endpointId"], {})).must()
    old, long_ago = made["secret"], clock.now() - timedelta(minutes=10)

    async with receiving(new["secret"], port) as url:
        verified = (await administrator.verify_webhook_endpoint(made["endpointId"])).must()
        taken = [await send(url, secrets, _EVENT) for secrets in ([new["secret"]], [old, new["secret"]])]
        refused = [
            await send(url, [old], _EVENT),
            await send(url, [new["secret"]], _EVENT, at=long_ago),
            await send(url, [new["secret"]], _EVENT, altered=True),
        ]

    assert "active" == verified["state"]
    assert ([204, 204], [401, 401, 401]) == (taken, refused)


def test_the_page_shows_the_program() -> None:
    """To the letter."""
    assert [_PROGRAM.read_text("utf-8")] == re.findall(r"^```python\n(.*?)^```", _PAGE, re.MULTILINE | re.DOTALL)


@pytest.mark.parametrize(("place", "schema"), [(0, "WebhookEndpointCreated"), (1, "Replayed")])
def test_an_answer_of_the_page_is_whole(place: int, schema: str) -> None:
    """It has every member that the contract has, and no other."""
    shown = json.loads(re.findall(r"^```json\n(.*?)^```", _PAGE, re.MULTILINE | re.DOTALL)[place])

    assert _CONTRACT["components"]["schemas"][schema]["properties"].keys() == shown.keys()


def test_the_event_of_the_page_is_one() -> None:
    """Of the shape of the feed, with the id of its header."""
    assert _CONTRACT["components"]["schemas"]["Event"]["properties"].keys() == _EVENT.keys()
    assert f"webhook-id: {_EVENT['id']}\n" in _PAGE
