"""What can be done with issuers, and what everything that says who may sign in has in common."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from peil.access import queries
from peil.access.model import Issuer, IssuerNew, IssuerState
from peil.actor import Reach
from peil.audit import record
from peil.errors import Conflict, Denied, Finding, Invalid, NotFound
from peil.ids import NONE, ordered_id
from peil.operation import Transaction, operation
from peil.outbox import publish
from peil.paging import Page, PageQuery, page


@operation("access:write", creates=True)
async def create_issuer(tx: Transaction, new: IssuerNew) -> Issuer:
    """Registers an OIDC issuer whose tokens sign this employer's people in.

    It is active at once where an administrator does it, and else waits for one to confirm it.
    """
    urls = {"/issuer": new.issuer, "/jwksUrl": new.jwks_url, **origins_at(new.origins)}
    findings = insecure(tx, urls)
    if findings:
        raise Invalid(*findings)
    issuer_id = ordered_id()
    attribute = "external_id" if new.directory_attribute == "externalId" else "user_name"
    # Whoever says which claims mean which roles could be anybody.
    state: IssuerState = "active" if is_administrator(tx) else "inactive"
    await queries.insert_issuer(tx, issuer_id, tx.employer_id, new, attribute, state, tx.now)
    await record(tx, f"issuers/{issuer_id}")
    await publish(tx, "issuer.created", f"issuers/{issuer_id}", state)
    tx.changed.append(tx.parts.authentication.forget)
    return await _issuer(tx, issuer_id)


@operation("access:write")
async def confirm_issuer(tx: Transaction, issuer_id: UUID) -> Issuer:
    """Lets an issuer that somebody else registered sign people in; only an administrator may."""
    _require_administrator(tx)
    await _issuer(tx, issuer_id)
    if not await queries.confirm_issuer(tx, tx.employer_id, issuer_id):
        raise Conflict("issuer-not-waiting")
    return await _changed_issuer(tx, issuer_id, "issuer.confirmed")


@operation("access:write")
async def revoke_issuer(tx: Transaction, issuer_id: UUID) -> Issuer:
    """Takes an issuer's right to sign people in, within a minute; only an administrator may."""
    _require_administrator(tx)
    await _issuer(tx, issuer_id)
    if not await queries.revoke_issuer(tx, tx.employer_id, issuer_id):
        raise Conflict("issuer-revoked")
    return await _changed_issuer(tx, issuer_id, "issuer.revoked")


@operation("access:read")
async def get_issuer(tx: Transaction, issuer_id: UUID) -> Issuer:
    """A registered issuer."""
    return await _issuer(tx, issuer_id)


@operation("access:read")
async def list_issuers(tx: Transaction, query: PageQuery) -> Page[Issuer]:
    """The employer's issuers."""
    bound = (tx.employer_id, "issuers")
    after = tx.parts.cursors.open(query.cursor, UUID, *bound) if query.cursor else NONE
    found = await queries.select_issuers(tx, tx.employer_id, after, query.limit + 1)
    return page(found, query.limit, lambda item: tx.parts.cursors.seal(item.issuer_id, *bound))


def origins_at(origins: Sequence[str]) -> dict[str, str]:
    """Origins by where they stand in the input."""
    return {f"/origins/{place}": origin for place, origin in enumerate(origins)}


def insecure(tx: Transaction, urls: Mapping[str, str]) -> list[Finding]:
    """Which of these, by where they stand in the input, are not https; none where loopback is allowed for a test."""
    if tx.parts.settings.allow_loopback:
        return []
    return [Finding(pointer, "not-https") for pointer, url in urls.items() if not url.startswith("https://")]


def is_administrator(tx: Transaction) -> bool:
    """Whether the caller speaks for whoever decides who may sign in."""
    return "administrator" in tx.actor.roles


def _require_administrator(tx: Transaction) -> None:
    if not is_administrator(tx):
        raise Denied("denied", Finding("", "administrators-only"))


async def enter(tx: Transaction, employer_id: UUID) -> None:
    """Goes on in this employer: the operator enters any, and for everybody else another one does not exist.

    Raises NotFound.
    """
    if tx.reach is Reach.SERVICE:
        await tx.enter(employer_id)
        if await queries.select_known_employer(tx, employer_id) is None:
            raise NotFound
    elif employer_id != tx.actor.employer_id:
        raise NotFound


async def _issuer(tx: Transaction, issuer_id: UUID) -> Issuer:
    found = await queries.select_issuer(tx, tx.employer_id, issuer_id)
    if found is None:
        raise NotFound
    return found


async def _changed_issuer(tx: Transaction, issuer_id: UUID, event: str) -> Issuer:
    issuer = await _issuer(tx, issuer_id)
    await record(tx, f"issuers/{issuer_id}")
    await publish(tx, event, f"issuers/{issuer_id}", issuer.state)
    tx.changed.append(tx.parts.authentication.forget)
    return issuer
