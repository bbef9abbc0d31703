"""What can be done with SCIM connections and their secrets, and what a connection could not apply."""

from datetime import datetime, timedelta
from uuid import UUID

from peil import clock, schedule
from peil.access.secret import MOST_SECRETS, create_secret
from peil.audit import record
from peil.directory.scim import queries, rules, secret_queries
from peil.directory.scim.model import (
    ConnectionState,
    RemovalsConfirmed,
    ScimConnection,
    ScimConnectionCreated,
    ScimConnectionNew,
    ScimReport,
    ScimSecretCreated,
    ScimSecretNew,
)
from peil.errors import Conflict, Denied, Invalid, NotFound
from peil.ids import NONE, ordered_id
from peil.operation import Transaction, operation
from peil.outbox import publish
from peil.paging import ChangedPageQuery, Page, page
from peil.patching import Patch

_PREFIX = "peil_scim_"


@operation("scim-connections:write", creates=True, secret=True)
async def create_scim_connection(tx: Transaction, new: ScimConnectionNew) -> ScimConnectionCreated:
    """Creates a connection for a system that provisions over SCIM 2.0; the reply shows its secret, this once.

    It works at once where an administrator makes it, and else when one has confirmed it.
    """
    _check(new)
    connection_id = ordered_id()
    state: ConnectionState = "active" if tx.is_administrator else "inactive"
    await queries.insert_connection(tx, tx.employer_id, connection_id, new, state, clock.now(), tx.actor.vendor_id)
    made = await _insert_secret(tx, connection_id, ScimSecretNew())
    await _tell(tx, connection_id, "scim-connection.created", state)
    connection = await _connection(tx, connection_id)
    return ScimConnectionCreated(
        connection_id=connection.connection_id,
        name=connection.name,
        groups=connection.groups,
        group_prefix=connection.group_prefix,
        group_names=connection.group_names,
        tree=connection.tree,
        erase_after=connection.erase_after,
        erase_inactive_after=connection.erase_inactive_after,
        state=connection.state,
        secrets=connection.secrets,
        confirmed_removals=connection.confirmed_removals,
        confirmed_on=connection.confirmed_on,
        created_at=connection.created_at,
        secret=made.secret,
    )


@operation("scim-connections:read")
async def list_scim_connections(tx: Transaction, query: ChangedPageQuery) -> Page[ScimConnection]:
    """The employer's connections; to a vendor none that another one made."""
    bound = (tx.employer_id, "scim-connections", query.modified_after)
    after = tx.parts.cursors.open(query.cursor, UUID, *bound) if query.cursor else NONE
    since, seer = query.modified_after, tx.actor.vendor_id
    found = await queries.select_connections(tx, tx.employer_id, after, clock.now(), since, query.limit + 1, seer)
    return page(found, query.limit, lambda item: tx.parts.cursors.seal(item.connection_id, *bound))


@operation("scim-connections:read")
async def get_scim_connection(tx: Transaction, connection_id: UUID) -> ScimConnection:
    """A connection, without its secrets."""
    return await _connection(tx, connection_id)


@operation("scim-connections:write")
async def update_scim_connection(
    tx: Transaction, connection_id: UUID, patch: Patch[ScimConnectionNew]
) -> ScimConnection:
    """Changes what is applied of what a connection says from now on.

    Raises Denied for a connection that works and is not the caller's to change,
    and Conflict `scim-connection-revoked`.
    """
    connection = await _hold_to_change(tx, connection_id)
    tx.must_match(connection)
    _require_standing(connection)
    new = patch.apply(connection)
    _check(new)
    await queries.update_connection(tx, tx.employer_id, connection_id, new, clock.now())
    await _tell(tx, connection_id, "scim-connection.updated", connection.state)
    return await _connection(tx, connection_id)


@operation("scim-connections:write")
async def confirm_scim_connection(tx: Transaction, connection_id: UUID) -> ScimConnection:
    """Lets a connection that somebody else made work; only an administrator may.

    With `If-Match` it is the version that was looked at, and no later one. Raises Conflict
    `scim-connection-not-waiting`.
    """
    tx.require_administrator()
    await queries.lock_connection(tx, tx.employer_id, connection_id)
    tx.may_match(await _connection(tx, connection_id))
    if not await queries.set_state(tx, tx.employer_id, connection_id, ["inactive"], "active", clock.now()):
        raise Conflict("scim-connection-not-waiting")
    await _tell(tx, connection_id, "scim-connection.confirmed", "active")
    return await _connection(tx, connection_id)


@operation("scim-connections:write")
async def revoke_scim_connection(tx: Transaction, connection_id: UUID) -> ScimConnection:
    """Ends a connection at once and for ever; people and units stay as they are.

    Raises Denied for a connection that works and is not the caller's to change,
    and Conflict `scim-connection-revoked`.
    """
    await _hold_to_change(tx, connection_id)
    before: list[ConnectionState] = ["inactive", "active"]
    if not await queries.set_state(tx, tx.employer_id, connection_id, before, "revoked", clock.now()):
        raise Conflict("scim-connection-revoked")
    await _tell(tx, connection_id, "scim-connection.revoked", "revoked")
    return await _connection(tx, connection_id)


