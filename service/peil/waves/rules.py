"""Decisions about waves: what may be planned, and which state follows which."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime, timedelta
from typing import NamedTuple
from uuid import UUID

from peil.errors import Conflict, Finding, Invalid, repeated_items, unknown_items
from peil.instruments.model import Instrument, InstrumentKind
from peil.instruments.rules import block_fingerprint, scored_blocks
from peil.waves.model import Wave, WaveKind, WaveMode, WaveNew, WaveState
from peil.waves.repeating import Elsewhere, elsewhere_findings, pair_findings
from peil.zones import ZONES

_SHORTEST = timedelta(hours=2)
_LONGEST: Mapping[WaveKind, timedelta] = {
    "pulse": timedelta(days=7),
    "traffic-light": timedelta(days=7),
    "baseline": timedelta(days=42),
    "post": timedelta(days=42),
    "survey": timedelta(days=42),
}
# What people are told of the length of a pulse and of a traffic light has to hold; the others ask what they need.
_FITTING: Mapping[WaveKind, Sequence[InstrumentKind]] = {
    "pulse": ["pulse", "traffic-light"],
    "traffic-light": ["traffic-light"],
}
# What makes a series one: what it asks and of whom. When a wave of it is held, and what it is called, can change.
_OF_SERIES = ("kind", "instrument_id", "mode", "unit_ids", "employment_types")
PULSE = "workload-recovery-focus"
"""Key of the shipped questionnaire of a pulse that names none."""
DAY = timedelta(days=1)
"""How long participation is not looked at again."""
TICK = timedelta(seconds=1)
"""The least a window can last once it is cut short."""


class Known(NamedTuple):
    """What a plan refers to, as far as it is there."""

    instrument: Instrument | None
    unit_ids: Collection[UUID]
    campaign: bool
    counterparts: Collection[Instrument]
    """What the campaign's baselines ask, for its post-measurement, and the other way round."""
    elsewhere: Sequence[Elsewhere]
    """The other waves of the campaign, and those that ask any of the same people."""


def check_plan(new: WaveNew, known: Known, now: datetime, before: Wave | None = None) -> None:
    """Everything that must fit before a wave can be planned, or changed from what it was `before`.

    Raises Invalid with all findings, Conflict.
    """
    findings = [*window_findings(new, now), *reference_findings(new, known)]
    if before is not None and before.series_id is not None:
        findings += _series_findings(before, new)
    if findings:
        raise Invalid(*findings)
    check_available(new, known)


def check_available(new: WaveNew, known: Known) -> None:
    """What is right and cannot be had now. Raises Conflict."""
    if known.instrument is not None and known.instrument.state != "published":
        raise Conflict("instrument-not-published")


def reference_findings(new: WaveNew, known: Known) -> list[Finding]:
    """What a plan refers to and is not there, or does not fit it; its window has no part in this."""
    findings = _instrument_findings(new, known)
    if not known.campaign:
        findings.append(Finding("/campaignId", "unknown-campaign"))
    findings += unknown_items(new.unit_ids or (), known.unit_ids, "/unitIds", "unknown-unit")
    findings += repeated_items(new.employment_types or (), "/employmentTypes")
    return findings


def counterpart_of(kind: WaveKind) -> WaveKind | None:
    """The kind of wave with which one of this kind is compared; None: with none in particular."""
    return {"baseline": "post", "post": "baseline"}.get(kind)  # type: ignore[return-value]  # both are kinds


def check_extension(wave: Wave, closes_at: datetime, now: datetime) -> None:
    """People get more time, within the longest window, and are still answering. Raises Conflict, Invalid."""
    require_state(wave, "ready", "open")
    if wave.closes_at <= now:
        raise Conflict("window-over")
    findings = []
    if closes_at <= wave.closes_at:
        findings.append(Finding("/closesAt", "not-later", {"than": wave.closes_at.isoformat()}))
    if closes_at - wave.opens_at > _LONGEST[wave.kind]:
        findings.append(_window_length(wave.kind))
    if findings:
        raise Invalid(*findings)


def window_findings(new: WaveNew, now: datetime) -> list[Finding]:
    """What is wrong with when people are asked."""
    findings = []
    if new.zone not in ZONES:
        findings.append(Finding("/zone", "unknown-zone"))
    if new.closes_at <= new.opens_at:
        findings.append(Finding("/closesAt", "ends-before-start"))
    elif not _SHORTEST <= new.closes_at - new.opens_at <= _LONGEST[new.kind]:
        findings.append(_window_length(new.kind))
    if new.closes_at <= now:
        findings.append(Finding("/closesAt", "in-the-past"))
    return findings


def _window_length(kind: WaveKind) -> Finding:
    hours, days = _SHORTEST // timedelta(hours=1), _LONGEST[kind].days
    return Finding("/closesAt", "window-length", {"hours": hours, "days": days, "kind": kind})


def _series_findings(before: Wave, new: WaveNew) -> list[Finding]:
    """What a wave of a series may not change."""
    names = dict(zip(WaveNew.__struct_fields__, WaveNew.__struct_encode_fields__, strict=True))
    changed = [name for name in _OF_SERIES if getattr(before, name) != getattr(new, name)]
    return [Finding(f"/{names[name]}", "same-in-series") for name in changed]


def _instrument_findings(new: WaveNew, known: Known) -> list[Finding]:
    instrument = known.instrument
    if new.instrument_id is None:
        return [Finding("/instrumentId", "instrument-needed", {"kind": new.kind})]
    if instrument is None:
        return [Finding("/instrumentId", "unknown-instrument")]
    findings = [
        Finding(f"/languages/{place}", "language-not-in-instrument", {"language": language})
        for place, language in enumerate(new.languages)
        if language not in instrument.languages
    ]
    if len(set(new.languages)) < len(new.languages):
        findings.append(Finding("/languages", "duplicate-item"))
    if instrument.kind not in _FITTING.get(new.kind, [instrument.kind]):
        kinds = ", ".join(_FITTING[new.kind])
        findings.append(Finding("/instrumentId", "kind-does-not-fit", {"kind": instrument.kind, "kinds": kinds}))
    if known.counterparts and not any(_share_a_block(instrument, other) for other in known.counterparts):
        findings.append(Finding("/instrumentId", "nothing-to-compare"))
    return [*findings, *pair_findings(new, instrument), *elsewhere_findings(instrument, known.elsewhere)]


def _share_a_block(one: Instrument, other: Instrument) -> bool:
    """Whether something is asked in both in the same way, so that a change can be told."""
    prints = [{(block.key, block_fingerprint(block)) for block in scored_blocks(each)} for each in (one, other)]
    return not prints[0].isdisjoint(prints[1])


def require_state(wave: Wave, *allowed: WaveState) -> None:
    """States cannot be skipped. Raises Conflict `wave-state`."""
    if wave.state not in allowed:
        raise Conflict("wave-state", state=wave.state, allowed=", ".join(allowed))


def check_codes(wave: Wave, mode: WaveMode) -> None:
    """Codes belong to their mode. They are drawn again freely until the window begins, once after. Raises Conflict."""
    require_state(wave, "ready", "open")
    if wave.mode == "blind":
        raise Conflict("no-codes", mode=wave.mode)
    if wave.mode != mode:
        raise Conflict("wrong-mode", mode=wave.mode, needed=mode)
    if wave.state == "open" and wave.codes_drawn:
        raise Conflict("codes-already-drawn")
