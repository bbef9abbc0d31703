"""`peil check`: looks at a live deployment and changes nothing in it."""

import asyncpg

from peil import clock
from peil.checks.database import look_at_database
from peil.checks.keys import look_at_keys
from peil.checks.model import CheckError, Line
from peil.checks.work import PATIENCE, look_at_migrations, look_at_work, waves_with_keys
from peil.settings import PREFIX, Settings, SettingsError


async def check_deployment(chosen: Settings) -> list[Line]:
    """One line for each thing that was looked at. Raises SettingsError, CheckError where there is no database."""
    if not chosen.database_url_owner:
        raise SettingsError(f"the check needs {PREFIX}DATABASE_URL_OWNER")
    try:
        owner = await asyncpg.connect(chosen.database_url_owner)
    except (OSError, asyncpg.PostgresError) as error:
        raise CheckError(f"the database does not let the owner in: {error}") from error
    try:
        # Whatever is looked at, this connection cannot write.
        await owner.execute("set default_transaction_read_only = on")
        schema = await look_at_migrations(owner)
        if schema.verdict != "ok":
            return [schema]
        now = clock.now()
        keys = look_at_keys(chosen.keys, await waves_with_keys(owner, now), PATIENCE)
        return [schema, *keys, *await look_at_database(owner, chosen), *await look_at_work(owner, now)]
    finally:
        await owner.close()
