"""Files that hold keys: closed to others, whole or not there, and on disk before anybody relies on them."""

import fcntl
import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


class KeyStoreError(Exception):
    """The key store cannot be used as it is; the message says what to change."""


class KeyMissingError(KeyStoreError):
    """There is no key for this wave: never made, destroyed, or lost."""


class KeyDamagedError(KeyStoreError):
    """There is a file and not the key that belongs there: restore it from the key store's backup."""


@contextmanager
def locked(directory: Path, name: str) -> Iterator[Path]:
    """The compartment `name` of a key store, ours alone, locked against other processes of ours."""
    make(directory)
    require_ours(directory, forbidden=0o022)
    compartment = directory / name
    make(compartment)
    require_ours(compartment, forbidden=0o077)
    descriptor = os.open(compartment, os.O_RDONLY | os.O_DIRECTORY)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield compartment
    finally:
        os.close(descriptor)


def make(directory: Path, mode: int = 0o700) -> None:
    """Make a directory, and those above it, where there is none; it is on disk on return."""
    if not directory.exists():
        directory.mkdir(mode=mode, parents=True, exist_ok=True)
        sync(directory.parent)


def require_ours(path: Path, forbidden: int) -> None:
    """Raise KeyStoreError where `path` is a link, another's, or open to others by the bits `forbidden`."""
    found = require_closed(path, forbidden)
    if found.st_uid not in (0, os.geteuid()):
        raise KeyStoreError(f"{path} belongs to user id {found.st_uid}")


def require_closed(path: Path, forbidden: int) -> os.stat_result:
    """What `path` is. Raises KeyStoreError where it is a link, or open to others by the bits `forbidden`."""
    found = path.lstat()
    if stat.S_ISLNK(found.st_mode):
        raise KeyStoreError(f"{path} is a symbolic link")
    if found.st_mode & forbidden:
        raise KeyStoreError(f"{path} is open to others: chmod {found.st_mode & 0o777 & ~forbidden:o} it")
    return found


def write(path: Path, content: bytes, mode: int = 0o600) -> None:
    """Write a file whole or not at all; it is on disk, name and all, on return. The caller holds the lock."""
    new = path.with_name(f"{path.name}.new")
    new.unlink(missing_ok=True)
    descriptor = os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode)
    with os.fdopen(descriptor, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    new.replace(path)
    sync(path.parent)


def read(path: Path) -> bytes:
    """The content of a file that is ours alone."""
    require_ours(path, forbidden=0o077)
    return path.read_bytes()


def sync(directory: Path) -> None:
    """Put the names in a directory on disk."""
    descriptor = os.open(directory, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
