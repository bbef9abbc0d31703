"""Keeps keys outside the database, so that a copy of the database alone opens no answer and signs no token.

Two compartments: `signing` is for the API, `unsealing` for the worker only. In production each belongs to its
own operating-system user, and a directory that anybody else can enter is refused.
"""

import fcntl
import json
import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Protocol
from uuid import UUID

from joserfc.jwk import RSAKey
from nacl.public import PrivateKey


class KeyStoreError(Exception):
    """The key store cannot be used as it is; the message says what to change."""


class KeyMissingError(KeyStoreError):
    """There is no key for this wave: never made, destroyed, or lost."""


class KeyStore(Protocol):
    """The waves' unsealing keys (X25519, 32 bytes each), as the worker sees them. All raise KeyStoreError."""

    def create(self, wave_id: UUID) -> bytes:
        """The wave's public key, its secret key being durable; again: the same. Refuses a closed wave."""

    def read(self, wave_id: UUID) -> bytes:
        """The wave's secret key. Raises KeyMissingError."""

    def close(self, wave_id: UUID) -> None:
        """Remember for good that the wave is closed, whatever the database says after a restore."""

    def is_closed(self, wave_id: UUID) -> bool:
        """Whether the wave was closed or its key destroyed."""

    def destroy(self, wave_id: UUID) -> None:
        """Close the wave and forget its key; nothing happens where it is gone already."""


class KeyDirectory:
    """A key store of files: `unsealing/<wave>.key`, `unsealing/<wave>.closed`, `signing/token-<number>.jwk`.

    Destroying unlinks: what a disk or a backup keeps of an unlinked file is the operator's (encrypted disk,
    backups of keys apart from those of the database and gone within 30 days).
    """

    def __init__(self, directory: Path) -> None:
        self._directory = directory

    def create(self, wave_id: UUID) -> bytes:
        with self._compartment("unsealing") as compartment:
            if (compartment / f"{wave_id}.closed").exists():
                raise KeyStoreError(f"wave {wave_id} is closed: it gets no key any more")
            path = compartment / f"{wave_id}.key"
            if not path.exists():
                key = PrivateKey.generate()
                _write(path, bytes(key) + bytes(key.public_key))
            return bytes(_read_key(path).public_key)

    def read(self, wave_id: UUID) -> bytes:
        with self._compartment("unsealing") as compartment:
            return bytes(_read_key(compartment / f"{wave_id}.key"))

    def close(self, wave_id: UUID) -> None:
        with self._compartment("unsealing") as compartment:
            _write(compartment / f"{wave_id}.closed", b"")

    def is_closed(self, wave_id: UUID) -> bool:
        with self._compartment("unsealing") as compartment:
            return (compartment / f"{wave_id}.closed").exists()

    def destroy(self, wave_id: UUID) -> None:
        with self._compartment("unsealing") as compartment:
            _write(compartment / f"{wave_id}.closed", b"")
            (compartment / f"{wave_id}.key").unlink(missing_ok=True)
            _sync(compartment)

    def signing_keys(self) -> list[RSAKey]:
        """The private keys for access tokens, oldest first; the last one signs, all verify. Makes the first.

        RSA of 2048 bits for RS256, which RFC 9068, section 2.1, requires everybody to support.
        """
        with self._compartment("signing") as compartment:
            paths = _token_paths(compartment) or [_write_token_key(compartment, 1)]
            return [RSAKey.import_key(json.loads(_read(path))) for path in paths]

    def rotate_signing_key(self) -> None:
        """Make a new signing key. The one before goes on verifying until the next rotation; older ones go."""
        with self._compartment("signing") as compartment:
            paths = _token_paths(compartment)
            newest = int(paths[-1].stem.removeprefix("token-")) if paths else 0
            _write_token_key(compartment, newest + 1)
            for path in paths[:-1]:
                path.unlink()
            _sync(compartment)

    @contextmanager
    def _compartment(self, name: str) -> Iterator[Path]:
        """A compartment that is ours alone, locked against other processes of ours."""
        _make(self._directory)
        _require_ours(self._directory, forbidden=0o022)
        compartment = self._directory / name
        _make(compartment)
        _require_ours(compartment, forbidden=0o077)
        descriptor = os.open(compartment, os.O_RDONLY | os.O_DIRECTORY)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX)
            yield compartment
        finally:
            os.close(descriptor)


def _make(directory: Path) -> None:
    if not directory.exists():
        directory.mkdir(mode=0o700, parents=True, exist_ok=True)
        _sync(directory.parent)


def _require_ours(path: Path, forbidden: int) -> None:
    """Raise KeyStoreError where `path` is a link, another's, or open to others by the bits `forbidden`."""
    found = path.lstat()
    if stat.S_ISLNK(found.st_mode):
        raise KeyStoreError(f"{path} is a symbolic link")
    if found.st_uid not in (0, os.geteuid()):
        raise KeyStoreError(f"{path} belongs to user id {found.st_uid}")
    if found.st_mode & forbidden:
        raise KeyStoreError(f"{path} is open to others: chmod {found.st_mode & 0o777 & ~forbidden:o} it")


def _write(path: Path, content: bytes) -> None:
    """Write a file whole or not at all; it is on disk, name and all, on return. The caller holds the lock."""
    new = path.with_name(f"{path.name}.new")
    new.unlink(missing_ok=True)
    descriptor = os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    new.replace(path)
    _sync(path.parent)


def _read(path: Path) -> bytes:
    _require_ours(path, forbidden=0o077)
    return path.read_bytes()


def _sync(directory: Path) -> None:
    descriptor = os.open(directory, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _read_key(path: Path) -> PrivateKey:
    """A wave's key. Its public half stands behind it in the file, so that damage does not go unnoticed."""
    try:
        content = _read(path)
    except FileNotFoundError:
        raise KeyMissingError(f"there is no key {path.name}") from None
    key = PrivateKey(content[:32]) if len(content) == 64 else None
    if key is None or content[32:] != bytes(key.public_key):
        raise KeyStoreError(f"{path} is damaged: restore it from the key store's backup")
    return key


def _token_paths(compartment: Path) -> list[Path]:
    return sorted(compartment.glob("token-*.jwk"))


def _write_token_key(compartment: Path, number: int) -> Path:
    key = RSAKey.generate_key(2048, {"use": "sig", "alg": "RS256"}, auto_kid=True)
    path = compartment / f"token-{number:06}.jwk"
    _write(path, json.dumps(key.as_dict(private=True)).encode())
    return path
