"""From the Authorization header to an actor: our own access tokens and those of employers' issuers."""

import time
from collections import OrderedDict
from hashlib import sha256
from typing import Any
from uuid import UUID

from peil import clock
from peil.access import issuers, queries, table
from peil.access.issuers import IssuerKeys
from peil.access.origins import Origins
from peil.access.queries import KnownEmployer, StoredIssuer
from peil.access.tokens import TokenKeys, unverified
from peil.actor import NOBODY, Actor
from peil.database import Database
from peil.errors import Denied, Unauthenticated

_REMEMBERED = 30.0
"""Seconds an actor is remembered: a revoked client or a changed role is noticed within a minute."""
_MOST = 10_000


class Authentication:
    """Knows who asks; remembers each token for half a minute, by its hash."""

    def __init__(self, database: Database, token_keys: TokenKeys, issuer_keys: IssuerKeys) -> None:
        self._database = database
        self._token_keys = token_keys
        self._issuer_keys = issuer_keys
        self.origins = Origins(database)
        self._remembered: OrderedDict[bytes, tuple[float, float, Actor]] = OrderedDict()

    def forget(self) -> None:
        """Looks everybody up anew, after something changed that they depend on."""
        self._remembered.clear()
        self.origins.forget()

    async def actor(self, authorization: str | None, origin: str | None = None) -> Actor:
        """Who the header speaks for; nobody without one. `origin`: where the page is that asks; None: no page does.

        Raises Unauthenticated, and Denied for unknown people and for pages of which the token knows nothing.
        """
        if authorization is None:
            return NOBODY
        actor = await self._actor(authorization)
        if origin is not None and origin not in actor.origins:
            raise Denied("foreign-origin")
        return actor

    async def _actor(self, authorization: str) -> Actor:
        scheme, _, token = authorization.partition(" ")
        if scheme.lower() != "bearer" or not 20 < len(token) <= 8192:
            raise Unauthenticated("scheme")
        digest = sha256(token.encode()).digest()
        known = self._remembered.get(digest)
        if known is not None and time.monotonic() < known[0] and clock.now().timestamp() < known[1]:
            return known[2]
        actor, expires = await self._look_up(token)
        self._remembered[digest] = (time.monotonic() + _REMEMBERED, expires, actor)
        if len(self._remembered) > _MOST:
            self._remembered.popitem(last=False)
        return actor

    async def _look_up(self, token: str) -> tuple[Actor, float]:
        issuer = unverified(token, 1).get("iss")
        if issuer == self._token_keys.issuer:
            return await self._client(token)
        if not isinstance(issuer, str):
            raise Unauthenticated("issuer")
        return await self._person(token, issuer)

    async def _client(self, token: str) -> tuple[Actor, float]:
        claims = self._token_keys.verify(token)
        async with self._database.transaction(None, service=True) as rows:
            client = await queries.select_stored_client(rows, claims.client_id)
            if client is None or client.state != "active" or client.employer_id != claims.employer:
                raise Unauthenticated("client")
            employer = await queries.select_known_employer(rows, client.employer_id) if client.employer_id else None
        return _client_actor(client, employer, claims.scope), float(claims.exp)

    async def _person(self, token: str, issuer_name: str) -> tuple[Actor, float]:
        async with self._database.transaction(None, service=True) as rows:
            registered = await queries.select_active_issuers(rows, issuer_name)
        issuer, claims = await issuers.verify(token, registered, self._issuer_keys)
        identity = issuers.claim(claims, issuer.identity_claim)
        if not isinstance(identity, str):
            raise Unauthenticated("identity")
        return await self._known_person(issuer, identity, claims), float(claims["exp"])

    async def _known_person(self, issuer: StoredIssuer, identity: str, claims: dict[str, Any]) -> Actor:
        async with self._database.transaction(issuer.employer_id) as rows:
            employer = await queries.select_known_employer(rows, issuer.employer_id)
            if employer is None:
                raise Unauthenticated("employer")
            today = (employer.clock_at or clock.now()).date()
            person = await queries.select_known_person(
                rows, issuer.employer_id, issuer.directory_attribute, identity, today
            )
        if person is None:
            raise Denied("person-not-in-directory")
        roles = issuers.roles_of(claims, issuer) | ({"manager"} if person.managed else set())
        return Actor(
            kind="person",
            id=person.person_id,
            employer_id=issuer.employer_id,
            sandbox=employer.sandbox,
            language=employer.language,
            reaches=table.reaches(roles),
            person_id=person.person_id,
            units=frozenset(person.units),
            managed=frozenset(person.managed),
            roles=roles,
            origins=frozenset(issuer.origins),
            inline_form_by=issuer.inline_form_by,
        )


def _client_actor(client: queries.StoredClient, employer: KnownEmployer | None, scope: str) -> Actor:
    return Actor(
        kind="client",
        id=UUID(int=client.client_id.int),
        employer_id=client.employer_id,
        sandbox=employer is not None and employer.sandbox,
        language=employer.language if employer else "en",
        reaches=table.reaches(frozenset(client.roles), frozenset(scope.split())),
        person_id=None,
        units=frozenset(),
        managed=frozenset(),
        roles=frozenset(client.roles),
    )
