"""How a token ends before its time (RFC 7009): whoever has it signs off, or it has got into wrong hands."""

from datetime import UTC, datetime
from hashlib import sha256

from peil.access import queries
from peil.access.clients.model import Proof
from peil.access.clients.proving import proven
from peil.errors import Denied, Unauthenticated
from peil.operation import ANONYMOUS, Transaction, operation


@operation(ANONYMOUS)
async def revoke_access_token(tx: Transaction, proof: Proof, token: str) -> None:
    """Ends a token that this client was given, within a minute; what is no good token of ours has ended already.

    Raises Unauthenticated for whoever is no client, and Denied for a token of another one's.
    """
    client, _ = await proven(tx, proof)
    try:
        claims = tx.parts.token_keys.verify(token)
    except Unauthenticated:
        return
    if claims.client_id != client.client_id:
        raise Denied
    ends = datetime.fromtimestamp(claims.exp, UTC)
    await queries.revoke_token(tx, client.employer_id, sha256(claims.jti.encode()).digest(), ends)
    tx.changed.append(lambda: tx.parts.authentication.forget_token(token))
