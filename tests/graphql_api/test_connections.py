"""Pages are Relay's connections, and every node can be fetched by its global id."""

from base64 import urlsafe_b64encode
from collections.abc import Awaitable, Callable
from typing import Any
from uuid import UUID

import pytest

from peil.graphql.connections import global_id, open_global_id

Run = Callable[..., Awaitable[Any]]

PAGE = """query ($after: String) { waves(first: 2, after: $after) {
  ... on WaveConnection { edges { cursor node { waveId } }
    pageInfo { hasNextPage hasPreviousPage startCursor endCursor } }
  ... on Refused { code findings { pointer code } } } }"""
NODE = "query ($id: ID!) { node(id: $id) { id ... on Wave { waveId } } }"


@pytest.mark.parametrize(
    ("after", "expected", "info"),
    [
        (None, ["1", "2"], (True, False, "1", "2")),
        ("2", ["3", "4"], (True, True, "3", "4")),
        ("4", ["5"], (False, True, "5", "5")),
        ("5", [], (False, True, None, None)),
    ],
)
async def test_a_page_is_a_connection(run: Run, after: str | None, expected: list[str], info: tuple[Any, ...]) -> None:
    """Edges have the cursors that `after` takes, and the page says where it stands."""
    found = (await run(PAGE, {"after": after})).data["waves"]

    assert expected == [edge["cursor"] for edge in found["edges"]]
    assert info == tuple(found["pageInfo"].values())


async def test_every_edge_is_a_place_to_go_on_from(run: Run) -> None:
    """After the cursor of any edge comes the edge that followed it."""
    edges = (await run(PAGE.replace("first: 2", "first: 5"))).data["waves"]["edges"]

    following = [(await run(PAGE, {"after": edge["cursor"]})).data["waves"]["edges"][:1] for edge in edges]

    assert [[edge] for edge in edges[1:]] + [[]] == following


async def test_a_cursor_of_nobody_is_refused(run: Run) -> None:
    """The finding points at the argument, not at REST's query key."""
    found = (await run(PAGE, {"after": "x"})).data["waves"]

    assert found["findings"] == [{"pointer": "/after", "code": "pattern"}]


async def test_a_node_is_found_by_its_id(run: Run) -> None:
    """The id that a thing shows fetches it again."""
    document = f'{{ wave(waveId: "{UUID(int=3)}") {{ ... on Wave {{ id }} }} }}'
    id_ = (await run(document)).data["wave"]["id"]

    assert {"id": id_, "waveId": str(UUID(int=3))} == (await run(NODE, {"id": id_})).data["node"]


@pytest.mark.parametrize(
    "id_",
    [
        global_id("Wave", UUID(int=99)),
        global_id("Wave", UUID(int=0xDE)),
        global_id("Team", UUID(int=7)),
        global_id("Nothing", UUID(int=1)),
        "",
        "é",
        "Wave:1",
        urlsafe_b64encode(b"Wave:1").decode(),
        urlsafe_b64encode(b"\xff\xfe").decode(),
        global_id("Wave", UUID(int=1)) + "=",
        "A" * 10_000,
    ],
)
async def test_what_is_not_there_for_the_caller_is_null(run: Run, id_: str) -> None:
    """Unknown, denied, of another kind or of nobody's making: one answer for all."""
    result = await run(NODE, {"id": id_})

    assert (result.data, result.errors) == ({"node": None}, None)


def test_a_global_id_opens_again() -> None:
    """Type and UUID survive."""
    assert ("Wave", UUID(int=5)) == open_global_id(global_id("Wave", UUID(int=5)))
