"""What can be done with clients and issuers, and how a client gets its token."""

import hmac
import secrets
from collections.abc import Mapping, Sequence
from hashlib import sha256
from uuid import UUID

from peil import clock
from peil.access import queries, rules, table
from peil.access.model import (
    Client,
    ClientCreated,
    ClientNew,
    Issuer,
    IssuerNew,
    IssuerState,
    ProvenClient,
    TokenResponse,
)
from peil.access.queries import StoredClient
from peil.access.tokens import LIFETIME
from peil.actor import Reach
from peil.audit import record
from peil.errors import Conflict, Denied, Finding, Invalid, NotFound, Unauthenticated
from peil.ids import NONE, ordered_id
from peil.operation import ANONYMOUS, Transaction, operation
from peil.outbox import publish
from peil.paging import Page, PageQuery, page

_NO_CLIENT = sha256(b"a client that does not exist takes as long as one that does").digest()
_OPERATOR_GIVES = frozenset({"administrator", "vendor_integration"})


@operation("access:write", creates=True, secret=True)
async def create_client(tx: Transaction, employer_id: UUID, new: ClientNew) -> ClientCreated:
    """Creates an OAuth client of an employer; the reply shows its secret, this once."""
    await _enter(tx, employer_id)
    findings = [*rules.client_findings(new), *_insecure(tx, _origins_at(new.origins))]
    if findings:
        raise Invalid(*findings)
    _check_roles(tx, new.roles)
    secret = None if new.public else secrets.token_urlsafe(32)
    client_id = ordered_id()
    digest = None if secret is None else sha256(secret.encode()).digest()
    roles: list[str] = sorted(set(new.roles))
    await queries.insert_client(tx, client_id, employer_id, new.name, roles, new.origins, digest, tx.now)
    await record(tx, f"clients/{client_id}", employer_id=employer_id)
    await publish(tx, "client.created", f"clients/{client_id}", "active", employer_id=employer_id)
    tx.changed.append(tx.parts.authentication.forget)
    return ClientCreated(
        client_id=client_id,
        name=new.name,
        roles=roles,
        origins=new.origins,
        public=new.public,
        state="active",
        created_at=tx.now,
        client_secret=secret,
    )


@operation("access:read")
async def get_client(tx: Transaction, employer_id: UUID, client_id: UUID) -> Client:
    """A client, without its secret."""
    await _enter(tx, employer_id)
    return await _client(tx, employer_id, client_id)


@operation("access:read")
async def list_clients(tx: Transaction, employer_id: UUID, query: PageQuery) -> Page[Client]:
    """The employer's clients."""
    await _enter(tx, employer_id)
    bound = (employer_id, "clients")
    after = tx.parts.cursors.open(query.cursor, UUID, *bound) if query.cursor else NONE
    found = await queries.select_clients(tx, employer_id, after, query.limit + 1)
    return page(found, query.limit, lambda item: tx.parts.cursors.seal(item.client_id, *bound))


@operation("access:write")
async def revoke_client(tx: Transaction, employer_id: UUID, client_id: UUID) -> Client:
    """Takes a client's right to tokens; those it has stop working within a minute.

    Raises Denied for a client with roles that the caller could not give.
    """
    await _enter(tx, employer_id)
    _check_roles(tx, (await _client(tx, employer_id, client_id)).roles)
    if not await queries.revoke_client(tx, employer_id, client_id):
        raise Conflict("client-revoked")
    await record(tx, f"clients/{client_id}", employer_id=employer_id)
    await publish(tx, "client.revoked", f"clients/{client_id}", "revoked", employer_id=employer_id)
    tx.changed.append(tx.parts.authentication.forget)
    return await _client(tx, employer_id, client_id)


@operation("access:write", creates=True)
async def create_issuer(tx: Transaction, new: IssuerNew) -> Issuer:
    """Registers an OIDC issuer whose tokens sign this employer's people in.

    It is active at once where an administrator does it, and else waits for one to confirm it.
    """
    urls = {"/issuer": new.issuer, "/jwksUrl": new.jwks_url, **_origins_at(new.origins)}
    insecure = _insecure(tx, urls)
    if insecure:
        raise Invalid(*insecure)
    issuer_id = ordered_id()
    attribute = "external_id" if new.directory_attribute == "externalId" else "user_name"
    # Whoever says which claims mean which roles could be anybody.
    state: IssuerState = "active" if _is_administrator(tx) else "inactive"
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


