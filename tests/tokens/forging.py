"""Everything that can be wrong with a token: each a good one, turned bad in one way."""

import hmac
import json
import time
from collections.abc import Callable
from typing import Any

import msgspec
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from joserfc.jwk import RSAKey

from peil import base64url
from peil.access.tokens import without_advice
from support.provider import signed

Members = dict[str, Any]
Forge = Callable[[Members, Members, RSAKey], str]
"""Makes a bad token of header, claims and key of a good one."""

STRANGE = RSAKey.generate_key(2048, {"kid": "strange"})
with without_advice():
    SMALL = RSAKey.generate_key(1024, {"kid": "small"})

_YEAR = 365 * 86_400


def sealed(header: Members | bytes, payload: Members | bytes, key: RSAKey) -> str:
    """A token with a true RS256 signature over exactly this header and payload, whatever they say."""
    text = f"{_segment(header)}.{_segment(payload)}"
    return f"{text}.{base64url.encode(_signature(text.encode(), key))}"


def _signature(text: bytes, key: RSAKey) -> bytes:
    private = key.private_key
    assert private is not None
    return private.sign(text, PKCS1v15(), SHA256())


def _segment(part: Members | bytes) -> str:
    return base64url.encode(part if isinstance(part, bytes) else json.dumps(part).encode())


def _header(**changed: Any) -> Forge:
    """One whose header says something else, signed as it should be; None: it does not say it."""
    return lambda header, claims, key: sealed(_changed(header, changed), claims, key)


def _strange(**changed: Any) -> Forge:
    """One whose header says something else, signed by a key of the forger's own."""
    return lambda header, claims, key: sealed(_changed(header, changed), claims, STRANGE)


def _claims(**changed: Any) -> Forge:
    """One whose claims say something else, signed as they should be; None: they do not say it."""
    return lambda header, claims, key: sealed(header, _changed(claims, changed), key)


def _text(name: str, text: str) -> Forge:
    """One in whose claims a member is written so, in JSON or not."""

    def forge(header: Members, claims: Members, key: RSAKey) -> str:
        rest = json.dumps(_changed(claims, {name: None}))
        return sealed(header, f'{rest[:-1]}, "{name}": {text}}}'.encode(), key)

    return forge


def _payload(payload: bytes) -> Forge:
    return lambda header, claims, key: sealed(header, payload, key)


def _changed(members: Members, changed: Members) -> Members:
    return {name: value for name, value in (members | changed).items() if value is not None}


def _unsigned(alg: Any) -> Forge:
    return lambda header, claims, key: f"{_segment(header | {'alg': alg})}.{_segment(claims)}."


def _mac(secret_of: Callable[[RSAKey], bytes]) -> Forge:
    """One with a MAC, whose secret is something that everybody knows of the public key (RFC 8725, section 2.1)."""

    def forge(header: Members, claims: Members, key: RSAKey) -> str:
        text = f"{_segment(header | {'alg': 'HS256'})}.{_segment(claims)}"
        return f"{text}.{base64url.encode(hmac.digest(secret_of(key), text.encode(), 'sha256'))}"

    return forge


def _twice(header: Members, claims: Members, key: RSAKey) -> str:
    text = msgspec.json.encode(claims)
    return sealed(header, text[:-1] + b',"exp":' + str(claims["exp"]).encode() + b"}", key)


def _header_twice(header: Members, claims: Members, key: RSAKey) -> str:
    text = msgspec.json.encode(header)
    return sealed(b'{"alg":"none",' + text[1:], claims, key)


def _unencoded(header: Members, claims: Members, key: RSAKey) -> str:
    """RFC 7797: the payload travels as it is."""
    start = _segment(header | {"b64": False, "crit": ["b64"]})
    payload = json.dumps(claims)
    return f"{start}.{payload}.{base64url.encode(_signature(f'{start}.{payload}'.encode(), key))}"


def _flattened(header: Members, claims: Members, key: RSAKey) -> str:
    """RFC 7515, section 7.2.2: JSON, and no compact form."""
    protected, payload, signature = sealed(header, claims, key).split(".")
    return json.dumps({"protected": protected, "payload": payload, "signature": signature}, separators=(",", ":"))


def _cut(header: Members, claims: Members, key: RSAKey) -> str:
    return sealed(header, claims, key).rpartition(".")[0] + "."


def _swapped(header: Members, claims: Members, key: RSAKey) -> str:
    """Other claims under the signature of the good ones."""
    start, _, signature = sealed(header, claims, key).split(".")
    return f"{start}.{_segment(claims | {'sub': 'somebody', 'scope': 'access:write'})}.{signature}"


def _pem(key: RSAKey) -> bytes:
    return key.as_pem(private=False)


def _der(key: RSAKey) -> bytes:
    return key.public_key.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)


def _jwk(key: RSAKey) -> bytes:
    return msgspec.json.encode(key.as_dict(private=False))


def _now(seconds: float) -> float:
    return time.time() + seconds


_JWK = STRANGE.as_dict(private=False)

