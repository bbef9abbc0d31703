"""The keys of access tokens: a new one is known to everybody before it signs, and an old one outlives its tokens."""

import json
from contextlib import AbstractContextManager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import get_args, get_type_hints
from uuid import uuid4

import pytest

from peil import __main__ as command_line
from peil import clock
from peil.access.model import Holder
from peil.access.tokens import LIFETIME, TokenKeys
from peil.access.widget_model import WidgetAsked
from peil.errors import Unauthenticated
from peil.keys import key_files, signing_keys
from peil.keys.key_files import KeyDamagedError, KeyStoreError
from peil.keys.signing_keys import CACHED, LEAD, LONGEST_LIFE, REREAD, RotationUnderWayError, SigningDirectory

MOMENT = timedelta(seconds=1)


class Time:
    """The clocks of the house, moved by hand."""

    def __init__(self) -> None:
        self.now = datetime(2026, 11, 29, 12, 0, tzinfo=UTC)

    def elapsed(self) -> float:
        return self.now.timestamp()


@pytest.fixture
def time(monkeypatch: pytest.MonkeyPatch) -> Time:
    moved = Time()
    monkeypatch.setattr(clock, "now", lambda: moved.now)
    monkeypatch.setattr(clock, "elapsed", moved.elapsed)
    return moved


@pytest.fixture
def directory(tmp_path: Path) -> Path:
    return tmp_path / "keys"


@pytest.fixture
def store(directory: Path) -> SigningDirectory:
    return SigningDirectory(directory)


def kids(keys: TokenKeys) -> list[str]:
    return [key["kid"] for key in keys.jwks()["keys"]]


def token_of(keys: TokenKeys) -> str:
    return keys.sign(Holder(uuid4(), None, None), None, ["waves:read"])


def is_good(keys: TokenKeys, token: str) -> bool:
    try:
        keys.verify(token)
    except Unauthenticated:
        return False
    return True


def test_the_first_key_is_made_once_and_signs_at_once(store: SigningDirectory, directory: Path, time: Time) -> None:
    """Every process of the API signs with the same one: RSA, 2048 bits, for RS256."""
    (made,) = store.read(time.now)
    (read,) = SigningDirectory(directory).read(time.now)
    shown = read.key.as_dict(private=True)

    assert made.key.as_dict(private=True) == shown
    assert ("RSA", "RS256", "sig") == (shown["kty"], shown["alg"], shown["use"])
    assert 2048 == read.key.raw_value.key_size
    assert made.key.kid == TokenKeys(store.read, "x").newest.kid


def test_a_rotation_signs_nobody_out(store: SigningDirectory, time: Time) -> None:
    """Published first, signing when every cache has it; the old one goes when its last token is over."""
    signing, looking = TokenKeys(store.read, "x"), TokenKeys(store.read, "x")
    old = signing.newest.kid
    store.rotate(time.now)
    time.now += timedelta(seconds=REREAD)
    new = next(kid for kid in kids(looking) if kid != old)

    time.now += LEAD - timedelta(seconds=REREAD) - MOMENT
    before = (signing.newest.kid, kids(looking))
    last = token_of(signing)
    time.now += MOMENT
    after = (signing.newest.kid, kids(looking))
    first = token_of(signing)
    time.now += timedelta(seconds=LIFETIME) - 2 * MOMENT
    good = [is_good(looking, one) for one in (last, first)]
    time.now += LONGEST_LIFE - timedelta(seconds=LIFETIME) + MOMENT
    still = kids(looking)
    time.now += MOMENT

    assert (old, [old, new]) == before
    assert (new, [old, new]) == after
    assert [True, True] == good
    assert ([old, new], [new]) == (still, kids(looking))


def test_whoever_keeps_the_published_keys_verifies_what_is_signed(store: SigningDirectory, time: Time) -> None:
    """Somebody who asked the moment before a process read the new key, and keeps the answer as long as they may."""
    signing, kept_by = TokenKeys(store.read, "x"), TokenKeys(store.read, "x")
    store.rotate(time.now)
    time.now += timedelta(seconds=REREAD) - MOMENT
    kept = set(kids(kept_by))
    for _ in range(CACHED):
        time.now += MOMENT
        assert signing.newest.kid in kept


def test_no_token_outlives_its_key() -> None:
    """The longest life of a key covers that of every token, and a minute of clocks that differ."""
    limits = get_args(get_type_hints(WidgetAsked, include_extras=True)["minutes"])[1:]
    longest = max(meta.le for meta in limits if meta.le is not None)

    assert LONGEST_LIFE >= timedelta(seconds=max(LIFETIME, longest * 60) + 60)


def test_a_vanished_key_is_deleted(store: SigningDirectory, directory: Path, time: Time) -> None:
    """Nobody can sign with it any more, whoever finds the directory."""
    store.read(time.now)
    store.rotate(time.now)
    time.now += LEAD + LONGEST_LIFE

    assert 1 == len(store.read(time.now))
    assert ["token-000002.jwk"] == [path.name for path in (directory / "signing").iterdir()]


