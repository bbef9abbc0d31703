"""The shapes of SCIM connections and their secrets, and of what SCIM says of people and units."""

from datetime import date, datetime
from typing import Annotated, Literal
from uuid import UUID

from msgspec import Meta

from peil.directory.model import ERASE_AFTER, Period, PersonNew, StoredPerson, Unit, UnitNew
from peil.structs import ExternalId, Moment, Name, Value

Groups = Literal["all", "prefix", "named", "none"]
Tree = Literal["scim", "import", "department"]
ConnectionState = Literal["inactive", "active", "revoked"]
FindingCode = Literal[
    "attribute-not-applied",
    "second-address",
    "group-is-no-unit",
    "unit-not-known",
    "kept-by-import",
    "user-has-left",
    "user-name-reused",
    "value-refused",
    "removals-held",
]


class ScimConnectionNew(Value, frozen=True, kw_only=True):
    """A system that is to provision people and units over SCIM 2.0, and what of its groups is applied."""

    name: Name
    groups: Annotated[Groups, Meta(description="Which groups are units; a group that is none is refused.")] = "all"
    group_prefix: Annotated[
        Name | None, Meta(description="How the names of groups that are units begin; with groups: prefix.")
    ] = None
    group_names: Annotated[
        list[Name], Meta(max_length=1000, description="Names of the groups that are units; with groups: named.")
    ] = []
    tree: Annotated[
        Tree,
        Meta(
            description="Where the tree comes from: scim (the extension of groups), import (units are as the HR system "
            "says, groups only say who belongs to them) or department (of each user; no group is a unit then)."
        ),
    ] = "scim"
    erase_after: Annotated[
        int, Meta(ge=0, le=365, description="Days between the deletion of a user and the erasure of what names it.")
    ] = 30
    erase_inactive_after: Annotated[
        int, Meta(ge=0, le=3650, description="Days between a user being switched off and the erasure of what names it.")
    ] = ERASE_AFTER


class ScimSecret(Value, frozen=True, kw_only=True):
    """That a connection has a secret, and until when; not the secret."""

    secret_id: UUID
    created_at: datetime
    expires_at: Annotated[datetime, Meta(description="When it stops working; announced 30 days before.")]


class ScimConnection(Value, frozen=True, kw_only=True):
    """A system that provisions people and units over SCIM 2.0."""

    connection_id: UUID
    name: str
    groups: Groups
    group_prefix: str | None
    group_names: list[str]
    tree: Tree
    erase_after: Annotated[int, Meta(description="Days after the deletion of a user.")]
    erase_inactive_after: Annotated[int, Meta(description="Days after a user was switched off.")]
    state: Annotated[ConnectionState, Meta(description="inactive: an administrator has to confirm it first.")]
    secrets: Annotated[list[ScimSecret], Meta(description="Those that work, the oldest first: two in a rotation.")]
    confirmed_removals: Annotated[
        int | None,
        Meta(
            description="How many people may disappear, or be left without a unit, on `confirmedOn`; null: nothing was "
            "confirmed."
        ),
    ]
    confirmed_on: date | None
    created_at: datetime


class ScimConnectionCreated(ScimConnection, frozen=True, kw_only=True):
    """A new connection with its secret, which is shown this once."""

    secret: Annotated[str, Meta(description="Shown once; only its hash is kept.")]


class ScimSecretNew(Value, frozen=True, kw_only=True):
    """A further secret, how long it works, and how long the one before it goes on working."""

    overlap: Annotated[
        int, Meta(ge=0, le=7_776_000, description="Seconds the old secret still works: time to enter the new one.")
    ] = 604_800
    expires_at: Annotated[
        Moment | None, Meta(description="When the new one stops working, within two years; null: in a year.")
    ] = None


class ScimSecretCreated(ScimSecret, frozen=True, kw_only=True):
    """A new secret of a connection, shown this once."""

    secret: Annotated[str, Meta(description="Shown once; only its hash is kept.")]


class RemovalsConfirmed(Value, frozen=True, kw_only=True):
    """How many people may disappear through a connection today, or be left without a unit."""

    people: Annotated[int, Meta(ge=1, le=1_000_000)]


