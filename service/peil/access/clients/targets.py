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


class InvalidTarget(Exception):
    """The resource is none that this client may have a token for, or is missing (RFC 8707, section 2)."""

    def __init__(self, dutch: str, english: str) -> None:
        super().__init__(english)
        self._told = {"nl": dutch, "en": english}

    def description(self, language: str) -> str:
        """What is wrong with the resource, in `nl` or `en`."""
        return self._told[language]


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
        raise InvalidTarget(
            "een token is voor één resource: vraag voor de andere nog een token",
            "a token is for one resource: ask for another token for the other",
        )
    if not resources or resources[0] == url:
        return Target("service", None)
    found = _RESOURCE.fullmatch(resources[0].removeprefix(url)) if resources[0].startswith(url) else None
    if found is None:
        raise InvalidTarget(
            f"de resource moet {url}, {url}{EMPLOYER} of {url}{VENDOR} zijn",
            f"the resource has to be {url}, {url}{EMPLOYER} or {url}{VENDOR}",
        )
    return Target("employers" if found[1] == "employers" else "vendors", UUID(found[2]))


async def aim(tx: Transaction, client: StoredClient, target: Target) -> Aimed:
    """What a token for this target is. Raises InvalidTarget where the client may not have one."""
    if is_vendors_own(client):
        return await _aim_of_vendor(tx, client, target)
    if target.kind != "service" and target != Target("employers", client.employer_id):
        raise InvalidTarget(*_NOT_YOURS)
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
        scopes = " ".join(sorted(for_one))
        raise InvalidTarget(
            f"{scopes}: noem de werkgever, resource={url}{EMPLOYER}",
            f"{scopes}: name the employer, resource={url}{EMPLOYER}",
        )
    if lacking & set(table.reaches(_OWN)):
        scopes = " ".join(sorted(lacking))
        raise InvalidTarget(
            f"{scopes}: noem de leverancier zelf, resource={url}{VENDOR}",
            f"{scopes}: name the vendor itself, resource={url}{VENDOR}",
        )


async def _aim_of_vendor(tx: Transaction, client: StoredClient, target: Target) -> Aimed:
    own = table.reaches(_OWN)
    if target.kind == "service":
        return Aimed(None, frozenset(scope for scope in own if scope.endswith(":read")))
    if target.kind == "vendors":
        if target.id != client.vendor_id:
            raise InvalidTarget(*_NOT_YOURS)
        return Aimed(None, frozenset(own))
    state = await queries.select_link_state(tx, target.id, client.vendor_id)
    if state != "active":
        raise InvalidTarget(*_NO_LINK.get(state or "", _NOT_YOURS))
    return Aimed(target.id, frozenset(table.reaches(_ACTS_AS)))


# Dutch and English.
_NOT_YOURS = ("deze client heeft niets bij die resource", "this client has nothing at that resource")
_NO_LINK = {
    "waiting": (
        "een beheerder van de werkgever heeft deze leverancier nog niet bevestigd",
        "an administrator of the employer has not confirmed this vendor yet",
    ),
    "ended": (
        "de werkgever of de leverancier heeft beëindigd wat de leverancier daar mag",
        "the employer or the vendor has ended what the vendor may do there",
    ),
}