@operation(ANONYMOUS)
async def issue_access_token(tx: Transaction, client_id: str, client_secret: str, scope: str | None) -> TokenResponse:
    """A token for a client that proves its secret (RFC 6749, section 4.4; RFC 9068).

    Raises Unauthenticated for an unknown or revoked client and a wrong secret, alike, and Denied for scopes
    the client's roles do not give. Without `scope` the token has all that they give.
    """
    client = await _proven(tx, client_id, client_secret)
    allowed = table.reaches(frozenset(client.roles))
    wanted = sorted(set(scope.split())) if scope else sorted(allowed)
    if not wanted or not set(wanted) <= set(allowed):
        raise Denied(scope=scope or "")
    token = tx.parts.token_keys.sign(client.client_id, client.employer_id, wanted)
    return TokenResponse(
        access_token=token,
        token_type="Bearer",  # noqa: S106  # the name of a scheme
        expires_in=LIFETIME,
        scope=" ".join(wanted),
    )


@operation(ANONYMOUS)
async def prove_client(tx: Transaction, client_id: str, client_secret: str | None, origin: str | None) -> ProvenClient:
    """A client that proves its secret, or a public one (`client_secret` None) that asks from a page of its own.

    Raises Unauthenticated for an unknown or revoked client, a wrong, missing or needless secret, and a public one
    whose page is none of its origins, alike.
    """
    if client_secret is not None:
        client = await _proven(tx, client_id, client_secret)
    else:
        client = await _public(tx, client_id, origin)
    return ProvenClient(
        client_id=client.client_id,
        employer_id=client.employer_id,
        origins=client.origins,
        public=client.secret_digest is None,
    )


async def create_operator_client(tx: Transaction, name: str) -> ClientCreated:
    """The operator's own client, made on the command line of the machine that holds the database."""
    secret = secrets.token_urlsafe(32)
    client_id = ordered_id()
    digest = sha256(secret.encode()).digest()
    await queries.insert_client(tx, client_id, None, name, ["operator"], [], digest, clock.now())
    return ClientCreated(
        client_id=client_id,
        name=name,
        roles=["operator"],
        origins=[],
        public=False,
        state="active",
        created_at=clock.now(),
        client_secret=secret,
    )


async def _public(tx: Transaction, client_id: str, origin: str | None) -> StoredClient:
    client = await queries.select_stored_client(tx, _uuid(client_id))
    if client is None or client.secret_digest is not None or client.state != "active" or origin not in client.origins:
        raise Unauthenticated("client")
    return client


async def _proven(tx: Transaction, client_id: str, client_secret: str) -> StoredClient:
    client = await queries.select_stored_client(tx, _uuid(client_id))
    digest = None if client is None else client.secret_digest
    proven = hmac.compare_digest(sha256(client_secret.encode()).digest(), digest or _NO_CLIENT)
    if client is None or digest is None or not proven or client.state != "active":
        raise Unauthenticated("client")
    return client


def _origins_at(origins: Sequence[str]) -> dict[str, str]:
    return {f"/origins/{place}": origin for place, origin in enumerate(origins)}


def _insecure(tx: Transaction, urls: Mapping[str, str]) -> list[Finding]:
    """Which of these, by where they stand in the input, are not https; none where loopback is allowed for a test."""
    if tx.parts.settings.allow_loopback:
        return []
    return [Finding(pointer, "not-https") for pointer, url in urls.items() if not url.startswith("https://")]


def _check_roles(tx: Transaction, roles: Sequence[str]) -> None:
    # A vendor's client makes more of its kind, never one that speaks for the works council; nor does the operator.
    if _is_administrator(tx):
        return
    own = _OPERATOR_GIVES if tx.reach is Reach.SERVICE else tx.actor.roles
    foreign = [place for place, role in enumerate(roles) if role not in own]
    if foreign:
        raise Denied("denied", *[Finding(f"/roles/{place}", "role-not-yours") for place in foreign])


def _is_administrator(tx: Transaction) -> bool:
    return "administrator" in tx.actor.roles


def _require_administrator(tx: Transaction) -> None:
    if not _is_administrator(tx):
        raise Denied("denied", Finding("", "administrators-only"))


def _uuid(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        return NONE


async def _enter(tx: Transaction, employer_id: UUID) -> None:
    # The operator enters any employer; for everybody else another employer does not exist.
    if tx.reach is Reach.SERVICE:
        await tx.enter(employer_id)
        if await queries.select_known_employer(tx, employer_id) is None:
            raise NotFound
    elif employer_id != tx.actor.employer_id:
        raise NotFound


async def _client(tx: Transaction, employer_id: UUID, client_id: UUID) -> Client:
    found = await queries.select_client(tx, employer_id, client_id)
    if found is None:
        raise NotFound
    return found


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
