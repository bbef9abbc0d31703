"""Keys are durable before they are used, closed to others, the same when asked again, gone when destroyed."""

import os
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from nacl.public import PrivateKey

from peil import clock
from peil.keys.key_files import KeyDamagedError, KeyMissingError, KeyStoreError
from peil.keys.keystore import KeyDirectory, KeyStore
from peil.keys.signing_keys import SigningDirectory


@pytest.fixture
def directory(tmp_path: Path) -> Path:
    """Where the key store will be made."""
    return tmp_path / "keys"


@pytest.fixture
def store(directory: Path) -> KeyDirectory:
    """An empty key store."""
    return KeyDirectory(directory)


@pytest.fixture
def wave_id() -> UUID:
    """Any wave."""
    return uuid4()


def files(directory: Path) -> set[str]:
    """The names of all files, without their folders."""
    return {path.name for path in directory.rglob("*") if path.is_file()}


def test_the_directory_is_a_key_store(store: KeyDirectory, wave_id: UUID) -> None:
    """The worker knows the protocol only."""
    worker: KeyStore = store

    assert len(worker.create(wave_id)) == 32


def test_the_secret_key_belongs_to_the_public_key(store: KeyDirectory, wave_id: UUID) -> None:
    """What `create` gives out is the public half of what `read` gives."""
    public = store.create(wave_id)

    assert bytes(PrivateKey(store.read(wave_id)).public_key) == public


def test_creating_again_gives_the_same_key(store: KeyDirectory, directory: Path, wave_id: UUID) -> None:
    """An opening that is done again after a crash keeps the key that was published."""
    public = store.create(wave_id)

    assert KeyDirectory(directory).create(wave_id) == public


def test_each_wave_has_its_own_key(store: KeyDirectory) -> None:
    """The key of one wave opens no other."""
    assert store.create(uuid4()) != store.create(uuid4())


