"""The keys that sign access tokens: when each is published, signs, and vanishes, and the files that keep them."""

import json
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import NamedTuple

from joserfc.errors import JoseError
from joserfc.jwk import RSAKey

from peil.keys.key_files import KeyDamagedError, KeyStoreError, locked, read, sync, write

CACHED = 300
"""Seconds that anybody may keep the published keys."""
REREAD = 60
"""Seconds after which a process looks at the files again."""
LEAD = timedelta(seconds=CACHED + 2 * REREAD)
"""A new key is published this long before it signs: by then everybody has it, whatever they kept."""
LONGEST_LIFE = timedelta(seconds=960)
"""No token lives longer: a quarter of an hour, and a minute for clocks that differ."""

_MADE = "peil_created_at"
_EVER = datetime.fromtimestamp(0, UTC)


class SigningKey(NamedTuple):
    """A private key and when it was made; those made before that was kept are of ever."""

    key: RSAKey
    created_at: datetime


class Term(NamedTuple):
    """When a published key signs, and when it vanishes. `ends` None: not before a newer one is made."""

    key: RSAKey
    begins: datetime
    ends: datetime | None


class RotationUnderWayError(KeyStoreError):
    """The last new key does not sign yet: a further one would make its term shorter than anybody's cache."""


def terms_of(keys: Sequence[SigningKey]) -> list[Term]:
    """The terms of keys, oldest first.

    One that has others before it signs once it has been published for long enough, and those vanish when the last
    token that they have signed is over.
    """
    begins = [one.created_at if place == 0 else one.created_at + LEAD for place, one in enumerate(keys)]
    ends = [begin + LONGEST_LIFE for begin in begins[1:]]
    return [Term(one.key, begin, end) for one, begin, end in zip(keys, begins, [*ends, None], strict=True)]


def published(keys: Sequence[SigningKey], now: datetime) -> list[Term]:
    """The keys by which a token may be signed that is good now or soon, oldest first."""
    return [term for term in terms_of(keys) if term.ends is None or now < term.ends]


def signing(terms: Sequence[Term], now: datetime) -> Term:
    """The one that signs: the newest whose term has begun; the oldest where a clock was set back."""
    begun = [term for term in terms if term.begins <= now]
    return begun[-1] if begun else terms[0]


class SigningDirectory:
    """The compartment `signing` of a key store: `token-<number>.jwk`, a JWK each that says when it was made.

    RSA of 2048 bits for RS256, which RFC 9068, section 2.1, requires everybody to support. All raise KeyStoreError.
    """

    def __init__(self, directory: Path) -> None:
        self._directory = directory

    def read(self, now: datetime) -> list[SigningKey]:
        """The keys that are published, oldest first. Makes the first, and deletes those that have vanished."""
        with locked(self._directory, "signing") as compartment:
            return _published(compartment, now)

    def rotate(self, now: datetime, *, at_once: bool = False) -> list[SigningKey]:
        """Make a new key, and give what there is now. `at_once`: the old ones are gone, and with them every token.

        Raises RotationUnderWayError while the last new one does not sign yet.
        """
        key = _made()
        with locked(self._directory, "signing") as compartment:
            known = _published(compartment, now)
            if not at_once and published(known, now)[-1].begins > now:
                raise RotationUnderWayError("the last new key does not sign yet: see `peil keys list`")
            paths = _paths(compartment)
            _write(compartment, 1 + int(paths[-1].stem.removeprefix("token-")), key, now)
            for path in paths if at_once else []:
                path.unlink()
            sync(compartment)
            return _published(compartment, now)


def _published(compartment: Path, now: datetime) -> list[SigningKey]:
    """What `SigningDirectory.read` does, by whoever holds the lock."""
    paths = _paths(compartment) or [_write(compartment, 1, _made(), now)]
    found = [_read(path) for path in paths]
    gone = len(found) - len(published(found, now))
    for path in paths[:gone]:
        path.unlink()
    if gone:
        sync(compartment)
    return found[gone:]


def _made() -> RSAKey:
    return RSAKey.generate_key(2048, {"use": "sig", "alg": "RS256"}, auto_kid=True)


def _paths(compartment: Path) -> list[Path]:
    return sorted(compartment.glob("token-*.jwk"))


def _read(path: Path) -> SigningKey:
    try:
        members = json.loads(read(path))
        created_at = datetime.fromtimestamp(members.pop(_MADE, 0), UTC)
        key = RSAKey.import_key(members)
        if key.is_private:
            return SigningKey(key, created_at)
    except (JoseError, ValueError, TypeError, AttributeError, KeyError):
        pass
    raise KeyDamagedError(f"{path} is damaged: restore it from the key store's backup")


def _write(compartment: Path, number: int, key: RSAKey, now: datetime) -> Path:
    path = compartment / f"token-{number:06}.jwk"
    members = {**key.as_dict(private=True), _MADE: int(now.timestamp())}
    write(path, json.dumps(members).encode())
    return path
