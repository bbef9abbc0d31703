"""Denied, not found and refused are members of a result; what nobody foresaw is masked."""

import logging
from collections.abc import Awaitable, Callable
from typing import Any
from uuid import UUID

import pytest

from peil.graphql.schema import Schema
from support import graphql_toy

Run = Callable[..., Awaitable[Any]]

WAVE = """query ($id: UUID!) { teams { __typename } wave(waveId: $id) { __typename
  ... on Denied { code title detail } ... on NotFound { code title detail } } }"""


@pytest.mark.parametrize(
    ("number", "language", "expected"),
    [
        (0xDE, "en", ("Denied", "denied")),
        (99, "en", ("NotFound", "not-found")),
        (99, "nl", ("NotFound", "not-found")),
    ],
)
async def test_a_domain_error_is_a_member(run: Run, number: int, language: str, expected: tuple[str, str]) -> None:
    """It says in the caller's language what it is, and the rest of the answer stands."""
    result = await run(WAVE, {"id": str(UUID(int=number))}, language=language)
    found = result.data["wave"]

    assert expected == (found["__typename"], found["code"])
    assert found["title"]
    assert None is result.errors
    assert result.data["teams"] == {"__typename": "TeamListing"}


async def test_titles_are_in_the_language_of_the_caller(run: Run) -> None:
    """The same error has another text in Dutch."""
    titles = {
        (await run(WAVE, {"id": str(UUID(int=99))}, language=language)).data["wave"]["title"]
        for language in ("en", "nl")
    }

    assert len(titles) == 2


async def test_a_conflict_points_at_the_argument(run: Run) -> None:
    """Pointers into REST's body become pointers into `input`."""
    document = """mutation { planWave(input: {name: "Twice", kind: POST, opensAt: "2026-11-23T09:00:00Z"}) {
      ... on Refused { code findings { pointer code } } } }"""

    result = await run(document)

    assert (result.data["planWave"]) == {
        "code": "conflict",
        "findings": [{"pointer": "/input/name", "code": "duplicate-item"}],
    }


async def test_what_nobody_foresaw_is_masked(run: Run, caplog: pytest.LogCaptureFixture) -> None:
    """The caller gets an id, the log has the id and the place; the text of the exception is in neither."""
    with caplog.at_level(logging.ERROR):
        result = await run(WAVE, {"id": str(UUID(int=0xBAD))})

    [error] = result.errors
    assert {"code": "internal", "instance": error.extensions["instance"]} == error.extensions
    assert error.extensions["instance"] in caplog.text
    assert "get_wave" in caplog.text
    assert graphql_toy.SECRET not in caplog.text + str(error.formatted)
    assert result.data == {"teams": {"__typename": "TeamListing"}, "wave": None}


async def test_a_mutation_without_a_result_is_done(run: Run) -> None:
    """An operation that gives nothing answers that it is done."""
    result = await run(f'mutation {{ deleteWave(waveId: "{UUID(int=1)}") {{ ... on Done {{ done }} }} }}')

    assert result.data == {"deleteWave": {"done": True}}


async def test_a_change_says_which_version_was_seen(schema: Schema) -> None:
    """`ifMatch` is what If-Match is in REST, for one field and not for its neighbour."""
    change = 'renameWave(waveId: "{}", name: "Nieuw" {}) {{ ... on Wave {{ name }} }}'
    document = "mutation {" + "".join(
        f"{name}: {change.format(UUID(int=1), match)} " for name, match in [("a", ""), ("b", r', ifMatch: "\"v1\""')]
    )

    context = graphql_toy.context()
    result = await schema.execute(document + "}", context_value=context)

    assert result.data == {"a": {"name": "Nieuw None"}, "b": {"name": 'Nieuw "v1"'}}
    assert context.call.if_match is None


async def test_an_argument_that_is_no_input_is_pointed_at(run: Run) -> None:
    """Its pointer is its name."""
    refused = "... on Refused { findings { pointer } }"
    result = await run(f'mutation {{ renameWave(waveId: "{UUID(int=1)}", name: "") {{ {refused} }} }}')

    assert result.data["renameWave"]["findings"] == [{"pointer": "/name"}]


async def test_edges_load_together(run: Run) -> None:
    """Five waves ask once for their team, and a second request asks again."""
    team = "team { ... on Team { name } }"
    document = f"{{ waves(first: 5) {{ ... on WaveConnection {{ edges {{ node {{ {team} }} }} }} }} }}"
    graphql_toy.LOADS.clear()

    first, _ = await run(document), await run(document)

    assert first.data["waves"]["edges"] == [{"node": {"team": {"name": "Zorg"}}}] * 5
    assert [[graphql_toy.TEAM.team_id]] * 2 == graphql_toy.LOADS
