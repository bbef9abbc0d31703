"""Fixtures of all tests: one PostgreSQL and one service for the session, a fresh employer for each test."""

from collections.abc import AsyncIterator, Generator, Iterator

import pytest

from peil import bootstrap
from peil.demo.issuer import DemoIssuer
from peil.embedded import Cluster
from support.house import Employer, House, open_house, serving
from support.packages import refuse_skips, skip_what_lacks
from support.postgres import session_cluster


def pytest_runtest_setup(item: pytest.Item) -> None:
    skip_what_lacks(item)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    report = yield
    refuse_skips(item, report)
    return report


@pytest.fixture(scope="session")
def cluster() -> Iterator[Cluster]:
    with session_cluster() as started:
        yield started


@pytest.fixture(scope="session")
async def migrated(cluster: Cluster) -> str:
    """The name of a migrated database that all tests of the session share; each has employers of its own."""
    await bootstrap.prepare(cluster)
    return bootstrap.DATABASE


@pytest.fixture(scope="session")
async def issuer() -> AsyncIterator[DemoIssuer]:
    provider = DemoIssuer("")
    async with serving(provider) as url:
        provider.url = url
        yield provider


@pytest.fixture(scope="session")
async def house(
    cluster: Cluster, migrated: str, issuer: DemoIssuer, tmp_path_factory: pytest.TempPathFactory
) -> AsyncIterator[House]:
    keys = tmp_path_factory.mktemp("keys") / "store"
    async with open_house(cluster, migrated, keys, issuer) as opened:
        yield opened


@pytest.fixture
async def employer(house: House) -> Employer:
    return await house.employer()


@pytest.fixture
async def other_employer(house: House) -> Employer:
    return await house.employer("Ander BV")
