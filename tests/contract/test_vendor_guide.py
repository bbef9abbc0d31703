"""The vendor's page, run to the letter by somebody new: every command, and every answer that it shows."""

import asyncio
import json
import os
import re
from collections.abc import AsyncIterator, Iterator
from contextlib import AsyncExitStack
from pathlib import Path
from typing import Any, NamedTuple

import httpx
import msgspec
import pytest

from contract.test_schemathesis import working
from peil.app import create_app, open_parts
from support.house import Employer, House, serving

_PAGE = Path(__file__).parents[2] / "docs" / "vendors.md"
_FENCED = re.compile(r"^```(sh|json)\n(.*?)^```", re.MULTILINE | re.DOTALL)
_LEFT_OUT = "…"
_BETWEEN = "-- the next block --"


class Step(NamedTuple):
    """A block of commands, and the answer that the page shows after it; None: it shows none."""

    commands: str
    shown: Any


def steps(page: str, url: str) -> Iterator[Step]:
    """The commands of a page in their order; in what it shows `$PEIL` is this address."""
    blocks = _FENCED.findall(page)
    for (kind, text), (next_kind, next_text) in zip(blocks, [*blocks[1:], ("", "")], strict=True):
        if kind == "sh":
            yield Step(text, json.loads(next_text.replace("$PEIL", url)) if next_kind == "json" else None)


def differences(shown: Any, found: Any, at: str = "") -> Iterator[str]:
    """Where an answer is not what the page shows; of what it leaves out (…) only that it is there."""
    if shown == _LEFT_OUT:
        return
    if isinstance(shown, dict) and isinstance(found, dict):
        yield from (f"{at}/{name}: shown or found only" for name in sorted(shown.keys() ^ found.keys()))
        for name in shown.keys() & found.keys():
            yield from differences(shown[name], found[name], f"{at}/{name}")
    elif isinstance(shown, list) and isinstance(found, list) and len(shown) == len(found):
        for place, (one, other) in enumerate(zip(shown, found, strict=True)):
            yield from differences(one, other, f"{at}/{place}")
    elif shown != found:
        yield f"{at}: {shown!r} shown, {found!r} found"


@pytest.fixture
async def url(house: House) -> AsyncIterator[str]:
    """The service and its worker, at the address that it has for its callers: that is in the resources."""
    served: list[Any] = []

    async def application(scope: Any, receive: Any, send: Any) -> None:
        await served[0](scope, receive, send)

    async with AsyncExitStack() as stack:
        address = await stack.enter_async_context(serving(application))
        settings = msgspec.structs.replace(house.settings, public_url=address)
        served.append(create_app(await stack.enter_async_context(open_parts(settings))))
        await stack.enter_async_context(working(house))
        yield address


async def run(commands: list[str], environment: dict[str, str], directory: Path) -> tuple[int, list[str], str]:
    """Exit code, what each block printed, and what went wrong; a shell of its own, as somebody new has it."""
    script = f"\necho '{_BETWEEN}'\n".join(commands)
    process = await asyncio.create_subprocess_exec(
        *("bash", "-euo", "pipefail", "-c", script),
        cwd=directory,
        env={"PATH": os.environ["PATH"], "HOME": str(directory), **environment},
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    output, errors = await process.communicate()
    return process.returncode or 0, output.decode().split(f"{_BETWEEN}\n"), errors.decode()


async def test_somebody_new_follows_the_page(house: House, url: str, tmp_path: Path) -> None:
    """From the client id on, with nothing but what the page says that they have."""
    vendor, customer = await house.vendor(), await house.employer("Klant BV")
    administrator = await _token(url, customer)
    told = list(steps(_PAGE.read_text("utf-8"), url))
    environment = {
        "PEIL": url,
        "VENDOR": vendor.vendor_id,
        "CLIENT_ID": vendor.client[0],
        "CLIENT_SECRET": vendor.client[1],
        "CUSTOMER": str(customer.employer_id),
        "administrator": administrator,
    }

    code, printed, errors = await run([step.commands for step in told], environment, tmp_path)

    assert (0, "") == (code, errors), printed
    wrong = {
        step.commands: list(differences(step.shown, json.loads(output)))
        for step, output in zip(told, printed, strict=True)
        if step.shown is not None
    }
    assert {commands: [] for commands in wrong} == wrong
    assert len(wrong) > 7


async def _token(url: str, customer: Employer) -> str:
    """A token of the administrator's, from the service at this address."""
    administrator = await customer.client("administrator")
    new = {"name": "beheer", "roles": ["administrator"]}
    made = await administrator.must(administrator.post(f"/employers/{customer.employer_id}/clients", new))
    form = {"grant_type": "client_credentials"}
    async with httpx.AsyncClient() as http:
        answer = await http.post(f"{url}/oauth/token", data=form, auth=(made["clientId"], made["clientSecret"]))
    return str(answer.json()["access_token"])


def test_a_wrong_page_is_noticed() -> None:
    """A field that is not there, one that is not shown, another value, another length."""
    found = {"name": "x", "items": [{"id": "1"}]}

    assert [] == list(differences({"name": "x", "items": [{"id": "…"}]}, found))
    assert list(differences({"name": "x"}, found))
    assert list(differences(found | {"more": "…"}, found))
    assert list(differences({"name": "y", "items": "…"}, found))
    assert list(differences({"name": "x", "items": []}, found))