def test_one_rotation_at_a_time(store: SigningDirectory, time: Time) -> None:
    """A second one would have to wait for the first; when that signs, it can be made."""
    store.read(time.now)
    store.rotate(time.now)
    time.now += LEAD - MOMENT
    with pytest.raises(RotationUnderWayError, match="keys list"):
        store.rotate(time.now)
    time.now += MOMENT

    assert 3 == len(store.rotate(time.now))


def test_of_two_rotations_at_once_one_passes(
    store: SigningDirectory, time: Time, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whenever it gives the lock away in between, another one is made then; it must not go by what it read before."""
    store.read(time.now)
    taken: list[str] = []

    def locked(directory: Path, name: str) -> AbstractContextManager[Path]:
        taken.append(name)
        if len(taken) == 2:
            store.rotate(time.now)
        return key_files.locked(directory, name)

    monkeypatch.setattr(signing_keys, "locked", locked)
    store.rotate(time.now)
    with pytest.raises(RotationUnderWayError):
        store.rotate(time.now)

    assert 2 == len(store.read(time.now))


def test_keys_that_somebody_saw_go_at_once(store: SigningDirectory, time: Time) -> None:
    """Also in the middle of a rotation: the new one signs, every token of the others is void within a minute."""
    keys = TokenKeys(store.read, "x")
    seen = token_of(keys)
    store.rotate(time.now)
    (only,) = store.rotate(time.now, at_once=True)
    time.now += timedelta(seconds=REREAD)

    assert not is_good(keys, seen)
    assert [only.key.kid] == kids(keys)
    assert is_good(keys, token_of(keys))


def test_a_key_of_before_goes_on(store: SigningDirectory, directory: Path, time: Time) -> None:
    """A file that does not say when it was made was made before that was kept; its members are not published."""
    store.read(time.now)
    path = directory / "signing" / "token-000001.jwk"
    bare = {name: value for name, value in json.loads(path.read_bytes()).items() if not name.startswith("peil")}
    path.write_bytes(json.dumps(bare).encode())
    keys = TokenKeys(store.read, "x")
    store.rotate(time.now)
    time.now += timedelta(seconds=REREAD)

    assert bare["kid"] == keys.newest.kid
    assert 2 == len(kids(keys))
    assert {"kty", "n", "e", "kid", "alg", "use"} == {name for key in keys.jwks()["keys"] for name in key}


@pytest.mark.parametrize("content", [b"", b"[]", b"{}", b'{"kty": "RSA", "n": "!"}', b'{"peil_created_at": "x"}'])
def test_a_damaged_key_says_so(store: SigningDirectory, directory: Path, time: Time, content: bytes) -> None:
    """It is not passed over: tokens of it would be refused for no reason that anybody sees."""
    store.read(time.now)
    (directory / "signing" / "token-000001.jwk").write_bytes(content)

    with pytest.raises(KeyDamagedError, match="backup"):
        store.read(time.now)


def test_what_cannot_be_read_again_stays(
    store: SigningDirectory, directory: Path, time: Time, caplog: pytest.LogCaptureFixture
) -> None:
    """A process goes on with the keys that it has, and its log says why; in time it reads the new ones."""
    keys = TokenKeys(store.read, "x")
    first = kids(keys)
    store.rotate(time.now)
    (directory / "signing").chmod(0o755)
    time.now += timedelta(seconds=REREAD)
    meanwhile = kids(keys)
    (directory / "signing").chmod(0o700)
    time.now += timedelta(seconds=REREAD)

    assert first == meanwhile
    assert "cannot be read again" in caplog.text
    assert 2 == len(kids(keys))


def test_the_operator_rotates_by_a_command(
    directory: Path, time: Time, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """`peil keys list`, `rotate`, and what it says of a second one; it prints no secret."""
    monkeypatch.setenv("PEIL_KEYS", str(directory))
    words: list[tuple[int, str, str]] = []
    for arguments in (["list"], ["rotate"], ["rotate"], ["rotate", "--at-once"]):
        status = command_line.main(["keys", *arguments])
        words.append((status, *capsys.readouterr()))

    assert [0, 0, 1, 0] == [status for status, _, _ in words]
    assert words[0][1].endswith("  signs\n")
    assert ["  signs, vanishes 2026-11-29T12:23:00+00:00", "  signs from 2026-11-29T12:07:00+00:00"] == [
        line[line.index("  ") :] for line in words[1][1].splitlines()
    ]
    assert "does not sign yet" in words[2][2]
    assert 1 == len(words[3][1].splitlines())
    assert '"d"' not in str(words)


def test_a_store_that_is_open_to_others_is_refused(
    directory: Path, time: Time, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The command says how to close it, and makes nothing."""
    SigningDirectory(directory).read(time.now)
    (directory / "signing").chmod(0o750)
    monkeypatch.setenv("PEIL_KEYS", str(directory))

    assert 1 == command_line.main(["keys", "rotate"])
    assert "chmod 700" in capsys.readouterr().err
    with pytest.raises(KeyStoreError):
        SigningDirectory(directory).read(time.now)
    assert 1 == len(list((directory / "signing").iterdir()))
