"""Whom the secret of a request to SCIM speaks for."""

import hmac
from uuid import UUID

from peil import clock
from peil.access.secret import digest_of
from peil.access.table import PROVISIONING
from peil.actor import Actor
from peil.directory.scim import secret_queries
from peil.errors import Unauthenticated
from peil.parts import Parts


async def connection_of(parts: Parts, authorization: str | None) -> tuple[Actor, UUID]:
    """For which employer a secret speaks, and by which connection. Raises Unauthenticated."""
    scheme, _, secret = (authorization or "").partition(" ")
    if scheme.lower() != "bearer" or not secret:
        raise Unauthenticated(None if authorization is None else "scheme")
    digest = digest_of(secret)
    async with parts.database.transaction(None, service=True) as rows:
        found = await secret_queries.select_secret(rows, digest, clock.now())
    if found is None or not hmac.compare_digest(found.digest, digest):
        raise Unauthenticated("secret")
    return await parts.authentication.system(found.employer_id, found.connection_id, PROVISIONING), found.connection_id