ATTACKS: dict[str, Forge] = {
    # No signature.
    **{f"alg-{alg!r}": _unsigned(alg) for alg in ("none", "None", "NONE", "nOnE", "none ", "", ["none"], 0, None)},
    "alg-none-signed": _header(alg="none"),
    "no-alg": _header(alg=None),
    "no-signature": _cut,
    # Another signature.
    "mac-with-pem": _mac(_pem),
    "mac-with-der": _mac(_der),
    "mac-with-jwk": _mac(_jwk),
    "mac-with-nothing": _mac(lambda _: b""),
    "another-key": _strange(),
    "other-claims": _swapped,
    "another-algorithm": lambda h, c, k: signed(h | {"alg": "RS512"}, c, k),
    "padding-of-another": lambda h, c, k: signed(h | {"alg": "PS384"}, c, k),
    "rsa-1024": lambda h, c, k: sealed(h | {"kid": "small"}, c, SMALL),
    # A key that the token brings itself, or says where it is.
    "jwk": _strange(jwk=_JWK),
    "jwk-alone": _strange(jwk=_JWK, kid=None),
    "jku": _strange(jku="https://evil.example/keys"),
    "jku-and-kid": _strange(jku="https://evil.example/keys", kid="strange"),
    "x5u": _strange(x5u="https://evil.example/certificate", kid="strange"),
    "x5c": _strange(x5c=["MIIB"], kid="strange"),
    # A kid that is none.
    **{
        f"kid-{name}": _strange(kid=kid)
        for name, kid in {
            "unknown": "unknown",
            "none": None,
            "number": 7,
            "list": ["rsa"],
            "sql": "' or '1'='1' --",
            "path": "../../../../../../dev/null",
            "url": "https://evil.example/key",
            "nul": "rsa\0",
            "long": "x" * 5000,
            "megabyte": "x" * 1_000_000,
            "surrogate": "\ud800",
        }.items()
    },
    # What the header asks for.
    "typ-of-another": _header(typ="logout+jwt"),
    "typ-number": _header(typ=7),
    "crit-unknown": _header(crit=["x"], x=1),
    "crit-empty": _header(crit=[]),
    "crit-absent": _header(crit=["x"]),
    "crit-text": _header(crit="exp"),
    "crit-known": _header(crit=["alg"]),
    "b64-without-crit": _header(b64=False),
    "b64": _unencoded,
    "header-twice": _header_twice,
    "header-no-object": lambda h, c, k: sealed(b'["RS256"]', c, k),
    # What is no token.
    "nested": lambda h, c, k: sealed(h | {"cty": "JWT"}, sealed(h, c, k).encode(), k),
    "encrypted": lambda h, c, k: ".".join([_segment({"alg": "RSA-OAEP", "enc": "A256GCM"}), *["eHh4eHh4"] * 4]),
    "flattened": _flattened,
    "four-parts": lambda h, c, k: sealed(h, c, k) + ".x",
    "no-base64": lambda h, c, k: "!!!!!!!!.!!!!!!!!.!!!!!!!!",
    "noise": lambda h, c, k: "x" * 40,
    "too-long": lambda h, c, k: sealed(h, c | {"more": "x" * 17_000}, k),
    "payload-list": _payload(b"[]"),
    "payload-null": _payload(b"null"),
    "payload-empty": _payload(b""),
    "payload-no-utf8": _payload(b'{"iss":"\xff"}'),
    "payload-deep": _payload(b"[" * 3000),
    "claim-twice": _twice,
    # Whose it is.
    "iss-another": _claims(iss="https://login.example"),
    "iss-none": _claims(iss=None),
    "iss-list": lambda h, c, k: sealed(h, c | {"iss": [c["iss"]]}, k),
    "iss-longer": lambda h, c, k: sealed(h, c | {"iss": c["iss"] + "/"}, k),
    "aud-another": _claims(aud="https://other.example"),
    "aud-none": _claims(aud=None),
    "aud-empty": _claims(aud=[]),
    "aud-object": lambda h, c, k: sealed(h, c | {"aud": {c["aud"]: 1}}, k),
    "aud-longer": lambda h, c, k: sealed(h, c | {"aud": c["aud"] + "x"}, k),
    "aud-shorter": lambda h, c, k: sealed(h, c | {"aud": c["aud"][:-1]}, k),
    # When it is good.
    "exp-past": _claims(exp=int(_now(-3600)), iat=int(_now(-4000))),
    "exp-none": _claims(exp=None),
    "exp-zero": _claims(exp=0),
    "exp-negative": _claims(exp=-1),
    "exp-true": _claims(exp=True),
    "exp-text": _claims(exp=str(int(_now(600)))),
    "exp-list": _claims(exp=[int(_now(600))]),
    "exp-forever": _claims(exp=10**30),
    "exp-ten-years": _claims(exp=int(_now(10 * _YEAR))),
    "exp-nan": _text("exp", "NaN"),
    "exp-infinity": _text("exp", "Infinity"),
    "exp-1e300": _text("exp", "1e300"),
    "exp-1e999": _text("exp", "1e999"),
    "iat-tomorrow": _claims(iat=int(_now(86_400)), exp=int(_now(86_460))),
    "iat-true": _claims(iat=True),
    "iat-nan": _text("iat", "NaN"),
    "nbf-tomorrow": _claims(nbf=int(_now(86_400))),
    "nbf-forever": _claims(nbf=10**30),
    "nbf-text": _claims(nbf="now"),
    "nbf-true": _claims(nbf=True),
    "nbf-nan": _text("nbf", "NaN"),
}
