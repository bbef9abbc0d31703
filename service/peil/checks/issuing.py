"""The keys that sign answer tokens against the waves: lost, damaged, or there although the wave is over."""

from collections.abc import Iterable, Iterator, Sequence
from uuid import UUID

from peil.checks.model import Line, WaveKeys, judge
from peil.keys.blind_signatures import public_key_of
from peil.keys.issuing_keys import IssuingKeys
from peil.keys.key_files import KeyMissingError, KeyStoreError

_RESTORE = "restore it from the key store's backup: until then people of that group get no answer token"
_NEEDED = {"ready", "open", "unrecoverable"}
_MADE_AHEAD = {"planned", "opening"}


def look_at_issuing(keys: IssuingKeys, waves: Sequence[WaveKeys]) -> list[Line]:
    """Lines about the keys of each wave in blind mode, read without being shown."""
    try:
        present = keys.list_waves()
    except KeyStoreError as error:
        return [judge("issuing-damaged", "names in issuing/", [str(error)], "move it out of the key store")]
    lost, damaged = [], []
    for wave in waves:
        # A wave that closed takes no answers and issues no token, whatever the state in which it waits.
        if wave.admitted in _NEEDED:
            gone, bad = _faults(keys, wave)
            lost += [f"wave {wave.wave_id} ({wave.state}): {gone} of {len(wave.issuing_ids)} keys"] if gone else []
            damaged += bad
    return [
        judge("issuing-lost", "keys that sign the answer tokens of waves that are asked", lost, _RESTORE),
        judge("issuing-damaged", "whether each of them is whole and is the group's", damaged, _RESTORE),
        judge(
            "issuing-stale",
            "keys of waves that are over: gone since the close",
            sorted(_stale(waves, present)),
            "start the worker; if they stay although no restore made the database forget their wave, delete them",
        ),
    ]


def _faults(keys: IssuingKeys, wave: WaveKeys) -> tuple[int, list[str]]:
    """How many keys of a wave are gone, and what is wrong with others."""
    gone, damaged = 0, []
    for key_id, public_key in zip(wave.issuing_ids, wave.issuing_keys, strict=True):
        try:
            if public_key_of(keys.read(wave.wave_id, key_id)) != public_key:
                damaged.append(f"key {key_id} of wave {wave.wave_id} is another one's")
        except KeyMissingError:
            gone += 1
        except KeyStoreError as error:
            damaged.append(str(error))
    return gone, damaged


def _stale(waves: Iterable[WaveKeys], present: Iterable[UUID]) -> Iterator[str]:
    known = {wave.wave_id: wave for wave in waves}
    for wave_id in present:
        wave = known.get(wave_id)
        if wave is None:
            yield f"wave {wave_id} (unknown to the database)"
        elif wave.admitted not in _NEEDED and wave.state not in _MADE_AHEAD:
            yield f"wave {wave_id} ({wave.state})"
