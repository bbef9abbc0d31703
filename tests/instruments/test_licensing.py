"""Whose wording may be asked, and until when."""

from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

import pytest

from instruments.build import instrument, rated, terms
from peil.errors import Conflict, Invalid
from peil.instruments.licensing_model import Permission, PermissionNew
from peil.instruments.licensing_rules import check_changeable, check_permission, licence_findings

TODAY = date(2026, 11, 9)
NEW = PermissionNew(
    reference="Letter of 2 September",
    holder="Nobody",
    valid_from=date(2026, 9, 2),
    commercial_use=False,
    modification_allowed=False,
    document_sha256="0" * 64,
)


def permission(**changes: Any) -> Permission:
    """One that has held since September and has no end."""
    whole: dict[str, Any] = {
        "permission_id": UUID(int=1),
        "instrument_id": UUID(int=2),
        **{name: getattr(NEW, name) for name in NEW.__struct_fields__},
        "recorded_at": datetime(2026, 9, 2, tzinfo=UTC),
        "revoked_at": None,
    }
    return Permission(**whole | changes)


@pytest.mark.parametrize(
    "content", [instrument(rated("mood")), instrument(rated("mood"), terms=terms(permission_needed=False))]
)
def test_free_wording_needs_nothing(content: Any) -> None:
    """One's own, and that of a holder who asks for no permission."""
    assert [] == licence_findings(content, [], TODAY)


@pytest.mark.parametrize(
    ("changes", "holds"),
    [
        ({}, True),
        ({"valid_from": TODAY}, True),
        ({"valid_from": date(2026, 11, 10)}, False),
        ({"valid_until": date(2026, 11, 10)}, True),
        ({"valid_until": TODAY}, False),
        ({"revoked_at": datetime(2026, 11, 1, tzinfo=UTC)}, False),
    ],
)
def test_a_permission_holds_in_its_time(changes: dict[str, Any], holds: bool) -> None:
    """From its first day until before its last, unless it was revoked."""
    findings = licence_findings(instrument(rated("mood"), terms=terms()), [permission(**changes)], TODAY)

    assert ([] if holds else [("/instrumentId", "permission-missing")]) == [(one.pointer, one.code) for one in findings]


def test_one_permission_that_holds_is_enough() -> None:
    """Beside others that do not."""
    recorded = [permission(revoked_at=datetime(2026, 11, 1, tzinfo=UTC)), permission()]

    assert [] == licence_findings(instrument(rated("mood"), terms=terms()), recorded, TODAY)


def test_terms_that_are_over_are_not_saved_by_a_permission() -> None:
    """One finding, which names the holder and the day."""
    content = instrument(rated("mood"), terms=terms(valid_until=TODAY))

    [finding] = licence_findings(content, [permission()], TODAY)

    assert ("licence-over", "Nobody", "2026-11-09") == (finding.code, finding.params["holder"], finding.params["until"])


def test_wording_that_may_not_be_changed_is_not() -> None:
    """It is a conflict where the holder says so, and none elsewhere."""
    check_changeable(instrument(rated("mood")))
    check_changeable(instrument(rated("mood"), terms=terms(modification_allowed=True)))

    with pytest.raises(Conflict, match="modification-not-allowed"):
        check_changeable(instrument(rated("mood"), terms=terms()))


def test_a_permission_does_not_end_before_it_begins() -> None:
    """Nor on its first day: it would never hold."""
    with pytest.raises(Invalid) as refused:
        check_permission(
            PermissionNew(
                **{name: getattr(NEW, name) for name in NEW.__struct_fields__} | {"valid_until": NEW.valid_from}
            )
        )

    assert [("/validUntil", "ends-before-start")] == [(one.pointer, one.code) for one in refused.value.findings]
