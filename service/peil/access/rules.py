"""What a client may be: a system with a secret and roles, or a page in a browser with neither."""

from collections.abc import Iterator

from peil.access.model import ClientNew
from peil.access.table import DELIVERY
from peil.errors import Finding, repeated_items


def client_findings(new: ClientNew) -> Iterator[Finding]:
    """What is wrong with a client to create, whoever creates it."""
    if new.public and new.roles:
        yield Finding("/roles", "public-client-has-no-role")
    if new.public and not new.origins:
        yield Finding("/origins", "origins-needed")
    if not new.public and not new.roles:
        yield Finding("/roles", "roles-needed")
    if DELIVERY in new.roles and len(set(new.roles)) > 1:
        # Whoever delivers messages sees who is invited; nobody is to see that beside what a role shows.
        yield Finding("/roles", "role-stands-alone", {"role": DELIVERY})
    yield from repeated_items(new.origins, "/origins")
