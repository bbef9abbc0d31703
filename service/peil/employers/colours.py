"""What can be done with the colour in which an employer's charts are drawn."""

from peil.audit import record
from peil.contrast import accent_on
from peil.employers import colours_queries as queries
from peil.employers.model import Colours, ColoursNew
from peil.operation import Transaction, operation
from peil.outbox import publish
from peil.patching import Patch


@operation("colours:read")
async def get_colours(tx: Transaction) -> Colours:
    """The employer's colour, and what is drawn of it on a light and on a dark background."""
    accent = await find_accent(tx)
    return Colours(accent=accent, light=accent_on("light", accent), dark=accent_on("dark", accent))


@operation("colours:write")
async def update_colours(tx: Transaction, patch: Patch[ColoursNew]) -> Colours:
    """Sets the employer's colour. None is refused: one that would not be seen is darkened or lightened."""
    current = await get_colours.within(tx)
    tx.must_match(current)
    await queries.upsert_accent(tx, tx.employer_id, patch.apply(current).accent)
    await record(tx, f"employers/{tx.employer_id}")
    await publish(tx, "colours.updated", f"employers/{tx.employer_id}")
    return await get_colours.within(tx)


async def find_accent(tx: Transaction) -> str | None:
    """The employer's colour for another operation, whoever asks; None: it has set none."""
    return await queries.select_accent(tx, tx.employer_id)
