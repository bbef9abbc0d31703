"""Only the wave's key opens an envelope, only where it belongs, and its size tells nothing of the answers."""

import time
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st
from nacl.public import Box, PrivateKey, PublicKey

from peil.responses.sealing import Sealer, SealingError, Unsealer, UnsealingError, unseal

WAVE = PrivateKey.generate()
SECRET, PUBLIC = bytes(WAVE), bytes(WAVE.public_key)
LARGEST = 300
SEALER = Sealer(PUBLIC, LARGEST)
HERE = b"employer wave group"


@given(answers=st.binary(max_size=LARGEST), context=st.binary(max_size=100))
def test_what_was_sealed_is_unsealed(answers: bytes, context: bytes) -> None:
    """Any answers come back as they were, also those that end like padding."""
    assert unseal(SECRET, SEALER.seal(answers, context), context) == answers


@pytest.mark.parametrize("answers", [b"", b"\x80", b"\x80\x00\x00", b"\x00" * LARGEST, b"x" * LARGEST])
def test_answers_like_padding_come_back(answers: bytes) -> None:
    """The padding's own bytes may stand in the answers."""
    assert unseal(SECRET, SEALER.seal(answers, HERE), HERE) == answers


@given(answers=st.binary(max_size=LARGEST))
def test_every_envelope_of_a_wave_has_one_size(answers: bytes) -> None:
    """An empty response and the longest look alike."""
    assert len(SEALER.seal(answers, HERE)) == SEALER.envelope_size


@pytest.mark.parametrize("largest", range(90, 165))
def test_the_longest_answers_fit_at_every_size(largest: int) -> None:
    """The room for the padding's mark is counted, also at the edge of a block."""
    sealer = Sealer(PUBLIC, largest)
    envelope = sealer.seal(b"a" * largest, HERE)

    assert (len(envelope), unseal(SECRET, envelope, HERE)) == (sealer.envelope_size, b"a" * largest)


def test_longer_answers_are_refused() -> None:
    """Nothing is cut off, and no envelope grows."""
    with pytest.raises(SealingError, match="301 bytes of answers, 300 fit"):
        SEALER.seal(b"x" * (LARGEST + 1), HERE)


def test_the_same_answers_never_look_the_same() -> None:
    """Equal answers cannot be counted from outside."""
    envelopes = [SEALER.seal(b"same", HERE) for _ in range(100)]

    assert len({envelope[32:] for envelope in envelopes}) == 100
    assert len({envelope[32:56] for envelope in envelopes}) == 100


def test_no_answer_shows_in_the_envelope() -> None:
    """Neither the answers nor the context can be read from outside."""
    envelope = SEALER.seal(b"a very plain answer", HERE)

    assert b"plain" not in envelope
    assert HERE not in envelope


def test_an_envelope_cannot_be_moved() -> None:
    """Copied into another group's row it is refused, so nobody's answer counts elsewhere."""
    envelope = SEALER.seal(b"answers", HERE)

    with pytest.raises(UnsealingError, match="another employer, wave or reporting group"):
        unseal(SECRET, envelope, b"employer wave other group")


def test_another_waves_key_does_not_open() -> None:
    """A key opens its own wave only."""
    with pytest.raises(UnsealingError, match="not sealed to this key"):
        unseal(bytes(PrivateKey.generate()), SEALER.seal(b"answers", HERE), HERE)


@pytest.mark.parametrize("position", [0, 31, 32, 55, 56, 71, 72, 100, -1])
def test_a_changed_envelope_does_not_open(position: int) -> None:
    """A bit is noticed anywhere but in the top of the sender's key, which X25519 ignores (RFC 7748)."""
    envelope = bytearray(SEALER.seal(b"answers", HERE))
    envelope[position] ^= 1

    with pytest.raises(UnsealingError):
        unseal(SECRET, bytes(envelope), HERE)


@pytest.mark.parametrize(
    "spoil",
    [
        lambda _: b"",
        lambda whole: whole[:32],
        lambda whole: whole[:100],
        lambda whole: whole[:-1],
        lambda whole: whole + b"x",
    ],
)
def test_what_is_no_envelope_is_refused(spoil: Callable[[bytes], bytes]) -> None:
    """Anything of a wrong size gives the same clear error and no other."""
    with pytest.raises(UnsealingError):
        unseal(SECRET, spoil(SEALER.seal(b"answers", HERE)), HERE)


def test_a_sender_of_low_order_is_refused() -> None:
    """A sender's key with which anybody could know the shared key opens nothing."""
    with pytest.raises(UnsealingError, match="not an X25519 key"):
        unseal(SECRET, bytes(32) + SEALER.seal(b"answers", HERE)[32:], HERE)


@pytest.mark.parametrize("public_key", [b"", b"short", bytes(32), b"x" * 33])
def test_a_wrong_public_key_is_refused(public_key: bytes) -> None:
    """A wave whose public key is none takes no answers; it does not lose them."""
    with pytest.raises(SealingError, match="not an X25519 key"):
        Sealer(public_key, LARGEST)


def test_an_independent_reading_of_the_layout_opens_it() -> None:
    """PyNaCl's own Box, given the documented layout, finds context, answers and padding."""
    envelope = SEALER.seal(b"answers", HERE)
    inside = Box(WAVE, PublicKey(envelope[:32])).decrypt(envelope[56:], envelope[32:56])

    assert inside[32:].rstrip(b"\x00") == b"answers\x80"
    assert len(inside) % 64 == 0


def test_the_sender_changes_every_hour(monkeypatch: pytest.MonkeyPatch) -> None:
    """The sender's key lives an hour; one unsealer opens envelopes from before and after."""
    now = 1000.0
    monkeypatch.setattr(time, "monotonic", lambda: now)
    sealer = Sealer(PUBLIC, LARGEST)
    envelopes = [sealer.seal(b"1", HERE)]
    now += 3599
    envelopes.append(sealer.seal(b"2", HERE))
    now += 1
    envelopes.append(sealer.seal(b"3", HERE))
    unsealer = Unsealer(SECRET)
    first, second, third = (envelope[:32] for envelope in envelopes)

    assert first == second != third
    assert [unsealer.unseal(envelope, HERE) for envelope in envelopes] == [b"1", b"2", b"3"]


def test_two_sealers_have_two_senders() -> None:
    """Each process has a key of its own that the other cannot open with."""
    assert Sealer(PUBLIC, LARGEST).seal(b"", HERE)[:32] != SEALER.seal(b"", HERE)[:32]
