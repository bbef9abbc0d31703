"""What can be done with issuers."""

import asyncio
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

from peil import clock
from peil.access.issuers import queries, rules
from peil.access.issuers.keys import Source
from peil.access.issuers.model import Issuer, IssuerChange, IssuerCheck, IssuerKey, IssuerNew, IssuerState
from peil.access.operations import insecure, origins_at, unreachable
from peil.audit import record
from peil.errors import Busy, Conflict, Invalid, NotFound
from peil.ids import NONE, ordered_id
from peil.operation import Transaction, operation
from peil.outbox import publish
from peil.paging import ChangedPageQuery, Page, page
from peil.patching import Patch

_TOLD = timedelta(days=30)
# A check waits for somebody else's machine and holds a connection meanwhile: two of the pool's at most.
_looking = asyncio.Semaphore(2)


@operation("access:write", creates=True)
async def create_issuer(tx: Transaction, new: IssuerNew) -> Issuer:
    """Registers an OIDC issuer whose tokens sign this employer's people in.

    It is active at once where an administrator does it, and else waits for one to confirm it. Raises Conflict
    `issuer-taken` where a token could be this employer's and another one's.
    """
    findings = [
        *unreachable(tx, {"/issuer": new.issuer} | _keys_of(new)),
        *insecure(tx, origins_at(new.origins)),
        *rules.issuer_findings(new),
    ]
    if findings:
        raise Invalid(*findings)
    issuer_id = ordered_id()
    # Whoever says which claims mean which roles could be anybody.
    state: IssuerState = "active" if tx.is_administrator else "inactive"
    if state == "active":
        await _require_free(tx, new)
    await queries.insert_issuer(tx, issuer_id, tx.employer_id, rules.filled(new), state, tx.now, clock.now())
    return await _changed_issuer(tx, issuer_id, "issuer.created")


@operation("access:write")
async def update_issuer(tx: Transaction, issuer_id: UUID, patch: Patch[IssuerChange]) -> Issuer:
    """Changes how an issuer's tokens are read, such as which of its groups mean which role.

    Of one that signs people in only an administrator changes anything. Raises Conflict `issuer-revoked`.
    """
    await queries.lock_issuer(tx, tx.employer_id, issuer_id)
    issuer = await _issuer(tx, issuer_id)
    if issuer.state == "active":
        tx.require_administrator()
    tx.must_match(issuer)
    said = patch.apply(issuer)
    findings = [
        *unreachable(tx, _keys_of(said)),
        *insecure(tx, origins_at(said.origins)),
        *rules.change_findings(said),
    ]
    if findings:
        raise Invalid(*findings)
    if issuer.state == "revoked":
        raise Conflict("issuer-revoked")
    await queries.update_issuer(tx, tx.employer_id, issuer_id, rules.filled(said), clock.now())
    return await _changed_issuer(tx, issuer_id, "issuer.updated")


@operation("access:write")
async def check_issuer(tx: Transaction, issuer_id: UUID) -> IssuerCheck:
    """Looks at what the issuer publishes now, before somebody tries to sign in and cannot."""
    issuer = await _issuer(tx, issuer_id)
    if _looking.locked():
        raise Busy(5)
    async with _looking:
        found = await tx.parts.authentication.look_at_keys(Source(issuer.issuer, issuer.jwks_url))
    outcome = found.trouble or rules.outcome_of(found.keys.values(), issuer)
    return IssuerCheck(
        outcome=outcome,
        detail=rules.outcome_text(outcome, tx.call.language),
        jwks_url=found.jwks_url,
        keys=[IssuerKey(kid=kid, kty=key.key_type) for kid, key in sorted(found.keys.items())],
    )


@operation("access:write")
async def confirm_issuer(tx: Transaction, issuer_id: UUID) -> Issuer:
    """Lets an issuer that somebody else registered sign people in; only an administrator may.

    With `If-Match` it is the version that was looked at, and no later one. Raises Conflict `issuer-not-waiting`,
    `issuer-taken` where a token could be this employer's and another one's, and `shared-audience` for an audience that
    is in everybody's tokens.
    """
    tx.require_administrator()
    await queries.lock_issuer(tx, tx.employer_id, issuer_id)
    issuer = await _issuer(tx, issuer_id)
    tx.may_match(issuer)
    if issuer.state == "inactive":
        if rules.is_everybodys(issuer.audience):
            raise Conflict("shared-audience")
        await _require_free(tx, issuer)
    if not await queries.confirm_issuer(tx, tx.employer_id, issuer_id, clock.now()):
        raise Conflict("issuer-not-waiting")
    return await _changed_issuer(tx, issuer_id, "issuer.confirmed")


@operation("access:write")
async def revoke_issuer(tx: Transaction, issuer_id: UUID) -> Issuer:
    """Takes an issuer's right to sign people in, within a minute; only an administrator may."""
    tx.require_administrator()
    await _issuer(tx, issuer_id)
    if not await queries.revoke_issuer(tx, tx.employer_id, issuer_id, clock.now()):
        raise Conflict("issuer-revoked")
    return await _changed_issuer(tx, issuer_id, "issuer.revoked")


@operation("access:read")
async def get_issuer(tx: Transaction, issuer_id: UUID) -> Issuer:
    """A registered issuer."""
    return await _issuer(tx, issuer_id)


@operation("access:read")
async def list_issuers(tx: Transaction, query: ChangedPageQuery) -> Page[Issuer]:
    """The employer's issuers."""
    bound = (tx.employer_id, "issuers", query.modified_after)
    after = tx.parts.cursors.open(query.cursor, UUID, *bound) if query.cursor else NONE
    changed = _changed_since(query.modified_after)
    found = await queries.select_issuers(tx, tx.employer_id, after, _since(), changed, query.limit + 1)
    return page(found, query.limit, lambda item: tx.parts.cursors.seal(item.issuer_id, *bound))


async def _require_free(tx: Transaction, wanted: Issuer | IssuerNew) -> None:
    others = await queries.select_registered_elsewhere(tx, tx.employer_id, wanted.issuer, wanted.audience)
    if rules.is_taken(wanted.tenant, others):
        raise Conflict("issuer-taken")


def _keys_of(said: IssuerChange) -> dict[str, str]:
    return {} if said.jwks_url is None else {"/jwksUrl": said.jwks_url}


def _since() -> date:
    return clock.now().date() - _TOLD


def _changed_since(since: datetime | None) -> queries.Changed | None:
    if since is None:
        return None
    on = since.astimezone(UTC).date()
    return queries.Changed(since, on, on - _TOLD)


async def _issuer(tx: Transaction, issuer_id: UUID) -> Issuer:
    found = await queries.select_issuer(tx, tx.employer_id, issuer_id, _since())
    if found is None:
        raise NotFound
    return found


async def _changed_issuer(tx: Transaction, issuer_id: UUID, event: str) -> Issuer:
    issuer = await _issuer(tx, issuer_id)
    await record(tx, f"issuers/{issuer_id}")
    await publish(tx, event, f"issuers/{issuer_id}", issuer.state)
    tx.changed.append(tx.parts.authentication.forget)
    return issuer
