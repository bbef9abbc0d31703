"""A service on a real port, and personas who reach it there."""

import logging
from collections.abc import AsyncIterator, Callable, Iterator

import httpx
import pytest

from support.house import Employer, House, Persona, serving
from support.personas import Cast, cast_of

Over = Callable[[Persona], Persona]


@pytest.fixture(scope="session")
async def address(house: House) -> AsyncIterator[str]:
    """Where the house answers real sockets."""
    async with serving(house.application) as url:
        yield url


@pytest.fixture(scope="session")
async def over(address: str) -> AsyncIterator[Over]:
    """A persona as it speaks over connections of its own."""
    async with httpx.AsyncClient(base_url=address, timeout=30) as client:
        yield lambda persona: Persona(client, persona.token, persona.employer_id)


@pytest.fixture(scope="session")
async def target(house: House) -> Cast:
    """Whom everybody attacks; nobody changes it for the others."""
    return await cast_of(await house.employer("Doelwit BV"))


@pytest.fixture
async def cast(employer: Employer) -> Cast:
    """A fresh employer for those who do change something."""
    return await cast_of(employer)


@pytest.fixture(autouse=True)
def quiet(caplog: pytest.LogCaptureFixture) -> Iterator[None]:
    """Whatever anybody sends: nothing fails on our side, so nothing is logged as an error."""
    yield
    failed = [record.getMessage() for record in caplog.get_records("call") if record.levelno >= logging.ERROR]
    assert [] == failed