class ScimFinding(Value, frozen=True, kw_only=True):
    """Something a connection said that was not applied; never a value."""

    code: FindingCode
    attribute: Annotated[str, Meta(description="The attribute it is about; empty: none in particular.")]
    times: Annotated[int, Meta(description="How often.")]
    subject: Annotated[
        str | None, Meta(description="What it was about the last time (kind/id); null: something that was not made.")
    ]
    first_at: datetime
    last_at: datetime


class ScimStanding(Value, frozen=True, kw_only=True):
    """How the people stand that SCIM has said something of."""

    people: Annotated[int, Meta(description="Active people that SCIM has said something of.")]
    without_unit: Annotated[int, Meta(description="Of these, those in no unit: no wave asks them.")]
    in_two_groups: Annotated[
        int, Meta(description="Of these, those in several groups that are units: the last counts.")
    ]


class ScimReport(Value, frozen=True, kw_only=True):
    """What an administrator should look at: a secret that ends, who has no place, what was not applied."""

    ending: Annotated[
        list[ScimSecret],
        Meta(description="The secret that ends within 30 days where no other takes its place: make the next one."),
    ]
    standing: ScimStanding
    unapplied: Annotated[list[ScimFinding], Meta(description="The last 500, by code and attribute.")]


class Secret(Value, frozen=True, kw_only=True):
    """A secret as it is looked up, before its employer is known."""

    employer_id: UUID
    connection_id: UUID
    digest: bytes


class UserRow(StoredPerson, frozen=True, kw_only=True):
    """A person with what SCIM says; the first of these is whether it says anything."""

    provisioned: bool
    scim_id: str | None
    said_active: bool | None
    said_absent: bool | None
    department: str | None
    cost_center: str | None
    manager_id: UUID | None
    came_on: date | None
    left_on: date | None
    unplaced_on: date | None
    created_at: datetime | None
    modified_at: datetime | None
    deleted_at: datetime | None


class SameUser(UserRow, frozen=True, kw_only=True):
    """Somebody who may be the user that is asked for."""

    has_name: bool
    """Whether it is the user name that is asked for, as the database compares it."""


class UserState(Value, frozen=True, kw_only=True):
    """A person as SCIM sees it: the rows of it, memberships, and the groups in the order in which they were said."""

    row: UserRow
    periods: list[Period]
    groups: list["UnitRef"]


class UnitRef(Value, frozen=True, kw_only=True):
    """A unit that SCIM has put a person in."""

    person_id: UUID
    unit_id: UUID
    external_id: str
    name: str
    stands: bool


class GroupRow(Unit, frozen=True, kw_only=True):
    """A unit with what SCIM says."""

    provisioned: bool
    scim_id: str | None
    manager_id: UUID | None
    said_from: date | None
    said_to: date | None
    created_at: datetime | None
    said_at: datetime | None


class GroupState(Value, frozen=True, kw_only=True):
    """A unit as SCIM sees it."""

    row: GroupRow
    members: list[UUID]


class Removals(Value, frozen=True, kw_only=True):
    """Whom SCIM took away on a day, and how many were there as it began; who came that day counts nowhere."""

    gone: int
    """Who left or is in no unit any more, of those `standing`."""
    standing: int
    unplaced: int
    """Who is in no unit any more, left or not, of those `placed`."""
    placed: int


class SaidUser(PersonNew, frozen=True, kw_only=True):
    """What a user says of a person, and what SCIM keeps beside it."""

    scim_id: ExternalId | None = None
    said_active: bool | None = None
    said_absent: bool | None = None
    department: Name | None = None
    cost_center: Name | None = None
    manager_id: UUID | None = None


class SaidGroup(UnitNew, frozen=True, kw_only=True):
    """What a group says of a unit, and what SCIM keeps beside it."""

    scim_id: ExternalId | None = None
    valid_to: date | None = None
    parent_id: UUID | None = None
    unit_manager_id: UUID | None = None
    members: list[UUID] = []
