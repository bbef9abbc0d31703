"""What can be done with an employer's clients, and what a client gets at the token endpoint."""

from collections.abc import Sequence
from uuid import UUID

from peil import clock
from peil.access.clients import keeping, queries, rules, targets
from peil.access.clients.model import (
    AssertionProof,
    Client,
    ClientChange,
    ClientCreated,
    ClientNew,
    ClientSecretCreated,
    ClientSecretNew,
    SecretProof,
)
from peil.access.clients.proving import accept_key, proven
from peil.access.clients.queries import Owner
from peil.access.dpop import HeldKey
from peil.access.model import Holder, TokenResponse
from peil.access.operations import enter, insecure, origins_at
from peil.access.tokens import LIFETIME
from peil.actor import Reach
from peil.audit import record
from peil.errors import Conflict, Denied, Finding, Invalid
from peil.operation import ANONYMOUS, Transaction, operation
from peil.outbox import publish
from peil.paging import ChangedPageQuery, Page
from peil.patching import Patch

_OPERATOR_GIVES = frozenset({"administrator", "vendor_integration"})


@operation("access:write", creates=True, secret=True)
async def create_client(tx: Transaction, employer_id: UUID, new: ClientNew) -> ClientCreated:
    """Creates an OAuth client of an employer; the reply shows its secret, this once.

    One with keys of its own proves itself by those and gets no secret. One that a vendor makes ends with its link.
    Raises Conflict `administrator-exists` for the operator once the employer has had an administrator.
    """
    await enter(tx, employer_id)
    findings = [*rules.client_findings(new), *insecure(tx, origins_at(new.origins))]
    if findings:
        raise Invalid(*findings)
    _check_roles(tx, new.roles)
    await _check_is_being_set_up(tx, employer_id)
    said = ClientChange(name=new.name, origins=new.origins, keys=new.keys, dpop_bound=new.dpop_bound)
    owner = Owner(employer_id, tx.actor.vendor_id)
    client_id, secret = await keeping.insert(tx, owner, said, sorted(set(new.roles)), public=new.public)
    await _changed(tx, employer_id, client_id, "client.created", "active")
    return keeping.shown(await keeping.find(tx, employer_id, client_id), secret)


@operation("access:read")
async def get_client(tx: Transaction, employer_id: UUID, client_id: UUID) -> Client:
    """A client, without its secrets."""
    await enter(tx, employer_id)
    return await keeping.find(tx, employer_id, client_id)


@operation("access:read")
async def list_clients(tx: Transaction, employer_id: UUID, query: ChangedPageQuery) -> Page[Client]:
    """The employer's clients."""
    await enter(tx, employer_id)
    return await keeping.list_of(tx, employer_id, query)


@operation("access:write")
async def update_client(tx: Transaction, employer_id: UUID, client_id: UUID, patch: Patch[ClientChange]) -> Client:
    """Changes the name, the pages or the keys of a client, or whether its tokens have to be bound to a key.

    Raises Denied for a client that the caller could not have made, Conflict `client-revoked`, `client-has-secret`
    and `client-needs-key`: by which of the two it proves itself is settled when it is made; and for the operator
    `administrator-exists`.
    """
    client = await _find_to_change(tx, employer_id, client_id)
    await _check_is_being_set_up(tx, employer_id)
    tx.must_match(client)
    keeping.require_active(client)
    await keeping.change(tx, employer_id, client, patch.apply(client))
    await _changed(tx, employer_id, client_id, "client.updated", "active")
    return await keeping.find(tx, employer_id, client_id)


@operation("access:write")
async def revoke_client(tx: Transaction, employer_id: UUID, client_id: UUID) -> Client:
    """Takes a client's right to tokens; those it has stop working within a minute.

    Raises Denied for a client that the caller could not have made.
    """
    await _hold(tx, employer_id, client_id)
    await queries.revoke_client(tx, employer_id, client_id, clock.now())
    await _changed(tx, employer_id, client_id, "client.revoked", "revoked")
    return await keeping.find(tx, employer_id, client_id)


