"""What a list reads of other tables counts as well when it is asked what has changed, or need not, and why."""

import re
from collections.abc import Awaitable, Callable
from typing import Any

import pytest

from cases.changing import MAKERS, Made
from cases.measuring import advance, time_of
from peil import clock
from peil.database import Rows
from peil.operation import Transaction
from support.apis import Rest
from support.personas import Cast

_TABLE = re.compile(r"\b(?:from|join) ((?:peil|release)\.[a-z_]+)(?: as ([a-z_]+))?")

# Everything has changed since: what a list reads of each item is read.
_LONG_AGO = "2000-01-01T00:00:00Z"

# How else than by `modified_at` a table is asked what came or went after a moment.
_ASKED_OTHERWISE = {
    "peil.audit": "and at > ",
    "peil.membership": "moved.valid_from > ",
    "peil.policy": "created_at > ",
    "peil.unknown_sign_in": 'unknown."on" >= ',
    "release.release": "released_at > ",
}

# What is read and need not count, in whichever list, and why.
_STANDS_STILL = {
    "peil.employer": "Its clock; and of others a name and a language, which nobody can change.",
}

# The same in one list.
_BESIDE: dict[str, dict[str, str]] = {
    "list_activities": {"peil.campaign": "Whether it is there; nothing of it is told."},
    "list_messages": {"peil.instrument": "How many minutes it takes; what a frozen wave asks never changes."},
    "list_people": {"peil.unit": "External ids, which nobody can change, and whom the caller reaches."},
    "list_permissions": {
        "peil.instrument": "Whether it is there; nothing of it is told.",
        "peil.wave": "Whether an employee may see it, who is asked it then.",
    },
    "list_vendor_clients": {"peil.vendor": "Whether it is there; nothing of it is told."},
    "list_vendor_employers": {"peil.vendor": "Its name, which nobody can change."},
    "list_vendor_links": {"peil.vendor": "Its name, which nobody can change."},
}


def _asks(text: str, table: str, alias: str) -> bool:
    """Whether a statement compares when the rows of a table changed."""
    if table in _ASKED_OTHERWISE and _ASKED_OTHERWISE[table] in text:
        return True
    named = alias or table.partition(".")[2]
    return re.search(rf"\b{named}\.modified_at > \$|(?<![.\w])modified_at > \$", text) is not None


def _unasked(statements: list[str]) -> set[str]:
    """The tables that statements read without any of them asking when their rows changed."""
    read = [(text, *found) for text in statements for found in _TABLE.findall(text)]
    return {table for _, table, _ in read} - {table for text, table, alias in read if _asks(text, table, alias)}


def listen(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """All statements of operations from now on, whole; who asks is looked up by others."""
    heard: list[str] = []

    def hearing(work: Callable[..., Awaitable[Any]], place: int) -> Callable[..., Awaitable[Any]]:
        async def run(self: Rows, *arguments: Any) -> Any:
            if isinstance(self, Transaction):
                heard.append(str(arguments[place]))
            return await work(self, *arguments)

        return run

    for name, place in (("many", 1), ("one", 1), ("value", 0)):
        monkeypatch.setattr(Rows, name, hearing(getattr(Rows, name), place))
    return heard


async def since_then(cast: Cast, made: Made) -> str:
    """A moment after which nothing has changed."""
    await advance(cast, hours=1)
    return (clock.now() if made.is_real else await time_of(cast)).isoformat()


def test_what_is_not_asked_is_found() -> None:
    """A table that is joined and not asked is told from one that is, by whatever name."""
    asked = "select *\nfrom peil.risk as risk\njoin peil.unit as seen on true\nwhere risk.modified_at > $1"
    joined = "select *\nfrom peil.risk\njoin peil.unit on true\nwhere modified_at > $1"

    assert {"peil.unit"} == _unasked([asked])
    assert set() == _unasked([asked, joined])


@pytest.mark.parametrize("name", MAKERS)
async def test_what_a_list_reads_is_asked_too(cast: Cast, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    """A table from which a list tells something is asked what has changed in it, or it is said here why not."""
    made = await MAKERS[name](cast)
    api, since = Rest(made.asker), await since_then(cast, made)

    with monkeypatch.context() as patch:
        heard = listen(patch)
        for moment in (since, _LONG_AGO):
            (await api.call(name, *made.path, modifiedAfter=moment)).must()

    assert _BESIDE.get(name, {}).keys() == _unasked(heard) - _STANDS_STILL.keys()
