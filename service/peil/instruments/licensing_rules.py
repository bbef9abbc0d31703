"""Whether an instrument may be asked and changed: what its terms and the recorded permissions come to."""

from collections.abc import Iterable
from datetime import date

from peil.errors import Conflict, Finding, Invalid
from peil.instruments.licensing_model import Permission, PermissionNew
from peil.instruments.model import InstrumentContent


def check_permission(new: PermissionNew) -> None:
    """A permission holds for a day at least. Raises Invalid."""
    if new.valid_until is not None and new.valid_until <= new.valid_from:
        raise Invalid(Finding("/validUntil", "ends-before-start"))


def licence_findings(content: InstrumentContent, recorded: Iterable[Permission], on: date) -> list[Finding]:
    """What keeps an instrument from being asked on this day; at most one finding, at the wave's `/instrumentId`."""
    terms = content.terms
    if terms is None:
        return []
    params: dict[str, str | int | float] = {"licence": content.licence.name, "holder": content.licence.holder}
    if terms.valid_until is not None and terms.valid_until <= on:
        return [Finding("/instrumentId", "licence-over", params | {"until": terms.valid_until.isoformat()})]
    if terms.permission_needed and not any(_holds(permission, on) for permission in recorded):
        return [Finding("/instrumentId", "permission-missing", params)]
    return []


def check_changeable(content: InstrumentContent) -> None:
    """Raises Conflict for wording that its holder wants unchanged."""
    if content.terms is not None and not content.terms.modification_allowed:
        raise Conflict("modification-not-allowed", holder=content.licence.holder)


def _holds(permission: Permission, on: date) -> bool:
    return (
        permission.revoked_at is None
        and permission.valid_from <= on
        and (permission.valid_until is None or on < permission.valid_until)
    )
