"""Where tokens are taken: each place with a token that it takes, and with the one answer to all others."""

import time
from collections.abc import Awaitable, Callable
from typing import Any, NamedTuple
from uuid import uuid4

import httpx
import msgspec
from joserfc.jwk import RSAKey

from cases.showing import ACCESS_TOKEN, EXCHANGE, ORIGIN, backend, page_of
from peil import base64url
from peil.access.clients.rules import ALGORITHMS
from support.apis import GraphQL, Rest, document_id
from support.house import PUBLIC_URL, Persona
from support.personas import Cast
from support.provider import Provider
from tokens.forging import SMALL, Forge, Members, sealed

ASSERTION_TYPE = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"
_METADATA = f'resource_metadata="{PUBLIC_URL}/.well-known/oauth-protected-resource"'
_CHALLENGES = f'Bearer {_METADATA}, error="invalid_token", DPoP {_METADATA}, algs="{" ".join(ALGORITHMS)}"'


class Refusal(NamedTuple):
    """The answer to what is no good token: its status, challenge and code."""

    status: int
    challenge: str | None
    code: str


UNAUTHENTICATED = Refusal(401, _CHALLENGES, "unauthenticated")
# RFC 8693, section 2.2.2: of the two tokens of an exchange it is not the one that proves who asks.
NOT_EXCHANGED = Refusal(400, None, "invalid_request")
NO_CLIENT = Refusal(401, 'Basic realm="peil"', "invalid_client")


class Door(NamedTuple):
    """A place where a token is taken."""

    header: Members
    claims: Callable[[], Members]
    key: RSAKey
    knock: Callable[[str], Awaitable[httpx.Response]]
    refusal: Refusal

    async def try_with(self, forge: Forge) -> tuple[str, httpx.Response]:
        """A token that was turned bad, and what was answered."""
        token = forge(self.header, self.claims(), self.key)
        return token, await self.knock(token)


NAMES = ("own", "own-graphql", "issuer", "issuer-graphql", "exchange", "assertion", "widget")


async def doors_of(cast: Cast, provider: Provider, documents: httpx.AsyncClient) -> dict[str, Door]:
    """Every door, for callers of one employer whose issuer is this provider."""
    provider.published = [provider.public("rsa"), {**SMALL.as_dict(private=False), "kid": "small"}]
    issuer = {"issuer": provider.url, "audience": "peil-of-doors", "directoryAttribute": "externalId"}
    (await Rest(cast.administrator).create_issuer(issuer)).must()
    own = _like(str(cast.hr.token))
    page = await page_of(cast, str(cast.employee.token), views=["support-routes"], units=[cast.units["field"]])
    widget = _like(str(page.token))
    signing: Any = cast.house.parts.token_keys.newest
    http = cast.house.http

    async def over_rest(token: str) -> httpx.Response:
        return await http.get("/v1/waves", headers={"authorization": f"Bearer {token}"})

    async def over_graphql(token: str) -> httpx.Response:
        asked = {"documentId": document_id("list_waves"), "variables": {"first": 1}}
        return await GraphQL(Persona(documents, token)).send(asked)

    async def in_a_page(token: str) -> httpx.Response:
        headers = {"authorization": f"Bearer {token}", "origin": ORIGIN}
        return await http.get("/v1/widgets/support-routes", headers=headers)

    header: Members = {"alg": "RS256", "typ": "JWT", "kid": "rsa"}
    rsa: Any = provider.keys["rsa"]
    of_person = lambda: _current({"iss": provider.url, "aud": "peil-of-doors", "sub": "employee"})  # noqa: E731
    return {
        "own": Door(own[0], lambda: _current(own[1]), signing, over_rest, UNAUTHENTICATED),
        "own-graphql": Door(own[0], lambda: _current(own[1]), signing, over_graphql, UNAUTHENTICATED),
        "issuer": Door(header, of_person, rsa, over_rest, UNAUTHENTICATED),
        "issuer-graphql": Door(header, of_person, rsa, over_graphql, UNAUTHENTICATED),
        "exchange": Door(header, of_person, rsa, await _exchange(cast), NOT_EXCHANGED),
        "assertion": await _assertion(cast),
        "widget": Door(widget[0], lambda: _current(widget[1]), signing, in_a_page, UNAUTHENTICATED),
    }


async def _exchange(cast: Cast) -> Callable[[str], Awaitable[httpx.Response]]:
    client = await backend(cast)

    async def knock(token: str) -> httpx.Response:
        form = {"grant_type": EXCHANGE, "subject_token": token, "subject_token_type": ACCESS_TOKEN}
        proof = (client["clientId"], client["clientSecret"])
        return await cast.house.http.post("/oauth/token", data=form, auth=proof)

    return knock


async def _assertion(cast: Cast) -> Door:
    key = RSAKey.generate_key(2048, {"kid": "rsa"})
    registered = {**key.as_dict(private=False), "alg": "RS256"}
    new = {"name": "keyed", "roles": ["hr"], "keys": [registered]}
    client_id = (await Rest(cast.administrator).create_client(cast.employer_id, new)).must()["clientId"]

    async def knock(token: str) -> httpx.Response:
        form = {
            "grant_type": "client_credentials",
            "client_assertion_type": ASSERTION_TYPE,
            "client_assertion": token,
        }
        return await cast.house.http.post("/oauth/token", data=form)

    def claims() -> Members:
        return _current({"iss": client_id, "sub": client_id, "aud": PUBLIC_URL}, seconds=50)

    return Door({"alg": "RS256", "typ": "JWT", "kid": "rsa"}, claims, key, knock, NO_CLIENT)


def _like(token: str) -> tuple[Members, Members]:
    """Header and claims of a token."""
    header, claims = [msgspec.json.decode(base64url.decode(part)) for part in token.split(".")[:2]]
    return header, claims


def _current(claims: Members, seconds: int = 600) -> Members:
    """The same claims, of now."""
    now = int(time.time())
    return claims | {"iat": now, "exp": now + seconds, "jti": str(uuid4())}


def good(header: Members, claims: Members, key: RSAKey) -> str:
    """No forgery: what the forger's tool makes of what it is given."""
    return sealed(header, claims, key)
