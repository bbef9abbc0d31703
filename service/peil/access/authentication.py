"""From the Authorization header to an actor: our own access tokens and those of employers' issuers."""

from collections import OrderedDict
from hashlib import sha256
from typing import NamedTuple
from uuid import UUID

import msgspec

from peil import clock
from peil.access import dpop, queries, table
from peil.access.clients.queries import StoredClient
from peil.access.dpop import Shown
from peil.access.holders import client_actor, good_client, widget_actor
from peil.access.issuers import queries as issuer_queries
from peil.access.issuers import verifying
from peil.access.issuers.keys import Found, IssuerKeys, Source
from peil.access.issuers.queries import StoredIssuer
from peil.access.issuers.refusals import Refusal, refusal
from peil.access.origins import Origins
from peil.access.tokens import AccessClaims, TokenKeys, unverified
from peil.access.widget_model import Behalf
from peil.actor import NOBODY, Actor
from peil.database import Database
from peil.errors import Denied, ProofRefused, Unauthenticated

_REMEMBERED = 30.0
"""Seconds an actor is remembered: a revoked client or a changed role is noticed within a minute."""
_MOST = 10_000
_LONGEST = 16_384
"""Characters: Entra ID writes up to 200 groups of 36 into a token."""


class Presented(NamedTuple):
    """What a request brings: its token, where the page is that asks (None: no page does), and what it shows beside."""

    authorization: str | None
    origin: str | None
    shown: Shown


class Known(NamedTuple):
    """Whom a token speaks for, until when (seconds since 1970), and how to look them up again; None: a widget's.

    `key`: the thumbprint of the one that whoever sends it has to hold; None: it is bound to none.
    """

    actor: Actor
    expires: float
    behalf: Behalf | None
    key: str | None


