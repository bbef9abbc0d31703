"""The whole anonymity check of one deployment, from making the synthetic employer to deleting it."""

from peil.checks.anonymity import synthetic
from peil.checks.anonymity.linking import link
from peil.checks.anonymity.planting import Leak
from peil.checks.anonymity.removal import delete_synthetic, left_behind
from peil.checks.anonymity.site import Site
from peil.checks.anonymity.watching import Sources
from peil.checks.database import look_at_database
from peil.checks.model import CheckError, Line
from peil.checks.work import look_at_migrations
from peil.waves.model import WaveMode

PEOPLE = 800
"""Two orders of so many without a link correlate by 0.035 (one sigma); see docs/decisions/0014."""

FEWEST = 200


async def examine(site: Site, people: int, mode: WaveMode, sources: Sources, leak: Leak | None = None) -> list[Line]:
    """Every attempt to link an answer to a person, as lines; nothing of the synthetic employer is left.

    What an earlier check left behind when it was killed goes first. `leak` is planted as far as it is brought in
    while people are asked or the wave is closed. Raises CheckError where the check could not be made.
    """
    if (await look_at_migrations(site.owner)).verdict != "ok":
        raise CheckError("the database does not have the present schema: run `peil migrate`")
    for employer_id in await left_behind(site.owner):
        await delete_synthetic(site, employer_id)
    lines = await look_at_database(site.owner, site.settings)
    employer_id = await synthetic.create(site)
    try:
        asked = await synthetic.ask(site, employer_id, people, mode)
        if leak is not None and leak.after_asking is not None:
            await leak.after_asking(site.owner, asked)
        return [*await link(site, asked, sources, leak.after_closing if leak else None), *lines]
    finally:
        await delete_synthetic(site, employer_id)
