"""A small OpenID provider of our own: keys, discovery and signed tokens, for the demo and the tests."""

import json
import time
from typing import Any

from joserfc import jwt
from joserfc.jwk import RSAKey


class DemoIssuer:
    """Signs people in as a company's identity provider would; `url` is where its application is served."""

    def __init__(self, url: str, audience: str = "peil") -> None:
        self.url = url
        self.audience = audience
        self.key = RSAKey.generate_key(2048, {"use": "sig", "alg": "RS256"}, auto_kid=True)

    @property
    def jwks_url(self) -> str:
        return f"{self.url}/jwks"

    def token(self, subject: str, **claims: Any) -> str:
        """A token of ten minutes for `subject`; `claims` are added, or replace what would be there."""
        now = int(time.time())
        payload = {
            "iss": self.url,
            "aud": self.audience,
            "sub": subject,
            "iat": now,
            "exp": now + 600,
        } | claims
        return jwt.encode({"alg": "RS256", "typ": "JWT", "kid": self.key.kid}, payload, self.key)

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        """The ASGI application: discovery, keys, and a sign-in at which everybody is believed, since nobody is real."""
        if scope["type"] != "http":
            return
        if scope["path"].startswith("/sign-in/"):
            audience, subject = scope["path"].removeprefix("/sign-in/").split("/", 1)
            await _send(send, 200, b"text/plain", f"{self.token(subject, aud=audience)}\n".encode())
            return
        documents: dict[str, Any] = {
            "/.well-known/openid-configuration": {"issuer": self.url, "jwks_uri": self.jwks_url},
            "/jwks": {"keys": [self.key.as_dict(private=False)]},
        }
        document = documents.get(scope["path"])
        await _send(send, 404 if document is None else 200, b"application/json", json.dumps(document).encode())


async def _send(send: Any, status: int, kind: bytes, body: bytes) -> None:
    await send({"type": "http.response.start", "status": status, "headers": [(b"content-type", kind)]})
    await send({"type": "http.response.body", "body": body})