@operation("scim-connections:write", creates=True, secret=True)
async def create_scim_secret(tx: Transaction, connection_id: UUID, new: ScimSecretNew) -> ScimSecretCreated:
    """Gives a connection a further secret, shown this once; the one before it works until the overlap is over.

    One that a vendor makes ends with its link, and cuts short none that somebody else made.
    Raises Denied for a connection that works and is not the caller's to change,
    Conflict `scim-connection-revoked`, and `secrets-overlap` while two work already.
    """
    connection = await _hold_to_change(tx, connection_id)
    _require_standing(connection)
    if len(connection.secrets) >= MOST_SECRETS:
        raise Conflict("secrets-overlap")
    now = clock.now()
    overlap = now + timedelta(seconds=new.overlap)
    await secret_queries.shorten_secrets(tx, tx.employer_id, connection_id, overlap, tx.actor.vendor_id, now)
    made = await _insert_secret(tx, connection_id, new)
    await _tell(tx, connection_id, "scim-connection.updated", connection.state)
    return made


@operation("scim-connections:write")
async def revoke_scim_secret(tx: Transaction, connection_id: UUID, secret_id: UUID) -> ScimConnection:
    """Ends a secret at once, such as one that somebody saw.

    Raises Denied for a connection that works and is not the caller's to change,
    and to a vendor for a secret that it did not make, Conflict `scim-connection-revoked`, and `last-secret`: make the
    next one first, or revoke the connection.
    """
    connection = await _hold_to_change(tx, connection_id)
    _require_standing(connection)
    if secret_id not in {secret.secret_id for secret in connection.secrets}:
        raise NotFound
    if len(connection.secrets) == 1:
        raise Conflict("last-secret")
    now = clock.now()
    if not await secret_queries.end_secret(tx, tx.employer_id, connection_id, secret_id, now, tx.actor.vendor_id):
        raise Denied
    # Otherwise the one that is left would end with an overlap that there no longer is.
    kept = await secret_queries.keep_secret(tx, tx.employer_id, connection_id, now)
    if kept is not None:
        await _plan_announcement(tx, kept.secret_id, kept.expires_at)
    await _tell(tx, connection_id, "scim-connection.updated", connection.state)
    return await _connection(tx, connection_id)


@operation("scim-connections:read")
async def get_scim_report(tx: Transaction, connection_id: UUID) -> ScimReport:
    """What an administrator should look at: a secret that ends within 30 days, how many people have no place, and
    what the connection said that was not applied, counted."""
    connection = await _connection(tx, connection_id)
    return ScimReport(
        ending=rules.ending(connection, clock.now()),
        standing=await queries.select_standing(tx, tx.employer_id, tx.now.date()),
        unapplied=await queries.select_findings(tx, tx.employer_id, connection_id),
    )


@operation("scim-connections:write")
async def confirm_scim_removals(tx: Transaction, connection_id: UUID, said: RemovalsConfirmed) -> ScimConnection:
    """Lets so many people in all disappear through a connection today, or be left without a unit.

    Only an administrator may.
    """
    tx.require_administrator()
    _require_standing(await _hold_to_change(tx, connection_id))
    await queries.confirm_removals(tx, tx.employer_id, connection_id, said.people, tx.now.date(), clock.now())
    await _tell(tx, connection_id, "scim-connection.updated", "active")
    return await _connection(tx, connection_id)


async def announce_end(tx: Transaction, secret_id: UUID) -> None:
    """Tells that a secret ends, unless another one took its place."""
    connection_id = await secret_queries.select_ending(tx, tx.employer_id, secret_id, clock.now())
    if connection_id is not None:
        await publish(tx, "scim-secret.expiring", f"scim-connections/{connection_id}", "expiring")


async def _insert_secret(tx: Transaction, connection_id: UUID, new: ScimSecretNew) -> ScimSecretCreated:
    secret_id, secret, now = ordered_id(), create_secret(_PREFIX), clock.now()
    end = new.expires_at or now + rules.LIFETIME
    findings = [*rules.end_findings(end, now)]
    if findings:
        raise Invalid(*findings)
    await secret_queries.insert_secret(
        tx, tx.employer_id, connection_id, secret_id, secret.digest, now, end, tx.actor.vendor_id
    )
    await _plan_announcement(tx, secret_id, end)
    return ScimSecretCreated(secret_id=secret_id, created_at=now, expires_at=end, secret=secret.text)


async def _plan_announcement(tx: Transaction, secret_id: UUID, end: datetime) -> None:
    # By the employer's clock, so that a sandbox can be moved to that day; the secret itself ends in real time.
    await schedule.due(tx, "announce_scim_end", secret_id, at=max(tx.now, end - rules.NOTICE))


def _check(new: ScimConnectionNew) -> None:
    findings = [*rules.connection_findings(new)]
    if findings:
        raise Invalid(*findings)


async def _hold_to_change(tx: Transaction, connection_id: UUID) -> ScimConnection:
    """A connection to be changed, held until the transaction ends.

    Raises Denied to whoever is no administrator, for a connection that works and that another vendor or none made:
    with a secret for it they would keep the directory after their own right has ended.
    """
    made_by = await queries.lock_connection(tx, tx.employer_id, connection_id)
    connection = await _connection(tx, connection_id)
    is_own = made_by is not None and made_by == tx.actor.vendor_id
    if not (is_own or connection.state == "inactive"):
        tx.require_administrator()
    return connection


def _require_standing(connection: ScimConnection) -> None:
    if connection.state == "revoked":
        raise Conflict("scim-connection-revoked")


async def _tell(tx: Transaction, connection_id: UUID, event: str, state: str) -> None:
    await record(tx, f"scim-connections/{connection_id}")
    await publish(tx, event, f"scim-connections/{connection_id}", state)


async def _connection(tx: Transaction, connection_id: UUID) -> ScimConnection:
    # A vendor's hears nothing of what another one made: with whom else an employer works is not its business.
    found = await queries.select_connection(tx, tx.employer_id, connection_id, clock.now(), tx.actor.vendor_id)
    if found is None:
        raise NotFound
    return found
