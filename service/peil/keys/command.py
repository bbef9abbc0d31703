"""`peil keys`: what the operator does with the keys that sign access tokens."""

import sys
from collections.abc import Sequence

from peil import clock, settings
from peil.keys.key_files import KeyStoreError
from peil.keys.signing_keys import SigningDirectory, SigningKey, published, signing


def list_keys() -> int:
    """Prints each published key: its kid, since when it signs, and when it vanishes. 1: the store cannot be used."""
    try:
        _print(_directory().read(clock.now()))
    except KeyStoreError as error:
        return _failed(error)
    return 0


def rotate(*, at_once: bool) -> int:
    """Makes a new key and prints what there is now. 1: the store cannot be used, or a rotation is under way."""
    try:
        _print(_directory().rotate(clock.now(), at_once=at_once))
    except KeyStoreError as error:
        return _failed(error)
    return 0


def _directory() -> SigningDirectory:
    chosen = settings.read()
    if chosen.keys is None:
        raise settings.SettingsError("PEIL_KEYS is missing")
    return SigningDirectory(chosen.keys)


def _print(keys: Sequence[SigningKey]) -> None:
    now = clock.now()
    terms = published(keys, now)
    for term in terms:
        begins = term.begins.isoformat(timespec="seconds")
        state = f"signs from {begins}" if term.begins > now else "signs" if term is signing(terms, now) else "verifies"
        ends = "" if term.ends is None else f", vanishes {term.ends.isoformat(timespec='seconds')}"
        sys.stdout.write(f"{term.key.kid}  {state}{ends}\n")


def _failed(error: KeyStoreError) -> int:
    sys.stderr.write(f"{error}\n")
    return 1