def test_creating_at_the_same_time_gives_one_key(
    directory: Path, wave_id: UUID, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two workers that open the same wave publish the same key, however slow the disk."""
    monkeypatch.setattr(os, "fsync", lambda _: time.sleep(0.02))

    with ThreadPoolExecutor(4) as threads:
        made = list(threads.map(lambda _: KeyDirectory(directory).create(wave_id), range(4)))

    assert len(set(made)) == 1


def test_directories_and_files_are_private(store: KeyDirectory, directory: Path, wave_id: UUID) -> None:
    """Nobody else reads a key, whatever the umask."""
    before = os.umask(0)
    try:
        store.create(wave_id)
        SigningDirectory(directory).read(clock.now())
    finally:
        os.umask(before)
    modes = {path: path.stat().st_mode & 0o777 for path in (directory, *directory.rglob("*"))}

    assert all(mode == (0o700 if path.is_dir() else 0o600) for path, mode in modes.items())
    assert len(modes) == 5


@pytest.mark.parametrize("mode", [0o750, 0o705, 0o701, 0o720])
def test_a_compartment_open_to_others_is_refused(
    store: KeyDirectory, directory: Path, wave_id: UUID, mode: int
) -> None:
    """Keys in a directory that others enter are not used, and the message says how to close it."""
    store.create(wave_id)
    (directory / "unsealing").chmod(mode)

    with pytest.raises(KeyStoreError, match="chmod 700"):
        store.read(wave_id)


def test_a_directory_that_others_can_change_is_refused(store: KeyDirectory, directory: Path, wave_id: UUID) -> None:
    """Who can rename a compartment can put another in its place; to pass through is allowed."""
    store.create(wave_id)
    directory.chmod(0o711)
    store.read(wave_id)
    directory.chmod(0o775)

    with pytest.raises(KeyStoreError, match="chmod 755"):
        store.read(wave_id)


def test_a_key_that_others_can_read_is_refused(store: KeyDirectory, directory: Path, wave_id: UUID) -> None:
    """A restore with careless permissions is noticed."""
    store.create(wave_id)
    (directory / "unsealing" / f"{wave_id}.key").chmod(0o644)

    with pytest.raises(KeyStoreError, match="chmod 600"):
        store.read(wave_id)


def test_a_compartment_that_is_a_link_is_refused(
    store: KeyDirectory, directory: Path, tmp_path: Path, wave_id: UUID
) -> None:
    """Keys are written where they seem to be written."""
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir(mode=0o700)
    directory.mkdir(mode=0o700)
    (directory / "unsealing").symlink_to(elsewhere)

    with pytest.raises(KeyStoreError, match="symbolic link"):
        store.create(wave_id)


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can give a directory away")
def test_the_compartment_of_another_user_is_refused(store: KeyDirectory, directory: Path, wave_id: UUID) -> None:
    """A program started under the wrong user does not mix its files in."""
    store.create(wave_id)
    os.chown(directory / "unsealing", 65534, 65534)

    with pytest.raises(KeyStoreError, match="belongs to user id 65534"):
        store.read(wave_id)


def test_a_missing_key_says_so(store: KeyDirectory, wave_id: UUID) -> None:
    """An open wave without its key can be told from a store that is broken."""
    with pytest.raises(KeyMissingError, match=str(wave_id)):
        store.read(wave_id)


@pytest.mark.parametrize("damage", [lambda key: key[:40], lambda key: bytes([key[0] ^ 8]) + key[1:], lambda _: b""])
def test_a_damaged_key_says_so(
    store: KeyDirectory, directory: Path, wave_id: UUID, damage: Callable[[bytes], bytes]
) -> None:
    """A key that would open nothing is not given out as if it were one."""
    store.create(wave_id)
    path = directory / "unsealing" / f"{wave_id}.key"
    path.write_bytes(damage(path.read_bytes()))

    with pytest.raises(KeyStoreError, match="damaged"):
        store.read(wave_id)


def test_a_key_is_on_disk_before_it_has_its_name(
    store: KeyDirectory, directory: Path, wave_id: UUID, monkeypatch: pytest.MonkeyPatch
) -> None:
    """First the content is synced, then named, then the name is synced: no crash leaves half a file."""
    store.is_closed(wave_id)
    events: list[str] = []
    sync, replace = os.fsync, Path.replace

    def watched_sync(descriptor: int) -> None:
        found = os.fstat(descriptor)
        where = next(path.name for path in directory.rglob("*") if os.path.samestat(path.stat(), found))
        events.append(f"sync {where.removeprefix(str(wave_id))} {found.st_size if found.st_nlink == 1 else ''}")
        sync(descriptor)

    def watched_replace(path: Path, target: Path) -> Path:
        events.append("rename")
        return replace(path, target)

    monkeypatch.setattr(os, "fsync", watched_sync)
    monkeypatch.setattr(Path, "replace", watched_replace)
    store.create(wave_id)

    assert [event.strip() for event in events] == ["sync .key.new 64", "rename", "sync unsealing"]


def test_a_crash_while_creating_leaves_no_key(
    store: KeyDirectory, wave_id: UUID, directory: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What was not finished is not there, and the next attempt makes a whole key."""

    def crash(*_: object) -> None:
        raise OSError("power cut")

    with monkeypatch.context() as patch:
        patch.setattr(Path, "replace", crash)
        with pytest.raises(OSError, match="power cut"):
            store.create(wave_id)
    with pytest.raises(KeyMissingError):
        store.read(wave_id)

    assert store.create(wave_id) == bytes(PrivateKey(store.read(wave_id)).public_key)
    assert files(directory) == {f"{wave_id}.key"}


def test_a_destroyed_key_is_gone(store: KeyDirectory, directory: Path, wave_id: UUID) -> None:
    """No file holds it any more; destroying again changes nothing."""
    store.create(wave_id)
    store.destroy(wave_id)
    store.destroy(wave_id)

    with pytest.raises(KeyMissingError):
        store.read(wave_id)
    assert files(directory) == {f"{wave_id}.closed"}


def test_a_destroyed_wave_gets_no_new_key(store: KeyDirectory, wave_id: UUID) -> None:
    """A database restored to before the end cannot open the wave again under another key."""
    store.create(wave_id)
    store.destroy(wave_id)

    with pytest.raises(KeyStoreError, match="closed"):
        store.create(wave_id)


def test_cancelled_waves_are_remembered(store: KeyDirectory, directory: Path, wave_id: UUID) -> None:
    """A wave that was cancelled is closed too and has no key; one that only closed was not cancelled."""
    other = uuid4()
    store.create(wave_id)
    store.cancel(wave_id)
    store.close(other)
    again = KeyDirectory(directory)

    assert [True, True, False] == [again.is_cancelled(wave_id), again.is_closed(wave_id), again.is_cancelled(other)]
    assert [] == again.list_waves()


def test_closed_waves_are_remembered(store: KeyDirectory, directory: Path, wave_id: UUID) -> None:
    """The store knows closed waves whatever the database says; their keys stay until destroyed."""
    public = store.create(wave_id)
    before = store.is_closed(wave_id)
    store.close(wave_id)
    store.close(wave_id)
    again = KeyDirectory(directory)

    assert (before, again.is_closed(wave_id), again.is_closed(uuid4())) == (False, True, False)
    assert bytes(PrivateKey(again.read(wave_id)).public_key) == public


def test_what_was_released_is_remembered(store: KeyDirectory, directory: Path, wave_id: UUID) -> None:
    """The same may be released again after a crash, anything else never; of another wave nothing is known."""
    store.create(wave_id)
    first = store.settle(wave_id, "a" * 64)
    store.destroy(wave_id)
    again = KeyDirectory(directory)

    assert [True, True] == [first, again.settle(wave_id, "a" * 64)]
    assert [False, True] == [again.settle(wave_id, "b" * 64), again.settle(uuid4(), "b" * 64)]


def test_a_damaged_release_is_not_taken_for_another(store: KeyDirectory, directory: Path, wave_id: UUID) -> None:
    """Answers are not destroyed because a file is damaged."""
    store.settle(wave_id, "a" * 64)
    (directory / "unsealing" / f"{wave_id}.released").write_bytes(b"\xff")

    with pytest.raises(KeyDamagedError, match="released is damaged"):
        store.settle(wave_id, "a" * 64)


def test_the_compartments_are_apart(store: KeyDirectory, directory: Path, wave_id: UUID) -> None:
    """The API's compartment works where the worker's is closed to it, and the other way round."""
    store.create(wave_id)
    signing = SigningDirectory(directory)
    signing.read(clock.now())
    (directory / "unsealing").rename(directory / "elsewhere")

    assert len(signing.read(clock.now())) == 1
    assert not (directory / "unsealing").exists()


def test_every_key_is_listed(store: KeyDirectory) -> None:
    """Waves whose key is there, also a damaged one; not those whose key was destroyed."""
    kept, destroyed = uuid4(), uuid4()
    for wave_id in (kept, destroyed):
        store.create(wave_id)
    store.destroy(destroyed)

    assert [kept] == store.list_waves()


def test_a_file_that_is_no_key_is_refused(store: KeyDirectory, directory: Path, wave_id: UUID) -> None:
    """Somebody put it there: nothing guesses what it is."""
    store.create(wave_id)
    (directory / "unsealing" / "copy of a.key").write_bytes(b"")
    with pytest.raises(KeyStoreError, match="no key of a wave"):
        store.list_waves()


def test_a_forgotten_wave_leaves_no_file(store: KeyDirectory, directory: Path, wave_id: UUID) -> None:
    """Neither its key nor that it was closed; forgetting what is not there does nothing."""
    store.create(wave_id)
    store.close(wave_id)
    store.settle(wave_id, "a" * 64)
    store.forget(wave_id)
    store.forget(wave_id)

    assert set() == files(directory)
    assert not store.is_closed(wave_id)
