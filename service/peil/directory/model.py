"""The shapes of units, people, their memberships and imports."""

from datetime import date, datetime
from typing import Annotated, Literal
from uuid import UUID

import msgspec
from msgspec import Meta

from peil.paging import ChangedPageQuery
from peil.structs import Email, ExternalId, Language, Name, Slug, Value

ERASE_AFTER = 365
"""So many days after somebody has left, what names the person is erased, where nobody said otherwise."""

MembershipRole = Literal["member", "manager"]
ModifiedAt = Annotated[
    datetime, Meta(description="When it was last written, by the employer's clock; 1970: before that was kept.")
]


class UnitNew(Value, frozen=True, kw_only=True):
    """A unit as the HR system has it; a line of the units import is one too."""

    external_id: ExternalId
    name: Name
    parent_external_id: Annotated[
        ExternalId | None, Meta(description="The unit above; null: this is the root, of which there is one.")
    ] = None
    valid_from: Annotated[
        date | None, Meta(description="First day; null: today for a new unit, as it was for one that exists.")
    ] = None


class Unit(Value, frozen=True, kw_only=True):
    """A node of the employer's organisation tree."""

    unit_id: UUID
    external_id: str
    name: str
    parent_id: UUID | None
    parent_external_id: Annotated[str | None, Meta(description="The unit above now; null: the root.")]
    valid_from: date
    valid_to: Annotated[date | None, Meta(description="First day it exists no longer; null: no end known.")]
    modified_at: ModifiedAt


class UnitQuery(ChangedPageQuery, frozen=True, kw_only=True):
    """Which units: those that exist on a day, or those that were written since a moment."""

    on: Annotated[
        date | None,
        Meta(description="The day; none: today, and with modifiedAfter whichever, also units that have ended."),
    ] = None


class PersonNew(Value, frozen=True, kw_only=True):
    """A person as the HR system has it; a line of the people import is one too, and says everything."""

    external_id: ExternalId
    user_name: Annotated[Name | None, Meta(description="Immutable name at the identity provider; null: not known.")] = (
        None
    )
    display_name: Name | None = None
    email: Annotated[Email | None, Meta(description="Where Peil may write to; null: nowhere.")] = None
    language: Annotated[Language | None, Meta(description="Of messages; null: the employer's.")] = None
    employment_type: Annotated[
        Slug | None, Meta(description="In the employer's own words, such as permanent or agency; null: not known.")
    ] = None
    absent: Annotated[
        bool, Meta(description="True: away for long, and therefore not invited to a wave. Never say why.")
    ] = False
    unit_external_id: Annotated[
        ExternalId | None, Meta(description="The one unit of the main job; needed while active.")
    ] = None
    manages: Annotated[
        list[ExternalId], Meta(max_length=200, description="External ids of the units this person manages.")
    ] = []
    active: Annotated[
        bool, Meta(description="False: has left, or leaves on the day in `from`; memberships end then.")
    ] = True
    from_: Annotated[
        date | None,
        Meta(
            description="First day of a change of units, or of having left; null: today, and a move or a leaving that "
            "was said for later stands. With a day such a leaving is moved, or with active taken back."
        ),
    ] = msgspec.field(name="from", default=None)


class PersonQuery(ChangedPageQuery, frozen=True, kw_only=True):
    """Which people; those of whom something, or a membership, has changed since a moment, also who left."""

    doubled: Annotated[
        bool, Meta(description="true: only who belongs to two units today; until that is mended no wave asks them.")
    ] = False


class Membership(Value, frozen=True, kw_only=True):
    """A person's time in a unit, or as its manager."""

    role: MembershipRole
    unit_id: UUID
    unit_external_id: str
    from_: date = msgspec.field(name="from")
    to: Annotated[date | None, Meta(description="First day no longer; null: no end known.")]


