"""Keeps the keys that sign answer tokens blindly: the worker makes them ahead of an opening, the API signs with them.

A compartment of the key store of its own, `issuing/<wave>/<key>.key`. Where worker and API are two users of the
operating system, the compartment belongs to the worker and to a group of both, which may read it (mode 2750).
"""

import hmac
import os
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from hashlib import sha256
from pathlib import Path
from shutil import rmtree
from typing import Protocol
from uuid import UUID

from peil.ids import silent_id
from peil.keys import blind_signatures
from peil.keys.key_files import (
    KeyDamagedError,
    KeyMissingError,
    KeyStoreError,
    make,
    require_closed,
    require_ours,
    sync,
    write,
)

_DIRECTORY_MODE = 0o750
_FILE_MODE = 0o640
_FORBIDDEN = 0o027
_DIGEST = 32


class IssuingKeys(Protocol):
    """The private keys (RSA of 2048 bits, PKCS #8 in DER) by wave and key. All raise KeyStoreError."""

    def list_keys(self, wave_id: UUID) -> Sequence[UUID]:
        """The keys a wave has, by id."""

    def create(self, wave_id: UUID, number: int) -> None:
        """Make so many more keys, on all cores; they are durable on return."""

    def read(self, wave_id: UUID, key_id: UUID) -> bytes:
        """A private key. Raises KeyMissingError, KeyDamagedError."""

    def list_waves(self) -> Sequence[UUID]:
        """Every wave of which there are keys."""

    def destroy(self, wave_id: UUID) -> None:
        """Forget all keys of a wave; nothing happens where there are none."""


class IssuingDirectory:
    """Files, each the SHA-256 of a key and the key, so that damage does not go unnoticed."""

    def __init__(self, directory: Path) -> None:
        self._above = directory
        self._directory = directory / "issuing"

    def list_keys(self, wave_id: UUID) -> Sequence[UUID]:
        return sorted(UUID(path.stem) for path in (self._directory / str(wave_id)).glob("*.key"))

    def create(self, wave_id: UUID, number: int) -> None:
        # OpenSSL lets the other threads go on while it looks for primes.
        with ThreadPoolExecutor(os.cpu_count()) as threads:
            made = list(threads.map(lambda _: blind_signatures.generate_key(), range(number)))
        wave = self._compartment() / str(wave_id)
        make(wave, _DIRECTORY_MODE)
        require_closed(wave, _FORBIDDEN)
        for key in made:
            write(wave / f"{silent_id()}.key", sha256(key).digest() + key, _FILE_MODE)

    def read(self, wave_id: UUID, key_id: UUID) -> bytes:
        path = self._compartment() / str(wave_id) / f"{key_id}.key"
        try:
            require_closed(path.parent, _FORBIDDEN)
            require_closed(path, _FORBIDDEN)
            content = path.read_bytes()
        except FileNotFoundError:
            raise KeyMissingError(f"there is no key {path.name} of wave {wave_id}") from None
        digest, key = content[:_DIGEST], content[_DIGEST:]
        if not hmac.compare_digest(digest, sha256(key).digest()):
            raise KeyDamagedError(f"{path} is damaged: restore it from the key store's backup")
        return key

    def list_waves(self) -> Sequence[UUID]:
        try:
            return sorted(UUID(path.name) for path in self._directory.glob("*"))
        except ValueError:
            raise KeyStoreError(f"{self._directory} holds something that is no wave's: move it elsewhere") from None

    def destroy(self, wave_id: UUID) -> None:
        wave = self._directory / str(wave_id)
        if wave.exists():
            rmtree(wave)
            sync(self._directory)

    def _compartment(self) -> Path:
        make(self._above)
        require_ours(self._above, forbidden=0o022)
        make(self._directory, _DIRECTORY_MODE)
        # It may belong to the worker: only who may write in the directory above has put it there.
        require_closed(self._directory, _FORBIDDEN)
        return self._directory
