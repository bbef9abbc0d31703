"""What may be asked once: of the same people by no other wave, and in no baseline, which is asked again as it is."""

from collections.abc import Collection, Mapping, Sequence
from typing import NamedTuple
from uuid import UUID

from peil.directory.rules import path_up
from peil.errors import Finding
from peil.instruments.model import Instrument
from peil.instruments.rules import unrepeatable_items
from peil.waves.model import WaveNew
from peil.waves.series_model import AskedWave


class Elsewhere(NamedTuple):
    """Another wave that asks the same people, and what it asks."""

    wave: AskedWave
    instrument: Instrument


def meeting(new: WaveNew, others: Sequence[AskedWave], parents: Mapping[UUID, UUID | None]) -> list[AskedWave]:
    """Those of `others` that are of the campaign of a plan or can ask anybody whom it asks; `parents`: today's tree."""
    return [
        other
        for other in others
        if (new.campaign_id is not None and other.campaign_id == new.campaign_id)
        or (
            _share(new.employment_types, other.employment_types)
            and (_are_under(new.unit_ids, other.unit_ids, parents) or _are_under(other.unit_ids, new.unit_ids, parents))
        )
    ]


def series_findings(instrument: Instrument) -> list[Finding]:
    """Items that a series would ask again and may not."""
    return _once(instrument, "item-not-repeatable")


def pair_findings(new: WaveNew, instrument: Instrument) -> list[Finding]:
    """Items that a baseline or a post-measurement asks and that the other of the two could not ask again."""
    return _once(instrument, "once-in-pair") if new.kind in ("baseline", "post") else []


def _once(instrument: Instrument, code: str) -> list[Finding]:
    return [Finding("/instrumentId", code, {"key": key}) for key in unrepeatable_items(instrument, [instrument])]


def elsewhere_findings(instrument: Instrument, others: Sequence[Elsewhere]) -> list[Finding]:
    """Items that may be asked once and that another wave asks, with that wave."""
    return [
        Finding("/instrumentId", "item-asked-by-wave", {"key": key, "name": wave.name, "wave": str(wave.wave_id)})
        for wave, other in others
        for key in unrepeatable_items(instrument, [other])
    ]


def _share(one: Collection[str] | None, other: Collection[str] | None) -> bool:
    return one is None or other is None or not set(one).isdisjoint(other)


def _are_under(
    lower: Collection[UUID] | None, upper: Collection[UUID] | None, parents: Mapping[UUID, UUID | None]
) -> bool:
    """Whether any unit of `lower` is one of `upper` or lies beneath one; None: all units."""
    if lower is None or upper is None:
        return True
    return any(not set(upper).isdisjoint(path_up(parents, unit_id)) for unit_id in lower)
