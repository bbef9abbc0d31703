"""Health: alive whatever happens, ready only with a database."""

from pathlib import Path
from urllib.parse import urlencode, urlsplit
from uuid import uuid4

import asyncpg
import httpx
import msgspec

from peil.app import create_app
from peil.database import Database
from peil.embedded import Cluster
from support.house import PUBLIC_URL, House


async def test_a_service_with_its_database_is_ready(house: House) -> None:
    """And alive."""
    answers = [await house.http.get(f"/health/{one}") for one in ("live", "ready")]

    assert [(200, {"status": "live"}), (200, {"status": "ready"})] == [(one.status_code, one.json()) for one in answers]


async def test_without_its_database_it_is_alive_and_not_ready(house: House, cluster: Cluster, tmp_path: Path) -> None:
    """Whatever else is asked is told to come back later."""
    socket = tmp_path / "socket"
    socket.symlink_to(cluster.run_directory)
    url = urlsplit(house.settings.database_url_api)._replace(query=urlencode({"host": str(socket)}))
    database = Database(url.geturl(), size=1, name="peil-away")
    await database.open()
    socket.unlink()
    await _disconnect(cluster, "peil-away")
    parts = msgspec.structs.replace(house.parts, database=database)
    transport = httpx.ASGITransport(app=create_app(parts))
    async with httpx.AsyncClient(transport=transport, base_url=PUBLIC_URL) as http:
        live, ready, other = [await http.get(path) for path in ("/health/live", "/health/ready", "/v1/waves")]
        token = await http.post("/oauth/token", data={"grant_type": "client_credentials"}, auth=(str(uuid4()), "x"))
    await database.close()

    assert (200, 503, 401, 503) == tuple(one.status_code for one in (live, ready, other, token))
    assert {"status": "no-database"} == ready.json()
    assert ("temporarily_unavailable", "1") == (token.json()["error"], token.headers["retry-after"])


async def _disconnect(cluster: Cluster, name: str) -> None:
    connection = await asyncpg.connect(cluster.url())
    try:
        await connection.execute(
            "select pg_terminate_backend(pid) from pg_stat_activity where application_name = $1", name
        )
    finally:
        await connection.close()