@operation("access:write", creates=True, secret=True)
async def create_client_secret(
    tx: Transaction, employer_id: UUID, client_id: UUID, new: ClientSecretNew
) -> ClientSecretCreated:
    """Gives a client a further secret, shown this once; the one before it works until the overlap is over.

    Raises Denied for a client that the caller could not have made, Conflict `client-revoked`,
    `client-has-no-secret`, and `secrets-overlap` while two work already; and for the operator `administrator-exists`.
    """
    client = await _hold(tx, employer_id, client_id)
    await _check_is_being_set_up(tx, employer_id)
    made = await keeping.add_secret(tx, Owner(employer_id, client.made_by), employer_id, client, new)
    await _changed(tx, employer_id, client_id, "client.updated", "active")
    return made


@operation("access:write")
async def revoke_client_secret(tx: Transaction, employer_id: UUID, client_id: UUID, secret_id: UUID) -> Client:
    """Ends a secret at once, such as one that somebody saw.

    Raises Denied for a client that the caller could not have made, Conflict `client-revoked`, and `last-secret`:
    make the next one first, or revoke the client.
    """
    client = await _hold(tx, employer_id, client_id)
    await keeping.end_secret(tx, employer_id, client, secret_id)
    await _changed(tx, employer_id, client_id, "client.updated", "active")
    return await keeping.find(tx, employer_id, client_id)


@operation(ANONYMOUS)
async def issue_access_token(
    tx: Transaction,
    proof: SecretProof | AssertionProof,
    held: HeldKey | None,
    scope: str | None,
    target: targets.Target,
) -> TokenResponse:
    """A token for a client that proves itself (RFC 6749, section 4.4; RFC 7523; RFC 8707; RFC 9068), bound to its key.

    Raises Unauthenticated for an unknown or revoked client and a wrong proof, alike, ProofRefused for a key that is
    not shown to be held, Denied for scopes the client's roles do not give, and InvalidTarget for what it may not have
    a token for. Without `scope` the token has all that the roles give there.
    """
    client, credential = await proven(tx, proof)
    await accept_key(tx, client, held)
    aimed = await targets.aim(tx, client, target)
    wanted = sorted(set(scope.split())) if scope else sorted(aimed.scopes)
    targets.require_target(client, aimed, wanted, tx.parts.settings.public_url)
    if not wanted or not set(wanted) <= aimed.scopes:
        raise Denied(scope=scope or "")
    holder = Holder(client.client_id, credential, held.thumbprint if held else None)
    return TokenResponse(
        access_token=tx.parts.token_keys.sign(holder, aimed.employer_id, wanted),
        token_type=holder.token_type,
        expires_in=LIFETIME,
        scope=" ".join(wanted),
    )


async def _hold(tx: Transaction, employer_id: UUID, client_id: UUID) -> Client:
    """An active client to be changed, by somebody who could have made it."""
    client = await _find_to_change(tx, employer_id, client_id)
    keeping.require_active(client)
    return client


async def _find_to_change(tx: Transaction, employer_id: UUID, client_id: UUID) -> Client:
    await enter(tx, employer_id)
    client = await keeping.find_to_change(tx, employer_id, client_id)
    _check_roles(tx, client.roles)
    # What a vendor knows the secret of ends with its link; so it gets none of a client that stays.
    if tx.actor.vendor_id is not None and client.made_by != tx.actor.vendor_id:
        raise Denied
    return client


async def _changed(tx: Transaction, employer_id: UUID, client_id: UUID, event: str, state: str) -> None:
    await record(tx, f"clients/{client_id}", employer_id=employer_id)
    await publish(tx, event, f"clients/{client_id}", state, employer_id=employer_id)
    tx.changed.append(tx.parts.authentication.forget)


async def _check_is_being_set_up(tx: Transaction, employer_id: UUID) -> None:
    # Whoever has an administrator's client sees everything there by a few more clients; the operator is to see nothing.
    if tx.reach is Reach.SERVICE and await queries.has_had_administrator(tx, employer_id):
        raise Conflict("administrator-exists")


def _check_roles(tx: Transaction, roles: Sequence[str]) -> None:
    # A vendor's client makes more of its kind, never one that speaks for the works council; nor does the operator.
    if tx.is_administrator:
        return
    own = _OPERATOR_GIVES if tx.reach is Reach.SERVICE else tx.actor.roles
    foreign = [place for place, role in enumerate(roles) if role not in own]
    if foreign:
        raise Denied("denied", *[Finding(f"/roles/{place}", "role-not-yours") for place in foreign])
