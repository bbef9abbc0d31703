"""What a connection may be."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from peil.directory.scim.model import ScimConnection, ScimConnectionNew, ScimSecret
from peil.errors import Finding, repeated_items

LIFETIME = timedelta(days=365)
_LONGEST = timedelta(days=730)
NOTICE = timedelta(days=30)
"""So long before a secret ends, the end is announced."""


def connection_findings(new: ScimConnectionNew) -> Iterator[Finding]:
    """What is wrong with a connection to create, or to change."""
    if (new.groups == "prefix") != (new.group_prefix is not None):
        yield Finding("/groupPrefix", "prefix-of-groups")
    if (new.groups == "named") != bool(new.group_names):
        yield Finding("/groupNames", "names-of-groups")
    if new.tree == "department" and new.groups != "none":
        yield Finding("/groups", "no-groups-with-departments")
    yield from repeated_items(new.group_names, "/groupNames")


def ending(connection: ScimConnection, now: datetime) -> list[ScimSecret]:
    """The last secret of a connection that works, where it ends soon: from then on nothing is provisioned."""
    if connection.state == "revoked" or not connection.secrets:
        return []
    last = max(connection.secrets, key=lambda secret: secret.expires_at)
    return [last] if last.expires_at <= now + NOTICE else []


def end_findings(end: datetime, now: datetime) -> Iterator[Finding]:
    """A secret ends, and within two years."""
    if not now < end <= now + _LONGEST:
        yield Finding("/expiresAt", "within-two-years")
