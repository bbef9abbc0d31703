"""The headers that every answer carries, whoever gives it."""

from typing import Final

from peil import __version__
from peil.http.http_problem import Headers

Header = tuple[bytes, bytes]

_FIXED: Final[tuple[Header, ...]] = (
    (b"api-version", __version__.encode()),
    (b"strict-transport-security", b"max-age=63072000; includeSubDomains"),
    (b"x-content-type-options", b"nosniff"),
)
_REFERRER_POLICY: Final[Header] = (b"referrer-policy", b"no-referrer")
_NO_STORE: Final[Header] = (b"cache-control", b"no-store")
_POLICY_OF_DATA: Final[Header] = (b"content-security-policy", b"default-src 'none'; frame-ancestors 'none'")
_POLICY: Final[Header] = (b"content-security-policy", b"frame-ancestors 'none'")
_VARY: Final[Header] = (b"vary", b"Accept-Language, Origin")
_VARY_TOO: Final[Header] = (b"vary", b"Accept-Language, Origin, Accept")
_FIXED_NAMES: Final = frozenset(name for name, _ in _FIXED)
_OF_A_BODY: Final = frozenset({b"content-type", b"content-length", b"transfer-encoding"})


def complete(headers: Headers, *, has_body: bool, is_negotiated: bool) -> list[Header]:
    """`headers` with what is missing; a response may have its own caching, referrer and content policy.

    Without a body its headers go too; a negotiated response varies by Accept as well.
    """
    completed: list[Header] = list(_FIXED)
    vary = _VARY_TOO if is_negotiated else _VARY
    missing = {_REFERRER_POLICY[0]: _REFERRER_POLICY, _NO_STORE[0]: _NO_STORE, _POLICY[0]: _POLICY_OF_DATA}
    for name, value in headers:
        lower = name.lower()
        if lower == b"vary":
            vary = (b"vary", _joined(vary[1], value))
            continue
        if lower in _FIXED_NAMES or (not has_body and lower in _OF_A_BODY):
            continue
        if lower == b"content-type" and b"json" not in value and _POLICY[0] in missing:
            missing[_POLICY[0]] = _POLICY
        missing.pop(lower, None)
        completed.append((lower, value))
    completed.extend(missing.values())
    completed.append(vary)
    return completed


def _joined(field: bytes, more: bytes) -> bytes:
    """The names of two Vary fields, each once whatever its case; `*` says it all."""
    names: dict[bytes, bytes] = {}
    for part in b",".join((field, more)).split(b","):
        name = part.strip()
        if name:
            names.setdefault(name.lower(), name)
    return b"*" if b"*" in names else b", ".join(names.values())
