"""An identity provider that signs what it is told to and publishes what it is told to, also nonsense."""

import asyncio
import hmac
import warnings
from base64 import urlsafe_b64encode
from typing import Any
from uuid import uuid4

import msgspec
from joserfc import jws
from joserfc.jwk import ECKey, Key, OKPKey, RSAKey

NO_CLIENT = (
    b'{"error":"invalid_client","error_description":'
    b'"no such client, or not proven as it must: look at its state, secrets, keys and origins; an assertion names '
    b'the issuer alone as aud, is over within a minute and has a new jti each time"}'
)
"""What whoever is no client is told, whatever the reason is."""


class Provider:
    """Signs with any of its keys, by name; `published` is its JWKS."""

    def __init__(self) -> None:
        self.url = ""
        self.keys: dict[str, Key] = {
            "rsa": RSAKey.generate_key(2048, {"kid": "rsa"}),
            "ec": ECKey.generate_key("P-256", {"kid": "ec"}),
            "ed": OKPKey.generate_key("Ed25519", {"kid": "ed"}),
            "next": RSAKey.generate_key(2048, {"kid": "next"}),
        }
        self.published: list[Any] = [self.public(name) for name in ("rsa", "ec", "ed")]
        self.discovery: dict[str, Any] = {}
        """What its discovery document says otherwise than it should."""
        self.answers = asyncio.Event()
        """Unset while it lets everybody wait."""
        self.answers.set()

    def live_at(self, url: str) -> None:
        """Its issuer is a path of its own at this address: the system hands ports out again, to other issuers."""
        self.url = f"{url.removesuffix('/')}/{uuid4()}"

    def public(self, name: str) -> dict[str, Any]:
        """A key as a JWKS has it."""
        return dict(self.keys[name].as_dict(private=False))

    def sign(self, header: dict[str, Any], claims: dict[str, Any] | bytes, key: Key | None = None) -> str:
        """A token with exactly this header and these claims, or these bytes in their place."""
        return signed(header, claims, key or self.keys[header["kid"]])

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        await self.answers.wait()
        if scope["path"].endswith("/.well-known/openid-configuration"):
            document: Any = {"issuer": self.url, "jwks_uri": f"{self.url}/keys"} | self.discovery
        else:
            document = {"keys": self.published}
        body = msgspec.json.encode(document)
        headers = [(b"content-type", b"application/json")]
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        await send({"type": "http.response.body", "body": body})


class _Careless(jws.JWSRegistry):
    # Whoever forges does not look at what stands in the header.
    def check_header(self, header: Any) -> None:
        pass


def signed(header: dict[str, Any], claims: dict[str, Any] | bytes, key: Key) -> str:
    """A JWS over claims or bytes, by whatever algorithm the header names."""
    payload = claims if isinstance(claims, bytes) else msgspec.json.encode(claims)
    # What a key says it is for must not keep a forger from using it for something else.
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        bare = type(key).import_key(key.as_dict(private=True) | {"alg": header["alg"], "use": "sig"})
        return jws.serialize_compact(header, payload, bare, registry=_Careless(algorithms=[header["alg"]]))


def unsigned(header: dict[str, Any], claims: dict[str, Any]) -> str:
    """A token with an empty signature."""
    return f"{_segment(msgspec.json.encode(header))}.{_segment(msgspec.json.encode(claims))}."


def by_public_key(header: dict[str, Any], claims: dict[str, Any], key: RSAKey) -> str:
    """A token with a MAC whose secret is the public key: the confusion of RFC 8725, section 2.1."""
    text = unsigned(header | {"alg": "HS256"}, claims)
    secret = key.as_pem(private=False)
    return text + _segment(hmac.digest(secret, text[:-1].encode(), "sha256"))


def _segment(part: bytes) -> str:
    return urlsafe_b64encode(part).rstrip(b"=").decode()
