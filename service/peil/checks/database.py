"""What both checks look at in the database itself: columns, watchers, row-level security, grants, settings."""

from typing import Any

import asyncpg

from peil.checks import catalogue, grants, server_settings
from peil.checks.model import Line, judge, unseen
from peil.settings import PREFIX, Settings

_PARTS = ("owner", "api", "intake", "worker")


async def look_at_database(owner: Any, chosen: Settings) -> list[Line]:
    """One line each; `owner` is a connection as the owner of the tables."""
    columns = [found for found in await catalogue.telling_columns(owner) if found not in catalogue.ANNOUNCED]
    return [
        judge(
            "columns",
            "columns near answers that hold a time, an address or a place in an order",
            columns,
            "drop them: no migration of Peil made them",
        ),
        judge(
            "watchers",
            "sequences near answers; triggers, rules, publications and logical slots anywhere",
            await catalogue.telling_objects(owner),
            "drop them, or keep them in another database: they see every answer arrive",
        ),
        judge(
            "row-security",
            "row-level security: enabled, forced and with a policy on every table; nothing that goes round it",
            await catalogue.unguarded(owner),
            "run `peil migrate`; drop what is not Peil's",
        ),
        *await _grants(owner),
        *[line for part in _PARTS for line in await _settings(chosen, part)],
    ]


async def _grants(owner: Any) -> list[Line]:
    looked_at = "grants of every role on every schema, table, column and function, against what the migrations gave"
    absent = await grants.missing_roles(owner)
    if absent:
        to_do = "run schema/roles.sql as a superuser, then `peil migrate`"
        return [judge("roles", "database roles", [f"{role} does not exist" for role in absent], to_do)]
    too_many, missing = await grants.differing_grants(owner, grants.schema_sql())
    return [
        judge("grants", looked_at, too_many, "revoke them: no migration of Peil gave them"),
        judge("missing-grants", "grants that the migrations gave", missing, "run `peil migrate`, or give them again"),
        judge(
            "roles",
            "roles that serve: none stands above row-level security or belongs to another role",
            await grants.powerful_roles(owner),
            "alter role … nosuperuser nobypassrls nocreaterole nocreatedb noreplication, and revoke memberships",
        ),
        judge(
            "other-readers",
            "roles that are not Peil's and may read who was invited, sealed answers or comments",
            await grants.other_readers(owner),
            "revoke it, also pg_read_all_data; a backup is made as peil_backup",
            verdict="warning",
        ),
    ]


async def _settings(chosen: Settings, part: str) -> list[Line]:
    """As the role of this part connects, since settings can differ by role and database."""
    name, looked_at = (
        f"settings-{part}",
        f"settings of PostgreSQL that write down when or what, as peil_{part} connects",
    )
    url = getattr(chosen, f"database_url_{part}")
    if not url:
        variable = f"{PREFIX}DATABASE_URL_{part.upper()}"
        return [unseen(name, looked_at, f"{variable} is not given", f"give {variable} too")]
    try:
        connection = await asyncpg.connect(url)
    except (OSError, asyncpg.PostgresError) as error:
        return [judge(name, looked_at, [f"cannot connect: {type(error).__name__}"], "correct the URL or the password")]
    try:
        found = await server_settings.telling_settings(connection, is_intake=part == "intake")
        losing = await server_settings.losing_settings(connection)
    finally:
        await connection.close()
    to_do = "; ".join(server_settings.ADVICE[setting] for setting in found)
    only_warns = server_settings.HARMLESS_ALONE.issuperset(found)
    telling = judge(name, looked_at, found, to_do, verdict="warning" if only_warns else "wrong")
    if part != "intake":
        return [telling]
    durable = "settings with which an answer that was acknowledged can be lost in a crash, as peil_intake connects"
    return [telling, judge("durability", durable, losing, "set it on: people are told that their answer is kept")]
