"""Vendors and operator's clients that were there before their trail get its first entry from the migration."""

import shutil
from pathlib import Path
from uuid import UUID, uuid4

import asyncpg

from peil import bootstrap, migrations
from peil.embedded import Cluster
from support.postgres import fresh_database

MIGRATIONS = Path(migrations.__file__).parents[2] / "migrations"
NEW = "0045_"

BEFORE = """
insert into peil.vendor (vendor_id, name, state, created_at, position)
values ('{mine}', 'a', 'active', '2026-01-01', 0), ('{theirs}', 'b', 'revoked', '2026-01-02', 0);
insert into peil.employer (employer_id, name, language, sandbox, created_at, vendor_ids)
values ('{employer}', 'a', 'nl', false, '2026-01-01', '{{}}');
insert into peil.client (
  client_id, employer_id, vendor_id, name, roles, origins, public, keys, dpop_bound, state, created_at
)
values
  ('{operator}', null, null, 'a', '{{operator}}', '{{}}', false, '[]', false, 'active', '2026-01-03'),
  ('{made}', '{employer}', '{theirs}', 'a', '{{}}', '{{}}', false, '[]', false, 'active', '2026-01-03');
insert into peil.vendor_event (employer_id, vendor_id, event_id, position, at, type, subject, state)
values
  ('{employer}', '{mine}', gen_random_uuid(), 1, '2026-01-01', 'vendor-link.created', 'vendors/{theirs}', 'active'),
  ('{employer}', '{mine}', gen_random_uuid(), 2, '2026-01-01', 'vendor-link.created', 'vendors/{mine}', 'active'),
  ('{employer}', '{mine}', gen_random_uuid(), 3, '2026-01-01', 'client.created', 'clients/{made}', 'active'),
  ('{employer}', '{theirs}', gen_random_uuid(), 1, '2026-01-01', 'client.created', 'clients/{made}', 'active'),
  ('{employer}', '{mine}', gen_random_uuid(), 4, '2026-01-01', 'unit.created', 'units/1', null);
"""


async def test_they_get_a_beginning_and_lose_what_is_anothers(cluster: Cluster, tmp_path: Path) -> None:
    """Each with the moment that was kept; a feed loses its copies of what is another vendor's, and nothing else."""
    ids = {name: uuid4() for name in ("mine", "theirs", "employer", "operator", "made")}
    for path in MIGRATIONS.glob("*.sql"):
        if path.name < NEW:
            shutil.copy(path, tmp_path)
    async with fresh_database(cluster) as name:
        connection = await asyncpg.connect(cluster.url(database=name))
        try:
            await connection.execute(bootstrap.roles_sql())
            await migrations.apply(connection, "all", tmp_path)
            await connection.execute(BEFORE.format(**ids))
            for path in MIGRATIONS.glob(f"{NEW}*.sql"):
                shutil.copy(path, tmp_path)
            await migrations.apply(connection, "all", tmp_path)
            rows = await connection.fetch(
                "select vendor_id, actor_kind, actor_id, event, subject, at::date::text as day, position"
                " from peil.vendor_audit order by at"
            )
            left = await connection.fetch("select vendor_id, subject from peil.vendor_event order by position, subject")
        finally:
            await connection.close()

    nobody = UUID(int=0)
    assert [
        (ids["mine"], "create_vendor", f"vendors/{ids['mine']}", "2026-01-01"),
        (ids["theirs"], "create_vendor", f"vendors/{ids['theirs']}", "2026-01-02"),
        (nobody, "create_operator_client", f"clients/{ids['operator']}", "2026-01-03"),
    ] == [(row["vendor_id"], row["event"], row["subject"], row["day"]) for row in rows]
    assert {("operator", nobody, None)} == {(row["actor_kind"], row["actor_id"], row["position"]) for row in rows}
    assert [
        (ids["theirs"], f"clients/{ids['made']}"),
        (ids["mine"], f"vendors/{ids['mine']}"),
        (ids["mine"], "units/1"),
    ] == [(row["vendor_id"], row["subject"]) for row in left]
