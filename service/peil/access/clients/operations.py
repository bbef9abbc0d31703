"""What can be done with clients, and what a client gets at the token endpoint."""

from collections.abc import Sequence
from datetime import timedelta
from uuid import UUID

from peil import clock
from peil.access import table
from peil.access.clients import queries, rules
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
from peil.access.dpop import HeldKey
from peil.access.model import Holder, TokenResponse
from peil.access.operations import enter, insecure, is_administrator, origins_at
from peil.access.secret import MOST_SECRETS, create_secret
from peil.access.tokens import LIFETIME
from peil.actor import Reach
from peil.audit import record
from peil.errors import Conflict, Denied, Finding, Invalid, NotFound
from peil.ids import NONE, ordered_id
from peil.operation import ANONYMOUS, Transaction, operation
from peil.outbox import publish
from peil.paging import Page, PageQuery, page
from peil.patching import Patch

_OPERATOR_GIVES = frozenset({"administrator", "vendor_integration"})


@operation("access:write", creates=True, secret=True)
async def create_client(tx: Transaction, employer_id: UUID, new: ClientNew) -> ClientCreated:
    """Creates an OAuth client of an employer; the reply shows its secret, this once.

    One with keys of its own proves itself by those and gets no secret.
    """
    await enter(tx, employer_id)
    findings = [*rules.client_findings(new), *insecure(tx, origins_at(new.origins))]
    if findings:
        raise Invalid(*findings)
    _check_roles(tx, new.roles)
    said = ClientChange(name=new.name, origins=new.origins, keys=new.keys, dpop_bound=new.dpop_bound)
    client_id, secret = await _insert(tx, employer_id, said, sorted(set(new.roles)), public=new.public)
    await _changed(tx, employer_id, client_id, "client.created", "active")
    return _created(await _client(tx, employer_id, client_id), secret)


@operation("access:read")
async def get_client(tx: Transaction, employer_id: UUID, client_id: UUID) -> Client:
    """A client, without its secrets."""
    await enter(tx, employer_id)
    return await _client(tx, employer_id, client_id)


@operation("access:read")
async def list_clients(tx: Transaction, employer_id: UUID, query: PageQuery) -> Page[Client]:
    """The employer's clients."""
    await enter(tx, employer_id)
    bound = (employer_id, "clients")
    after = tx.parts.cursors.open(query.cursor, UUID, *bound) if query.cursor else NONE
    found = await queries.select_clients(tx, employer_id, after, clock.now(), query.limit + 1)
    return page(found, query.limit, lambda item: tx.parts.cursors.seal(item.client_id, *bound))


@operation("access:write")
async def update_client(tx: Transaction, employer_id: UUID, client_id: UUID, patch: Patch[ClientChange]) -> Client:
    """Changes the name, the pages or the keys of a client, or whether its tokens have to be bound to a key.

    Raises Denied for a client with roles that the caller could not give, Conflict `client-revoked`, `client-has-secret`
    and `client-needs-key`: by which of the two it proves itself is settled when it is made.
    """
    client = await _find_to_change(tx, employer_id, client_id)
    tx.must_match(client)
    _require_active(client)
    said = patch.apply(client)
    findings = [*rules.common_findings(said, public=client.public), *insecure(tx, origins_at(said.origins))]
    if findings:
        raise Invalid(*findings)
    if client.secrets and said.keys:
        raise Conflict("client-has-secret")
    if client.keys and not said.keys:
        raise Conflict("client-needs-key")
    await queries.update_client(tx, employer_id, client_id, said)
    await _changed(tx, employer_id, client_id, "client.updated", "active")
    return await _client(tx, employer_id, client_id)


@operation("access:write")
async def revoke_client(tx: Transaction, employer_id: UUID, client_id: UUID) -> Client:
    """Takes a client's right to tokens; those it has stop working within a minute.

    Raises Denied for a client with roles that the caller could not give.
    """
    await _hold(tx, employer_id, client_id)
    await queries.revoke_client(tx, employer_id, client_id)
    await _changed(tx, employer_id, client_id, "client.revoked", "revoked")
    return await _client(tx, employer_id, client_id)


@operation("access:write", creates=True, secret=True)
async def create_client_secret(
    tx: Transaction, employer_id: UUID, client_id: UUID, new: ClientSecretNew
) -> ClientSecretCreated:
    """Gives a client a further secret, shown this once; the one before it works until the overlap is over.

    Raises Denied for a client with roles that the caller could not give, Conflict `client-revoked`,
    `client-has-no-secret`, and `secrets-overlap` while two work already.
    """
    client = await _hold(tx, employer_id, client_id)
    if client.public or client.keys:
        raise Conflict("client-has-no-secret")
    if len(client.secrets) >= MOST_SECRETS:
        raise Conflict("secrets-overlap")
    await queries.expire_secrets(tx, employer_id, client_id, clock.now() + timedelta(seconds=new.overlap))
    secret_id, secret = await _insert_secret(tx, employer_id, client_id)
    await _changed(tx, employer_id, client_id, "client.updated", "active")
    made = next(one for one in (await _client(tx, employer_id, client_id)).secrets if one.secret_id == secret_id)
    return ClientSecretCreated(
        secret_id=secret_id, created_at=made.created_at, expires_at=made.expires_at, client_secret=secret
    )


