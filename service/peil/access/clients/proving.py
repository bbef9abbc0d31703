"""How a client proves who it is at the token endpoint: by a secret, by a JWT that it signs, or not at all."""

import logging
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from typing import Annotated, Any, NamedTuple
from uuid import UUID

import msgspec
from joserfc.jwk import KeySet
from msgspec import Meta

from peil import clock
from peil.access.clients import queries, rules
from peil.access.clients.model import AssertionProof, Proof, ProvenClient, PublicProof, SecretProof
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

_log = logging.getLogger(__name__)


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
    """The same for an operation that also needs what the client may. Raises Unauthenticated.

    Whoever asks is told nothing of the reason; the operator finds it in the log.
    """
    try:
        return await _proven(tx, proof)
    except Unauthenticated as error:
        _log.warning("client %s is not proven: %s", _named(proof), error.reason)
        raise Unauthenticated("client") from None


async def accept_key(tx: Transaction, client: StoredClient, held: HeldKey | None) -> None:
    """Takes a proof that a key is held, once; None: there is none. Raises ProofRefused."""
    if held is None and client.dpop_bound:
        raise ProofRefused("dpop-missing")
    if held is not None and not await use_proof(tx, client.employer_id, held.once, held.forgotten_at):
        raise ProofRefused("dpop-used")


def credentials_of(client: StoredClient) -> set[str]:
    """What a client can prove itself by now, in the words of `Proven.credential`."""
    return {str(secret_id) for secret_id in client.secret_ids} | {rules.thumbprint(key) for key in client.keys}


async def _proven(tx: Transaction, proof: Proof) -> Proven:
    client = await queries.select_stored_client(tx, _named(proof), clock.now())
    if client is None:
        raise Unauthenticated("unknown")
    if client.state != "active":
        raise Unauthenticated("not active")
    match proof:
        case SecretProof():
            return Proven(client, _by_secret(proof, client))
        case AssertionProof():
            return Proven(client, await _by_assertion(tx, proof, client))
        case PublicProof():
            _require_page(proof, client)
            return Proven(client, None)


def _by_secret(proof: SecretProof, client: StoredClient) -> str:
    place = place_of(proof.secret, client.digests)
    if place is None:
        raise Unauthenticated("none of its secrets")
    return str(client.secret_ids[place])


def _require_page(proof: PublicProof, client: StoredClient) -> None:
    if not client.public:
        raise Unauthenticated("no secret and no assertion")
    if proof.origin not in client.origins:
        raise Unauthenticated("none of its pages")


async def _by_assertion(tx: Transaction, proof: AssertionProof, client: StoredClient) -> str:
    header = unverified(proof.assertion, 0)
    if proof.client_id not in (None, str(unverified(proof.assertion, 1).get("sub"))):
        raise Unauthenticated("client_id is not its sub")
    key = next((one for one in client.keys if one.kid == header.get("kid")), None)
    usable = None if key is None else rules.usable_key(key)
    if key is None or usable is None:
        raise Unauthenticated("kid is none of its keys'")
    if header.get("typ") not in (None, "JWT", "client-authentication+jwt"):
        raise Unauthenticated("typ of the assertion")
    _, claims = verified(proof.assertion, KeySet([usable]), [key.alg])
    over = _over(claims, tx.parts.token_keys.issuer)
    if not await queries.use_assertion(tx, client, sha256(claims["jti"].encode()).digest(), over):
        raise Unauthenticated("jti was used before")
    return rules.thumbprint(key)


def _over(claims: dict[str, Any], issuer: str) -> datetime:
    """When an assertion is over that names us alone, is the client's own and is good now. Raises Unauthenticated.

    Only our own issuer is an audience: another endpoint's would let that one use it here
    (RFC 7523bis, section 4).
    """
    try:
        said = msgspec.convert(claims, _Assertion)
    except msgspec.ValidationError:
        raise Unauthenticated("claims of the assertion") from None
    if said.iss != said.sub:
        raise Unauthenticated("iss is not sub")
    if issuer != (said.aud if isinstance(said.aud, str) else said.aud[0]):
        raise Unauthenticated("aud is not the issuer alone")
    now = clock.now().timestamp()
    begins = max(said.iat or 0, said.nbf or 0)
    if not (begins <= now + _SKEW and now < said.exp + _SKEW and said.exp <= now + _LIFETIME + _SKEW):
        raise Unauthenticated("exp is not within a minute")
    return datetime.fromtimestamp(said.exp, UTC) + timedelta(seconds=_SKEW)


def _named(proof: Proof) -> UUID:
    """The client that a proof says it is of; NONE: what it says is no id."""
    named = unverified(proof.assertion, 1).get("sub") if isinstance(proof, AssertionProof) else proof.client_id
    return _uuid(named)


def _uuid(text: object) -> UUID:
    try:
        return UUID(str(text))
    except ValueError:
        return NONE
