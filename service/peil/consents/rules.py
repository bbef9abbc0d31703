"""Decisions about requests for consent."""

from collections.abc import Collection
from datetime import date

from peil.consents.model import ConsentDecision, ConsentRequest, ConsentRequestNew, Stance
from peil.employers.model import ConsentNew
from peil.errors import Conflict, Finding, Invalid


def check_request(new: ConsentRequestNew, newest_policy: int, today: date) -> None:
    """A request is about a policy that exists, and leaves time to answer. Raises Invalid."""
    findings = []
    if new.policy_version > newest_policy:
        findings.append(Finding("/policyVersion", "unknown-policy"))
    if new.answer_by < today:
        findings.append(Finding("/answerBy", "in-the-past"))
    if findings:
        raise Invalid(*findings)


def check_pending(request: ConsentRequest) -> None:
    """Nothing is decided or taken back twice. Raises Conflict `request-decided`."""
    if request.state != "requested":
        raise Conflict("request-decided", state=request.state)


def check_decision(decision: ConsentDecision) -> None:
    """Only a consent has a term. Raises Invalid."""
    if decision.decision == "refuse" and decision.valid_until is not None:
        raise Invalid(Finding("/validUntil", "refusal-without-term"))


def consent_to(request: ConsentRequest, decision: ConsentDecision, today: date) -> ConsentNew:
    """The consent to what was asked, from today on."""
    return ConsentNew(
        kind="works-council-consent",
        policy_version=request.policy_version,
        mode=request.mode,
        decided_on=today,
        document_sha256=request.document_sha256,
        valid_until=decision.valid_until,
    )


def stance(asked: list[ConsentRequest], agreed: Collection[str | None], withdrawn: Collection[str]) -> Stance:
    """Where the council stands: what it was asked, oldest first, and the modes it agreed to and took that back for."""
    newest = {one.mode: one.state for one in asked if one.state in ("requested", "refused")}
    if any(state == "refused" and mode not in agreed for mode, state in newest.items()):
        return "refused"
    if agreed:
        return "agreed"
    if newest:
        return "asked"
    return "withdrew" if withdrawn else "not-involved"