class Authentication:
    """Knows who asks; remembers each token for half a minute, by its hash."""

    def __init__(self, database: Database, token_keys: TokenKeys, issuer_keys: IssuerKeys) -> None:
        self._database = database
        self._token_keys = token_keys
        self._issuer_keys = issuer_keys
        self.origins = Origins(database)
        self._remembered: OrderedDict[bytes, tuple[float, Known]] = OrderedDict()

    def forget(self) -> None:
        """Looks everybody up anew, after something changed that they depend on."""
        self._remembered.clear()
        self.origins.forget()

    def forget_token(self, token: str) -> None:
        """Looks this one up anew."""
        self._remembered.pop(sha256(token.encode()).digest(), None)

    async def look_at_keys(self, source: Source) -> Found:
        """What an issuer publishes now, whatever is kept of it."""
        return await self._issuer_keys.look(source)

    async def actor(self, presented: Presented) -> Actor:
        """Who the request's token speaks for; nobody without one.

        Raises Unauthenticated, ProofRefused for a bound token whose key is not shown to be held, and Denied for unknown
        people and for pages of which the token knows nothing.
        """
        if presented.authorization is None:
            return NOBODY
        scheme, _, token = presented.authorization.partition(" ")
        if scheme.lower() not in ("bearer", "dpop"):
            raise Unauthenticated("scheme")
        known = await self.known(token)
        await self._require_key(known, scheme.lower(), presented.shown, token)
        origin, actor = presented.origin, known.actor
        # A widget is for one page: without one nobody asks for it.
        if (origin is not None or actor.widget is not None) and origin not in actor.origins:
            raise Denied("foreign-origin")
        return actor

    async def _require_key(self, known: Known, scheme: str, shown: Shown, token: str) -> None:
        """Whoever has a bound token shows its key at each request, also where the answer lies ready in memory."""
        if scheme == "bearer":
            if known.key is not None:
                raise ProofRefused("dpop-needed")
            return
        if known.key is None:
            raise ProofRefused("dpop-not-bound")
        held = dpop.check(shown, clock.now(), token)
        dpop.require_held(known.key, held)
        async with self._database.transaction(None, service=True) as rows:
            is_new = await queries.use_proof(rows, known.actor.employer_id, held.once, held.forgotten_at)
        if not is_new:
            raise ProofRefused("dpop-used")

    async def known(self, token: str) -> Known:
        """Whom a token speaks for, wherever it is sent from. Raises Unauthenticated, and Denied for unknown people."""
        digest = _digest(token)
        until, known = self._remembered.get(digest, (0.0, None))
        if known is not None and clock.elapsed() < until:
            return known
        known = await self._look_up(token)
        left = known.expires - clock.now().timestamp()
        self._remembered[digest] = (clock.elapsed() + min(left, _REMEMBERED), known)
        if len(self._remembered) > _MOST:
            self._remembered.popitem(last=False)
        return known

    async def exchanged(self, token: str) -> Known:
        """Whom a token speaks for that is not used but turned into one of ours: an ID token may be one too."""
        _digest(token)
        return await self._look_up(token, exchanged=True)

    async def refusal(self, token: str, reason: str | None, employer_id: UUID) -> Refusal:
        """Why a token was not taken (`reason`: of what `exchanged` raised), as far as this employer may know."""
        try:
            name = str(unverified(token, 1).get("iss"))
        except Unauthenticated:
            name = ""
        async with self._database.transaction(employer_id) as rows:
            issuers = await issuer_queries.select_named_issuers(rows, employer_id, name, clock.now().date())
        return refusal(reason, token, issuers, self._token_keys.issuer)

    async def system(self, employer_id: UUID, system_id: UUID, role: str) -> Actor:
        """Who speaks for an employer's system that has proven itself by a secret of another kind.

        Raises Unauthenticated.
        """
        async with self._database.transaction(employer_id) as rows:
            employer = await queries.select_known_employer(rows, employer_id)
        if employer is None:
            raise Unauthenticated("employer")
        return Actor(
            kind=role,
            id=system_id,
            employer_id=employer_id,
            sandbox=employer.sandbox,
            language=employer.language,
            reaches=table.reaches(frozenset({role})),
            person_id=None,
            units=frozenset(),
            managed=frozenset(),
            roles=frozenset({role}),
        )

    async def _look_up(self, token: str, *, exchanged: bool = False) -> Known:
        issuer = unverified(token, 1).get("iss")
        if issuer == self._token_keys.issuer:
            claims = self._token_keys.verify(token)
            if claims.authorization_details is not None:
                return await self._widget(claims)
            return await (self._client(claims) if claims.behalf is None else self._exchanged_person(claims))
        if not isinstance(issuer, str):
            raise Unauthenticated("issuer")
        return await self._person(token, issuer, exchanged=exchanged)

    async def _client(self, claims: AccessClaims) -> Known:
        scopes = claims.scope.split()
        actor = await self._client_of(claims, scopes)
        behalf = Behalf(subject=claims.client_id, issuer_id=None, roles=[], scopes=scopes, sources=[claims.jti])
        return Known(actor, claims.exp, behalf, _key_of(claims))

    async def _client_of(self, claims: AccessClaims, scopes: list[str]) -> Actor:
        async with self._database.transaction(None, service=True) as rows:
            client = await good_client(rows, claims)
            employer = await queries.select_known_employer(rows, claims.employer) if claims.employer else None
        return client_actor(client, claims.employer, employer, scopes)

    async def _widget(self, claims: AccessClaims) -> Known:
        if claims.authorization_details is None or claims.behalf is None or claims.employer is None:
            raise Unauthenticated("claims")
        (granted,), behalf = claims.authorization_details, claims.behalf
        client = await self._active_client(claims)
        if granted.origin not in client.origins:
            raise Unauthenticated("origin")
        if behalf.issuer_id is None:
            maker = await self._client_of(claims, behalf.scopes)
        else:
            maker = await self._person_again(
                claims.employer, behalf.issuer_id, behalf, frozenset(behalf.scopes) or None
            )
        return Known(widget_actor(granted, maker), claims.exp, None, _key_of(claims))

    async def _exchanged_person(self, claims: AccessClaims) -> Known:
        """A person whose token was exchanged for one of ours (RFC 8693)."""
        behalf = claims.behalf
        if behalf is None or behalf.issuer_id is None or claims.employer is None:
            raise Unauthenticated("claims")
        await self._active_client(claims)
        # What is made of this token has no more than the token itself.
        sources = [*behalf.sources, claims.jti]
        narrowed = msgspec.structs.replace(behalf, scopes=claims.scope.split(), sources=sources)
        person = await self._person_again(claims.employer, behalf.issuer_id, narrowed, frozenset(narrowed.scopes))
        return Known(person, claims.exp, narrowed, _key_of(claims))

    async def _active_client(self, claims: AccessClaims) -> StoredClient:
        async with self._database.transaction(None, service=True) as rows:
            return await good_client(rows, claims)

    async def _person_again(
        self, employer_id: UUID, issuer_id: UUID, behalf: Behalf, scopes: frozenset[str] | None
    ) -> Actor:
        """A person who signed in before, as they are now; `scopes` None: all that their roles give."""
        async with self._database.transaction(None, service=True) as rows:
            issuer = await issuer_queries.select_active_issuer(rows, employer_id, issuer_id)
        if issuer is None:
            raise Unauthenticated("issuer")
        # What the issuer says of a role is not asked again; what its mapping makes of it is.
        roles = frozenset(behalf.roles) & {*issuer.role_mapping.values(), "employee"}
        return await self._known_person(issuer, "person_id", str(behalf.subject), roles, scopes)

    async def _person(self, token: str, issuer_name: str, *, exchanged: bool) -> Known:
        async with self._database.transaction(None, service=True) as rows:
            registered = await issuer_queries.select_active_issuers(rows, issuer_name)
        issuer, claims = await verifying.verify(token, registered, self._issuer_keys, exchanged=exchanged)
        identity = verifying.claim(claims, issuer.identity_claim)
        if not isinstance(identity, str):
            raise Unauthenticated("identity")
        roles = verifying.roles_of(claims, issuer)
        actor = await self._known_person(issuer, issuer.directory_attribute, identity, roles, None)
        if verifying.has_left_out(claims, issuer):
            actor = msgspec.structs.replace(actor, missing="groups-left-out")
        behalf = Behalf(subject=actor.id, issuer_id=issuer.issuer_id, roles=sorted(roles), scopes=[])
        return Known(actor, claims["exp"], behalf, dpop.key_of(claims))

    async def _known_person(
        self,
        issuer: StoredIssuer,
        attribute: str,
        identity: str,
        roles: frozenset[str],
        scopes: frozenset[str] | None,
    ) -> Actor:
        async with self._database.transaction(issuer.employer_id) as rows:
            employer = await queries.select_known_employer(rows, issuer.employer_id)
            if employer is None:
                raise Unauthenticated("employer")
            today = (employer.clock_at or clock.now()).date()
            person = await queries.select_known_person(rows, issuer.employer_id, attribute, identity, today)
            if person is None:
                await issuer_queries.count_unknown(rows, issuer.employer_id, issuer.issuer_id, clock.now().date())
        if person is None:
            raise Denied("person-not-in-directory")
        roles |= {"manager"} if person.managed else set()
        return Actor(
            kind="person",
            id=person.person_id,
            employer_id=issuer.employer_id,
            sandbox=employer.sandbox,
            language=employer.language,
            reaches=table.reaches(roles, scopes),
            person_id=person.person_id,
            units=frozenset(person.units),
            managed=frozenset(person.managed),
            roles=roles,
            origins=frozenset(issuer.origins),
            inline_form_by=issuer.inline_form_by,
        )


def _digest(token: str) -> bytes:
    if not 20 < len(token) <= _LONGEST:
        raise Unauthenticated("scheme")
    return sha256(token.encode()).digest()


def _key_of(claims: AccessClaims) -> str | None:
    return None if claims.cnf is None else dpop.key_of({"cnf": claims.cnf})
