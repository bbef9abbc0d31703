"""What everything that says who may sign in has in common."""

from collections.abc import Mapping, Sequence
from urllib.parse import urlsplit
from uuid import UUID

from peil.access import queries
from peil.actor import Reach
from peil.addresses import is_loopback, is_own_network
from peil.errors import Finding, NotFound
from peil.operation import Transaction


def origins_at(origins: Sequence[str]) -> dict[str, str]:
    """Origins by where they stand in the input."""
    return {f"/origins/{place}": origin for place, origin in enumerate(origins)}


def insecure(tx: Transaction, urls: Mapping[str, str]) -> list[Finding]:
    """Which of these, by where they stand in the input, are not https; a test may allow this machine."""
    return [
        Finding(pointer, "not-https")
        for pointer, url in urls.items()
        if not (url.startswith("https://") or _is_allowed(tx, url))
    ]


def unreachable(tx: Transaction, urls: Mapping[str, str]) -> list[Finding]:
    """Which of these are not https, or not on the internet as far as can be told without asking.

    Peil asks them; what a name leads to is looked at each time that it does.
    """
    own = [
        Finding(pointer, "not-public")
        for pointer, url in urls.items()
        if is_own_network(urlsplit(url).hostname or "") and not _is_allowed(tx, url)
    ]
    return [*insecure(tx, urls), *own]


def _is_allowed(tx: Transaction, url: str) -> bool:
    return tx.parts.settings.allow_loopback and is_loopback(urlsplit(url).hostname or "")


async def enter(tx: Transaction, employer_id: UUID) -> None:
    """Goes on in this employer: the operator enters any, and for everybody else another one does not exist.

    Raises NotFound.
    """
    if tx.reach is Reach.SERVICE:
        await tx.enter(employer_id)
        if await queries.select_known_employer(tx, employer_id) is None:
            raise NotFound
    elif employer_id != tx.actor.employer_id:
        raise NotFound