@operation("access:write")
async def revoke_client_secret(tx: Transaction, employer_id: UUID, client_id: UUID, secret_id: UUID) -> Client:
    """Ends a secret at once, such as one that somebody saw.

    Raises Denied for a client with roles that the caller could not give, Conflict `client-revoked`, and `last-secret`:
    make the next one first, or revoke the client.
    """
    client = await _hold(tx, employer_id, client_id)
    if secret_id not in {secret.secret_id for secret in client.secrets}:
        raise NotFound
    if len(client.secrets) == 1:
        raise Conflict("last-secret")
    await queries.end_secret(tx, employer_id, client_id, secret_id, clock.now())
    if all(one.expires_at is not None for one in client.secrets if one.secret_id != secret_id):
        # Otherwise the one that is left would end with an overlap that there no longer is.
        await queries.keep_secrets(tx, employer_id, client_id, clock.now())
    await _changed(tx, employer_id, client_id, "client.updated", "active")
    return await _client(tx, employer_id, client_id)


@operation(ANONYMOUS)
async def issue_access_token(
    tx: Transaction, proof: SecretProof | AssertionProof, held: HeldKey | None, scope: str | None
) -> TokenResponse:
    """A token for a client that proves itself (RFC 6749, section 4.4; RFC 7523; RFC 9068), bound to a key it holds.

    Raises Unauthenticated for an unknown or revoked client and a wrong proof, alike, ProofRefused for a key that is
    not shown to be held, and Denied for scopes the client's roles do not give. Without `scope` the token has all
    that they give.
    """
    client, credential = await proven(tx, proof)
    await accept_key(tx, client, held)
    allowed = table.reaches(frozenset(client.roles))
    wanted = sorted(set(scope.split())) if scope else sorted(allowed)
    if not wanted or not set(wanted) <= set(allowed):
        raise Denied(scope=scope or "")
    holder = Holder(client.client_id, credential, held.thumbprint if held else None)
    return TokenResponse(
        access_token=tx.parts.token_keys.sign(holder, client.employer_id, wanted),
        token_type=holder.token_type,
        expires_in=LIFETIME,
        scope=" ".join(wanted),
    )


async def create_operator_client(tx: Transaction, name: str) -> ClientCreated:
    """The operator's own client, made on the command line of the machine that holds the database."""
    said = ClientChange(name=name)
    client_id, secret = await _insert(tx, None, said, ["operator"], public=False)
    return ClientCreated(
        client_id=client_id,
        name=name,
        roles=["operator"],
        origins=[],
        public=False,
        keys=[],
        dpop_bound=False,
        secrets=[],
        state="active",
        created_at=clock.now(),
        client_secret=secret,
    )


async def _insert(
    tx: Transaction, employer_id: UUID | None, said: ClientChange, roles: list[str], *, public: bool
) -> tuple[UUID, str | None]:
    client_id = ordered_id()
    await queries.insert_client(tx, client_id, employer_id, said, roles, clock.now(), public=public)
    if public or said.keys:
        return client_id, None
    _, secret = await _insert_secret(tx, employer_id, client_id)
    return client_id, secret


async def _insert_secret(tx: Transaction, employer_id: UUID | None, client_id: UUID) -> tuple[UUID, str]:
    secret_id, secret = ordered_id(), create_secret()
    await queries.insert_secret(tx, employer_id, client_id, secret_id, secret.digest, clock.now())
    return secret_id, secret.text


async def _hold(tx: Transaction, employer_id: UUID, client_id: UUID) -> Client:
    """An active client to be changed, by somebody who could have made it."""
    client = await _find_to_change(tx, employer_id, client_id)
    _require_active(client)
    return client


async def _find_to_change(tx: Transaction, employer_id: UUID, client_id: UUID) -> Client:
    await enter(tx, employer_id)
    await queries.lock_client(tx, employer_id, client_id)
    client = await _client(tx, employer_id, client_id)
    _check_roles(tx, client.roles)
    return client


def _require_active(client: Client) -> None:
    if client.state == "revoked":
        raise Conflict("client-revoked")


async def _changed(tx: Transaction, employer_id: UUID, client_id: UUID, event: str, state: str) -> None:
    await record(tx, f"clients/{client_id}", employer_id=employer_id)
    await publish(tx, event, f"clients/{client_id}", state, employer_id=employer_id)
    tx.changed.append(tx.parts.authentication.forget)


def _check_roles(tx: Transaction, roles: Sequence[str]) -> None:
    # A vendor's client makes more of its kind, never one that speaks for the works council; nor does the operator.
    if is_administrator(tx):
        return
    own = _OPERATOR_GIVES if tx.reach is Reach.SERVICE else tx.actor.roles
    foreign = [place for place, role in enumerate(roles) if role not in own]
    if foreign:
        raise Denied("denied", *[Finding(f"/roles/{place}", "role-not-yours") for place in foreign])


def _created(client: Client, secret: str | None) -> ClientCreated:
    return ClientCreated(
        client_id=client.client_id,
        name=client.name,
        roles=client.roles,
        origins=client.origins,
        public=client.public,
        keys=client.keys,
        dpop_bound=client.dpop_bound,
        secrets=client.secrets,
        state=client.state,
        created_at=client.created_at,
        client_secret=secret,
    )


async def _client(tx: Transaction, employer_id: UUID, client_id: UUID) -> Client:
    found = await queries.select_client(tx, employer_id, client_id, clock.now())
    if found is None:
        raise NotFound
    return found
