"""From the Authorization header to an actor: our own access tokens and those of employers' issuers."""

import time
from collections import OrderedDict
from hashlib import sha256
from typing import NamedTuple
from uuid import UUID

import msgspec

from peil import clock
from peil.access import queries, table
from peil.access.clients.queries import StoredClient, select_stored_client
from peil.access.issuers import queries as issuer_queries
from peil.access.issuers import verifying
from peil.access.issuers.keys import Found, IssuerKeys, Source
from peil.access.issuers.queries import StoredIssuer
from peil.access.origins import Origins
from peil.access.queries import KnownEmployer
from peil.access.tokens import AccessClaims, TokenKeys, unverified
from peil.access.widget_model import WIDGETS, Behalf, WidgetGranted
from peil.actor import NOBODY, Actor, Widget
from peil.database import Database
from peil.errors import Denied, Unauthenticated

_REMEMBERED = 30.0
"""Seconds an actor is remembered: a revoked client or a changed role is noticed within a minute."""
_MOST = 10_000
_LONGEST = 8192


class Known(NamedTuple):
    """Whom a token speaks for, until when (seconds since 1970), and how to look them up again; None: a widget's."""

    actor: Actor
    expires: float
    behalf: Behalf | None


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

    async def look_at_keys(self, source: Source) -> Found:
        """What an issuer publishes now, whatever is kept of it."""
        return await self._issuer_keys.look(source)

    async def actor(self, authorization: str | None, origin: str | None = None) -> Actor:
        """Who the header speaks for; nobody without one. `origin`: where the page is that asks; None: no page does.

        Raises Unauthenticated, and Denied for unknown people and for pages of which the token knows nothing.
        """
        if authorization is None:
            return NOBODY
        scheme, _, token = authorization.partition(" ")
        if scheme.lower() != "bearer":
            raise Unauthenticated("scheme")
        actor = (await self.known(token)).actor
        # A widget is for one page: without one nobody asks for it.
        if (origin is not None or actor.widget is not None) and origin not in actor.origins:
            raise Denied("foreign-origin")
        return actor

    async def known(self, token: str) -> Known:
        """Whom a token speaks for, wherever it is sent from. Raises Unauthenticated, and Denied for unknown people."""
        digest = _digest(token)
        until, known = self._remembered.get(digest, (0.0, None))
        if known is not None and time.monotonic() < until:
            return known
        known = await self._look_up(token)
        left = known.expires - clock.now().timestamp()
        self._remembered[digest] = (time.monotonic() + min(left, _REMEMBERED), known)
        if len(self._remembered) > _MOST:
            self._remembered.popitem(last=False)
        return known

    async def exchanged(self, token: str) -> Known:
        """Whom a token speaks for that is not used but turned into one of ours: an ID token may be one too."""
        _digest(token)
        return await self._look_up(token, exchanged=True)

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
        behalf = Behalf(subject=claims.client_id, issuer_id=None, roles=[], scopes=scopes)
        return Known(actor, claims.exp, behalf)

    async def _client_of(self, claims: AccessClaims, scopes: list[str]) -> Actor:
        async with self._database.transaction(None, service=True) as rows:
            client = await select_stored_client(rows, claims.client_id, clock.now())
            if client is None or client.state != "active" or client.employer_id != claims.employer:
                raise Unauthenticated("client")
            employer = await queries.select_known_employer(rows, client.employer_id) if client.employer_id else None
        return _client_actor(client, employer, scopes)

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
            maker = await self._person_again(claims.employer, behalf.issuer_id, behalf, None)
        return Known(_widget_actor(granted, maker), claims.exp, None)

    async def _exchanged_person(self, claims: AccessClaims) -> Known:
        """A person whose token was exchanged for one of ours (RFC 8693)."""
        behalf = claims.behalf
        if behalf is None or behalf.issuer_id is None or claims.employer is None:
            raise Unauthenticated("claims")
        await self._active_client(claims)
        scopes = frozenset(claims.scope.split())
        return Known(await self._person_again(claims.employer, behalf.issuer_id, behalf, scopes), claims.exp, behalf)

    async def _active_client(self, claims: AccessClaims) -> StoredClient:
        async with self._database.transaction(None, service=True) as rows:
            client = await select_stored_client(rows, claims.client_id, clock.now())
        if client is None or client.state != "active" or client.employer_id != claims.employer:
            raise Unauthenticated("client")
        return client

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
        return Known(actor, claims["exp"], behalf)

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


def _widget_actor(granted: WidgetGranted, maker: Actor) -> Actor:
    return Actor(
        kind="widget",
        id=maker.id,
        employer_id=maker.employer_id,
        sandbox=maker.sandbox,
        language=maker.language,
        reaches={scope: reach for scope, reach in maker.reaches.items() if scope == WIDGETS},
        person_id=None,
        units=frozenset(),
        managed=frozenset(),
        roles=frozenset(),
        origins=frozenset({granted.origin}),
        widget=Widget(views=frozenset(granted.views), units=tuple(granted.units), maker=maker),
    )


def _client_actor(client: StoredClient, employer: KnownEmployer | None, scopes: list[str]) -> Actor:
    return Actor(
        kind="operator" if "operator" in client.roles else "client",
        id=UUID(int=client.client_id.int),
        employer_id=client.employer_id,
        sandbox=employer is not None and employer.sandbox,
        language=employer.language if employer else "en",
        reaches=table.reaches(frozenset(client.roles), frozenset(scopes)),
        person_id=None,
        units=frozenset(),
        managed=frozenset(),
        roles=frozenset(client.roles),
    )
