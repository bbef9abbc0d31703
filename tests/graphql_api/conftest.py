"""The toy schema, and two ways to ask it: as a function and over HTTP."""

from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any

import httpx
import pytest

from peil.graphql.schema import Schema
from support import graphql_toy

Run = Callable[..., Awaitable[Any]]


@pytest.fixture(scope="session")
def schema() -> Schema:
    """The schema of the toy slice."""
    return graphql_toy.toy_schema()


@pytest.fixture
def run(schema: Schema) -> Run:
    """Runs a document; gives Strawberry's result."""

    async def run(document: str, variables: dict[str, Any] | None = None, **rights: Any) -> Any:
        return await schema.execute(document, variables, graphql_toy.context(**rights))

    return run


@pytest.fixture
def code(run: Run) -> Run:
    """Runs a document that is refused; gives the code of the first error."""

    async def code(document: str, variables: dict[str, Any] | None = None, **rights: Any) -> Any:
        result = await run(document, variables, **rights)
        return result.data, (result.errors[0].extensions or {}).get("code")

    return code


@pytest.fixture
async def http(schema: Schema) -> AsyncIterator[httpx.AsyncClient]:
    """A client of the toy behind the edge."""
    transport = httpx.ASGITransport(app=graphql_toy.application(schema))
    async with httpx.AsyncClient(transport=transport, base_url="http://peil.test") as client:
        yield client
