"""Keeps keys outside the database, so that a copy of the database alone opens no answer and signs no token.

The compartment here, `unsealing`, is for the worker only; `signing`, for the API, is in `signing_keys.py`, and the one
that both use in `issuing_keys.py`. In production each belongs to its own operating-system user, and a directory that
anybody else can enter is refused.
"""

import re
from pathlib import Path
from typing import Protocol
from uuid import UUID

from nacl.public import PrivateKey

from peil.keys.key_files import KeyDamagedError, KeyMissingError, KeyStoreError, locked, read, sync, write

_SHA256 = re.compile("[0-9a-f]{64}")


class KeyStore(Protocol):
    """The waves' unsealing keys (X25519, 32 bytes each), as the worker sees them. All raise KeyStoreError."""

    def create(self, wave_id: UUID) -> bytes:
        """The wave's public key, its secret key being durable; again: the same. Refuses a closed wave."""

    def read(self, wave_id: UUID) -> bytes:
        """The wave's secret key. Raises KeyMissingError, KeyDamagedError."""

    def close(self, wave_id: UUID) -> None:
        """Remember for good that the wave is closed, whatever the database says after a restore."""

    def is_closed(self, wave_id: UUID) -> bool:
        """Whether the wave was closed or its key destroyed."""

    def destroy(self, wave_id: UUID) -> None:
        """Close the wave and forget its key; nothing happens where it is gone already."""

    def cancel(self, wave_id: UUID) -> None:
        """Destroy, and remember for good that nothing of the wave is ever told."""

    def is_cancelled(self, wave_id: UUID) -> bool:
        """Whether the wave was cancelled."""

    def is_settled(self, wave_id: UUID) -> bool:
        """Whether it is remembered what was released of the wave."""

    def settle(self, wave_id: UUID, statistics: str) -> bool:
        """Remember for good what is released of the wave, by its SHA-256; False where something else was before.

        Raises KeyDamagedError where nobody can tell any more what was.
        """

    def forget(self, wave_id: UUID) -> None:
        """Leave nothing of the wave, not even that it was closed: only where the wave itself goes for good."""

    def list_waves(self) -> list[UUID]:
        """Every wave of which there is a key, whole or damaged."""


class KeyDirectory:
    """A key store of files: `unsealing/<wave>.key`, `.closed`, `.cancelled`, `.released`.

    Destroying unlinks: what a disk or a backup keeps of an unlinked file is the operator's (encrypted disk,
    backups of keys apart from those of the database and gone within 30 days).
    """

    def __init__(self, directory: Path) -> None:
        self._directory = directory

    def create(self, wave_id: UUID) -> bytes:
        with locked(self._directory, "unsealing") as compartment:
            if (compartment / f"{wave_id}.closed").exists():
                raise KeyStoreError(f"wave {wave_id} is closed: it gets no key any more")
            path = compartment / f"{wave_id}.key"
            if not path.exists():
                key = PrivateKey.generate()
                write(path, bytes(key) + bytes(key.public_key))
            return bytes(_read_key(path).public_key)

    def read(self, wave_id: UUID) -> bytes:
        with locked(self._directory, "unsealing") as compartment:
            return bytes(_read_key(compartment / f"{wave_id}.key"))

    def close(self, wave_id: UUID) -> None:
        with locked(self._directory, "unsealing") as compartment:
            write(compartment / f"{wave_id}.closed", b"")

    def is_closed(self, wave_id: UUID) -> bool:
        with locked(self._directory, "unsealing") as compartment:
            return (compartment / f"{wave_id}.closed").exists()

    def destroy(self, wave_id: UUID) -> None:
        with locked(self._directory, "unsealing") as compartment:
            write(compartment / f"{wave_id}.closed", b"")
            (compartment / f"{wave_id}.key").unlink(missing_ok=True)
            sync(compartment)

    def cancel(self, wave_id: UUID) -> None:
        with locked(self._directory, "unsealing") as compartment:
            write(compartment / f"{wave_id}.cancelled", b"")
        self.destroy(wave_id)

    def is_cancelled(self, wave_id: UUID) -> bool:
        with locked(self._directory, "unsealing") as compartment:
            return (compartment / f"{wave_id}.cancelled").exists()

    def is_settled(self, wave_id: UUID) -> bool:
        with locked(self._directory, "unsealing") as compartment:
            return (compartment / f"{wave_id}.released").exists()

    def settle(self, wave_id: UUID, statistics: str) -> bool:
        with locked(self._directory, "unsealing") as compartment:
            path = compartment / f"{wave_id}.released"
            if not path.exists():
                write(path, statistics.encode())
            known = read(path).decode(errors="replace")
        if not _SHA256.fullmatch(known):
            raise KeyDamagedError(f"{path} is damaged: restore it from the key store's backup")
        return known == statistics

    def forget(self, wave_id: UUID) -> None:
        with locked(self._directory, "unsealing") as compartment:
            for kind in ("key", "closed", "cancelled", "released"):
                (compartment / f"{wave_id}.{kind}").unlink(missing_ok=True)
            sync(compartment)

    def list_waves(self) -> list[UUID]:
        with locked(self._directory, "unsealing") as compartment:
            return [_wave_of(path) for path in sorted(compartment.glob("*.key"))]


def _read_key(path: Path) -> PrivateKey:
    """A wave's key. Its public half stands behind it in the file, so that damage does not go unnoticed."""
    try:
        content = read(path)
    except FileNotFoundError:
        raise KeyMissingError(f"there is no key {path.name}") from None
    key = PrivateKey(content[:32]) if len(content) == 64 else None
    if key is None or content[32:] != bytes(key.public_key):
        raise KeyDamagedError(f"{path} is damaged: restore it from the key store's backup")
    return key


def _wave_of(path: Path) -> UUID:
    try:
        return UUID(path.stem)
    except ValueError:
        raise KeyStoreError(f"{path} is no key of a wave: move it elsewhere") from None
