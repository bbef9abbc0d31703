"""Who holds a key and proves it with each request (DPoP, RFC 9449), in every wrong way as well."""

import time
from hashlib import sha256
from typing import Any
from uuid import uuid4

import httpx
from joserfc.jwk import ECKey, Key

from peil import base64url
from support.house import PUBLIC_URL, House
from support.provider import signed

TOKEN_URL = f"{PUBLIC_URL}/oauth/token"


class KeyHolder:
    """A key, and the proofs that it makes."""

    def __init__(self, house: House, key: Key | None = None, alg: str = "ES256") -> None:
        self.house = house
        self.key = key or ECKey.generate_key("P-256")
        self.alg = alg

    def header(self, **changed: Any) -> dict[str, Any]:
        header = {"typ": "dpop+jwt", "alg": self.alg, "jwk": self.key.as_dict(private=False)} | changed
        return {name: value for name, value in header.items() if value is not None}

    def claims(self, method: str, url: str, token: str | None = None, **changed: Any) -> dict[str, Any]:
        claims: dict[str, Any] = {"jti": str(uuid4()), "htm": method, "htu": url, "iat": int(time.time())}
        if token is not None:
            claims["ath"] = base64url.encode(sha256(token.encode()).digest())
        return {name: value for name, value in (claims | changed).items() if value is not None}

    def proof(self, method: str, url: str, token: str | None = None, **changed: Any) -> str:
        return signed(self.header(), self.claims(method, url, token, **changed), self.key)

    async def ask(
        self,
        client: dict[str, Any],
        proof: str | None = None,
        *,
        origin: str | None = None,
        language: str | None = None,
        **form: str,
    ) -> httpx.Response:
        """Asks for a token, as a client with a secret or without one."""
        auth = (client["clientId"], client["clientSecret"]) if client.get("clientSecret") else None
        sent = {"grant_type": "client_credentials"} | ({} if auth else {"client_id": client["clientId"]}) | form
        headers = {"dpop": proof or self.proof("POST", TOKEN_URL)} | ({"origin": origin} if origin else {})
        headers |= {"accept-language": language} if language else {}
        return await self.house.http.post("/oauth/token", data=sent, headers=headers, auth=auth)  # type: ignore[arg-type]  # or none

    async def send(
        self, token: str, path: str = "/waves", method: str = "GET", proof: str | None = None, **options: Any
    ) -> httpx.Response:
        """A request with a bound token and a proof."""
        target = f"/v1{path}" if not path.startswith("/graphql") else path
        shown = proof or self.proof(method, f"{PUBLIC_URL}{target}".partition("?")[0], token)
        headers = {"authorization": f"DPoP {token}", "dpop": shown} | options.pop("headers", {})
        return await self.house.http.request(method, target, headers=headers, **options)
