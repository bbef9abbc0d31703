"""Keys that sign answer tokens: made ahead and durable, readable by their group, noticed when damaged or lost."""

from collections.abc import Callable
from pathlib import Path
from uuid import UUID, uuid4

import pytest

from peil.keys.blind_signatures import BlindSigner, blind, finalize, prepare, public_key_of, read_public_key
from peil.keys.issuing_keys import IssuingDirectory, IssuingKeys
from peil.keys.key_files import KeyMissingError, KeyStoreError


@pytest.fixture
def directory(tmp_path: Path) -> Path:
    """Where the key store will be made."""
    return tmp_path / "keys"


@pytest.fixture
def store(directory: Path) -> IssuingDirectory:
    """An empty key store."""
    return IssuingDirectory(directory)


@pytest.fixture
def wave_id() -> UUID:
    """Any wave."""
    return uuid4()


def test_keys_are_made_and_found_again(store: IssuingDirectory, directory: Path, wave_id: UUID) -> None:
    """A few at a time, each under an id that tells nothing; another process signs with them."""
    worker: IssuingKeys = store
    worker.create(wave_id, 2)
    worker.create(wave_id, 1)
    api: IssuingKeys = IssuingDirectory(directory)
    key_ids = api.list_keys(wave_id)
    private = api.read(wave_id, key_ids[0])
    public = read_public_key(public_key_of(private))
    message = prepare(bytes(32))
    blinded = blind(public, message)

    assert finalize(public, message, BlindSigner(private).sign(blinded.message), blinded.inverse)
    assert 3 == len(set(key_ids))
    assert {4} == {key_id.version for key_id in key_ids}
    assert [] == list(api.list_keys(uuid4()))


def test_nobody_but_owner_and_group_can_read(store: IssuingDirectory, directory: Path, wave_id: UUID) -> None:
    """Whatever the umask lets through."""
    store.create(wave_id, 1)

    made = [directory / "issuing", *(directory / "issuing").rglob("*")]

    assert [0] * 3 == [path.stat().st_mode & 0o027 for path in made]


@pytest.mark.parametrize("part", ["", "wave", "key"])
def test_what_others_can_read_is_refused(store: IssuingDirectory, directory: Path, wave_id: UUID, part: str) -> None:
    """The message says what to change."""
    store.create(wave_id, 1)
    (key_id,) = store.list_keys(wave_id)
    wave = directory / "issuing" / str(wave_id)
    path = {"": directory / "issuing", "wave": wave, "key": wave / f"{key_id}.key"}[part]
    path.chmod(0o755)

    with pytest.raises(KeyStoreError, match=f"{path} is open to others: chmod 750 it"):
        store.read(wave_id, key_id)


@pytest.mark.parametrize(
    "damage",
    [lambda content: content[:-1], lambda content: b"", lambda content: content[:40] + b"\0" + content[41:]],
    ids=["short", "empty", "changed"],
)
def test_damage_is_noticed(
    store: IssuingDirectory, directory: Path, wave_id: UUID, damage: Callable[[bytes], bytes]
) -> None:
    """A wrong key would sign what no manifest knows."""
    store.create(wave_id, 1)
    (key_id,) = store.list_keys(wave_id)
    path = directory / "issuing" / str(wave_id) / f"{key_id}.key"
    path.write_bytes(damage(path.read_bytes()))

    with pytest.raises(KeyStoreError, match="is damaged"):
        store.read(wave_id, key_id)


def test_destroyed_keys_are_gone(store: IssuingDirectory, directory: Path, wave_id: UUID) -> None:
    """Those of other waves stay; doing it again does nothing."""
    other = uuid4()
    for one in (wave_id, other):
        store.create(one, 1)
    (key_id,) = store.list_keys(wave_id)
    store.destroy(wave_id)
    store.destroy(wave_id)

    with pytest.raises(KeyMissingError):
        store.read(wave_id, key_id)
    assert [str(other)] == [path.name for path in (directory / "issuing").iterdir()]
