"""Decisions about requests for consent."""

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


def stance(asked: list[ConsentRequest], *, has_agreed: bool) -> Stance:
    """Where the council stands, by what it was asked, oldest first, and whether a consent or declaration stands."""
    if has_agreed:
        return "agreed"
    newest = next((one.state for one in reversed(asked) if one.state in ("requested", "refused")), None)
    return "not-involved" if newest is None else "asked" if newest == "requested" else "refused"
