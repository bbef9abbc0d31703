"""A deployment of the tests' own, as an operator has it: a database, a key store, settings by role."""

from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from peil import bootstrap
from peil.embedded import Cluster
from peil.settings import Settings
from support.postgres import fresh_database


@pytest.fixture(scope="session")
def check_cluster() -> Iterator[Cluster]:
    """A server that nothing but these checks is written to."""
    with Cluster() as started:
        yield started


@pytest.fixture(scope="session")
async def empty(check_cluster: Cluster) -> str:
    """The name of a migrated database that nobody writes to."""
    await bootstrap.prepare(check_cluster, "empty")
    return "empty"


@pytest.fixture
async def deployment(check_cluster: Cluster, empty: str, tmp_path: Path) -> AsyncIterator[Settings]:
    """Settings of a migrated database that goes with the test."""
    async with fresh_database(check_cluster, empty) as name:
        yield bootstrap.cluster_settings(
            check_cluster, tmp_path / "keys", database=name, environment="test", public_url="http://peil.test"
        )
