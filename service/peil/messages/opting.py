"""Who wants no messages: known to the person alone, so there is no audit row and no event of it."""

from uuid import UUID

from peil.errors import NotFound
from peil.messages import queries
from peil.messages.model import OptOut
from peil.messages.tickets import open_ticket
from peil.operation import ANONYMOUS, Transaction, operation


@operation("opt-outs:read")
async def get_opt_out(tx: Transaction) -> OptOut:
    """Whether the caller wants no messages."""
    opted_out = await queries.select_opted_out(tx, tx.employer_id, tx.person_id)
    if opted_out is None:
        raise NotFound
    return OptOut(opted_out=opted_out)


@operation("opt-outs:write")
async def create_opt_out(tx: Transaction) -> OptOut:
    """Sends the caller no messages any more; invited they stay, and can answer."""
    await queries.update_opted_out(tx, tx.employer_id, tx.person_id, opted_out=True)
    return await get_opt_out.within(tx)


@operation("opt-outs:write")
async def revoke_opt_out(tx: Transaction) -> OptOut:
    """Sends the caller messages again."""
    await queries.update_opted_out(tx, tx.employer_id, tx.person_id, opted_out=False)
    return await get_opt_out.within(tx)


@operation(ANONYMOUS)
async def choose_by_ticket(tx: Transaction, ticket: str, *, opted_out: bool) -> None:
    """The same for whoever holds the link of a message, without a sign-in. Raises NotFound for any other text."""
    employer_id, person_id = opened(tx, ticket)
    await tx.enter(employer_id)
    if not await queries.update_opted_out(tx, employer_id, person_id, opted_out=opted_out):
        raise NotFound


@operation(ANONYMOUS)
async def read_ticket(tx: Transaction, ticket: str) -> OptOut:
    """What whoever holds the link of a message has chosen. Raises NotFound."""
    employer_id, person_id = opened(tx, ticket)
    await tx.enter(employer_id)
    opted_out = await queries.select_opted_out(tx, employer_id, person_id)
    if opted_out is None:
        raise NotFound
    return OptOut(opted_out=opted_out)


def opened(tx: Transaction, ticket: str) -> tuple[UUID, UUID]:
    """The employer and the person of a ticket."""
    found = open_ticket(tx.parts.settings.secret_bytes, ticket)
    if found is None:
        raise NotFound
    return found
