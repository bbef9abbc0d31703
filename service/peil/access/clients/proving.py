"""How a client proves who it is at the token endpoint: by a secret, by a JWT that it signs, or not at all."""

from datetime import UTC, datetime, timedelta
from hashlib import sha256
from typing import Annotated, Any, NamedTuple
from uuid import UUID

import msgspec
from joserfc.jwk import KeySet
from msgspec import Meta

from peil import clock
from peil.access.clients import queries, rules
from peil.access.clients.model import AssertionProof, ClientKey, Proof, ProvenClient, PublicProof, SecretProof
from peil.access.clients.queries import StoredClient
from peil.access.dpop import HeldKey
from peil.access.queries import use_proof
from peil.access.secret import place_of
from peil.access.tokens import unverified, verified
from peil.errors import ProofRefused, Unauthenticated
from peil.ids import NONE
from peil.operation import ANONYMOUS, Transaction, operation

_LIFETIME = 60
"""Seconds from now at which an assertion has to be over."""
_SKEW = 10
"""Seconds that a client's clock may be ahead of ours."""


class _Assertion(msgspec.Struct, frozen=True, kw_only=True):
    """The claims of RFC 7523, section 3; others are of no concern."""

    iss: str
    sub: str
    aud: str | Annotated[list[str], Meta(min_length=1, max_length=1)]
    exp: int
    jti: Annotated[str, Meta(min_length=1, max_length=500)]
    iat: int | None = None
    nbf: int | None = None


class Proven(NamedTuple):
    """A client, and by which of its secrets or keys it has proven itself; None: a public one has none."""

    client: StoredClient
    credential: str | None


@operation(ANONYMOUS)
async def prove_client(tx: Transaction, proof: Proof, held: HeldKey | None) -> ProvenClient:
    """The client that this proof is of, and the key that it has shown to hold.

    Raises Unauthenticated for an unknown or revoked client, a wrong, missing or needless secret, an assertion that is
    not by its key, not for us, over, or used before, and a public one whose page is none of its origins, alike;
    ProofRefused where no key is held and the client needs one.
    """
    client, credential = await proven(tx, proof)
    await accept_key(tx, client, held)
    return ProvenClient(
        client_id=client.client_id,
        employer_id=client.employer_id,
        origins=client.origins,
        public=client.public,
        credential=credential,
        key=held.thumbprint if held else None,
    )


async def proven(tx: Transaction, proof: Proof) -> Proven:
    """The same for an operation that also needs what the client may. Raises Unauthenticated."""
    match proof:
        case SecretProof():
            found = await _by_secret(tx, proof)
        case AssertionProof():
            found = await _by_assertion(tx, proof)
        case PublicProof():
            found = await _by_origin(tx, proof)
    if found is None or found.client.state != "active":
        raise Unauthenticated("client")
    return found


async def accept_key(tx: Transaction, client: StoredClient, held: HeldKey | None) -> None:
    """Takes a proof that a key is held, once; None: there is none. Raises ProofRefused."""
    if held is None and client.dpop_bound:
        raise ProofRefused("dpop-missing")
    if held is not None and not await use_proof(tx, client.employer_id, held.once, held.forgotten_at):
        raise ProofRefused("dpop-used")


def credentials_of(client: StoredClient) -> set[str]:
    """What a client can prove itself by now, in the words of `Proven.credential`."""
    return {str(secret_id) for secret_id in client.secret_ids} | {rules.thumbprint(key) for key in client.keys}


async def _by_secret(tx: Transaction, proof: SecretProof) -> Proven | None:
    client = await queries.select_stored_client(tx, _uuid(proof.client_id), clock.now())
    place = place_of(proof.secret, client.digests if client else [])
    return None if client is None or place is None else Proven(client, str(client.secret_ids[place]))


async def _by_origin(tx: Transaction, proof: PublicProof) -> Proven | None:
    client = await queries.select_stored_client(tx, _uuid(proof.client_id), clock.now())
    return Proven(client, None) if client and client.public and proof.origin in client.origins else None


async def _by_assertion(tx: Transaction, proof: AssertionProof) -> Proven | None:
    header, named = unverified(proof.assertion, 0), unverified(proof.assertion, 1).get("sub")
    if proof.client_id not in (None, named):
        return None
    client = await queries.select_stored_client(tx, _uuid(named), clock.now())
    key = None if client is None else _key(header, client)
    if client is None or key is None:
        return None
    claims = _verified(proof.assertion, header, key)
    if claims is None or not _is_for_us(claims, str(named), tx.parts.token_keys.issuer):
        return None
    over = datetime.fromtimestamp(claims.exp, UTC) + timedelta(seconds=_SKEW)
    is_new = await queries.use_assertion(tx, client, sha256(claims.jti.encode()).digest(), over)
    return Proven(client, rules.thumbprint(key)) if is_new else None


def _key(header: dict[str, Any], client: StoredClient) -> ClientKey | None:
    return next((one for one in client.keys if one.kid == header.get("kid")), None)


def _verified(assertion: str, header: dict[str, Any], key: ClientKey) -> _Assertion | None:
    usable = rules.usable_key(key)
    if usable is None or header.get("typ") not in (None, "JWT", "client-authentication+jwt"):
        return None
    _, claims = verified(assertion, KeySet([usable]), [key.alg])
    try:
        return msgspec.convert(claims, _Assertion)
    except msgspec.ValidationError:
        return None


def _is_for_us(claims: _Assertion, client_id: str, issuer: str) -> bool:
    """Whether it names us alone, is the client's own and is good now.

    Only our own issuer is an audience: another endpoint's would let that one use it here
    (RFC 7523bis, section 4).
    """
    audience = claims.aud if isinstance(claims.aud, str) else claims.aud[0]
    now = clock.now().timestamp()
    begins = max(claims.iat or 0, claims.nbf or 0)
    is_good = begins <= now + _SKEW and now < claims.exp + _SKEW and claims.exp <= now + _LIFETIME + _SKEW
    return claims.iss == client_id and audience == issuer and is_good


def _uuid(text: object) -> UUID:
    try:
        return UUID(str(text))
    except ValueError:
        return NONE
