"""What a client may be: a system with a secret or keys, and roles, or a page in a browser with neither."""

from collections.abc import Iterator, Sequence
from typing import get_args

import msgspec
from joserfc.jwk import Key

from peil.access.clients.model import ClientChange, ClientKey, ClientNew, KeyAlgorithm
from peil.access.public_keys import fits, usable
from peil.access.table import DELIVERY
from peil.errors import Finding, repeated_items

ALGORITHMS = get_args(KeyAlgorithm)


def client_findings(new: ClientNew) -> Iterator[Finding]:
    """What is wrong with a client to create, whoever creates it."""
    if new.public and new.roles:
        yield Finding("/roles", "public-client-has-no-role")
    if not new.public and not new.roles:
        yield Finding("/roles", "roles-needed")
    if DELIVERY in new.roles and len(set(new.roles)) > 1:
        # Whoever delivers messages sees who is invited; nobody is to see that beside what a role shows.
        yield Finding("/roles", "role-stands-alone", {"role": DELIVERY})
    yield from common_findings(new, public=new.public)


def common_findings(said: ClientNew | ClientChange, *, public: bool) -> Iterator[Finding]:
    """What is wrong with what can be changed of a client."""
    if public and not said.origins:
        yield Finding("/origins", "origins-needed")
    if public and said.keys:
        yield Finding("/keys", "public-client-has-no-key")
    yield from repeated_items(said.origins, "/origins")
    yield from _key_findings(said.keys)


def _key_findings(keys: Sequence[ClientKey]) -> Iterator[Finding]:
    seen: set[str] = set()
    for place, key in enumerate(keys):
        if key.kid in seen:
            yield Finding(f"/keys/{place}/kid", "duplicate-item")
        seen.add(key.kid)
        if not fits(key.alg, key.kty, key.crv):
            yield Finding(f"/keys/{place}/alg", "algorithm-does-not-fit")
        elif usable_key(key) is None:
            yield Finding(f"/keys/{place}", "unusable-key")


def thumbprint(key: ClientKey) -> str:
    """What a usable key is known by (RFC 7638), whatever it is called."""
    found = usable_key(key)
    return "" if found is None else found.thumbprint()


def usable_key(key: ClientKey) -> Key | None:
    """The key to verify with; None where its members make none that is."""
    return usable({name: member for name, member in msgspec.to_builtins(key).items() if member is not None})
