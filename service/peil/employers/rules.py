"""Decisions about policies, consents and clocks."""

from datetime import date, datetime
from uuid import UUID

import msgspec

from peil.employers.model import ConsentNew, CouncilAnswer, EmployerNew, Precondition, PreconditionNew
from peil.errors import Conflict, Denied, Finding, Invalid
from peil.releases.model import Thresholds
from peil.releases.rules import validate_thresholds

_LAST_YEAR = 2200


def check_policy(current: Thresholds, wanted: Thresholds) -> None:
    """Thresholds only ratchet up and stay in order. Raises Conflict `policy-loosened`, Invalid."""
    lower = [
        Finding(
            f"/thresholds/{field.encode_name}",
            "threshold-lowered",
            {"at_least": getattr(current, field.name)},
        )
        for field in msgspec.structs.fields(Thresholds)
        if getattr(wanted, field.name) < getattr(current, field.name)
    ]
    if lower:
        raise Conflict("policy-loosened", *lower)
    try:
        validate_thresholds(wanted)
    except Invalid as error:
        raise Invalid(
            *(Finding(f"/thresholds{found.pointer}", found.code, found.params) for found in error.findings)
        ) from None


def check_consent(new: ConsentNew, known: set[int], today: date) -> None:
    """A consent is about a policy that exists and was not decided in the future. Raises Invalid."""
    findings = _term_findings(new.decided_on, new.valid_until, today)
    if new.policy_version not in known:
        findings.append(Finding("/policyVersion", "unknown-policy"))
    if findings:
        raise Invalid(*findings)


def check_revoker(consent: Precondition, *, is_council: bool) -> None:
    """What the council entered only the council takes back. Raises Denied `consent-of-council`."""
    if consent.entered_by == "works-council" and not is_council:
        raise Denied("consent-of-council")


def standing_for(recorded: list[Precondition], policy_version: int | None, mode: str | None) -> list[UUID]:
    """All that stands for a policy and a mode, whoever entered it: what goes when the council says so."""
    return [
        gate.precondition_id
        for gate in recorded
        if gate.withdrawn_at is None and (gate.policy_version, gate.mode) == (policy_version, mode)
    ]


def check_entry(new: ConsentNew, recorded: list[Precondition], answers: list[CouncilAnswer]) -> None:
    """The employer enters nothing against the council's word, nor before it. `answers`: what it was asked, in order.

    Raises Conflict `council-withdrew`, `council-decides` (asked, or it refused), `council-exists` (there is one).
    """
    # What the employer took back itself says nothing of the council.
    answers = [one for one in answers if one.state != "cancelled"]
    said = [one.state for one in answers if (one.policy_version, one.mode) == (new.policy_version, new.mode)]
    if said and said[-1] in ("requested", "refused"):
        raise Conflict("council-decides", state=said[-1])
    has_acted = any("works-council" in (gate.entered_by, gate.withdrawn_by) for gate in recorded)
    if new.kind == "no-works-council" and (has_acted or answers):
        raise Conflict("council-exists")
    if council_withdrew(recorded, new.policy_version, new.mode):
        raise Conflict("council-withdrew")


def council_withdrew(recorded: list[Precondition], policy_version: int, mode: str) -> bool:
    """Whether the last word of the council on a policy and a mode took back what stood."""
    of_council = [
        gate
        for gate in recorded
        if "works-council" in (gate.entered_by, gate.withdrawn_by)
        and (gate.policy_version, gate.mode) == (policy_version, mode)
    ]
    return bool(of_council) and of_council[-1].withdrawn_at is not None


def check_precondition(new: PreconditionNew, today: date) -> None:
    """A notice names its languages, a DPIA has none. Raises Invalid."""
    findings = _term_findings(new.decided_on, new.valid_until, today)
    if (new.kind == "participant-notice") != bool(new.languages):
        findings.append(Finding("/languages", "notice-languages"))
    if findings:
        raise Invalid(*findings)


def _term_findings(decided_on: date, valid_until: date | None, today: date) -> list[Finding]:
    findings = []
    if decided_on > today:
        findings.append(Finding("/decidedOn", "in-the-future"))
    if valid_until is not None and valid_until <= decided_on:
        findings.append(Finding("/validUntil", "ends-before-start"))
    return findings


def standing_on(recorded: list[Precondition], today: date) -> list[Precondition]:
    """What holds on a day: neither withdrawn nor over."""
    return [
        gate
        for gate in recorded
        if gate.withdrawn_at is None and (gate.valid_until is None or gate.valid_until > today)
    ]


def gate_findings(
    recorded: list[Precondition], policy_version: int, mode: str, languages: list[str], today: date
) -> list[Finding]:
    """What is still missing before a wave under a policy in `mode` and `languages` may open."""
    standing = standing_on(recorded, today)
    findings = []
    consents = {gate.kind for gate in standing if gate.policy_version == policy_version and gate.mode == mode}
    if not consents:
        code = "consent-withdrawn" if council_withdrew(recorded, policy_version, mode) else "consent-missing"
        findings.append(Finding("/gates/consent", code, {"policy": policy_version, "mode": mode}))
    if not any(gate.kind == "dpia" for gate in standing):
        findings.append(Finding("/gates/dpia", "dpia-missing"))
    noticed = {language for gate in standing if gate.kind == "participant-notice" for language in gate.languages}
    findings += [
        Finding("/gates/notice", "notice-missing", {"language": language})
        for language in languages
        if language not in noticed
    ]
    return findings


def first_clock(new: EmployerNew, now: datetime) -> datetime | None:
    """Where the clock of a new employer begins; None: it goes by real time. Raises Conflict."""
    if new.sandbox:
        _check_year(new.test_clock or now)
        return new.test_clock or now
    if new.test_clock is not None:
        raise Conflict("no-test-clock")
    return None


def check_clock(sandbox: bool, now: datetime, to: datetime) -> None:
    """A test clock goes forward, and only a sandbox has one. Raises Conflict."""
    if not sandbox:
        raise Conflict("no-test-clock")
    if to <= now:
        raise Conflict("clock-goes-forward", now=now.isoformat())
    _check_year(to)


def _check_year(at: datetime) -> None:
    """Plans reach years ahead of a clock, and a century of test is enough. Raises Conflict `clock-too-far`."""
    if at.year > _LAST_YEAR:
        raise Conflict("clock-too-far", year=_LAST_YEAR)
