"""Decisions about risks: what a register may hold."""

from collections.abc import Collection
from datetime import date
from uuid import UUID

from peil.directory.rules import unit_findings
from peil.errors import Finding, Invalid
from peil.risks.model import RiskNew


def check_risk(new: RiskNew, categories: Collection[str], unit_ids: Collection[UUID], today: date) -> None:
    """A risk that fits the catalogue and the organisation. Raises Invalid with all findings.

    `unit_ids` are those that a risk may be about. Codes: unknown-category, unknown-unit, duplicate-item,
    in-the-future.
    """
    findings = []
    if new.category not in categories:
        findings.append(Finding("/category", "unknown-category"))
    findings += unit_findings(new.unit_ids, unit_ids)
    if new.identified_on is not None and new.identified_on > today:
        findings.append(Finding("/identifiedOn", "in-the-future"))
    if findings:
        raise Invalid(*findings)
