"""Counts what is asked of the database: how often must not depend on how long a list is."""

from collections.abc import Awaitable, Callable
from typing import Any

import pytest

from peil.database import Rows


def count_statements(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of all statements from now on."""
    statements: list[str] = []

    def counting(work: Callable[..., Awaitable[Any]], place: int) -> Callable[..., Awaitable[Any]]:
        async def run(self: Rows, *arguments: Any) -> Any:
            statements.append(str(arguments[place]).partition("\n")[0])
            return await work(self, *arguments)

        return run

    for name, place in (("many", 1), ("one", 1), ("value", 0), ("execute", 0), ("execute_each", 0)):
        monkeypatch.setattr(Rows, name, counting(getattr(Rows, name), place))
    return statements
