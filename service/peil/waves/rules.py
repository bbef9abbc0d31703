"""Decisions about waves: what may be planned, and which state follows which."""

from datetime import datetime, timedelta
from uuid import UUID

from peil.errors import Conflict, Finding, Invalid, unknown_items
from peil.instruments.model import Instrument
from peil.waves.model import Wave, WaveMode, WaveNew, WaveState
from peil.zones import ZONES

_LONGEST = timedelta(days=92)
_SHORTEST = timedelta(minutes=10)
TICK = timedelta(seconds=1)
"""The least a window can last once it is cut short."""


def check_plan(
    new: WaveNew, instrument: Instrument | None, unit_ids: set[UUID], now: datetime, *, campaign_is_known: bool
) -> None:
    """Everything that must fit before a wave can be planned. Raises Invalid with all findings, Conflict."""
    findings = [*_window_findings(new, now), *_instrument_findings(new, instrument)]
    if not campaign_is_known:
        findings.append(Finding("/campaignId", "unknown-campaign"))
    findings += unknown_items(new.unit_ids or (), unit_ids, "/unitIds", "unknown-unit")
    if findings:
        raise Invalid(*findings)
    if instrument is not None and instrument.state != "published":
        raise Conflict("instrument-not-published")


def _window_findings(new: WaveNew, now: datetime) -> list[Finding]:
    findings = []
    if new.zone not in ZONES:
        findings.append(Finding("/zone", "unknown-zone"))
    if new.closes_at <= new.opens_at:
        findings.append(Finding("/closesAt", "ends-before-start"))
    elif not _SHORTEST <= new.closes_at - new.opens_at <= _LONGEST:
        findings.append(Finding("/closesAt", "window-length", {"minutes": 10, "days": 92}))
    if new.closes_at <= now:
        findings.append(Finding("/closesAt", "in-the-past"))
    return findings


def _instrument_findings(new: WaveNew, instrument: Instrument | None) -> list[Finding]:
    if instrument is None:
        return [Finding("/instrumentId", "unknown-instrument")]
    findings = [
        Finding(f"/languages/{place}", "language-not-in-instrument", {"language": language})
        for place, language in enumerate(new.languages)
        if language not in instrument.languages
    ]
    if len(set(new.languages)) < len(new.languages):
        findings.append(Finding("/languages", "duplicate-item"))
    return findings


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
