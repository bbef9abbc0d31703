"""The key store against the waves: a key that is lost, one that should be gone, one that others can read."""

import os
import stat
from collections.abc import Iterator
from pathlib import Path

from nacl.public import PrivateKey

from peil.checks.issuing import look_at_issuing
from peil.checks.model import Line, WaveKeys, judge, unseen
from peil.keys.issuing_keys import IssuingDirectory
from peil.keys.key_files import KeyMissingError, KeyStoreError
from peil.keys.keystore import KeyDirectory, KeyStore
from peil.settings import PREFIX

# Others may look into the store itself, and the group of worker and API reads the keys that sign answer tokens.
_FORBIDDEN = {"": 0o022, "issuing": 0o027}
_TAKES_ANSWERS = {"ready", "open", "closing"}


def look_at_keys(directory: Path | None, waves: list[WaveKeys], patience: float) -> list[Line]:
    """Lines about the store itself and about each wave's key; a key may be overdue by `patience` seconds."""
    looked_at = f"the key store {directory or ''}".strip()
    if directory is None:
        return [unseen("key-store", looked_at, f"{PREFIX}KEYS is not given", f"give {PREFIX}KEYS, as its owner")]
    if not (directory / "unsealing").is_dir():
        why, to_do = "there is no directory unsealing here", f"correct {PREFIX}KEYS, or check where the worker runs"
        return [unseen("key-store", looked_at, why, to_do)]
    open_to_others = list(_open_to_others(directory))
    to_do = "chmod 700 the directories and 600 the files, chown them to the worker's user; the keys were exposed"
    store = judge("key-store", f"{looked_at}: owners, permissions, links", open_to_others, to_do)
    if open_to_others:
        # The store refuses to work like this, and rightly so.
        return [store]
    issuing = look_at_issuing(IssuingDirectory(directory), waves)
    return [store, *_look_at_waves(KeyDirectory(directory), waves, patience), *issuing]


def _open_to_others(directory: Path) -> Iterator[str]:
    """What somebody else owns, can read or has put in place of a file."""
    for path in [directory, *sorted(directory.rglob("*"))]:
        place = path.relative_to(directory).parts
        found = path.lstat()
        mode = stat.S_IMODE(found.st_mode)
        if stat.S_ISLNK(found.st_mode):
            yield f"{path} is a symbolic link"
        elif found.st_uid not in (0, os.geteuid()):
            yield f"{path} belongs to user id {found.st_uid}, not to us ({os.geteuid()})"
        elif mode & _FORBIDDEN.get(place[0] if place else "", 0o077):
            yield f"{path} is open to others ({mode:o})"


def _look_at_waves(keys: KeyStore, waves: list[WaveKeys], patience: float) -> list[Line]:
    """Every wave's key, read without being shown."""
    lost, damaged, reopened, stale = [], [], [], []
    try:
        present = set(keys.list_waves())
    except KeyStoreError as error:
        return [judge("keys-damaged", "names in the key store", [str(error)], "move it out of the key store")]
    for wave in waves:
        if _needs_key(wave):
            try:
                if wave.public_key not in (None, _public(keys.read(wave.wave_id))):
                    damaged.append(f"the key of wave {wave.wave_id} is another one's")
            except KeyMissingError:
                lost.append(f"wave {wave.wave_id} ({wave.state})")
            except KeyStoreError as error:
                damaged.append(str(error))
        if wave.admitted in ("ready", "open", "unrecoverable") and keys.is_closed(wave.wave_id):
            reopened.append(f"wave {wave.wave_id} is closed for the key store and {wave.admitted} for the database")
        if wave.wave_id in present and _should_be_gone(wave, patience):
            stale.append(f"wave {wave.wave_id} ({wave.state}, keys {wave.keys})")
    stale += [f"wave {wave_id} (unknown to the database)" for wave_id in present - {wave.wave_id for wave in waves}]
    restore = "restore it from the key store's backup"
    return [
        judge("keys-lost", "keys of waves that take answers", lost, f"{restore}: until then it takes none"),
        judge("keys-damaged", "whether each key is whole and is the wave's", damaged, restore),
        judge("keys-reopened", "waves that were closed once", reopened, "start the worker: it closes them again first"),
        judge(
            "keys-stale",
            "keys of waves that are over: gone once the grace is",
            sorted(stale),
            "start the worker; if one stays although no restore made the database forget its wave, delete its file",
        ),
    ]


def _needs_key(wave: WaveKeys) -> bool:
    return wave.state in _TAKES_ANSWERS or (wave.state == "unrecoverable" and wave.keys == "present")


def _should_be_gone(wave: WaveKeys, patience: float) -> bool:
    """Destroyed says the wave, or its destruction is overdue, or nothing will ever destroy it."""
    if wave.keys == "destroyed" or (wave.late is not None and wave.late > patience):
        return True
    return wave.state in ("released", "cancelled") and wave.late is None


def _public(secret: bytes) -> bytes:
    return bytes(PrivateKey(secret).public_key)
