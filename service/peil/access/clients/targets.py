"""What a client asks a token for (RFC 8707): the service, one employer, or the vendor whose client it is."""

import re
from collections.abc import Sequence
from typing import Literal, NamedTuple
from uuid import UUID

from peil.access import table
from peil.access.clients import queries
from peil.access.clients.queries import StoredClient
from peil.operation import Transaction
from peil.rest import PREFIX

EMPLOYER = f"{PREFIX}/employers/{{employerId}}"
VENDOR = f"{PREFIX}/vendors/{{vendorId}}"
_RESOURCE = re.compile(rf"{PREFIX}/(employers|vendors)/([0-9a-f]{{8}}(?:-[0-9a-f]{{4}}){{3}}-[0-9a-f]{{12}})")
_ACTS_AS = frozenset({"vendor_integration"})
_OWN = frozenset({table.VENDOR})
_NO_LINK = {"waiting": "link-waiting", "ended": "link-ended"}


class InvalidTarget(Exception):
    """The resource is none that this client may have a token for, or is missing (RFC 8707, section 2).

    `code` and `params`: which text of `oauth_texts` says so, and what fills it.
    """

    def __init__(self, code: str, **params: str) -> None:
        super().__init__(code)
        self.code = code
        self.params = params


class Target(NamedTuple):
    """A resource, read; `id` None: the service as a whole."""

    kind: Literal["service", "employers", "vendors"]
    id: UUID | None


class Aimed(NamedTuple):
    """What a token for a target is: for which employer (None: for none), and which scopes it can have."""

    employer_id: UUID | None
    scopes: frozenset[str]


def target_of(resources: Sequence[str], url: str) -> Target:
    """The target that the `resource` fields of a request name. Raises InvalidTarget."""
    if len(resources) > 1:
        raise InvalidTarget("two-resources")
    if not resources or resources[0] == url:
        return Target("service", None)
    found = _RESOURCE.fullmatch(resources[0].removeprefix(url)) if resources[0].startswith(url) else None
    if found is None:
        raise InvalidTarget("other-resource", url=url, employer=f"{url}{EMPLOYER}", vendor=f"{url}{VENDOR}")
    return Target("employers" if found[1] == "employers" else "vendors", UUID(found[2]))


async def aim(tx: Transaction, client: StoredClient, target: Target) -> Aimed:
    """What a token for this target is. Raises InvalidTarget where the client may not have one."""
    if is_vendors_own(client):
        return await _aim_of_vendor(tx, client, target)
    if target.kind != "service" and target != Target("employers", client.employer_id):
        raise InvalidTarget("not-yours")
    return Aimed(client.employer_id, frozenset(table.reaches(frozenset(client.roles))))


def is_vendors_own(client: StoredClient) -> bool:
    """Whether it acts for whichever employer it names; a client that a vendor made at an employer acts for that one."""
    return client.vendor_id is not None and client.employer_id is None


def acting_roles(client: StoredClient, employer_id: UUID | None) -> frozenset[str]:
    """The roles in which a client acts with a token for this employer; None: for none."""
    if is_vendors_own(client):
        return _OWN if employer_id is None else _ACTS_AS
    return frozenset(client.roles)


def require_target(client: StoredClient, aimed: Aimed, wanted: Sequence[str], url: str) -> None:
    """Refuses scopes that a vendor has for an employer or for itself, and asks for without naming either.

    `url` is where the service is, as callers know it. Raises InvalidTarget.
    """
    if not is_vendors_own(client):
        return
    lacking = set(wanted) - aimed.scopes
    for_one = lacking & set(table.reaches(_ACTS_AS))
    if for_one and aimed.employer_id is None:
        raise InvalidTarget("employer-needed", scopes=" ".join(sorted(for_one)), employer=f"{url}{EMPLOYER}")
    if lacking & set(table.reaches(_OWN)):
        raise InvalidTarget("vendor-needed", scopes=" ".join(sorted(lacking)), vendor=f"{url}{VENDOR}")


async def _aim_of_vendor(tx: Transaction, client: StoredClient, target: Target) -> Aimed:
    own = table.reaches(_OWN)
    if target.kind == "service":
        return Aimed(None, frozenset(scope for scope in own if scope.endswith(":read")))
    if target.kind == "vendors":
        if target.id != client.vendor_id:
            raise InvalidTarget("not-yours")
        return Aimed(None, frozenset(own))
    state = await queries.select_link_state(tx, target.id, client.vendor_id)
    if state != "active":
        raise InvalidTarget(_NO_LINK.get(state or "", "not-yours"))
    return Aimed(target.id, frozenset(table.reaches(_ACTS_AS)))
