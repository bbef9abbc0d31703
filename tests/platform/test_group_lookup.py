"""An invitation finds its group by the primary key, also in a table that was filled a moment ago."""

import json
from uuid import UUID, uuid4

import asyncpg

from peil import bootstrap
from peil.embedded import Cluster

_GROUPS = 2000
# What a foreign key asks for each row that refers to a group.
_LOOK_UP = """
explain (format json)
select 1
from only participation.reporting_group
where employer_id = $1 and wave_id = $2 and key_id = $3
for key share
"""


async def test_a_group_is_found_without_statistics(cluster: Cluster) -> None:
    """Nothing is read but the one group, however many the wave has; nobody has looked at the table yet."""
    name = f"lookup_{uuid4().hex}"
    await bootstrap.prepare(cluster, name)
    employer_id, wave_id, keys = uuid4(), uuid4(), [uuid4() for _ in range(_GROUPS)]
    connection = await asyncpg.connect(cluster.url(database=name))
    try:
        await connection.execute("set session_replication_role = replica")
        await connection.copy_records_to_table(
            "reporting_group",
            schema_name="participation",
            columns=["employer_id", "wave_id", "key_id", "unit_id", "invited"],
            records=[(employer_id, wave_id, key_id, uuid4(), 7) for key_id in keys],
        )
        index = await _index_read(connection, employer_id, wave_id, keys[-1])
    finally:
        await connection.close()

    assert "reporting_group_pkey" == index


async def _index_read(connection: asyncpg.Connection, employer_id: UUID, wave_id: UUID, key_id: UUID) -> str:
    """The index by which the group is found."""
    [explained] = json.loads(await connection.fetchval(_LOOK_UP, employer_id, wave_id, key_id))
    [scan] = explained["Plan"]["Plans"]
    return str(scan["Index Name"])
