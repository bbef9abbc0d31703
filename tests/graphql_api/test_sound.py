"""Documents that were found valid run again without being read again, and nobody gains a right by it."""

from collections.abc import Awaitable, Callable
from typing import Any

import pytest
from graphql import parse, validate

from peil.graphql.guard import Sound

Run = Callable[..., Awaitable[Any]]

PAGE = "query Again($n: Int!) { waves(first: $n) { __typename } }"
TYPES = "query Types { __schema { queryType { name } } }"


async def test_a_document_is_validated_once(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """Sent twice it gives twice the same, and is looked at the first time only."""
    looked = []

    def counting(schema: Any, document: Any, *rest: Any, **how: Any) -> Any:
        looked.append(document)
        return validate(schema, document, *rest, **how)

    monkeypatch.setattr("peil.graphql.guard.validate", counting)
    text = "query Once { waves(first: 1) { __typename } }"
    first, second = [await run(text) for _ in range(2)]

    assert first.errors is None
    assert first.data == second.data
    assert 1 == len(looked)


async def test_another_caller_gains_nothing(run: Run) -> None:
    """What somebody may ask about the schema, others may still not, before and after."""
    before = await run(TYPES, introspection=False)
    allowed = await run(TYPES)
    after = await run(TYPES, introspection=False)

    assert {"__schema": {"queryType": {"name": "Query"}}} == allowed.data
    assert before.errors
    assert after.errors
    assert before.errors[0].message == after.errors[0].message


async def test_limits_hold_each_time(run: Run, code: Run) -> None:
    """Variables may ask for more than the time before."""
    fitting = await run(PAGE, {"n": 1})
    missing = await run(PAGE, {})
    _, refused = await code(PAGE, {"n": 101})

    assert fitting.errors is None
    assert missing.errors
    assert "first-out-of-range" == refused


def test_only_so_many_are_kept() -> None:
    """The one that was not sent for longest goes."""
    sound, document = Sound(most=2), parse("{ __typename }")
    for text in ("a", "b"):
        sound.keep(text, document, introspection=True)
    sound.find("a", introspection=True)
    sound.keep("c", document, introspection=True)

    assert [document, None, document] == [sound.find(text, introspection=True) for text in ("a", "b", "c")]
