"""What `peil check` and `peil check anonymity` print, and their exit codes."""

import asyncio
import sys
from collections.abc import Sequence
from pathlib import Path

import asyncpg
import msgspec

from peil import clock, settings
from peil.checks import audit
from peil.checks.anonymity.examining import examine
from peil.checks.anonymity.proving import prove
from peil.checks.anonymity.report import Examined, has_missed, write_report
from peil.checks.anonymity.site import open_site
from peil.checks.anonymity.watching import Sources
from peil.checks.deployment import check_deployment
from peil.checks.model import CheckError, Line, has_failed
from peil.errors import PeilError
from peil.keys.key_files import KeyStoreError
from peil.settings import Settings
from peil.trail import verify_audit
from peil.waves.model import WaveMode

_FAILURES = (CheckError, KeyStoreError, PeilError, OSError, asyncpg.PostgresError)


class Wanted(msgspec.Struct, frozen=True, kw_only=True):
    """How the anonymity check was asked for."""

    people: int
    mode: WaveMode
    proving: bool
    intake_url: str | None
    sources: Sources
    report: Path | None
    as_json: bool


def check(*, as_json: bool) -> int:
    """0: nothing is wrong; 1: something is, or it could not be looked at. Raises SettingsError."""
    try:
        lines = asyncio.run(check_deployment(settings.read()))
    except _FAILURES as error:
        return _stop(error)
    sys.stdout.write(as_text(lines, as_json=as_json))
    return int(has_failed(lines))


def check_audit(exports: Sequence[str], *, as_json: bool) -> int:
    """The same of the audit trail: of these exports, or of the database where there are none. Raises SettingsError."""
    if exports:
        return verify_audit.main(["--language", "en", *exports])
    try:
        lines = asyncio.run(audit.check_audit(settings.read()))
    except _FAILURES as error:
        return _stop(error)
    sys.stdout.write(as_text(lines, as_json=as_json))
    return int(has_failed(lines))


def check_anonymity(wanted: Wanted) -> int:
    """0: nothing was found, and with `proving` every planted leak was; 1 otherwise. Raises SettingsError."""
    try:
        examined = asyncio.run(_prove(wanted) if wanted.proving else _examine(settings.read(), wanted))
    except _FAILURES as error:
        return _stop(error)
    report = write_report(examined)
    if wanted.report is not None:
        wanted.report.write_text(report, encoding="utf-8")
    if wanted.as_json:
        sys.stdout.write(msgspec.json.format(msgspec.json.encode(examined), indent=2).decode() + "\n")
    elif wanted.report is None:
        sys.stdout.write(report)
    else:
        sys.stdout.write(as_text(examined.lines, as_json=False))
    return int(has_failed(examined.lines) or has_missed(examined))


def as_text(lines: Sequence[Line], *, as_json: bool) -> str:
    """A line each with what was looked at, then what was found and what to do; or JSON."""
    if as_json:
        return msgspec.json.format(msgspec.json.encode({"lines": lines}), indent=2).decode() + "\n"
    told = []
    for line in lines:
        told.append(f"{line.verdict.upper() if line.verdict == 'wrong' else line.verdict:<8} {line.looked_at}")
        told += [f"         - {found}" for found in line.found]
        if line.to_do is not None:
            told.append(f"         → {line.to_do}")
    return "\n".join(told) + "\n"


async def _examine(chosen: Settings, wanted: Wanted) -> Examined:
    async with open_site(chosen, wanted.intake_url) as site:
        lines = await examine(site, wanted.people, wanted.mode, wanted.sources)
    return _examined(wanted, chosen.public_url or "a deployment without a public URL", lines)


async def _prove(wanted: Wanted) -> Examined:
    lines, proofs = await prove(wanted.people, wanted.mode)
    examined = _examined(wanted, "a server of its own that was thrown away", lines)
    return msgspec.structs.replace(examined, proofs=proofs)


def _examined(wanted: Wanted, where: str, lines: list[Line]) -> Examined:
    on = clock.now().date()
    return Examined(on=on, where=where, mode=wanted.mode, people=wanted.people, lines=lines, proofs=None)


def _stop(error: Exception) -> int:
    sys.stderr.write(f"the check stopped: {str(error) or type(error).__name__}\n")
    return 1