class Person(Value, frozen=True, kw_only=True):
    """Somebody in the employer's directory."""

    person_id: UUID
    external_id: str
    user_name: str | None
    display_name: str | None
    email: str | None
    language: str | None
    employment_type: str | None
    absent: bool
    active: bool
    leaves_on: Annotated[
        date | None, Meta(description="The day to come on which the person leaves, active until then; null: none said.")
    ]
    unit_id: UUID | None
    unit_external_id: Annotated[
        str | None, Meta(description="Unit of the main job today, or else the first one to come; null: none.")
    ]
    manages: Annotated[list[str], Meta(description="External ids of the units managed today.")]
    memberships: Annotated[list[Membership], Meta(description="Those of today and those to come.")]
    modified_at: ModifiedAt


class ImportQuery(Value, frozen=True, kw_only=True):
    """How to import."""

    dry_run: Annotated[bool, Meta(description="True: only tell what would happen.")] = False
    full: Annotated[
        bool, Meta(description="True: the lines are all there are; whoever and whatever else is there ends today.")
    ] = False
    confirm: (
        Annotated[
            int,
            Meta(ge=0, le=1_000_000, description="With full: so many may end; needed where it is more than a tenth."),
        ]
        | None
    ) = None


class PeopleImportQuery(ImportQuery, frozen=True, kw_only=True):
    """How to import people."""

    erase_after: Annotated[
        int,
        Meta(ge=0, le=3650, description="Days between somebody leaving by this import and the erasure of the name."),
    ] = ERASE_AFTER


class StoredPerson(Value, frozen=True, kw_only=True):
    """A person without memberships, as stored."""

    person_id: UUID
    external_id: str
    user_name: str | None
    display_name: str | None
    email: str | None
    language: str | None
    employment_type: str | None
    absent: bool
    active: bool
    leaves_on: date | None
    """The day to come on which the person leaves, also of who has left before it; None: none was said."""


class SeenPerson(StoredPerson, frozen=True, kw_only=True):
    """A person as read for a caller."""

    modified_at: datetime


class UserName(Value, frozen=True, kw_only=True):
    """A user name that is asked for."""

    said: str
    folded: str
    """Without its case, as the database has it: it takes other letters for the same than this language does."""
    holder: str | None
    """The external id of whoever has it now; None: nobody."""


class Period(Value, frozen=True, kw_only=True):
    """One stored membership; `valid_to` is the first day no longer, None where no end is known."""

    person_id: UUID
    unit_id: UUID
    unit_external_id: str
    role: MembershipRole
    valid_from: date
    valid_to: date | None


class PersonChange(Value, frozen=True, kw_only=True):
    """What a change writes: a person as from now on, and memberships that go and come."""

    before: StoredPerson | None
    after: StoredPerson
    gone: list[Period]
    added: list[Period]
    is_leaving_new: bool
    """True: that the person leaves or has left, or on which day, was said now and not before."""

    @property
    def leaves_on(self) -> date | None:
        """The day to come on which the person, active until then, leaves; None: none was said."""
        return self.after.leaves_on if self.after.active else None

    @property
    def is_any(self) -> bool:
        return self.before != self.after or bool(self.gone or self.added)


class UnitNode(Value, frozen=True, kw_only=True):
    """A unit of the tree on a day, for a wave's snapshot."""

    unit_id: UUID
    parent_id: UUID | None
    name: str
    external_id: str


class MemberOf(Value, frozen=True, kw_only=True):
    """An active person and the unit of the main job on a day, and what decides whether a wave asks that person."""

    person_id: UUID
    unit_id: UUID
    employment_type: str | None
    absent: bool


class PersonPlace(Value, frozen=True, kw_only=True):
    """An active person and the unit of the main job on a day; null: in none that day."""

    person_id: UUID
    unit_id: UUID | None


class OwnerNew(Value, frozen=True, kw_only=True):
    """Who sees to it: one person of the directory, or whoever has a role."""

    person_id: UUID | None = None
    role: Annotated[Name | None, Meta(description="Such as the prevention officer.")] = None


class Owner(Value, frozen=True, kw_only=True):
    """Who sees to it: one of the two is null."""

    person_id: UUID | None
    role: str | None
