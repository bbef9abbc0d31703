"""Where benchmarks run: a service on a PostgreSQL of its own, which is stopped and gone in the end."""

import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import NamedTuple

from peil import bootstrap
from peil.demo.issuer import DemoIssuer
from peil.embedded import Cluster
from support.house import House, open_house, serving


class Place(NamedTuple):
    """The server, the service on it, the URL of its database as superuser, and where files may go."""

    cluster: Cluster
    house: House
    url: str
    directory: Path


@asynccontextmanager
async def open_place() -> AsyncIterator[Place]:
    """An empty one."""
    with tempfile.TemporaryDirectory() as name, Cluster() as cluster:
        directory = Path(name)
        await bootstrap.prepare(cluster)
        issuer = DemoIssuer("")
        async with (
            serving(issuer) as issuer.url,
            open_house(cluster, bootstrap.DATABASE, directory / "keys", issuer) as house,
        ):
            yield Place(cluster, house, cluster.url("postgres", bootstrap.DATABASE), directory)
