"""The manifest: the same answers give the same hash, anything else another one."""

from collections.abc import Callable
from hashlib import sha256
from random import Random
from uuid import UUID

import msgspec
import pytest

from disclosure.orgs import (
    FLOORS,
    answers,
    block,
    invited,
    item,
    random_shape,
    snapshot,
    uniform,
    unit_id,
    with_managers,
)
from peil import __version__
from peil.releases import manifests
from peil.releases.cells_model import PublishedCell
from peil.releases.model import Manifest, ReleaseContent, Thresholds
from peil.structs import encode
from support.releasing import release

BLOCKS = [block(item("a"), item("b", points=4)), block(item("c"), key="energy")]
SHAPE = random_shape(Random(1), 25)
NUMBERS = with_managers(Random(1), SHAPE)
RESPONSES = answers(Random(1), NUMBERS, BLOCKS, skipping=0.05)
WAVE = unit_id(900)


def content_of(seed: int | None = None, **thresholds: int) -> ReleaseContent:
    """With a seed: the units and responses in another order."""
    units, responses, numbers = snapshot(SHAPE), list(RESPONSES), list(invited(NUMBERS).items())
    if seed is not None:
        for rows in (units, responses, numbers):
            Random(seed).shuffle(rows)
    return release(units, dict(numbers), responses, BLOCKS, Thresholds(**thresholds))


def manifest(content: ReleaseContent, wave_id: UUID, previous: str | None, policy_version: int = 1) -> Manifest:
    return manifests.manifest(manifests.write_release(content, b"[]"), wave_id, policy_version, previous)


def test_order_of_answers_and_units_leaves_no_trace() -> None:
    """Twenty orders, one hash."""
    hashes = {manifest(content_of(seed), WAVE, None).hash for seed in range(20)}

    assert {manifest(content_of(), WAVE, None).hash} == hashes


OTHERS: list[Callable[[], Manifest]] = [
    lambda: manifest(content_of(), unit_id(901), None),
    lambda: manifest(content_of(), WAVE, "0" * 64),
    lambda: manifest(content_of(), WAVE, None, policy_version=2),
    lambda: manifest(content_of(m=2, k_m=8), WAVE, None),
    lambda: manifest(content_of(k_c=11), WAVE, None),
    lambda: manifest(msgspec.structs.replace(content_of(), method="0"), WAVE, None),
    lambda: manifest(release(snapshot(SHAPE), invited(NUMBERS), RESPONSES[:-1], BLOCKS, FLOORS), WAVE, None),
    lambda: manifest(
        release(snapshot(SHAPE), invited([n + 1 for n in NUMBERS]), RESPONSES, BLOCKS, FLOORS), WAVE, None
    ),
]


@pytest.mark.parametrize("other", OTHERS)
def test_any_difference_gives_another_hash(other: Callable[[], Manifest]) -> None:
    """Wave, predecessor, policy, method, answers and people invited are all in it."""
    assert manifest(content_of(), WAVE, None).hash != other().hash


def test_hash_can_be_checked_by_anybody() -> None:
    """It is the SHA-256 of the manifest itself with an empty hash."""
    sealed = manifest(content_of(), WAVE, "1" * 64)
    blank = msgspec.structs.replace(sealed, hash="")

    assert sealed.hash == sha256(encode(blank)).hexdigest()
    assert sealed.statistics == sha256(encode(content_of())).hexdigest()


def test_a_manifest_says_which_policy_and_which_code(monkeypatch: pytest.MonkeyPatch) -> None:
    """Newer code gives another manifest of the same numbers: their hash, which the key store settles, stays."""
    older = manifest(content_of(), WAVE, None, policy_version=3)
    monkeypatch.setattr(manifests, "__version__", "999.0")
    newer = manifest(content_of(), WAVE, None, policy_version=3)

    assert (3, __version__, 3, "999.0") == (
        older.policy_version, older.code_version, newer.policy_version, newer.code_version,
    )  # fmt: skip
    assert older.hash != newer.hash
    assert older.statistics == newer.statistics


def test_an_older_manifest_is_read_and_told_as_it_was_hashed() -> None:
    """It named neither policy nor code; nothing is put into it that its hash is not over."""
    new = encode(msgspec.structs.replace(manifest(content_of(), WAVE, None), hash=""))
    blank = new.replace(b'"policyVersion":1,"codeVersion":"' + __version__.encode() + b'",', b"")
    hashed = sha256(blank).hexdigest()
    stored = msgspec.json.decode(blank.replace(b'"hash":""', b'"hash":"' + hashed.encode() + b'"'), type=Manifest)

    assert len(blank) < len(new)
    assert blank == encode(msgspec.structs.replace(stored, hash=""))


@pytest.mark.parametrize("code", [1, 5])
def test_what_is_read_back_has_the_hash_of_what_was_written(code: int) -> None:
    """Also where an interval ends at 0 or 100: a bundle is made of what the database gives back."""
    spread = [*answers(Random(2), [40], BLOCKS[1:]), *uniform(1, 8, c=code)]
    content = release(snapshot([-1, 0]), invited([40, 12]), spread, BLOCKS[1:], FLOORS)
    written = encode(content)
    interval = content.units[1].blocks["energy"]

    assert isinstance(interval, PublishedCell)
    assert interval.climate is not None
    assert {0.0, 100.0} & {interval.climate.low, interval.climate.high}
    assert written == encode(msgspec.json.decode(written, type=ReleaseContent))
