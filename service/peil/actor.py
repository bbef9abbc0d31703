"""Who asks, and how far they may reach."""

from enum import IntEnum
from uuid import UUID

import msgspec

from peil.ids import NONE


class Reach(IntEnum):
    """How far a right goes; a wider reach includes the narrower ones."""

    PERSON = 1
    UNITS = 2
    SUBTREE = 3
    EMPLOYER = 4
    VENDOR = 5
    """A vendor's own employers, and only what says so: none of them is the actor's employer."""
    SERVICE = 6


class Widget(msgspec.Struct, frozen=True, kw_only=True):
    """What a widget token may show; everything else it cannot do."""

    views: frozenset[str]
    units: tuple[UUID, ...]
    maker: "Actor"
    """The person or the client who had it made, as they are now: the widget sees no more than they do."""


class Actor(msgspec.Struct, frozen=True, kw_only=True):
    """Somebody who is known to ask. An actor that is nobody has no scopes, and so every check answers no."""

    kind: str
    """client, operator, person, widget, provisioning or worker; `nobody` before anybody is known."""
    id: UUID
    employer_id: UUID | None
    sandbox: bool
    """True where the employer's clock may differ from real time."""
    language: str
    reaches: dict[str, Reach]
    """Scopes that the token grants and a role allows, with the widest reach of those roles."""
    person_id: UUID | None
    units: frozenset[UUID]
    """Units the person belongs to today."""
    managed: frozenset[UUID]
    """Units the person manages today; their subtrees are in reach."""
    roles: frozenset[str]
    """Roles it acts in, for the few records that say in which role they were made."""
    vendor_id: UUID | None = None
    """The vendor whose own client it is; None: no vendor's. With an `employer_id` it acts for that employer only."""
    origins: frozenset[str] = frozenset()
    """Where the pages are that a browser may use the token from."""
    inline_form_by: str | None = None
    """Whose page may draw the form of a wave in itself; None: nobody's."""
    missing: str | None = None
    """Why the token may say less than it should, as the code of a refusal; None: it says all."""
    widget: Widget | None = None
    """What a widget's token is for; None: for no widget."""


NOBODY = Actor(
    kind="nobody",
    id=NONE,
    employer_id=None,
    sandbox=False,
    language="en",
    reaches={},
    person_id=None,
    units=frozenset(),
    managed=frozenset(),
    roles=frozenset(),
)

COMMAND = msgspec.structs.replace(NOBODY, kind="operator")
"""The operator on the machine that holds the database, where nobody signs in: none of its clients, and no scope."""


def worker(employer_id: UUID, *, sandbox: bool) -> Actor:
    """The worker acting on its own for one employer."""
    return Actor(
        kind="worker",
        id=NONE,
        employer_id=employer_id,
        sandbox=sandbox,
        language="en",
        reaches={},
        person_id=None,
        units=frozenset(),
        managed=frozenset(),
        roles=frozenset(),
    )
